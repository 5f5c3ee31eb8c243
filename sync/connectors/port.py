"""What a commerce platform must offer so that shops can sell from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sqlalchemy import Connection


class CatalogueProduct(NamedTuple):
    """A product as tills sell it; `price` is minor units with tax."""

    sku: str
    gtin: int | None
    name: str
    brand: str
    department: str
    price: int
    tax_basis_points: int
    tax_name: str
    unit: str
    picture: str
    has_open_price: bool
    has_demonstration_price: bool
    popularity: int


@dataclass(frozen=True, slots=True)
class PriceChange:
    """`change` orders the changes of one feed."""

    sku: str
    price: int
    change: int


@dataclass(frozen=True, slots=True)
class StockChange:
    """Stock in one shop: thousandths, may be negative; `as_of_ms` is UTC, Unix ms."""

    sku: str
    on_hand: int
    as_of_ms: int
    change: int


@dataclass(frozen=True, slots=True)
class SoldGoods:
    """What the sales of one shop took off its stock: SKU to thousandths."""

    shop: str
    quantities: Mapping[str, int]


class Connector(Protocol):
    """The system a chain's products, prices and stock are kept in.

    Every method is handed a connection inside a transaction of the hub. Reading methods see
    one moment. What a writing method notes there commits with the facts it belongs to or not
    at all; a platform elsewhere is told afterwards, from what was noted.
    """

    def products(self, connection: Connection) -> Iterator[CatalogueProduct]:
        """Yield every product, what customers ask for most first, in constant memory."""

    def price_cursor(self, connection: Connection) -> int:
        """Return the number of the latest price change."""

    def price_changes(
        self, connection: Connection, cursor: int, limit: int
    ) -> Sequence[PriceChange]:
        """Return the prices that changed after `cursor`, the oldest change first."""

    def stock_cursor(self, connection: Connection, shop: str) -> int:
        """Return the number of the latest change of stock in a shop."""

    def stock_changes(
        self, connection: Connection, shop: str, cursor: int, limit: int
    ) -> Sequence[StockChange]:
        """Return the stock that changed after `cursor`, the oldest change first."""

    def post_sold(self, connection: Connection, sold: SoldGoods) -> None:
        """Note goods that were sold; called once for every sale."""

    def has_unsettled(self, connection: Connection, shop: str) -> bool:
        """Return whether goods were sold that the stock levels do not show yet."""

    def settle(self, connection: Connection, shop: str, now_ms: int) -> None:
        """Take the goods that were sold off the stock levels."""
