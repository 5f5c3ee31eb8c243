"""Carts that tills go on with: which version is the latest, and what was done to them once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

# Compared byte by byte, whatever language the server was set up for.
TEXT = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def text(name: str) -> sa.Column[str]:
    return sa.Column(name, TEXT, nullable=False)


def upgrade() -> None:
    version = sa.Column("version", sa.BigInteger(), nullable=False, server_default="0")
    op.add_column("store_cart", version)
    op.create_table(
        "cart_act",
        text("op_id"), text("customer_id"), text("kind"),
        sa.Column("at_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("op_id"),
    )  # fmt: skip
