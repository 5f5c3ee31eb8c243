"""Two living copies of one till: found, told, parted, and nothing either sold is lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from pos.system import Uuid7
from sync.hub import tables
from sync.hub.agreement import desk_of_tills
from sync.hub.agreement.epochs import grant_epoch, highest_epoch
from sync.hub.agreement.forks import clone_key, take_in_fork
from sync.hub.agreement.held_facts import take_report
from sync.hub.agreement.tills import ALL_DAYS, digest
from sync.hub.conflicts import desk, desk_items
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import known_till
from sync.hub.intake.retrying import TRIES, retry_waiting
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution
from sync.wire.v1.tills import ReportAnswer, TillReport
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import CONNECTOR, TILL, count, hub_with_till, outcomes, push

IDS = Uuid7()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubDatabase]:
    with hub_with_till(tmp_path) as database:
        desk_of_tills.register(CONNECTOR)
        yield database


def journals(count: int) -> list[TillJournal]:
    """Return journals of one till whose facts have ids of their own, as on several machines."""
    return [TillJournal(ids=IDS.new) for _ in range(count)]


def two_copies() -> tuple[TillJournal, TillJournal]:
    """Return a till and a copy of its data folder, both after the same first sale."""
    ours, copy = journals(2)
    ours.sell([("A", 100)])
    copy.facts.append(ours.facts[0])
    return ours, copy


def report(database: HubDatabase, speaker: str, epoch: int = 1) -> ReportAnswer:
    with database.transaction() as connection:
        said = TillReport(epoch=epoch, queued=0, parked=0)
        return take_report(connection, known_till(connection, TILL), said, speaker, T0)


def open_items(database: HubDatabase) -> tuple[DeskItem, ...]:
    with database.reading() as connection:
        return desk_items.items(connection, ["FUEN"], ItemState.OPEN)


def resolve(database: HubDatabase, resolution: Resolution, epoch: int = 1) -> desk.ActOutcome:
    item_id = desk.item_id_of(ItemKind.TILL_CLONED, clone_key(TILL, epoch))
    act = desk.DeskAct("act-1", item_id, "marta", "FUEN", desk.AT_THE_HUB, T0, resolution)
    with database.transaction() as connection:
        return desk.resolve(connection, act)


def answer(database: HubDatabase, item: DeskItem, resolution: Resolution) -> None:
    act = desk.DeskAct(IDS.new(), item.item_id, "marta", "FUEN", desk.AT_THE_HUB, T0, resolution)
    with database.transaction() as connection:
        assert desk.resolve(connection, act) is desk.ActOutcome.APPLIED


def paid(database: HubDatabase) -> int:
    """Return what the till took in all, as the hub's figures say, in minor units."""
    with database.reading() as connection:
        said = digest(connection, TILL, ALL_DAYS)
    assert said.by_tender == {"cash": said.total_minor}
    return said.total_minor


def sales(database: HubDatabase) -> list[tuple[str, int, int]]:
    with database.reading() as connection:
        sale = tables.sale.c
        rows = connection.execute(select(sale.number, sale.fork, sale.total).order_by(sale.fork))
        return [(number, fork, total) for number, fork, total in rows]


def test_an_agent_that_was_started_again_is_no_copy(hub: HubDatabase) -> None:
    journal = TillJournal()
    for speaker in ("first", "second", "third"):
        journal.sell()
        push(hub, journal.facts[-1:], speaker=speaker)
        report(hub, speaker)

    assert open_items(hub) == ()


def test_two_agents_that_take_turns_are_two_copies_and_both_are_told(hub: HubDatabase) -> None:
    journal = TillJournal()
    journal.sell()
    push(hub, journal.facts, speaker="original")
    report(hub, "copy")

    told = report(hub, "original")
    told_too = report(hub, "copy")

    (item,) = open_items(hub)
    assert item.kind is ItemKind.TILL_CLONED
    assert [notice.name for notice in (*told.notices, *told_too.notices)] == ["cloned"] * 2


def test_a_late_request_of_an_agent_that_ended_costs_an_epoch_and_nothing_that_was_sold(
    hub: HubDatabase,
) -> None:
    journal = TillJournal()
    journal.sell([("A", 100)])
    push(hub, journal.facts, speaker="ended")
    report(hub, "living")

    late = push(hub, journal.facts, speaker="ended")
    journal.sell([("B", 900)])
    moves = push(hub, journal.facts[1:], speaker="living")

    assert [how for _, how, _ in outcomes(late) + outcomes(moves)] == ["duplicate", "applied"]
    assert (late.move_to_epoch, moves.move_to_epoch, len(open_items(hub))) == (0, 2, 1)
    assert sales(hub) == [("1-000001", 0, 100), ("1-000002", 0, 900)]


