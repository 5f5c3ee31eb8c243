"""What time does to orders: ready, reminded, prolonged, expired; and what a shop promises."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from pos.domain.collection import Order, OrderState, PaymentState
from pos.domain.collection_events import HoldExtended, NoticeAsked
from pos.domain.pickup_policy import DAY_MS
from sync.hub.admin import set_setting
from sync.hub.database import HubDatabase
from sync.hub.orders import asked_for, book
from sync.hub.orders.holding import keep_time
from sync.hub.orders.promise import promise_minutes
from sync.hub.tables_orders import order_notice
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import chance, happen, kinds, now_of, place, ready, staged

MINUTE_MS = 60_000


def told(hub: HubDatabase, order: Order) -> list[str]:
    with hub.reading() as connection:
        notice = order_notice.c
        return list(
            connection.scalars(
                select(notice.kind)
                .where(notice.order_id == order.order_id)
                .order_by(notice.queued_at_ms, notice.notice_id)
            )
        )


def minutes(hub: HubDatabase, now_ms: int = T0) -> int:
    with hub.reading() as connection:
        return promise_minutes(connection, "FUEN", now_ms)


def test_an_order_is_ready_once_it_stands_on_its_shelf_and_its_customer_is_told(
    shops: HubDatabase,
) -> None:
    order = ready(shops, place(shops), T0 + MINUTE_MS)

    assert order.state is OrderState.READY
    assert order.hold_until_ms == T0 + MINUTE_MS + 7 * DAY_MS
    assert order.notified_at_ms == (T0 + MINUTE_MS,)
    assert told(shops, order) == ["placed", "ready"]
    assert "order.ready" in kinds(shops, order)


def test_an_order_nobody_paid_for_is_not_ready(shops: HubDatabase) -> None:
    order = staged(shops, place(shops, prepaid=True))
    keep_time(shops, T0)
    before = now_of(shops, order).state

    with shops.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, replace(known.order, payment=PaymentState.CAPTURED))
    keep_time(shops, T0 + 1)

    assert before is OrderState.STAGED
    assert now_of(shops, order).state is OrderState.READY


def test_who_placed_it_says_how_long_it_waits(shops: HubDatabase) -> None:
    order = ready(shops, place(shops, hold_days=2))

    assert order.hold_until_ms == T0 + 2 * DAY_MS


def test_a_code_outlasts_an_order_that_took_long_to_prepare(shops: HubDatabase) -> None:
    late = T0 + 40 * DAY_MS

    order = ready(shops, place(shops), late)

    assert order.last_hold_ms == late + 21 * DAY_MS


def test_the_customer_is_reminded_on_the_fifth_day_and_once(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))

    for day, hours in ((4, 23), (5, 0), (5, 1), (6, 0)):
        keep_time(shops, T0 + day * DAY_MS + hours * 3_600_000)

    assert told(shops, order) == ["placed", "ready", "reminder"]


def test_nobody_is_reminded_the_moment_it_is_ready(shops: HubDatabase) -> None:
    order = ready(shops, place(shops, hold_days=1))
    keep_time(shops, T0 + 3_600_000)

    assert told(shops, order) == ["placed", "ready"]


def test_an_order_nobody_collected_expires_after_its_last_day(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))

    keep_time(shops, T0 + 7 * DAY_MS - 1)
    before = now_of(shops, order).state
    keep_time(shops, T0 + 7 * DAY_MS)

    assert before is OrderState.READY
    assert now_of(shops, order).state is OrderState.EXPIRED
    assert told(shops, order)[-1] == "expired"


def test_a_prolonged_order_is_told_so_reminded_again_and_kept(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    keep_time(shops, T0 + 5 * DAY_MS)
    happen(shops, HoldExtended(order.order_id, "lucia", T0 + 14 * DAY_MS), T0 + 6 * DAY_MS)
    asked_for.carry_out_asks(shops, T0 + 6 * DAY_MS, chance().random_bytes)

    for day in (7, 11, 12, 13):
        keep_time(shops, T0 + day * DAY_MS)

    assert now_of(shops, order).state is OrderState.READY
    assert told(shops, order) == ["placed", "ready", "reminder", "extended", "reminder"]


def test_staff_have_the_customer_told_once_more(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    happen(shops, NoticeAsked(order.order_id, "lucia"), T0 + MINUTE_MS)

    for _ in range(2):
        asked_for.carry_out_asks(shops, T0 + MINUTE_MS, chance().random_bytes)

    assert told(shops, order) == ["placed", "ready", "ready"]
    assert now_of(shops, order).notified_at_ms == (T0, T0 + MINUTE_MS)


def test_a_shop_decides_how_long_it_holds_orders(shops: HubDatabase) -> None:
    set_setting(shops.engine, "FUEN", "pickup", {"hold_days": 3, "reminder_day": 2})

    order = ready(shops, place(shops))
    keep_time(shops, T0 + 2 * DAY_MS)

    assert order.hold_until_ms == T0 + 3 * DAY_MS
    assert told(shops, order)[-1] == "reminder"


def test_a_shop_promises_what_it_took_lately(shops: HubDatabase) -> None:
    for number, took in enumerate((12, 50, 14)):
        ready(shops, place(shops, f"op-{number}"), T0 + took * MINUTE_MS)

    assert minutes(shops, T0 + DAY_MS) == 15


def test_a_queue_makes_the_promise_longer(shops: HubDatabase) -> None:
    for number in range(4):
        place(shops, f"op-{number}")

    assert minutes(shops) == 60


def test_only_the_last_twenty_orders_count(shops: HubDatabase) -> None:
    for number in range(22):
        took = 200 if number < 2 else 20
        at_ms = T0 + number * 3_600_000
        ready(shops, place(shops, f"op-{number}", at_ms), at_ms + took * MINUTE_MS)

    assert minutes(shops, T0 + 2 * DAY_MS) == 20


@pytest.mark.parametrize("waiting", [0, 200])
def test_no_promise_is_longer_than_a_working_day(shops: HubDatabase, waiting: int) -> None:
    for number in range(waiting):
        place(shops, f"op-{number}")

    assert 5 <= minutes(shops) <= 8 * 60
