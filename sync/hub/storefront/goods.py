"""What the web shop sells: found by words, with what each shop has of it and by when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from pos.domain.quantity import THOUSAND, Unit
from sync.hub.orders import promise, reserving
from sync.hub.orders.book import folded
from sync.hub.pages.sign_in import shop_details
from sync.hub.tables import product, shop

MEASURED_STEP = 250  # thousandths: weighed goods are ordered by the quarter of a kilo
MAX_PIECES = 99
FEW = 3  # from here on it is said how many are left


@dataclass(frozen=True, slots=True)
class Good:
    """A product as it is offered; `price` is minor units for one unit, with tax."""

    sku: str
    name: str
    brand: str
    department: str
    price: int
    unit: Unit
    picture: str
    popularity: int
    search: str

    @property
    def step(self) -> int:
        """By how much more or less of it is ordered, in thousandths."""
        return THOUSAND if self.unit.is_counted else MEASURED_STEP


@dataclass(frozen=True, slots=True)
class Shop:
    """A shop where orders are collected; `minutes` is until an order placed now is ready."""

    code: str
    name: str
    address: tuple[str, ...]
    currency: str
    minutes: int


class Shelf:
    """All goods on offer, kept in memory until the catalogue changes."""

    def __init__(self) -> None:
        self._mark: tuple[int, int] = (-1, -1)
        self._goods: dict[str, Good] = {}

    def goods(self, connection: Connection) -> Mapping[str, Good]:
        """Return what is on offer by SKU, what sells most first."""
        count, change = connection.execute(
            select(func.count(), func.coalesce(func.max(product.c.price_change), 0))
        ).one()
        if (count, change) != self._mark:
            rows = connection.execute(
                select(product)
                .where(product.c.price > 0, product.c.has_open_price.is_(False))
                .order_by(product.c.popularity.desc(), product.c.name)
            )
            self._goods = {row.sku: _good(row) for row in rows}
            self._mark = (count, change)
        return self._goods

    def found(self, connection: Connection, words: str, department: str = "") -> list[Good]:
        """Return the goods with all these words, in any order and without accents."""
        wanted = folded(words).split()
        return [
            good
            for good in self.goods(connection).values()
            if department in {"", good.department} and all(word in good.search for word in wanted)
        ]

    def departments(self, connection: Connection) -> list[str]:
        """Return the departments there are, as a list to choose from."""
        names = {good.department for good in self.goods(connection).values() if good.department}
        return sorted(names, key=folded)


def shops(connection: Connection, now_ms: int) -> tuple[Shop, ...]:
    """Return where orders can be collected."""
    said = shop_details(connection)
    codes = connection.scalars(select(shop.c.code).order_by(shop.c.code))
    return tuple(_shop(connection, code, said.get(code, {}), now_ms) for code in codes)


def on_hand(connection: Connection, code: str, skus: Iterable[str]) -> Mapping[str, int]:
    """Return what a shop can promise of each product, in thousandths, never below 0."""
    free = reserving.available(connection, code, skus)
    return {sku: max(0, thousandths) for sku, thousandths in free.items()}


def _shop(connection: Connection, code: str, said: Mapping[str, Any], now_ms: int) -> Shop:
    return Shop(
        code=code,
        name=str(said.get("name", code)),
        address=tuple(str(line) for line in said.get("address_lines") or ()),
        currency=str(said.get("currency", "EUR")),
        minutes=promise.promise_minutes(connection, code, now_ms),
    )


def _good(row: Row[Any]) -> Good:
    words = f"{row.name} {row.brand} {row.department} {row.sku} {row.gtin or ''}"
    return Good(
        sku=row.sku,
        name=row.name,
        brand=row.brand,
        department=row.department,
        price=row.price,
        unit=Unit(row.unit),
        picture=row.picture,
        popularity=row.popularity,
        search=folded(words),
    )
