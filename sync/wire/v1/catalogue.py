"""A catalogue generation on its way: what it is, and the lines of its stream.

The stream is gzipped lines of JSON: a header (`CatalogueHeader`), one array per product in
the order of `PRODUCT_FIELDS`, arrays beginning with `QUICK` and `STOCK`, and a trailer
``["end", lines between header and trailer, sha256 of all bytes before the trailer]``.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from sync.wire.v1.base import Count, Hash, Message, Ms

QUICK = "quick"  # ["quick", page, position, label, sku]
STOCK = "stock"  # ["stock", sku, thousandths, as_of_ms]
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
