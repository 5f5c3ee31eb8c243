"""What the screens need from the devices and the link, as Protocols."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from PySide6.QtCore import SignalInstance

from pos.domain.card_payment import AttemptEvent, CardAttempt
from pos.domain.card_refund import CardRefund, RefundAnswer
from pos.domain.print_subjects import Receipted
from pos.domain.printing import PrintJob
from pos.domain.readiness import Backup, BackupTrouble, Paper
from pos.domain.shop import ShopDetails
from pos.services.hub_calls import FoundReceipt


class LinkState(Enum):
    ONLINE = "online"
    DELAYED = "delayed"
    OFFLINE = "offline"


@dataclass(frozen=True, slots=True)
class DigestStatus:
    """How far till and hub agree, by business day (ISO); compared at `at_ms`."""

    at_ms: int
    agreed_through: str = ""
    differing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LinkStatus:
    """What the agent last said of the link; times are UTC, Unix ms, None when unknown.

    `message` is the code of the last error. `clock_offset_ms` is how far the hub's clock is
    ahead of this till's.
    """

    state: LinkState = LinkState.OFFLINE
    since_ms: int | None = None
    last_contact_ms: int | None = None
    queued: int = 0
    parked: int = 0
    oldest_ms: int | None = None
    prices_as_of_ms: int | None = None
    message: str = ""
    has_agent: bool = True
    clock_offset_ms: int | None = None
    digest: DigestStatus | None = None
    notices: tuple[str, ...] = ()
    backup_trouble: BackupTrouble = BackupTrouble.NONE


@dataclass(frozen=True, slots=True)
class CardAnswer:
    """What the terminal said, as the event of the attempt's table."""

    event: AttemptEvent
    authorisation: str = ""
    is_verified: bool = True
    reason: str = ""


class Sound(Enum):
    ACCEPTED = "accepted"
    REFUSED = "refused"
    NEW_ORDER = "new-order"
    DONE = "done"


class PrinterTrouble(Enum):
    """Why a print job is not on paper, in the cashier's terms."""

    NONE = "none"
    NO_PAPER = "no paper"
    COVER_OPEN = "cover open"
    UNREACHABLE = "unreachable"
    BUSY = "busy"
    OUTCOME_UNKNOWN = "outcome unknown"
    OTHER = "other"


class Printing(Protocol):
    """Follows print jobs to their end, off the interface thread."""

    finished: SignalInstance  # (PrintJob, PrinterTrouble)

    def submit(self, job: PrintJob) -> None:
        """Print a queued job; `finished` says how it ended."""

    def open_drawer(self) -> None:
        """Make the drawer spring open; a failure is announced by `drawer_failed`."""

    drawer_failed: SignalInstance  # ()

    @property
    def has_label_printer(self) -> bool:
        """True when labels have a printer of their own, which may be away."""

    def submit_on_receipts(self, job: PrintJob) -> None:
        """Print a queued or failed label on the receipt printer instead."""

    def preview_label(self, job: PrintJob) -> object | None:
        """Return a picture (QImage) of a label as it is printed; None when it is void by now."""

    def submit_found(self, job: PrintJob, receipt: FoundReceipt) -> None:
        """Print a copy of another till's sale; `finished` says how it ended."""

    def preview(self, document: Receipted, shop: ShopDetails | None = None) -> object:
        """Return a picture (QImage) of the receipt of a sale or return, for a view to paint.

        Args:
            shop: Whose letterhead it has; this shop's by default.
        """

    def pdf(self, document: Receipted) -> bytes:
        """Return the receipt of a sale or return as PDF."""

    def text(self, document: Receipted) -> str:
        """Return the receipt of a sale or return as plain text."""


class CardTerminal(Protocol):
    """The payment terminal, asked off the interface thread."""

    @property
    def name(self) -> str:
        """What the terminal is called in the journal."""

    @property
    def is_standalone(self) -> bool:
        """Whether the cashier keys the amount and says how it went."""

    def charge(self, attempt: CardAttempt, on_answer: Callable[[CardAnswer], None]) -> None:
        """Ask the terminal to charge; the answer comes in the interface thread."""

    def ask_again(self, attempt: CardAttempt, on_answer: Callable[[CardAnswer], None]) -> None:
        """Ask what became of an attempt; ANSWER_LOST while the terminal cannot say."""

    def confirm(self, attempt: CardAttempt, *, was_approved: bool, authorisation: str) -> None:
        """Pass on what the cashier read off a standalone terminal; `charge` then answers."""

    def pay_back(self, asked: CardRefund, on_answer: Callable[[RefundAnswer], None]) -> None:
        """Ask for a refund that is recorded; by one id money goes back once."""

    def find_out(self, asked: CardRefund, on_answer: Callable[[RefundAnswer], None]) -> None:
        """Ask what became of a refund; one that the terminal never heard of it makes now."""

    def confirm_refund(
        self, asked: CardRefund, *, was_paid_back: bool, authorisation: str
    ) -> None:
        """Pass on what the cashier did at a standalone terminal; `pay_back` then answers."""

    def abort(self) -> None:
        """Ask the terminal to break off; `charge` or `pay_back` still answers how it ended."""


class Sounds(Protocol):
    def play(self, sound: Sound) -> None:
        """Play a short sound; never blocks, never fails."""


class Link(Protocol):
    """The agent's local socket."""

    changed: SignalInstance  # (LinkStatus)
    catalogue_changed: SignalInstance  # ()
    staff_changed: SignalInstance  # ()
    settings_changed: SignalInstance  # ()
    desk_changed: SignalInstance  # ()
    tickets_changed: SignalInstance  # ()
    orders_changed: SignalInstance  # ()
    customers_changed: SignalInstance  # ()

    @property
    def status(self) -> LinkStatus: ...

    def nudge(self) -> None:
        """Tell the agent that there is something to send."""

    def report(self, lights: Mapping[str, str]) -> None:
        """Tell the agent the lights of the list of what an outage would need, for the hub."""


class Vitals(Protocol):
    """What the machine and the printer say of themselves."""

    def free_bytes(self) -> int | None:
        """Return what is free on the disk of the data folder; None when it cannot be asked."""

    def backup(self) -> Backup | None:
        """Return the last backup, if there is one."""

    def paper(self) -> Paper:
        """Return what the printer last said of its paper."""


class NoVitals:
    """A till of which nothing is known but its database."""

    def free_bytes(self) -> int | None:
        return None

    def backup(self) -> Backup | None:
        return None

    def paper(self) -> Paper:
        return Paper.UNKNOWN
