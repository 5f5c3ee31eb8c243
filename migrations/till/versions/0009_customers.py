"""Customers: those kept here, what they are found by, and whose a ticket and a sale are.

Revision ID: 0009
"""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

STATEMENTS = """
CREATE TABLE customer (
    customer_key INTEGER NOT NULL,
    customer_id TEXT NOT NULL,
    name TEXT NOT NULL,
    content_json TEXT NOT NULL,
    heard_at_ms INTEGER NOT NULL,
    used_at_ms INTEGER NOT NULL,
    is_mirrored INTEGER NOT NULL,
    glance_json TEXT NOT NULL DEFAULT '',
    glance_at_ms INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (customer_key),
    UNIQUE (customer_id)
);

CREATE INDEX ix_customer_asked_for ON customer (used_at_ms) WHERE is_mirrored = 0;

CREATE TABLE customer_key (
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    customer_key INTEGER NOT NULL,
    PRIMARY KEY (kind, value, customer_key)
)
 WITHOUT ROWID;

CREATE INDEX ix_customer_key_customer_key ON customer_key (customer_key);

CREATE TABLE customer_word (
    word TEXT NOT NULL,
    customer_key INTEGER NOT NULL,
    PRIMARY KEY (word, customer_key)
)
 WITHOUT ROWID;

CREATE INDEX ix_customer_word_customer_key ON customer_word (customer_key);

CREATE TABLE customer_form (
    form TEXT NOT NULL,
    word TEXT NOT NULL,
    PRIMARY KEY (form, word)
)
 WITHOUT ROWID;

CREATE TABLE customer_gone (
    customer_id TEXT NOT NULL,
    merged_into TEXT NOT NULL,
    PRIMARY KEY (customer_id)
);

CREATE TABLE customer_change (
    op_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    content_json TEXT NOT NULL,
    PRIMARY KEY (op_id)
);

CREATE INDEX ix_customer_change_customer_id ON customer_change (customer_id);

ALTER TABLE ticket ADD COLUMN customer_id TEXT NOT NULL DEFAULT '';

ALTER TABLE sale ADD COLUMN customer_id TEXT NOT NULL DEFAULT '';

CREATE INDEX ix_sale_customer ON sale (customer_id, completed_at_ms) WHERE customer_id <> ''
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";\n"):
        op.execute(statement)
