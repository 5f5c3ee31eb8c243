"""What the feed and the pages are told of the desk's items and of what was done with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from sync.hub.tables import desk_fact, desk_item
from sync.wire.v1.desk import ItemState

LATELY_MS = 14 * 24 * 3_600_000


def changed_items(
    connection: Connection, shop: str, cursor: int, limit: int, now_ms: int
) -> Sequence[Row[Any]]:
    """Return the rows of a shop's items that changed after a cursor, the oldest change first.

    A till that begins (cursor 0) is told of what is open and of what was resolved lately; one
    that knows items is told of every change of them.
    """
    wanted = [desk_item.c.shop == shop, desk_item.c.change > cursor]
    if cursor == 0:
        is_open = desk_item.c.state == ItemState.OPEN.value
        wanted.append(or_(is_open, desk_item.c.resolved_at_ms >= now_ms - LATELY_MS))
    return connection.execute(
        select(desk_item).where(*wanted).order_by(desk_item.c.change).limit(limit)
    ).all()


def history(connection: Connection, item_id: str) -> Sequence[Row[Any]]:
    """Return what people did with an item, the first act first."""
    return connection.execute(
        select(desk_fact)
        .where(desk_fact.c.item_id == item_id)
        .order_by(desk_fact.c.at_ms, desk_fact.c.op_id)
    ).all()
