"""Orders to collect, with everything that a label, a pick list or an acknowledgement can show."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import (
    IdentityMethod,
    Order,
    OrderLine,
    OrderState,
    Parcel,
    ShortReason,
)
from pos.domain.collection_events import Identity, LineDelivered, OrderHandedOver, ParcelInHand
from pos.domain.quantity import Unit
from pos.receipts.collected import Collected
from tests.receipts.examples import AFTERNOON_MS, HOUR_MS

DAY_MS = 24 * HOUR_MS
HOLD_MS = AFTERNOON_MS + 7 * DAY_MS


def line(number: int, name: str, quantity: int = 1000, **changes: object) -> OrderLine:
    fields: dict[str, object] = {
        "number": number,
        "sku": f"S{number}",
        "gtin": 8410000000009 + number * 10,
        "name": name,
        "quantity": quantity,
        "unit": Unit.EACH,
        "unit_price": 4_95,
        "paid": 4_95 * quantity // 1000,
        "tax_basis_points": 2100,
        "tax_name": "IVA general",
    }
    return OrderLine(**{**fields, **changes})  # type: ignore[arg-type]


def placed() -> Order:
    """Return an order that somebody is to prepare: six lines, one of them picked."""
    lines = (
        line(1, "Café molido de tueste natural «El Cañaveral» 250 g", 3000,
             gtin=8410000000016, location="Pasillo 10 · A-02"),
        line(2, "Queso curado de oveja", 412, unit=Unit.KILOGRAM, gtin=None, sku="00123",
             location="Pasillo 2 · Frío"),
        line(3, "Lámpara de mesa", location="Pasillo 2 · B-14", gtin=8410000000023),
        line(4, "Manta de lana", 2000, location="Pasillo 2 · B-14", gtin=None, sku="MANTA-GRIS"),
        line(5, "Vela perfumada", picked=1000, location="Pasillo 2 · B-15"),
        line(6, "Taza de gres", gtin=None, sku="ñ-6"),
    )  # fmt: skip
    return Order(
        order_id="o-1",
        number="W-10482",
        serial=10482,
        short_code="K7M4",
        shop="FUEN",
        currency="EUR",
        state=OrderState.PICKING,
        lines=lines,
        is_prepaid=True,
        placed_at_ms=AFTERNOON_MS,
        promised_at_ms=AFTERNOON_MS + HOUR_MS,
        customer_name="Carmen Ortega Díaz",
    )


def second() -> Order:
    """Return another order, which wants some of the same."""
    return replace(
        placed(),
        order_id="o-2",
        number="W-10485",
        serial=10485,
        short_code="R2T9",
        promised_at_ms=0,
        customer_name="Íñigo",
        lines=(
            line(1, "Manta de lana", gtin=None, sku="MANTA-GRIS", location="Pasillo 2 · B-14"),
        ),
    )


def staged() -> Order:
    """Return the order on its shelf, in two parcels; one line was short."""
    taken = tuple(
        replace(each, picked=each.quantity)
        if each.number != 4
        else replace(each, picked=1000, short=1000, short_reason=ShortReason.DAMAGED)
        for each in placed().lines
    )
    return replace(
        placed(),
        state=OrderState.READY,
        lines=taken,
        parcels=(Parcel(1, "B3", print_number=2), Parcel(2, "B4", print_number=1)),
        hold_until_ms=HOLD_MS,
    )


def collected() -> Collected:
    """Return a prepaid order of which something was left, taken by somebody the customer named."""
    order = staged()
    lines = tuple(
        LineDelivered(each.number, 0, each.picked, "talla")
        if each.number == 3
        else LineDelivered(each.number, each.picked, 0)
        for each in order.lines
    )
    who = Identity(IdentityMethod.DOCUMENT, "Pablo Ortega", "hermano", "dni", "482T")
    event = OrderHandedOver(
        "o-1",
        "lucia",
        lines,
        (ParcelInHand(1, 2), ParcelInHand(2, 1)),
        who,
        assignment_epoch=1,
        refund=4_95,
        signature="ab" * 32,
    )
    return Collected(order, event, AFTERNOON_MS + DAY_MS, "Lucía Romero")


def paid_here() -> Collected:
    """Return an order that was paid at the counter, wholly taken, nobody signed."""
    order = replace(staged(), is_prepaid=False)
    lines = tuple(LineDelivered(each.number, each.picked, 0) for each in order.lines)
    who = Identity(IdentityMethod.SIGNED_CODE, "Carmen Ortega Díaz")
    event = OrderHandedOver(
        "o-1", "lucia", lines, (), who, assignment_epoch=1, balance=31_23, sale_id="s-1"
    )
    return Collected(order, event, AFTERNOON_MS + DAY_MS, "Lucía Romero", "2-004318")
