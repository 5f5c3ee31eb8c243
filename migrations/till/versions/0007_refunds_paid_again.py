"""Refunds that failed and are paid again.

Revision ID: 0007
"""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

FIXED = (
    "reissue_key, refund_id, return_id, replaces, purchase, means, amount, currency, session_id,"
    " at_ms, body_json"
)

STATEMENTS = """
CREATE TABLE return_reissue (
    reissue_key INTEGER NOT NULL,
    refund_id TEXT NOT NULL,
    return_id TEXT NOT NULL,
    replaces TEXT NOT NULL,
    purchase TEXT NOT NULL,
    means TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    session_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    body_json TEXT NOT NULL,
    state TEXT NOT NULL,
    paid_as TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (reissue_key),
    UNIQUE (refund_id),
    CHECK (state IN ('requested', 'confirmed', 'failed', 'unknown')),
    FOREIGN KEY (session_id) REFERENCES till_session (session_id)
);

CREATE INDEX ix_return_reissue_return_id ON return_reissue (return_id);

CREATE INDEX ix_return_reissue_purchase ON return_reissue (purchase);

CREATE INDEX ix_return_reissue_session_id ON return_reissue (session_id);

CREATE INDEX ix_return_reissue_open ON return_reissue (means)
    WHERE state IN ('requested', 'unknown')
"""


def upgrade() -> None:
    for statement in STATEMENTS.split(";\n"):
        op.execute(statement)
    _forbid("DELETE", "DELETE")
    _forbid("UPDATE", f"UPDATE OF {FIXED}")


def _forbid(act: str, when: str) -> None:
    op.execute(
        f"CREATE TRIGGER return_reissue_no_{act.lower()} BEFORE {when} ON return_reissue "
        f"BEGIN SELECT RAISE(ABORT, 'return_reissue allows no {act}'); END"
    )
