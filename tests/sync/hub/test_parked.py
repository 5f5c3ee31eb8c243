"""Tickets that wait in the shop: what each till is told, and when two went on with one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest

from pos.domain.journal import FactKind, Json
from sync.hub.admin import add_shop
from sync.hub.counter.claims import DONE, HELD
from sync.hub.counter.parked import PARKED, RESUMED, Taking, is_second, parked_page
from sync.hub.database import HubDatabase
from sync.wire.v1.claims import UNUSED_CLAIM_LASTS_MS, ClaimState
from sync.wire.v1.desk import ItemKind, RowKind
from tests.sync.facts import T0
from tests.sync.hub.parking_kit import ParkingTill, desk_items, told
from tests.templates import new_hub


@pytest.fixture
def one(database: HubDatabase) -> ParkingTill:
    return ParkingTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> ParkingTill:
    return ParkingTill(database, "FUEN-2")


@pytest.fixture
def lost(tmp_path: Path) -> Iterator[HubDatabase]:
    """Return the database of a hub that was set up again and knows the shop only."""
    opened = new_hub(tmp_path / "again.db")
    add_shop(opened.engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=T0)
    with closing(opened):
        yield opened


def test_the_shop_is_told_what_waits_and_who_went_on_with_it(
    one: ParkingTill, two: ParkingTill
) -> None:
    one.park("b-1")
    one.push()
    before = told(one.database)
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    two.push()

    assert before == {"b-1": ("parked", "")}
    assert told(one.database) == {"b-1": ("resumed", "FUEN-2")}
    assert desk_items(one.database) == []


def test_a_page_holds_what_a_row_needs_and_the_rest_comes_behind_it(one: ParkingTill) -> None:
    totals = {f"b-{n}": one.park(f"b-{n}") for n in range(3)}
    one.push()

    with one.database.reading() as connection:
        first = parked_page(connection, "FUEN", 0, 2, T0)
        rest = parked_page(connection, "FUEN", first.cursor, 2, T0)
        after = parked_page(connection, "FUEN", rest.cursor, 2, T0)

    assert [item.basket_id for item in (*first.items, *rest.items)] == list(totals)
    assert first.more
    assert (rest.more, after.items) == (False, ())
    item = first.items[0]
    assert (item.till, item.label, item.total, item.lines, item.staff_id) == (
        "FUEN-1",
        "La del perro",
        totals["b-0"],
        3,
        "ana",
    )


def test_parking_resuming_and_parking_again_in_one_push_leaves_it_waiting(
    one: ParkingTill,
) -> None:
    one.park("b-1")
    one.resume("b-1")
    one.park("b-1")
    one.push()

    assert told(one.database) == {"b-1": ("parked", "")}


def test_a_ticket_cancelled_after_it_was_taken_up_here_waits_no_more(one: ParkingTill) -> None:
    one.park("b-1")
    one.resume("b-1")
    one.cancel("b-1")
    one.push()

    assert told(one.database)["b-1"][0] == "cancelled"


def test_the_same_facts_again_change_nothing(one: ParkingTill, two: ParkingTill) -> None:
    one.park("b-1")
    one.push()
    two.resume("c-1", source="b-1", fence=1)
    two.push()
    before = told(one.database)

    outcomes = two.push(again=True) | one.push(again=True)

    assert outcomes == {"duplicate"}
    assert told(one.database) == before
    assert desk_items(one.database) == []


@pytest.mark.parametrize("dark_first", [True, False])
def test_a_ticket_taken_up_in_the_dark_and_by_claim_is_a_matter_for_the_desk(
    one: ParkingTill, two: ParkingTill, dark_first: bool
) -> None:
    total = one.park("b-1")
    one.push()
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    one.resume("b-1")  # its own copy, while it did not see the hub
    for till in (one, two) if dark_first else (two, one):
        till.push()

    (item,) = desk_items(one.database)

    assert item.kind is ItemKind.TICKET_RESUMED_TWICE
    assert (item.money, item.currency, item.subject) == (total, "EUR", "La del perro")
    assert {side.till for side in item.sides} == {"FUEN-1", "FUEN-2"}
    for side in item.sides:
        rows = {row.kind: row for row in side.rows}
        assert rows[RowKind.TOTAL].number == total
        assert rows[RowKind.STAFF].text == "ana"
        assert rows[RowKind.AT].number in {T0, T0 + 1000}


def test_a_claim_that_nobody_used_makes_no_matter_for_the_desk(
    one: ParkingTill, two: ParkingTill
) -> None:
    one.park("b-1")
    one.push()
    assert two.claim("b-1").state is ClaimState.GRANTED  # and the till died

    one.resume("b-1")
    one.push()

    assert desk_items(one.database) == []
    assert told(one.database)["b-1"] == ("resumed", "FUEN-1")


def test_a_late_use_of_a_claim_that_was_taken_over_is_found(
    one: ParkingTill, two: ParkingTill, database: HubDatabase
) -> None:
    three = ParkingTill(database, "FUEN-3")
    one.park("b-1")
    one.push()
    late = two.claim("b-1").fence
    three.now_ms += UNUSED_CLAIM_LASTS_MS
    three.resume("d-1", source="b-1", fence=three.claim("b-1", takes_over=True).fence)
    three.push()

    two.resume("c-1", source="b-1", fence=late)
    two.push()

    (item,) = desk_items(database)
    assert {side.till for side in item.sides} == {"FUEN-2", "FUEN-3"}


def test_a_claim_on_what_the_ticket_was_before_it_was_parked_again_is_found(
    one: ParkingTill, two: ParkingTill
) -> None:
    one.park("b-1")
    one.push()
    fence = two.claim("b-1").fence
    one.resume("b-1")  # in the dark
    one.park("b-1")
    one.push()

    two.resume("c-1", source="b-1", fence=fence)
    two.push()

    assert [item.kind for item in desk_items(one.database)] == [ItemKind.TICKET_RESUMED_TWICE]
    assert told(one.database)["b-1"] == ("parked", "")


def test_a_third_till_is_a_matter_of_its_own(one: ParkingTill, two: ParkingTill) -> None:
    three = ParkingTill(one.database, "FUEN-3")
    one.park("b-1")
    one.push()
    for till, basket_id in ((two, "c-1"), (three, "d-1")):
        till.resume(basket_id, source="b-1")
        till.push()
    one.resume("b-1")
    one.push()

    assert len(desk_items(one.database)) == 2


def test_a_hub_that_lost_the_parking_hears_of_it_later_and_knows_it_is_taken(
    one: ParkingTill, two: ParkingTill
) -> None:
    two.resume("c-1", source="b-1", fence=1)
    two.push()
    unheard = told(one.database)

    one.park("b-1")
    one.push()

    assert unheard == {}
    assert told(one.database) == {"b-1": ("resumed", "FUEN-2")}
    assert desk_items(one.database) == []


def restored(empty: HubDatabase, *tills: ParkingTill) -> None:
    """Let tills go on with a hub that lost everything they told the one before."""
    for till in tills:
        till.join(empty)


def test_a_restored_hub_that_hears_the_taker_first_keeps_the_ticket_taken(
    one: ParkingTill, two: ParkingTill, lost: HubDatabase
) -> None:
    three = ParkingTill(one.database, "FUEN-3")
    one.park("b-1")
    one.resume("b-1")
    one.park("b-1")
    one.push()
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    restored(lost, one, two, three)

    two.push()
    one.push()

    assert told(lost) == {"b-1": ("resumed", "FUEN-2")}
    assert three.claim("b-1").state is ClaimState.GONE
    assert desk_items(lost) == []


@pytest.mark.parametrize("order", list(itertools.permutations(range(3))))
def test_whatever_is_heard_first_one_parking_that_two_took_is_one_matter_for_the_desk(
    one: ParkingTill, two: ParkingTill, lost: HubDatabase, order: tuple[int, ...]
) -> None:
    three = ParkingTill(one.database, "FUEN-3")
    one.park("b-1")
    one.push()
    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    one.resume("b-1")  # in the dark
    one.park("b-1")
    one.push()
    three.resume("d-1", source="b-1", fence=three.claim("b-1").fence)
    tills = (one, two, three)
    restored(lost, *tills)

    for place in order:
        tills[place].push()

    (item,) = desk_items(lost)
    assert item.kind is ItemKind.TICKET_RESUMED_TWICE
    assert "FUEN-2" in {side.till for side in item.sides}
    assert told(lost) == {"b-1": ("resumed", "FUEN-3")}


def test_what_a_till_parked_last_counts_also_when_its_earlier_epoch_comes_later(
    one: ParkingTill, two: ParkingTill
) -> None:
    one.park("b-1", content={"as": "it was"})
    before = one.journal
    one.begin_epoch(2)
    one.resume("b-1")
    one.park("b-1", content={"as": "it is"}, label="Con pan")
    one.push()
    waits = told(one.database)

    one.journal = before
    one.push(again=True)

    assert waits == told(one.database) == {"b-1": ("parked", "")}
    assert two.claim("b-1").content == {"as": "it is"}
    assert desk_items(one.database) == []


def test_a_ticket_cancelled_in_an_earlier_epoch_waits_when_it_was_parked_since(
    one: ParkingTill,
) -> None:
    one.park("b-1")
    one.resume("b-1")
    one.cancel("b-1")
    before = one.journal
    one.begin_epoch(2)
    one.journal.append(FactKind.SIGNED_IN, {"staff_id": "ana", "method": "pin"})
    one.resume("b-1")  # as it was when the till's data was copied
    one.park("b-1")
    one.push()

    one.journal = before
    one.push(again=True)

    assert told(one.database) == {"b-1": ("parked", "")}


def test_a_ticket_parked_again_after_the_clock_was_put_back_waits(
    one: ParkingTill, two: ParkingTill
) -> None:
    one.journal.append(FactKind.SIGNED_IN, {"staff_id": "ana", "method": "pin"})
    one.park("b-1")
    one.resume("b-1")
    one.push()
    one.begin_epoch(2)  # whose facts begin a second earlier than the parking
    one.park("b-1")
    one.push()
    waits = told(one.database)

    two.resume("c-1", source="b-1", fence=two.claim("b-1").fence)
    two.push()

    assert waits == {"b-1": ("parked", "")}
    assert told(one.database) == {"b-1": ("resumed", "FUEN-2")}
    assert desk_items(one.database) == []


def test_a_till_says_nothing_about_a_ticket_of_another(one: ParkingTill, two: ParkingTill) -> None:
    one.park("b-1", label="La del perro")
    one.push()

    two.park("b-1", label="robado")
    two.push()

    with one.database.reading() as connection:
        (item,) = parked_page(connection, "FUEN", 0, 10, T0).items
    assert (item.till, item.label) == ("FUEN-1", "La del perro")


def test_a_content_without_measure_is_not_kept_and_the_ticket_waits_all_the_same(
    one: ParkingTill, two: ParkingTill
) -> None:
    one.park("b-1", content={"lines": ["x" * 500_000]})
    one.push()

    granted = two.claim("b-1")

    assert granted.state is ClaimState.GRANTED
    assert granted.content is None


def test_facts_of_an_earlier_version_have_their_effect(one: ParkingTill) -> None:
    body: dict[str, Json] = {"basket_id": "b-1", "total": 306, "lines": 3, "staff_id": "ana"}
    one.journal.append(FactKind.BASKET_PARKED, body)
    one.journal.append(FactKind.BASKET_RESUMED, body)
    one.push()

    assert told(one.database) == {"b-1": ("resumed", "FUEN-1")}


def test_who_is_second_follows_from_ticket_and_claim_alone() -> None:
    """The product of all states: a second is one after a *use*, never after a mere grant."""
    for state, claim_state, claim_till, fence in itertools.product(
        (PARKED, RESUMED), (HELD, DONE), ("FUEN-1", "FUEN-2"), (0, 1, 2)
    ):
        ticket = SimpleNamespace(
            state=state, resumed_by="FUEN-1", resumed_as="b-1", parked_at_ms=T0, taken_parking_ms=0
        )
        claim = SimpleNamespace(state=claim_state, till=claim_till, fence=2)
        taking = Taking("FUEN-2", "c-1", fence, "ana", 1, 1, T0)

        if state == RESUMED:
            assert is_second(ticket, claim, taking)
        else:
            used_by_other = claim_state == DONE and claim_till == "FUEN-1"
            assert is_second(ticket, claim, taking) is (used_by_other and fence < 2)
