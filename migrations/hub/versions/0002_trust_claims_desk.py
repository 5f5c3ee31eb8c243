"""Keys of tills and hub, claims, parked tickets of a shop, the conflict desk, approvals."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WAITING = sa.text("aggregate <> ''")
OPEN_CARD = sa.text("state IN ('requested', 'unknown')")


def upgrade() -> None:
    _widen()
    _count_forks()
    _create_epochs()
    _create_trust()
    _create_claims()
    _create_desk()
    op.create_table(
        "feed_gap", text("name"), big("after"), big("until"),
        sa.PrimaryKeyConstraint("name", "after"),
    )  # fmt: skip


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def added_text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False, server_default="")


def added_big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, server_default="0")


def _widen() -> None:
    widened: tuple[tuple[str, list[sa.Column[Any]]], ...] = (
        ("till", [added_text("public_key"), added_big("revoked_at_ms"), added_text("report")]),
        ("till_mark", [added_big("watched_through"), added_big("send_again_from")]),
        ("inbox", [added_text("signature"), added_text("aggregate"), added_big("tries")]),
        ("conflict", [added_text("signature"), added_text("incarnation")]),
    )  # fmt: skip
    for table, columns in widened:
        for column in columns:
            op.add_column(table, column)
    op.create_index(
        "ix_inbox_waiting", "inbox", ["till", "aggregate"],
        sqlite_where=WAITING, postgresql_where=WAITING,
    )  # fmt: skip
    op.create_index(
        "ix_card_attempt_open", "card_attempt", ["till"],
        sqlite_where=OPEN_CARD, postgresql_where=OPEN_CARD,
    )  # fmt: skip


def _count_forks() -> None:
    """A cloned till gives out numbers once more, and its sales happened all the same."""
    with op.batch_alter_table("sale") as sale:
        sale.add_column(added_big("fork"))
        sale.drop_constraint("uq_sale_till_number", type_="unique")
        sale.create_unique_constraint("uq_sale_till_number", ["till", "number", "fork"])


def _create_epochs() -> None:
    op.create_table(
        "epoch_grant", text("till"), sa.Column("epoch", sa.Integer(), nullable=False),
        text("key"), text("reason"), sa.Column("base_epoch", sa.Integer(), nullable=False),
        big("granted_at_ms"), big("stopped_at_ms"), sa.PrimaryKeyConstraint("till", "epoch"),
        sa.UniqueConstraint("till", "key", name="uq_epoch_grant_key"),
    )  # fmt: skip
    op.create_table(
        "incarnation", text("till"), text("incarnation"),
        sa.Column("epoch", sa.Integer(), nullable=False), big("first_turn"), big("turn"),
        big("seen_at_ms"), sa.PrimaryKeyConstraint("till", "incarnation"),
    )  # fmt: skip


def _create_trust() -> None:
    op.create_table("hub_key", text("name"), text("value"), sa.PrimaryKeyConstraint("name"))
    op.create_table(
        "enrolment_code", text("code_id"), text("proof_key"), text("shop"), big("number"),
        big("created_at_ms"), big("expires_at_ms"), big("used_at_ms"), text("used_by"),
        big("epoch"),
        sa.PrimaryKeyConstraint("code_id"),
    )  # fmt: skip


def _create_claims() -> None:
    op.create_table(
        "claim", text("kind"), text("key"), text("shop"), text("till"), big("fence"),
        text("state"), big("changed_at_ms"), sa.PrimaryKeyConstraint("kind", "key"),
    )  # fmt: skip
    op.create_table(
        "claim_grant", text("op_id"), text("kind"), text("key"), text("till"), big("fence"),
        big("granted_at_ms"), sa.PrimaryKeyConstraint("op_id"),
    )  # fmt: skip
    op.create_table(
        "parked_ticket", text("basket_id"), text("shop"), text("till"), text("label"),
        text("currency"), big("total"), big("lines"), text("content_json"), text("staff_id"),
        big("parked_at_ms"), text("state"), text("resumed_by"), text("resumed_as"),
        big("change"), added_big("resumed_at_ms"), added_text("resumed_by_staff"),
        added_big("parked_epoch"), added_big("parked_seq"), added_big("taken_parking_ms"),
        sa.PrimaryKeyConstraint("basket_id"),
    )  # fmt: skip
    op.create_index("ix_parked_ticket_change", "parked_ticket", ["shop", "change"])


def _create_desk() -> None:
    op.create_table(
        "desk_item", text("item_id"), text("kind"), text("dedupe_key"), text("shop"),
        text("till"), big("money"), text("currency"), big("opened_at_ms"), text("state"),
        text("owner"), text("body_json"), big("resolved_at_ms"), text("resolved_by"),
        text("resolution"), big("change"), sa.PrimaryKeyConstraint("item_id"),
        sa.UniqueConstraint("dedupe_key"),
    )  # fmt: skip
    op.create_index("ix_desk_item_change", "desk_item", ["shop", "change"])
    op.create_table(
        "desk_fact", text("op_id"), text("item_id"), text("action"), text("staff_id"),
        text("shop"), text("place"), big("at_ms"), text("body_json"), text("outcome"),
        sa.PrimaryKeyConstraint("op_id"),
    )  # fmt: skip
    op.create_index("ix_desk_fact_item", "desk_fact", ["item_id"])
    op.create_table(
        "approval", text("request_id"), text("shop"), text("till"), text("requested_by"),
        text("capability"), text("body_json"), big("requested_at_ms"), big("expires_at_ms"),
        text("state"), text("decided_by"), big("decided_at_ms"),
        sa.PrimaryKeyConstraint("request_id"),
    )  # fmt: skip
    op.create_index("ix_approval_shop", "approval", ["shop", "state"])
    op.create_table(
        "desk_session", text("token_hash"), text("shop"), text("staff_id"), text("csrf"),
        big("created_at_ms"), big("expires_at_ms"), sa.PrimaryKeyConstraint("token_hash"),
    )  # fmt: skip
    op.create_table(
        "desk_lockout", text("shop"), text("staff_id"), big("failures"), big("locked_until_ms"),
        sa.PrimaryKeyConstraint("shop", "staff_id"),
    )  # fmt: skip
