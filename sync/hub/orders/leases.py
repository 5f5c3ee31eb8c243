"""Who goes to fetch which line of an order: one till at a time, for some minutes.

A lease keeps two people from walking for the same thing. It forbids nothing: what was picked
without one was picked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.pickup_policy import MINUTE_MS
from sync.hub.bulk import upsert_rows
from sync.hub.orders.shop_policy import policy_of
from sync.hub.tables_orders import customer_order, pick_lease
from sync.wire.v1.orders import HeldLease, LeaseAnswer, LeaseRequest


def ask(
    connection: Connection, *, till: str, shop: str, request: LeaseRequest, now_ms: int
) -> LeaseAnswer:
    """Give `till` the lines that nobody else fetches just now; its own ones are prolonged.

    Lines of orders that are not, or no more, this shop's are answered as held by nobody. No
    lines at all gives back those of the orders that are named.
    """
    if not request.lines:
        give_back(connection, request.order_ids, till=till)
        return LeaseAnswer(until_ms=now_ms, hub_time_ms=now_ms, held=())
    until_ms = now_ms + policy_of(connection, shop).lease_minutes * MINUTE_MS
    wanted = sorted({(line.order_id, line.line) for line in request.lines})
    ours = _of_shop(connection, shop, {order_id for order_id, _ in wanted})
    rows = [
        (order_id, line, shop, till, request.staff_id, until_ms)
        for order_id, line in wanted
        if order_id in ours
    ]
    # The same till may have a line again; another's, once its time is over by the hub's clock.
    upsert_rows(
        connection,
        pick_lease,
        rows,
        "(order_id, line) DO UPDATE SET shop = excluded.shop, till = excluded.till,"
        " staff_id = excluded.staff_id, until_ms = excluded.until_ms"
        f" WHERE pick_lease.till = excluded.till OR pick_lease.until_ms <= {int(now_ms)}",
    )
    known = {(row.order_id, row.line): row for row in _leases(connection, ours)}
    held = tuple(_held(key, known.get(key)) for key in wanted if _is_not(known.get(key), till))
    return LeaseAnswer(until_ms=until_ms, hub_time_ms=now_ms, held=held)


def give_back(connection: Connection, order_ids: Iterable[str], *, till: str = "") -> None:
    """End the leases of some orders, all of them or those of one till."""
    ended = pick_lease.delete().where(pick_lease.c.order_id.in_(list(order_ids)))
    connection.execute(ended.where(pick_lease.c.till == till) if till else ended)


def holder(connection: Connection, order_id: str, line: int, now_ms: int) -> str:
    """Return the till that fetches a line just now, empty for none."""
    till = connection.scalar(
        select(pick_lease.c.till).where(
            pick_lease.c.order_id == order_id,
            pick_lease.c.line == line,
            pick_lease.c.until_ms > now_ms,
        )
    )
    return till or ""


def _of_shop(connection: Connection, shop: str, order_ids: set[str]) -> set[str]:
    return set(
        connection.scalars(
            select(customer_order.c.order_id).where(
                customer_order.c.order_id.in_(order_ids), customer_order.c.shop == shop
            )
        )
    )


def _leases(connection: Connection, order_ids: set[str]) -> Sequence[Row[Any]]:
    return connection.execute(select(pick_lease).where(pick_lease.c.order_id.in_(order_ids))).all()


def _is_not(lease: Row[Any] | None, till: str) -> bool:
    return lease is None or lease.till != till


def _held(key: tuple[str, int], lease: Row[Any] | None) -> HeldLease:
    order_id, line = key
    if lease is None:
        return HeldLease(order_id=order_id, line=line, till="", staff_id="", until_ms=0)
    return HeldLease(
        order_id=order_id,
        line=line,
        till=lease.till,
        staff_id=lease.staff_id,
        until_ms=lease.until_ms,
    )
