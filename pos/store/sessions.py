"""Shifts, their cash movements, and the Z of each as it was taken."""

from __future__ import annotations

from pos.domain.till_session import CashMovement, SessionFigures, SessionReport, TillSession
from pos.store.figures import movement_from_row, session_figures
from pos.store.reports import (
    count_from_json,
    count_to_json,
    counts_from_json,
    counts_to_json,
    report_from_json,
    report_to_json,
)
from pos.store.statements import Row, Statements

_SELECT = (
    "SELECT session_id, number, business_day, opened_at_ms, opened_by, currency, opening_float,"
    " counts, closed_at_ms FROM till_session"
)
_PUT = (
    "INSERT INTO till_session (session_id, number, business_day, opened_at_ms, opened_by,"
    " currency, opening_float, counts, closed_at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (session_id) DO UPDATE SET counts = excluded.counts,"
    " closed_at_ms = excluded.closed_at_ms"
)
_ADD_MOVEMENT = (
    "INSERT INTO cash_movement (movement_id, session_id, kind, amount, currency, reason,"
    " staff_id, at_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
_MOVEMENT = (
    "SELECT movement_id, session_id, kind, amount, currency, reason, staff_id, at_ms"
    " FROM cash_movement WHERE movement_id = ?"
)


class StoredSessions:
    """`ports.Sessions` on the tables till_session, cash_movement and session_report."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def current(self) -> TillSession | None:
        """Return the shift that is open."""
        return self._first("WHERE closed_at_ms IS NULL ORDER BY opened_at_ms DESC LIMIT 1")

    def get(self, session_id: str) -> TillSession | None:
        """Return a shift by id."""
        return self._first("WHERE session_id = ?", session_id)

    def last_closed(self) -> TillSession | None:
        """Return the shift closed last."""
        return self._first(
            "WHERE closed_at_ms IS NOT NULL ORDER BY closed_at_ms DESC, number DESC LIMIT 1"
        )

    def save(self, session: TillSession) -> None:
        """Store a shift; once stored only its counts and its closing change."""
        self._sql.run(
            _PUT,
            (
                session.session_id,
                session.number,
                session.business_day,
                session.opened_at_ms,
                session.opened_by,
                session.opening_float.currency,
                count_to_json(session.opening_float),
                counts_to_json(session.counts),
                session.closed_at_ms,
            ),
        )

    def add_movement(self, movement: CashMovement) -> None:
        """Store cash that moved without a sale."""
        self._sql.run(
            _ADD_MOVEMENT,
            (
                movement.movement_id,
                movement.session_id,
                movement.kind.value,
                movement.amount.minor,
                movement.amount.currency,
                movement.reason,
                movement.staff_id,
                movement.at_ms,
            ),
        )

    def movement(self, movement_id: str) -> CashMovement | None:
        """Return a cash movement by id."""
        row = self._sql.one(_MOVEMENT, (movement_id,))
        return None if row is None else movement_from_row(row)

    def figures(self, session_id: str) -> SessionFigures:
        """Sum up what happened in a shift.

        Raises:
            LookupError: There is no such shift.
        """
        session = self.get(session_id)
        if session is None:
            raise LookupError(f"session {session_id}")
        return session_figures(self._sql, session_id, session.opening_float.currency)

    def grand_total_minor(self) -> int:
        """Return the perpetual total of all sales of this till, in minor units."""
        (total,) = self._sql.rows("SELECT coalesce(sum(total), 0) FROM series_total")[0]
        return int(total)

    def grand_total_returns_minor(self) -> int:
        """Return the perpetual total of all returns of this till, in minor units."""
        (total,) = self._sql.rows("SELECT coalesce(sum(total), 0) FROM return_total")[0]
        return int(total)

    def save_report(self, report: SessionReport) -> None:
        """Keep a shift's report as it was taken, for printing: its last X, then its Z."""
        self._sql.run(
            "INSERT INTO session_report (session_id, number, body) VALUES (?, ?, ?)",
            (report.session.session_id, report.number, report_to_json(report)),
        )

    def report(self, session_id: str) -> SessionReport | None:
        """Return the Z of a shift, or the last X while it is open."""
        row = self._sql.one(
            "SELECT number, body FROM session_report WHERE session_id = ?"
            " ORDER BY report_id DESC LIMIT 1",
            (session_id,),
        )
        return None if row is None else report_from_json(*row)

    def _first(self, condition: str, *parameters: str) -> TillSession | None:
        row = self._sql.one(f"{_SELECT} {condition}", parameters)
        return None if row is None else _session(row)


def _session(row: Row) -> TillSession:
    (session_id, number, business_day, opened_at_ms, opened_by, currency, *rest) = row
    opening_float, counts, closed_at_ms = rest
    return TillSession(
        session_id,
        number,
        business_day,
        opened_at_ms,
        opened_by,
        count_from_json(opening_float, currency),
        counts_from_json(counts, currency),
        closed_at_ms,
    )
