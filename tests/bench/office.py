"""An office at work: prices, stock, people and the price list change at a hub all the time.

python -m tests.bench.office DATABASE-URL PRODUCTS

It works in a process of its own until its input ends.
"""

from __future__ import annotations

import random
import select
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Engine

from pos.domain.staff import Role
from pos.system import SystemClock, Uuid7
from sync.hub import admin
from sync.hub.database import open_database
from sync.hub.publishing.catalogue_import import import_catalogue
from tests.bench import shop
from tests.bench.catalogue import SEED

PRICES_A_SECOND = 20
STOCK_A_SECOND = 5
PERSON_EVERY_S = 20
PRICE_LIST_EVERY_S = 600


class Office:
    """Does what is due each second."""

    def __init__(self, engine: Engine, products: int) -> None:
        self._engine = engine
        self._products = products
        self._dice = random.Random(SEED)
        self._clock, self._ids = SystemClock(), Uuid7()
        self._second = 0

    def work(self) -> None:
        """Change prices and stock, now and then a person, rarely the whole price list."""
        self._second += 1
        prices = [(self._sku(), self._dice.randint(50, 5000)) for _ in range(PRICES_A_SECOND)]
        admin.set_prices(self._engine, prices)
        for _ in range(STOCK_A_SECOND):
            admin.adjust_stock(
                self._engine, shop.SHOP, self._sku(), 1000 * self._dice.randint(-5, 50),
                reason="counted", movement_id=self._ids.new(), now_ms=self._clock.now_ms(),
            )  # fmt: skip
        for every_s, act in (
            (PERSON_EVERY_S, self._change_person),
            (PRICE_LIST_EVERY_S, self._import),
        ):
            self._at(every_s, act)

    def _at(self, every_s: int, act: Callable[[], None]) -> None:
        if self._second % every_s == 0:
            act()

    def _sku(self) -> str:
        return str(shop.gtin_of(self._dice.randrange(self._products)))

    def _change_person(self) -> None:
        number = self._dice.randrange(20)
        name = f"Person {number} at {self._second} s"
        admin.add_staff(
            self._engine, shop.SHOP, staff_id=f"p{number}", name=name, role=Role.CASHIER,
            pin=f"{2000 + number}",
        )  # fmt: skip

    def _import(self) -> None:
        """Read the whole price list again, which makes a catalogue of another generation."""
        wanted = shop.price_list(self._products)
        with tempfile.TemporaryDirectory() as name:
            copied = Path(shutil.copy(wanted, name))  # the importer writes beside the file
            import_catalogue(
                self._engine, copied, currency=shop.CURRENCY, now_ms=self._clock.now_ms()
            )


def main(url: str, products: int) -> None:
    """Work until standard input ends."""
    database = open_database(url)
    office = Office(database.engine, products)
    while not select.select([sys.stdin], [], [], 1)[0]:
        office.work()
    database.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
