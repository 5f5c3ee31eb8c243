"""What happened to an order, as its figures see it."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import Order, OrderState, ShortReason
from pos.domain.pickup_journey import (
    ARRIVED,
    EXPIRED,
    EXTENDED,
    HANDED_OVER,
    STAGED,
    UNDONE,
    Happening,
    journey_of,
)
from tests.receipts.order_examples import placed, staged

T0 = placed().placed_at_ms


def order(state: OrderState, **changes: object) -> Order:
    return replace(staged(), state=state, **changes)  # type: ignore[arg-type]


def test_an_order_counts_from_its_first_shelf_and_its_customers_last_coming() -> None:
    told = (
        Happening(HANDED_OVER, T0 + 90),
        Happening(STAGED, T0 + 10),
        Happening(ARRIVED, T0 + 20),
        Happening(ARRIVED, T0 + 30, is_here=False),
        Happening(STAGED, T0 + 40),
        Happening(ARRIVED, T0 + 50),
    )

    journey = journey_of(order(OrderState.COLLECTED, closed_at_ms=T0 + 91), told)

    assert journey.staged_at_ms == T0 + 10
    assert (journey.arrived_at_ms, journey.handed_over_at_ms) == (T0 + 50, T0 + 90)
    states = (journey.is_waiting, journey.is_to_prepare, journey.is_on_shelf)
    assert not any(states)


def test_what_nobody_told_here_is_taken_from_the_order_itself() -> None:
    collected = order(OrderState.PARTLY_COLLECTED, ready_at_ms=T0 + 7, closed_at_ms=T0 + 9)

    journey = journey_of(collected, ())

    assert (journey.staged_at_ms, journey.handed_over_at_ms) == (T0 + 7, T0 + 9)
    assert journey.arrived_at_ms == 0


def test_a_handover_that_was_undone_is_none() -> None:
    told = (Happening(HANDED_OVER, T0 + 5), Happening(UNDONE, T0 + 6))

    assert journey_of(order(OrderState.READY), told).handed_over_at_ms == 0


def test_an_order_nobody_came_for_is_a_no_show_until_its_hold_is_prolonged() -> None:
    given_up = Happening(EXPIRED, T0 + 5)
    prolonged = Happening(EXTENDED, T0 + 6)

    assert journey_of(order(OrderState.RESTOCKED), (given_up,)).expired_at_ms == T0 + 5
    assert journey_of(order(OrderState.READY), (given_up, prolonged)).expired_at_ms == 0


def test_pieces_count_whole_measured_goods_once_and_later_is_not_short() -> None:
    journey = journey_of(order(OrderState.READY, arrived_at_ms=T0 + 3), ())
    later = replace(
        staged(),
        lines=tuple(
            replace(line, short_reason=ShortReason.LATER) if line.short else line
            for line in staged().lines
        ),
    )

    assert (journey.wanted, journey.short) == (9, 1)
    assert (journey.is_waiting, journey.is_on_shelf) == (True, True)
    assert journey_of(later, ()).short == 0


def test_an_order_that_was_placed_waits_to_be_prepared() -> None:
    journey = journey_of(placed(), ())

    assert (journey.is_to_prepare, journey.is_on_shelf, journey.staged_at_ms) == (True, False, 0)
