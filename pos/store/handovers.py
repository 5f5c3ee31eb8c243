"""Handovers that are on the counter, kept so that a kill loses none of them."""

from __future__ import annotations

from pos.domain.handover import HandoverDraft
from pos.store.order_json import draft_from_json, draft_to_json
from pos.store.orders import DROP_IF_GONE
from pos.store.statements import Statements

_SELECT = "SELECT content FROM handover"
_PUT = (
    "INSERT INTO handover (order_id, basket_id, began_at_ms, content) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (order_id) DO UPDATE SET basket_id = excluded.basket_id,"
    " began_at_ms = excluded.began_at_ms, content = excluded.content"
)


class StoredHandovers:
    """`ports.Handovers` on the table handover."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def current(self) -> tuple[HandoverDraft, ...]:
        """Return them, the oldest first."""
        rows = self._sql.rows(f"{_SELECT} ORDER BY began_at_ms, order_id")
        return tuple(draft_from_json(text) for (text,) in rows)

    def get(self, order_id: str) -> HandoverDraft | None:
        """Return the handover of an order."""
        return self._one("order_id", order_id)

    def of_basket(self, basket_id: str) -> HandoverDraft | None:
        """Return the handover a ticket belongs to."""
        return self._one("basket_id", basket_id) if basket_id else None

    def save(self, draft: HandoverDraft) -> None:
        """Keep a handover as it is now."""
        row = (draft.order_id, draft.basket_id, draft.began_at_ms, draft_to_json(draft))
        self._sql.run(_PUT, row)

    def remove(self, order_id: str) -> None:
        """Forget a handover that was done or given up, and an order that went meanwhile."""
        self._sql.run("DELETE FROM handover WHERE order_id = ?", (order_id,))
        self._sql.run(DROP_IF_GONE, (order_id,))

    def _one(self, column: str, key: str) -> HandoverDraft | None:
        row = self._sql.one(f"{_SELECT} WHERE {column} = ?", (key,))
        return None if row is None else draft_from_json(row[0])
