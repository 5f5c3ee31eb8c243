"""Finds customers among millions while one stands at the counter.

A search for several words reads the entries of the rarest one in a row: the index holds the other
words of each name too, so that no record is read that is not shown. Two words that are both
frequent find more than are shown long before the reading ends; three that are all among the most
frequent are the dearest question there is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import JsonValue
from sqlalchemy import ColumnElement, Connection, Select, func, or_, select, union_all

from pos.domain.customer_search import (
    MOST_FOUND,
    CustomerQuery,
    closeness_of_words,
    holds,
    is_near,
    near_forms,
    read_query,
)
from sync.hub.customers.records import LIVE
from sync.hub.customers.words import CARD, EMAIL, PHONE
from sync.hub.tables_customers import (
    customer,
    customer_change,
    customer_key,
    customer_near,
    customer_word,
)

COUNTED_FIRST, MOST_COUNTED = 2_000, 30_000
MOST_READ, MOST_READ_NEAR = 150_000, 20_000
MOST_RANKED = 60
MOST_NEAR = 12
_LAST = "\U0010ffff"  # after every letter there is


@dataclass(frozen=True, slots=True)
class Found:
    """A customer that was found: the record as tills are told of it, whether the name only
    sounds like what was typed, and when the asking shop saw the customer, 0 for never.
    """

    content: Mapping[str, JsonValue]
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
    keyed = _live(connection, dict.fromkeys(_by_key(connection, query)))
    is_named = query.words and not (query.card and keyed)  # a card is nobody's name
    found = (_by_name(connection, query) if is_named else {}) | keyed
    seen = _seen(connection, shop, found)

    def order(customer_id: str) -> tuple[object, ...]:
        words = found[customer_id]
        near = closeness_of_words(query, words.split())
        return customer_id not in keyed, near, not seen.get(customer_id), words, customer_id

    shown = sorted(found, key=order)[:MOST_FOUND]
    contents = _contents(connection, shown)
    return tuple(
        Found(
            contents[one],
            one not in keyed and not holds(found[one], query.words),
            seen.get(one, 0),
        )
        for one in shown
        if one in contents
    )


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


def _by_name(connection: Connection, query: CustomerQuery) -> dict[str, str]:
    """Return the ids and words of names, near ones when nobody is called as was typed."""
    found = _holding(connection, [_Meant(word) for word in query.words], MOST_READ)
    if found:
        return found
    meant = [_Meant(word, _near_words(connection, word)) for word in query.words]
    if not any(one.near for one in meant):
        return {}
    return _holding(connection, meant, MOST_READ_NEAR)


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


def _holding(connection: Connection, meant: Sequence[_Meant], most: int) -> dict[str, str]:
    """Return ids and words of names that have each of the words, read by the rarest of them."""
    rarest, count = _rarest(connection, meant)
    if not count:
        return {}
    parts = [_cut(one, most) for one in meant[rarest].entries()]
    read = (union_all(*parts) if len(parts) > 1 else parts[0]).subquery("read")
    others = [one.is_in(read.c.words) for place, one in enumerate(meant) if place != rarest]
    wanted = select(read.c.customer_id, read.c.words).where(*others).limit(MOST_RANKED)
    return {row.customer_id: row.words for row in connection.execute(wanted)}


def _rarest(connection: Connection, meant: Sequence[_Meant]) -> tuple[int, int]:
    """Return which word has the fewest entries, and how many, as far as is worth counting."""
    if len(meant) == 1:
        return 0, 1
    counts = _counts(connection, meant, COUNTED_FIRST)
    if min(counts) >= COUNTED_FIRST:
        counts = _counts(connection, meant, MOST_COUNTED)
    return counts.index(min(counts)), min(counts)


def _counts(connection: Connection, meant: Sequence[_Meant], most: int) -> list[int]:
    ways = [(place, way) for place, one in enumerate(meant) for way in one.entries()]
    counted = [
        select(func.count())
        .select_from(way.order_by(None).limit(most).subquery())
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
    """Return words that may be meant by what was typed, the likeliest first.

    They are always as many, some of them twice: a statement of a new shape takes longer to put
    together than to run.
    """
    near = customer_near.c
    found = connection.scalars(
        select(near.word).where(near.form.in_(sorted(near_forms(typed)))).distinct()
    )
    meant = [word for word in found if is_near(typed, word) and not word.startswith(typed)]
    likeliest = sorted(meant, key=lambda word: (abs(len(word) - len(typed)), word))
    return tuple((likeliest * MOST_NEAR)[:MOST_NEAR])


def _live(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return the words of those records that are still of somebody."""
    if not (ids := list(ids)):
        return {}
    rows = connection.execute(
        select(customer.c.customer_id, customer.c.words).where(
            customer.c.customer_id.in_(ids), customer.c.state == LIVE
        )
    )
    return {row.customer_id: row.words for row in rows}


def _contents(connection: Connection, ids: Sequence[str]) -> dict[str, dict[str, JsonValue]]:
    if not ids:
        return {}
    rows = connection.execute(
        select(customer.c.customer_id, customer.c.content_json).where(
            customer.c.customer_id.in_(ids)
        )
    )
    return {row.customer_id: json.loads(row.content_json) for row in rows}


def _seen(connection: Connection, shop: str, ids: Iterable[str]) -> dict[str, int]:
    if not (ids := list(ids)):
        return {}
    change = customer_change.c
    rows = connection.execute(
        select(change.customer_id, change.seen_at_ms).where(
            change.shop == shop, change.customer_id.in_(ids)
        )
    )
    return {row.customer_id: row.seen_at_ms for row in rows}
