"""A catalogue generation on its way: what it is, and the lines of its stream.

The stream is gzipped lines of JSON, each of at most `MAX_LINE_BYTES`: a header
(`CatalogueHeader`), lines ``[kind, [row, row, …]]``, and a trailer
``["end", rows in all lines, sha256 of all bytes before the trailer]``. The kinds are

- ``"products"``: rows of `PRODUCT_FIELDS`, in the order of their rank,
- ``"quick_keys"``: rows of page, position, label, SKU,
- ``"stock"``: rows of SKU, thousandths on hand, as of (UTC ms).

A reader ignores kinds it does not know, and what stands in a row behind the fields it knows;
it counts them all the same.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.v1.base import Count, Hash, Message, Ms

MAX_LINE_BYTES = 1024 * 1024
PRODUCTS = "products"
QUICK_KEYS = "quick_keys"
STOCK = "stock"
END = "end"

PRODUCT_FIELDS = (
    "sku",
    "gtin",
    "name",
    "brand",
    "department",
    "price_minor",
    "currency",
    "tax_basis_points",
    "tax_name",
    "unit",
    "picture",
    "has_open_price",
    "has_demonstration_price",
    "popularity",
)


class CatalogueHeader(Message):
    """The cursors say which price and stock changes the generation already contains."""

    generation: Count
    products: Count
    built_at_ms: Ms
    price_cursor: Count
    stock_cursor: Count
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class CatalogueInfo(CatalogueHeader):
    sha256_of_stream: Hash
