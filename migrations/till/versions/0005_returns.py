"""Returns: what came back, of which purchases, and how the money goes back.

Revision ID: 0005
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

APPEND_ONLY = ("return_document", "return_purchase", "return_tax")

FIXED = (
    "refund_id, return_key, position, purchase, means, amount, reference, label, origin_means,"
    " origin_reference"
)

STATEMENTS = """
CREATE TABLE return_document (
    return_key INTEGER NOT NULL,
    return_id TEXT NOT NULL,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    currency TEXT NOT NULL,
    completed_at_ms INTEGER NOT NULL,
    total INTEGER NOT NULL,
    exchange_id TEXT NOT NULL,
    source TEXT NOT NULL,
    flags TEXT NOT NULL,
    body_json TEXT NOT NULL,
    PRIMARY KEY (return_key),
    UNIQUE (return_id),
    UNIQUE (number),
    UNIQUE (series, sequence),
    FOREIGN KEY (session_id) REFERENCES till_session (session_id)
);

CREATE INDEX ix_return_document_session_id ON return_document (session_id);

CREATE INDEX ix_return_document_completed_at_ms ON return_document (completed_at_ms);

CREATE UNIQUE INDEX ix_return_document_source ON return_document (source) WHERE source <> '';

CREATE TABLE return_purchase (
    return_key INTEGER NOT NULL,
    purchase TEXT NOT NULL,
    PRIMARY KEY (return_key, purchase),
    FOREIGN KEY (return_key) REFERENCES return_document (return_key)
)
 WITHOUT ROWID;

CREATE INDEX ix_return_purchase_purchase ON return_purchase (purchase);

CREATE TABLE return_refund (
    refund_id TEXT NOT NULL,
    return_key INTEGER NOT NULL,
    position INTEGER NOT NULL,
    purchase TEXT NOT NULL,
    means TEXT NOT NULL,
    amount INTEGER NOT NULL,
    reference TEXT NOT NULL,
    label TEXT NOT NULL,
    state TEXT NOT NULL,
    origin_means TEXT,
    origin_reference TEXT NOT NULL,
    paid_as TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (refund_id),
    CHECK (state IN ('requested', 'confirmed', 'failed', 'unknown')),
    FOREIGN KEY (return_key) REFERENCES return_document (return_key)
);

CREATE INDEX ix_return_refund_return_key ON return_refund (return_key);

CREATE INDEX ix_return_refund_open ON return_refund (means)
    WHERE state IN ('requested', 'unknown');

CREATE TABLE return_tax (
    return_key INTEGER NOT NULL,
    basis_points INTEGER NOT NULL,
    name TEXT NOT NULL,
    gross INTEGER NOT NULL,
    base INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    PRIMARY KEY (return_key, basis_points, name),
    FOREIGN KEY (return_key) REFERENCES return_document (return_key)
)
 WITHOUT ROWID;

CREATE TABLE return_total (
    series TEXT NOT NULL,
    returns INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (series)
)
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";\n"):
        op.execute(statement)
    for table in APPEND_ONLY:
        _forbid(table, "UPDATE")
        _forbid(table, "DELETE")
    _forbid("return_refund", "DELETE")
    # What becomes of a refund changes; how much goes which way never does.
    op.execute(
        f"CREATE TRIGGER return_refund_no_update BEFORE UPDATE OF {FIXED} ON return_refund "
        "BEGIN SELECT RAISE(ABORT, 'return_refund allows no UPDATE'); END"
    )


def _forbid(table: str, act: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} allows no {act}'); END"
    )
