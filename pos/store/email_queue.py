"""Receipts that wait to be sent by e-mail, as the agent takes them."""

from __future__ import annotations

from pos.domain.printing import EmailJob
from pos.store.statements import Statements

_NEXT = (
    "SELECT job_id, sale_id, recipient, subject, text, pdf, created_at_ms FROM email_job"
    " WHERE state = 'queued' AND next_try_at_ms <= ? ORDER BY next_try_at_ms, rowid LIMIT 1"
)
# Once sent, the address and the text are nobody's business; the journal keeps that it was.
_SENT = (
    "UPDATE email_job SET state = 'sent', recipient = '', subject = '', text = '', pdf = x'',"
    " error = '' WHERE job_id = ?"
)
_FAILED = (
    "UPDATE email_job SET tries = tries + 1, error = ?, next_try_at_ms = coalesce(?, 0),"
    " state = CASE WHEN ? IS NULL THEN 'failed' ELSE 'queued' END WHERE job_id = ?"
)


def next_email(sql: Statements, now_ms: int) -> EmailJob | None:
    """Return the receipt whose turn it is to be sent (UTC ms)."""
    row = sql.one(_NEXT, (now_ms,))
    return None if row is None else EmailJob(*row)


def mark_sent(sql: Statements, job_id: str) -> None:
    """Note that a receipt was sent, and forget to whom."""
    sql.run(_SENT, (job_id,))


def mark_failed(sql: Statements, job_id: str, error: str, next_try_at_ms: int | None) -> None:
    """Note why a receipt was not sent and when to try again; None gives up."""
    sql.run(_FAILED, (error, next_try_at_ms, next_try_at_ms, job_id))
