"""When an order placed now would be ready, from how long the shop took lately and its queue."""

from __future__ import annotations

from statistics import median

from sqlalchemy import Connection, func, select

from pos.domain.collection import TO_BE_PICKED
from sync.hub.tables_orders import customer_order, order_event

MINUTE_MS = 60_000
DEFAULT_MINUTES = 30  # a shop that has prepared nothing yet
LATELY = 20  # orders
LOOKED_AT = 3 * LATELY  # one order may be staged several times
SHORTEST, LONGEST = 5, 8 * 60
STEP = 5  # nobody promises 23 minutes
# What each order that waits already adds, as a part of the usual time: two people prepare at
# once, and part of the usual time is waiting itself.
PER_WAITING = 4


def promise_minutes(connection: Connection, shop: str, now_ms: int) -> int:
    """Return in how many minutes an order placed now is ready: the median time from placed to
    staged of the shop's last twenty orders, and a quarter of it for each order in the queue.
    """
    usual = _usual_minutes(connection, shop, now_ms)
    minutes = usual + usual * _waiting(connection, shop) / PER_WAITING
    rounded = -(-int(minutes) // STEP) * STEP
    return max(SHORTEST, min(LONGEST, rounded))


def promised_at_ms(connection: Connection, shop: str, now_ms: int) -> int:
    """Return until when an order placed now is promised, UTC ms."""
    return now_ms + promise_minutes(connection, shop, now_ms) * MINUTE_MS


def _usual_minutes(connection: Connection, shop: str, now_ms: int) -> float:
    event, order = order_event.c, customer_order.c
    rows = connection.execute(
        select(event.order_id, event.at_ms, order.placed_at_ms)
        .join_from(order_event, customer_order, event.order_id == order.order_id)
        .where(event.kind == "order.staged", event.at_ms <= now_ms, order.shop == shop)
        .order_by(event.at_ms.desc())
        .limit(LOOKED_AT)
    )
    took: dict[str, float] = {}
    for order_id, staged_at_ms, placed_at_ms in rows:  # the first staging of each is read last
        took[order_id] = min(LONGEST, max(1, (staged_at_ms - placed_at_ms) / MINUTE_MS))
    return median(list(took.values())[:LATELY]) if took else DEFAULT_MINUTES


def _waiting(connection: Connection, shop: str) -> int:
    order = customer_order.c
    count = connection.scalar(
        select(func.count()).where(
            order.shop == shop,
            order.closed_at_ms == 0,
            order.state.in_([state.value for state in TO_BE_PICKED]),
        )
    )
    return int(count or 0)
