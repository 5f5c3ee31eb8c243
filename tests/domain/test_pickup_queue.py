"""The queue of orders to collect: lights, filters, order of the list, the way to walk."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.collection import Order, OrderState, Parcel
from pos.domain.pickup_queue import (
    DAY_MS,
    MINUTE_MS,
    Filter,
    Light,
    Moment,
    belongs,
    by_place,
    counts,
    due_of,
    is_to_restock,
    only,
    queue,
    shelf_name,
    shelves,
    with_orders,
)
from tests.builders import MORNING_MS
from tests.order_builders import customer_order, order_line, staged

NOW = Moment(MORNING_MS, MORNING_MS + 6 * 60 * MINUTE_MS)
TEMPLATE = customer_order()


def an_order(**changes: object) -> Order:
    return replace(TEMPLATE, **changes)  # type: ignore[arg-type]


def promised(minutes: int, **changes: object) -> Order:
    return an_order(promised_at_ms=MORNING_MS + minutes * MINUTE_MS, **changes)


def held(ms: int, **changes: object) -> Order:
    return replace(staged(TEMPLATE), state=OrderState.READY, hold_until_ms=ms, **changes)  # type: ignore[arg-type]


any_order = st.builds(
    an_order,
    order_id=st.uuids().map(str),
    state=st.sampled_from(OrderState),
    promised_at_ms=st.sampled_from([0]) | st.integers(MORNING_MS - DAY_MS, MORNING_MS + DAY_MS),
    placed_at_ms=st.integers(MORNING_MS - DAY_MS, MORNING_MS),
    hold_until_ms=st.sampled_from([0]) | st.integers(MORNING_MS, MORNING_MS + 9 * DAY_MS),
    arrived_at_ms=st.sampled_from([0, MORNING_MS - MINUTE_MS]),
    picker=st.sampled_from(["", "lucia"]),
    parcels=st.sampled_from([(), (Parcel(1, "B3"),)]),
)


@pytest.mark.parametrize(
    ("order", "light", "minutes"),
    [
        (promised(-6, state=OrderState.PICKING), Light.LATE, 6),
        (promised(9), Light.SOON, 9),
        (promised(23), Light.IN_TIME, 23),
        (an_order(), Light.UNPROMISED, 0),
        (promised(-6, arrived_at_ms=MORNING_MS - 2 * MINUTE_MS), Light.HERE, 2),
        (promised(-6, state=OrderState.IN_TRANSIT), Light.COMING, 0),
        (an_order(state=OrderState.EXPIRED), Light.RESTOCK, 0),
        (an_order(state=OrderState.EXPIRED, arrived_at_ms=MORNING_MS), Light.HERE, 0),
    ],
)
def test_the_light_says_how_long_is_left(order: Order, light: Light, minutes: int) -> None:
    due = due_of(order, NOW)
    assert (due.light, due.minutes) == (light, minutes)


def test_a_second_late_is_late_by_a_minute() -> None:
    order = an_order(promised_at_ms=MORNING_MS - 1000)
    assert due_of(order, NOW).minutes == 1


def test_an_order_on_its_shelf_is_never_late_but_counts_days() -> None:
    assert due_of(held(NOW.day_ends_ms), NOW).light is Light.EXPIRES_TODAY
    tomorrow = due_of(held(NOW.day_ends_ms + 1), NOW)
    assert (tomorrow.light, tomorrow.days) == (Light.HELD, 1)
    assert due_of(held(NOW.day_ends_ms + 5 * DAY_MS), NOW).days == 5


def test_what_is_late_comes_first_then_who_waits_then_the_nearest_promise() -> None:
    late = promised(-6, order_id="late", state=OrderState.PICKING)
    here = replace(held(0), order_id="here", arrived_at_ms=MORNING_MS)
    soon, later = promised(9, order_id="soon"), promised(23, order_id="later")
    today = held(NOW.day_ends_ms, order_id="today")
    week = held(NOW.day_ends_ms + 6 * DAY_MS, order_id="week")
    made = queue([week, later, today, soon, here, late], NOW)
    names = [entry.order.order_id for entry in made]
    assert names == ["late", "here", "soon", "later", "today", "week"]


def test_a_cancelled_order_stays_only_while_goods_of_it_lie_about() -> None:
    assert not is_to_restock(an_order(state=OrderState.CANCELLED))
    picked = order_line(1, 2, picked=2000)
    assert is_to_restock(an_order(state=OrderState.CANCELLED, lines=(picked,)))
    assert not is_to_restock(an_order(state=OrderState.RESTOCKED, lines=(picked,)))


def test_somebody_who_takes_an_order_makes_it_no_longer_new() -> None:
    (entry,) = queue([an_order()], NOW)
    assert belongs(entry, Filter.NEW)
    (taken,) = queue([an_order(state=OrderState.PICKING, picker="lucia")], NOW)
    assert not belongs(taken, Filter.NEW)
    assert belongs(taken, Filter.PREPARING)


@given(st.lists(any_order, max_size=30))
def test_counts_are_what_each_filter_shows(orders: list[Order]) -> None:
    made = queue(orders, NOW)
    assert counts(made) == {which: len(only(made, which)) for which in Filter}
    assert counts(made)[Filter.ALL] == len(made)


@given(st.lists(any_order, max_size=30), st.randoms(use_true_random=False))
def test_the_list_does_not_depend_on_how_the_orders_came(
    orders: list[Order], dice: object
) -> None:
    mixed = list(orders)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert queue(orders, NOW) == queue(mixed, NOW)


@given(st.lists(any_order, max_size=20, unique_by=lambda order: order.order_id), any_order)
def test_one_order_that_changed_makes_the_queue_that_all_would_make(
    orders: list[Order], changed: Order
) -> None:
    before = queue(orders, NOW)
    orders = [*(one for one in orders if one.order_id != changed.order_id), changed]
    assert with_orders(before, [changed], NOW) == queue(orders, NOW)


@given(any_order)
def test_every_open_order_is_in_the_queue_and_no_finished_one_without_goods(order: Order) -> None:
    assert bool(queue([order], NOW)) == (order.is_open or is_to_restock(order))


def test_lines_are_fetched_as_one_walks_past_them() -> None:
    first = an_order(
        order_id="a",
        lines=(order_line(1, location="Pasillo 2 · B-14"), order_line(2, location="")),
    )
    second = an_order(
        order_id="b",
        placed_at_ms=MORNING_MS + 1,
        lines=(
            order_line(1, location="Pasillo 10 · A-01"),
            order_line(2, location="Pasillo 2 · B-2"),
            order_line(3, location="Pasillo 2 · B-14"),
        ),
    )
    walked = [(fetch.order_id, fetch.line.number) for fetch in by_place([second, first])]
    assert walked == [("b", 2), ("a", 1), ("b", 3), ("b", 1), ("a", 2)]


@pytest.mark.parametrize(
    ("typed", "name"),
    [(" b3 ", "B3"), ("12", "12"), ("A-04", "A-04"), ("", None), ("-", None), ("B 3", None),
     ("ESTANTE-NUMERO-3", None), ("Ñ1", None)],
)  # fmt: skip
def test_a_shelf_is_letters_and_figures(typed: str, name: str | None) -> None:
    assert shelf_name(typed) == name


def test_the_shelf_map_names_every_parcel_once_and_none_that_left() -> None:
    here = staged(an_order(number="W-1"), ["B3", "A10"])
    gone = replace(staged(an_order(number="W-2")), state=OrderState.COLLECTED)
    other = staged(an_order(number="W-3"), ["A2"])
    found = [(use.shelf, use.parcels) for use in shelves([here, gone, other])]
    assert found == [("A2", (("W-3", 1),)), ("A10", (("W-1", 2),)), ("B3", (("W-1", 1),))]
