"""What till.db holds of goods that are bought together; see `pos.store.tables`."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from pos.store.columns import metadata, text_column

# As the hub told it: `content` is what goes with a product, the best first.
suggestion = Table(
    "suggestion",
    metadata,
    Column("sku", Text, primary_key=True),
    text_column("content"),
    sqlite_with_rowid=False,
)
