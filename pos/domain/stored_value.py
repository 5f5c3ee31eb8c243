"""Money the shop owes to whoever holds a code: gift cards and store credit.

A code is as good as cash, so nobody keeps it: the hub and every fact know the card by
`card_id`, which cannot be turned back into the code, and by its last four characters, which
people read to each other. What is on a card is known at the hub alone; a till asks it to set an
amount aside while the customer waits, and the sale names what was set aside.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

from pos.domain.journal import Json
from pos.domain.money import Money
from pos.domain.tender import STORED_VALUE, Tender

CODE_CHARACTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
CODE_LENGTH = 16  # 80 bits
LAST = 4
MASK = "···"
_CHECK_LENGTH = 2
_SALT = b"mostrador.stored_value.1"
# Four characters and the check are as good as printed, which leaves 2^60 codes to try for a card
# out of a stolen database: a thousand rounds for each make that thousands of years of computers.
_ROUNDS = 1_000
_ID_LENGTH = 64
_MOST_DIGITS = 15


class StoredValueKind(Enum):
    """What a code stands for; the values are stored, sent, and the kind of its tender."""

    GIFT_CARD = "gift_card"
    STORE_CREDIT = "store_credit"


class CardState(Enum):
    """How a card stands at the hub; the values are stored and sent."""

    MADE = "made"  # printed, worth nothing before somebody buys it
    ACTIVE = "active"
    BLOCKED = "blocked"
    EXPIRED = "expired"


class Movement(Enum):
    """Why money comes onto a card or leaves it; the values are stored."""

    ISSUE = "issue"  # credit is given, for goods that came back or out of goodwill
    ACTIVATE = "activate"  # a card that was made is sold
    TOP_UP = "top_up"
    REDEEM = "redeem"
    OVERDRAW = "overdraw"  # what a sale took that was not on the card: the shop is owed it
    SETTLE = "settle"  # taken from the card later on
    REVERSE = "reverse"  # a redemption is taken back
    TRANSFER = "transfer"  # to another card
    EXPIRE = "expire"


class CardRefusal(Enum):
    """Why the hub sets nothing aside; the values are sent."""

    UNKNOWN = "unknown"
    NOT_ACTIVE = "not_active"
    BLOCKED = "blocked"
    EXPIRED = "expired"
    OTHER_CURRENCY = "other_currency"
    NOT_ENOUGH = "not_enough"
    RELEASED = "released"  # this very reservation was given back, ran out, or was used


class OfflineRefusal(Enum):
    """Why a till without the hub takes no money off a card."""

    NOT_ALLOWED = "not allowed"
    ABOVE_LIMIT = "above limit"


class NoReference(ValueError):
    """A text that is no reference of a tender to a card."""


def card_id(code: str) -> str:
    """Return what a card is known by, 64 hexadecimal digits; `code` as a scan reads it."""
    return hashlib.pbkdf2_hmac("sha256", code.encode("ascii"), _SALT, _ROUNDS).hex()


def last_four(code: str) -> str:
    """Return the characters of a code that may be shown to anybody."""
    return code[:-_CHECK_LENGTH][-LAST:]


def masked(last4: str) -> str:
    """Return how texts name a card: ``···7K3Q``."""
    return f"{MASK}{last4}"


@dataclass(frozen=True, slots=True)
class ValueReference:
    """What the tender of a sale says of the card: `hold` names what was set aside.

    Without a `hold` the card was taken without the hub, as the shop's policy allowed.
    """

    card: str
    last4: str
    hold: str = ""

    @property
    def text(self) -> str:
        """The reference of the tender."""
        return f"{self.last4}:{self.card}:{self.hold}"


def value_reference(code: str, hold: str = "") -> ValueReference:
    """Return the reference to a card by its code."""
    return ValueReference(card_id(code), last_four(code), hold)


def read_value_reference(text: str) -> ValueReference:
    """Return what the reference of a tender says.

    Raises:
        NoReference: It is none.
    """
    last4, _, rest = text.partition(":")
    card, colon, hold = rest.partition(":")
    is_id = len(card) == _ID_LENGTH and set(card) <= set("0123456789abcdef")
    if not (colon and is_id and len(last4) == LAST and last4.isalnum()):
        raise NoReference
    return ValueReference(card, last4, hold)


def holds_of(tenders: Iterable[Tender]) -> tuple[str, ...]:
    """Return what tenders name as set aside for them."""
    references = (tender.reference for tender in tenders if tender.kind in STORED_VALUE)
    return tuple(hold for text in references if (hold := _hold_of(text)))


def left_text(left: Money | None) -> str:
    """Return how the tender of a sale notes what is left on its card; empty: nobody knows."""
    return "" if left is None else str(left.minor)


def read_left(text: str, currency: str) -> Money | None:
    """Return what `left_text` noted; None for anything else."""
    is_count = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return Money(int(text), currency) if is_count else None


def masked_reference(text: str) -> str:
    """Return how texts name the card that a tender's reference is of; empty for no reference."""
    try:
        return masked(read_value_reference(text).last4)
    except NoReference:
        return ""


