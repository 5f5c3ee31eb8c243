"""Promotions: those the hub told of, what open tickets and recorded sales got of them.

Revision ID: 0004
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

STATEMENTS = """
CREATE TABLE promotion (
    promotion_id TEXT NOT NULL,
    valid_until_ms INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (promotion_id)
);

ALTER TABLE ticket ADD COLUMN promotions TEXT NOT NULL DEFAULT '[]';

ALTER TABLE ticket ADD COLUMN coupons TEXT NOT NULL DEFAULT '[]';

ALTER TABLE sale_line ADD COLUMN promotion INTEGER NOT NULL DEFAULT 0;

CREATE TABLE sale_promotion (
    sale_key INTEGER NOT NULL,
    position INTEGER NOT NULL,
    promotion_id TEXT NOT NULL,
    name TEXT NOT NULL,
    coupon TEXT NOT NULL,
    line INTEGER NOT NULL,
    amount INTEGER NOT NULL,
    on_total INTEGER NOT NULL,
    PRIMARY KEY (sale_key, position, line),
    FOREIGN KEY (sale_key) REFERENCES sale (sale_key)
)
 WITHOUT ROWID
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement)
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER sale_promotion_no_{act.lower()} BEFORE {act} ON sale_promotion "
            f"BEGIN SELECT RAISE(ABORT, 'sale_promotion allows no {act}'); END"
        )
