"""Refunds that failed and are paid again, by any till."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    op.add_column("return_refund", sa.Column("replaces", TEXT, nullable=False, server_default=""))
    op.create_table(
        "return_reissue",
        text("refund_id"), text("return_id"), text("op_id"), text("till"), text("shop"),
        text("session_id"), text("staff_id"), text("business_day"), text("purchase"),
        text("means"), big("amount"), text("currency"), text("reason"), big("at_ms"),
        text("content_json"), big("fork"), sa.PrimaryKeyConstraint("refund_id"),
    )  # fmt: skip
    op.create_index("ix_return_reissue_day", "return_reissue", ["till", "business_day"])
    op.create_index("ix_return_reissue_purchase", "return_reissue", ["purchase"])
