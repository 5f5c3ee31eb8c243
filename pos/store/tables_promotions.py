"""What till.db holds of promotions; see `pos.store.tables`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from pos.store.columns import metadata, number_column, text_column

# Promotions as the hub told them: `content` is one of them whole.
promotion = Table(
    "promotion",
    metadata,
    Column("promotion_id", Text, primary_key=True),
    number_column("valid_until_ms"),
    text_column("content"),
)

# What promotions took off the lines of a sale: a row for each promotion (its place among those
# of the sale) and line. `on_total`: it is off the ticket as a whole.
sale_promotion = Table(
    "sale_promotion",
    metadata,
    Column("sale_key", ForeignKey("sale.sale_key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    text_column("promotion_id"),
    text_column("name"),
    text_column("coupon"),
    Column("line", Integer, primary_key=True),
    number_column("amount"),
    number_column("on_total"),
    sqlite_with_rowid=False,
)
