"""What people must look at, what they did, and who is signed in. Minor units, UTC ms."""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.columns import integer, metadata, string

desk_item = Table(
    "desk_item",
    metadata,
    string("item_id", primary_key=True),
    string("kind"),
    string("dedupe_key", unique=True),  # found again, it is still the same item
    string("shop"),
    string("till"),
    integer("money"),
    string("currency"),
    integer("opened_at_ms"),
    string("state"),  # open | resolved
    string("owner"),
    string("body_json"),
    integer("resolved_at_ms"),
    string("resolved_by"),
    string("resolution"),
    integer("change"),
    Index("ix_desk_item_change", "shop", "change"),
)

# What people did at the desk; each a fact, never changed.
desk_fact = Table(
    "desk_fact",
    metadata,
    string("op_id", primary_key=True),
    string("item_id"),
    string("action"),  # resolve | assign | note
    string("staff_id"),
    string("shop"),
    string("place"),  # the till, or "hub"
    integer("at_ms"),
    string("body_json"),
    string("outcome"),  # applied | too_late
    Index("ix_desk_fact_item", "item_id"),
)

desk_session = Table(
    "desk_session", metadata,
    string("token_hash", primary_key=True), string("shop"), string("staff_id"), string("csrf"),
    integer("created_at_ms"), integer("expires_at_ms"),
)  # fmt: skip

desk_lockout = Table(
    "desk_lockout", metadata,
    string("shop", primary_key=True), string("staff_id", primary_key=True), integer("failures"),
    integer("locked_until_ms"),
)  # fmt: skip
