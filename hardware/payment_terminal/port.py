"""The payment terminal as the till sees it.

No card number ever passes here: what identifies a payment or a refund is the till's
reference, the terminal's reference and the authorisation code.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

LAST_FOUR = re.compile(r"[0-9]{4}")
AUTH_CODE = re.compile(r"[0-9A-Za-z]{0,12}")
CURRENCY = re.compile(r"[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Approved:
    """The money moved: it is taken, or of a refund given back.

    Attributes:
        auth_code: Of the card issuer, at most 12 letters and digits.
        brand: As the terminal names it, for the receipt; empty if unknown.
        last4: Last four digits, where the terminal gives them.
        terminal_reference: What the terminal calls this payment or refund.
        is_verified: False if a person said so and not a terminal.
    """

    auth_code: str
    brand: str = ""
    last4: str | None = None
    terminal_reference: str = ""
    is_verified: bool = True

    def __post_init__(self) -> None:
        if self.last4 is not None and not LAST_FOUR.fullmatch(self.last4):
            raise ValueError("four digits of a card at most")
        if not AUTH_CODE.fullmatch(self.auth_code):
            raise ValueError("an authorisation code has at most 12 letters and digits")


class DeclineReason(Enum):
    """Why no money moved, as far as the terminal tells; after nexo's ErrorCondition."""

    REFUSED = "refused"
    WRONG_PIN = "wrong pin"
    CARD_UNREADABLE = "card unreadable"
    NO_LINE = "no line"
    TERMINAL_BUSY = "terminal busy"
    ALREADY_REFUNDED = "already refunded"  # less is left of the payment than was asked for
    UNKNOWN_PAYMENT = "unknown payment"  # the acquirer has none by the reference to refund
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Declined:
    """No money moved; another card or cash may be tried."""

    reason: DeclineReason = DeclineReason.REFUSED


@dataclass(frozen=True, slots=True)
class Cancelled:
    """No money moved: the customer or the cashier broke off."""


TerminalOutcome = Approved | Declined | Cancelled


@dataclass(frozen=True, slots=True)
class StillUnknown:
    """The terminal is still at it, or nobody can tell: ask again, or a person decides."""


@dataclass(frozen=True, slots=True)
class NeverReached:
    """The terminal never heard of it: no money moved and none will."""


QueryAnswer = TerminalOutcome | StillUnknown | NeverReached


@dataclass(frozen=True, slots=True)
class TerminalCapabilities:
    """What a terminal can do.

    Attributes:
        is_integrated: Receives the amount from the till and answers by itself.
            Otherwise the cashier keys it in, and the till asks how it went (see
            `hardware.payment_terminal.standalone`).
        can_query: `query` and `query_refund` can find out what became of it.
        can_abort: `abort` can break off what waits for a card or a person.
    """

    is_integrated: bool
    can_query: bool
    can_abort: bool


class PaymentTerminal(Protocol):
    """Takes card payments and gives them back, one at a time.

    `pay` and `refund` block: call them from a worker thread. The caller writes down reference
    and amount before it calls either, for only then can it ask about them after a crash.
    """

    @property
    def capabilities(self) -> TerminalCapabilities:
        """What this terminal can do."""

    def pay(self, reference: str, amount_minor: int, currency: str) -> TerminalOutcome:
        """Take a payment and wait for its end.

        Args:
            reference: The till's name of this attempt; each is used once.
            amount_minor: More than 0, in minor units of `currency`.
            currency: ISO 4217 code.

        Raises:
            ValueError: Amount or currency cannot be; nothing was sent.
            DeviceUnreachable: Nothing was sent; try again with any reference.
            DeviceBusy: Another payment is under way; nothing was sent.
            DeviceRefused: The reference was used before; nothing further was
                charged. Ask with `query`.
            OutcomeUnknown: The answer is lost or late. Never pay again before
                `query`, or a person, has told the outcome.
        """

    def query(self, reference: str) -> QueryAnswer:
        """Ask what became of a payment. Asking changes nothing, however often.

        Raises:
            DeviceUnreachable: No answer now; what became of it is as unknown as before.
        """

    def refund(
        self, refund_id: str, amount_minor: int, currency: str, original: str
    ) -> TerminalOutcome:
        """Give money back to the card of an earlier payment and wait for the end.

        That is a referenced refund (nexo ReversalRequest, ZVT 06 31): the acquirer knows the
        card by the payment. The terminal gives back once by each `refund_id`: asked again with
        the same one it tells what became of it, and nothing further moves.

        Args:
            refund_id: The till's name of this refund; no payment has the same.
            amount_minor: More than 0, in minor units of `currency`; the whole or a part of
                what the payment took.
            original: The till's reference of the payment.

        Raises:
            ValueError: Amount, currency or a reference cannot be; nothing was sent.
            DeviceUnreachable: Nothing was sent now; an earlier try may have been.
            DeviceBusy: Something else is under way; nothing was sent now.
            DeviceRefused: The id was used for another amount or payment; nothing moved.
            OutcomeUnknown: The answer is lost or late. Ask with `query_refund`, or again with
                the same id, never with another.
        """

    def query_refund(self, refund_id: str) -> QueryAnswer:
        """Ask what became of a refund. Asking changes nothing, however often.

        Raises:
            DeviceUnreachable: No answer now; what became of it is as unknown as before.
        """

    def abort(self) -> None:
        """Ask to break off what is under way; `pay` or `refund` still tells how it ended.

        Harmless when nothing is under way or when it is too late.
        """


def check_request(reference: str, amount_minor: int, currency: str) -> None:
    """Refuse what no terminal may be asked.

    Raises:
        ValueError: The reference is empty, the amount not above 0, or the
            currency no three capital letters.
    """
    if not reference:
        raise ValueError("a payment needs a reference")
    if amount_minor <= 0:
        raise ValueError(f"{amount_minor} is no amount to pay")
    if not CURRENCY.fullmatch(currency):
        raise ValueError(f"{currency!r} is no ISO 4217 code")


def check_refund(refund_id: str, amount_minor: int, currency: str, original: str) -> None:
    """Refuse what no terminal may be asked to give back.

    Raises:
        ValueError: As for a payment, or there is no payment to give back.
    """
    check_request(refund_id, amount_minor, currency)
    if not original:
        raise ValueError("a refund needs the payment it is of")
