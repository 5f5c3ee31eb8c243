"""What people decide at a till reaches the hub's desk through the till's journal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.domain.journal import FactKind, Json
from pos.domain.staff import Role
from sync.hub.admin import add_staff
from sync.hub.conflicts import desk, desk_cards, desk_items
from sync.hub.conflicts.desk_items import history
from sync.hub.conflicts.watch import CARD_WAITS_MS, watch_once
from sync.hub.database import HubDatabase
from sync.hub.intake.effects import Effects, Origin
from sync.hub.intake.readers import Judgement, aggregate_of, read_effects
from sync.hub.tables import card_attempt
from sync.wire.v1.desk import ItemKind, ItemState, Resolution
from sync.wire.v1.push import Op
from tests.sync.facts import T0, TillJournal, wire_op
from tests.sync.hub.desk_cases import act_on, ticket_resumed_twice

ITEM = act_on(ticket_resumed_twice()).item_id


def taken_in(database: HubDatabase, op: Op) -> Judgement:
    """Do what a fact of FUEN-1 says."""
    effects = Effects()
    judgement = read_effects(op, Origin("FUEN-1", "FUEN", T0), effects)
    with database.transaction() as connection:
        for act in effects.acts:
            act(connection)
    return judgement


def op_of(kind: FactKind, **body: str) -> Op:
    fact = TillJournal().append(kind, {"item_id": ITEM, "staff_id": "marta", **body})
    return Op.model_validate(wire_op(fact))


@pytest.fixture
def with_item(database: HubDatabase) -> HubDatabase:
    with database.transaction() as connection:
        desk.open_item(connection, ticket_resumed_twice())
    return database


def test_a_resolution_at_a_till_resolves_the_item_at_the_hub(with_item: HubDatabase) -> None:
    op = op_of(FactKind.DESK_RESOLVED, resolution="both_stand", note="Hablado")

    outcomes = [taken_in(with_item, op).outcome for _ in range(2)]

    with with_item.reading() as connection:
        item = desk_items.item(connection, "FUEN", ITEM)
        (fact,) = history(connection, ITEM)
    assert outcomes == ["applied", "applied"]
    assert item is not None
    assert (item.resolution, item.resolved_by) == ("both_stand", "marta")
    assert (fact.place, json.loads(fact.body_json)["note"]) == ("FUEN-1", "Hablado")


def test_who_looks_after_an_item_and_what_they_wrote_reaches_the_hub(
    with_item: HubDatabase,
) -> None:
    taken_in(with_item, op_of(FactKind.DESK_ASSIGNED, owner="hugo"))
    taken_in(with_item, op_of(FactKind.DESK_NOTED, note="Llamo mañana").model_copy(
        update={"op_id": "another"}
    ))  # fmt: skip

    with with_item.reading() as connection:
        item = desk_items.item(connection, "FUEN", ITEM)
        actions = {row.action for row in history(connection, ITEM)}
    assert item is not None
    assert item.owner == "hugo"
    assert actions == {"assign", "note"}


def test_what_a_cashier_decides_at_a_desk_they_may_not_use_is_kept_and_changes_nothing(
    with_item: HubDatabase,
) -> None:
    add_staff(with_item.engine, "FUEN", staff_id="ana", name="Ana", role=Role.CASHIER, pin="2468")

    for kind, said in (
        (FactKind.DESK_RESOLVED, {"resolution": "both_stand"}),
        (FactKind.DESK_ASSIGNED, {"owner": "ana"}),
    ):
        op = op_of(kind, staff_id="ana", **said).model_copy(update={"op_id": kind.value})
        taken_in(with_item, op)

    with with_item.reading() as connection:
        item = desk_items.item(connection, "FUEN", ITEM)
        kept = {(row.action, row.outcome) for row in history(connection, ITEM)}
    assert item is not None
    assert (item.state, item.owner) == (ItemState.OPEN, "")
    assert kept == {("resolve", "may_not"), ("assign", "may_not")}


def test_an_unreadable_act_of_the_desk_is_kept_and_parked(database: HubDatabase) -> None:
    judgement = taken_in(database, op_of(FactKind.DESK_RESOLVED, resolution="burn_it"))

    assert judgement.outcome == "parked"


def test_acts_on_one_item_wait_for_each_other_only(tmp_path: Path) -> None:
    assert aggregate_of(op_of(FactKind.DESK_NOTED, note="x")) == f"item_id:{ITEM}"


def test_a_terminal_that_contradicts_the_hand_opens_the_payment_again(
    database: HubDatabase,
) -> None:
    desk_cards.register()
    with database.transaction() as connection:
        connection.execute(
            card_attempt.insert().values(
                attempt_id="a-1", till="FUEN-1", basket_id="b", amount=52_00, currency="EUR",
                state="approved", authorisation="", is_verified=False, requested_at_ms=T0,
                resolved_at_ms=T0,
            )
        )  # fmt: skip
    body: dict[str, Json] = {
        "attempt_id": "a-1", "basket_id": "b", "amount": 52_00, "currency": "EUR",
        "recorded": "approved", "told": "declined", "authorisation": "", "staff_id": "marta",
    }  # fmt: skip
    op = Op.model_validate(wire_op(TillJournal().append(FactKind.CARD_CONTRADICTED, body)))
    item_id = desk.item_id_of(ItemKind.CARD_OUTCOME_UNKNOWN, "a-1")
    act = desk.DeskAct(
        "act", item_id, "marta", "FUEN", "hub", T0, resolution=Resolution.NOT_CHARGED
    )

    taken_in(database, op)
    with database.transaction() as connection:
        outcome = desk.resolve(connection, act)
        state = connection.scalar(select(card_attempt.c.state))
    taken_in(database, op.model_copy(update={"op_id": "told-again"}))

    with database.reading() as connection:
        (again,) = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    assert (outcome, state) == (desk.ActOutcome.APPLIED, "declined")
    assert (again.item_id, [side.till for side in again.sides]) == (
        item_id, ["FUEN-1", "terminal"],
    )  # fmt: skip


def test_a_contradiction_takes_the_place_of_the_question_that_is_still_open(
    database: HubDatabase,
) -> None:
    with database.transaction() as connection:
        connection.execute(
            card_attempt.insert().values(
                attempt_id="a-1", till="FUEN-1", basket_id="b", amount=52_00, currency="EUR",
                state="unknown", authorisation="", is_verified=False, requested_at_ms=T0,
                resolved_at_ms=None,
            )
        )  # fmt: skip
    assert watch_once(database, T0 + CARD_WAITS_MS, lambda _s: None) == 1
    with database.transaction() as connection:
        connection.execute(card_attempt.update().values(state="declined", resolved_at_ms=T0))
    body: dict[str, Json] = {
        "attempt_id": "a-1", "basket_id": "b", "amount": 52_00, "currency": "EUR",
        "recorded": "declined", "told": "approved", "authorisation": "A1", "staff_id": "marta",
    }  # fmt: skip

    taken_in(
        database,
        Op.model_validate(wire_op(TillJournal().append(FactKind.CARD_CONTRADICTED, body))),
    )
    watch_once(database, T0 + 2 * CARD_WAITS_MS, lambda _s: None)

    with database.reading() as connection:
        (item,) = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    assert [side.till for side in item.sides] == ["FUEN-1", "terminal"]
