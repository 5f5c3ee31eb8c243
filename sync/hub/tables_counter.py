"""What tills ask the hub for while a customer waits. Amounts are minor units, times UTC ms."""

from __future__ import annotations

from sqlalchemy import Index, Table

from sync.hub.columns import added_integer, added_string, integer, metadata, string

# Who may go on with a thing that several tills could take: a parked ticket, later a cart, a
# pickup, a unit to be returned. `fence` rises with every grant; a lower one is too late.
claim = Table(
    "claim",
    metadata,
    string("kind", primary_key=True),
    string("key", primary_key=True),
    string("shop"),
    string("till"),
    integer("fence"),
    string("state"),  # held | released | done
    integer("changed_at_ms"),
)

claim_grant = Table(
    "claim_grant", metadata,
    string("op_id", primary_key=True), string("kind"), string("key"), string("till"),
    integer("fence"), integer("granted_at_ms"),
)  # fmt: skip

parked_ticket = Table(
    "parked_ticket",
    metadata,
    string("basket_id", primary_key=True),
    string("shop"),
    string("till"),
    string("label"),
    string("currency"),
    integer("total"),
    integer("lines"),
    string("content_json"),
    string("staff_id"),
    integer("parked_at_ms"),
    string("state"),  # parked | resumed | cancelled
    string("resumed_by"),  # the till
    string("resumed_as"),  # the basket it became there
    integer("change"),
    added_integer("resumed_at_ms"),
    added_string("resumed_by_staff"),
    # The fact that parked it last, and when the parking was that somebody went on with (by the
    # clock of the till that parked it; 0: not known).
    added_integer("parked_epoch"),
    added_integer("parked_seq"),
    added_integer("taken_parking_ms"),
    Index("ix_parked_ticket_change", "shop", "change"),
)

approval = Table(
    "approval",
    metadata,
    string("request_id", primary_key=True),
    string("shop"),
    string("till"),
    string("requested_by"),
    string("capability"),
    string("body_json"),
    integer("requested_at_ms"),
    integer("expires_at_ms"),
    string("state"),  # waiting | granted | denied | withdrawn
    string("decided_by"),
    integer("decided_at_ms"),
    Index("ix_approval_shop", "shop", "state"),
)
