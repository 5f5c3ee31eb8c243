"""Returns that cannot all be right are found, in whatever order they come, and told once."""

from __future__ import annotations

import itertools
import threading
from dataclasses import replace

import pytest

from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, ReturnFlag
from sync.hub.admin import add_shop
from sync.hub.conflicts.desk import DeskAct, resolve
from sync.hub.database import HubDatabase
from sync.wire.v1.claims import ClaimState
from sync.wire.v1.desk import DeskItem, ItemKind, ItemState, Resolution, RowKind
from tests.builders import new_id
from tests.sync.facts import T0
from tests.sync.hub.parking_kit import desk_items
from tests.sync.hub.returns.kit import ReturnTill, euros, ledger_at, told, unseen, watch


@pytest.fixture
def one(database: HubDatabase) -> ReturnTill:
    return ReturnTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> ReturnTill:
    return ReturnTill(database, "FUEN-2")


@pytest.fixture
def other(database: HubDatabase) -> ReturnTill:
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=1)
    return ReturnTill(database, "GAVA-2")


def documents(item: DeskItem) -> list[str]:
    return [row.text for side in item.sides for row in side.rows if row.kind is RowKind.DOCUMENT]


def decide(database: HubDatabase, item: DeskItem, how: Resolution) -> None:
    act = DeskAct(f"act-{how.value}", item.item_id, "ana", item.shop, "hub", T0, how)
    with database.transaction() as connection:
        resolve(connection, act)


@pytest.mark.parametrize("order", list(itertools.permutations(("sale", "one", "two"))))
def test_one_unit_taken_back_at_two_tills_is_told_with_both_papers_however_they_arrive(
    database: HubDatabase, one: ReturnTill, two: ReturnTill, order: tuple[str, ...]
) -> None:
    seller = ReturnTill(database, "FUEN-3")
    known = ReturnTill(database, "FUEN-4")
    ledger = ledger_at(database, known.sell(10_00))
    sold = seller.sell(10_00, push=False)
    ledger = replace(ledger, purchase=replace(ledger.purchase, reference=sold))
    papers = [
        till.take_back(ledger, flags=frozenset({ReturnFlag.OFFLINE}), push=False)
        for till in (one, two)
    ]

    for name in order:
        {"sale": seller, "one": one, "two": two}[name].push()
        watch(database)

    (item,) = desk_items(database)
    assert (item.kind, item.money) == (ItemKind.RETURNED_TWICE, 10_00)
    assert item.resolutions == (Resolution.BOTH_STAND, Resolution.SEEN)
    assert documents(item) == [str(paper.number) for paper in papers]
    assert [side.till for side in item.sides] == ["FUEN-1", "FUEN-2"]


def test_as_much_as_was_sold_is_no_matter_for_anybody(
    database: HubDatabase, one: ReturnTill, two: ReturnTill
) -> None:
    sold = one.sell(20_00, pieces=2)
    one.take_back(ledger_at(database, sold))
    two.take_back(ledger_at(database, sold))

    assert watch(database) == 0
    assert desk_items(database) == []


def test_two_shops_that_were_dark_are_both_named(
    database: HubDatabase, one: ReturnTill, other: ReturnTill
) -> None:
    ledger = ledger_at(database, one.sell(30_00, pieces=3))
    one.take_back(ledger, (1, 2000))
    other.take_back(unseen(ledger), (1, 3000))

    watch(database)

    (item,) = _items_of(database, "GAVA")
    assert item.subject == "1-000001"
    assert {side.shop for side in item.sides} == {"FUEN", "GAVA"}
    assert item.money == 20_00


def test_money_above_what_was_paid_without_too_many_units_is_another_matter(
    database: HubDatabase, one: ReturnTill
) -> None:
    sold = one.sell(20_00, pieces=2)
    ledger = ledger_at(database, sold)
    card = Refund(new_id(), sold, Means.CASH, euros(25_00), state=RefundState.CONFIRMED)
    one.take_back(ledger, push=False, refunds=(card,), total=euros(25_00))

    one.push()
    watch(database)

    (item,) = desk_items(database)
    assert (item.kind, item.money) == (ItemKind.REFUND_ABOVE_PAID, 15_00)


def test_a_decided_item_stays_decided_until_more_comes_back(
    database: HubDatabase, one: ReturnTill, two: ReturnTill
) -> None:
    ledger = ledger_at(database, one.sell(10_00))
    one.take_back(ledger)
    two.take_back(unseen(ledger))
    watch(database)
    (item,) = desk_items(database)
    decide(database, item, Resolution.BOTH_STAND)

    one.push(again=True)
    watch(database)
    (still,) = desk_items(database)
    two.take_back(unseen(ledger))
    watch(database)
    (again,) = desk_items(database)

    assert (still.state, still.resolution) == (ItemState.RESOLVED, "both_stand")
    assert (again.state, len(again.sides)) == (ItemState.OPEN, 3)


def test_a_refund_that_never_went_out_takes_the_item_off_the_desk(
    database: HubDatabase, one: ReturnTill
) -> None:
    sold = one.sell(20_00, pieces=2)
    ledger = ledger_at(database, sold)
    twice = tuple(
        Refund(new_id(), sold, Means.CASH, euros(10_00), state=RefundState.REQUESTED)
        for _ in range(2)
    )
    document = one.take_back(ledger, refunds=twice)
    watch(database)
    (item,) = desk_items(database)

    one.resolve(document, RefundState.FAILED)
    watch(database)

    assert item.kind is ItemKind.REFUND_ABOVE_PAID
    assert desk_items(database)[0].state is ItemState.RESOLVED


def test_of_many_tills_that_ask_at_once_one_may_take_back_the_last_unit(
    database: HubDatabase, one: ReturnTill
) -> None:
    sold = one.sell(10_00)
    tills = [ReturnTill(database, f"FUEN-{number}") for number in range(2, 6)]
    begin = threading.Barrier(len(tills))
    granted: list[str] = []

    def race(till: ReturnTill) -> None:
        begin.wait()
        answer = till.claim(sold)
        if answer.state is ClaimState.GRANTED and told(answer).lines[0].returnable:
            granted.append(till.till)
            till.take_back(told(answer))

    threads = [threading.Thread(target=race, args=(till,)) for till in tills]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    watch(database)

    assert len(granted) == 1
    assert ledger_at(database, sold).lines[0].returned == 1000
    assert desk_items(database) == []


def test_two_returns_that_arrive_at_the_same_moment_are_still_found(
    database: HubDatabase, one: ReturnTill, two: ReturnTill
) -> None:
    ledger = ledger_at(database, one.sell(10_00))
    for till in (one, two):
        till.take_back(unseen(ledger), push=False)
    begin = threading.Barrier(3)

    def push(till: ReturnTill) -> None:
        begin.wait()
        till.push()

    threads = [threading.Thread(target=push, args=(till,)) for till in (one, two)]
    for thread in threads:
        thread.start()
    begin.wait()
    watch(database)
    for thread in threads:
        thread.join()
    watch(database)

    (item,) = desk_items(database)
    assert len(item.sides) == 2


def _items_of(database: HubDatabase, shop: str) -> list[DeskItem]:
    from sync.hub.publishing.feeds import desk_page

    with database.reading() as connection:
        return list(desk_page(connection, shop, 0, 500, T0).items)
