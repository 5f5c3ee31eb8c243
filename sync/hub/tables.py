"""The hub's tables, the same on PostgreSQL and SQLite. Amounts are minor units, times UTC ms."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# Codes and ids are compared byte by byte, whatever language the server was set up for:
# putting a batch of stock levels took 34 ms with the server's collation, 10 with this one.
_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def _text(name: str, **options: object) -> Column[str]:
    return Column(name, _TEXT, nullable=False, **options)  # type: ignore[arg-type]


def _int(name: str, **options: object) -> Column[int]:
    return Column(name, BigInteger, nullable=False, **options)  # type: ignore[arg-type]


def _maybe_int(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=True)


def _maybe_text(name: str) -> Column[str]:
    return Column(name, _TEXT, nullable=True)


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


# -- shops, tills, and what came from them

shop = Table("shop", metadata, _text("code", primary_key=True), _int("created_at_ms"))

till = Table(
    "till",
    metadata,
    _text("till", primary_key=True),
    _text("shop"),
    _int("number"),
    _text("name"),
    _text("app_version"),
    _int("registered_at_ms"),
    _int("last_seen_at_ms"),
)

# How far the facts of a till have arrived without a hole, per epoch.
till_mark = Table(
    "till_mark",
    metadata,
    _text("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    _int("received_through"),
    _text("chain_head"),
)

# Kept for ever: a till can come back after any time.
inbox = Table(
    "inbox",
    metadata,
    _text("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    _text("op_id", unique=True),
    _text("kind"),
    _int("occurred_at_ms"),
    _maybe_text("body_json"),
    _text("prev_hash"),
    _text("hash"),
    _int("received_at_ms"),
    _text("outcome"),
    _text("code"),
)

# A second fact under a number or an id that is taken; the first stays in the inbox.
conflict = Table(
    "conflict",
    metadata,
    _text("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    _text("hash", primary_key=True),
    _text("op_id"),
    _text("kind"),
    _int("occurred_at_ms"),
    _maybe_text("body_json"),
    _text("prev_hash"),
    _int("received_at_ms"),
    _text("code"),
)

# -- effects

sale = Table(
    "sale",
    metadata,
    _text("sale_id", primary_key=True),
    _text("op_id"),
    _text("till"),
    _text("shop"),
    _text("number"),
    _text("session_id"),
    _text("staff_id"),
    _text("business_day"),
    _int("completed_at_ms"),
    _text("currency"),
    _int("total"),
    _text("source"),
    UniqueConstraint("till", "number", name="uq_sale_till_number"),
    Index("ix_sale_till_day", "till", "business_day"),
)

sale_line = Table(
    "sale_line",
    metadata,
    _text("sale_id", primary_key=True),
    Column("number", Integer, primary_key=True),
    _text("sku"),
    _maybe_int("gtin"),
    _text("name"),
    _int("quantity"),
    _text("unit"),
    _int("unit_price"),
    _int("gross"),
    _int("discount"),
    _int("net"),
    _int("tax_basis_points"),
    _flag("is_void"),
)

sale_tender = Table(
    "sale_tender",
    metadata,
    _text("sale_id", primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("kind"),
    _int("amount"),
    _int("tendered"),
    _text("reference"),
    _flag("is_verified"),
)

till_session = Table(
    "till_session",
    metadata,
    _text("session_id", primary_key=True),
    _text("till"),
    _int("number"),
    _text("business_day"),
    _text("opened_by"),
    _int("opened_at_ms"),
    _text("currency"),
    _int("float_total"),
    _maybe_int("closed_at_ms"),
    _maybe_int("sales"),
    _maybe_int("total"),
    _maybe_int("expected"),
    _maybe_int("counted"),
    _maybe_int("difference"),
)

cash_movement = Table(
    "cash_movement",
    metadata,
    _text("movement_id", primary_key=True),
    _text("till"),
    _text("session_id"),
    _text("kind"),
    _int("amount"),
    _text("currency"),
    _text("reason"),
    _text("staff_id"),
    _int("at_ms"),
)

card_attempt = Table(
    "card_attempt",
    metadata,
    _text("attempt_id", primary_key=True),
    _text("till"),
    _text("basket_id"),
    _int("amount"),
    _text("currency"),
    _text("state"),
    _text("authorisation"),
    _flag("is_verified"),
    _int("requested_at_ms"),
    _maybe_int("resolved_at_ms"),
)

# -- the catalogue and what else the tills are told

product = Table(
    "product",
    metadata,
    _text("sku", primary_key=True),
    Column("gtin", BigInteger, nullable=True, index=True),
    _text("name"),
    _text("brand"),
    _text("department"),
    _int("price"),
    _int("tax_basis_points"),
    _text("tax_name"),
    _text("unit"),
    _text("picture"),
    _flag("has_open_price"),
    _flag("has_demonstration_price"),
    _int("popularity"),
    Column("price_change", BigInteger, nullable=False, index=True),
)

quick_key = Table(
    "quick_key",
    metadata,
    _text("page", primary_key=True),
    Column("position", Integer, primary_key=True),
    _text("label"),
    _text("sku"),
)

# Deliveries, corrections, opening stock. What was sold is in `sale_line`.
stock_movement = Table(
    "stock_movement",
    metadata,
    _text("movement_id", primary_key=True),
    _text("shop"),
    _text("sku"),
    _int("thousandths"),
    _text("reason"),
    _int("at_ms"),
    Index("ix_stock_movement_sku", "shop", "sku"),
)

# What was sold and is not yet in `stock_level`: taking a sale in only appends here, and the
# levels are brought up to date when somebody asks for them.
stock_pending = Table("stock_pending", metadata, _text("shop"), _text("sku"), _int("thousandths"))

# The running sum of stock_movement less sale_line; `change` orders the feed of the shop.
stock_level = Table(
    "stock_level",
    metadata,
    _text("shop", primary_key=True),
    _text("sku", primary_key=True),
    _int("on_hand"),
    _int("as_of_ms"),
    _int("change"),
    Index("ix_stock_level_change", "shop", "change"),
)

staff = Table(
    "staff",
    metadata,
    _text("shop", primary_key=True),
    _text("staff_id", primary_key=True),
    _text("name"),
    _text("role"),
    _maybe_text("badge"),
    _text("pin_hash"),
    _flag("is_active"),
    _int("change"),
)

setting = Table(
    "setting",
    metadata,
    _text("shop", primary_key=True),
    _text("key", primary_key=True),
    _text("value_json"),
    _int("change"),
)

# The last change number given out per feed; its row is the lock that makes the order of
# numbers the order of commits, so that a reader never skips one.
feed = Table("feed", metadata, _text("name", primary_key=True), _int("last"))
