"""Refunds to cards whose end nobody knows, and those with two ends, on the hub's desk."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from pos.domain.journal import FactKind
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return, ReturnFlag
from sync.hub.conflicts import desk, desk_cards
from sync.hub.conflicts.watch_refunds import WAITS_MS
from sync.hub.database import HubDatabase
from sync.hub.tables_returns import return_refund
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution
from tests.builders import new_id
from tests.sync.facts import T0
from tests.sync.hub.parking_kit import desk_items
from tests.sync.hub.returns.kit import ReturnTill, euros, ledger_at, watch

LATER = T0 + 60_000 + 2 * WAITS_MS


@pytest.fixture
def till(database: HubDatabase) -> ReturnTill:
    desk_cards.register()
    return ReturnTill(database)


def to_a_card(till: ReturnTill, **changes: Any) -> Return:
    """Take a mug back whose refund to a card the till asks its terminal for."""
    sold = till.sell(10_00)
    refund = Refund(
        new_id(), sold, Means.CARD, euros(10_00), "attempt", state=RefundState.REQUESTED
    )
    return till.take_back(ledger_at(till.database, sold), refunds=(refund,), **changes)


def contradict(till: ReturnTill, document: Return) -> None:
    """Tell that the terminal says it paid what is recorded as failed."""
    refund = document.refunds[0]
    till.journal.append(
        FactKind.REFUND_CONTRADICTED,
        {
            "return_id": document.return_id,
            "refund_id": refund.refund_id,
            "number": str(document.number),
            "amount": refund.amount.minor,
            "currency": "EUR",
            "recorded": "failed",
            "told": "confirmed",
            "detail": "SIM-000002",
            "staff_id": "marta",
        },
    )
    till.push()


def of_cards(database: HubDatabase) -> list[DeskItem]:
    return [each for each in desk_items(database) if each.kind is ItemKind.CARD_REFUND_UNKNOWN]


def state_of(database: HubDatabase, document: Return) -> str:
    wanted = return_refund.c.refund_id == document.refunds[0].refund_id
    with database.reading() as connection:
        return str(connection.scalar(select(return_refund.c.state).where(wanted)))


def decide(database: HubDatabase, item: DeskItem, how: Resolution) -> None:
    act = desk.DeskAct(new_id(), item.item_id, "marta", "FUEN", "hub", T0, resolution=how)
    with database.transaction() as connection:
        assert desk.resolve(connection, act) is desk.ActOutcome.APPLIED


def test_a_refund_without_an_answer_is_shown_after_a_while_and_leaves_when_it_has_one(
    database: HubDatabase, till: ReturnTill
) -> None:
    document = to_a_card(till)
    watch(database, T0 + 60_000)
    at_once = of_cards(database)
    watch(database, LATER)
    (item,) = of_cards(database)

    till.resolve(document, RefundState.CONFIRMED)
    watch(database, LATER)

    assert at_once == []
    assert (item.subject, item.money, item.till) == (str(document.number), 10_00, "FUEN-1")
    assert item.resolutions == (Resolution.PAID_BACK, Resolution.NOT_PAID_BACK)
    assert of_cards(database)[0].state is ItemState.RESOLVED


def test_what_was_promised_without_the_hub_is_no_matter_before_it_was_asked_for(
    database: HubDatabase, till: ReturnTill
) -> None:
    document = to_a_card(till, flags=frozenset({ReturnFlag.OFFLINE}))
    watch(database, LATER)
    while_waiting = of_cards(database)

    till.resolve(document, RefundState.UNKNOWN)
    watch(database, LATER)

    assert while_waiting == []
    assert len(of_cards(database)) == 1


@pytest.mark.parametrize(
    ("how", "state"),
    [(Resolution.PAID_BACK, "confirmed"), (Resolution.NOT_PAID_BACK, "failed")],
)
def test_somebody_who_asked_the_bank_says_how_a_refund_ended(
    database: HubDatabase, till: ReturnTill, how: Resolution, state: str
) -> None:
    document = to_a_card(till)
    watch(database, LATER)

    decide(database, of_cards(database)[0], how)

    assert state_of(database, document) == state


def test_a_terminal_that_contradicts_the_till_opens_the_refund_again(
    database: HubDatabase, till: ReturnTill
) -> None:
    document = to_a_card(till)
    watch(database, LATER)
    till.resolve(document, RefundState.FAILED)
    watch(database, LATER)

    contradict(till, document)
    watch(database, LATER)
    (item,) = of_cards(database)
    decide(database, item, Resolution.PAID_BACK)
    till.push(again=True)

    assert item.state is ItemState.OPEN
    assert [side.till for side in item.sides] == ["FUEN-1", "terminal"]
    assert state_of(database, document) == "confirmed"
    assert of_cards(database)[0].state is ItemState.RESOLVED
