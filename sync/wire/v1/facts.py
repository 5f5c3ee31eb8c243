"""The bodies of the facts that have effects at the hub; of the others only the text is kept."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.v1.base import (
    Code,
    Count,
    Identifier,
    Message,
    Minor,
    Ms,
    Sku,
    Text,
)

MAX_LINES = 2_000
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
BusinessDay = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Gtin = Annotated[int, Field(ge=0, lt=10**14)]


class SaleLine(Message):
    """Amounts in minor units, `quantity` in thousandths of `unit`."""

    number: Annotated[int, Field(ge=1, le=MAX_LINES)]
    sku: Sku
    gtin: Gtin | None
    name: Annotated[str, Field(max_length=400)]
    quantity: Minor
    unit: Code
    unit_price: Minor
    gross: Minor
    discount: Minor
    ticket_discount: Minor
    net: Minor
    tax_basis_points: Annotated[int, Field(ge=0, le=10_000)]
    void: bool


class SaleTender(Message):
    kind: Code
    amount: Minor
    tendered: Minor
    reference: Text
    verified: bool


class SaleCompleted(Message):
    sale_id: Identifier
    number: Code
    shop: Code
    session_id: Identifier
    staff_id: Identifier
    currency: Currency
    completed_at_ms: Ms
    total: Minor
    lines: Annotated[tuple[SaleLine, ...], Field(max_length=MAX_LINES, strict=False)]
    tenders: Annotated[tuple[SaleTender, ...], Field(max_length=100, strict=False)]
    source: Text = ""


class SessionOpened(Message):
    session_id: Identifier
    number: Count
    business_day: BusinessDay
    staff_id: Identifier
    currency: Currency
    float_total: Minor


class SessionClosed(Message):
    session_id: Identifier
    sales: Count
    total: Minor
    expected: Minor
    counted: Minor
    difference: Minor


class CashMoved(Message):
    movement_id: Identifier
    session_id: Identifier
    amount: Minor
    currency: Currency
    reason: Text
    staff_id: Identifier


class CardRequested(Message):
    attempt_id: Identifier
    basket_id: Identifier
    amount: Minor
    currency: Currency


class CardResolved(Message):
    attempt_id: Identifier
    state: Code
    authorisation: Text
    verified: bool
