"""What the services need from the outside, as Protocols."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from pos.domain.basket import Line
from pos.domain.card_payment import CardAttempt
from pos.domain.catalogue import CatalogueInfo, Product, QuickKey, SearchHit, StockLevel
from pos.domain.desk import DeskItem
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.journal import Body, ChainHead, Fact, FactKind
from pos.domain.money import Money
from pos.domain.numbering import DocumentKind, ReceiptNumber
from pos.domain.printing import EmailJob, PrintJob
from pos.domain.promotion_pricing import PromotionBook
from pos.domain.sale import Sale
from pos.domain.shop_ticket import ShopTicket
from pos.domain.staff import Lockout, StaffMember
from pos.domain.standing import SetAside, StandingNotice
from pos.domain.ticket import Ticket, TicketState
from pos.domain.till_session import CashMovement, SessionFigures, SessionReport, TillSession
from pos.services.ports_customers import Customers
from pos.services.ports_orders import Handovers, Orders, PickupKeys
from pos.services.ports_photos import Photos
from pos.services.ports_returns import Exchanges, Returns
from pos.services.ports_suggestions import Suggestions

# What services catch, and the ports of files of their own, are named here too.
__all__ = [
    "Customers", "Exchanges", "Handovers", "Orders", "OutcomeOfCommitUnknown", "PickupKeys",
    "Returns", "StoreUnavailable",
]  # fmt: skip


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


class Ids(Protocol):
    """Identifiers from outside."""

    def new(self) -> str:
        """Return a UUIDv7 as text."""


class Tickets(Protocol):
    """Open and parked tickets."""

    def current(self) -> Ticket | None:
        """Return the ticket at the counter (open or being paid), if there is one."""

    def parked(self) -> tuple[Ticket, ...]:
        """Return the parked tickets, the oldest first."""

    def get(self, basket_id: str) -> Ticket | None:
        """Return a ticket that is open, being paid or parked."""

    def save(self, ticket: Ticket, changed: Sequence[Line] = ()) -> None:
        """Store the ticket's head and tenders, and the lines in `changed` (all when new)."""

    def remove(self, basket_id: str, final: TicketState) -> None:
        """Forget a ticket that was recorded or cancelled; its facts stay in the journal."""


class Sales(Protocol):
    """Recorded sales."""

    def add(self, sale: Sale) -> None:
        """Store a sale.

        Raises:
            ValueError: A sale of that id is stored.
        """

    def get(self, sale_id: str) -> Sale | None: ...

    def by_number(self, number: str) -> Sale | None: ...

    def by_source(self, source: str) -> Sale | None: ...

    def recent(self, limit: int, *, before_ms: int | None = None) -> tuple[Sale, ...]:
        """Return the latest sales, newest first."""

    def asked_since(
        self, at_ms: int, *, sku: str = "", gtin: int | None = None
    ) -> tuple[tuple[int, Money], ...]:
        """Return (UTC ms, what a unit of it cost then), of what was sold since for money.

        By the SKU, or by the GTIN-14 number of what the catalogue does not know any more.
        """


class Sessions(Protocol):
    """Shifts and their cash movements."""

    def current(self) -> TillSession | None: ...

    def get(self, session_id: str) -> TillSession | None: ...

    def last_closed(self) -> TillSession | None: ...

    def save(self, session: TillSession) -> None: ...

    def add_movement(self, movement: CashMovement) -> None: ...

    def movement(self, movement_id: str) -> CashMovement | None: ...

    def figures(self, session_id: str) -> SessionFigures:
        """Sum up what happened in a shift."""

    def grand_total_minor(self) -> int:
        """Return the perpetual total of all sales of this till, in minor units."""

    def grand_total_returns_minor(self) -> int:
        """Return the perpetual total of all returns of this till, in minor units."""

    def save_report(self, report: SessionReport) -> None:
        """Keep a shift's report as it was taken, for printing: its last X, then its Z."""

    def report(self, session_id: str) -> SessionReport | None: ...


class Staff(Protocol):
    """The people of the shop, as the hub told us; lock-outs are the till's own."""

    def all(self) -> tuple[StaffMember, ...]: ...

    def get(self, staff_id: str) -> StaffMember | None: ...

    def by_badge(self, badge: str) -> StaffMember | None: ...

    def pin_hash(self, staff_id: str) -> str | None: ...

    def lockout(self, staff_id: str) -> Lockout: ...

    def save_lockout(self, staff_id: str, lockout: Lockout) -> None: ...


class Journal(Protocol):
    """The chained facts; appending also queues the fact for the hub."""

    def append(
        self, kind: FactKind, body: Body, *, op_id: str, at_ms: int, session_id: str | None
    ) -> Fact: ...

    def head(self) -> ChainHead: ...


class Numbers(Protocol):
    """Series of receipt numbers."""

    def next(self, kind: DocumentKind) -> ReceiptNumber:
        """Take the next number; it is given back only by rolling the transaction back."""


class Cards(Protocol):
    """Card payment attempts."""

    def save(self, attempt: CardAttempt) -> None: ...

    def get(self, attempt_id: str) -> CardAttempt | None: ...

    def of_basket(self, basket_id: str) -> tuple[CardAttempt, ...]: ...

    def open(self) -> tuple[CardAttempt, ...]:
        """Return the attempts whose outcome is not known, the oldest first."""


