"""The order book: how an order is kept, changed and told of. Everything else goes through here.

Whoever changes an order takes a number of its shop's feed first and the order's row then, always
in that order: the number's lock keeps the changes of a shop in one line, so that two changes
can neither overtake nor block each other, and a reader of the feed skips none.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.collection import Order
from pos.domain.collection_events import Event, event_body, kind_of
from pos.domain.collection_rules import MOVED_BEFORE, TOO_MUCH, Contradiction, applied
from sync.hub.bulk import insert_rows, upsert_rows
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables_orders import customer_order, order_change, order_event
from sync.wire.v1.orders import ORDER

STREAM = "orders"
APPLIED = "applied"


class NoSuchOrder(Exception):
    """The hub knows no order of that id."""


class OpIdUsed(Exception):
    """Something else happened under that op id."""


@dataclass(frozen=True, slots=True)
class Happened:
    """Who did something to an order and when; `till` is empty for the hub and for web shops."""

    op_id: str
    at_ms: int
    till: str = ""
    staff_id: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """An order nobody else can change until the commit, and the number its change will have."""

    order: Order
    change: int


def held(connection: Connection, order_id: str) -> Held:
    """Lock an order for a change.

    Raises:
        NoSuchOrder: There is none.
    """
    shop = connection.scalar(
        select(customer_order.c.shop).where(customer_order.c.order_id == order_id)
    )
    if shop is None:
        raise NoSuchOrder(order_id)
    while True:
        change = take_numbers(connection, of_shop(STREAM, shop), 1)[0]
        row = connection.execute(
            select(customer_order.c.shop, customer_order.c.content_json)
            .where(customer_order.c.order_id == order_id)
            .with_for_update()
        ).one()
        if row.shop == shop:
            return Held(read_order(row.content_json), change)
        shop = row.shop  # it moved while we waited


def get(connection: Connection, order_id: str) -> Order | None:
    """Return an order as it is now, without a lock."""
    text = connection.scalar(
        select(customer_order.c.content_json).where(customer_order.c.order_id == order_id)
    )
    return None if text is None else read_order(text)


def known(connection: Connection, order_id: str) -> Order:
    """Return an order as it is now, without a lock.

    Raises:
        NoSuchOrder: There is none.
    """
    order = get(connection, order_id)
    if order is None:
        raise NoSuchOrder(order_id)
    return order


def add(
    connection: Connection, order: Order, happened: Happened, body: object | None = None
) -> None:
    """Keep a new order and tell its shop; `body` is what else is noted of how it was placed.

    Raises:
        IntegrityError: An order of that id, op id or serial is kept.
    """
    change = take_numbers(connection, of_shop(STREAM, order.shop), 1)[0]
    insert_rows(connection, customer_order, [_row(order, happened.op_id)])
    _tell(connection, order.shop, order.order_id, change)
    note(connection, order.order_id, "order.placed", happened, body or {})


def save(connection: Connection, known: Held, order: Order) -> None:
    """Keep what an order became, and tell its shop; the shop it left too."""
    keep(connection, order)
    _tell(connection, known.order.shop, order.order_id, known.change)
    if order.shop != known.order.shop:
        change = take_numbers(connection, of_shop(STREAM, order.shop), 1)[0]
        _tell(connection, order.shop, order.order_id, change)


def keep(connection: Connection, order: Order) -> None:
    """Keep what an order became without telling any shop: none shows it any more."""
    values = dict(zip(customer_order.c.keys(), _row(order, ""), strict=True))
    del values["order_id"], values["op_id"], values["serial"]
    connection.execute(
        customer_order.update().where(customer_order.c.order_id == order.order_id).values(**values)
    )


def happen(
    connection: Connection, event: Event, happened: Happened, *, shop: str = ""
) -> tuple[Order, Order]:
    """Apply an event that was told; return the order before and after.

    Args:
        shop: The shop it was told from; empty for the hub itself.

    Raises:
        NoSuchOrder: There is none.
        Contradiction: It cannot be true of the order; it is noted with that outcome.
    """
    known = held(connection, event.order_id)
    body = event_body(event)
    kind = kind_of(event).value
    try:
        if shop and shop != known.order.shop:
            raise Contradiction(MOVED_BEFORE)
        # By a clock that is years behind it would be over for so long that all forget it.
        at_ms = max(happened.at_ms, known.order.placed_at_ms)
        after = applied(known.order, event, at_ms=at_ms, till=happened.till)
    except Contradiction as error:
        note(connection, event.order_id, kind, happened, body, outcome=error.code)
        raise
    except ValueError:  # no order can be so: a line of nothing, say
        note(connection, event.order_id, kind, happened, body, outcome=TOO_MUCH)
        raise Contradiction(TOO_MUCH) from None
    save(connection, known, after)
    note(connection, event.order_id, kind, happened, body)
    return known.order, after


def note(
    connection: Connection,
    order_id: str,
    kind: str,
    happened: Happened,
    body: object,
    *,
    outcome: str = APPLIED,
) -> None:
    """Keep that something happened; the same op id is noted once."""
    row = (
        happened.op_id,
        order_id,
        kind,
        happened.till,
        happened.staff_id,
        happened.at_ms,
        json.dumps(body, ensure_ascii=False, sort_keys=True),
        outcome,
    )
    upsert_rows(connection, order_event, [row], "(op_id) DO NOTHING")


def is_noted(connection: Connection, order_id: str, op_id: str, kinds: Collection[str]) -> bool:
    """True when something of these kinds happened to the order under that op id.

    Raises:
        OpIdUsed: It was something else, or another order.
    """
    row = connection.execute(
        select(order_event.c.order_id, order_event.c.kind).where(order_event.c.op_id == op_id)
    ).first()
    if row is not None and (row.order_id != order_id or row.kind not in kinds):
        raise OpIdUsed(op_id)
    return row is not None


def events_of(connection: Connection, order_id: str) -> Sequence[Row[Any]]:
    """Return what happened to an order, the oldest first."""
    return connection.execute(
        select(order_event)
        .where(order_event.c.order_id == order_id)
        .order_by(order_event.c.at_ms, order_event.c.op_id)
    ).all()


def read_order(content_json: str) -> Order:
    """Return an order as it was kept."""
    return ORDER.validate_json(content_json, strict=True)


def folded(text: str) -> str:
    """Return a text as it is searched: no accents, lower case."""
    split = unicodedata.normalize("NFKD", text)
    return "".join(char for char in split if not unicodedata.combining(char)).casefold()


def search_text(order: Order) -> str:
    """Return what an order is found by, folded, each word between spaces."""
    digits = "".join(char for char in order.phone if char.isdigit())
    names = (order.customer_name, *(collector.name for collector in order.collectors))
    words = (order.number, str(order.serial), order.short_code, digits, order.email)
    return f" {folded(' '.join((*words, order.member_card, *names)))} "


def _row(order: Order, op_id: str) -> tuple[object, ...]:
    return (
        order.order_id,
        op_id,
        order.serial,
        order.number,
        order.shop,
        order.state.value,
        order.short_code,
        order.customer_id,
        search_text(order),
        ORDER.dump_json(order).decode(),
        order.placed_at_ms,
        order.hold_until_ms,
        0 if order.is_open else order.closed_at_ms or 1,
    )


def _tell(connection: Connection, shop: str, order_id: str, change: int) -> None:
    upsert_rows(
        connection,
        order_change,
        [(shop, order_id, change)],
        "(shop, order_id) DO UPDATE SET change = excluded.change",
    )
