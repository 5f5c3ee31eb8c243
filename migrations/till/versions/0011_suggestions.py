"""What the shop's customers buy together.

Revision ID: 0011
"""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE suggestion (
            sku TEXT NOT NULL,
            content TEXT NOT NULL,
            PRIMARY KEY (sku)
        )
         WITHOUT ROWID
        """
    )
