"""Turns counts into what goes with each product, anew whenever they grew by a tenth."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from pos.domain.suggestion import Neighbour, neighbours
from sync.hub.database import HubDatabase
from sync.hub.publishing.feed_numbers import SUGGESTIONS, take_numbers
from sync.hub.tables_suggestions import suggestion_pair, suggestion_product, suggestion_state

AT_A_TIME = 50  # products
NAMES_AT_A_TIME = 500
MOST_PAIRS = 400  # of a product, before the rarest are let go
PAIRS_KEPT = 200  # as good as all of them on real invoices
MANY_BASKETS = 2_000  # of a product; then its counts are halved, and what was long ago fades

Known = dict[str, tuple[Neighbour, ...]]


class Pair(NamedTuple):
    """In how many of a product's baskets another was, and in how many baskets at all."""

    other: str
    baskets: int
    sold: int


@dataclass(frozen=True, slots=True)
class Reckoned:
    """What goes with a product after so many baskets, and which of its pairs are let go."""

    sku: str
    baskets: int
    content: str
    rarest: tuple[str, ...]


def neighbours_of(connection: Connection, skus: Collection[str]) -> Known:
    """Return what goes with each of some products, as far as it was reckoned."""
    product = suggestion_product.c
    found: Known = {}
    for some in _in_parts(sorted(skus), NAMES_AT_A_TIME):
        rows = connection.execute(
            select(product.sku, product.content_json).where(product.sku.in_(some))
        )
        found |= {sku: read_content(content) for sku, content in rows}
    return found


def read_content(content: str) -> tuple[Neighbour, ...]:
    """Return what `content_json` says."""
    return tuple(Neighbour(sku, score) for sku, score in json.loads(content))


def due(connection: Connection, skus: Collection[str]) -> list[str]:
    """Return those of the products whose baskets grew by a tenth since they were reckoned."""
    product = suggestion_product.c
    found: list[str] = []
    for some in _in_parts(sorted(skus), NAMES_AT_A_TIME):
        is_due = product.baskets * 10 > product.reckoned * 11
        found += connection.scalars(select(product.sku).where(product.sku.in_(some), is_due))
    return found


def all_due(connection: Connection) -> list[str]:
    """Return every product whose baskets grew by a tenth since it was reckoned."""
    product = suggestion_product.c
    return list(
        connection.scalars(
            select(product.sku)
            .where(product.baskets * 10 > product.reckoned * 11)
            .order_by(product.sku)
        )
    )


def reckon(database: HubDatabase, skus: Sequence[str]) -> None:
    """Reckon anew what goes with some products; tills are told when they are told anything."""
    for some in _in_parts(skus, AT_A_TIME):
        with database.reading() as connection:
            reckoned = _reckoned(connection, some)
        with database.transaction() as connection:
            _keep(connection, reckoned)


def _reckoned(connection: Connection, skus: Sequence[str]) -> list[Reckoned]:
    product, pair = suggestion_product, suggestion_pair
    all_baskets = max(connection.scalar(select(suggestion_state.c.baskets)) or 1, 1)
    together: dict[str, list[Pair]] = defaultdict(list)
    beside = pair.join(product, product.c.sku == pair.c.other)
    for sku, *row in connection.execute(
        select(pair.c.sku, pair.c.other, pair.c.baskets, product.c.sold)
        .select_from(beside)
        .where(pair.c.sku.in_(skus))
    ):
        together[sku].append(Pair(*row))
    rows = connection.execute(
        select(product.c.sku, product.c.baskets).where(product.c.sku.in_(skus))
    )
    return [_of(sku, baskets, together[sku], all_baskets) for sku, baskets in rows]


def _of(sku: str, baskets: int, pairs: Sequence[Pair], all_baskets: int) -> Reckoned:
    found = neighbours(
        {one.other: one.baskets for one in pairs},
        baskets,
        {one.other: one.sold / all_baskets for one in pairs},
    )
    content = json.dumps(
        [[one.sku, one.score] for one in found], ensure_ascii=False, separators=(",", ":")
    )
    rarest: Sequence[Pair] = ()
    if len(pairs) > MOST_PAIRS:
        rarest = sorted(pairs, key=lambda one: (-one.baskets, one.other))[PAIRS_KEPT:]
    return Reckoned(sku, baskets, content, tuple(one.other for one in rarest))


def _keep(connection: Connection, reckoned: Sequence[Reckoned]) -> None:
    product = suggestion_product
    state = connection.execute(select(suggestion_state).with_for_update()).first()
    rows = connection.execute(
        select(product.c.sku, product.c.content_json).where(
            product.c.sku.in_([one.sku for one in reckoned])
        )
    )
    before: dict[str, str] = dict(rows.all())
    changed = [one for one in reckoned if before.get(one.sku) != one.content]
    is_told = state is not None and state.is_shown
    numbers = take_numbers(connection, SUGGESTIONS, len(changed) if is_told else 0)
    change = dict(zip((one.sku for one in changed), numbers, strict=False))
    for one in reckoned:
        told = {"change": change[one.sku]} if one.sku in change else {}
        connection.execute(
            product.update()
            .where(product.c.sku == one.sku)
            .values(reckoned=one.baskets, content_json=one.content, **told)
        )
        _let_go(connection, one)


def _let_go(connection: Connection, one: Reckoned) -> None:
    """Keep the pairs of a product few, and what was long ago light."""
    pair, product = suggestion_pair, suggestion_product
    if one.rarest:
        connection.execute(
            pair.delete().where(pair.c.sku == one.sku, pair.c.other.in_(one.rarest))
        )
    halved = connection.execute(
        product.update()
        .where(product.c.sku == one.sku, product.c.baskets >= MANY_BASKETS)
        .values(baskets=product.c.baskets // 2, reckoned=product.c.baskets // 2)
    )
    if halved.rowcount:
        of_it = pair.c.sku == one.sku
        connection.execute(pair.update().where(of_it).values(baskets=pair.c.baskets // 2))
        connection.execute(pair.delete().where(of_it, pair.c.baskets == 0))


def _in_parts(skus: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (skus[at : at + size] for at in range(0, len(skus), size))
