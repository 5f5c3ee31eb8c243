"""A hub that takes orders: goods on its shelves, and requests as web shops send them."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path
from typing import Any

from pos.domain.collection import IdentityMethod, Order
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
)
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book, reserving
from sync.hub.orders.holding import keep_time
from sync.hub.orders.placing import Chance, place_order
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.tables import till
from sync.wire.v1.placing import PlaceOrder
from tests.sync.facts import T0

_COUNT = itertools.count(1)

OIL, CHEESE, WINE = "A-1", "Q-1", "V-1"
GOODS = f"""gtin,sku,name,price,tax_rate,unit,stock,location,min_age,serial
8436012340018,{OIL},Aceite de oliva,7.95,4,ea,10,Pasillo 2 · B-14,,
,{CHEESE},Queso curado,18.40,4,kg,5,Mostrador · Q-02,,
,{WINE},Vino tinto,9.50,21,ea,6,Bodega · V-03,18,
"""


def stocked(database: HubDatabase, folder: Path, *shops: str) -> HubDatabase:
    """Add shops and put goods on the shelves of all."""
    for code in shops:
        add_shop(database.engine, code, name=code, currency="EUR", country="ES", now_ms=T0)
    path = folder / "goods.csv"
    path.write_text(GOODS, encoding="utf-8")
    import_catalogue(database.engine, path, currency="EUR", now_ms=T0)
    return database


def chance(seed: str = "") -> Chance:
    """Return ids and bytes that are the same in every run."""
    count = itertools.count(1)

    def random_bytes(length: int) -> bytes:
        return hashlib.shake_256(f"{seed}/{next(count)}".encode()).digest(length)

    return Chance(lambda: f"order-{seed}{next(count)}", random_bytes)


def line(sku: str = OIL, pieces: int = 1, price: int = 7_95, **changed: Any) -> dict[str, Any]:
    """Return a line of a request; nothing is off the price."""
    values = {"sku": sku, "quantity": pieces * 1000, "unit_price": price, "paid": pieces * price}
    return {**values, **changed}


def request(op_id: str = "op-1", **changed: Any) -> PlaceOrder:
    """Return what a web shop asks for."""
    return PlaceOrder.model_validate(body(op_id, **changed))


def body(op_id: str = "op-1", **changed: Any) -> dict[str, Any]:
    """Return the same as JSON says it."""
    customer = {
        "id": "c-1",
        "name": "Carmen Ortega",
        "phone": "+34 600 123 456",
        "email": "carmen@example.org",
    }
    values = {
        "op_id": op_id,
        "shop": "FUEN",
        "currency": "EUR",
        "prepaid": False,
        "customer": {**customer, **changed.pop("customer", {})},
        "lines": [line()],
    }
    return {**values, **changed}


def place(database: HubDatabase, op_id: str = "op-1", now_ms: int = T0, **changed: Any) -> Order:
    """Place an order."""
    with database.transaction() as connection:
        return place_order(connection, request(op_id, **changed), now_ms, chance(op_id))


def happen(database: HubDatabase, event: Event, now_ms: int = T0, op_id: str = "") -> Order:
    """Have a till tell something of an order."""
    with database.transaction() as connection:
        op_id = op_id or f"{type(event).__name__}-{event.order_id}-{next(_COUNT)}"
        happened = book.Happened(op_id, now_ms, "FUEN-1", "lucia")
        order = book.happen(connection, event, happened)[1]
        reserving.settle(connection, order)
        return order


def picked(database: HubDatabase, order: Order, now_ms: int = T0) -> Order:
    """Have every line of an order picked."""
    for each in order.lines:
        happen(database, LinePicked(order.order_id, "lucia", each.number, each.quantity), now_ms)
    return happen(database, OrderPicked(order.order_id, "lucia"), now_ms)


def staged(database: HubDatabase, order: Order, now_ms: int = T0) -> Order:
    """Have an order stand on its shelf, its customer not told yet."""
    picked(database, order, now_ms)
    parcels = (ParcelPlaced(1, "B3"),)
    return happen(database, OrderStaged(order.order_id, "lucia", parcels), now_ms)


def ready(database: HubDatabase, order: Order, now_ms: int = T0) -> Order:
    """Have the customer of an order told that it can be collected."""
    staged(database, order, now_ms)
    keep_time(database, now_ms)
    return now_of(database, order)


def handed_over(database: HubDatabase, order: Order, now_ms: int = T0) -> Order:
    """Have everything of an order go over the counter."""
    event = OrderHandedOver(
        order_id=order.order_id,
        staff_id="lucia",
        lines=tuple(LineDelivered(each.number, each.quantity, 0) for each in order.lines),
        parcels=(ParcelInHand(1, 0),),
        identity=Identity(IdentityMethod.SIGNED_CODE),
        assignment_epoch=order.assignment_epoch,
    )
    return happen(database, event, now_ms)


def now_of(database: HubDatabase, order: Order) -> Order:
    """Return an order as the hub knows it."""
    with database.reading() as connection:
        return book.known(connection, order.order_id)


def heard(database: HubDatabase, at_ms: int, till_id: str = "FUEN-1") -> None:
    """Note when a till last spoke."""
    with database.transaction() as connection:
        connection.execute(
            till.update().where(till.c.till == till_id).values(last_seen_at_ms=at_ms)
        )


def kinds(database: HubDatabase, order: Order) -> list[str]:
    """Return what happened to an order."""
    with database.reading() as connection:
        return [row.kind for row in book.events_of(connection, order.order_id)]


def free(database: HubDatabase, sku: str = OIL, shop: str = "FUEN") -> int:
    """Return what may be promised of a product, in thousandths."""
    with database.reading() as connection:
        return reserving.available(connection, shop, [sku])[sku]
