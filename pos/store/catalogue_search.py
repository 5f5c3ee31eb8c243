"""Finds what a shopper means in one catalogue file, a few questions to its index per key.

Whole words come before beginnings; among them the names that begin with what was typed and the
products customers ask for, then the others; then the rank of the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlcipher3 import dbapi2 as driver

from pos.store.catalogue_schema import SHORTEST_LISTED_WORD
from pos.store.catalogue_words import (
    CODE_FIRST_DIGITS,
    any_of,
    beginning,
    code_in,
    gtin_ranges,
    is_begun_by,
    listed_form,
    plain_words_of,
    shorter_beginnings,
    starts_of,
    whole_words,
    words_of,
)
from pos.store.engine import INTERRUPT, error_code

# The index is asked for the first products in the order of their rank and never sorts.
_WORDS = (
    "SELECT w.rowid, p.name, p.popularity FROM product_words w"
    " CROSS JOIN product p ON p.product_id = w.rowid"
    " WHERE w.product_words MATCH ? ORDER BY w.rowid LIMIT ?"
)
_PROBE = "SELECT 1 FROM product_words WHERE product_words MATCH ? LIMIT 1"
_LISTED = "SELECT term FROM word WHERE term >= ? AND term < ? LIMIT ?"
_GTIN_RANGE = "SELECT product_id FROM product WHERE gtin BETWEEN ? AND ? ORDER BY gtin LIMIT ?"
_SKU_RANGE = "SELECT product_id FROM product WHERE sku >= ? AND sku < ? ORDER BY sku LIMIT ?"
_AFTER_ANY_TEXT = "\U0010ffff"
# Chocolate in all its spellings is 212 words of 300,000 real products: 0.5 ms as a list of
# words, 4 ms as a beginning the index has no prefixes for.
MOST_LISTED = 250
CANDIDATES_PER_HIT = 3

Rows = Callable[[str, Sequence[object]], list[Any]]


class CatalogueSearch:
    """Answers what is typed with the ids of products; `rows` runs a query on the file."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def ids(self, text: str, limit: int) -> list[int]:
        """Return the products a text may mean, the likeliest first."""
        found: dict[int, None] = {}
        code = code_in(text)
        codes = self._by_code(code, limit) if code else []
        if code and len(code) >= CODE_FIRST_DIGITS:
            found.update(dict.fromkeys(codes))
        if len(found) < limit:
            found.update(dict.fromkeys(self._by_words(text, limit)))
        found.update(dict.fromkeys(codes))
        return list(found)[:limit]

    def _by_code(self, code: str, limit: int) -> list[int]:
        exact = self._column("SELECT product_id FROM product WHERE sku = ?", (code,))
        numbers: list[int] = []
        if code.isdigit():
            for low, high in gtin_ranges(code):
                numbers += self._column(_GTIN_RANGE, (low, high, limit))
        for start in dict.fromkeys((code, code.upper())):
            numbers += self._column(_SKU_RANGE, (start, start + _AFTER_ANY_TEXT, limit))
        return exact + numbers

    def _by_words(self, text: str, limit: int) -> list[int]:
        """Ask the index; where its Unicode and ours differ, ask with fewer characters."""
        for words in (words_of(text), words_of(text, "LN")):
            try:
                return self._by(words, limit)
            except driver.OperationalError as error:
                if error_code(error) == INTERRUPT:
                    raise
        return self._by(plain_words_of(text), limit)

    def _by(self, words: Sequence[str], limit: int) -> list[int]:
        """Rank what has the whole words, and ask for beginnings when that is not enough."""
        if not words:
            return []
        candidates = limit * CANDIDATES_PER_HIT
        near, far = self._match(words, whole_words(words), candidates)
        if len(near) >= limit:
            return near
        near_begun, far_begun = self._match(words, self._beginnings(words), candidates)
        found = dict.fromkeys((*near, *near_begun, *far, *far_begun))
        return list(found) or self._nearest(words, candidates)

    def _match(
        self, words: Sequence[str], question: str, limit: int
    ) -> tuple[list[int], list[int]]:
        """Return what answers a question in two parts, each by rank: the near, the far."""
        near: list[int] = []
        far: list[int] = []
        starts = starts_of(words)
        for product_id, name, popularity in self._rows(_WORDS, (question, limit)):
            is_near = popularity > 0 or is_begun_by(name, starts)
            (near if is_near else far).append(product_id)
        return near, far

    def _nearest(self, words: Sequence[str], limit: int) -> list[int]:
        """Shorten the long words that nothing begins with; leave out what nobody knows."""
        questions = [question for word in words for question in self._known_beginning(word)]
        if not questions or questions == [self._beginning(word) for word in words]:
            return []
        near, far = self._match(words, " AND ".join(questions), limit)
        return near + far

    def _known_beginning(self, word: str) -> list[str]:
        """Return the question for a word or its longest known beginning, none when unknown."""
        for question in (self._beginning(word), *map(self._starting, shorter_beginnings(word))):
            if self._rows(_PROBE, (question,)):
                return [question]
        return []

    def _beginnings(self, words: Sequence[str]) -> str:
        return " AND ".join(self._beginning(word) for word in words)

    def _beginning(self, word: str) -> str:
        return beginning(word, self._starting)

    def _starting(self, start: str) -> str:
        """Return the question for the words that begin with `start`, by name when they are few."""
        listed = listed_form(start)
        if listed is not None and len(listed) >= SHORTEST_LISTED_WORD:
            bounds = (listed, listed + _AFTER_ANY_TEXT, MOST_LISTED + 1)
            terms = self._column(_LISTED, bounds)
            if 0 < len(terms) <= MOST_LISTED:
                return any_of(f'"{term}"' for term in terms)
        return f'"{start}" *'

    def _column(self, query: str, parameters: Sequence[object]) -> list[Any]:
        return [row[0] for row in self._rows(query, parameters)]