def _hold_of(text: str) -> str:
    try:
        return read_value_reference(text).hold
    except NoReference:
        return ""


@dataclass(frozen=True, slots=True)
class OfflineRedemption:
    """What a till may take off cards while it does not see the hub.

    `limit` is minor units per ticket, all its cards together; 0: nothing.
    """

    limit: int = 0

    def refusal(self, amount: Money, already: Money) -> OfflineRefusal | None:
        """Return why `amount` is not taken beside what the ticket has `already`, None if it is."""
        if self.limit <= 0:
            return OfflineRefusal.NOT_ALLOWED
        return OfflineRefusal.ABOVE_LIMIT if (amount + already).minor > self.limit else None


def offline_redemption(setting: object) -> OfflineRedemption:
    """Return what the shop's setting ``stored_value`` allows; what it cannot mean is refused."""
    limit = setting.get("offline_limit") if isinstance(setting, Mapping) else None
    return OfflineRedemption(limit if type(limit) is int and limit > 0 else 0)


@dataclass(frozen=True, slots=True)
class Card:
    """What the hub says of a card; `state` None: it never heard of it. Times are UTC, Unix ms.

    `available` is what is on it and set aside for nobody. `expires_at_ms` 0: never.
    """

    state: CardState | None
    last4: str = ""
    kind: StoredValueKind | None = None
    balance: Money | None = None
    available: Money | None = None
    expires_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Reservation:
    """What the hub set aside, or why it did not. Times are UTC, Unix ms, by the hub's clock.

    `amount` is what was set aside, which may be less than was asked for where that was allowed.
    It is used by a tender with `reference`, given back, or free again after `until_ms`.
    """

    op_id: str
    refusal: CardRefusal | None = None
    amount: Money | None = None
    available: Money | None = None
    until_ms: int = 0
    reference: ValueReference | None = field(default=None)


@dataclass(frozen=True, slots=True)
class ValueLoad:
    """Money that comes onto a card at the counter, as its fact says it.

    `document` is the receipt it was paid, returned or refunded with.
    """

    card: str
    last4: str
    kind: StoredValueKind
    amount: Money
    document: str
    staff_id: str
    customer_id: str = ""
    expires_at_ms: int = 0


@dataclass(frozen=True, slots=True)
class CardOnLine:
    """The gift card that a line of a ticket puts money onto: sold with it, or topped up."""

    reference: str  # the text of a `ValueReference` that names no reservation
    is_new: bool = True

    @property
    def named(self) -> ValueReference:
        """The card.

        Raises:
            NoReference: The reference is none.
        """
        return read_value_reference(self.reference)


def gift_card_skus(setting: object) -> frozenset[str]:
    """Return which articles are gift cards, by the shop's setting ``stored_value``."""
    skus = setting.get("gift_card_skus") if isinstance(setting, Mapping) else None
    named = skus if isinstance(skus, list | tuple) else ()
    return frozenset(sku for sku in named if isinstance(sku, str) and sku)


def value_body(load: ValueLoad) -> dict[str, Json]:
    """Return the body of a fact ``value.…``: the amount in minor units, times in ms."""
    return {
        "card": load.card,
        "last4": load.last4,
        "kind": load.kind.value,
        "amount": load.amount.minor,
        "currency": load.amount.currency,
        "document": load.document,
        "staff_id": load.staff_id,
        "customer_id": load.customer_id,
        "expires_at_ms": load.expires_at_ms,
    }