def test_the_newcomer_of_two_copies_is_sent_to_an_epoch_of_its_own_and_stays_there(
    hub: HubDatabase,
) -> None:
    ours, copy = two_copies()
    push(hub, ours.facts, speaker="original")
    report(hub, "copy")
    report(hub, "original")

    stays = push(hub, ours.facts, speaker="original")
    moves = push(hub, copy.facts, speaker="copy")
    apart = TillJournal(epoch=moves.move_to_epoch, ids=IDS.new)
    apart.sell(number="1.2-000001")
    moved = push(hub, apart.facts, speaker="copy")
    report(hub, "original")
    report(hub, "copy", epoch=moves.move_to_epoch)

    assert (stays.move_to_epoch, moves.move_to_epoch, moved.move_to_epoch) == (0, 2, 0)
    assert outcomes(moved) == [(1, "applied", "")]
    assert len(open_items(hub)) == 1


def test_what_contradicts_the_chain_sends_its_till_elsewhere_and_goes_on_the_desk(
    hub: HubDatabase,
) -> None:
    ours, copy = two_copies()
    ours.sell([("A", 100)])
    copy.sell([("B", 900)])
    push(hub, ours.facts, speaker="original")

    first = push(hub, copy.facts, speaker="copy")
    again = push(hub, copy.facts, speaker="copy")

    (item,) = open_items(hub)
    assert outcomes(first)[1:] == outcomes(again)[1:] == [(2, "conflict", "same_number")]
    assert first.move_to_epoch == again.move_to_epoch == 2
    assert (item.money, item.currency) == (900, "EUR")
    totals = [row.number for side in item.sides for row in side.rows if row.kind.value == "total"]
    assert totals == [100, 900]


def test_each_of_three_copies_gets_an_epoch_of_its_own(hub: HubDatabase) -> None:
    ours, *copies = journals(3)
    ours.sell([("A", 100)])
    push(hub, ours.facts, speaker="original")

    moved = []
    for place, copy in enumerate(copies):
        copy.sell([("B", 200 + place)])
        moved.append(push(hub, copy.facts, speaker=f"copy-{place}").move_to_epoch)

    assert moved == [2, 3]


@pytest.mark.parametrize("resolution", [Resolution.NEW_EPOCH, Resolution.STOP_COPY])
def test_a_decision_takes_in_what_the_copy_sold_once_and_for_all(
    hub: HubDatabase, resolution: Resolution
) -> None:
    ours, copy = two_copies()
    ours.sell([("A", 100)])
    copy.sell([("B", 900)])
    push(hub, ours.facts, speaker="original")
    moved = push(hub, copy.facts, speaker="copy").move_to_epoch

    assert resolve(hub, resolution) is desk.ActOutcome.APPLIED
    with hub.transaction() as connection:
        taken_again = take_in_fork(connection, CONNECTOR, TILL, 1, T0)
    copy.sell([("B", 50)])
    late = push(hub, copy.facts[2:], speaker="copy")

    assert taken_again == 0
    assert outcomes(late) == [(3, "conflict", "forked_chain")]
    assert sales(hub) == [
        ("1-000001", 0, 100),
        ("1-000002", 0, 100),
        ("1-000002", 1, 900),
        ("1-000003", 1, 50),
    ]
    stopped = [notice.name for notice in report(hub, "copy", epoch=moved).notices]
    assert stopped == (["stopped"] if resolution is Resolution.STOP_COPY else [])
    assert report(hub, "original").notices == ()


def test_two_copies_that_sold_under_the_same_number_both_count(hub: HubDatabase) -> None:
    ours, *copies = journals(3)
    ours.sell([("A", 100)])
    push(hub, ours.facts, speaker="original")
    for place, copy in enumerate(copies):
        copy.sell([("B", 200 + place)])
        push(hub, copy.facts, speaker=f"copy-{place}", now_ms=T0 + place)

    resolve(hub, Resolution.NEW_EPOCH)

    assert sales(hub) == [("1-000001", 0, 100), ("1-000001", 1, 200), ("1-000001", 2, 201)]


def test_a_ticket_that_both_copies_finished_is_two_sales(hub: HubDatabase) -> None:
    ours, copy = two_copies()
    ours.sell([("A", 2000)], sale_id="at-the-counter")
    copy.sell([("A", 2000), ("B", 500)], sale_id="at-the-counter")
    push(hub, ours.facts, speaker="original")
    push(hub, copy.facts, speaker="copy")

    resolve(hub, Resolution.NEW_EPOCH)

    assert sales(hub) == [("1-000001", 0, 100), ("1-000002", 0, 2000), ("1-000002", 1, 2500)]
    assert paid(hub) == 100 + 2000 + 2500
    assert open_items(hub) == ()


