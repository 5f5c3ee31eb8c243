"""Tickets parked again after the clock of their till was put back: the journal says the order."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.wire.v1.desk import ItemKind
from tests.sync.facts import T0
from tests.sync.hub.parking_kit import ParkingTill, desk_items, told
from tests.templates import new_hub

DAY_MS = 24 * 3_600_000


@pytest.fixture
def one(database: HubDatabase) -> ParkingTill:
    return ParkingTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> ParkingTill:
    return ParkingTill(database, "FUEN-2")


@pytest.mark.parametrize("heard_after", range(4))
def test_a_parking_that_two_took_is_found_although_the_clock_was_put_back_before_the_next(
    one: ParkingTill, two: ParkingTill, heard_after: int
) -> None:
    one.park("b-1")
    one.push()
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)

    for act in range(3):
        if act == heard_after:
            two.push()
        if act == 1:
            one.journal.clock_ms -= DAY_MS
            one.park("b-1")
        else:
            one.resume("b-1")  # in the dark
        one.push()
    if heard_after == 3:
        two.push()

    (item,) = desk_items(one.database)
    assert item.kind is ItemKind.TICKET_RESUMED_TWICE
    assert {side.till for side in item.sides} == {"FUEN-1", "FUEN-2"}
    assert told(one.database) == {"b-1": ("resumed", "FUEN-1")}


def test_a_late_taking_does_not_take_what_was_parked_since_with_the_clock_put_back(
    one: ParkingTill, two: ParkingTill
) -> None:
    three = ParkingTill(one.database, "FUEN-3")
    one.park("b-1")
    one.push()
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    one.resume("b-1")  # in the dark
    one.journal.clock_ms -= DAY_MS
    one.park("b-1")
    one.push()

    two.push()
    waits = told(one.database)
    three.resume("d-1", source="b-1", fence=three.claim("b-1", takes_over=True).fence)
    three.push()

    assert waits == {"b-1": ("parked", "")}
    assert told(one.database) == {"b-1": ("resumed", "FUEN-3")}
    (item,) = desk_items(one.database)
    assert "FUEN-2" in {side.till for side in item.sides}


def test_a_restored_hub_keeps_taken_what_was_parked_last_with_the_clock_put_back(
    one: ParkingTill, two: ParkingTill, tmp_path: Path
) -> None:
    lost = new_hub(tmp_path / "again.db")
    add_shop(lost.engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=T0)
    one.park("b-1")
    one.resume("b-1")
    one.journal.clock_ms -= DAY_MS
    one.park("b-1")
    one.push()
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    one.join(lost)
    two.join(lost)

    with closing(lost):
        two.push()
        one.push()

        assert told(lost) == {"b-1": ("resumed", "FUEN-2")}
        assert desk_items(lost) == []
