"""What is bought together: how often, what goes with a product, and whether showing it helps."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def big(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False)


def upgrade() -> None:
    op.create_table(
        "suggestion_mark",
        text("till"), sa.Column("epoch", sa.Integer(), nullable=False), big("through"),
        sa.PrimaryKeyConstraint("till", "epoch"),
    )  # fmt: skip
    op.create_table(
        "suggestion_product",
        text("sku"), big("baskets"), big("sold"), big("reckoned"), text("content_json"),
        big("change"),
        sa.PrimaryKeyConstraint("sku"),
    )  # fmt: skip
    op.create_index("ix_suggestion_product_change", "suggestion_product", ["change"])
    op.create_index("ix_suggestion_product_sold", "suggestion_product", ["sold"])
    op.create_table(
        "suggestion_pair",
        text("sku"), text("other"), big("baskets"),
        sa.PrimaryKeyConstraint("sku", "other"),
    )  # fmt: skip
    op.create_table(
        "suggestion_trial",
        big("block"), big("baskets"), big("ours"), big("popular"), big("only_ours"),
        big("only_popular"),
        sa.PrimaryKeyConstraint("block"),
    )  # fmt: skip
    op.create_table(
        "suggestion_state",
        big("state_id"), big("baskets"), sa.Column("is_shown", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("state_id"),
    )  # fmt: skip
