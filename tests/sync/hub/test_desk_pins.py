"""PINs at the hub's pages: counted before they are looked at, so that guessing is slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from pos.domain.staff import TRIES_BEFORE_LOCK, Role
from sync.hub.admin import add_staff
from sync.hub.database import HubDatabase
from sync.hub.pages.sign_in import Accepted, Locked, Wrong, check
from sync.hub.tables_desk import desk_lockout
from tests.sync.facts import T0

PIN = "2468"


@pytest.fixture
def people(database: HubDatabase) -> HubDatabase:
    """Return a hub with one manager."""
    add_staff(database.engine, "FUEN", staff_id="marta", name="Marta", role=Role.MANAGER, pin=PIN)
    return database


def test_a_lock_out_survives_the_hub_and_a_right_pin_forgets_the_wrong_ones(
    people: HubDatabase,
) -> None:
    for _ in range(3):
        check(people, "FUEN", "marta", "0000", T0)
    with people.reading() as connection:
        counted = connection.scalar(select(desk_lockout.c.failures))

    accepted = check(people, "FUEN", "marta", PIN, T0)

    with people.reading() as connection:
        forgotten = connection.scalar(select(desk_lockout.c.failures))
    assert (counted, accepted, forgotten) == (3, Accepted("marta"), 0)


def test_many_guesses_at_once_are_no_more_than_one_after_the_other(people: HubDatabase) -> None:
    pins = [f"{number:04}" for number in range(24)]

    with ThreadPoolExecutor(12) as pool:
        answers = list(pool.map(lambda pin: check(people, "FUEN", "marta", pin, T0), pins))

    assert answers.count(Wrong()) == TRIES_BEFORE_LOCK - 1
    assert sum(isinstance(answer, Locked) for answer in answers) == 24 - TRIES_BEFORE_LOCK + 1


def test_guessing_at_people_who_do_not_exist_leaves_nothing_behind(people: HubDatabase) -> None:
    answers = {check(people, "FUEN", f"nobody-{n}", PIN, T0) for n in range(3)}

    with people.reading() as connection:
        kept = connection.execute(select(desk_lockout)).all()
    assert answers == {Wrong()}
    assert kept == []
