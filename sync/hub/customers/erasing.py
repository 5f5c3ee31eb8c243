"""Forgets a customer who asks for it; what was sold, its totals and the chain stay as they are.

What goes: the record, what it was found by, the person in their orders, what was sent to them,
their sessions and carts at the web shop, and whose their sales, returns and credit were. What
stays are the facts (books are kept six years: Código de Comercio, art. 30; GDPR art. 17.3.b):
they name customers by an id that leads nowhere any more. A fact that holds more, such as who
collected an order in somebody's place, is told to whoever asked for the erasure.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, and_, or_, select

from pos.domain.customer import Customer, erased
from sync.hub import tables
from sync.hub.customers import records, words
from sync.hub.orders import book
from sync.hub.orders.forgetting import without_people
from sync.hub.tables_customers import customer
from sync.hub.tables_orders import (
    cart_act,
    customer_order,
    order_notice,
    store_cart,
    store_session,
)
from sync.hub.tables_returns import return_document
from sync.hub.tables_value import value_account

SHORTEST_TRACE = 4  # shorter texts are in everything


class HasOpenOrders(Exception):
    """Goods are still owed to the customer; `numbers` are the orders to hand over or cancel."""

    def __init__(self, numbers: Sequence[str]) -> None:
        super().__init__(", ".join(numbers))
        self.numbers = tuple(numbers)


@dataclass(frozen=True, slots=True)
class Trace:
    """A fact that still holds something of the customer."""

    till: str
    epoch: int
    seq: int
    kind: str


@dataclass(frozen=True, slots=True)
class Erasure:
    """How many orders were stripped, and the facts that still say something."""

    customer_id: str
    orders: int
    traces: tuple[Trace, ...]


def erase(connection: Connection, customer_id: str, now_ms: int) -> Erasure:
    """Forget a customer everywhere at the hub, and have every shop's tills forget them.

    Raises:
        NoSuchCustomer: There is none, or they were forgotten.
        HasOpenOrders: Goods are still owed to them; nothing was changed.
    """
    record = records.live(connection, customer_id)
    ids = records.ids_of(connection, record.customer_id)
    orders = _orders_of(connection, record, ids)
    if waiting := [row.number for row in orders if row.closed_at_ms == 0]:
        raise HasOpenOrders(sorted(waiting))
    for row in orders:
        known = book.held(connection, row.order_id)
        book.save(connection, known, without_people(known.order))
    _forget_uses(connection, ids, [row.order_id for row in orders])
    for shop in records.all_shops(connection):
        for one in ids:
            records.tell(connection, one, (shop,))
    said = tuple(_forget_record(connection, one, now_ms) for one in ids)
    words.forget(connection, sorted({word for text in said for word in text.split()}))
    return Erasure(record.customer_id, len(orders), traces_of(connection, record))


def traces_of(connection: Connection, record: Customer) -> tuple[Trace, ...]:
    """Return the facts that hold the name, a phone or an address; every fact is looked at."""
    texts = {
        json.dumps(text, ensure_ascii=False)[1:-1]  # as the bodies write quotes and backslashes
        for text in (record.name, *record.phones, *record.emails)
        if len(text) >= SHORTEST_TRACE
    }
    found: list[Trace] = []
    for table in (tables.inbox, tables.conflict) if texts else ():
        fact = table.c
        rows = connection.execute(
            select(fact.till, fact.epoch, fact.seq, fact.kind)
            .where(or_(*(fact.body_json.contains(text, autoescape=True) for text in texts)))
            .order_by(fact.till, fact.epoch, fact.seq)
        )
        found += [Trace(row.till, row.epoch, row.seq, row.kind) for row in rows]
    return tuple(found)


def _orders_of(connection: Connection, record: Customer, ids: Sequence[str]) -> Sequence[Any]:
    """Return their orders, and those of nobody known that name their address or phone."""
    order = customer_order.c
    keys = (*record.emails, *(phone.lstrip("+") for phone in record.phones))
    named = [order.search.contains(f" {key} ", autoescape=True) for key in keys]
    unlinked = and_(order.customer_id == "", or_(*named)) if named else None
    theirs = order.customer_id.in_(ids)
    return connection.execute(
        select(order.order_id, order.number, order.closed_at_ms)
        .where(theirs if unlinked is None else or_(theirs, unlinked))
        .order_by(order.shop, order.order_id)
    ).all()


def _forget_uses(connection: Connection, ids: Sequence[str], orders: Iterable[str]) -> None:
    connection.execute(order_notice.delete().where(order_notice.c.order_id.in_(list(orders))))
    for table in (store_session, store_cart, cart_act):
        connection.execute(table.delete().where(table.c.customer_id.in_(ids)))
    for table in (tables.sale, return_document, value_account):
        connection.execute(
            table.update().where(table.c.customer_id.in_(ids)).values(customer_id="")
        )


def _forget_record(connection: Connection, customer_id: str, now_ms: int) -> str:
    """Leave of a record that it was; return the words it was found by."""
    before = records.held(connection, customer_id)
    if before is None:
        return ""
    said = connection.scalar(select(customer.c.words).where(customer.c.customer_id == customer_id))
    after = replace(erased(before), version=before.version + 1)
    records.put(connection, before, after, now_ms)
    return said or ""
