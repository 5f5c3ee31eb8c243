"""Customers: their records, what they are found by, which shops are told, and whose a sale is."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
MERGED = sa.text("merged_into <> ''")
OF_SOMEBODY = sa.text("customer_id <> ''")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def of_somebody(index: str, table: str, when: str) -> None:
    op.create_index(
        index,
        table,
        ["customer_id", when],
        sqlite_where=OF_SOMEBODY,
        postgresql_where=OF_SOMEBODY,
    )


def upgrade() -> None:
    op.create_table(
        "customer",
        text("customer_id"), text("state"), text("merged_into"), big("version"),
        text("words"), text("content_json"), big("changed_at_ms"),
        sa.PrimaryKeyConstraint("customer_id"),
    )  # fmt: skip
    op.create_index(
        "ix_customer_merged",
        "customer",
        ["merged_into"],
        sqlite_where=MERGED,
        postgresql_where=MERGED,
    )
    op.create_table(
        "customer_key",
        text("kind"), text("value"), text("customer_id"),
        sa.PrimaryKeyConstraint("kind", "value", "customer_id"),
    )  # fmt: skip
    op.create_table("customer_word", text("word"), text("customer_id"), text("words"))
    op.create_index(
        "ix_customer_word",
        "customer_word",
        ["word", "customer_id"],
        unique=True,
        postgresql_include=["words"],
    )
    op.create_table(
        "customer_near", text("form"), text("word"), sa.PrimaryKeyConstraint("form", "word")
    )
    op.create_index("ix_customer_near_word", "customer_near", ["word"])
    op.create_table(
        "customer_change",
        text("shop"), text("customer_id"), big("change"), big("seen_at_ms"),
        sa.PrimaryKeyConstraint("shop", "customer_id"),
    )  # fmt: skip
    op.create_index("ix_customer_change", "customer_change", ["shop", "change"])
    op.create_index("ix_customer_change_seen", "customer_change", ["shop", "seen_at_ms"])
    op.create_index("ix_customer_change_customer", "customer_change", ["customer_id"])
    for table in ("sale", "return_document"):
        op.add_column(table, sa.Column("customer_id", TEXT, nullable=False, server_default=""))
        of_somebody(f"ix_{table}_customer", table, "completed_at_ms")
