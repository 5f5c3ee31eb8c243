"""Card payment attempts: stored before the terminal is asked, until somebody knows."""

from __future__ import annotations

from pos.domain.card_payment import AttemptState, CardAttempt
from pos.domain.money import Money
from pos.store.statements import Row, Statements

_SELECT = (
    "SELECT attempt_id, basket_id, amount, currency, state, requested_at_ms, authorisation,"
    " verified FROM card_attempt"
)
_PUT = (
    "INSERT INTO card_attempt (attempt_id, basket_id, amount, currency, state, requested_at_ms,"
    " authorisation, verified) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (attempt_id) DO UPDATE SET state = excluded.state,"
    " authorisation = excluded.authorisation, verified = excluded.verified"
)


class StoredCards:
    """`ports.Cards` on the table card_attempt."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def save(self, attempt: CardAttempt) -> None:
        """Store an attempt, or what became of it; its basket and amount never change."""
        self._sql.run(
            _PUT,
            (
                attempt.attempt_id,
                attempt.basket_id,
                attempt.amount.minor,
                attempt.amount.currency,
                attempt.state.value,
                attempt.requested_at_ms,
                attempt.authorisation,
                attempt.is_verified,
            ),
        )

    def get(self, attempt_id: str) -> CardAttempt | None:
        """Return an attempt by id."""
        row = self._sql.one(f"{_SELECT} WHERE attempt_id = ?", (attempt_id,))
        return None if row is None else _attempt(row)

    def of_basket(self, basket_id: str) -> tuple[CardAttempt, ...]:
        """Return the attempts made for a basket, the oldest first."""
        rows = self._sql.rows(
            f"{_SELECT} WHERE basket_id = ? ORDER BY requested_at_ms, rowid", (basket_id,)
        )
        return tuple(_attempt(row) for row in rows)

    def open(self) -> tuple[CardAttempt, ...]:
        """Return the attempts whose outcome is not known, the oldest first."""
        rows = self._sql.rows(
            f"{_SELECT} WHERE state IN ('requested', 'unknown') ORDER BY requested_at_ms, rowid"
        )
        return tuple(_attempt(row) for row in rows)


def _attempt(row: Row) -> CardAttempt:
    attempt_id, basket_id, amount, currency, state, requested_at_ms, authorisation, verified = row
    return CardAttempt(
        attempt_id,
        basket_id,
        Money(amount, currency),
        AttemptState(state),
        requested_at_ms,
        authorisation,
        bool(verified),
    )
