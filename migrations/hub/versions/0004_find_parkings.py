"""Parkings of a till are found by their time, to know which of two was the later one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PARKED = sa.text("kind = 'basket.parked'")


def upgrade() -> None:
    op.create_index(
        "ix_inbox_parked", "inbox", ["till", "occurred_at_ms"],
        sqlite_where=PARKED, postgresql_where=PARKED,
    )  # fmt: skip
