"""The figures of a shop's orders as its hub counts them, and as its tills hear them."""

from __future__ import annotations

import itertools

import pytest
import requests

from pos.devices.hub_answers import HubAnswers
from pos.domain.collection import Order, ShortReason
from pos.domain.collection_decisions import expired, made_ready
from pos.domain.collection_events import (
    CustomerArrived,
    Event,
    HandoverUndone,
    LinePicked,
    LineShort,
    OrderPicked,
    OrderStaged,
    ParcelPlaced,
    PickingBegun,
)
from pos.domain.pickup_figures import PickupFigures, Spread
from pos.domain.product_note import NoteTally
from sync.client import HubRefused
from sync.counter_client import CounterClient
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.book import Happened
from sync.hub.orders.figures import pickup_figures
from tests.order_builders import LUCIA, customer_order, handover, order_line, picking
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.hub.order_kit import now

MINUTE, DAY = 60_000, 86_400_000
NOON = T0 // DAY * DAY + DAY // 2  # of the day of T0, in UTC

_ops = itertools.count(1)
_serials = itertools.count(70_001)


def happened(at_ms: int) -> Happened:
    return Happened(f"figures-{next(_ops)}", at_ms, "FUEN-1", LUCIA)


def happen(database: HubDatabase, at_ms: int, *events: Event) -> None:
    for event in events:
        with database.transaction() as connection:
            book.happen(connection, event, happened(at_ms))


def placed(database: HubDatabase, at_ms: int, *, shop: str = "FUEN", pieces: int = 1) -> Order:
    serial = next(_serials)
    order = customer_order(
        order_line(1, pieces), serial=serial, number=f"W-{serial}", placed_at_ms=at_ms, shop=shop
    )
    with database.transaction() as connection:
        book.add(connection, order, happened(at_ms))
    return order


def on_shelf(database: HubDatabase, order: Order, at_ms: int) -> Order:
    shelf = OrderStaged(order.order_id, LUCIA, (ParcelPlaced(1, "B3"),))
    happen(database, at_ms, *picking(order), shelf)
    return now(database, order)


def collected(database: HubDatabase, order: Order, arrived_at_ms: int, minutes: int) -> None:
    happen(database, arrived_at_ms, CustomerArrived(order.order_id, LUCIA))
    event = handover(now(database, order))
    happen(database, arrived_at_ms + minutes * MINUTE, event)


def given_up(database: HubDatabase, order: Order, at_ms: int) -> None:
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        ready = made_ready(known.order, at_ms=at_ms - DAY, hold_ms=DAY)
        book.save(connection, known, expired(ready))
        book.note(connection, order.order_id, "order.expired", happened(at_ms), {})


def figures(
    database: HubDatabase, days: int = 1, now_ms: int = NOON, shop: str = "FUEN"
) -> PickupFigures:
    with database.reading() as connection:
        return pickup_figures(connection, shop, days=days, zone="UTC", now_ms=now_ms)


def test_a_shop_that_nobody_ordered_from_has_nothing_to_show(database: HubDatabase) -> None:
    assert figures(database).is_empty


