"""The conflict desk: what a person must look at, and the ways out that are safe."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from enum import Enum

from pos.domain.money import Money

SETTLED = "settled"  # the resolution of what came right without anybody


class ItemKind(Enum):
    """What happened; the values are stored and sent."""

    TILL_CLONED = "till_cloned"
    TICKET_RESUMED_TWICE = "ticket_resumed_twice"
    DIGEST_DIFFERS = "digest_differs"
    FACT_PARKED = "fact_parked"
    FACT_UNREADABLE = "fact_unreadable"
    TOTALS_DIFFER = "totals_differ"
    UNKNOWN_PRODUCT = "unknown_product"
    PRICE_OUT_OF_BAND = "price_out_of_band"
    CARD_OUTCOME_UNKNOWN = "card_outcome_unknown"
    CARD_REFUND_UNKNOWN = "card_refund_unknown"
    PRINT_UNKNOWN = "print_unknown"
    APPROVAL_NEVER_GIVEN = "approval_never_given"
    HANDED_OVER_TWICE = "handed_over_twice"
    HANDED_OVER_CANCELLED = "handed_over_cancelled"
    HANDED_OVER_ELSEWHERE = "handed_over_elsewhere"
    PARCEL_TROUBLE = "parcel_trouble"
    ORDER_FACT_REFUSED = "order_fact_refused"
    REFUND_REFUSED = "refund_refused"
    GOODS_NOT_PAID = "goods_not_paid"
    COUPON_USED_TWICE = "coupon_used_twice"
    GIFT_CARD_OVERDRAWN = "gift_card_overdrawn"
    RETURNED_TWICE = "returned_twice"
    REFUND_ABOVE_PAID = "refund_above_paid"
    OTHER = "other"  # of a later version than this till's


class Resolution(Enum):
    """A way out; the values are stored and sent."""

    BOTH_STAND = "both_stand"
    NEW_EPOCH = "new_epoch"
    STOP_COPY = "stop_copy"
    APPLY_AGAIN = "apply_again"
    KEEP_ASIDE = "keep_aside"
    SEND_AGAIN = "send_again"
    CHARGED = "charged"
    NOT_CHARGED = "not_charged"
    PAID_BACK = "paid_back"
    NOT_PAID_BACK = "not_paid_back"
    REFUND_AGAIN = "refund_again"
    SEEN = "seen"


class RowKind(Enum):
    """What a row of a side is about; times are UTC ms, money minor units."""

    AT = "at"
    STAFF = "staff"
    DOCUMENT = "document"
    TOTAL = "total"
    TENDER = "tender"
    LINES = "lines"
    PRODUCT = "product"
    PRICE = "price"
    EXPECTED = "expected"
    NUMBERS = "numbers"
    STATE = "state"
    DETAIL = "detail"


MONEY_ROWS = frozenset({RowKind.TOTAL, RowKind.PRICE, RowKind.EXPECTED})


@dataclass(frozen=True, slots=True)
class Row:
    """One fact of a side: a text, a number, or both."""

    kind: RowKind
    text: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One party's facts: the till (or ``hub``) and what it says."""

    shop: str
    till: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Doing:
    """What was done with an item at this till; the hub may not know of it yet.

    `by` and `owner` are staff ids, times UTC ms.
    """

    resolution: Resolution | None = None
    by: str = ""
    at_ms: int = 0
    owner: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskItem:
    """Something that happened and that a person must look at.

    `subject` is what people call the thing. `resolution` is the hub's word for how it ended,
    empty while it is open there. `is_from_here` marks what this till found by itself.
    """

    item_id: str
    kind: ItemKind
    shop: str
    till: str
    subject: str
    money: Money
    opened_at_ms: int
    sides: tuple[Side, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    owner: str = ""
    resolution: str = ""
    resolved_by: str = ""
    resolved_at_ms: int = 0
    is_from_here: bool = False
    doing: Doing = Doing()

    @property
    def is_resolved_at_hub(self) -> bool:
        return bool(self.resolution)

    @property
    def is_open(self) -> bool:
        """True while nobody decided, neither here nor elsewhere."""
        return not self.resolution and self.doing.resolution is None

    @property
    def is_on_its_way(self) -> bool:
        """True when it was decided here and the hub has not said so yet."""
        decided = self.doing.resolution is not None
        return decided and not self.resolution and not self.is_from_here

    @property
    def was_overtaken(self) -> bool:
        """True when it was decided here, and elsewhere before: the other decision counts."""
        decided = self.doing.resolution
        return decided is not None and self.resolution not in ("", decided.value)

    @property
    def whose(self) -> str:
        """The staff id of who looks after it."""
        return self.doing.owner or self.owner


class CannotResolve(ValueError):
    """The item is resolved already, or has no such way out."""


def decided(item: DeskItem, resolution: Resolution, by: str, at_ms: int) -> DeskItem:
    """Return the item as decided here.

    Raises:
        CannotResolve: It is resolved already, or `resolution` is none of its ways out.
    """
    if not item.is_open or resolution not in item.resolutions:
        raise CannotResolve(f"{item.item_id}: {resolution.value}")
    doing = replace(item.doing, resolution=resolution, by=by, at_ms=at_ms)
    return replace(item, doing=doing)


def in_order(items: tuple[DeskItem, ...]) -> tuple[DeskItem, ...]:
    """Return items as people look at them: what moves most money first, then the oldest."""
    return tuple(
        sorted(items, key=lambda item: (-abs(item.money.minor), item.opened_at_ms, item.item_id))
    )


def item_id_of(kind: ItemKind, key: str) -> str:
    """Return the id of an item, the same whoever finds it, this till or the hub."""
    return hashlib.sha256(f"{kind.value}:{key}".encode()).hexdigest()[:32]
