"""Everything the till needs for a whole day at the counter.

Revision ID: 0001
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

APPEND_ONLY = ("journal", "sale", "sale_line", "sale_tax", "sale_tender", "session_report")
NEVER_DELETED = ("outbox", "card_attempt", "cash_movement", "till_session")

TABLES = """
CREATE TABLE card_attempt (
    attempt_id TEXT NOT NULL,
    basket_id TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    requested_at_ms INTEGER NOT NULL,
    authorisation TEXT NOT NULL,
    verified INTEGER NOT NULL,
    PRIMARY KEY (attempt_id)
);

CREATE INDEX ix_card_attempt_basket_id ON card_attempt (basket_id);

CREATE INDEX ix_card_attempt_open ON card_attempt (requested_at_ms)
    WHERE state IN ('requested', 'unknown');

CREATE TABLE email_job (
    job_id TEXT NOT NULL,
    sale_id TEXT NOT NULL,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    text TEXT NOT NULL,
    pdf BLOB NOT NULL,
    created_at_ms INTEGER NOT NULL,
    state TEXT NOT NULL,
    tries INTEGER NOT NULL,
    next_try_at_ms INTEGER NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (job_id)
);

CREATE INDEX ix_email_job_queued ON email_job (next_try_at_ms) WHERE state = 'queued';

CREATE TABLE hub_ack (
    epoch INTEGER NOT NULL,
    through_seq INTEGER NOT NULL,
    chain_head TEXT NOT NULL,
    hub_time_ms INTEGER NOT NULL,
    PRIMARY KEY (epoch)
);

CREATE TABLE journal (
    entry INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    op_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    occurred_at_ms INTEGER NOT NULL,
    session_id TEXT,
    body_json TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (entry),
    UNIQUE (epoch, seq),
    UNIQUE (op_id)
);

CREATE INDEX ix_journal_session ON journal (session_id, kind)
    WHERE kind NOT IN ('sale.completed', 'receipt.printed');

CREATE TABLE number_series (
    series TEXT NOT NULL,
    last INTEGER NOT NULL,
    PRIMARY KEY (series)
);

CREATE TABLE print_job (
    job_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at_ms INTEGER NOT NULL,
    error TEXT NOT NULL,
    PRIMARY KEY (job_id)
);

CREATE INDEX ix_print_job_subject_id ON print_job (subject_id);

CREATE INDEX ix_print_job_unfinished ON print_job (created_at_ms) WHERE state <> 'confirmed';

CREATE TABLE series_total (
    series TEXT NOT NULL,
    sales INTEGER NOT NULL,
    total INTEGER NOT NULL,
    PRIMARY KEY (series)
);

CREATE TABLE setting (
    "key" TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY ("key")
);

CREATE TABLE staff (
    staff_id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    badge TEXT,
    pin_hash TEXT,
    active INTEGER NOT NULL,
    PRIMARY KEY (staff_id)
);

CREATE INDEX ix_staff_badge ON staff (badge);

CREATE TABLE staff_lockout (
    staff_id TEXT NOT NULL,
    failures INTEGER NOT NULL,
    locked_until_ms INTEGER NOT NULL,
    PRIMARY KEY (staff_id)
);

CREATE TABLE sync_cursor (
    stream TEXT NOT NULL,
    cursor INTEGER NOT NULL,
    PRIMARY KEY (stream)
);

CREATE TABLE ticket (
    basket_id TEXT NOT NULL,
    state TEXT NOT NULL,
    at_counter INTEGER CHECK (at_counter = 1),
    currency TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    opened_by TEXT NOT NULL,
    catalogue_generation INTEGER NOT NULL,
    discount TEXT NOT NULL,
    tenders TEXT NOT NULL,
    label TEXT NOT NULL,
    changed_at_ms INTEGER NOT NULL,
    PRIMARY KEY (basket_id),
    UNIQUE (at_counter)
);

CREATE TABLE till_identity (
    till TEXT NOT NULL,
    shop TEXT NOT NULL,
    number INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    PRIMARY KEY (till)
);

CREATE TABLE till_session (
    session_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    business_day TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    opened_by TEXT NOT NULL,
    currency TEXT NOT NULL,
    opening_float TEXT NOT NULL,
    counts TEXT NOT NULL,
    closed_at_ms INTEGER,
    PRIMARY KEY (session_id)
);

CREATE INDEX ix_till_session_closed_at_ms ON till_session (closed_at_ms);

CREATE TABLE cash_movement (
    movement_id TEXT NOT NULL,
    session_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    at_ms INTEGER NOT NULL,
    PRIMARY KEY (movement_id),
    FOREIGN KEY(session_id) REFERENCES till_session (session_id)
);

