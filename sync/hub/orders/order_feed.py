"""The feed of a shop's orders: each whole, and which facts of the asking till it shows."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, or_, select

from sync.hub.orders.book import STREAM
from sync.hub.publishing.feed_numbers import complete_after, last_number, of_shop
from sync.hub.tables import till_mark
from sync.hub.tables_orders import customer_order, order_change
from sync.wire.v1.orders import MAX_ORDERS, OrderItem, OrderPage

TOLD_CLOSED_MS = 30 * 24 * 3_600_000
# An order of 500 lines is some 200 KiB: what a till takes in at once is bounded by size too.
MAX_PAGE_CHARS = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Asker:
    """The till that asks, and the epoch it speaks in; 0 when it does not say."""

    till: str
    epoch: int = 0


def order_page(
    connection: Connection, shop: str, asker: Asker, cursor: int, limit: int, now_ms: int
) -> OrderPage:
    """Return the orders of a shop that changed after `cursor`, the oldest change first.

    Args:
        connection: Sees one moment, so that the orders and what was heard of the till agree.
        shop: Whose orders.
        asker: Who asks, and is told which of the facts of its epoch were heard.
        cursor: The last change the till knows, 0 for none: then it is not told what is over.
        limit: At most so many orders, and fewer when they are large.
        now_ms: UTC.
    """
    rows = _changed(connection, shop, cursor, min(limit, MAX_ORDERS) + 1, now_ms)
    shown = rows[: _fitting(rows, min(limit, MAX_ORDERS))]
    more = len(rows) > len(shown)
    epoch, seq = _heard(connection, asker)
    return OrderPage(
        cursor=shown[-1].change if more else last_number(connection, of_shop(STREAM, shop)),
        complete_after=complete_after(connection, of_shop(STREAM, shop), cursor),
        more=more,
        hub_time_ms=now_ms,
        heard_epoch=epoch,
        heard_seq=seq,
        items=tuple(_item(row, shop, now_ms) for row in shown),
    )


def _changed(
    connection: Connection, shop: str, cursor: int, limit: int, now_ms: int
) -> Sequence[Any]:
    order = customer_order.c
    wanted = [order_change.c.shop == shop, order_change.c.change > cursor]
    if cursor == 0:
        lately = or_(order.closed_at_ms == 0, order.closed_at_ms >= now_ms - TOLD_CLOSED_MS)
        wanted += [order.shop == shop, lately]
    return connection.execute(
        select(
            order_change.c.order_id,
            order_change.c.change,
            order.shop,
            order.closed_at_ms,
            order.content_json,
        )
        .join(customer_order, order.order_id == order_change.c.order_id)
        .where(*wanted)
        .order_by(order_change.c.change)
        .limit(limit)
    ).all()


def _fitting(rows: Sequence[Any], limit: int) -> int:
    """Return how many rows go onto a page: at least one when there is one."""
    size = 0
    for count, row in enumerate(rows[:limit]):
        size += len(row.content_json)
        if count and size > MAX_PAGE_CHARS:
            return count
    return min(len(rows), limit)


def _item(row: Any, shop: str, now_ms: int) -> OrderItem:
    is_over = 0 < row.closed_at_ms < now_ms - TOLD_CLOSED_MS
    is_told = row.shop == shop and not is_over
    content = json.loads(row.content_json) if is_told else None
    return OrderItem(order_id=row.order_id, change=row.change, content=content)


def _heard(connection: Connection, asker: Asker) -> tuple[int, int]:
    """Return an epoch and how far the till's facts have arrived there; its latest if not said.

    A machine that goes on in the epoch before, since another was restored from its copy, has
    said nothing of what the latest epoch's mark is about.
    """
    mark = till_mark.c
    wanted = select(mark.epoch, mark.received_through).where(mark.till == asker.till)
    if asker.epoch:
        wanted = wanted.where(mark.epoch == asker.epoch)
    row = connection.execute(wanted.order_by(mark.epoch.desc()).limit(1)).first()
    return (row.epoch, row.received_through) if row else (asker.epoch, 0)
