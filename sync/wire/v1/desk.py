"""The conflict desk: items as tills mirror them. Texts are codes; each screen has the words."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

from pydantic import Field

from sync.wire.v1.base import STORABLE, Code, Identifier, Message, Minor, Ms, Text

MAX_SIDES = 4
MAX_ROWS = 12
MAX_NOTE = 500
Note = Annotated[str, Field(max_length=MAX_NOTE, pattern=STORABLE)]


class ItemKind(Enum):
    TILL_CLONED = "till_cloned"
    TICKET_RESUMED_TWICE = "ticket_resumed_twice"
    DIGEST_DIFFERS = "digest_differs"
    FACT_PARKED = "fact_parked"  # stored, and could not be applied
    FACT_UNREADABLE = "fact_unreadable"
    TOTALS_DIFFER = "totals_differ"
    UNKNOWN_PRODUCT = "unknown_product"
    PRICE_OUT_OF_BAND = "price_out_of_band"
    CARD_OUTCOME_UNKNOWN = "card_outcome_unknown"
    CARD_REFUND_UNKNOWN = "card_refund_unknown"  # whether money went back to a card
    PRINT_UNKNOWN = "print_unknown"
    HANDED_OVER_TWICE = "handed_over_twice"
    HANDED_OVER_CANCELLED = "handed_over_cancelled"  # the order had been cancelled
    HANDED_OVER_ELSEWHERE = "handed_over_elsewhere"  # it had been moved to another shop
    PARCEL_TROUBLE = "parcel_trouble"  # missing, damaged or unexpected on arrival
    ORDER_FACT_REFUSED = "order_fact_refused"  # another event that cannot be true of an order
    REFUND_REFUSED = "refund_refused"  # by the payment provider
    GOODS_NOT_PAID = "goods_not_paid"  # a prepaid order was collected, the money is not there
    COUPON_USED_TWICE = "coupon_used_twice"  # a code that may be used once, in two sales
    GIFT_CARD_OVERDRAWN = "gift_card_overdrawn"  # a sale took more than was on the card
    RETURNED_TWICE = "returned_twice"  # more came back of a purchase than was sold
    REFUND_ABOVE_PAID = "refund_above_paid"  # more money went back than was paid
    APPROVAL_NEVER_GIVEN = "approval_never_given"  # from afar, says a till; the hub says not


class Resolution(Enum):
    BOTH_STAND = "both_stand"  # both sides happened and count
    NEW_EPOCH = "new_epoch"  # the copy goes on with numbers of its own, its sales count
    STOP_COPY = "stop_copy"  # the copy sells no more, its sales count
    APPLY_AGAIN = "apply_again"  # try once more what could not be applied
    KEEP_ASIDE = "keep_aside"  # looked at; stays stored without effect
    SEND_AGAIN = "send_again"  # the till sends the day again
    CHARGED = "charged"  # the card was charged
    NOT_CHARGED = "not_charged"
    PAID_BACK = "paid_back"  # the money went back to the card
    NOT_PAID_BACK = "not_paid_back"
    REFUND_AGAIN = "refund_again"  # ask the payment provider once more
    SEEN = "seen"  # looked at, nothing to do


class RowKind(Enum):
    """What a row of a side is about; the values of time rows are UTC ms, of money minor units."""

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


class Row(Message):
    kind: Annotated[RowKind, Field(strict=False)]
    text: Text = ""
    number: Minor | None = None


class Side(Message):
    """One party's facts: the till (or ``hub``) and what it says."""

    shop: Code
    till: Code
    rows: Annotated[tuple[Row, ...], Field(max_length=MAX_ROWS, strict=False)]


class ItemState(Enum):
    OPEN = "open"
    RESOLVED = "resolved"


class DeskItem(Message):
    """`subject` is what a person calls the thing: a number, a label, a product."""

    item_id: Identifier
    kind: Annotated[ItemKind, Field(strict=False)]
    state: Annotated[ItemState, Field(strict=False)]
    shop: Code
    till: Code
    subject: Text
    money: Minor
    currency: Code
    opened_at_ms: Ms
    owner: Text = ""
    sides: Annotated[tuple[Side, ...], Field(max_length=MAX_SIDES, strict=False)]
    resolutions: Annotated[tuple[Resolution, ...], Field(max_length=4, strict=False)]
    resolution: Code = ""
    resolved_by: Text = ""
    resolved_at_ms: Ms = 0


class DeskResolved(Message):
    """The fact ``desk.resolved``: what somebody decided at a till."""

    item_id: Identifier
    staff_id: Identifier
    resolution: Annotated[Resolution, Field(strict=False)]
    note: Note = ""


class DeskAssigned(Message):
    """The fact ``desk.assigned``: `owner` (a staff id, empty for nobody) looks after the item."""

    item_id: Identifier
    staff_id: Identifier
    owner: Code = ""


class DeskNoted(Message):
    """The fact ``desk.noted``."""

    item_id: Identifier
    staff_id: Identifier
    note: Note
