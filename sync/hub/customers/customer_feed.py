"""The feed of a shop's customers: whom its tills keep, and who is gone.

A shop keeps whom it saw in 90 days and who has an order open there, at most 20,000. That somebody
was erased or merged every shop is told, for any till may have asked the hub for them.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, exists, or_, select

from sync.hub.customers.records import LIVE, STREAM
from sync.hub.publishing.feed_numbers import complete_after, last_number, of_shop
from sync.hub.tables_customers import customer, customer_change
from sync.hub.tables_orders import customer_order
from sync.wire.v1.customers import CustomerItem, CustomerPage

SEEN_MS = 90 * 24 * 3_600_000
MOST_KEPT = 20_000
MAX_ITEMS = 500
MAX_PAGE_CHARS = 2 * 1024 * 1024


def customer_page(
    connection: Connection, shop: str, cursor: int, limit: int, now_ms: int
) -> CustomerPage:
    """Return the customers of a shop that changed after `cursor`, the oldest change first."""
    limit = min(limit, MAX_ITEMS)
    rows = _changed(connection, shop, cursor, limit + 1, now_ms)
    shown = rows[: _fitting(rows, limit)]
    more = len(rows) > len(shown)
    name = of_shop(STREAM, shop)
    return CustomerPage(
        cursor=shown[-1].change if more else last_number(connection, name),
        complete_after=complete_after(connection, name, cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(_item(row, now_ms) for row in shown),
    )


def _changed(
    connection: Connection, shop: str, cursor: int, limit: int, now_ms: int
) -> Sequence[Any]:
    change, order = customer_change.c, customer_order.c
    has_order = exists().where(
        order.customer_id == change.customer_id, order.shop == shop, order.closed_at_ms == 0
    )
    wanted = [change.shop == shop, change.change > cursor]
    if cursor == 0:
        kept = and_(change.seen_at_ms >= _since(connection, shop, now_ms), change.seen_at_ms > 0)
        wanted.append(or_(customer.c.state != LIVE, kept, has_order))
    return connection.execute(
        select(
            change.customer_id,
            change.change,
            change.seen_at_ms,
            customer.c.state,
            customer.c.content_json,
            has_order.label("has_order"),
        )
        .join(customer, customer.c.customer_id == change.customer_id)
        .where(*wanted)
        .order_by(change.change)
        .limit(limit)
    ).all()


def _since(connection: Connection, shop: str, now_ms: int) -> int:
    """Return since when a shop must have seen somebody to keep them now, UTC ms."""
    seen = connection.scalar(
        select(customer_change.c.seen_at_ms)
        .where(customer_change.c.shop == shop)
        .order_by(customer_change.c.seen_at_ms.desc())
        .offset(MOST_KEPT)
        .limit(1)
    )
    return max(now_ms - SEEN_MS, (seen or 0) + 1)


def _fitting(rows: Sequence[Any], limit: int) -> int:
    """Return how many rows go onto a page: at least one when there is one."""
    size = 0
    for count, row in enumerate(rows[:limit]):
        size += len(row.content_json)
        if count and size > MAX_PAGE_CHARS:
            return count
    return min(len(rows), limit)


def _item(row: Any, now_ms: int) -> CustomerItem:
    is_kept = row.seen_at_ms >= now_ms - SEEN_MS or row.has_order or row.state != LIVE
    content = json.loads(row.content_json) if is_kept else None
    return CustomerItem(customer_id=row.customer_id, seen_at_ms=row.seen_at_ms, content=content)
