"""Till and hub agree on count, tenders and chain, per business day, or a person hears of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.journal import Fact
from pos.system import Uuid7
from sync.hub import tables
from sync.hub.agreement import desk_of_tills, digests
from sync.hub.agreement.digests import compare
from sync.hub.agreement.held_facts import facts_page, take_report
from sync.hub.conflicts import desk, desk_items
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import known_till
from sync.wire.v1.desk import DeskItem, ItemState, Resolution
from sync.wire.v1.tills import DayTotals, DigestAnswer, TillDigest, TillReport
from tests.sync.facts import DAY, T0, TillJournal
from tests.sync.hub.journal_kit import CONNECTOR, TILL, hub_with_till, outcomes, push


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[HubDatabase]:
    with hub_with_till(tmp_path) as database:
        desk_of_tills.register(CONNECTOR)
        yield database


@pytest.fixture
def journal() -> TillJournal:
    """Return a shift with two sales of 1.00 and 2.50."""
    made = TillJournal(ids=Uuid7().new)
    made.open_session()
    made.sell([("A", 100)])
    made.sell([("B", 250)])
    return made


def said_by(last: Fact, sales: int, total: int) -> TillDigest:
    day = DayTotals(day=DAY, sales=sales, total_minor=total, by_tender={"cash": total})
    return TillDigest(epoch=last.epoch, through=last.seq, head=last.hash, days=(day,))


def ask(database: HubDatabase, said: TillDigest, now_ms: int = T0) -> DigestAnswer:
    with database.transaction() as connection:
        return compare(connection, known_till(connection, TILL), said, now_ms)


def resolve(database: HubDatabase, item: DeskItem, how: Resolution) -> None:
    act = desk.DeskAct("act-0", item.item_id, "marta", "FUEN", "hub", T0, how)
    with database.transaction() as connection:
        desk.resolve(connection, act)


def items(database: HubDatabase, state: ItemState = ItemState.OPEN) -> tuple[DeskItem, ...]:
    with database.reading() as connection:
        return desk_items.items(connection, ["FUEN"], state)


def lose_sales(database: HubDatabase) -> None:
    with database.transaction() as connection:
        for table in (tables.sale_tender, tables.sale_line, tables.sale):
            connection.execute(table.delete())


def test_they_agree_when_everything_arrived(hub: HubDatabase, journal: TillJournal) -> None:
    push(hub, journal.facts)

    assert ask(hub, said_by(journal.facts[-1], 2, 350)).comparison.value == "agrees"
    assert items(hub) == ()


def test_facts_that_came_after_make_no_difference(hub: HubDatabase, journal: TillJournal) -> None:
    last = journal.facts[-1]
    journal.sell([("C", 999)])
    push(hub, journal.facts)

    assert ask(hub, said_by(last, 2, 350)).comparison.value == "agrees"


def test_a_hub_that_has_less_says_how_far_it_is(hub: HubDatabase, journal: TillJournal) -> None:
    push(hub, journal.facts[:2])

    answer = ask(hub, said_by(journal.facts[-1], 2, 350))

    assert (answer.comparison.value, answer.received_through) == ("lacks", 2)


def test_another_chain_is_a_copy_of_the_till(hub: HubDatabase, journal: TillJournal) -> None:
    push(hub, journal.facts)
    other = replace(journal.facts[-1], hash="ab" * 32)

    assert ask(hub, said_by(other, 2, 350)).comparison.value == "other_chain"
    assert [item.kind.value for item in items(hub)] == ["till_cloned"]


def test_a_day_that_differs_is_on_the_desk_with_both_sides_and_the_money(
    hub: HubDatabase, journal: TillJournal
) -> None:
    push(hub, journal.facts)

    answer = ask(hub, said_by(journal.facts[-1], 3, 500))
    ask(hub, said_by(journal.facts[-1], 3, 500))

    (item,) = items(hub)
    assert answer.comparison.value == "differs"
    assert [(day.sales, day.total_minor) for day in answer.differing] == [(2, 350)]
    assert (item.kind.value, item.subject, item.money) == ("digest_differs", DAY, 150)
    assert [side.till for side in item.sides] == [TILL, "hub"]


def test_a_difference_that_changes_is_the_same_item_with_what_it_is_by_then(
    hub: HubDatabase, journal: TillJournal
) -> None:
    push(hub, journal.facts)
    last = journal.facts[-1]

    ask(hub, said_by(last, 3, 500))
    (first,) = items(hub)
    ask(hub, said_by(last, 4, 900), now_ms=T0 + 1)
    (grown,) = items(hub)
    resolve(hub, grown, Resolution.SEEN)
    ask(hub, said_by(last, 4, 900), now_ms=T0 + 2)
    while_seen = items(hub)
    ask(hub, said_by(last, 5, 1_000), now_ms=T0 + 3)
    (again,) = items(hub)

    assert (first.money, grown.money, again.money) == (150, 550, 650)
    assert first.item_id == grown.item_id == again.item_id
    assert (grown.opened_at_ms, again.opened_at_ms) == (first.opened_at_ms, T0 + 3)
    assert while_seen == ()


def test_sales_that_both_know_of_make_no_other_difference(
    hub: HubDatabase, journal: TillJournal
) -> None:
    push(hub, journal.facts)
    ask(hub, said_by(journal.facts[-1], 3, 500))
    (before,) = items(hub)
    resolve(hub, before, Resolution.SEEN)
    journal.sell([("C", 1_000)])
    push(hub, journal.facts[-1:])

    answer = ask(hub, said_by(journal.facts[-1], 4, 1_500))

    assert answer.comparison.value == "differs"
    assert items(hub) == ()


def test_sending_the_day_again_repairs_a_hub_that_lost_the_effects(
    hub: HubDatabase, journal: TillJournal
) -> None:
    push(hub, journal.facts)
    lose_sales(hub)
    whole = said_by(journal.facts[-1], 2, 350)

    before = ask(hub, whole)
    plain = push(hub, journal.facts)
    between = ask(hub, whole)
    repaired = push(hub, journal.facts, is_repair=True)
    again = push(hub, journal.facts, is_repair=True)
    after = ask(hub, whole)

    assert [each.comparison.value for each in (before, between, after)] == [
        "differs", "differs", "agrees",
    ]  # fmt: skip
    assert {how for _, how, _ in outcomes(plain) + outcomes(again)} == {"duplicate"}
    assert outcomes(repaired) == [(1, "duplicate", ""), (2, "applied", ""), (3, "applied", "")]
    assert items(hub) == ()
    assert [item.resolution for item in items(hub, ItemState.RESOLVED)] == ["settled"]


def test_a_person_can_ask_for_the_day_again(hub: HubDatabase, journal: TillJournal) -> None:
    push(hub, journal.facts)
    ask(hub, said_by(journal.facts[-1], 3, 500))
    (item,) = items(hub)
    act = desk.DeskAct("act-1", item.item_id, "marta", "FUEN", "hub", T0, Resolution.SEND_AGAIN)
    said = TillReport(epoch=1, queued=0, parked=0, readiness={"catalogue": "ok"})

    with hub.transaction() as connection:
        desk.resolve(connection, act)
        known = known_till(connection, TILL)
        wanted = take_report(connection, known, said, "agent-a", T0).send_again_from
    push(hub, journal.facts[wanted - 1 :], is_repair=True)
    with hub.transaction() as connection:
        after = take_report(connection, known, said, "agent-a", T0).send_again_from

    assert (wanted, after) == (2, 0)


def test_a_till_is_asked_for_a_day_of_its_own_epoch_and_then_of_those_before(
    hub: HubDatabase, journal: TillJournal
) -> None:
    second, third = TillJournal(epoch=2), TillJournal(epoch=3)
    for later in (second, third):
        later.sell(number=f"1.{later.epoch}-000001")
    for each in (journal, second, third):
        push(hub, each.facts)
    with hub.transaction() as connection:
        for epoch in (1, 2, 3):
            digests.send_again(connection, TILL, epoch, DAY)

    def asked(journal: TillJournal | None = None) -> tuple[int, int]:
        if journal is not None:
            push(hub, journal.facts, is_repair=True)
        with hub.transaction() as connection:
            said = TillReport(epoch=2, queued=0, parked=0)
            told = take_report(connection, known_till(connection, TILL), said, "agent-a", T0)
        return told.send_again_epoch, told.send_again_from

    assert [asked(), asked(second), asked(journal)] == [(2, 1), (1, 2), (0, 0)]


def test_a_till_that_was_set_up_again_gets_its_facts_back_page_by_page(
    hub: HubDatabase, journal: TillJournal
) -> None:
    push(hub, journal.facts)

    with hub.reading() as connection:
        first = facts_page(connection, TILL, 1, 1, 2, T0)
        second = facts_page(connection, TILL, 1, 3, 2, T0)
        none = facts_page(connection, TILL, 2, 1, 2, T0)

    facts = [(op.seq, op.hash, op.body_json) for op in (*first.ops, *second.ops)]
    assert facts == [(fact.seq, fact.hash, fact.body_json) for fact in journal.facts]
    assert all(op.signature for op in first.ops)
    assert (first.more, second.more, none.ops) == (True, False, ())
