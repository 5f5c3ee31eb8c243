"""Forgets who collected what: people go from orders, what was sold and when stays.

Orders keep their customer for as long as goods are guaranteed (three years: Real Decreto
Legislativo 1/2007, art. 120); what was sent to them, and the claims of tills, go sooner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection, exists, func, select

from pos.domain.collection import Order
from sync.hub.bulk import upsert_rows
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.publishing.feed_numbers import of_shop
from sync.hub.tables import feed_gap
from sync.hub.tables_counter import claim, claim_grant
from sync.hub.tables_orders import customer_order, order_change, order_notice, pick_lease
from sync.wire.v1.claims import ClaimKind

DAY_MS = 24 * 3_600_000
GUARANTEED_MS = 3 * 366 * DAY_MS
AT_A_TIME = 200
_NOBODY = '%"customer_name":"","phone":"","email":"","member_card":"","collectors":[]%'


def forget_uses(connection: Connection, before_ms: int, now_ms: int) -> int:
    """Delete claims, leases and notices of orders closed before a moment; return how many."""
    order = customer_order.c
    is_over = exists().where(order.closed_at_ms > 0, order.closed_at_ms < before_ms)
    grants = claim_grant.delete().where(
        claim_grant.c.kind == ClaimKind.PICKUP.value,
        is_over.where(order.order_id == claim_grant.c.key),
    )
    claims = claim.delete().where(
        claim.c.kind == ClaimKind.PICKUP.value,
        claim.c.changed_at_ms < before_ms,
        is_over.where(order.order_id == claim.c.key),
    )
    leases = pick_lease.delete().where(pick_lease.c.until_ms < now_ms - DAY_MS)
    notices = order_notice.delete().where(is_over.where(order.order_id == order_notice.c.order_id))
    return sum(connection.execute(gone).rowcount for gone in (grants, claims, leases, notices))


def forget_changes(connection: Connection, before_ms: int) -> int:
    """Let go of the changes of orders closed before a moment; return how many there were.

    A till that has not heard of them by now is told to begin again.
    """
    change, order = order_change.c, customer_order.c
    wanted = (
        change.change < before_ms * 1000,  # numbers of feeds are microseconds
        exists().where(
            order.order_id == change.order_id,
            order.closed_at_ms > 0,
            order.closed_at_ms < before_ms,
        ),
    )
    last = connection.execute(
        select(change.shop, func.max(change.change)).where(*wanted).group_by(change.shop)
    ).all()
    upsert_rows(
        connection,
        feed_gap,
        [(of_shop(book.STREAM, shop), 0, until) for shop, until in last],
        "(name, after) DO UPDATE SET until = excluded.until WHERE feed_gap.until < excluded.until",
    )
    return connection.execute(order_change.delete().where(*wanted)).rowcount


def forget_customers(database: HubDatabase, now_ms: int) -> int:
    """Take people out of orders closed long ago, a few per transaction; return of how many."""
    count = 0
    while True:
        with database.transaction() as connection:
            ids = _with_people(connection, now_ms - GUARANTEED_MS)
            for order_id in ids:
                book.keep(connection, without_people(book.held(connection, order_id).order))
        count += len(ids)
        if len(ids) < AT_A_TIME:
            return count


def _with_people(connection: Connection, before_ms: int) -> Sequence[str]:
    order = customer_order.c
    return connection.scalars(
        select(order.order_id)
        .where(
            order.closed_at_ms > 0,
            order.closed_at_ms < before_ms,
            order.content_json.not_like(_NOBODY),
        )
        .order_by(order.shop, order.order_id)
        .limit(AT_A_TIME)
    ).all()


def without_people(order: Order) -> Order:
    """Return an order of nobody."""
    return replace(
        order,
        customer_id="",
        customer_name="",
        phone="",
        email="",
        member_card="",
        collectors=(),
    )
