"""The bodies of the facts that have effects at the hub; of the others only the text is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Disposition
from sync.wire.v1.base import (
    Code,
    Count,
    Identifier,
    Message,
    Ms,
    Sku,
    Text,
)
from sync.wire.v1.carts import SaleCart

MAX_LINES = 2_000
MAX_COUPONS = 100
# Far above anything sold, and far enough below 2^63 that sums of many stay numbers of a database.
Amount = Annotated[int, Field(ge=-(10**15), le=10**15)]
Thousandths = Annotated[int, Field(ge=-(10**12), le=10**12)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
BusinessDay = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Refundable = Annotated[int, Field(ge=0, le=10**15)]
# The id of a sale or order, empty for none.
Reference = Annotated[str, Field(pattern=r"^[A-Za-z0-9._:\-]{0,64}$")]
Gtin = Annotated[int, Field(ge=0, lt=10**14)]


class SaleLine(Message):
    """Amounts in minor units, `quantity` in thousandths of `unit`."""

    number: Annotated[int, Field(ge=1, le=MAX_LINES)]
    sku: Sku
    gtin: Gtin | None
    name: Annotated[str, Field(max_length=400)]
    quantity: Thousandths
    unit: Code
    unit_price: Amount
    gross: Amount
    discount: Amount
    promotion: Amount = 0
    ticket_discount: Amount
    net: Amount
    tax_basis_points: Annotated[int, Field(ge=0, le=10_000)]
    void: bool


class SaleTender(Message):
    kind: Code
    amount: Amount
    tendered: Amount
    reference: Text
    verified: bool


class PromotionShare(Message):
    """What a promotion took off a line, in minor units."""

    amount: Amount


class SalePromotion(Message):
    """A promotion that was given; `coupon` is the code it was given for."""

    promotion_id: Code = ""
    coupon: Code = ""
    lines: Annotated[tuple[PromotionShare, ...], Field(max_length=MAX_LINES, strict=False)] = ()


class SaleCoupon(Message):
    """A code that was on the ticket, whether a promotion was given for it or not."""

    code: Code
    promotion_id: Code = ""
    fence: Count = 0


class SaleCompleted(Message):
    sale_id: Identifier
    number: Code
    shop: Code
    session_id: Identifier
    staff_id: Identifier
    currency: Currency
    completed_at_ms: Ms
    total: Amount
    lines: Annotated[tuple[SaleLine, ...], Field(max_length=MAX_LINES, strict=False)]
    tenders: Annotated[tuple[SaleTender, ...], Field(max_length=100, strict=False)]
    source: Text = ""
    promotions: Annotated[
        tuple[SalePromotion, ...], Field(max_length=MAX_LINES, strict=False)
    ] = ()
    coupons: Annotated[tuple[SaleCoupon, ...], Field(max_length=MAX_COUPONS, strict=False)] = ()
    customer_id: Reference = ""
    cart: SaleCart | None = None


class ReturnedItem(Message):
    """What came back of one line; `purchase` is empty and `purchase_line` 0 without a receipt."""

    sku: Sku
    quantity: Annotated[int, Field(ge=1, le=10**12)]
    purchase: Reference = ""
    purchase_line: Annotated[int, Field(ge=0, le=MAX_LINES)] = 0
    value: Refundable
    deduction: Refundable
    disposition: Annotated[Disposition, Field(strict=False)]


class ReturnRefund(Message):
    """One way money goes back; `refund_id` is the id whoever pays knows it by."""

    refund_id: Identifier
    purchase: Reference = ""
    means: Annotated[Means, Field(strict=False)]
    amount: Refundable
    reference: Text = ""
    state: Annotated[RefundState, Field(strict=False)]


class ReturnOriginal(Message):
    """A paper that is returned from; `reference` is empty without a receipt."""

    reference: Reference = ""


class ReturnCompleted(Message):
    """What the hub's rows need; `pos.domain.return_content.read_return` reads it strictly."""

    return_id: Identifier
    number: Code
    shop: Code
    session_id: Identifier
    staff_id: Identifier
    currency: Currency
    completed_at_ms: Ms
    total: Refundable
    originals: Annotated[tuple[ReturnOriginal, ...], Field(max_length=MAX_LINES, strict=False)]
    lines: Annotated[tuple[ReturnedItem, ...], Field(max_length=MAX_LINES, strict=False)]
    refunds: Annotated[tuple[ReturnRefund, ...], Field(max_length=MAX_LINES, strict=False)]
    flags: Annotated[tuple[Code, ...], Field(max_length=20, strict=False)] = ()
    exchange_id: Code = ""
    source: Text = ""
    customer_id: Reference = ""


class RefundResolved(Message):
    """What became of a refund that was on its way."""

    return_id: Identifier
    refund_id: Identifier
    state: Annotated[RefundState, Field(strict=False)]
    reference: Text = ""
    detail: Text = ""


class RefundIssued(Message):
    """That a refund that failed was paid again; `return_id` is of whatever till."""

    return_id: Identifier
    replaces: Identifier
    currency: Currency
    refund: ReturnRefund
    reason: Text = ""
    staff_id: Identifier
    session_id: Identifier
    at_ms: Ms


class SessionOpened(Message):
    session_id: Identifier
    number: Count
    business_day: BusinessDay
    staff_id: Identifier
    currency: Currency
    float_total: Amount


class SessionClosed(Message):
    session_id: Identifier
    sales: Count
    total: Amount
    expected: Amount
    counted: Amount
    difference: Amount


class CashMoved(Message):
    movement_id: Identifier
    session_id: Identifier
    amount: Amount
    currency: Currency
    reason: Text
    staff_id: Identifier


class CardRequested(Message):
    attempt_id: Identifier
    basket_id: Identifier
    amount: Amount
    currency: Currency


class CardResolved(Message):
    attempt_id: Identifier
    state: Code
    authorisation: Text
    verified: bool


class RefundContradicted(Message):
    """A terminal said `told` of a refund that is recorded as `recorded`."""

    return_id: Identifier
    refund_id: Identifier
    number: Text
    amount: Amount
    currency: Currency
    recorded: Annotated[RefundState, Field(strict=False)]
    told: Annotated[RefundState, Field(strict=False)]
    detail: Text = ""
    staff_id: Identifier


class CardContradicted(Message):
    """A terminal said `told` about an attempt that a person had recorded as `recorded`."""

    attempt_id: Identifier
    amount: Amount
    currency: Currency
    recorded: Code
    told: Code
    authorisation: Text = ""
    staff_id: Identifier
