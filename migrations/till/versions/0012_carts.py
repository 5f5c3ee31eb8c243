"""The customer's cart of the web shop: as it was last seen, and whether a ticket holds it.

Revision ID: 0012
"""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("ALTER TABLE ticket ADD COLUMN cart TEXT NOT NULL DEFAULT ''")
    op.execute("ALTER TABLE customer ADD COLUMN cart_json TEXT NOT NULL DEFAULT ''")
