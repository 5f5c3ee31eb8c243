"""Orders of customers for tests: placed, prepared, on their shelf, handed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pos.domain.collection import (
    IdentityMethod,
    Order,
    OrderLine,
    OrderState,
    Parcel,
    PaymentState,
)
from pos.domain.collection_events import (
    Event,
    Identity,
    LineDelivered,
    LinePicked,
    OrderHandedOver,
    OrderPicked,
    OrderStaged,
    ParcelInHand,
    ParcelPlaced,
    PickingBegun,
)
from pos.domain.collection_rules import applied
from pos.domain.quantity import THOUSAND, Unit
from tests.builders import MORNING_MS, new_id

LUCIA = "lucia"


def order_line(
    number: int = 1, pieces: int = 1, price: int = 9_95, **changes: object
) -> OrderLine:
    """Return a line of an order; `price` is cents a piece."""
    fields: dict[str, object] = {
        "number": number,
        "sku": f"sku-{number}",
        "gtin": 8436012340000 + number,
        "name": f"Taza {number}",
        "quantity": pieces * THOUSAND,
        "unit": Unit.EACH,
        "unit_price": price,
        "paid": price * pieces,
        "tax_basis_points": 2100,
        "tax_name": "general",
    }
    return OrderLine(**{**fields, **changes})  # type: ignore[arg-type]


def customer_order(*lines: OrderLine, **changes: object) -> Order:
    """Return an order that was just placed, prepaid unless said otherwise."""
    fields: dict[str, object] = {
        "order_id": new_id(),
        "number": "W-10482",
        "serial": 10482,
        "short_code": "K7M4",
        "shop": "FUEN",
        "currency": "EUR",
        "state": OrderState.PLACED,
        "lines": lines or (order_line(1, 2), order_line(2, 1, 32_90)),
        "is_prepaid": True,
        "placed_at_ms": MORNING_MS,
        "customer_name": "Carmen Ortega Vidal",
        "phone": "+34 600 123 456",
        "email": "carmen@example.com",
        "payment": PaymentState.CAPTURED,
    }
    return Order(**{**fields, **changes})  # type: ignore[arg-type]


def after(order: Order, *events: Event) -> Order:
    """Return the order after events at till 2."""
    for event in events:
        order = applied(order, event, at_ms=MORNING_MS, till="FUEN-2")
    return order


def picking(order: Order) -> tuple[Event, ...]:
    """Return what picking all of an order tells."""
    lines = (
        LinePicked(order.order_id, LUCIA, line.number, line.to_pick)
        for line in order.lines
        if line.to_pick
    )
    return (
        PickingBegun(order.order_id, LUCIA),
        *lines,
        OrderPicked(order.order_id, LUCIA),
    )


def staged(order: Order, shelves: Iterable[str] = ("B3", "B3")) -> Order:
    """Return the order picked and on its shelf, a parcel for each name of a shelf."""
    placed = tuple(ParcelPlaced(number, shelf) for number, shelf in enumerate(shelves, 1))
    picked = after(order, *picking(order), OrderStaged(order.order_id, LUCIA, placed))
    labelled = tuple(replace(parcel, print_number=1) for parcel in picked.parcels)
    return replace(picked, parcels=labelled)


def handover(order: Order, **changes: object) -> OrderHandedOver:
    """Return the handover of everything in an order's parcels to its customer."""
    lines = tuple(
        LineDelivered(line.number, line.in_parcel, 0) for line in order.lines if line.in_parcel
    )
    hands = tuple(ParcelInHand(one.number, one.print_number) for one in order.parcels)
    event = OrderHandedOver(
        order.order_id,
        LUCIA,
        lines,
        hands,
        Identity(IdentityMethod.SIGNED_CODE),
        order.assignment_epoch,
    )
    return replace(event, **changes)  # type: ignore[arg-type]


def parcel(number: int, shelf: str = "B3", print_number: int = 1) -> Parcel:
    """Return a parcel on its shelf."""
    return Parcel(number, shelf, print_number=print_number)
