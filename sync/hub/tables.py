"""The hub's tables of what came from tills and of what tills are told. Minor units, UTC ms."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, Table, UniqueConstraint, text

from sync.hub.columns import (
    added_integer,
    added_string,
    flag,
    integer,
    maybe_integer,
    maybe_string,
    metadata,
    string,
)

OF_SOMEBODY = "customer_id <> ''"

# -- shops, tills, and what came from them

shop = Table("shop", metadata, string("code", primary_key=True), integer("created_at_ms"))

till = Table(
    "till",
    metadata,
    string("till", primary_key=True),
    string("shop"),
    integer("number"),
    string("name"),
    string("app_version"),
    integer("registered_at_ms"),
    integer("last_seen_at_ms"),
    # Ed25519, hexadecimal; empty until the till was enrolled with a code.
    added_string("public_key"),
    added_integer("revoked_at_ms"),  # 0: it may sync
    # What the till last said of itself: queue, oldest, readiness (JSON).
    added_string("report"),
)

# How far the facts of a till have arrived without a hole, per epoch.
till_mark = Table(
    "till_mark",
    metadata,
    string("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    integer("received_through"),
    string("chain_head"),
    added_integer("watched_through"),  # how far the watch has looked for what a person must see
    added_integer("send_again_from"),  # the facts a person wants once more; 0: none
)

# Every epoch that was given out, so that none is given out twice.
epoch_grant = Table(
    "epoch_grant",
    metadata,
    string("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    string("key"),  # what was asked with: the same gets the same again
    string("reason"),
    Column("base_epoch", Integer, nullable=False),  # the epoch a copy was in; 0: no copy
    integer("granted_at_ms"),
    integer("stopped_at_ms"),  # 0: it may sell
    UniqueConstraint("till", "key", name="uq_epoch_grant_key"),
)

# The agent processes that spoke for a till. `turn` rises whenever another one speaks: one
# that speaks again after another came has not ended, so that there are two.
incarnation = Table(
    "incarnation",
    metadata,
    string("till", primary_key=True),
    string("incarnation", primary_key=True),
    Column("epoch", Integer, nullable=False),
    integer("first_turn"),
    integer("turn"),
    integer("seen_at_ms"),
)

# Kept for ever: a till can come back after any time.
inbox = Table(
    "inbox",
    metadata,
    string("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    string("op_id", unique=True),
    string("kind"),
    integer("occurred_at_ms"),
    maybe_string("body_json"),
    string("prev_hash"),
    string("hash"),
    integer("received_at_ms"),
    string("outcome"),
    string("code"),
    added_string("signature"),
    # What the op is about, while it could not be applied: ops about the same wait for it.
    added_string("aggregate"),
    added_integer("tries"),  # how often applying it failed
    Index(
        "ix_inbox_waiting",
        "till",
        "aggregate",
        sqlite_where=text("aggregate <> ''"),
        postgresql_where=text("aggregate <> ''"),
    ),
    # Where in a till's journal a parking is that another fact names by its time.
    Index(
        "ix_inbox_parked",
        "till",
        "occurred_at_ms",
        sqlite_where=text("kind = 'basket.parked'"),
        postgresql_where=text("kind = 'basket.parked'"),
    ),
)

# A second fact under a number or an id that is taken; the first stays in the inbox.
conflict = Table(
    "conflict",
    metadata,
    string("till", primary_key=True),
    Column("epoch", Integer, primary_key=True),
    Column("seq", BigInteger, primary_key=True),
    string("hash", primary_key=True),
    string("op_id"),
    string("kind"),
    integer("occurred_at_ms"),
    maybe_string("body_json"),
    string("prev_hash"),
    integer("received_at_ms"),
    string("code"),
    added_string("signature"),
    added_string("incarnation"),
)

# -- effects

sale = Table(
    "sale", metadata,
    string("sale_id", primary_key=True), string("op_id"), string("till"), string("shop"),
    string("number"), string("session_id"), string("staff_id"), string("business_day"),
    integer("completed_at_ms"), string("currency"), integer("total"), string("source"),
    added_integer("fork"),  # above 0 for sales of a cloned till that gave out the number once more
    added_string("customer_id"),  # empty: nobody said who it was
    UniqueConstraint("till", "number", "fork", name="uq_sale_till_number"),
    Index("ix_sale_till_day", "till", "business_day"),
    Index("ix_sale_customer", "customer_id", "completed_at_ms",
          sqlite_where=text(OF_SOMEBODY), postgresql_where=text(OF_SOMEBODY)),
)  # fmt: skip

sale_line = Table(
    "sale_line", metadata,
    string("sale_id", primary_key=True), Column("number", Integer, primary_key=True),
    string("sku"), maybe_integer("gtin"), string("name"), integer("quantity"), string("unit"),
    integer("unit_price"), integer("gross"), integer("discount"), integer("net"),
    integer("tax_basis_points"), flag("is_void"),
)  # fmt: skip

sale_tender = Table(
    "sale_tender", metadata,
    string("sale_id", primary_key=True), Column("position", Integer, primary_key=True),
    string("kind"), integer("amount"), integer("tendered"), string("reference"),
    flag("is_verified"),
)  # fmt: skip

till_session = Table(
    "till_session", metadata,
    string("session_id", primary_key=True), string("till"), integer("number"),
    string("business_day"), string("opened_by"), integer("opened_at_ms"), string("currency"),
    integer("float_total"), maybe_integer("closed_at_ms"), maybe_integer("sales"),
    maybe_integer("total"), maybe_integer("expected"), maybe_integer("counted"),
    maybe_integer("difference"),
)  # fmt: skip

cash_movement = Table(
    "cash_movement", metadata,
    string("movement_id", primary_key=True), string("till"), string("session_id"), string("kind"),
    integer("amount"), string("currency"), string("reason"), string("staff_id"), integer("at_ms"),
)  # fmt: skip

card_attempt = Table(
    "card_attempt", metadata,
    string("attempt_id", primary_key=True), string("till"), string("basket_id"), integer("amount"),
    string("currency"), string("state"), string("authorisation"), flag("is_verified"),
    integer("requested_at_ms"), maybe_integer("resolved_at_ms"), Index( "ix_card_attempt_open",
    "till", sqlite_where=text("state IN ('requested', 'unknown')"),
    postgresql_where=text("state IN ('requested', 'unknown')"), ),
)  # fmt: skip

# -- the catalogue and what else the tills are told

product = Table(
    "product", metadata,
    string("sku", primary_key=True), Column("gtin", BigInteger, nullable=True, index=True),
    string("name"), string("brand"), string("department"), integer("price"),
    integer("tax_basis_points"), string("tax_name"), string("unit"), string("picture"),
    flag("has_open_price"), flag("has_demonstration_price"), integer("popularity"),
    Column("price_change", BigInteger, nullable=False, index=True),
)  # fmt: skip

quick_key = Table(
    "quick_key", metadata,
    string("page", primary_key=True), Column("position", Integer, primary_key=True),
    string("label"), string("sku"),
)  # fmt: skip

# Deliveries, corrections, opening stock. What was sold is in `sale_line`.
stock_movement = Table(
    "stock_movement", metadata,
    string("movement_id", primary_key=True), string("shop"), string("sku"), integer("thousandths"),
    string("reason"), integer("at_ms"), Index("ix_stock_movement_sku", "shop", "sku"),
)  # fmt: skip

# What was sold and is not yet in `stock_level`: taking a sale in only appends here, and the
# levels are brought up to date when somebody asks for them.
stock_pending = Table(
    "stock_pending", metadata, string("shop"), string("sku"), integer("thousandths")
)

# The running sum of stock_movement less sale_line; `change` orders the feed of the shop.
stock_level = Table(
    "stock_level", metadata,
    string("shop", primary_key=True), string("sku", primary_key=True), integer("on_hand"),
    integer("as_of_ms"), integer("change"), Index("ix_stock_level_change", "shop", "change"),
)  # fmt: skip

staff = Table(
    "staff", metadata,
    string("shop", primary_key=True), string("staff_id", primary_key=True), string("name"),
    string("role"), maybe_string("badge"), string("pin_hash"), flag("is_active"),
    integer("change"),
)  # fmt: skip

setting = Table(
    "setting", metadata,
    string("shop", primary_key=True), string("key", primary_key=True), string("value_json"),
    integer("change"),
)  # fmt: skip

# The last change number given out per feed; its row is the lock that makes the order of
# numbers the order of commits, so that a reader never skips one.
feed = Table("feed", metadata, string("name", primary_key=True), integer("last"))

# Numbers between `after` and `until` were never given out by the hub with this database.
feed_gap = Table(
    "feed_gap", metadata,
    string("name", primary_key=True), integer("after", primary_key=True), integer("until"),
)  # fmt: skip

# -- trust

# The hub's own key (`secret`, hexadecimal), its authority (`ca`, PEM) and its name.
hub_key = Table("hub_key", metadata, string("name", primary_key=True), string("value"))

# Used ones are kept for ever: they say which epochs and keys a till was given.
enrolment_code = Table(
    "enrolment_code",
    metadata,
    string("code_id", primary_key=True),  # the part of the code that names it
    string("proof_key"),  # what both sides authenticate their keys with, from the whole code
    string("shop"),
    integer("number"),
    integer("created_at_ms"),
    integer("expires_at_ms"),
    integer("used_at_ms"),  # 0: not yet
    string("used_by"),  # the public key that came with it
    integer("epoch"),  # what the till was sent to; 0: not used yet
)
