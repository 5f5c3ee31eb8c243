"""Photos of goods that came back.

Revision ID: 0010
"""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        """
        CREATE TABLE return_photo (
            photo_id TEXT NOT NULL,
            return_id TEXT NOT NULL,
            line INTEGER NOT NULL,
            taken_at_ms INTEGER NOT NULL,
            size INTEGER NOT NULL,
            jpeg BLOB NOT NULL,
            PRIMARY KEY (photo_id)
        )
        """
    )
    op.execute("CREATE INDEX ix_return_photo_return_id ON return_photo (return_id)")
    op.execute("CREATE INDEX ix_return_photo_taken ON return_photo (taken_at_ms, size)")
