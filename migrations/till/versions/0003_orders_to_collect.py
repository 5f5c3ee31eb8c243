"""Orders that customers collect, as the hub told them and as this till changed them.

Revision ID: 0003
"""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

STATEMENTS = """
CREATE TABLE customer_order (
    order_id TEXT NOT NULL,
    serial INTEGER NOT NULL,
    number TEXT NOT NULL,
    search TEXT NOT NULL,
    state TEXT NOT NULL,
    placed_at_ms INTEGER NOT NULL,
    closed_at_ms INTEGER NOT NULL,
    is_gone INTEGER NOT NULL,
    has_person INTEGER NOT NULL,
    digest BLOB NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (order_id)
);

CREATE INDEX ix_customer_order_serial ON customer_order (serial);

CREATE INDEX ix_customer_order_number ON customer_order (number);

CREATE INDEX ix_customer_order_time ON customer_order (closed_at_ms, placed_at_ms);

CREATE INDEX ix_customer_order_open ON customer_order (placed_at_ms, order_id, search, digest)
    WHERE closed_at_ms = 0 AND is_gone = 0;

CREATE TABLE order_fact (
    entry INTEGER NOT NULL,
    order_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (entry),
    FOREIGN KEY (entry) REFERENCES journal (entry)
);

CREATE INDEX ix_order_fact_order ON order_fact (order_id, entry);

CREATE INDEX ix_order_fact_kind ON order_fact (kind, at_ms);

CREATE TABLE handover (
    order_id TEXT NOT NULL,
    basket_id TEXT NOT NULL,
    began_at_ms INTEGER NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (order_id)
);

CREATE INDEX ix_handover_basket ON handover (basket_id)
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";"):
        op.execute(statement)
