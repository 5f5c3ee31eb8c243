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
    text,
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


def _added_text(name: str) -> Column[str]:
    """A text that rows of an earlier revision do not have."""
    return Column(name, _TEXT, nullable=False, server_default="")


def _added_int(name: str) -> Column[int]:
    return Column(name, BigInteger, nullable=False, server_default="0")


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
    # Ed25519, hexadecimal; empty until the till was enrolled with a code.
    _added_text("public_key"),
    _added_int("revoked_at_ms"),  # 0: it may sync
    # What the till last said of itself: queue, oldest, readiness (JSON).
    _added_text("report"),
)

# How far the facts of a till have arrived without a hole, per epoch.
till_mark = Table(
    "till_mark",
    metadata,
    _text("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    _int("received_through"),
    _text("chain_head"),
    _added_int("watched_through"),  # how far the watch has looked for what a person must see
    _added_int("send_again_from"),  # the facts a person wants once more; 0: none
)

# Every epoch that was given out, so that none is given out twice.
epoch_grant = Table(
    "epoch_grant",
    metadata,
    _text("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    _text("key"),  # what was asked with: the same gets the same again
    _text("reason"),
    Column("base_epoch", Integer, nullable=False),  # the epoch a copy was in; 0: no copy
    _int("granted_at_ms"),
    _int("stopped_at_ms"),  # 0: it may sell
    UniqueConstraint("till", "key", name="uq_epoch_grant_key"),
)

# The agent processes that spoke for a till. `turn` rises whenever another one speaks: one
# that speaks again after another came has not ended, so that there are two.
incarnation = Table(
    "incarnation",
    metadata,
    _text("till", primary_key=True),
    _text("incarnation", primary_key=True),
    Column("epoch", Integer, nullable=False),
    _int("first_turn"),
    _int("turn"),
    _int("seen_at_ms"),
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
    _added_text("signature"),
    # What the op is about, while it could not be applied: ops about the same wait for it.
    _added_text("aggregate"),
    _added_int("tries"),  # how often applying it failed
    Index(
        "ix_inbox_waiting",
        "till",
        "aggregate",
        sqlite_where=text("aggregate <> ''"),
        postgresql_where=text("aggregate <> ''"),
    ),
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
    _added_text("signature"),
    _added_text("incarnation"),
)

# -- effects

sale = Table(
    "sale", metadata,
    _text("sale_id", primary_key=True), _text("op_id"), _text("till"), _text("shop"),
    _text("number"), _text("session_id"), _text("staff_id"), _text("business_day"),
    _int("completed_at_ms"), _text("currency"), _int("total"), _text("source"),
    _added_int("fork"),  # above 0 for sales of a cloned till that gave out the number once more
    UniqueConstraint("till", "number", "fork", name="uq_sale_till_number"),
    Index("ix_sale_till_day", "till", "business_day"),
)  # fmt: skip

sale_line = Table(
    "sale_line", metadata,
    _text("sale_id", primary_key=True), Column("number", Integer, primary_key=True),
    _text("sku"), _maybe_int("gtin"), _text("name"), _int("quantity"), _text("unit"),
    _int("unit_price"), _int("gross"), _int("discount"), _int("net"), _int("tax_basis_points"),
    _flag("is_void"),
)  # fmt: skip

sale_tender = Table(
    "sale_tender", metadata,
    _text("sale_id", primary_key=True), Column("position", Integer, primary_key=True),
    _text("kind"), _int("amount"), _int("tendered"), _text("reference"), _flag("is_verified"),
)  # fmt: skip

till_session = Table(
    "till_session", metadata,
    _text("session_id", primary_key=True), _text("till"), _int("number"), _text("business_day"),
    _text("opened_by"), _int("opened_at_ms"), _text("currency"), _int("float_total"),
    _maybe_int("closed_at_ms"), _maybe_int("sales"), _maybe_int("total"),
    _maybe_int("expected"), _maybe_int("counted"), _maybe_int("difference"),
)  # fmt: skip

cash_movement = Table(
    "cash_movement", metadata,
    _text("movement_id", primary_key=True), _text("till"), _text("session_id"), _text("kind"),
    _int("amount"), _text("currency"), _text("reason"), _text("staff_id"), _int("at_ms"),
)  # fmt: skip

card_attempt = Table(
    "card_attempt", metadata,
    _text("attempt_id", primary_key=True), _text("till"), _text("basket_id"), _int("amount"),
    _text("currency"), _text("state"), _text("authorisation"), _flag("is_verified"),
    _int("requested_at_ms"), _maybe_int("resolved_at_ms"), Index( "ix_card_attempt_open",
    "till", sqlite_where=text("state IN ('requested', 'unknown')"),
    postgresql_where=text("state IN ('requested', 'unknown')"), ),
)  # fmt: skip

# -- the catalogue and what else the tills are told

product = Table(
    "product", metadata,
    _text("sku", primary_key=True), Column("gtin", BigInteger, nullable=True, index=True),
    _text("name"), _text("brand"), _text("department"), _int("price"), _int("tax_basis_points"),
    _text("tax_name"), _text("unit"), _text("picture"), _flag("has_open_price"),
    _flag("has_demonstration_price"), _int("popularity"),
    Column("price_change", BigInteger, nullable=False, index=True),
)  # fmt: skip

quick_key = Table(
    "quick_key", metadata,
    _text("page", primary_key=True), Column("position", Integer, primary_key=True),
    _text("label"), _text("sku"),
)  # fmt: skip

# Deliveries, corrections, opening stock. What was sold is in `sale_line`.
stock_movement = Table(
    "stock_movement", metadata,
    _text("movement_id", primary_key=True), _text("shop"), _text("sku"), _int("thousandths"),
    _text("reason"), _int("at_ms"), Index("ix_stock_movement_sku", "shop", "sku"),
)  # fmt: skip

# What was sold and is not yet in `stock_level`: taking a sale in only appends here, and the
# levels are brought up to date when somebody asks for them.
stock_pending = Table("stock_pending", metadata, _text("shop"), _text("sku"), _int("thousandths"))

# The running sum of stock_movement less sale_line; `change` orders the feed of the shop.
stock_level = Table(
    "stock_level", metadata,
    _text("shop", primary_key=True), _text("sku", primary_key=True), _int("on_hand"),
    _int("as_of_ms"), _int("change"), Index("ix_stock_level_change", "shop", "change"),
)  # fmt: skip

staff = Table(
    "staff", metadata,
    _text("shop", primary_key=True), _text("staff_id", primary_key=True), _text("name"),
    _text("role"), _maybe_text("badge"), _text("pin_hash"), _flag("is_active"), _int("change"),
)  # fmt: skip

setting = Table(
    "setting", metadata,
    _text("shop", primary_key=True), _text("key", primary_key=True), _text("value_json"),
    _int("change"),
)  # fmt: skip

# The last change number given out per feed; its row is the lock that makes the order of
# numbers the order of commits, so that a reader never skips one.
feed = Table("feed", metadata, _text("name", primary_key=True), _int("last"))

# Numbers between `after` and `until` were never given out by the hub with this database.
feed_gap = Table(
    "feed_gap", metadata,
    _text("name", primary_key=True), _int("after", primary_key=True), _int("until"),
)  # fmt: skip

# -- trust

# The hub's own key (`secret`, hexadecimal), its authority (`ca`, PEM) and its name.
hub_key = Table("hub_key", metadata, _text("name", primary_key=True), _text("value"))

enrolment_code = Table(
    "enrolment_code",
    metadata,
    _text("code_id", primary_key=True),  # the part of the code that names it
    _text("proof_key"),  # what both sides authenticate their keys with, from the whole code
    _text("shop"),
    _int("number"),
    _int("created_at_ms"),
    _int("expires_at_ms"),
    _int("used_at_ms"),  # 0: not yet
    _text("used_by"),  # the public key that came with it
    _int("epoch"),  # what the till was sent to; 0: not used yet
)

# -- one winner among several tills

# Who may go on with a thing that several tills could take: a parked ticket, later a cart, a
# pickup, a unit to be returned. `fence` rises with every grant; a lower one is too late.
claim = Table(
    "claim",
    metadata,
    _text("kind", primary_key=True),
    _text("key", primary_key=True),
    _text("shop"),
    _text("till"),
    _int("fence"),
    _text("state"),  # held | released | done
    _int("changed_at_ms"),
)

claim_grant = Table(
    "claim_grant", metadata,
    _text("op_id", primary_key=True), _text("kind"), _text("key"), _text("till"), _int("fence"),
    _int("granted_at_ms"),
)  # fmt: skip

parked_ticket = Table(
    "parked_ticket",
    metadata,
    _text("basket_id", primary_key=True),
    _text("shop"),
    _text("till"),
    _text("label"),
    _text("currency"),
    _int("total"),
    _int("lines"),
    _text("content_json"),
    _text("staff_id"),
    _int("parked_at_ms"),
    _text("state"),  # parked | resumed | cancelled
    _text("resumed_by"),  # the till
    _text("resumed_as"),  # the basket it became there
    _int("change"),
    _added_int("resumed_at_ms"),
    _added_text("resumed_by_staff"),
    Index("ix_parked_ticket_change", "shop", "change"),
)

# -- what people must look at

desk_item = Table(
    "desk_item",
    metadata,
    _text("item_id", primary_key=True),
    _text("kind"),
    _text("dedupe_key", unique=True),  # found again, it is still the same item
    _text("shop"),
    _text("till"),
    _int("money"),
    _text("currency"),
    _int("opened_at_ms"),
    _text("state"),  # open | resolved
    _text("owner"),
    _text("body_json"),
    _int("resolved_at_ms"),
    _text("resolved_by"),
    _text("resolution"),
    _int("change"),
    Index("ix_desk_item_change", "shop", "change"),
)

# What people did at the desk; each a fact, never changed.
desk_fact = Table(
    "desk_fact",
    metadata,
    _text("op_id", primary_key=True),
    _text("item_id"),
    _text("action"),  # resolve | assign | note
    _text("staff_id"),
    _text("shop"),
    _text("place"),  # the till, or "hub"
    _int("at_ms"),
    _text("body_json"),
    _text("outcome"),  # applied | too_late
    Index("ix_desk_fact_item", "item_id"),
)

approval = Table(
    "approval",
    metadata,
    _text("request_id", primary_key=True),
    _text("shop"),
    _text("till"),
    _text("requested_by"),
    _text("capability"),
    _text("body_json"),
    _int("requested_at_ms"),
    _int("expires_at_ms"),
    _text("state"),  # waiting | granted | denied | withdrawn
    _text("decided_by"),
    _int("decided_at_ms"),
    Index("ix_approval_shop", "shop", "state"),
)

desk_session = Table(
    "desk_session", metadata,
    _text("token_hash", primary_key=True), _text("shop"), _text("staff_id"), _text("csrf"),
    _int("created_at_ms"), _int("expires_at_ms"),
)  # fmt: skip

desk_lockout = Table(
    "desk_lockout", metadata,
    _text("shop", primary_key=True), _text("staff_id", primary_key=True), _int("failures"),
    _int("locked_until_ms"),
)  # fmt: skip
