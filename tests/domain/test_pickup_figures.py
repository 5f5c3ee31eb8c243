"""The figures of collected orders: what counts where, and laws that hold for any shop."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.pickup_figures import Journey, Spread, figures_of, period_of, spread

MADRID = ZoneInfo("Europe/Madrid")
MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def at(day: int, hour: int = 0, minute: int = 0, *, month: int = 11) -> int:
    moment = datetime.datetime(2026, month, day, hour, minute, tzinfo=MADRID)
    return int(moment.timestamp() * 1000)


NOW = at(21, 17, 43)


def test_today_is_cut_into_the_hours_of_the_shop() -> None:
    period = period_of(1, NOW, "Europe/Madrid")

    assert (period.since_ms, period.until_ms) == (at(21), NOW)
    assert period.starts == tuple(at(21, hour) for hour in range(24))


def test_a_day_on_which_clocks_are_put_back_has_an_hour_more() -> None:
    period = period_of(1, at(25, 20, month=10), "Europe/Madrid")

    assert len(period.starts) == 25
    assert period.starts[0] == at(25, month=10)


def test_a_week_ends_with_today_and_begins_at_the_shops_midnight() -> None:
    period = period_of(7, NOW, "Europe/Madrid")

    assert period.starts == tuple(at(day) for day in range(15, 22))


@pytest.mark.parametrize("days", [0, 32, -1])
def test_nobody_asks_for_a_period_that_is_not_kept(days: int) -> None:
    with pytest.raises(ValueError, match="days"):
        period_of(days, NOW, "Europe/Madrid")


def test_a_zone_nobody_knows_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        period_of(7, NOW, "Europe/Nowhere")


def test_a_day_at_the_counter_comes_out_as_it_was() -> None:
    journeys = (
        # Placed yesterday evening, ready this morning, collected by somebody who waited 4 min.
        Journey(at(20, 20), at(21, 9), at(21, 12), at(21, 12, 4), wanted=3, short=1),
        # Ready in 25 and in 35 minutes, still on the shelf; one customer is here.
        Journey(at(21, 10), at(21, 10, 25), at(21, 17, 40), wanted=2, is_waiting=True,
                is_on_shelf=True),
        Journey(at(21, 10, 10), at(21, 10, 45), wanted=5, is_on_shelf=True),
        # Given up today; another one last month.
        Journey(at(10, 10), at(10, 11), expired_at_ms=at(21, 3), wanted=9, short=9),
        Journey(at(1, 10), at(1, 11), expired_at_ms=at(9), wanted=1),
        # Placed just now.
        Journey(at(21, 17, 30), is_to_prepare=True, wanted=4),
    )  # fmt: skip

    figures = figures_of(journeys, period_of(1, NOW, "Europe/Madrid"))

    assert figures.ready == Spread(3, 35 * MINUTE, 13 * HOUR)
    assert figures.handover == Spread(1, 4 * MINUTE, 4 * MINUTE)
    assert (figures.waiting, figures.to_prepare, figures.on_shelf) == (1, 1, 2)
    assert (figures.no_shows, figures.finished, figures.no_show_basis_points) == (1, 2, 50_00)
    assert (figures.short, figures.wanted, figures.short_basis_points) == (1, 10, 10_00)
    bars = {bar.start_ms: bar for bar in figures.bars}
    assert (bars[at(21, 10)].placed, bars[at(21, 10)].ready_ms) == (2, 25 * MINUTE)
    assert (bars[at(21, 12)].handed_over, bars[at(21, 17)].placed) == (1, 1)


def test_a_customer_who_came_after_all_is_no_no_show() -> None:
    came = Journey(at(10), at(10, 1), at(21, 9), at(21, 9, 5), expired_at_ms=at(21, 3))

    figures = figures_of((came,), period_of(1, NOW, "Europe/Madrid"))

    assert (figures.no_shows, figures.finished) == (0, 1)


def test_a_shop_that_just_began_has_nothing_to_show() -> None:
    figures = figures_of((), period_of(30, NOW, "Europe/Madrid"))

    assert figures.is_empty
    assert (figures.no_show_basis_points, figures.short_basis_points) == (0, 0)
    assert not figures_of((Journey(NOW),), period_of(1, NOW, "Europe/Madrid")).is_empty


moments = st.one_of(st.just(0), st.integers(NOW - 40 * DAY, NOW + DAY))
journeys = st.lists(
    st.builds(
        Journey,
        *(moments for _ in range(5)),
        wanted=st.integers(0, 50),
        short=st.integers(0, 50),
        is_waiting=st.booleans(),
        is_to_prepare=st.booleans(),
        is_on_shelf=st.booleans(),
    ),
    max_size=30,
)


@given(journeys, st.integers(1, 31))
def test_bars_add_up_to_what_happened_and_no_length_is_below_nothing(
    made: list[Journey], days: int
) -> None:
    period = period_of(days, NOW, "Europe/Madrid")

    figures = figures_of(made, period)

    since, until = period.since_ms, period.until_ms
    assert sum(bar.placed for bar in figures.bars) == sum(
        1 for one in made if since <= one.placed_at_ms <= until
    )
    handed = sum(1 for one in made if since <= one.handed_over_at_ms <= until)
    assert sum(bar.handed_over for bar in figures.bars) == handed
    assert figures.finished == handed + figures.no_shows
    assert 0 <= figures.ready.median_ms <= figures.ready.ninth_ms
    assert 0 <= figures.handover.median_ms <= figures.handover.ninth_ms
    assert 0 <= figures.no_show_basis_points <= 10_000


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_half_of_all_took_no_longer_than_the_median(lengths: list[int]) -> None:
    found = spread(lengths)

    within = sum(1 for length in lengths if max(0, length) <= found.median_ms)
    assert found.count == len(lengths)
    assert 2 * within >= len(lengths)
    assert max(0, *lengths, 0) >= found.ninth_ms >= found.median_ms


@given(journeys, journeys)
def test_what_happened_in_another_order_gives_the_same_figures(
    first: list[Journey], second: list[Journey]
) -> None:
    period = period_of(7, NOW, "Europe/Madrid")

    assert figures_of(first + second, period) == figures_of(second + first, period)
