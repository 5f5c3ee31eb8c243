"""What the hub does with orders as time passes: ready, reminded, expired; and what was asked.

A shelf is no message: an order is ready once its customer is told, which is queued in the same
transaction. Orders that were to be paid in advance wait for their payment.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, exists, select

from pos.domain.collection import Order, OrderState
from pos.domain.collection_decisions import expired, made_ready
from pos.domain.collection_rules import Contradiction
from pos.domain.pickup_policy import DAY_MS, PickupPolicy
from sync.hub.admin import shops
from sync.hub.background import Background, Rest
from sync.hub.database import HubDatabase
from sync.hub.orders import book, notices
from sync.hub.orders.asked_for import carry_out_asks
from sync.hub.orders.order_numbers import RandomBytes
from sync.hub.orders.placing import last_hold_ms
from sync.hub.orders.shop_policy import policy_of
from sync.hub.tables_orders import customer_order, order_notice
from sync.messages.port import Messenger

EVERY_S = 1.0
AT_A_TIME = 200
READY, EXPIRED = "order.ready", "order.expired"

log = logging.getLogger("sync.hub")

Act = Callable[[Connection, str, PickupPolicy, int], bool]


def keep_time(database: HubDatabase, now_ms: int) -> int:
    """Do what is due with the orders of every shop; return how many changed or were reminded."""
    with database.reading() as connection:
        policies = {code: policy_of(connection, code) for code in shops(connection)}
    changed = 0
    for shop, policy in policies.items():
        for find, act in ((_staged, make_ready), (_over, _expire), (_to_remind, _remind)):
            with database.reading() as connection:
                order_ids = find(connection, shop, policy, now_ms)
            for order_id in order_ids:
                with database.transaction() as connection:
                    changed += act(connection, order_id, policy, now_ms)
    return changed


def holding(
    database: HubDatabase, now_ms: Callable[[], int], random_bytes: RandomBytes
) -> Background:
    """Keep time and carry out what was asked, until it is closed."""

    def work(_rest: Rest) -> None:
        keep_time(database, now_ms())
        carry_out_asks(database, now_ms(), random_bytes)

    return Background("orders", work, every_s=EVERY_S)


def telling(
    database: HubDatabase, messenger: Messenger | None, now_ms: Callable[[], int]
) -> Background:
    """Send notices until it is closed; a mail server that is slow holds up nothing else."""

    def work(_rest: Rest) -> None:
        if messenger is not None:
            notices.send_due(database, messenger, now_ms())

    return Background("notices", work, every_s=EVERY_S)


# -- which orders


def _staged(
    connection: Connection, shop: str, _policy: PickupPolicy, _now_ms: int
) -> Sequence[str]:
    """Return what stands on its shelf and nobody was told of, and has been paid for."""
    found = connection.execute(
        select(customer_order.c.order_id, customer_order.c.content_json)
        .where(*_open_at(shop, OrderState.STAGED))
        .order_by(customer_order.c.placed_at_ms)
        .limit(AT_A_TIME)
    )
    return [row.order_id for row in found if book.read_order(row.content_json).is_paid_for]


def _over(connection: Connection, shop: str, _policy: PickupPolicy, now_ms: int) -> Sequence[str]:
    order = customer_order.c
    return connection.scalars(
        select(order.order_id)
        .where(
            *_open_at(shop, OrderState.READY),
            order.hold_until_ms > 0,
            order.hold_until_ms <= now_ms,
        )
        .limit(AT_A_TIME)
    ).all()


def _to_remind(
    connection: Connection, shop: str, policy: PickupPolicy, now_ms: int
) -> Sequence[str]:
    """Return what is held for so few days more that its customer is to be reminded.

    An extension moves the day: a week more is reminded of two days before its end, too.
    """
    order, notice = customer_order.c, order_notice.c
    before_ms = max(0, policy.hold_days - policy.reminder_day) * DAY_MS
    was_reminded = exists().where(
        notice.order_id == order.order_id,
        notice.kind == notices.Kind.REMINDER.value,
        notice.queued_at_ms >= order.hold_until_ms - before_ms,
    )
    rows = connection.execute(
        select(order.order_id, order.content_json)
        .where(
            *_open_at(shop, OrderState.READY),
            order.hold_until_ms > now_ms,
            order.hold_until_ms <= now_ms + before_ms,
            ~was_reminded,
        )
        .limit(AT_A_TIME)
    )
    return [row.order_id for row in rows if not _is_short(row.content_json, before_ms)]


def _is_short(content_json: str, before_ms: int) -> bool:
    """True for an order that is held for so short a time that a reminder would follow at once."""
    order = book.read_order(content_json)
    return order.extensions == 0 and order.hold_until_ms - order.ready_at_ms <= before_ms


def _open_at(shop: str, state: OrderState) -> tuple[ColumnElement[bool], ...]:
    order = customer_order.c
    return (order.shop == shop, order.closed_at_ms == 0, order.state == state.value)


# -- what is done


def make_ready(connection: Connection, order_id: str, policy: PickupPolicy, now_ms: int) -> bool:
    known = book.held(connection, order_id)
    days = known.order.hold_days or policy.hold_days
    try:
        order = made_ready(known.order, at_ms=now_ms, hold_ms=days * DAY_MS)
    except Contradiction:
        return False  # it changed since it was looked for
    longest = last_hold_ms(policy, order.hold_days, now_ms)
    order = replace(order, last_hold_ms=max(order.last_hold_ms, longest))
    _keep(connection, known, order, READY, now_ms)
    notices.queue(connection, order, notices.Kind.READY, now_ms)
    return True


def _expire(connection: Connection, order_id: str, _policy: PickupPolicy, now_ms: int) -> bool:
    known = book.held(connection, order_id)
    if known.order.hold_until_ms > now_ms:
        return False  # prolonged meanwhile
    try:
        order = expired(known.order)
    except Contradiction:
        return False
    _keep(connection, known, order, EXPIRED, now_ms)
    notices.queue(connection, order, notices.Kind.EXPIRED, now_ms, turn=order.extensions + 1)
    return True


def _remind(connection: Connection, order_id: str, _policy: PickupPolicy, now_ms: int) -> bool:
    order = book.held(connection, order_id).order
    if order.state is not OrderState.READY:
        return False
    notices.queue(connection, order, notices.Kind.REMINDER, now_ms, turn=order.extensions + 1)
    return True


def _keep(connection: Connection, known: book.Held, order: Order, kind: str, now_ms: int) -> None:
    """Save an order and note what the hub did; a later time of the same gets its own op id."""
    book.save(connection, known, order)
    happened = book.Happened(f"{order.order_id}/{kind}/{known.change}", now_ms)
    book.note(connection, order.order_id, kind, happened, {})
