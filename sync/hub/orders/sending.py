"""The courier has an order that was filled elsewhere: its parcels and its goods are on the way."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection, select

from pos.domain.collection import Order, OrderState, Parcel, ParcelState
from pos.domain.collection_rules import NO_SUCH_LINE, NOT_NOW, TOO_MUCH, Contradiction
from sync.connectors.builtin import change_levels
from sync.hub.bulk import insert_rows
from sync.hub.orders import book, reserving
from sync.hub.orders.refunding import owe
from sync.hub.tables import shop, stock_movement
from sync.wire.v1.placing import DispatchOrder

KIND = "order.dispatched"


def dispatch(connection: Connection, order_id: str, asked: DispatchOrder, now_ms: int) -> Order:
    """Note what the courier has; the same op id again changes nothing.

    The goods move from the stock of where they were filled to that of where they are collected,
    reserved for the order: they are nobody else's on the way.

    Raises:
        NoSuchOrder: There is none.
        OpIdUsed: The op id is of something else.
        Contradiction: It is not filled elsewhere, or on its way already, or not so much of it.
    """
    known = book.held(connection, order_id)
    order = known.order
    if book.is_noted(connection, order_id, asked.op_id, {KIND}):
        return order
    if not order.from_shop or order.state is not OrderState.IN_TRANSIT or order.parcels:
        raise Contradiction(NOT_NOW)
    sent = _with_picked(order, {each.line: each.quantity for each in asked.lines})
    if not any(line.picked for line in sent.lines):  # there is nothing to bring: cancel it
        raise Contradiction(NOT_NOW)
    sent = replace(
        sent,
        parcels=tuple(
            Parcel(number, state=ParcelState.IN_TRANSIT) for number in range(1, asked.parcels + 1)
        ),
    )
    book.save(connection, known, sent)
    book.note(
        connection,
        order_id,
        KIND,
        book.Happened(asked.op_id, now_ms),
        asked.model_dump(mode="json"),
    )
    reserving.settle(connection, sent)
    _move_stock(connection, sent, asked.op_id, now_ms)
    owe(connection, order_id, "shortage", now_ms)
    return book.known(connection, order_id)


def _with_picked(order: Order, shipped: Mapping[int, int]) -> Order:
    """Return the order with what was shipped of each line; the rest of it is short.

    Raises:
        Contradiction: A line that it has not, or more than was ordered.
    """
    if not shipped.keys() <= {line.number for line in order.lines}:
        raise Contradiction(NO_SUCH_LINE)
    lines = []
    for line in order.lines:
        picked = shipped.get(line.number, line.quantity)
        if picked > line.quantity:
            raise Contradiction(TOO_MUCH)
        lines.append(replace(line, picked=picked, short=line.quantity - picked))
    return replace(order, lines=tuple(lines))


def _move_stock(connection: Connection, order: Order, op_id: str, now_ms: int) -> None:
    """Move the goods between the shops that we keep the stock of; a warehouse may be another's."""
    picked: Counter[str] = Counter()
    for line in order.lines:
        picked[line.sku] += line.picked
    ours = set(connection.scalars(select(shop.c.code)))
    for code, sign in sorted({order.from_shop: -1, order.shop: 1}.items()):
        if code not in ours:
            continue
        deltas = {sku: sign * quantity for sku, quantity in picked.items() if quantity}
        rows = [
            (f"{op_id}:{code}:{sku}", code, sku, delta, "transfer", now_ms)
            for sku, delta in deltas.items()
        ]
        insert_rows(connection, stock_movement, rows)
        change_levels(connection, code, deltas, now_ms)
