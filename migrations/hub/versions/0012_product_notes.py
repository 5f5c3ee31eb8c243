"""What customers say about products."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def upgrade() -> None:
    op.create_table(
        "product_note",
        text("op_id"), text("shop"), text("till"), text("kind"), text("sku"), text("name"),
        text("text"), sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("op_id"),
    )  # fmt: skip
    op.create_index("ix_product_note_shop_at_ms", "product_note", ["shop", "at_ms"])
