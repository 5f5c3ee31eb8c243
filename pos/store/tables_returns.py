"""What till.db holds of returns; see `pos.store.tables`."""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pos.store.columns import metadata, number_column, text_column

# A return whole, as its fact says it (`body_json`), with what is asked for in columns.
return_document = Table(
    "return_document",
    metadata,
    Column("return_key", Integer, primary_key=True),
    Column("return_id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    text_column("series"),
    number_column("sequence"),
    Column("session_id", ForeignKey("till_session.session_id"), nullable=False, index=True),
    text_column("staff_id"),
    text_column("currency"),
    Column("completed_at_ms", Integer, nullable=False, index=True),
    number_column("total"),
    text_column("exchange_id"),
    text_column("source"),
    text_column("flags"),
    text_column("body_json"),
    UniqueConstraint("series", "sequence"),
    Index("ix_return_document_source", "source", unique=True, sqlite_where=text("source <> ''")),
)

# Which purchases a return is of; none without a receipt.
return_purchase = Table(
    "return_purchase",
    metadata,
    Column("return_key", ForeignKey("return_document.return_key"), primary_key=True),
    Column("purchase", Text, primary_key=True, index=True),
    sqlite_with_rowid=False,
)

# How money goes back. The state and what whoever paid knows it by (`paid_as`) change as it
# becomes known; the rest is as recorded.
return_refund = Table(
    "return_refund",
    metadata,
    Column("refund_id", Text, primary_key=True),
    Column("return_key", ForeignKey("return_document.return_key"), nullable=False, index=True),
    number_column("position"),
    text_column("purchase"),
    text_column("means"),
    number_column("amount"),
    text_column("reference"),
    text_column("label"),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('requested', 'confirmed', 'failed', 'unknown')"),
        nullable=False,
    ),
    Column("origin_means", Text),
    text_column("origin_reference"),
    Column("paid_as", Text, nullable=False, server_default=text("''")),
    Index(
        "ix_return_refund_open", "means", sqlite_where=text("state IN ('requested', 'unknown')")
    ),
)

return_tax = Table(
    "return_tax",
    metadata,
    Column("return_key", ForeignKey("return_document.return_key"), primary_key=True),
    Column("basis_points", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    number_column("gross"),
    number_column("base"),
    number_column("tax"),
    sqlite_with_rowid=False,
)

# The perpetual total of returns, beside that of sales and never taken off it.
return_total = Table(
    "return_total",
    metadata,
    Column("series", Text, primary_key=True),
    number_column("returns"),
    number_column("total"),
)

# A refund that failed, paid again: by this till, of any till's return. As in `return_refund`, the
# state and what it is known by change as they become known; the rest, and its fact, never do.
return_reissue = Table(
    "return_reissue",
    metadata,
    Column("reissue_key", Integer, primary_key=True),
    Column("refund_id", Text, nullable=False, unique=True),
    Column("return_id", Text, nullable=False, index=True),
    text_column("replaces"),
    Column("purchase", Text, nullable=False, index=True),
    text_column("means"),
    number_column("amount"),
    text_column("currency"),
    Column("session_id", ForeignKey("till_session.session_id"), nullable=False, index=True),
    number_column("at_ms"),
    text_column("body_json"),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('requested', 'confirmed', 'failed', 'unknown')"),
        nullable=False,
    ),
    Column("paid_as", Text, nullable=False, server_default=text("''")),
    Index(
        "ix_return_reissue_open", "means", sqlite_where=text("state IN ('requested', 'unknown')")
    ),
)

TABLES = (
    return_document, return_purchase, return_refund, return_reissue, return_tax, return_total,
)  # fmt: skip
