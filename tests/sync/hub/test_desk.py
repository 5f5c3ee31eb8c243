"""The conflict desk: found once, resolved once, nothing of what people did is lost."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import count, product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from sync.hub.app import create_app
from sync.hub.conflicts import desk, desk_items
from sync.hub.conflicts.desk import (
    ActOutcome,
    Case,
    DeskAct,
    Found,
    assign,
    note,
    open_item,
    resolve,
)
from sync.hub.conflicts.desk_items import history
from sync.hub.conflicts.desk_rules import EFFECTS, Effect, effect_of, resolutions_of
from sync.hub.database import HubDatabase
from sync.hub.tables_desk import desk_fact
from sync.wire.v1.desk import ItemKind, ItemState, Resolution
from tests.sync.facts import T0
from tests.sync.hub.desk_cases import act_on, ticket_resumed_twice
from tests.sync.serving import FixedClock
from tests.templates import new_hub

CLONED = Found(
    ItemKind.TILL_CLONED, "FUEN-1", "FUEN", "FUEN-1", "FUEN-1", "EUR", T0, data={"epoch": 1}
)


@pytest.fixture
def carried_out(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Case, DeskAct]]:
    """Return what the taking in of a fork was called with."""
    calls: list[tuple[Case, DeskAct]] = []
    for effect in (Effect.TAKE_IN_FORK, Effect.TAKE_IN_AND_STOP):
        monkeypatch.setitem(
            desk._CARRIED_OUT_BY, effect, lambda connection, case, act: calls.append((case, act))
        )
    return calls


def open_items(database: HubDatabase, *shops: str) -> list[str]:
    with database.reading() as connection:
        found = desk_items.items(connection, shops or ("FUEN",), ItemState.OPEN)
        return [item.subject for item in found]


def test_what_is_found_again_stays_one_item(database: HubDatabase) -> None:
    with database.transaction() as connection:
        first = open_item(connection, ticket_resumed_twice())
        again = open_item(connection, ticket_resumed_twice())

    assert (first, again) == (True, False)
    assert len(open_items(database)) == 1


def test_what_was_resolved_does_not_come_back_when_it_is_found_again(
    database: HubDatabase,
) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)
        resolve(connection, act_on(found))

        assert not open_item(connection, found)

    assert open_items(database) == []


def test_the_desk_shows_what_moves_most_money_first_and_then_what_is_oldest(
    database: HubDatabase,
) -> None:
    with database.transaction() as connection:
        for key, money, at_ms in (("a", 5, T0), ("b", 900, T0 + 2), ("c", 900, T0 + 1)):
            found = Found(
                ItemKind.PRICE_OUT_OF_BAND, key, "FUEN", "FUEN-1", key, "EUR", at_ms, money
            )
            open_item(connection, found)

    assert open_items(database) == ["c", "b", "a"]


def test_the_second_resolution_is_kept_and_changes_nothing(
    database: HubDatabase, carried_out: list[tuple[Case, DeskAct]]
) -> None:
    first = act_on(CLONED, "act-1", Resolution.NEW_EPOCH)
    second = act_on(CLONED, "act-2", Resolution.STOP_COPY, staff_id="hugo")
    with database.transaction() as connection:
        open_item(connection, CLONED)

        outcomes = [resolve(connection, first), resolve(connection, second)]

        item = desk_items.item(connection, "FUEN", first.item_id)
        kept = [(row.op_id, row.outcome) for row in history(connection, first.item_id)]
    assert outcomes == [ActOutcome.APPLIED, ActOutcome.TOO_LATE]
    assert item is not None
    assert (item.resolution, item.resolved_by) == ("new_epoch", "marta")
    assert kept == [("act-1", "applied"), ("act-2", "too_late")]
    assert [(case.data, act.op_id) for case, act in carried_out] == [({"epoch": 1}, "act-1")]


def test_a_resolution_sent_again_answers_what_it_answered(
    database: HubDatabase, carried_out: list[tuple[Case, DeskAct]]
) -> None:
    act = act_on(CLONED, resolution=Resolution.NEW_EPOCH)
    with database.transaction() as connection:
        open_item(connection, CLONED)

        outcomes = [resolve(connection, act) for _ in range(3)]

    assert outcomes == [ActOutcome.APPLIED] * 3
    assert len(carried_out) == 1


@pytest.mark.parametrize(("kind", "resolution"), list(product(ItemKind, Resolution)), ids=str)
def test_only_the_resolutions_of_the_table_can_be_chosen(
    kind: ItemKind, resolution: Resolution
) -> None:
    can_be_chosen = resolution in resolutions_of(kind)

    assert can_be_chosen == ((kind, resolution) in EFFECTS)
    assert (effect_of(kind, resolution) is None) == (not can_be_chosen)


@pytest.mark.parametrize("kind", ItemKind, ids=str)
def test_every_kind_of_item_has_one_or_two_ways_out(kind: ItemKind) -> None:
    assert 1 <= len(resolutions_of(kind)) <= 2


def test_a_resolution_outside_the_table_is_refused_and_the_item_stays_open(
    database: HubDatabase,
) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)

        outcome = resolve(connection, act_on(found, resolution=Resolution.CHARGED))

        assert outcome is ActOutcome.NOT_POSSIBLE
        assert history(connection, act_on(found).item_id) == []
    assert len(open_items(database)) == 1


def test_nobody_acts_on_the_item_of_another_shop(database: HubDatabase) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)

        outcomes = {
            verb(connection, act_on(found, shop="GOYA")) for verb in (resolve, assign, note)
        }

    assert outcomes == {ActOutcome.UNKNOWN_ITEM}
    assert len(open_items(database)) == 1


def test_an_item_belongs_to_the_one_it_was_assigned_to_last(database: HubDatabase) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)
        assign(connection, act_on(found, "a-1", owner="marta"))
        assign(connection, act_on(found, "a-2", owner="hugo"))
        resolve(connection, act_on(found, "a-3"))

        late = assign(connection, act_on(found, "a-4", owner="marta"))

        item = desk_items.item(connection, "FUEN", act_on(found).item_id)
    assert late is ActOutcome.TOO_LATE
    assert item is not None
    assert item.owner == "hugo"


def test_notes_are_kept_also_after_the_item_was_resolved(database: HubDatabase) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)
        resolve(connection, act_on(found, "a-1"))

        outcome = note(connection, act_on(found, "a-2", note="Llamé a Goya", at_ms=T0 + 9_000))

        last = history(connection, act_on(found).item_id)[-1]
    assert outcome is ActOutcome.APPLIED
    assert "Llamé a Goya" in last.body_json


def test_what_comes_right_by_itself_leaves_the_desk(database: HubDatabase) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)

        settled = [desk.settle(connection, found.kind, found.key, T0) for _ in range(2)]

    assert settled == [True, False]
    assert open_items(database) == []


def test_many_people_at_once_and_one_resolution_has_effect(database: HubDatabase) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        open_item(connection, found)

    def act(number: int) -> ActOutcome:
        with database.transaction() as connection:
            return resolve(connection, act_on(found, f"act-{number}"))

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(act, range(24)))

    assert sorted(outcome.value for outcome in outcomes) == ["applied"] + ["too_late"] * 23


@pytest.fixture(scope="module")
def one_hub() -> Iterator[HubDatabase]:
    with TemporaryDirectory() as folder:
        opened = new_hub(Path(folder) / "hub.db")
        yield opened
        opened.close()


KEYS = count()
ACTS = st.lists(
    st.tuples(
        st.integers(0, 5),  # whose act: the same number is the same act sent again
        st.sampled_from([resolve, assign, note]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=60, deadline=None)
@given(acts=ACTS, data=st.data())
def test_whatever_the_order_one_resolution_has_effect(
    one_hub: HubDatabase, acts: list[tuple[int, desk.Verb]], data: st.DataObject
) -> None:
    key = f"basket-{next(KEYS)}"
    found = ticket_resumed_twice(key)
    with one_hub.transaction() as connection:
        open_item(connection, found)

        for number, verb in acts:
            choice = data.draw(st.sampled_from(resolutions_of(found.kind)))
            op_id = f"{key}-{verb.__name__}-{number}"
            verb(connection, act_on(found, op_id, choice, owner="x", staff_id=f"p{number}"))

        facts = connection.execute(
            select(desk_fact).where(
                desk_fact.c.item_id == act_on(found).item_id, desk_fact.c.action == "resolve"
            )
        ).all()
        item = desk_items.item(connection, "FUEN", act_on(found).item_id)
    resolving = [number for number, verb in acts if verb is resolve]
    assert item is not None
    assert len(facts) == len(set(resolving))
    assert [fact.outcome for fact in facts].count("applied") == (1 if resolving else 0)
    assert item.resolved_by == (f"p{resolving[0]}" if resolving else "")


def test_what_a_till_did_before_the_hub_found_the_item_counts_when_it_does(
    database: HubDatabase,
) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        noted = act_on(found, "a-1", None, place="FUEN-1", note="Visto", at_ms=T0 + 1)
        resolved = act_on(found, "a-2", place="FUEN-1", at_ms=T0 + 2)
        other = act_on(found, "a-3", shop="GOYA", place="GOYA-1", at_ms=T0)
        outcomes = [
            desk.take_fact(connection, verb, act)
            for verb, act in [(resolve, resolved), (note, noted), (resolve, other)] * 2
        ]

        open_item(connection, found)

        item = desk_items.item(connection, "FUEN", resolved.item_id)
        kept = [(row.op_id, row.outcome) for row in history(connection, resolved.item_id)]
    assert outcomes == [ActOutcome.AHEAD] * 6
    assert item is not None
    assert (item.state, item.resolution) == (ItemState.RESOLVED, "both_stand")
    assert kept == [("a-3", "ahead"), ("a-1", "applied"), ("a-2", "applied")]


def test_a_till_cannot_settle_beforehand_what_the_hub_will_find_about_it(
    database: HubDatabase,
) -> None:
    found = ticket_resumed_twice()
    with database.transaction() as connection:
        beforehand = act_on(found, "a-1", place=found.till, at_ms=T0)
        outcome = desk.take_fact(connection, resolve, beforehand)

        open_item(connection, found)

        item = desk_items.item(connection, "FUEN", beforehand.item_id)
    assert outcome is ActOutcome.AHEAD
    assert item is not None
    assert item.state is ItemState.OPEN


def test_a_resolution_from_a_till_that_cannot_be_is_kept_and_changes_nothing(
    database: HubDatabase,
) -> None:
    found = ticket_resumed_twice()
    act = act_on(found, resolution=Resolution.CHARGED, place="FUEN-1")
    with database.transaction() as connection:
        open_item(connection, found)

        outcomes = [desk.take_fact(connection, resolve, act) for _ in range(2)]

        kept = [row.outcome for row in history(connection, act.item_id)]
    assert outcomes == [ActOutcome.NOT_POSSIBLE] * 2
    assert kept == ["not_possible"]
    assert len(open_items(database)) == 1


def test_what_was_tried_once_more_is_open_again_when_it_is_found_again(
    database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(desk._CARRIED_OUT_BY, Effect.RETRY, lambda connection, case, act: None)
    parked = Found(ItemKind.FACT_PARKED, "FUEN-1:1:7", "FUEN", "FUEN-1", "1-000007", "EUR", T0)
    with database.transaction() as connection:
        open_item(connection, parked)
        resolve(connection, act_on(parked, resolution=Resolution.APPLY_AGAIN))

        again = [open_item(connection, replace(parked, at_ms=T0 + 9)) for _ in range(2)]

        item = desk_items.item(connection, "FUEN", act_on(parked).item_id)
        kept = [row.op_id for row in history(connection, act_on(parked).item_id)]
    assert again == [True, False]
    assert item is not None
    assert (item.state, item.resolved_by, item.opened_at_ms) == (ItemState.OPEN, "", T0 + 9)
    assert kept == ["act-1"]


def test_every_resolution_of_a_hub_that_runs_has_somebody_who_carries_it_out(
    database: HubDatabase, tmp_path: Path
) -> None:
    create_app(database, clock=FixedClock(), cache_folder=tmp_path)

    assert set(EFFECTS.values()) <= desk.carried_out()