class Prints(Protocol):
    """Print jobs and receipts to be sent by e-mail."""

    def save(self, job: PrintJob) -> None: ...

    def get(self, job_id: str) -> PrintJob | None: ...

    def of_subject(self, subject_id: str) -> tuple[PrintJob, ...]: ...

    def unfinished(self) -> tuple[PrintJob, ...]:
        """Return the jobs queued, sent, unknown or failed, the oldest first."""

    def in_doubt(self) -> tuple[PrintJob, ...]:
        """Return the latest jobs of which nobody knows whether they came out."""

    def queue_email(self, job: EmailJob) -> None: ...


class ShopTickets(Protocol):
    """Tickets that wait at other tills of the shop, as the hub last told."""

    def waiting(self) -> tuple[ShopTicket, ...]:
        """Return them, the oldest first."""

    def get(self, basket_id: str) -> ShopTicket | None: ...

    def taker_of(self, ticket: Ticket) -> str:
        """Return the other till that went on with a ticket parked here, empty for none."""

    def is_taken_here(self, basket_id: str, parked_at_ms: int) -> bool:
        """True when this till went on with a ticket as it was parked then (UTC ms)."""

    def take(self, ticket: ShopTicket) -> None:
        """Note that this till goes on with a ticket, before the hub says so."""


class Desk(Protocol):
    """The conflict desk as this till knows it."""

    def all(self) -> tuple[DeskItem, ...]:
        """Return the open items and the latest resolved ones."""

    def get(self, item_id: str) -> DeskItem | None: ...

    def save(self, item: DeskItem) -> None:
        """Keep an item that this till found, or what was done here with any."""


class Standing(Protocol):
    """How the till stands with the hub."""

    def notices(self) -> tuple[StandingNotice, ...]:
        """Return what the hub says of this till, the oldest first."""

    def set_aside(self) -> tuple[SetAside, ...]:
        """Return the facts that were parked here, the oldest first."""

    def send_again(self) -> int:
        """Queue what was parked once more; return how many."""

    def pulled_at_ms(self) -> int | None:
        """Return when everything was last taken in whole, in UTC ms; None for never."""

    def last_act_ms(self) -> int:
        """Return when the latest fact happened by this till's clock, 0 before the first."""


class Records(Protocol):
    """Everything a transaction can reach."""

    @property
    def tickets(self) -> Tickets: ...

    @property
    def sales(self) -> Sales: ...

    @property
    def returns(self) -> Returns: ...

    @property
    def sessions(self) -> Sessions: ...

    @property
    def staff(self) -> Staff: ...

    @property
    def journal(self) -> Journal: ...

    @property
    def numbers(self) -> Numbers: ...

    @property
    def cards(self) -> Cards: ...

    @property
    def prints(self) -> Prints: ...

    @property
    def shop_tickets(self) -> ShopTickets: ...

    @property
    def desk(self) -> Desk: ...

    @property
    def standing(self) -> Standing: ...

    @property
    def orders(self) -> Orders: ...

    @property
    def handovers(self) -> Handovers: ...

    @property
    def customers(self) -> Customers: ...

    @property
    def exchanges(self) -> Exchanges: ...

    @property
    def suggestions(self) -> Suggestions: ...

    @property
    def photos(self) -> Photos: ...


class Store(Protocol):
    """The till's database."""

    def transaction(self) -> AbstractContextManager[Records]:
        """One act: durable when the block ends, undone when it raises.

        Raises:
            StoreUnavailable: Nothing was recorded.
            OutcomeOfCommitUnknown: The act must be looked up before anything is said.
        """

    def reading(self) -> AbstractContextManager[Records]:
        """A consistent view that never waits for a writer; writing raises."""


class Catalogue(Protocol):
    """The products the till sells; the generation of one file at a time."""

    def info(self) -> CatalogueInfo | None: ...

    def contains(self, gtin: int) -> bool: ...

    def by_gtin(self, gtin: int) -> tuple[Product, ...]:
        """Return every product with that GTIN-14 number; two is a question for the cashier."""

    def by_sku(self, sku: str) -> Product | None: ...

    def search(self, text: str, *, limit: int = 50) -> tuple[SearchHit, ...]:
        """Return products whose name, brand, code or SKU begin with the words typed."""

    def stock(self, sku: str) -> StockLevel | None: ...

    def quick_keys(self) -> tuple[QuickKey, ...]: ...


class Catalogues(Protocol):
    """The generations of the catalogue; a ticket stays on the one it was begun with."""

    def current(self) -> Catalogue: ...

    def pinned(self, generation: int) -> Catalogue:
        """Return that generation while its file is there, else the current one."""


class Promotions(Protocol):
    """The promotions as the hub last told them."""

    def book(self) -> PromotionBook:
        """Return them, those that ended lately too: an open ticket keeps what was promised."""


class PinVerifier(Protocol):
    """Checks a PIN against its stored hash (slow by design: call off the interface thread)."""

    def matches(self, pin: str, stored_hash: str) -> bool: ...
