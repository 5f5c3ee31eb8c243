"""Finds customers in the till's tables by what is typed, a few questions per key."""

from __future__ import annotations

from collections.abc import Sequence

from pos.domain.customer_search import CustomerQuery, closeness, is_near, near_forms
from pos.store.statements import Statements, to_json

CANDIDATES = 60  # of a common name: who types more of it finds fewer
_AFTER_ANY_TEXT = "\U0010ffff"
_BY_KEY = (
    "SELECT c.customer_key FROM customer_key k"
    " CROSS JOIN customer c ON c.customer_key = k.customer_key"
    " WHERE k.kind = ? AND k.value = ? ORDER BY c.used_at_ms DESC, c.customer_key LIMIT ?"
)
_BY_BEGINNING = (
    "SELECT DISTINCT k.customer_key FROM customer_key k"
    " WHERE k.kind = ? AND k.value >= ? AND k.value < ? ORDER BY k.value LIMIT ?"
)
_NEAR = "SELECT DISTINCT word FROM customer_form WHERE form IN (SELECT value FROM json_each(?))"
_BEGUN = "({0}.word >= ? AND {0}.word < ?)"
_BEGUN_OR_NEAR = "({0}.word >= ? AND {0}.word < ? OR {0}.word IN (SELECT value FROM json_each(?)))"
_ALSO = "EXISTS (SELECT 1 FROM customer_word x WHERE x.customer_key = w.customer_key AND {0})"


class CustomerLookup:
    """Answers with keys of the table `customer`, the likeliest first."""

    def __init__(self, statements: Statements) -> None:
        self._sql = statements

    def by_key(self, kind: str, value: str, *, limit: int) -> list[int]:
        """Return who has a phone (E.164), e-mail or card, who was here last first."""
        return [int(row[0]) for row in self._sql.rows(_BY_KEY, (kind, value, limit))]

    def keys(self, query: CustomerQuery, *, limit: int) -> list[int]:
        """Return whom a query may mean."""
        found: dict[int, None] = {}
        if query.card:
            found.update(dict.fromkeys(self.by_key("card", query.card, limit=limit)))
        for kind, begun in (("phone", query.phone), ("email", query.email)):
            if begun:
                found.update(dict.fromkeys(self._beginning(kind, begun, limit)))
        if query.words and not found:
            found.update(dict.fromkeys(self._by_words(query, limit)))
        return list(found)[:limit]

    def _beginning(self, kind: str, begun: str, limit: int) -> list[int]:
        bounds = (kind, begun, begun + _AFTER_ANY_TEXT, limit)
        return [int(row[0]) for row in self._sql.rows(_BY_BEGINNING, bounds)]

    def _by_words(self, query: CustomerQuery, limit: int) -> list[int]:
        """Ask for the words as they begin, and for near ones when that is not enough."""
        begun = [(_BEGUN, (word, word + _AFTER_ANY_TEXT)) for word in query.words]
        rows = self._having(begun)
        if len(rows) >= limit:  # whole words first, as the index has them
            return [key for key, _ in rows]
        near = [
            (_BEGUN_OR_NEAR, (word, word + _AFTER_ANY_TEXT, to_json(self._near(word))))
            for word in query.words
        ]
        found = dict((*rows, *self._having(near)))
        return sorted(found, key=lambda key: (closeness(query, found[key]), found[key], key))

    def _is_a_word(self, condition: str, values: tuple[str, ...]) -> bool:
        query = f"SELECT 1 FROM customer_word w WHERE {condition.format('w')} LIMIT 1"  # noqa: S608
        return self._sql.one(query, values) is not None

    def _near(self, typed: str) -> list[str]:
        rows = self._sql.rows(_NEAR, (to_json(sorted(near_forms(typed))),))
        return [str(row[0]) for row in rows if is_near(typed, str(row[0]))]

    def _having(self, wanted: Sequence[tuple[str, tuple[str, ...]]]) -> list[tuple[int, str]]:
        """Return key and name of customers with a word for each of what is wanted.

        The longest word, which fewest have, is asked for first.
        """
        if not all(self._is_a_word(*each) for each in wanted):
            return []  # at once: the others of a few letters are words of half the customers
        first, *others = sorted(wanted, key=lambda each: -len(each[1][0]))
        conditions = [first[0].format("w")]
        parameters = list(first[1])
        for condition, values in others:
            conditions.append(_ALSO.format(condition.format("x")))
            parameters += values
        query = (
            "SELECT c.customer_key, c.name FROM (SELECT DISTINCT w.customer_key"  # noqa: S608
            f" FROM customer_word w WHERE {' AND '.join(conditions)} LIMIT ?) f"
            " CROSS JOIN customer c ON c.customer_key = f.customer_key"
        )
        rows = self._sql.rows(query, (*parameters, CANDIDATES))
        return [(int(key), str(name)) for key, name in rows]
