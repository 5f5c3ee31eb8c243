"""Print jobs, and receipts that wait to be sent by e-mail."""

from __future__ import annotations

from pos.domain.printing import EmailJob, PrintJob, PrintKind, PrintState
from pos.store.statements import Row, Statements

_SELECT = "SELECT job_id, kind, subject_id, state, created_at_ms, error FROM print_job"
_LATEST_OPEN = (
    "SELECT job_id, kind, subject_id, state, created_at_ms, error FROM print_job"
    " WHERE state <> 'confirmed' ORDER BY created_at_ms DESC LIMIT ?"
)
LATEST = 200  # jobs looked at for doubts
_PUT = (
    "INSERT INTO print_job (job_id, kind, subject_id, state, created_at_ms, error)"
    " VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (job_id) DO UPDATE SET state = excluded.state, error = excluded.error"
)
_QUEUE_EMAIL = (
    "INSERT INTO email_job (job_id, sale_id, recipient, subject, text, pdf, created_at_ms, state,"
    " tries, next_try_at_ms, error) VALUES (?, ?, ?, ?, ?, ?, ?, 'queued', 0, 0, '')"
)


class StoredPrints:
    """`ports.Prints` on the tables print_job and email_job."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def save(self, job: PrintJob) -> None:
        """Store a job, or what became of it."""
        self._sql.run(
            _PUT,
            (job.job_id, job.kind.value, job.subject_id, job.state.value, job.created_at_ms,
             job.error),
        )  # fmt: skip

    def get(self, job_id: str) -> PrintJob | None:
        """Return a job by id."""
        row = self._sql.one(f"{_SELECT} WHERE job_id = ?", (job_id,))
        return None if row is None else _job(row)

    def of_subject(self, subject_id: str) -> tuple[PrintJob, ...]:
        """Return the jobs that show a sale, session, basket or movement, the oldest first."""
        rows = self._sql.rows(
            f"{_SELECT} WHERE subject_id = ? ORDER BY created_at_ms, rowid", (subject_id,)
        )
        return tuple(_job(row) for row in rows)

    def unfinished(self) -> tuple[PrintJob, ...]:
        """Return the jobs queued, sent, unknown or failed, the oldest first.

        What a printer took that cannot say more is done: nobody will ever know better.
        """
        rows = self._sql.rows(
            f"{_SELECT} WHERE state <> 'confirmed' AND state <> 'handed over'"
            " ORDER BY created_at_ms, rowid"
        )
        return tuple(_job(row) for row in rows)

    def in_doubt(self) -> tuple[PrintJob, ...]:
        """Return the latest jobs of which nobody knows whether they came out, the oldest first.

        A printer that confirms nothing leaves every job open: only the last ones are read.
        """
        latest = [_job(row) for row in self._sql.rows(_LATEST_OPEN, (LATEST,))]
        return tuple(job for job in reversed(latest) if job.state is PrintState.UNKNOWN)

    def queue_email(self, job: EmailJob) -> None:
        """Queue a receipt for the agent to send."""
        self._sql.run(
            _QUEUE_EMAIL,
            (job.job_id, job.sale_id, job.recipient, job.subject, job.text, job.pdf,
             job.created_at_ms),
        )  # fmt: skip


def _job(row: Row) -> PrintJob:
    job_id, kind, subject_id, state, created_at_ms, error = row
    return PrintJob(job_id, PrintKind(kind), subject_id, PrintState(state), created_at_ms, error)
