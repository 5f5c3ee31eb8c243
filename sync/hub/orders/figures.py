"""The figures of a shop's orders, counted from everything that happened to them."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, or_, select

from pos.domain.pickup_figures import PickupFigures, figures_of, period_of
from pos.domain.pickup_journey import ARRIVED, EXPIRED, KINDS, Happening, journey_of
from sync.hub.orders.book import APPLIED, read_order
from sync.hub.tables_orders import customer_order, order_event
from sync.wire.v1.figures import FIGURES, PickupFiguresAnswer


def pickup_figures(
    connection: Connection, shop: str, *, days: int, zone: str, now_ms: int
) -> PickupFigures:
    """Return the figures of the last days with today, by the hour when it is today alone.

    Args:
        zone: IANA name of the shop's time zone.

    Raises:
        ValueError: Not 1 to 31 days.
        ZoneInfoNotFoundError: There is no such zone.
    """
    period = period_of(days, now_ms, zone)
    order, event = customer_order.c, order_event.c
    given_up = select(event.order_id).where(event.kind == EXPIRED, event.at_ms >= period.since_ms)
    is_meant = (order.shop == shop) & or_(
        order.closed_at_ms == 0,
        order.closed_at_ms >= period.since_ms,
        order.order_id.in_(given_up),
    )
    orders = connection.scalars(select(order.content_json).where(is_meant)).all()
    told = connection.execute(
        select(event.order_id, event.kind, event.at_ms, event.body_json)
        .join_from(order_event, customer_order, event.order_id == order.order_id)
        .where(is_meant, event.kind.in_(KINDS), event.outcome == APPLIED)
    )
    happened = _by_order(told)
    known = map(read_order, orders)
    return figures_of((journey_of(one, happened[one.order_id]) for one in known), period)


def figures_answer(figures: PickupFigures, now_ms: int) -> PickupFiguresAnswer:
    """Return figures as they are sent."""
    return PickupFiguresAnswer(
        hub_time_ms=now_ms, content=FIGURES.dump_python(figures, mode="json")
    )


def _by_order(rows: Iterable[Any]) -> dict[str, list[Happening]]:
    happened: dict[str, list[Happening]] = defaultdict(list)
    for row in rows:
        is_here = row.kind != ARRIVED or bool(json.loads(row.body_json).get("is_here", True))
        happened[row.order_id].append(Happening(row.kind, row.at_ms, is_here))
    return happened
