"""Returns: their documents, what they are of each purchase, and the refunds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
WEB = sa.text("means = 'web' AND state IN ('requested', 'unknown')")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "return_document",
        text("return_id"), text("op_id"), text("till"), text("shop"), text("number"),
        text("session_id"), text("staff_id"), text("business_day"), big("completed_at_ms"),
        text("currency"), big("total"), text("flags"), text("exchange_id"), text("source"),
        big("fork"), sa.PrimaryKeyConstraint("return_id"),
        sa.UniqueConstraint("till", "number", "fork", name="uq_return_document_number"),
    )  # fmt: skip
    op.create_index("ix_return_document_day", "return_document", ["till", "business_day"])
    op.create_table(
        "return_part",
        text("return_id"), text("purchase"), text("content_json"),
        sa.PrimaryKeyConstraint("return_id", "purchase"),
    )  # fmt: skip
    op.create_index("ix_return_part_purchase", "return_part", ["purchase"])
    op.create_table(
        "return_refund",
        text("return_id"), text("refund_id"), big("position"), text("purchase"), text("means"),
        big("amount"), text("currency"), text("reference"), text("state"), text("asked_as"),
        big("changed_at_ms"), big("next_try_at_ms"), big("tries"), text("detail"),
        sa.PrimaryKeyConstraint("return_id", "refund_id"),
    )  # fmt: skip
    op.create_index("ix_return_refund_purchase", "return_refund", ["purchase"])
    op.create_index(
        "ix_return_refund_web",
        "return_refund",
        ["next_try_at_ms"],
        sqlite_where=WEB,
        postgresql_where=WEB,
    )
    op.create_table("return_check", text("purchase"), sa.PrimaryKeyConstraint("purchase"))
