"""What till.db holds. The migrations build it; a test holds the two together.

Orders to collect are in `tables_orders`, promotions in `tables_promotions`, returns in
`tables_returns`, sales in `tables_sales`, customers in `tables_customers`.

Amounts are minor units, times UTC Unix milliseconds, quantities thousandths. Snapshots that
are only ever read whole (a product on an open ticket, a Z as it was taken) are JSON.
"""

from __future__ import annotations

from sqlalchemy import (
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pos.store import columns, tables_returns
from pos.store.columns import number_column as _number
from pos.store.columns import text_column as _text
from pos.store.tables_customers import (
    customer,
    customer_change,
    customer_form,
    customer_gone,
    customer_key,
    customer_word,
)
from pos.store.tables_exchange import exchange_draft
from pos.store.tables_orders import customer_order, handover, order_fact
from pos.store.tables_photos import return_photo
from pos.store.tables_promotions import promotion, sale_promotion
from pos.store.tables_sales import (
    number_series,
    sale,
    sale_line,
    sale_tax,
    sale_tender,
    series_total,
)
from pos.store.tables_suggestions import suggestion

SCHEMA_REVISION = "0012"  # the newest revision in migrations/till; a test compares

metadata = columns.metadata

till_identity = Table(
    "till_identity",
    metadata,
    Column("till", Text, primary_key=True),
    _text("shop"),
    _number("number"),
    _number("epoch"),
)

staff = Table(
    "staff",
    metadata,
    Column("staff_id", Text, primary_key=True),
    _text("name"),
    _text("role"),
    Column("badge", Text, index=True),
    Column("pin_hash", Text),
    _number("active"),
)

staff_lockout = Table(
    "staff_lockout",
    metadata,
    Column("staff_id", Text, primary_key=True),
    _number("failures"),
    _number("locked_until_ms"),
)

till_session = Table(
    "till_session",
    metadata,
    Column("session_id", Text, primary_key=True),
    _number("number"),
    _text("business_day"),
    _number("opened_at_ms"),
    _text("opened_by"),
    _text("currency"),
    _text("opening_float"),
    _text("counts"),
    Column("closed_at_ms", Integer, index=True),
)

cash_movement = Table(
    "cash_movement",
    metadata,
    Column("movement_id", Text, primary_key=True),
    Column("session_id", ForeignKey("till_session.session_id"), nullable=False, index=True),
    _text("kind"),
    _number("amount"),
    _text("currency"),
    _text("reason"),
    _text("staff_id"),
    _number("at_ms"),
)

session_report = Table(
    "session_report",
    metadata,
    Column("report_id", Integer, primary_key=True),
    Column("session_id", ForeignKey("till_session.session_id"), nullable=False, index=True),
    _text("number"),
    _text("body"),
)

ticket = Table(
    "ticket",
    metadata,
    Column("basket_id", Text, primary_key=True),
    _text("state"),
    # 1 for the one ticket at the counter (open or being paid), NULL for parked ones.
    Column("at_counter", Integer, CheckConstraint("at_counter = 1"), unique=True),
    _text("currency"),
    _number("opened_at_ms"),
    _text("opened_by"),
    _number("catalogue_generation"),
    _text("discount"),
    _text("tenders"),
    _text("label"),
    _number("changed_at_ms"),
    Column("promotions", Text, nullable=False, server_default=text("'[]'")),
    Column("coupons", Text, nullable=False, server_default=text("'[]'")),
    Column("holds", Text, nullable=False, server_default=text("'[]'")),
    Column("customer_id", Text, nullable=False, server_default=text("''")),
    Column("cart", Text, nullable=False, server_default=text("''")),
)

ticket_line = Table(
    "ticket_line",
    metadata,
    Column("basket_id", ForeignKey("ticket.basket_id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    _text("body"),
    sqlite_with_rowid=False,
)

card_attempt = Table(
    "card_attempt",
    metadata,
    Column("attempt_id", Text, primary_key=True),
    Column("basket_id", Text, nullable=False, index=True),
    _number("amount"),
    _text("currency"),
    _text("state"),
    _number("requested_at_ms"),
    _text("authorisation"),
    _number("verified"),
    Index(
        "ix_card_attempt_open",
        "requested_at_ms",
        sqlite_where=text("state IN ('requested', 'unknown')"),
    ),
)

_COUNTED_FACTS = "kind NOT IN ('sale.completed', 'receipt.printed')"

journal = Table(
    "journal",
    metadata,
    Column("entry", Integer, primary_key=True),
    _number("epoch"),
    _number("seq"),
    Column("op_id", Text, nullable=False, unique=True),
    _text("kind"),
    _number("occurred_at_ms"),
    Column("session_id", Text),
    _text("body_json"),
    _text("prev_hash"),
    _text("hash"),
    # Ed25519 of the till over the hash; empty for facts from before it had a key.
    Column("signature", Text, nullable=False, server_default=text("''")),
    UniqueConstraint("epoch", "seq"),
    Index("ix_journal_session", "session_id", "kind", sqlite_where=text(_COUNTED_FACTS)),
)

outbox = Table(
    "outbox",
    metadata,
    Column("entry", ForeignKey("journal.entry"), primary_key=True),
    Column(
        "state",
        Text,
        CheckConstraint("state IN ('queued', 'in_flight', 'acknowledged', 'parked')"),
        nullable=False,
    ),
    _text("reason"),
    Index("ix_outbox_waiting", "entry", "state", sqlite_where=text("state <> 'acknowledged'")),
)

hub_ack = Table(
    "hub_ack",
    metadata,
    Column("epoch", Integer, primary_key=True),
    _number("through_seq"),
    _text("chain_head"),
    _number("hub_time_ms"),
)

print_job = Table(
    "print_job",
    metadata,
    Column("job_id", Text, primary_key=True),
    _text("kind"),
    Column("subject_id", Text, nullable=False, index=True),
    _text("state"),
    _number("created_at_ms"),
    _text("error"),
    Index("ix_print_job_unfinished", "created_at_ms", sqlite_where=text("state <> 'confirmed'")),
)

email_job = Table(
    "email_job",
    metadata,
    Column("job_id", Text, primary_key=True),
    _text("sale_id"),
    _text("recipient"),
    _text("subject"),
    _text("text"),
    Column("pdf", LargeBinary, nullable=False),
    _number("created_at_ms"),
    _text("state"),
    _number("tries"),
    _number("next_try_at_ms"),
    _text("error"),
    Index("ix_email_job_queued", "next_try_at_ms", sqlite_where=text("state = 'queued'")),
)

setting = Table(
    "setting",
    metadata,
    Column("key", Text, primary_key=True),
    _text("value"),
)

sync_cursor = Table(
    "sync_cursor",
    metadata,
    Column("stream", Text, primary_key=True),
    _number("cursor"),
)

# Keys and what the hub proved to be: `till_key`, `hub_key` (hexadecimal), `ca` (PEM).
trust = Table(
    "trust",
    metadata,
    Column("name", Text, primary_key=True),
    _text("value"),
)

# What the hub says of this till itself: revoked, cloned, stopped. JSON, and since when.
notice = Table(
    "notice",
    metadata,
    Column("name", Text, primary_key=True),
    _text("body"),
    _number("since_ms"),
)

# Tickets parked in the shop, as the hub last told; what is on our own is in `ticket`.
# `taken_by` is the till that went on with one.
shop_ticket = Table(
    "shop_ticket",
    metadata,
    Column("basket_id", Text, primary_key=True),
    _text("till"),
    _text("label"),
    _text("currency"),
    _number("total"),
    _number("lines"),
    _number("parked_at_ms"),
    _text("state"),
    _text("staff_id"),
    _text("taken_by"),
)

# Items of the conflict desk, as the hub last told or as this till found them itself; `body` is
# the whole message, `local` what was done with the item here.
desk_item = Table(
    "desk_item",
    metadata,
    Column("item_id", Text, primary_key=True),
    _text("state"),
    _number("opened_at_ms"),
    _text("body"),
    Column("local", Text, nullable=False, server_default=text("''")),
)

# Moments that outlive the agent: `pulled` is when everything was last taken in whole, `orders`
# when the hub last confirmed the orders.
sync_mark = Table(
    "sync_mark",
    metadata,
    Column("name", Text, primary_key=True),
    _number("value"),
)

# Tables of modules of their own.
CUSTOMERS = (
    customer, customer_change, customer_form, customer_gone, customer_key, customer_word,
)  # fmt: skip
EXCHANGES = (exchange_draft,)
ORDERS = (customer_order, order_fact, handover)
PHOTOS = (return_photo,)
PROMOTIONS = (promotion, sale_promotion)
SUGGESTIONS = (suggestion,)
SALES = (number_series, sale, sale_line, sale_tax, sale_tender, series_total)
RETURNS = tables_returns.TABLES

# Facts and what was sold are never changed, only corrected by another fact.
APPEND_ONLY = (
    "journal", "sale", "sale_line", "sale_promotion", "sale_tax", "sale_tender",
    "session_report", "return_document", "return_purchase", "return_tax",
)  # fmt: skip
NEVER_DELETED = (
    "outbox", "card_attempt", "cash_movement", "till_session", "return_refund", "return_reissue",
)  # fmt: skip
