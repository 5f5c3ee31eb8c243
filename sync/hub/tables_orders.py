"""Orders that customers collect, their payments and notices. Minor units, UTC ms."""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.columns import added_integer, integer, metadata, string

# `content_json` is the order whole (`pos.domain.collection.Order`); the columns beside it are
# what orders are looked up by. Its row is the lock of everything that happens to an order.
customer_order = Table(
    "customer_order",
    metadata,
    string("order_id", primary_key=True),
    string("op_id", unique=True),  # of who placed it: the same again is the same order
    integer("serial", unique=True),
    string("number"),
    string("shop"),
    string("state"),
    string("short_code"),
    string("customer_id"),
    string("search"),  # folded: name, phone digits, e-mail, number, short code, member card
    string("content_json"),
    integer("placed_at_ms"),
    integer("hold_until_ms"),  # 0: not ready yet
    integer("closed_at_ms"),  # 0: open
    Index("ix_customer_order_shop", "shop", "closed_at_ms", "state"),
    Index("ix_customer_order_customer", "customer_id", "placed_at_ms"),
)

# Which orders a shop must be told of: those that moved away too.
order_change = Table(
    "order_change",
    metadata,
    string("shop", primary_key=True),
    string("order_id", primary_key=True),
    integer("change"),
    Index("ix_order_change", "shop", "change"),
)

# Everything that happened to an order, for its history and the figures; `op_id` is the fact's
# or one of the hub's own.
order_event = Table(
    "order_event",
    metadata,
    string("op_id", primary_key=True),
    string("order_id"),
    string("kind"),
    string("till"),  # empty: the hub, or who placed it
    string("staff_id"),
    integer("at_ms"),
    string("body_json"),
    string("outcome"),  # applied | or the code of the contradiction
    Index("ix_order_event_order", "order_id", "at_ms"),
    Index("ix_order_event_kind", "kind", "at_ms"),
)

# Goods promised to orders: on hand less reserved is what may be promised to others.
stock_reserved = Table(
    "stock_reserved",
    metadata,
    string("order_id", primary_key=True),
    integer("line", primary_key=True),
    string("shop"),
    string("sku"),
    integer("thousandths"),
    Index("ix_stock_reserved_sku", "shop", "sku"),
)

pick_lease = Table(
    "pick_lease",
    metadata,
    string("order_id", primary_key=True),
    integer("line", primary_key=True),
    string("shop"),
    string("till"),
    string("staff_id"),
    integer("until_ms"),
)

# What the customer is to be told; every sending is a row of its own.
order_notice = Table(
    "order_notice",
    metadata,
    string("notice_id", primary_key=True),
    string("order_id"),
    string("kind"),  # placed | ready | reminder | expired | cancelled | substitute | extended
    string("address"),
    string("body_json"),
    string("state"),  # queued | sent | failed
    integer("queued_at_ms"),
    integer("next_try_at_ms"),
    integer("tries"),
    integer("sent_at_ms"),
    string("error"),
    Index("ix_order_notice_order", "order_id"),
    Index("ix_order_notice_state", "state", "next_try_at_ms"),
)

# The payment of a prepaid order, by the id it has at the provider too.
order_payment = Table(
    "order_payment",
    metadata,
    string("payment_id", primary_key=True),
    string("order_id", unique=True),
    string("state"),  # authorising | authorised | captured | declined | voided | unknown
    integer("amount"),
    string("currency"),
    integer("captured"),
    string("next_step"),  # what is to be asked of the provider: authorise | capture | void | ""
    integer("next_try_at_ms"),
    integer("tries"),
    string("error"),
    integer("changed_at_ms"),
)

order_refund = Table(
    "order_refund",
    metadata,
    string("refund_id", primary_key=True),  # sent with every try: the provider refunds once
    string("payment_id"),
    string("order_id"),
    integer("amount"),
    string("reason"),  # shortage | left | cancelled | expired | substitute
    string("state"),  # requested | confirmed | refused
    integer("requested_at_ms"),
    integer("next_try_at_ms"),
    integer("tries"),
    integer("confirmed_at_ms"),
    string("error"),
    Index("ix_order_refund_order", "order_id"),
    Index("ix_order_refund_state", "state", "next_try_at_ms"),
)

# -- what handing a product over asks for, and where it lies

product_rule = Table(
    "product_rule",
    metadata,
    string("sku", primary_key=True),
    integer("min_age"),  # years, 0: none
    integer("needs_serial"),  # 1: its serial number is noted when it leaves
)

product_place = Table(
    "product_place",
    metadata,
    string("shop", primary_key=True),
    string("sku", primary_key=True),
    string("location"),  # "Pasillo 2 · B-14"
)

# -- who places orders

# The last number of a series: order numbers follow each other.
order_series = Table("order_series", metadata, string("name", primary_key=True), integer("last"))

# Keys of web shops; only a hash of each is kept.
web_shop_key = Table(
    "web_shop_key",
    metadata,
    string("key_id", primary_key=True),
    string("name"),
    string("secret_sha256"),
    integer("created_at_ms"),
    integer("revoked_at_ms"),  # 0: good
)

# -- the demo storefront

store_cart = Table(
    "store_cart",
    metadata,
    string("customer_id", primary_key=True),
    string("content_json"),
    integer("changed_at_ms"),
    added_integer("version"),  # rises with every change
)

# What was done to a cart once, however often it is asked for: a ticket sent to it, lines paid.
cart_act = Table(
    "cart_act", metadata,
    string("op_id", primary_key=True), string("customer_id"), string("kind"), integer("at_ms"),
)  # fmt: skip

store_session = Table(
    "store_session",
    metadata,
    string("token_hash", primary_key=True),
    string("customer_id"),
    string("csrf"),
    integer("created_at_ms"),
    integer("expires_at_ms"),
)
