"""A hub that takes orders: goods on its shelves, and requests as web shops send them."""

from __future__ import annotations

import hashlib
import itertools
from pathlib import Path
from typing import Any

from pos.domain.collection import Order
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders.placing import Chance, place_order
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.wire.v1.placing import PlaceOrder
from tests.sync.facts import T0

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
