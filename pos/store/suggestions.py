"""What goes with a product, as the hub told it; the till only looks it up."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from pos.domain.suggestion import Neighbour
from pos.store.statements import Statements, from_json, to_json

CURSOR = "suggestions"

_PUT = (
    "INSERT INTO suggestion (sku, content) VALUES (?, ?)"
    " ON CONFLICT (sku) DO UPDATE SET content = excluded.content"
)
_DROP = "DELETE FROM suggestion WHERE sku = ?"
_BESIDE = (
    "SELECT s.sku, s.content FROM json_each(?) asked"
    " CROSS JOIN suggestion s ON s.sku = asked.value"
)

Beside = Mapping[str, tuple[Neighbour, ...]]


@dataclass(frozen=True, slots=True)
class SuggestionsTold:
    """What a page of the feed says: what goes with each product, nothing for no more.

    `all_there_are` are the SKUs of a whole list once it is complete, None before.
    """

    changed: Beside
    all_there_are: Collection[str] | None


class StoredSuggestions:
    """`ports.Suggestions` on the table suggestion."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def beside(self, skus: Collection[str]) -> Beside:
        """Return what goes with each of some products; one that nothing goes with is left out."""
        rows = self._sql.rows(_BESIDE, (json.dumps(list(skus)),))
        return {
            str(sku): tuple(Neighbour(other, score) for other, score in from_json(content))
            for sku, content in rows
        }


def mirror(sql: Statements, told: SuggestionsTold) -> None:
    """Take over what the hub says."""
    content = {
        sku: to_json([[one.sku, one.score] for one in beside])
        for sku, beside in told.changed.items()
    }
    sql.run_many(_PUT, [(sku, text) for sku, text in content.items() if told.changed[sku]])
    sql.run_many(_DROP, [(sku,) for sku, beside in told.changed.items() if not beside])
    if told.all_there_are is not None:
        known = {str(sku) for (sku,) in sql.rows("SELECT sku FROM suggestion")}
        sql.run_many(_DROP, [(sku,) for sku in sorted(known.difference(told.all_there_are))])
