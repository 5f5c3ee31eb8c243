"""What tills say of orders: stock, reservations, claims, and the desk for what cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import IdentityMethod, OrderState, ParcelState, ShortReason, Substitute
from pos.domain.collection_decisions import cancelled, moved
from pos.domain.collection_events import (
    HandoverUndone,
    HoldExtended,
    Identity,
    LabelPrinted,
    LineDelivered,
    LinePicked,
    LineShort,
    OrderPicked,
    OrderRestocked,
    OrderStaged,
    ParcelPlaced,
    ParcelSeen,
    ParcelsReceived,
    PickingBegun,
    SubstituteAnswered,
    SubstituteProposed,
)
from pos.domain.quantity import THOUSAND
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.book import Happened
from sync.wire.v1.claims import ClaimState
from sync.wire.v1.desk import ItemKind, ItemState, Resolution, RowKind
from tests.order_builders import LUCIA, handover, order_line, parcel, picking
from tests.sync.facts import T0
from tests.sync.hub.order_kit import (
    OrderTill,
    deliver,
    history,
    items,
    now,
    on_hand,
    placed,
    reserved,
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


# -- the way of an order


def test_what_tills_do_with_an_order_is_what_the_hub_knows_of_it(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)

    done = two.says(handover(order))

    assert done == [APPLIED]
    collected = now(database, order)
    assert (collected.state, collected.closed_at_till) == (OrderState.COLLECTED, "FUEN-2")
    told = [kind for kind, outcome in history(database, order) if outcome == "applied"]
    assert sorted(told) == [
        "order.handed_over", "order.line_picked", "order.line_picked", "order.picked",
        "order.picking_begun", "order.placed", "order.staged",
    ]  # fmt: skip


def test_prepaid_goods_leave_the_stock_when_they_are_handed_over(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    assert reserved(database, order) == {1: 2_000, 2: 1_000}

    one.says(handover(order, lines=(LineDelivered(1, 2_000, 0), LineDelivered(2, 0, 1_000))))

    assert on_hand(database) == {"sku-1": 8_000, "sku-2": 10_000}
    assert reserved(database, order) == {}
    assert now(database, order).state is OrderState.PARTLY_COLLECTED


def test_goods_paid_in_the_shop_leave_with_their_sale_and_not_twice(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one, is_prepaid=False)

    one.says(handover(order))

    assert on_hand(database) == {"sku-1": 10_000, "sku-2": 10_000}
    assert reserved(database, order) == {}


def test_what_is_missing_or_damaged_is_there_for_nobody_until_it_is_found(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)
    order_id = order.order_id

    one.says(
        PickingBegun(order_id, LUCIA),
        LineShort(order_id, LUCIA, 1, 2_000, ShortReason.MISSING),
        LineShort(order_id, LUCIA, 2, 1_000, ShortReason.LATER),
    )
    missing = (on_hand(database), reserved(database, order))
    one.says(LineShort(order_id, LUCIA, 1, 1_000, ShortReason.DAMAGED))
    damaged = (on_hand(database), reserved(database, order))
    one.says(LinePicked(order_id, LUCIA, 1, 2_000))
    found = (on_hand(database), reserved(database, order))

    assert missing == ({"sku-1": 8_000, "sku-2": 10_000}, {2: 1_000})
    assert damaged == ({"sku-1": 9_000, "sku-2": 10_000}, {1: 1_000, 2: 1_000})
    assert found == ({"sku-1": 10_000, "sku-2": 10_000}, {1: 2_000, 2: 1_000})


def test_what_was_missing_stays_missing_when_another_product_takes_its_place(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)
    other = Substitute("sku-9", None, "Taza azul", 9_00, 2100, "general", 2_000)

    outcomes = one.says(
        PickingBegun(order.order_id, LUCIA),
        LineShort(order.order_id, LUCIA, 1, 2_000, ShortReason.MISSING),
        SubstituteProposed(order.order_id, LUCIA, 1, other),
        SubstituteAnswered(order.order_id, LUCIA, 1, True, "phone"),
    )

    assert set(outcomes) == {APPLIED}
    assert on_hand(database) == {"sku-1": 8_000, "sku-2": 10_000}
    assert reserved(database, order) == {1: 2_000, 2: 1_000}
    assert now(database, order).line(1).sku == "sku-9"


def test_what_nobody_came_for_can_be_promised_again_once_it_is_back(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, replace(known.order, state=OrderState.EXPIRED))

    one.says(OrderRestocked(order.order_id, LUCIA, (1,)))

    assert reserved(database, order) == {}
    assert on_hand(database) == {"sku-1": 10_000, "sku-2": 10_000}


def test_a_handover_taken_back_brings_goods_and_order_back(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    op_id = one.tell(handover(order))
    one.push()

    undone = one.says(HandoverUndone(order.order_id, LUCIA, op_id, "wrong_person"))

    assert undone == [APPLIED]
    assert now(database, order).state is OrderState.READY
    assert on_hand(database) == {"sku-1": 10_000, "sku-2": 10_000}
    assert reserved(database, order) == {1: 2_000, 2: 1_000}
    assert ("order.handed_over", "undone") in history(database, order)


def test_the_same_fact_sent_twice_moves_the_goods_once(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    one.tell(handover(order))
    one.push()

    one._sent -= 1
    again = one.push()

    assert again == [("duplicate", "")]
    assert on_hand(database)["sku-1"] == 8_000


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


# -- claims and leases


def test_a_handover_uses_its_claim_up_and_the_next_is_told_who_did_it(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    fence = one.claim(order.order_id).fence

    one.says(handover(order, fence=fence))
    gone = two.claim(order.order_id)

    assert (gone.state, gone.holder, gone.detail) == (ClaimState.GONE, "FUEN-1", "collected")


def test_a_number_the_hub_lost_stays_below_those_it_gives_out(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    op_id = one.tell(handover(order, fence=41))
    one.says(HandoverUndone(order.order_id, LUCIA, op_id, "wrong"))

    granted = two.claim(order.order_id)

    assert (granted.state, granted.fence > 41) == (ClaimState.GRANTED, True)


# -- receiving


def test_parcels_that_are_missing_damaged_or_not_announced_are_on_the_desk(
    database: HubDatabase, one: OrderTill
) -> None:
    sent = tuple(replace(parcel(n, ""), state=ParcelState.IN_TRANSIT) for n in (1, 2, 3))
    order = placed(
        database, order_line(1, 2, picked=2_000), state=OrderState.IN_TRANSIT, parcels=sent,
        from_shop="GAVA",
    )  # fmt: skip
    seen = (
        ParcelSeen(1, ParcelState.RECEIVED),
        ParcelSeen(2, ParcelState.DAMAGED),
        ParcelSeen(3, ParcelState.MISSING),
        ParcelSeen(7, ParcelState.RECEIVED),
    )

    outcome = one.says(ParcelsReceived(order.order_id, LUCIA, seen))

    assert outcome == [APPLIED]
    (item,) = items(database)
    assert (item.kind, item.subject) == (ItemKind.PARCEL_TROUBLE, order.number)
    said = [row.text for row in item.sides[0].rows[2:]]
    assert said == [
        "parcel_damaged", "2", "parcel_missing", "3", "parcel_unexpected", "7",
    ]  # fmt: skip


def test_parcels_that_are_all_there_are_no_matter_for_the_desk(
    database: HubDatabase, one: OrderTill
) -> None:
    sent = (replace(parcel(1, ""), state=ParcelState.IN_TRANSIT),)
    order = placed(database, state=OrderState.IN_TRANSIT, parcels=sent)

    one.says(ParcelsReceived(order.order_id, LUCIA, (ParcelSeen(1, ParcelState.RECEIVED),)))

    assert items(database) == ()


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


# -- what no till of ours says


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(LinePicked("{}", LUCIA, 1, 2**70), id="a quantity beyond numbers"),
        pytest.param(LinePicked("{}", "x" * 300, 1, 1), id="a name beyond texts"),
        pytest.param(
            ParcelsReceived("{}", LUCIA, (ParcelSeen(1, ParcelState.RECEIVED),) * 600),
            id="parcels beyond counting",
        ),
    ],
)
def test_what_is_larger_than_anything_of_ours_is_kept_and_not_read(
    database: HubDatabase, one: OrderTill, event: LinePicked
) -> None:
    order = placed(database)

    outcome = one.says(replace(event, order_id=order.order_id))

    assert outcome == [("parked", "unreadable_body")]
    assert now(database, order) == order


@pytest.mark.parametrize(
    "event",
    [
        pytest.param(LinePicked("{}", LUCIA, 1, -1), id="less than nothing picked"),
        pytest.param(LinePicked("{}", LUCIA, 77, 1), id="a line that is not there"),
        pytest.param(LineShort("{}", LUCIA, 1, -5, ShortReason.MISSING), id="short of less"),
        pytest.param(OrderStaged("{}", LUCIA, ()), id="nothing on the shelf"),
        pytest.param(HoldExtended("{}", LUCIA, 2**53), id="held for ever, before it is ready"),
    ],
)
def test_what_cannot_be_of_an_order_changes_nothing_of_it(
    database: HubDatabase, one: OrderTill, event: LinePicked
) -> None:
    order = placed(database)

    ((how, _),) = one.says(replace(event, order_id=order.order_id))

    assert how in {"applied_with_exception", "parked"}
    assert now(database, order) == order
    assert on_hand(database) == {"sku-1": 10_000, "sku-2": 10_000}


def test_a_product_put_in_a_line_s_place_that_no_line_can_hold_is_refused(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)
    nothing = Substitute("sku-9", None, "Nada", -1, 2100, "general", 0)

    outcomes = one.says(
        SubstituteProposed(order.order_id, LUCIA, 1, nothing),
        SubstituteAnswered(order.order_id, LUCIA, 1, True),
    )

    assert outcomes == [APPLIED, ("applied_with_exception", "too_much")]
    assert now(database, order).line(1).sku == "sku-1"


def test_lines_delivered_beyond_what_was_in_the_parcels_take_nothing_off_the_stock(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)

    outcome = one.says(handover(order, lines=(LineDelivered(1, 99 * THOUSAND, 0),)))

    assert outcome == [("applied_with_exception", "too_much")]
    assert on_hand(database)["sku-1"] == 10_000
    (item,) = items(database)
    assert item.kind is ItemKind.ORDER_FACT_REFUSED


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


def test_a_picked_order_is_not_picked_before_its_lines(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)

    outcome = one.says(OrderPicked(order.order_id, LUCIA))

    assert outcome == [("parked", "waiting")]
    assert now(database, order).state is OrderState.PLACED
