"""What a till would need to sell through an outage, and what of it is old."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.readiness import (
    DAY_MS,
    HOUR_MS,
    MINUTE_MS,
    Backup,
    BackupTrouble,
    Check,
    Facts,
    Light,
    Paper,
    Topic,
    check,
    clock_error_ms,
    missing,
)

NOW = 1_790_000_000_000


def facts(**changes: object) -> Facts:
    fields: dict[str, object] = {
        "now_ms": NOW,
        "products": 48_210,
        "built_at_ms": NOW - HOUR_MS,
        "prices_as_of_ms": NOW - MINUTE_MS,
        "pulled_at_ms": NOW - MINUTE_MS,
        "people": 5,
        "clock_offset_ms": 0,
        "last_act_ms": NOW - MINUTE_MS,
        "free_bytes": 38_000_000_000,
        "paper": Paper.FINE,
        "backup": Backup(NOW - HOUR_MS, is_verified=True),
    }
    return Facts(**{**fields, **changes})  # type: ignore[arg-type]


def of(topic: Topic, **changes: object) -> Check:
    return next(each for each in check(facts(**changes)) if each.topic is topic)


def test_a_till_that_has_everything_is_ready_without_a_warning() -> None:
    checks = check(facts())

    assert {each.light for each in checks} == {Light.FINE}
    assert missing(checks) == ()


@pytest.mark.parametrize(
    ("age_ms", "light"),
    [(DAY_MS, Light.FINE), (DAY_MS + 1, Light.OLD), (7 * DAY_MS + 1, Light.TOO_OLD)],
)
def test_prices_are_old_after_a_day_and_too_old_after_a_week(age_ms: int, light: Light) -> None:
    assert of(Topic.PRICES, prices_as_of_ms=NOW - age_ms).light is light


@pytest.mark.parametrize(
    ("offset_ms", "light"),
    [
        (2 * MINUTE_MS, Light.FINE),
        (-2 * MINUTE_MS - 1, Light.OLD),
        (10 * MINUTE_MS + 1, Light.TOO_OLD),
        (-400 * DAY_MS, Light.TOO_OLD),
    ],
)
def test_a_clock_is_held_against_that_of_the_hub(offset_ms: int, light: Light) -> None:
    assert of(Topic.CLOCK, clock_offset_ms=offset_ms).light is light


def test_a_clock_that_was_set_back_offline_is_seen_in_the_journal() -> None:
    error = clock_error_ms(facts(clock_offset_ms=None, last_act_ms=NOW + 3 * DAY_MS))

    assert error == -3 * DAY_MS
    assert of(Topic.CLOCK, clock_offset_ms=None, last_act_ms=NOW + 3 * DAY_MS).light is (
        Light.TOO_OLD
    )


@pytest.mark.parametrize(("age_ms", "light"), [(DAY_MS, Light.FINE), (DAY_MS + 1, Light.OLD)])
def test_promotions_are_old_after_a_day(age_ms: int, light: Light) -> None:
    assert of(Topic.PROMOTIONS, pulled_at_ms=NOW - age_ms).light is light


def test_without_a_catalogue_people_or_room_the_till_is_not_ready() -> None:
    checks = check(facts(products=0, people=0, has_room=False))

    assert [each.topic for each in missing(checks)] == [
        Topic.CATALOGUE,
        Topic.PEOPLE,
        Topic.DISK,
    ]


@pytest.mark.parametrize("paper", [Paper.NEAR_END, Paper.OUT, Paper.UNREACHABLE])
def test_paper_that_ends_is_worth_a_look_and_stops_nothing(paper: Paper) -> None:
    checks = check(facts(paper=paper))

    assert of(Topic.PAPER, paper=paper).light is Light.OLD
    assert missing(checks) == ()


def test_a_backup_nobody_made_or_checked_is_worth_a_look() -> None:
    unchecked = Backup(NOW - HOUR_MS, is_verified=False)

    assert of(Topic.BACKUP, backup=None).light is Light.OLD
    assert of(Topic.BACKUP, backup=unchecked).light is Light.OLD


@pytest.mark.parametrize("trouble", [each for each in BackupTrouble if each.value])
def test_a_backup_that_failed_is_told_with_its_reason_however_fresh_the_last_one_is(
    trouble: BackupTrouble,
) -> None:
    line = of(Topic.BACKUP, backup_trouble=trouble)
    first = of(Topic.BACKUP, backup=None, backup_trouble=trouble)

    assert (line.light, line.trouble, first.trouble) == (Light.OLD, trouble, trouble)


@given(st.integers(min_value=-(10**13), max_value=10**13))
def test_the_error_of_the_clock_is_what_it_is_ahead_of_the_hub(offset_ms: int) -> None:
    assert clock_error_ms(facts(clock_offset_ms=offset_ms)) == -offset_ms
