"""What came back, and the money that goes back for it. Amounts are minor units, times UTC ms."""

from __future__ import annotations

from sqlalchemy import Index, Table, UniqueConstraint, text

from sync.hub.columns import added_string, integer, metadata, string
from sync.hub.tables import OF_SOMEBODY

# Refunds that the payment provider is to be asked for.
WEB = "means = 'web' AND state IN ('requested', 'unknown')"

return_document = Table(
    "return_document",
    metadata,
    string("return_id", primary_key=True),
    string("op_id"),
    string("till"),
    string("shop"),
    string("number"),
    string("session_id"),
    string("staff_id"),
    string("business_day"),
    integer("completed_at_ms"),
    string("currency"),
    integer("total"),
    string("flags"),  # with commas between them
    string("exchange_id"),
    string("source"),
    integer("fork"),  # as of a sale
    added_string("customer_id"),
    UniqueConstraint("till", "number", "fork", name="uq_return_document_number"),
    Index("ix_return_document_day", "till", "business_day"),
    Index(
        "ix_return_document_customer",
        "customer_id",
        "completed_at_ms",
        sqlite_where=text(OF_SOMEBODY),
        postgresql_where=text(OF_SOMEBODY),
    ),
)

# What a return is of one purchase, as the purchase's ledger holds it
# (`pos.domain.return_purchase_content.returned_content`); how its refunds stand by now is in
# `return_refund`. `purchase` is the id of a sale or order, which the hub may hear of later.
return_part = Table(
    "return_part",
    metadata,
    string("return_id", primary_key=True),
    string("purchase", primary_key=True),
    string("content_json"),
    Index("ix_return_part_purchase", "purchase"),
)

# Each refund as its document told of it, and how it stands. What the web shop's payment provider
# is asked for goes by `asked_as`: its own id, or another after a refusal, which is an answer.
return_refund = Table(
    "return_refund",
    metadata,
    string("return_id", primary_key=True),
    string("refund_id", primary_key=True),
    integer("position"),
    string("purchase"),
    string("means"),
    integer("amount"),
    string("currency"),
    string("reference"),
    string("state"),  # requested | confirmed | failed | unknown
    string("asked_as"),  # sent with every try: the provider refunds once
    integer("changed_at_ms"),
    integer("next_try_at_ms"),
    integer("tries"),
    string("detail"),
    added_string("replaces"),  # one that failed; empty for what the document tells of
    Index("ix_return_refund_purchase", "purchase"),
    Index(
        "ix_return_refund_web",
        "next_try_at_ms",
        sqlite_where=text(WEB),
        postgresql_where=text(WEB),
    ),
)

# What is told beside a refund that is paid again after one that failed: which till did it, when.
# `content_json` is `pos.domain.return_purchase_content.paid_out_content`.
return_reissue = Table(
    "return_reissue",
    metadata,
    string("refund_id", primary_key=True),
    string("return_id"),
    string("op_id"),
    string("till"),
    string("shop"),
    string("session_id"),
    string("staff_id"),
    string("business_day"),
    string("purchase"),
    string("means"),
    integer("amount"),
    string("currency"),
    string("reason"),
    integer("at_ms"),
    string("content_json"),
    integer("fork"),  # as of a sale
    Index("ix_return_reissue_day", "till", "business_day"),
    Index("ix_return_reissue_purchase", "purchase"),
)

# Purchases whose returns are to be looked through for what cannot be right.
return_check = Table("return_check", metadata, string("purchase", primary_key=True))
