"""What till.db holds of orders to collect; see `pos.store.tables`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, text

from pos.store.columns import metadata, number_column, text_column

# Orders to collect in this shop: `content` is the order whole, the columns beside it are what
# it is looked up by. `closed_at_ms` is 0 while it is open. `is_gone`: none of this shop's any
# more, kept until it leaves the counter. `has_person`: says who ordered it. `digest` is that of
# `content`.
customer_order = Table(
    "customer_order",
    metadata,
    Column("order_id", Text, primary_key=True),
    Column("serial", Integer, nullable=False, index=True),
    Column("number", Text, nullable=False, index=True),
    text_column("search"),
    text_column("state"),
    number_column("placed_at_ms"),
    number_column("closed_at_ms"),
    number_column("is_gone"),
    number_column("has_person"),
    Column("digest", LargeBinary, nullable=False),
    text_column("content"),
    Index("ix_customer_order_time", "closed_at_ms", "placed_at_ms"),
    # Holds all that a list or a search reads: it touches only orders that are not in memory.
    Index(
        "ix_customer_order_open",
        "placed_at_ms",
        "order_id",
        "search",
        "digest",
        sqlite_where=text("closed_at_ms = 0 AND is_gone = 0"),
    ),
)

# Which facts of the journal tell of which order: those the hub has not heard are done again
# upon what it tells.
order_fact = Table(
    "order_fact",
    metadata,
    Column("entry", ForeignKey("journal.entry"), primary_key=True),
    text_column("order_id"),
    text_column("kind"),
    number_column("at_ms"),
    Index("ix_order_fact_order", "order_id", "entry"),
    Index("ix_order_fact_kind", "kind", "at_ms"),
)

# Handovers that are on the counter and not done yet.
handover = Table(
    "handover",
    metadata,
    Column("order_id", Text, primary_key=True),
    text_column("basket_id"),
    number_column("began_at_ms"),
    text_column("content"),
    Index("ix_handover_basket", "basket_id"),
)