def test_the_morning_of_a_shop_is_counted_as_it_went(database: HubDatabase) -> None:
    nine, ten = NOON - 180 * MINUTE, NOON - 120 * MINUTE
    first, second, _ = (placed(database, nine + step * MINUTE) for step in (0, 1, 2))
    on_shelf(database, first, nine + 20 * MINUTE)
    on_shelf(database, second, nine + 31 * MINUTE)
    collected(database, first, ten, 3)
    happen(database, ten + MINUTE, CustomerArrived(second.order_id, LUCIA))
    placed(database, NOON + MINUTE)  # after the moment that is asked for
    placed(database, nine, shop=other_shop(database))

    told = figures(database)

    assert told.ready == Spread(2, 20 * MINUTE, 30 * MINUTE)
    assert told.handover == Spread(1, 3 * MINUTE, 3 * MINUTE)
    assert (told.waiting, told.to_prepare, told.on_shelf) == (1, 2, 1)
    bars = {(bar.start_ms - (NOON - DAY // 2)) // (60 * MINUTE): bar for bar in told.bars}
    assert (bars[9].placed, bars[9].ready_ms, bars[10].handed_over) == (3, 20 * MINUTE, 1)


def test_a_handover_that_was_undone_counts_as_none(database: HubDatabase) -> None:
    order = placed(database, NOON - 90 * MINUTE)
    on_shelf(database, order, NOON - 60 * MINUTE)
    collected(database, order, NOON - 50 * MINUTE, 2)
    happen(database, NOON - 40 * MINUTE, HandoverUndone(order.order_id, LUCIA, "op", "mistake"))

    told = figures(database)

    assert (told.finished, told.handover, told.on_shelf) == (0, Spread(), 1)


def test_orders_nobody_came_for_are_counted_on_the_day_they_were_given_up(
    database: HubDatabase,
) -> None:
    gone = placed(database, NOON - 9 * DAY)
    on_shelf(database, gone, NOON - 9 * DAY + MINUTE)
    given_up(database, gone, NOON - 2 * DAY)
    taken = placed(database, NOON - 3 * DAY)
    on_shelf(database, taken, NOON - 3 * DAY + MINUTE)
    collected(database, taken, NOON - 3 * DAY + 2 * MINUTE, 1)

    week, today = figures(database, 7), figures(database, 1)

    assert (week.no_shows, week.finished, week.no_show_basis_points) == (1, 2, 50_00)
    assert (today.no_shows, today.finished) == (0, 0)
    assert len(week.bars) == 7


def test_pieces_that_could_not_be_had_make_the_rate_of_shortage(database: HubDatabase) -> None:
    order = placed(database, NOON - 60 * MINUTE, pieces=4)
    short = LineShort(order.order_id, LUCIA, 1, 1000, ShortReason.MISSING)
    begun = PickingBegun(order.order_id, LUCIA)
    part = LinePicked(order.order_id, LUCIA, 1, 3000)
    shelf = OrderStaged(order.order_id, LUCIA, (ParcelPlaced(1, "B3"),))
    done = OrderPicked(order.order_id, LUCIA)
    happen(database, NOON - 30 * MINUTE, begun, part, short, done, shelf)

    told = figures(database)

    assert (told.short, told.wanted, told.short_basis_points) == (1, 4, 25_00)


def test_what_was_refused_because_it_could_not_be_is_no_figure(database: HubDatabase) -> None:
    order = placed(database, NOON - 60 * MINUTE)
    with database.transaction() as connection:
        late = happened(NOON - 9)
        book.note(connection, order.order_id, "order.staged", late, {}, outcome="not_now")

    assert figures(database).ready == Spread()


@pytest.fixture
def client(hub_url: str, database: HubDatabase) -> CounterClient:
    return CounterClient(hub_url, enrolled(database, "FUEN-7"))


def test_a_till_hears_the_figures_of_its_shop(
    database: HubDatabase, client: CounterClient
) -> None:
    order = placed(database, T0 - MINUTE)
    happen(database, T0, PickingBegun(order.order_id, LUCIA))

    told = HubAnswers(client).pickup_figures("FUEN", 7, "Europe/Madrid")

    assert (told.days, told.to_prepare, len(told.bars)) == (7, 1, 7)
    assert sum(bar.placed for bar in told.bars) == 1
    assert told.noted == NoteTally(0, 0, 0)


@pytest.mark.parametrize(
    ("shop", "days", "zone", "status"),
    [
        ("GAVA", 1, "UTC", 403),
        ("FUEN", 0, "UTC", 422),
        ("FUEN", 32, "UTC", 422),
        ("FUEN", 1, "Europe/Nowhere", 422),
        ("FUEN", 1, "../../etc/passwd", 422),
        ("FUEN", 1, "Europe", 422),
    ],
)
def test_figures_of_another_shop_or_of_no_period_are_refused_in_words(
    client: CounterClient, shop: str, days: int, zone: str, status: int
) -> None:
    with pytest.raises(HubRefused) as refused:
        client.pickup_figures(shop, days, zone)

    assert refused.value.status == status


def test_a_stranger_learns_no_figures(hub_url: str) -> None:
    answer = requests.get(f"{hub_url}/v1/shops/FUEN/pickup-figures", timeout=10)

    assert answer.status_code == 401


def other_shop(database: HubDatabase) -> str:
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=T0)
    return "GAVA"
