"""What customers say about products, as tills noted it."""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.columns import integer, metadata, string

# One row per note, known by its fact; without `sku` somebody wished for what shops do not have.
product_note = Table(
    "product_note",
    metadata,
    string("op_id", primary_key=True),
    string("shop"),
    string("till"),
    string("kind"),
    string("sku"),
    string("name"),
    string("text"),
    integer("at_ms"),
    Index("ix_product_note_shop_at_ms", "shop", "at_ms"),
)
