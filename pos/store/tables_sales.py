"""What till.db holds of sales; see `pos.store.tables`."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint, text

from pos.store.columns import metadata
from pos.store.columns import number_column as _number
from pos.store.columns import text_column as _text

sale = Table(
    "sale",
    metadata,
    Column("sale_key", Integer, primary_key=True),
    Column("sale_id", Text, nullable=False, unique=True),
    Column("number", Text, nullable=False, unique=True),
    _text("series"),
    _number("sequence"),
    _text("shop"),
    _text("till"),
    Column("session_id", ForeignKey("till_session.session_id"), nullable=False, index=True),
    _text("staff_id"),
    _text("staff_name"),
    _text("currency"),
    _number("opened_at_ms"),
    Column("completed_at_ms", Integer, nullable=False, index=True),
    _number("total"),
    _text("fiscal"),
    _text("ticket_discount_reason"),
    _text("source"),
    Column("customer_id", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("series", "sequence"),
    Index("ix_sale_source", "source", unique=True, sqlite_where=text("source <> ''")),
    Index(
        "ix_sale_customer",
        "customer_id",
        "completed_at_ms",
        sqlite_where=text("customer_id <> ''"),
    ),
)

sale_line = Table(
    "sale_line",
    metadata,
    Column("sale_key", ForeignKey("sale.sale_key"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _text("sku"),
    Column("gtin", Integer),
    _text("name"),
    _number("quantity"),
    _text("unit"),
    _number("unit_price"),
    _number("list_price"),
    _number("gross"),
    _number("discount"),
    _number("ticket_discount"),
    _number("net"),
    _number("tax_basis_points"),
    _text("tax_name"),
    _text("entry"),
    _text("note"),
    _text("discount_reason"),
    _text("override_reason"),
    _text("approved_by"),
    _number("void"),
    Column("promotion", Integer, nullable=False, server_default=text("0")),
    sqlite_with_rowid=False,
)

sale_tax = Table(
    "sale_tax",
    metadata,
    Column("sale_key", ForeignKey("sale.sale_key"), primary_key=True),
    Column("basis_points", Integer, primary_key=True),
    Column("name", Text, primary_key=True),
    _number("gross"),
    _number("base"),
    _number("tax"),
    sqlite_with_rowid=False,
)

sale_tender = Table(
    "sale_tender",
    metadata,
    Column("sale_key", ForeignKey("sale.sale_key"), primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("kind"),
    _number("amount"),
    _number("tendered"),
    _text("reference"),
    _text("authorisation"),
    _number("verified"),
    sqlite_with_rowid=False,
)

# The perpetual total, kept running: summing half a million sales would take longer than a Z may.
series_total = Table(
    "series_total",
    metadata,
    Column("series", Text, primary_key=True),
    _number("sales"),
    _number("total"),
)

number_series = Table(
    "number_series",
    metadata,
    Column("series", Text, primary_key=True),
    _number("last"),
)
