"""What tills say of orders: stock, reservations, claims, and the desk for what cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from pos.domain.collection import OrderState, ParcelState, ShortReason, Substitute
from pos.domain.collection_events import (
    HandoverUndone,
    LineDelivered,
    LinePicked,
    LineShort,
    OrderPicked,
    OrderRestocked,
    ParcelSeen,
    ParcelsReceived,
    PickingBegun,
    SubstituteAnswered,
    SubstituteProposed,
)
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.tables_orders import order_notice
from sync.wire.v1.claims import ClaimState
from sync.wire.v1.desk import ItemKind
from tests.order_builders import LUCIA, handover, order_line, parcel
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
)

APPLIED = ("applied", "")


@pytest.fixture
def one(database: HubDatabase) -> OrderTill:
    deliver(database, "FUEN", sku_1=10_000, sku_2=10_000)
    return OrderTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> OrderTill:
    return OrderTill(database, "FUEN-2")


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


def test_an_order_of_which_there_is_nothing_ends_and_its_customer_is_told(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database, email="carmen@example.org")
    order_id = order.order_id

    done = one.says(
        PickingBegun(order_id, LUCIA),
        LineShort(order_id, LUCIA, 1, 2_000, ShortReason.MISSING),
        LineShort(order_id, LUCIA, 2, 1_000, ShortReason.DAMAGED),
        OrderPicked(order_id, LUCIA),
    )

    assert done == [APPLIED] * 4
    cancelled = now(database, order)
    assert (cancelled.state, cancelled.version) == (OrderState.CANCELLED, order.version + 1)
    assert cancelled.closed_at_ms > 0
    assert reserved(database, order) == {}
    assert ("order.cancelled", "applied") in history(database, order)
    with database.reading() as connection:
        notice = connection.execute(select(order_notice)).one()
    assert (notice.kind, notice.address) == ("cancelled", "carmen@example.org")


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
