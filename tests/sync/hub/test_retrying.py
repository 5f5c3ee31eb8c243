"""What cannot be applied holds up only its like, is tried again, and ends at a desk."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Insert, select

from pos.domain.journal import Fact, FactKind
from pos.system import Uuid7
from sync.hub import tables
from sync.hub.agreement import desk_of_tills
from sync.hub.conflicts import desk, desk_items
from sync.hub.conflicts.watch import watch_once
from sync.hub.database import HubDatabase
from sync.hub.intake.retrying import TRIES, retry_waiting, retrying
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import CONNECTOR, TILL, count, hub_with_till, outcomes, push
from tests.sync.waiting import wait_until


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubDatabase]:
    with hub_with_till(tmp_path) as database:
        desk_of_tills.register(CONNECTOR)
        yield database


@pytest.fixture
def journal() -> TillJournal:
    return TillJournal(ids=Uuid7().new)


def requested(journal: TillJournal, attempt: str) -> Fact:
    return journal.append(
        FactKind.CARD_REQUESTED,
        {"attempt_id": attempt, "basket_id": "b", "amount": 900, "currency": "EUR"},
    )


def resolved(journal: TillJournal, attempt: str) -> Fact:
    return journal.append(
        FactKind.CARD_RESOLVED,
        {"attempt_id": attempt, "state": "approved", "authorisation": "77", "verified": True},
    )


def occupy(database: HubDatabase, attempt: str) -> None:
    """Let something that nobody foresaw stand where the attempt belongs."""
    row = {
        "attempt_id": attempt, "till": "?", "basket_id": "", "amount": 0, "currency": "",
        "state": "", "authorisation": "", "is_verified": False, "requested_at_ms": 0,
    }  # fmt: skip
    with database.transaction() as connection:
        connection.execute(tables.card_attempt.insert().values(row))


def clear(database: HubDatabase) -> None:
    with database.transaction() as connection:
        connection.execute(tables.card_attempt.delete().where(tables.card_attempt.c.till == "?"))


def retry(database: HubDatabase, times: int = 1) -> list[int]:
    return [retry_waiting(database, CONNECTOR, T0) for _ in range(times)]


def stored(database: HubDatabase) -> list[tuple[int, str, str]]:
    with database.reading() as connection:
        inbox = tables.inbox.c
        rows = connection.execute(select(inbox.seq, inbox.outcome, inbox.code).order_by(inbox.seq))
        return [(seq, outcome, code) for seq, outcome, code in rows]


def sale_in_the_way(sale_id: str) -> Insert:
    row = {
        "sale_id": sale_id, "op_id": "?", "till": "?", "shop": "", "number": "", "session_id": "",
        "staff_id": "", "business_day": "", "completed_at_ms": 0, "currency": "", "total": 0,
        "source": "",
    }  # fmt: skip
    return tables.sale.insert().values(row)


def on_desk(database: HubDatabase) -> tuple[DeskItem, ...]:
    with database.reading() as connection:
        return desk_items.items(connection, ["FUEN"], ItemState.OPEN)


def resolve(database: HubDatabase, seq: int, resolution: Resolution) -> None:
    item_id = desk.item_id_of(ItemKind.FACT_PARKED, f"{TILL}:1:{seq}")
    act = desk.DeskAct("act-1", item_id, "marta", "FUEN", desk.AT_THE_HUB, T0, resolution)
    with database.transaction() as connection:
        assert desk.resolve(connection, act) is desk.ActOutcome.APPLIED


def test_only_what_is_about_the_same_thing_waits(hub: HubDatabase, journal: TillJournal) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    journal.sell()
    resolved(journal, "card-1")
    requested(journal, "card-2")

    together = push(hub, journal.facts)
    resolved(journal, "card-1")
    journal.sell()
    later = push(hub, journal.facts[4:])

    assert outcomes(together) == [
        (1, "parked", "waiting"),
        (2, "applied", ""),
        (3, "parked", "waiting"),
        (4, "applied", ""),
    ]
    assert outcomes(later) == [(5, "parked", "waiting"), (6, "applied", "")]
    assert later.received_through == 6


def test_what_waited_is_applied_in_its_order_once_nothing_is_in_its_way(
    hub: HubDatabase, journal: TillJournal
) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    resolved(journal, "card-1")
    push(hub, journal.facts)

    in_vain = retry(hub)
    clear(hub)
    applied = retry(hub, 2)

    with hub.reading() as connection:
        attempt = connection.execute(select(tables.card_attempt)).one()
    assert (in_vain, applied) == ([0], [2, 0])
    assert (attempt.state, attempt.till) == ("approved", TILL)
    assert [outcome for _, outcome, _ in stored(hub)] == ["applied", "applied"]


def test_after_five_tries_a_person_must_look_and_the_rest_keeps_waiting(
    hub: HubDatabase, journal: TillJournal
) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    resolved(journal, "card-1")
    push(hub, journal.facts)

    retry(hub, TRIES + 3)

    with hub.reading() as connection:
        (item,) = desk_items.items(connection, ["FUEN"], ItemState.OPEN)
    assert item.kind is ItemKind.FACT_PARKED
    assert stored(hub) == [(1, "parked", "not_applied"), (2, "waiting", "")]


def test_a_person_can_have_it_tried_again(hub: HubDatabase, journal: TillJournal) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    resolved(journal, "card-1")
    push(hub, journal.facts)
    retry(hub, TRIES)
    clear(hub)

    resolve(hub, 1, Resolution.APPLY_AGAIN)
    applied = retry(hub)

    assert applied == [2]
    assert [outcome for _, outcome, _ in stored(hub)] == ["applied", "applied"]


def test_what_is_kept_aside_holds_up_nothing_any_more(
    hub: HubDatabase, journal: TillJournal
) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    resolved(journal, "card-1")
    push(hub, journal.facts)
    retry(hub, TRIES)

    resolve(hub, 1, Resolution.KEEP_ASIDE)
    applied = retry(hub)

    assert applied == [1]
    assert stored(hub) == [(1, "parked", "kept_aside"), (2, "applied", "")]


def test_sales_of_a_shift_that_could_not_be_opened_get_its_day_when_it_is(
    hub: HubDatabase, journal: TillJournal
) -> None:
    with hub.transaction() as connection:
        obstacle = {
            "session_id": "shift-1", "till": "?", "number": 1, "business_day": "1999-01-01",
            "opened_by": "", "opened_at_ms": 0, "currency": "", "float_total": 0,
        }  # fmt: skip
        connection.execute(tables.till_session.insert().values(obstacle))
    opened = journal.open_session()
    journal.sell(completed_at_ms=T0 + 3 * 86_400_000)
    push(hub, journal.facts)
    with hub.transaction() as connection:
        connection.execute(tables.till_session.delete())

    retry(hub)

    with hub.reading() as connection:
        day = connection.scalar(select(tables.sale.c.business_day))
    assert day == opened.body["business_day"]


def test_a_duplicate_of_what_waits_changes_nothing(hub: HubDatabase, journal: TillJournal) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    push(hub, journal.facts)

    again = push(hub, journal.facts)
    clear(hub)

    assert outcomes(again) == [(1, "duplicate", "")]
    assert retry(hub, 2) == [1, 0]
    assert count(hub, "card_attempt") == 1


def test_what_waited_and_turns_out_unreadable_is_seen_by_a_person(
    hub: HubDatabase, journal: TillJournal
) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    journal.append(FactKind.CARD_RESOLVED, {"attempt_id": "card-1", "state": 7})
    push(hub, journal.facts)
    watch_once(hub, T0)  # while it waits there is nothing to be seen
    clear(hub)

    applied = retry(hub)

    assert applied == [2]
    assert stored(hub) == [(1, "applied", ""), (2, "parked", "unreadable_body")]
    assert [item.kind for item in on_desk(hub)] == [ItemKind.FACT_UNREADABLE]
    assert watch_once(hub, T0) == 0


def test_a_sale_of_another_shop_that_waited_is_seen_by_a_person(
    hub: HubDatabase, journal: TillJournal
) -> None:
    with hub.transaction() as connection:
        connection.execute(sale_in_the_way("sale-1"))
    journal.sell(sale_id="sale-1", shop="OTRA")
    push(hub, journal.facts)
    watch_once(hub, T0)
    with hub.transaction() as connection:
        connection.execute(tables.sale.delete())

    retry(hub)

    assert stored(hub) == [(1, "applied_with_exception", "other_shop")]
    assert [item.kind for item in on_desk(hub)] == [ItemKind.FACT_UNREADABLE]


def test_facts_that_a_person_must_look_at_hide_no_others(
    hub: HubDatabase, journal: TillJournal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.hub.intake.retrying.AT_A_TIME", 3)
    for number in range(3):
        occupy(hub, f"card-{number}")
        requested(journal, f"card-{number}")
        resolved(journal, f"card-{number}")
    push(hub, journal.facts)
    retry(hub, TRIES)
    with hub.transaction() as connection:
        connection.execute(sale_in_the_way("sale-1"))
    journal.sell(sale_id="sale-1")
    push(hub, journal.facts[6:])
    with hub.transaction() as connection:
        connection.execute(tables.sale.delete())

    applied = retry(hub)

    assert applied == [1]
    assert stored(hub)[-1] == (7, "applied", "")


def test_the_hub_tries_again_by_itself(hub: HubDatabase, journal: TillJournal) -> None:
    occupy(hub, "card-1")
    requested(journal, "card-1")
    push(hub, journal.facts)
    clear(hub)

    with closing(retrying(hub, CONNECTOR, lambda: T0, every_s=0.01)):
        wait_until(lambda: stored(hub) == [(1, "applied", "")])