CREATE INDEX ix_cash_movement_session_id ON cash_movement (session_id);

CREATE TABLE outbox (
    entry INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'in_flight', 'acknowledged', 'parked')),
    reason TEXT NOT NULL,
    PRIMARY KEY (entry),
    FOREIGN KEY(entry) REFERENCES journal (entry)
);

CREATE INDEX ix_outbox_waiting ON outbox (entry, state) WHERE state <> 'acknowledged';

CREATE TABLE sale (
    sale_key INTEGER NOT NULL,
    sale_id TEXT NOT NULL,
    number TEXT NOT NULL,
    series TEXT NOT NULL,
    sequence INTEGER NOT NULL,
    shop TEXT NOT NULL,
    till TEXT NOT NULL,
    session_id TEXT NOT NULL,
    staff_id TEXT NOT NULL,
    staff_name TEXT NOT NULL,
    currency TEXT NOT NULL,
    opened_at_ms INTEGER NOT NULL,
    completed_at_ms INTEGER NOT NULL,
    total INTEGER NOT NULL,
    fiscal TEXT NOT NULL,
    ticket_discount_reason TEXT NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (sale_key),
    UNIQUE (series, sequence),
    UNIQUE (sale_id),
    UNIQUE (number),
    FOREIGN KEY(session_id) REFERENCES till_session (session_id)
);

CREATE INDEX ix_sale_completed_at_ms ON sale (completed_at_ms);

CREATE INDEX ix_sale_session_id ON sale (session_id);

CREATE UNIQUE INDEX ix_sale_source ON sale (source) WHERE source <> '';

CREATE TABLE session_report (
    report_id INTEGER NOT NULL,
    session_id TEXT NOT NULL,
    number TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (report_id),
    FOREIGN KEY(session_id) REFERENCES till_session (session_id)
);

CREATE INDEX ix_session_report_session_id ON session_report (session_id);

CREATE TABLE ticket_line (
    basket_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (basket_id, number),
    FOREIGN KEY(basket_id) REFERENCES ticket (basket_id) ON DELETE CASCADE
)
 WITHOUT ROWID;

CREATE TABLE sale_line (
    sale_key INTEGER NOT NULL,
    number INTEGER NOT NULL,
    sku TEXT NOT NULL,
    gtin INTEGER,
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL,
    unit TEXT NOT NULL,
    unit_price INTEGER NOT NULL,
    list_price INTEGER NOT NULL,
    gross INTEGER NOT NULL,
    discount INTEGER NOT NULL,
    ticket_discount INTEGER NOT NULL,
    net INTEGER NOT NULL,
    tax_basis_points INTEGER NOT NULL,
    tax_name TEXT NOT NULL,
    entry TEXT NOT NULL,
    note TEXT NOT NULL,
    discount_reason TEXT NOT NULL,
    override_reason TEXT NOT NULL,
    approved_by TEXT NOT NULL,
    void INTEGER NOT NULL,
    PRIMARY KEY (sale_key, number),
    FOREIGN KEY(sale_key) REFERENCES sale (sale_key)
)
 WITHOUT ROWID;

CREATE TABLE sale_tax (
    sale_key INTEGER NOT NULL,
    basis_points INTEGER NOT NULL,
    name TEXT NOT NULL,
    gross INTEGER NOT NULL,
    base INTEGER NOT NULL,
    tax INTEGER NOT NULL,
    PRIMARY KEY (sale_key, basis_points, name),
    FOREIGN KEY(sale_key) REFERENCES sale (sale_key)
)
 WITHOUT ROWID;

CREATE TABLE sale_tender (
    sale_key INTEGER NOT NULL,
    position INTEGER NOT NULL,
    kind TEXT NOT NULL,
    amount INTEGER NOT NULL,
    tendered INTEGER NOT NULL,
    reference TEXT NOT NULL,
    authorisation TEXT NOT NULL,
    verified INTEGER NOT NULL,
    PRIMARY KEY (sale_key, position),
    FOREIGN KEY(sale_key) REFERENCES sale (sale_key)
)
 WITHOUT ROWID
"""


def upgrade() -> None:
    """Create the tables, their indexes, and the guards of what must not change."""
    for statement in TABLES.split(";"):
        op.execute(statement)
    for table in APPEND_ONLY:
        _forbid(table, "UPDATE")
        _forbid(table, "DELETE")
    for table in NEVER_DELETED:
        _forbid(table, "DELETE")


def _forbid(table: str, act: str) -> None:
    op.execute(
        f"CREATE TRIGGER {table}_no_{act.lower()} BEFORE {act} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table} allows no {act}'); END"
    )
