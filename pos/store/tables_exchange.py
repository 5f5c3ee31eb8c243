"""What till.db holds of exchanges that are not done yet; see `pos.store.tables`."""

from __future__ import annotations

from sqlalchemy import Column, Table, Text

from pos.store.columns import metadata, text_column

# What came back and waits for the ticket that it pays.
exchange_draft = Table(
    "exchange_draft",
    metadata,
    Column("basket_id", Text, primary_key=True),
    Column("return_id", Text, nullable=False, unique=True),
    text_column("body_json"),
    sqlite_with_rowid=False,
)
