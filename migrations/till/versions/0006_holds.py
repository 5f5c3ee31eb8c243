"""What was set aside on gift cards and credit for a ticket, and is not on it.

Revision ID: 0006
"""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE ticket ADD COLUMN holds TEXT NOT NULL DEFAULT '[]'")
