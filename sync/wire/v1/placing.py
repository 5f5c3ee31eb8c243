"""What a web shop sends to place an order that is collected in a shop, and what it is told.

Amounts are minor units with tax, quantities thousandths, times UTC in Unix ms. Names are kept
as people write them, in any script; what would garble a label (control characters, overrides
of the writing direction) is refused.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from pos.domain.collection import (
    MAX_LINES,
    MAX_PARCELS,
    MAX_PRICE_MINOR,
    MAX_QUANTITY,
    IdentityMethod,
    OrderState,
    PaymentState,
)
from sync.wire.v1.base import Code, Count, Identifier, Message, Minor, Ms, ShopCode, Sku

MAX_COLLECTORS = 10
MAX_HOLD_DAYS = 60

_CLEAN = r"^[^\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$"
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=_CLEAN)]
Name = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=_CLEAN)
]
# As people write them, of any country: E.164 allows fifteen digits.
Phone = Annotated[str, Field(max_length=40, pattern=r"^(\+?[0-9(][0-9 ().\-/]{3,38})?$")]
Email = Annotated[str, Field(max_length=200, pattern=r"^([^@\s<>,;\x00]+@[^@\s<>,;\x00]+)?$")]
Price = Annotated[int, Field(ge=0, le=MAX_PRICE_MINOR)]
Quantity = Annotated[int, Field(ge=1, le=MAX_QUANTITY)]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$")]
MaybeShop = Annotated[str, Field(pattern=r"^([A-Z0-9]{2,12})?$")]


class PlacedCustomer(Message):
    """Who ordered; without an e-mail address nobody can be told that the order is ready."""

    id: Code = ""
    name: Name
    phone: Phone = ""
    email: Email = ""
    member_card: Code = ""


class PlacedCollector(Message):
    """Somebody who may collect the order in the customer's place."""

    name: Name
    relation: Line = ""


class PlacedLine(Message):
    """`paid` is what the customer pays for all of `quantity`, after promotions."""

    sku: Sku
    quantity: Quantity
    unit_price: Price
    paid: Price


class PlaceOrder(Message):
    """An order; the same `op_id` again is the same order.

    `prepaid`: paid now, through the hub's payment provider; otherwise at the counter.
    `hold_days`: how long it waits once it is ready, 0: as long as the shop says. `from_shop`:
    filled there (a shop or a warehouse) and brought by courier; empty: filled where it is
    collected.
    """

    op_id: Identifier
    shop: ShopCode
    currency: Currency
    prepaid: bool
    customer: PlacedCustomer
    lines: Annotated[
        tuple[PlacedLine, ...], Field(min_length=1, max_length=MAX_LINES, strict=False)
    ]
    collectors: Annotated[
        tuple[PlacedCollector, ...], Field(max_length=MAX_COLLECTORS, strict=False)
    ] = ()
    identity: Annotated[IdentityMethod, Field(strict=False)] = IdentityMethod.SIGNED_CODE
    hold_days: Annotated[int, Field(ge=0, le=MAX_HOLD_DAYS)] = 0
    channel: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[a-z0-9_]+$")] = "web"
    from_shop: MaybeShop = ""


class CancelOrder(Message):
    """The same `op_id` again changes nothing more."""

    op_id: Identifier
    reason: Line = ""


class RerouteOrder(Message):
    """Have another shop prepare it and hand it over."""

    op_id: Identifier
    to_shop: ShopCode


class ShippedLine(Message):
    """What of a line the courier has; lines that are not named are shipped whole."""

    line: Count
    quantity: Annotated[int, Field(ge=0, le=MAX_QUANTITY)]


class DispatchOrder(Message):
    """The courier has an order that was filled elsewhere, in so many parcels."""

    op_id: Identifier
    parcels: Annotated[int, Field(ge=1, le=MAX_PARCELS)]
    lines: Annotated[tuple[ShippedLine, ...], Field(max_length=MAX_LINES, strict=False)] = ()


class OrderLineView(Message):
    number: Count
    sku: Sku
    name: str
    quantity: Count
    paid: Minor
    picked: Count
    short: Count
    delivered: Count
    left: Count


class OrderView(Message):
    """An order as its web shop shows it; `pickup_code` is the text of the QR to collect with.

    `cancel_asked`: it may be on its way over the counter; it is cancelled as soon as that is
    known not to be so. `hold_until_ms` is 0 before it is ready.
    """

    order_id: Identifier
    number: Code
    state: Annotated[OrderState, Field(strict=False)]
    shop: ShopCode
    currency: Currency
    total: Minor
    prepaid: bool
    payment: Annotated[PaymentState, Field(strict=False)]
    placed_at_ms: Ms
    promised_at_ms: Ms
    hold_until_ms: Ms
    short_code: Code
    pickup_code: str
    cancel_asked: bool
    lines: Annotated[tuple[OrderLineView, ...], Field(max_length=MAX_LINES, strict=False)]


class Promise(Message):
    """In how many minutes an order placed now would be ready to collect."""

    shop: ShopCode
    minutes: Count
    hub_time_ms: Ms
