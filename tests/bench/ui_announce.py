"""From an order placed at the hub to its count painted in the header of a till that is selling.

A real hub, the till's window in this process, its agent in a process of its own. Orders come at
moments of chance, so that the wait until the agent asks again is part of it. Every till of a shop
asks for itself and as often: what holds for one holds for each.
"""

from __future__ import annotations

import random
import secrets
import time
from contextlib import closing

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from sqlalchemy import select

from pos.system import SystemClock, Uuid7
from pos.widgets.header import Header
from sync.hub.database import HubDatabase, open_database
from sync.hub.orders.placing import Chance, place_order
from sync.hub.tables import product
from sync.wire.v1.placing import PlaceOrder
from tests.bench import shop
from tests.bench.catalogue import SEED, figures
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row, spread, times
from tests.bench.ui_display import display
from tests.bench.ui_till import BenchTill, served_till, settle, wait_until

PRODUCTS = 20_000
ENOUGH_MS = 2_000
LONGEST_PAUSE_MS = 1_500  # longer than the agent rests between two questions


def measure(context: Context) -> list[Row]:
    """Place orders one after the other and wait until each is seen."""
    painted = _Painted()
    painted.watch()
    count = context.of(100, 3)
    with (
        display(),
        shop.copy_of(shop.till_folder(PRODUCTS)) as data,
        shop.copy_of(shop.hub_database(PRODUCTS).parent) as folder,
        running_hub(f"sqlite:///{folder / 'hub.db'}") as hub,
        closing(open_database(f"sqlite:///{folder / 'hub.db'}")) as database,
    ):
        shop.point_to(data, hub)
        orders = _Orders(database)
        with served_till(data) as (bench, _hands):
            taken = [_announced(bench, orders, painted) for _ in range(count)]
        raw = [orders.place() for _ in range(count)]
    found, limit = figures(taken), figures(raw)
    how = (
        f"{len(taken)} orders of three lines, from the hub's commit to the end of painting the"
        " header of a till on its sale screen; the agent asks every second. Limit: placing alone."
    )
    return [
        Row(
            "order placed → announced at the till",
            "max ≤ 2 s",
            spread(found, "p50", "p99", "max"),
            spread(limit, "p50"),
            times(found["p50"], limit["p50"]),
            found["max"] <= ENOUGH_MS,
            (how,),
        )
    ]


class _Painted:
    """When the count of new orders was painted last, and which."""

    def __init__(self) -> None:
        self.at, self.text = 0.0, ""

    def watch(self) -> None:
        """Look on while headers paint themselves; call it before the first is made."""
        paint_cell = Header.paint_cell

        def seen(header: Header, painter: QPainter, name: str, box: QRectF) -> None:
            paint_cell(header, painter, name, box)
            if name == "pickups":
                self.at, self.text = time.perf_counter(), header.cell(name).accessibleName()

        Header.paint_cell = seen  # type: ignore[method-assign, assignment]


class _Orders:
    """Places orders of three products, as a web shop's request does."""

    def __init__(self, database: HubDatabase) -> None:
        self._database = database
        self._chance = Chance(Uuid7().new, secrets.token_bytes)
        self._dice = random.Random(SEED)
        with database.reading() as connection:
            self._goods = connection.execute(
                select(product.c.sku, product.c.price)
                .where(product.c.price > 0)
                .order_by(product.c.sku)
                .limit(100)
            ).all()

    def place(self) -> float:
        """Place an order and return how many milliseconds that took."""
        lines = [
            {"sku": sku, "quantity": 1_000, "unit_price": price, "paid": price}
            for sku, price in self._dice.sample(self._goods, 3)
        ]
        asked = PlaceOrder.model_validate(
            {
                "op_id": self._chance.new_id(),
                "shop": shop.SHOP,
                "currency": shop.CURRENCY,
                "prepaid": False,
                "customer": {"name": "Carmen Ortega"},
                "lines": lines,
            }
        )
        begun = time.perf_counter()
        with self._database.transaction() as connection:
            place_order(connection, asked, SystemClock().now_ms(), self._chance)
        return (time.perf_counter() - begun) * 1000


def _announced(bench: BenchTill, orders: _Orders, painted: _Painted) -> float:
    """Return the milliseconds from an order's commit to the header that counts it."""
    settle(random.Random(time.perf_counter_ns()).randrange(LONGEST_PAUSE_MS))
    new = bench.counter.pickups.new_count + 1
    orders.place()
    begun = time.perf_counter()
    wait_until(lambda: bench.counter.pickups.new_count == new and painted.at > begun)
    wait_until(lambda: str(new) in painted.text)
    return (painted.at - begun) * 1000
