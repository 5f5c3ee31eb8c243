"""A sale read for its receipt: every figure and text that stands on the paper."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pos.domain.quantity import Unit
from pos.domain.tender import TenderKind
from sync.wire.v1.base import Code, Identifier, Message, Ms, Sku, Text
from sync.wire.v1.facts import MAX_LINES, Amount, Currency, Gtin, Thousandths

BasisPoints = Annotated[int, Field(ge=0, le=10_000)]
Name = Annotated[str, Field(max_length=400)]
Legend = Annotated[str, Field(max_length=400)]


class LineOnPaper(Message):
    """Facts of earlier versions name neither the tax of a line nor promotions."""

    number: Annotated[int, Field(ge=1, le=MAX_LINES)]
    sku: Sku
    gtin: Gtin | None
    name: Name
    quantity: Thousandths
    unit: Annotated[Unit, Field(strict=False)]
    unit_price: Amount
    list_price: Amount
    gross: Amount
    discount: Amount
    promotion: Amount = 0
    ticket_discount: Amount
    net: Amount
    tax_basis_points: BasisPoints
    tax_name: Code | None = None
    entry: Code
    note: Text
    discount_reason: Text
    override_reason: Text
    approved_by: Code
    void: bool


class ShareOnPaper(Message):
    line: Annotated[int, Field(ge=1, le=MAX_LINES)]
    amount: Amount


class PromotionOnPaper(Message):
    promotion_id: Identifier
    name: Name
    coupon: Code
    on_total: bool
    lines: Annotated[tuple[ShareOnPaper, ...], Field(max_length=MAX_LINES, strict=False)]


class TaxOnPaper(Message):
    basis_points: BasisPoints
    name: Code
    gross: Amount
    base: Amount
    tax: Amount


class TenderOnPaper(Message):
    kind: Annotated[TenderKind, Field(strict=False)]
    amount: Amount
    tendered: Amount
    reference: Text
    authorisation: Text
    verified: bool


class StampOnPaper(Message):
    module: Code
    legend: Annotated[tuple[Legend, ...], Field(max_length=20, strict=False)]
    qr: Annotated[str, Field(max_length=1000)]


class SaleOnPaper(Message):
    """The body of ``sale.completed``, all of it."""

    sale_id: Identifier
    series: Annotated[str, Field(pattern=r"^[1-9]\d{0,5}(\.\d{1,6})?$")]
    sequence: Annotated[int, Field(ge=1, le=10**12)]
    shop: Code
    session_id: Identifier
    staff_id: Identifier
    staff_name: Text = ""
    currency: Currency
    opened_at_ms: Ms
    completed_at_ms: Annotated[int, Field(ge=0, le=253_402_300_799_999)]
    total: Amount
    lines: Annotated[tuple[LineOnPaper, ...], Field(max_length=MAX_LINES, strict=False)]
    tax: Annotated[tuple[TaxOnPaper, ...], Field(max_length=50, strict=False)]
    tenders: Annotated[tuple[TenderOnPaper, ...], Field(max_length=100, strict=False)]
    fiscal: StampOnPaper
    ticket_discount_reason: Text
    promotions: Annotated[
        tuple[PromotionOnPaper, ...], Field(max_length=MAX_LINES, strict=False)
    ] = ()
    source: Text
