"""Products as the till sells them."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.domain.tax import TaxRate


@dataclass(frozen=True, slots=True)
class Product:
    """An item of the catalogue; `price` includes tax and is for one unit of sale.

    `sku` identifies the product everywhere. Two products may share a `gtin` (GTIN-14 as a
    number); the cashier then chooses.
    """

    sku: str
    gtin: int | None
    name: str
    price: Money
    tax_rate: TaxRate
    unit: Unit = Unit.EACH
    brand: str = ""
    department: str = ""
    picture: str = ""
    has_open_price: bool = False
    has_demonstration_price: bool = False


@dataclass(frozen=True, slots=True)
class StockLevel:
    """Stock of one product in this shop as the hub last told it; may be negative."""

    on_hand_thousandths: int
    as_of_ms: int  # UTC, Unix milliseconds


@dataclass(frozen=True, slots=True)
class SearchHit:
    """One row of a search: the product and what is known of its stock here."""

    product: Product
    stock: StockLevel | None


@dataclass(frozen=True, slots=True)
class QuickKey:
    """A favourite on the sale screen: page and place, the product, a picture or a colour."""

    page: str
    position: int
    label: str
    product: Product


@dataclass(frozen=True, slots=True)
class CatalogueInfo:
    """Which generation of the catalogue the till sells from, and how old it is."""

    generation: int
    products: int
    built_at_ms: int  # UTC, Unix milliseconds
    prices_as_of_ms: int
