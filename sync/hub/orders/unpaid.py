"""Goods of a prepaid order that a customer has and did not pay, or was given the money back for.

Nobody is charged by itself for that: a person has to know and decide.
"""

from __future__ import annotations

from sqlalchemy import Connection

from pos.domain.collection import Order
from sync.hub.conflicts import desk
from sync.hub.intake.fact_rows import MOST_MONEY
from sync.wire.v1.desk import ItemKind, Row, RowKind, Side


def report(connection: Connection, order: Order, missing: int, now_ms: int) -> None:
    """Open the item about what is missing of an order's money; close it when nothing is.

    Args:
        missing: Minor units of what was delivered that nobody paid; 0 or less: none.
    """
    if missing <= 0:
        desk.settle(connection, ItemKind.GOODS_NOT_PAID, order.order_id, now_ms)
        return
    rows = (
        Row(kind=RowKind.AT, number=order.closed_at_ms or now_ms),
        Row(kind=RowKind.DOCUMENT, text=order.number),
        Row(kind=RowKind.TOTAL, number=min(missing, MOST_MONEY)),
    )
    desk.open_item(
        connection,
        desk.Found(
            kind=ItemKind.GOODS_NOT_PAID,
            key=order.order_id,
            shop=order.shop,
            till=order.closed_at_till or desk.AT_THE_HUB,
            subject=order.number,
            currency=order.currency,
            at_ms=now_ms,
            money=min(missing, MOST_MONEY),
            sides=(
                Side(shop=order.shop, till=order.closed_at_till or desk.AT_THE_HUB, rows=rows),
            ),
            data={"order_id": order.order_id},
        ),
    )