def test_a_ticket_that_the_copy_finished_first_counts_at_the_original_too(
    hub: HubDatabase,
) -> None:
    ours, copy = two_copies()
    ours.sell([("A", 100)])
    copy.sell([("A", 2500)], sale_id="at-the-counter")
    push(hub, ours.facts, speaker="original")
    push(hub, copy.facts, speaker="copy")
    resolve(hub, Resolution.NEW_EPOCH)

    ours.sell([("A", 2000)], sale_id="at-the-counter")
    late = push(hub, ours.facts[2:], speaker="original")

    assert outcomes(late) == [(3, "applied", "")]
    assert paid(hub) == 100 + 100 + 2500 + 2000


def test_a_ticket_the_copy_finished_in_its_own_epoch_counts_when_a_person_says_so(
    hub: HubDatabase,
) -> None:
    ours, _ = two_copies()
    ours.sell([("A", 2000)], sale_id="at-the-counter")
    apart = TillJournal(epoch=2, ids=IDS.new)
    apart.sell([("A", 2500)], number="1.2-000001", sale_id="at-the-counter")
    push(hub, ours.facts, speaker="original")
    push(hub, apart.facts, speaker="copy")
    for _ in range(TRIES):
        retry_waiting(hub, CONNECTOR, T0)

    (item,) = open_items(hub)
    answer(hub, item, Resolution.APPLY_AGAIN)
    applied = retry_waiting(hub, CONNECTOR, T0)

    assert (item.kind, item.money, applied) == (ItemKind.FACT_PARKED, 2500, 1)
    assert paid(hub) == 100 + 2000 + 2500
    assert open_items(hub) == ()


@pytest.mark.parametrize(
    ("number", "total", "code"),
    [
        pytest.param("1-000001", 900, "not_applied", id="its number is taken in its own fork"),
        pytest.param("1-000003", "900", "unreadable_body", id="nobody can read it"),
    ],
)
def test_what_a_copy_did_and_cannot_be_taken_in_lies_on_the_desk(
    hub: HubDatabase, number: str, total: object, code: str
) -> None:
    ours, copy = two_copies()
    ours.sell([("A", 2000)])
    copy.sell([("B", 700)], number="1-000001")
    copy.sell([("B", 900)], number=number, total=total)
    push(hub, ours.facts, speaker="original")
    push(hub, copy.facts, speaker="copy")

    resolve(hub, Resolution.NEW_EPOCH)
    (item,) = open_items(hub)
    answer(hub, item, Resolution.APPLY_AGAIN)
    (still,) = open_items(hub)
    answer(hub, still, Resolution.KEEP_ASIDE)

    assert (item.kind, item.till) == (ItemKind.FACT_PARKED, TILL)
    assert item.money == (900 if code == "not_applied" else 0)
    assert code in {row.text for side in item.sides for row in side.rows}
    assert still.item_id == item.item_id
    assert paid(hub) == 100 + 2000 + 700
    assert open_items(hub) == ()


def test_what_a_copy_did_is_taken_in_when_a_person_asks_and_nothing_is_in_its_way(
    hub: HubDatabase,
) -> None:
    ours, copy = two_copies()
    ours.sell([("A", 2000)])
    copy.sell([("B", 900)])
    push(hub, ours.facts, speaker="original")
    push(hub, copy.facts, speaker="copy")
    occupied = {"number": "1-000002", "fork": 1}
    with hub.transaction() as connection:
        connection.execute(
            tables.sale.update().where(tables.sale.c.total == 100).values(**occupied)
        )
    resolve(hub, Resolution.NEW_EPOCH)
    (item,) = open_items(hub)

    with hub.transaction() as connection:
        freed = {"number": "1-000001", "fork": 0}
        connection.execute(tables.sale.update().where(tables.sale.c.total == 100).values(**freed))
    answer(hub, item, Resolution.APPLY_AGAIN)

    assert paid(hub) == 100 + 2000 + 900
    assert open_items(hub) == ()


def test_an_op_id_that_is_taken_is_no_sign_of_a_copy(hub: HubDatabase) -> None:
    journal = TillJournal()
    first = journal.sell()
    journal.append(first.kind, {"again": True}, op_id=first.op_id)

    for _ in range(2):
        answer = push(hub, journal.facts)

    assert outcomes(answer)[1] == (2, "conflict", "same_op_id")
    assert answer.move_to_epoch == 0
    assert open_items(hub) == ()


def test_an_epoch_is_above_every_one_known_and_the_same_for_the_same_request(
    hub: HubDatabase,
) -> None:
    journal = TillJournal(epoch=7)
    journal.sell()
    push(hub, journal.facts)

    with hub.transaction() as connection:
        first = grant_epoch(connection, TILL, key="asked:1", reason="restored", now_ms=T0)
        again = grant_epoch(connection, TILL, key="asked:1", reason="restored", now_ms=T0)
        above = grant_epoch(
            connection, TILL, key="asked:2", reason="restored", now_ms=T0, above=20
        )
        highest = highest_epoch(connection, TILL)

    assert (first, again, above, highest) == (8, 8, 21, 21)
    assert count(hub, "epoch_grant") == 2
