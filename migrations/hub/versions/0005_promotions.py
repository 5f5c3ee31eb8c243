"""Promotions that tills and the web shop are told of, and coupons that may be used once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    text = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")
    op.create_table(
        "promotion",
        sa.Column("promotion_id", text, primary_key=True, nullable=False),
        sa.Column("content_json", text, nullable=False),
        sa.Column("valid_from_ms", sa.BigInteger, nullable=False),
        sa.Column("valid_until_ms", sa.BigInteger, nullable=False),
        sa.Column("is_gone", sa.Boolean, nullable=False),
        sa.Column("change", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_promotion_change", "promotion", ["change"])
    op.create_table(
        "coupon",
        sa.Column("code", text, primary_key=True, nullable=False),
        sa.Column("promotion_id", text, nullable=False),
        sa.Column("created_at_ms", sa.BigInteger, nullable=False),
        sa.Column("used_by_sale", text, nullable=False),
        sa.Column("used_at_ms", sa.BigInteger, nullable=False),
        sa.Column("used_till", text, nullable=False),
    )
    op.create_index("ix_coupon_promotion", "coupon", ["promotion_id"])
