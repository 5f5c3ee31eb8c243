"""Goods that came back and wait for the ticket that they pay.

Revision ID: 0008
"""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE exchange_draft (
            basket_id TEXT NOT NULL,
            return_id TEXT NOT NULL,
            body_json TEXT NOT NULL,
            PRIMARY KEY (basket_id),
            UNIQUE (return_id)
        ) WITHOUT ROWID
        """
    )
