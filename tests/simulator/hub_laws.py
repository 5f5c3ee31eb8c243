"""What must hold at the hub by itself: its stock, its claims, and what its desk was told."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from sync.hub import tables, tables_counter, tables_desk
from sync.wire.v1.desk import ItemKind


def stock_faults(connection: Connection) -> Iterator[str]:
    """Yield where the stock is not what came less what was sold."""
    sold: Counter[tuple[str, str]] = Counter()
    line, sale = tables.sale_line.c, tables.sale.c
    for shop, sku, quantity in connection.execute(
        select(sale.shop, line.sku, func.sum(line.quantity))
        .join(tables.sale, sale.sale_id == line.sale_id)
        .where(~line.is_void)
        .group_by(sale.shop, line.sku)
    ):
        sold[shop, sku] -= quantity
    moved = tables.stock_movement.c  # what came back to be sold again is among them
    for shop, sku, quantity in connection.execute(
        select(moved.shop, moved.sku, func.sum(moved.thousandths)).group_by(moved.shop, moved.sku)
    ):
        sold[shop, sku] += quantity
    level = tables.stock_level.c
    for shop, sku, on_hand in connection.execute(select(level.shop, level.sku, level.on_hand)):
        pending = connection.scalar(
            select(func.coalesce(func.sum(tables.stock_pending.c.thousandths), 0)).where(
                tables.stock_pending.c.shop == shop, tables.stock_pending.c.sku == sku
            )
        )
        if on_hand - int(pending or 0) != sold[shop, sku]:
            yield f"P2 stock of {sku} in {shop}: {on_hand}, came less sold {sold[shop, sku]}"


def shared_faults(connection: Connection) -> Iterator[str]:
    """Yield what is wrong with what tills share: claims, tickets, copies of a till."""
    yield from _fences(connection)
    yield from _tickets_taken_twice(connection)
    yield from _copies(connection)


def _fences(connection: Connection) -> Iterator[str]:
    """P6: no two grants of a thing bear the same number, and later ones bear higher ones."""
    grant = tables_counter.claim_grant.c
    last: dict[tuple[str, str], int] = {}
    for kind, key, fence in connection.execute(
        select(grant.kind, grant.key, grant.fence).order_by(grant.granted_at_ms, grant.fence)
    ):
        if fence <= last.get((kind, key), 0):
            yield f"P6 fence {fence} of {key} after {last[kind, key]}"
        last[kind, key] = fence


def _tickets_taken_twice(connection: Connection) -> Iterator[str]:
    """P6: a ticket that more went on with than parked it is on the desk."""
    inbox = tables.inbox.c
    parked: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for kind, text in connection.execute(
        select(inbox.kind, inbox.body_json).where(
            inbox.kind.in_(("basket.parked", "basket.resumed"))
        )
    ):
        body = json.loads(text)
        if kind == "basket.parked":
            parked[body["basket_id"]] += 1
        else:
            taken[body["from_basket"]] += 1
    item = tables_desk.desk_item.c
    keys = list(
        connection.scalars(
            select(item.dedupe_key).where(item.kind == ItemKind.TICKET_RESUMED_TWICE.value)
        )
    )
    for basket_id, times in taken.items():
        if times > max(1, parked[basket_id]) and not any(basket_id in key for key in keys):
            yield f"P6 {basket_id} was parked {parked[basket_id]} and taken {times} times, unseen"


def _copies(connection: Connection) -> Iterator[str]:
    """P3: facts that contradict a till's chain are told to people."""
    beside, item = tables.conflict.c, tables_desk.desk_item.c
    found = set(
        connection.scalars(select(item.till).where(item.kind == ItemKind.TILL_CLONED.value))
    )
    for till, code in connection.execute(select(beside.till, beside.code).distinct()):
        if till not in found and code != "same_op_id":
            yield f"P3 {till} has facts beside its chain ({code}), unseen"
