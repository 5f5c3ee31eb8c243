"""Keys and signatures, what the hub says of this till, parked tickets of the shop, the desk.

Revision ID: 0002
"""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

STATEMENTS = """
ALTER TABLE journal ADD COLUMN signature TEXT NOT NULL DEFAULT '';

CREATE TABLE trust (
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE notice (
    name TEXT NOT NULL,
    body TEXT NOT NULL,
    since_ms INTEGER NOT NULL,
    PRIMARY KEY (name)
);

CREATE TABLE shop_ticket (
    basket_id TEXT NOT NULL,
    till TEXT NOT NULL,
    label TEXT NOT NULL,
    currency TEXT NOT NULL,
    total INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    parked_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    taken_by TEXT NOT NULL,
    PRIMARY KEY (basket_id)
);

CREATE TABLE desk_item (
    item_id TEXT NOT NULL,
    state TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    body TEXT NOT NULL,
    local TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (item_id)
);

CREATE TABLE sync_mark (
    name TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (name)
)
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement)
