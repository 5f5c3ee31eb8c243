"""What tills say of orders that cannot be: on the desk with both stories, or waiting."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import IdentityMethod, OrderState
from pos.domain.collection_decisions import cancelled, moved
from pos.domain.collection_events import (
    HandoverUndone,
    Identity,
    LabelPrinted,
    LinePicked,
    OrderPicked,
    OrderStaged,
    ParcelPlaced,
    PickingBegun,
    RerouteAsked,
)
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.asked_for import carry_out_asks
from sync.hub.orders.book import Happened
from sync.wire.v1.desk import ItemKind, ItemState, Resolution, RowKind
from tests.order_builders import LUCIA, handover, parcel, picking
from tests.sync.facts import T0
from tests.sync.hub.order_kit import (
    OrderTill,
    deliver,
    history,
    items,
    now,
    on_hand,
    placed,
    staged,
    stored,
    try_again,
)

APPLIED = ("applied", "")


@pytest.fixture
def one(database: HubDatabase) -> OrderTill:
    deliver(database, "FUEN", sku_1=10_000, sku_2=10_000)
    return OrderTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> OrderTill:
    return OrderTill(database, "FUEN-2")


@pytest.fixture
def elsewhere(database: HubDatabase) -> OrderTill:
    """Return a till of another shop."""
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=T0)
    return OrderTill(database, "GAVA-1")


def value(found: object, kind: RowKind) -> object:
    """Return what a side of an item says in a row."""
    rows = found.rows  # type: ignore[attr-defined]
    return next((row.number or row.text for row in rows if row.kind is kind), None)


# -- two tills


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_handovers_the_second_to_be_heard_is_on_the_desk_with_both_stories(
    database: HubDatabase, one: OrderTill, two: OrderTill, first: int
) -> None:
    order = staged(database, one)
    tills = (one, two) if first == 0 else (two, one)

    outcomes = [till.says(handover(order, is_isolated=True)) for till in tills]

    assert outcomes == [[APPLIED], [("applied_with_exception", "collected_before")]]
    (item,) = items(database)
    assert (item.kind, item.subject, item.money) == (
        ItemKind.HANDED_OVER_TWICE, order.number, 52_80,
    )  # fmt: skip
    assert [side.till for side in item.sides] == [till.till for till in tills]
    assert [value(side, RowKind.TOTAL) for side in item.sides] == [52_80, 52_80]
    assert [value(side, RowKind.STAFF) for side in item.sides] == [LUCIA, LUCIA]
    assert item.resolutions == (Resolution.BOTH_STAND, Resolution.SEEN)
    assert stored(database, tills[1].till)[-1] == ("applied_with_exception", "collected_before")
    assert on_hand(database)["sku-1"] == 8_000  # the goods left once


def test_a_second_handover_that_is_taken_back_leaves_the_desk_and_the_first_stands(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    one.says(handover(order))
    op_id = two.tell(handover(order))
    two.push()

    undone = two.says(HandoverUndone(order.order_id, LUCIA, op_id, "handed over before"))

    assert undone == [APPLIED]
    assert now(database, order).state is OrderState.COLLECTED
    assert [item.state for item in items(database)] == [ItemState.RESOLVED]


def test_a_handover_taken_back_twice_gives_nothing_back_twice(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    op_id = one.tell(handover(order))
    one.says(HandoverUndone(order.order_id, LUCIA, op_id, "wrong"))
    two.says(handover(now(database, order)))

    again = one.says(HandoverUndone(order.order_id, LUCIA, op_id, "wrong"))

    assert again == [("applied_with_exception", "not_now")]
    assert now(database, order).closed_at_till == "FUEN-2"
    assert on_hand(database)["sku-1"] == 8_000


def test_a_handover_after_the_order_was_cancelled_is_told_with_when_that_was(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, cancelled(known.order, at_ms=T0 + 5))
        book.note(connection, order.order_id, "order.cancelled", Happened("x-1", T0 + 5), {})

    outcome = one.says(handover(order, is_isolated=True))

    assert outcome == [("applied_with_exception", "cancelled_before")]
    (item,) = items(database)
    assert item.kind is ItemKind.HANDED_OVER_CANCELLED
    assert (item.sides[0].till, value(item.sides[0], RowKind.AT)) == ("hub", T0 + 5)
    assert on_hand(database)["sku-1"] == 8_000  # they are gone all the same
    assert now(database, order).state is OrderState.CANCELLED


def test_a_handover_in_a_shop_the_order_had_left_is_told_to_that_shop(
    database: HubDatabase, one: OrderTill, elsewhere: OrderTill
) -> None:
    order = staged(database, one)
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, moved(known.order, "GAVA"))

    outcome = one.says(handover(order, is_isolated=True))

    assert outcome == [("applied_with_exception", "moved_before")]
    (item,) = items(database)
    assert item.kind is ItemKind.HANDED_OVER_ELSEWHERE
    assert [side.shop for side in item.sides] == ["GAVA", "FUEN"]
    assert now(database, order).state is OrderState.PLACED


def test_a_till_of_another_shop_changes_nothing_of_an_order(
    database: HubDatabase, one: OrderTill, elsewhere: OrderTill
) -> None:
    order = placed(database)

    outcome = elsewhere.says(LinePicked(order.order_id, LUCIA, 1, 1_000))

    assert outcome == [("applied_with_exception", "moved_before")]
    assert now(database, order) == order
    assert [item.kind for item in items(database, "GAVA")] == [ItemKind.ORDER_FACT_REFUSED]


def test_a_till_of_another_shop_may_ask_for_an_order_to_come_there_and_nowhere_else(
    database: HubDatabase, one: OrderTill, elsewhere: OrderTill
) -> None:
    order, other = placed(database), placed(database, order_id="o-other")

    here = elsewhere.says(RerouteAsked(order.order_id, LUCIA, "GAVA"))
    away = elsewhere.says(RerouteAsked(other.order_id, LUCIA, "FUEN"))
    carry_out_asks(database, T0 + 1, bytes)

    assert here == [APPLIED]
    assert away == [("applied_with_exception", "moved_before")]
    assert now(database, order).shop == "GAVA"
    assert now(database, other).shop == "FUEN"


def test_two_who_picked_the_same_line_without_knowing_are_told_once(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = placed(database)
    for till in (one, two):
        till.tell(PickingBegun(order.order_id, LUCIA))
        till.tell(LinePicked(order.order_id, LUCIA, 1, 2_000))
        till.tell(LinePicked(order.order_id, LUCIA, 2, 1_000))

    outcomes = [till.push() for till in (one, two)]

    assert outcomes[1] == [APPLIED, *[("applied_with_exception", "too_much")] * 2]
    (item,) = items(database)
    assert (item.kind, item.till) == (ItemKind.ORDER_FACT_REFUSED, "FUEN-2")
    assert item.resolutions == (Resolution.SEEN,)


def test_a_label_printed_too_late_is_noted_and_bothers_nobody(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    one.says(handover(order))

    outcome = two.says(LabelPrinted(order.order_id, LUCIA, 1, 2))

    assert outcome == [("applied_with_exception", "collected_before")]
    assert items(database) == ()
    assert ("order.label_printed", "collected_before") in history(database, order)


def test_the_desk_names_who_collected_and_no_document(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    who = Identity(IdentityMethod.DOCUMENT, name="Luis Ortega", document="dni", last4="123Z")
    one.says(handover(order, identity=who))

    two.says(handover(order, identity=who))

    (item,) = items(database)
    told = item.model_dump_json()
    assert "Luis Ortega" in told
    assert "123Z" not in told


# -- what comes before its time


def test_a_fact_about_an_order_nobody_placed_waits_and_then_a_person_looks(
    database: HubDatabase, one: OrderTill
) -> None:
    other = placed(database)

    outcomes = one.says(PickingBegun("o-unknown", LUCIA), PickingBegun(other.order_id, LUCIA))
    try_again(database, 5)

    assert outcomes == [("parked", "waiting"), APPLIED]
    (item,) = items(database)
    assert item.kind is ItemKind.FACT_PARKED


def test_facts_that_come_before_those_of_another_till_wait_for_them(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = placed(database)
    one.tell(*picking(order), OrderStaged(order.order_id, LUCIA, (ParcelPlaced(1, "B3"),)))
    ready = replace(
        order,
        state=OrderState.READY,
        lines=tuple(replace(line, picked=line.quantity) for line in order.lines),
        parcels=(parcel(1),),
    )

    early = two.says(handover(ready))
    one.push()
    try_again(database)

    assert early == [("parked", "waiting")]
    assert now(database, order).state is OrderState.COLLECTED
    assert items(database) == ()


def test_a_picked_order_is_not_picked_before_its_lines(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)

    outcome = one.says(OrderPicked(order.order_id, LUCIA))

    assert outcome == [("parked", "waiting")]
    assert now(database, order).state is OrderState.PLACED
