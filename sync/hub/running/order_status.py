"""How orders stand at the hub: how many are where, and what of them waits for somebody."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, and_, func, select

from pos.domain.return_purchase import Means
from sync.hub.tables_orders import customer_order, order_notice, order_refund
from sync.hub.tables_returns import return_refund

UNSENT = ("queued", "failed")  # notices the customer did not get
UNPAID = ("requested", "refused")  # refunds the customer did not get
UNPAID_RETURNS = ("requested", "unknown", "failed")  # the same, of what came back


@dataclass(frozen=True, slots=True)
class OrderStatus:
    """Counts: open orders by shop and state, notices and refunds by state.

    `return_refunds` are those of web payments for what came back.
    """

    orders: dict[tuple[str, str], int]
    notices: dict[str, int]
    refunds: dict[str, int]
    return_refunds: dict[str, int]


def order_status(connection: Connection) -> OrderStatus:
    """Return how orders stand now."""
    order = customer_order.c
    rows = connection.execute(
        select(order.shop, order.state, func.count())
        .where(order.closed_at_ms == 0)
        .group_by(order.shop, order.state)
    )
    refund = return_refund.c
    of_web = and_(refund.means == Means.WEB.value, refund.state.in_(UNPAID_RETURNS))
    return OrderStatus(
        {(shop, state): count for shop, state, count in rows},
        _by_state(connection, order_notice, order_notice.c.state.in_(UNSENT), UNSENT),
        _by_state(connection, order_refund, order_refund.c.state.in_(UNPAID), UNPAID),
        _by_state(connection, return_refund, of_web, UNPAID_RETURNS),
    )


def _by_state(
    connection: Connection, table: Table, wanted: ColumnElement[bool], states: tuple[str, ...]
) -> dict[str, int]:
    """Return a count for each state, 0 too: an alarm on what is not there never rings."""
    rows = connection.execute(
        select(table.c.state, func.count()).where(wanted).group_by(table.c.state)
    )
    counted = {str(state): int(count) for state, count in rows}
    return dict.fromkeys(states, 0) | counted
