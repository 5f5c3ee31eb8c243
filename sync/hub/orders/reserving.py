"""Goods promised to orders: what is on hand less what is reserved may be promised to others.

What an order has reserved follows from what it is (`reserved_by`); whoever changes an order has
it worked out anew in the same transaction, so that nothing is released or kept twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, func, select

from pos.domain.collection import OPEN_STATES, Order, OrderLine, OrderState, ShortReason
from sync.hub.bulk import insert_rows
from sync.hub.tables import stock_level, stock_pending
from sync.hub.tables_orders import stock_reserved


def reserved_by(order: Order) -> dict[int, int]:
    """Return what an order has reserved: line number to thousandths.

    An open order: what was ordered less what is short for good. A cancelled one: what was
    picked, until it is back where it is sold from. Any other: nothing.
    """
    return {line.number: kept for line in order.lines if (kept := _of_line(order, line)) > 0}


def settle(connection: Connection, order: Order) -> None:
    """Have just that reserved which the order needs as it is; call it with the order's lock."""
    connection.execute(stock_reserved.delete().where(stock_reserved.c.order_id == order.order_id))
    shop = goods_are_at(order)
    insert_rows(
        connection,
        stock_reserved,
        [
            (order.order_id, number, shop, order.line(number).sku, kept)
            for number, kept in reserved_by(order).items()
        ],
    )


def goods_are_at(order: Order) -> str:
    """Return the shop whose stock an order's goods are on.

    Goods from elsewhere move when the courier takes them: then they have been picked there.
    """
    was_sent = any(line.picked for line in order.lines)
    return order.from_shop if order.from_shop and not was_sent else order.shop


def available(connection: Connection, shop: str, skus: Iterable[str]) -> Mapping[str, int]:
    """Return what may be promised of each product, in thousandths; below 0: promised too much."""
    wanted = set(skus)
    free: Counter[str] = Counter(dict.fromkeys(wanted, 0))
    for table, column, sign in (
        (stock_level, stock_level.c.on_hand, 1),
        (stock_pending, stock_pending.c.thousandths, -1),
        (stock_reserved, stock_reserved.c.thousandths, -1),
    ):
        rows = connection.execute(
            select(table.c.sku, func.sum(column))
            .where(table.c.shop == shop, table.c.sku.in_(wanted))
            .group_by(table.c.sku)
        )
        for sku, thousandths in rows:
            free[sku] += sign * int(thousandths)
    return free


def _of_line(order: Order, line: OrderLine) -> int:
    if order.state is OrderState.CANCELLED:
        return line.picked
    if order.state not in OPEN_STATES:
        return 0
    gone = 0 if line.short_reason is ShortReason.LATER else line.short
    return line.quantity - gone
