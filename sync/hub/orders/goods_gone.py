"""Goods that leave the stock through an order itself, and come back through it.

What is paid in the shop leaves with the sale of the till; what was prepaid leaves when it is
handed over; what is missing or damaged when picked is not there to be sold to anybody.
"""

from __future__ import annotations

from collections import Counter

from sqlalchemy import Connection

from pos.domain.collection import Order, ShortReason
from pos.domain.collection_events import OrderHandedOver
from sync.connectors.builtin import change_levels
from sync.hub.bulk import upsert_rows
from sync.hub.tables import stock_movement

REASON = "order"
_NOT_THERE = frozenset({ShortReason.MISSING, ShortReason.DAMAGED})


def gone_through(order: Order) -> Counter[str]:
    """Return what an order took off the stock by itself: SKU to thousandths."""
    gone: Counter[str] = Counter()
    for line in order.lines:
        if line.short_reason in _NOT_THERE:
            gone[line.sku] += line.short
        if order.is_prepaid:
            gone[line.sku] += line.delivered
    return gone


def delivered_by(order: Order, event: OrderHandedOver) -> Counter[str]:
    """Return what a handover that the order does not show took off the stock."""
    gone: Counter[str] = Counter()
    known = {line.number: line for line in order.lines}
    for said in event.lines:
        line = known.get(said.number)
        if order.is_prepaid and line is not None:
            gone[line.sku] += max(0, min(said.delivered, line.quantity))
    return gone


def move(
    connection: Connection, shop: str, gone: Counter[str], *, op_id: str, now_ms: int
) -> None:
    """Take goods off the stock of a shop, or, below 0, put them back; an op id does it once."""
    moved = {sku: -thousandths for sku, thousandths in sorted(gone.items()) if thousandths}
    fresh = {
        sku: delta
        for sku, delta in moved.items()
        if upsert_rows(
            connection,
            stock_movement,
            [(f"{op_id}/{sku}", shop, sku, delta, REASON, now_ms)],
            "(movement_id) DO NOTHING",
        )
        == 1
    }
    change_levels(connection, shop, fresh, now_ms)
