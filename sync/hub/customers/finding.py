"""Finds customers among millions while one stands at the counter.

A search for several words reads the entries of the rarest one in a row: the index holds the other
words of each name too. When two words are both so frequent that the reading is cut off, one name
in five hundred has the other word as well, so that there are more found than are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, union_all

from pos.domain.customer import Customer
from pos.domain.customer_search import (
    MOST_FOUND,
    CustomerQuery,
    closeness,
    holds,
    is_near,
    name_words,
    near_forms,
    read_query,
)
from sync.hub.customers.records import LIVE, read_record
from sync.hub.customers.words import CARD, EMAIL, PHONE
from sync.hub.tables_customers import (
    customer,
    customer_change,
    customer_key,
    customer_near,
    customer_word,
)

MOST_COUNTED = 10_000
MOST_READ = 20_000
MOST_RANKED = 60
MOST_NEAR = 30
_LAST = "\U0010ffff"  # after every letter there is


@dataclass(frozen=True, slots=True)
class Found:
    """A customer that was found; `seen_at_ms` is when the asking shop saw them, 0 for never."""

    customer: Customer
    is_near: bool
    seen_at_ms: int


def find(connection: Connection, text: str, *, shop: str, country: str) -> tuple[Found, ...]:
    """Return at most 20 customers, the likeliest first.

    Args:
        text: Typed or scanned: a card, a phone or mail address or how it begins, words of a name.
        shop: The asking shop: of names that are as near, whom it knows come first.
        country: Where a phone is from that does not say it (ISO 3166-1 alpha-2).
    """
    query = read_query(text, country)
    keyed = _records(connection, dict.fromkeys(_by_key(connection, query)))
    is_named = query.words and not (query.card and keyed)  # a card is nobody's name
    named = _by_name(connection, query) if is_named else []
    unique = {one.customer_id: one for one in (*keyed, *named)}
    seen = _seen(connection, shop, unique)
    by_key = {one.customer_id for one in keyed}

    def order(one: Customer) -> tuple[object, ...]:
        is_seen = seen.get(one.customer_id, 0) > 0
        return (
            one.customer_id not in by_key,
            closeness(query, one.name),
            not is_seen,
            one.name,
            one.customer_id,
        )

    return tuple(
        Found(
            one,
            one.customer_id not in by_key and not holds(_text_of(one), query.words),
            seen.get(one.customer_id, 0),
        )
        for one in sorted(unique.values(), key=order)[:MOST_FOUND]
    )


def _text_of(one: Customer) -> str:
    return f" {' '.join(name_words(one.name))} "


def _by_key(connection: Connection, query: CustomerQuery) -> Iterator[str]:
    key = customer_key.c
    begun = ((PHONE, query.phone), (EMAIL, query.email))
    if query.card:
        yield from connection.scalars(
            select(key.customer_id)
            .where(key.kind == CARD, key.value == query.card)
            .limit(MOST_FOUND)
        )
    for kind, value in begun:
        if value:
            yield from connection.scalars(
                select(key.customer_id)
                .where(key.kind == kind, key.value >= value, key.value < value + _LAST)
                .order_by(key.value)
                .limit(MOST_FOUND)
            )


def _by_name(connection: Connection, query: CustomerQuery) -> list[Customer]:
    begun = [_Meant(word) for word in query.words]
    ids = _holding(connection, begun)
    if len(ids) < MOST_FOUND:
        meant = [_Meant(word, _near_words(connection, word)) for word in query.words]
        if any(one.near for one in meant):
            ids += _holding(connection, meant)
    return _records(connection, dict.fromkeys(ids))


@dataclass(frozen=True, slots=True)
class _Meant:
    """A word as it was typed, and the words that are near to it."""

    typed: str
    near: tuple[str, ...] = ()

    def entries(self) -> list[Select[Any]]:
        """Return what reads the entries of the index, those that begin so in their order."""
        word = customer_word.c
        read = select(word.customer_id, word.words)
        begun = read.where(word.word >= self.typed, word.word < self.typed + _LAST)
        found = [begun.order_by(word.word, word.customer_id)]
        return [*found, read.where(word.word.in_(self.near))] if self.near else found

    def is_in(self, words: ColumnElement[str]) -> ColumnElement[bool]:
        """Return whether a name has the word."""
        pieces = (f" {self.typed}", *(f" {word} " for word in self.near))
        return or_(*(words.contains(piece) for piece in pieces))


def _holding(connection: Connection, meant: Sequence[_Meant]) -> list[str]:
    """Return ids of names that have each of the words, read by the rarest of them."""
    counts = _counts(connection, meant)
    rarest = counts.index(min(counts))
    if not counts[rarest]:
        return []
    parts = [_cut(one, MOST_READ) for one in meant[rarest].entries()]
    read = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("read")
    others = [one.is_in(read.c.words) for place, one in enumerate(meant) if place != rarest]
    return list(connection.scalars(select(read.c.customer_id).where(*others).limit(MOST_RANKED)))


def _counts(connection: Connection, meant: Sequence[_Meant]) -> list[int]:
    """Return how many entries each word has, at most so many as are worth counting."""
    if len(meant) == 1:
        return [1]
    ways = [(place, way) for place, one in enumerate(meant) for way in one.entries()]
    counted = [
        select(func.count())
        .select_from(way.order_by(None).limit(MOST_COUNTED).subquery())
        .scalar_subquery()
        for _, way in ways
    ]
    counts = [0] * len(meant)
    for (place, _), count in zip(ways, connection.execute(select(*counted)).one(), strict=True):
        counts[place] += count
    return counts


def _cut(entries: Select[Any], most: int) -> Select[Any]:
    """Return so many of the entries, in a form that can be one part of several."""
    part = entries.limit(most).subquery()
    return select(part.c.customer_id, part.c.words)


def _near_words(connection: Connection, typed: str) -> tuple[str, ...]:
    """Return words that may be meant by what was typed, the likeliest first."""
    near = customer_near.c
    found = connection.scalars(
        select(near.word).where(near.form.in_(sorted(near_forms(typed)))).distinct()
    )
    meant = [word for word in found if is_near(typed, word) and not word.startswith(typed)]
    likeliest = sorted(meant, key=lambda word: (abs(len(word) - len(typed)), word))
    return tuple(likeliest[:MOST_NEAR])


def _records(connection: Connection, ids: Iterable[str]) -> list[Customer]:
    """Return the records of ids that are still of somebody."""
    if not (ids := list(ids)):
        return []
    texts = connection.scalars(
        select(customer.c.content_json).where(
            customer.c.customer_id.in_(ids), customer.c.state == LIVE
        )
    )
    return [read_record(text) for text in texts]


def _seen(connection: Connection, shop: str, ids: Iterable[str]) -> dict[str, int]:
    if not (ids := list(ids)):
        return {}
    change = customer_change.c
    rows: Iterable[Any] = connection.execute(
        select(change.customer_id, change.seen_at_ms).where(
            change.shop == shop, change.customer_id.in_(ids)
        )
    )
    return {row.customer_id: row.seen_at_ms for row in rows}
