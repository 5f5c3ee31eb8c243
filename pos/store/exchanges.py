"""Goods that came back and wait for the ticket that they pay, kept so that a kill loses none."""

from __future__ import annotations

from pos.domain.exchange_draft import ExchangeDraft, exchange_content, read_exchange
from pos.domain.journal import canonical_json
from pos.store.statements import Statements, from_json

_SELECT = "SELECT body_json FROM exchange_draft"
_PUT = (
    "INSERT INTO exchange_draft (basket_id, return_id, body_json) VALUES (?, ?, ?)"
    " ON CONFLICT (basket_id) DO UPDATE SET return_id = excluded.return_id,"
    " body_json = excluded.body_json"
)


class StoredExchanges:
    """`ports.Exchanges` on the table exchange_draft."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def get(self, basket_id: str) -> ExchangeDraft | None:
        """Return what came back for a ticket."""
        return self._one("basket_id", basket_id)

    def of_return(self, return_id: str) -> ExchangeDraft | None:
        """Return what came back under the id of its return."""
        return self._one("return_id", return_id)

    def waiting(self) -> tuple[ExchangeDraft, ...]:
        """Return all that wait, the oldest first."""
        rows = self._sql.rows(f"{_SELECT} ORDER BY basket_id")
        return tuple(read_exchange(from_json(text)) for (text,) in rows)

    def save(self, draft: ExchangeDraft) -> None:
        """Keep what came back for a ticket, in place of what was kept for it."""
        body = canonical_json(exchange_content(draft))
        self._sql.run(_PUT, (draft.basket_id, draft.return_id, body))

    def remove(self, basket_id: str) -> None:
        """Forget what was recorded, or taken off the ticket again."""
        self._sql.run("DELETE FROM exchange_draft WHERE basket_id = ?", (basket_id,))

    def _one(self, column: str, key: str) -> ExchangeDraft | None:
        row = self._sql.one(f"{_SELECT} WHERE {column} = ?", (key,))
        return None if row is None else read_exchange(from_json(row[0]))
