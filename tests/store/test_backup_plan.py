"""When a copy is taken and which are kept."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.store.backup_plan import (
    DAYS_KEPT,
    EVERY_SALES,
    LAST_KEPT,
    MONTHS_KEPT,
    QUIET_MS,
    Standing,
    Taken,
    is_due,
    to_keep,
)

MADRID = ZoneInfo("Europe/Madrid")
DAY_MS = 24 * 3_600_000
TAKEN = st.builds(
    Taken, st.integers(1, 3), st.integers(1, 10_000), st.integers(0, 2 * 365 * DAY_MS)
)


def ms(text: str) -> int:
    return int(datetime.datetime.fromisoformat(text).replace(tzinfo=MADRID).timestamp() * 1000)


def standing(now: str, *, quiet_ms: int = QUIET_MS, sales: int = 1, seq: int = 50) -> Standing:
    return Standing(ms(now), 1, seq, ms("2026-01-01T09:00"), quiet_ms, sales)


def due(at: Standing, last: Taken | None) -> bool:
    return is_due(at, last, MADRID, EVERY_SALES)


YESTERDAY = Taken(1, 40, ms("2026-11-21T03:10"))


@pytest.mark.parametrize(
    ("at", "last", "expected"),
    [
        pytest.param(standing("2026-11-22T02:59"), YESTERDAY, False, id="not yet three"),
        pytest.param(standing("2026-11-22T03:00"), YESTERDAY, True, id="three at night"),
        pytest.param(standing("2026-11-22T10:15"), YESTERDAY, True, id="the machine was off"),
        pytest.param(
            standing("2026-11-22T10:15", quiet_ms=QUIET_MS - 1), YESTERDAY, False, id="busy"
        ),
        pytest.param(
            standing("2026-11-22T10:15"), Taken(1, 45, ms("2026-11-22T03:01")), False, id="done"
        ),
        pytest.param(standing("2026-11-22T03:00", seq=40), YESTERDAY, False, id="nothing since"),
        pytest.param(standing("2026-11-22T20:00"), None, True, id="never copied"),
        pytest.param(
            standing("2026-11-22T20:00", sales=EVERY_SALES, quiet_ms=0),
            Taken(1, 45, ms("2026-11-22T19:00")),
            True,
            id="many sales, however busy",
        ),
        pytest.param(
            standing("2026-11-22T20:00"), Taken(1, 45, ms("2027-12-24T03:00")), True,
            id="the clock had run ahead",
        ),
    ],
)  # fmt: skip
def test_a_copy_is_taken_at_night_or_after_many_sales(
    at: Standing, last: Taken | None, expected: bool
) -> None:
    assert due(at, last) is expected


def test_a_till_that_never_recorded_anything_is_not_copied() -> None:
    assert not due(Standing(ms("2026-11-22T03:00"), 0, 0, None, DAY_MS, 0), None)


def test_the_first_copy_of_a_till_waits_for_its_first_night() -> None:
    opened = Standing(ms("2026-11-22T12:00"), 1, 9, ms("2026-11-22T09:00"), QUIET_MS, 3)

    assert not due(opened, None)


@given(st.lists(TAKEN, max_size=80))
def test_what_holds_most_is_never_forgotten(copies: list[Taken]) -> None:
    kept = to_keep(copies)

    assert set(sorted(copies, reverse=True)[:LAST_KEPT]) <= kept <= set(copies)
    assert len(kept) <= LAST_KEPT + DAYS_KEPT + MONTHS_KEPT


@given(st.lists(TAKEN, max_size=80))
def test_forgetting_twice_forgets_no_more(copies: list[Taken]) -> None:
    kept = to_keep(copies)

    assert to_keep(kept) == kept


def test_a_year_of_nights_leaves_days_and_months() -> None:
    nights = [Taken(1, n, ms("2026-01-01T03:00") + n * DAY_MS) for n in range(1, 365)]

    kept = sorted(to_keep(nights), reverse=True)

    assert [copy.seq for copy in kept[:DAYS_KEPT]] == list(range(364, 350, -1))
    months = [(copy.day.year, copy.day.month) for copy in kept[DAYS_KEPT:]]
    assert months == [(2026, month) for month in range(11, 0, -1)]


def test_a_clock_that_ran_ahead_makes_no_copy_old() -> None:
    nights = [Taken(1, n, ms("2026-11-01T03:00") + n * DAY_MS) for n in range(1, 15)]
    ahead = Taken(1, 15, ms("2040-01-01T03:00"))

    assert to_keep([*nights, ahead]) >= {ahead, *nights[1:]}
