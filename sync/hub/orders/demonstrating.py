"""Orders for demonstrations, of the catalogue's own products: placed by the way all others are."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos.domain.collection import Order
from pos.domain.collection_events import (
    Event,
    LabelPrinted,
    LinePicked,
    OrderPicked,
    OrderStaged,
    ParcelPlaced,
    PickingBegun,
)
from pos.domain.quantity import THOUSAND, Unit
from sync.hub.admin import check_shop, get_setting
from sync.hub.orders import book, holding, sending
from sync.hub.orders.goods import Unplaceable
from sync.hub.orders.placing import Chance, place_order
from sync.hub.orders.shop_policy import policy_of
from sync.hub.tables import product
from sync.wire.v1.placing import DispatchOrder, PlaceOrder

NO_PRODUCTS = "no_products"
MOST_PIECES = 3
PARCELS_SENT = 2
STAFF = "demo"
SHELVES = tuple(f"{row}{place}" for row in "ABCD" for place in range(1, 7))
PEOPLE = (
    "Carmen Ortega", "Iker Mendizábal", "Aya Benali", "Joan Puigdevall", "Lucía Ñúñez",
    "Wei Zhang", "Nerea Castaño", "Andrés Vidal", "Fátima El Idrissi", "Sofía Márquez",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be placed; an empty `customer` is invented."""

    shop: str
    lines: int
    is_prepaid: bool
    customer: str = ""
    is_ready: bool = False
    from_shop: str = ""


def place_demo_order(connection: Connection, wish: Wish, now_ms: int, chance: Chance) -> Order:
    """Place an order of products chosen by chance; with `is_ready` it stands on its shelf, told.

    Raises:
        NotKnown: There is no such shop.
        Unplaceable: There is nothing to sell, or the request cannot be.
    """
    order = place_order(connection, _request(connection, wish, chance), now_ms, chance)
    if wish.from_shop:
        sent = DispatchOrder(op_id=chance.new_id(), parcels=PARCELS_SENT)
        return sending.dispatch(connection, order.order_id, sent, now_ms)
    return _prepared(connection, order, now_ms, chance) if wish.is_ready else order


def _request(connection: Connection, wish: Wish, chance: Chance) -> PlaceOrder:
    check_shop(connection, wish.shop)
    chosen = connection.execute(
        select(product.c.sku, product.c.price, product.c.unit)
        .where(product.c.has_open_price.is_(other=False), product.c.price > 0)
        .order_by(product.c.sku)
    ).all()
    if not chosen:
        raise Unplaceable(NO_PRODUCTS)
    lines = []
    for _ in range(wish.lines):
        sku, price, unit = chosen[_number(chance, len(chosen))]
        pieces = 1 + _number(chance, MOST_PIECES)
        quantity = pieces * THOUSAND if Unit(unit).is_counted else pieces * 250
        paid = price * quantity // THOUSAND
        lines.append({"sku": sku, "quantity": quantity, "unit_price": price, "paid": paid})
    name = wish.customer or PEOPLE[_number(chance, len(PEOPLE))]
    return PlaceOrder.model_validate(
        {
            "op_id": chance.new_id(),
            "shop": wish.shop,
            "currency": get_setting(connection, wish.shop, "shop")["currency"],
            "prepaid": wish.is_prepaid,
            "customer": {
                "name": name,
                "phone": f"+34 600 {_number(chance, 1000):03d} {_number(chance, 1000):03d}",
                "email": "cliente@nogal.example",
            },
            "lines": lines,
            "from_shop": wish.from_shop,
        }
    )


def _prepared(connection: Connection, order: Order, now_ms: int, chance: Chance) -> Order:
    """Return the order picked, labelled and on a shelf; told too, as if it were paid for."""
    shelf = SHELVES[_number(chance, len(SHELVES))]
    events: list[Event] = [PickingBegun(order.order_id, STAFF)]
    events += [
        LinePicked(order.order_id, STAFF, line.number, line.quantity) for line in order.lines
    ]
    events += [
        OrderPicked(order.order_id, STAFF),
        LabelPrinted(order.order_id, STAFF, 1, 1),
        OrderStaged(order.order_id, STAFF, (ParcelPlaced(1, shelf),)),
    ]
    for event in events:
        book.happen(connection, event, book.Happened(chance.new_id(), now_ms, staff_id=STAFF))
    holding.make_ready(connection, order.order_id, policy_of(connection, order.shop), now_ms)
    return book.known(connection, order.order_id)


def _number(chance: Chance, below: int) -> int:
    return int.from_bytes(chance.random_bytes(4)) % below
