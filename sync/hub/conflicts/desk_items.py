"""What the feed and the pages are told of the desk's items and of what was done with them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, or_, select

from sync.hub.conflicts.desk_rules import ONLY_AT_THE_HUB, resolutions_of
from sync.hub.tables_desk import desk_fact, desk_item
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Side

LATELY_MS = 14 * 24 * 3_600_000


def items(
    connection: Connection, shops: Sequence[str], state: ItemState, *, limit: int = 500
) -> tuple[DeskItem, ...]:
    """Return items of some shops: open ones by money and then age, resolved ones latest first."""
    order = (
        (desk_item.c.money.desc(), desk_item.c.opened_at_ms)
        if state is ItemState.OPEN
        else (desk_item.c.resolved_at_ms.desc(), desk_item.c.item_id)
    )
    rows = connection.execute(
        select(desk_item)
        .where(desk_item.c.shop.in_(shops), desk_item.c.state == state.value)
        .order_by(*order)
        .limit(limit)
    )
    return tuple(as_message(row) for row in rows)


def item(connection: Connection, shop: str, item_id: str) -> DeskItem | None:
    """Return an item of a shop."""
    row = connection.execute(
        select(desk_item).where(desk_item.c.item_id == item_id, desk_item.c.shop == shop)
    ).first()
    return None if row is None else as_message(row)


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


def told_to_tills(row: Row[Any]) -> DeskItem:
    """Return an item as tills get it: without the ways out that are the hub's alone."""
    item = as_message(row)
    return item.model_copy(update={"resolutions": ()}) if item.kind in ONLY_AT_THE_HUB else item


def as_message(row: Row[Any]) -> DeskItem:
    """Return a row of `desk_item` as a message."""
    body = json.loads(row.body_json)
    kind = ItemKind(row.kind)
    return DeskItem(
        item_id=row.item_id,
        kind=kind,
        state=ItemState(row.state),
        shop=row.shop,
        till=row.till,
        subject=body["subject"],
        money=row.money,
        currency=row.currency,
        opened_at_ms=row.opened_at_ms,
        owner=row.owner,
        sides=tuple(Side.model_validate(side) for side in body["sides"]),
        resolutions=resolutions_of(kind) if row.state == ItemState.OPEN.value else (),
        resolution=row.resolution,
        resolved_by=row.resolved_by,
        resolved_at_ms=row.resolved_at_ms,
    )
