"""Sales of a shift that the hub hears of later: they belong to its business day all the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.domain.journal import FactKind
from pos.system import Uuid7
from sync.hub import tables
from sync.hub.agreement import desk_of_tills
from sync.hub.agreement.forks import take_in_fork
from sync.hub.database import HubDatabase
from tests.sync.facts import DAY, T0, TillJournal
from tests.sync.hub.journal_kit import CONNECTOR, TILL, hub_with_till, push

A_MONTH_MS = 30 * 24 * 3_600_000


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubDatabase]:
    with hub_with_till(tmp_path) as database:
        desk_of_tills.register(CONNECTOR)
        yield database


def days(hub: HubDatabase) -> list[str]:
    with hub.reading() as connection:
        return list(connection.scalars(select(tables.sale.c.business_day)))


def test_a_copy_that_sells_on_in_its_own_epoch_counts_on_the_day_of_its_shift(
    hub: HubDatabase,
) -> None:
    ours, copy = (TillJournal(ids=Uuid7().new) for _ in range(2))
    ours.sell([("A", 100)], completed_at_ms=T0)
    copy.open_session("shift-of-the-copy")
    after = TillJournal(epoch=2, ids=Uuid7().new)
    shift, later = "shift-of-the-copy", T0 + A_MONTH_MS
    after.sell([("B", 200)], number="1.2-000001", session_id=shift, completed_at_ms=later)
    push(hub, ours.facts, speaker="original")
    push(hub, copy.facts, speaker="copy")
    push(hub, after.facts, speaker="copy")

    with hub.transaction() as connection:
        take_in_fork(connection, CONNECTOR, TILL, 1, T0)

    assert days(hub) == [DAY, DAY]


def test_a_shift_whose_body_came_after_its_sales_takes_them_to_its_day(hub: HubDatabase) -> None:
    journal = TillJournal(ids=Uuid7().new)
    opened = journal.open_session()
    journal.sell([("A", 100)], completed_at_ms=T0 + A_MONTH_MS)

    push(hub, [replace(opened, body_json=None), journal.facts[1]])  # type: ignore[arg-type]
    before = days(hub)
    push(hub, journal.facts[:1])

    assert before != [DAY]
    assert days(hub) == [DAY]


def test_a_shift_that_went_on_in_an_epoch_the_hub_was_told_first_takes_its_sales_to_its_day(
    hub: HubDatabase,
) -> None:
    before = TillJournal(ids=Uuid7().new)
    before.open_session()
    after = TillJournal(epoch=2, ids=Uuid7().new)
    after.sell([("B", 200)], number="1.2-000001", completed_at_ms=T0 + A_MONTH_MS)
    push(hub, after.facts)
    at_first = days(hub)

    push(hub, before.facts)

    assert at_first != [DAY]
    assert days(hub) == [DAY]


def test_a_shift_and_a_card_that_ended_in_an_epoch_told_first_are_ended(hub: HubDatabase) -> None:
    before = TillJournal(ids=Uuid7().new)
    before.open_session()
    before.append(
        FactKind.CARD_REQUESTED,
        {"attempt_id": "card-1", "basket_id": "basket-1", "amount": 200, "currency": "EUR"},
    )
    after = TillJournal(epoch=2, ids=Uuid7().new)
    after.append(
        FactKind.CARD_RESOLVED,
        {"attempt_id": "card-1", "state": "approved", "authorisation": "A1", "verified": True},
    )
    after.append(
        FactKind.SESSION_CLOSED,
        {"session_id": "shift-1", "sales": 1, "total": 200, "expected": 150_00,
         "counted": 150_00, "difference": 0},
    )  # fmt: skip
    push(hub, after.facts)

    push(hub, before.facts)

    with hub.reading() as connection:
        card = connection.execute(select(tables.card_attempt)).one()
        shift = connection.execute(select(tables.till_session)).one()
    assert (card.state, card.authorisation, card.is_verified) == ("approved", "A1", True)
    assert (shift.closed_at_ms, shift.sales, shift.total) == (T0 + 1_000, 1, 200)
