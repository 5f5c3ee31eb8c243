"""Orders filled elsewhere: the courier takes parcels and goods from one shop to the other."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from pos.domain.collection import Order, OrderState, ParcelState, PaymentState
from pos.domain.collection_events import ParcelSeen, ParcelsReceived
from pos.domain.collection_rules import NO_SUCH_LINE, NOT_NOW, TOO_MUCH, Contradiction
from sync.hub.database import HubDatabase
from sync.hub.orders import sending
from sync.hub.tables import stock_level
from sync.hub.tables_orders import order_payment, order_refund
from sync.wire.v1.placing import DispatchOrder
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import OIL, free, happen, line, place


def dispatch(hub: HubDatabase, order: Order, op_id: str = "sent-1", **changed: Any) -> Order:
    asked = DispatchOrder.model_validate({"op_id": op_id, "parcels": 2, **changed})
    with hub.transaction() as connection:
        return sending.dispatch(connection, order.order_id, asked, T0)


def on_hand(hub: HubDatabase, shop: str) -> int:
    with hub.reading() as connection:
        level = stock_level.c
        found = level.on_hand.table.select().where(level.shop == shop, level.sku == OIL)
        return int(connection.execute(found).one().on_hand)


def test_the_parcels_are_on_their_way_and_arrive(shops: HubDatabase) -> None:
    order = dispatch(shops, place(shops, from_shop="SOL"))

    arrived = happen(
        shops,
        ParcelsReceived(
            order.order_id,
            "lucia",
            (ParcelSeen(1, ParcelState.RECEIVED), ParcelSeen(2, ParcelState.RECEIVED)),
        ),
    )

    assert [parcel.state for parcel in order.parcels] == [ParcelState.IN_TRANSIT] * 2
    assert order.lines[0].picked == 1_000
    assert arrived.state is OrderState.RECEIVED


def test_the_goods_move_with_them_and_are_nobody_elses(shops: HubDatabase) -> None:
    order = place(shops, from_shop="SOL", lines=[line(pieces=4)])

    dispatch(shops, order)

    assert (on_hand(shops, "SOL"), on_hand(shops, "FUEN")) == (6_000, 14_000)
    assert (free(shops, shop="SOL"), free(shops)) == (6_000, 10_000)


def test_what_could_not_be_sent_is_short(shops: HubDatabase) -> None:
    order = place(shops, from_shop="SOL", lines=[line(pieces=4)])

    sent = dispatch(shops, order, lines=[{"line": 1, "quantity": 3_000}])

    assert (sent.lines[0].picked, sent.lines[0].short) == (3_000, 1_000)
    assert (on_hand(shops, "SOL"), on_hand(shops, "FUEN")) == (7_000, 13_000)


def test_what_could_not_be_sent_is_owed_at_once(shops: HubDatabase) -> None:
    order = place(shops, prepaid=True, from_shop="SOL", lines=[line(pieces=4)])
    with shops.transaction() as connection:
        connection.execute(
            order_payment.update().values(state="captured", captured=order.total.minor)
        )

    sent = dispatch(shops, order, lines=[{"line": 1, "quantity": 3_000}])

    with shops.reading() as connection:
        refund = connection.execute(select(order_refund)).one()
    assert (refund.amount, refund.reason) == (7_95, "shortage")
    assert sent.payment is PaymentState.REFUND_REQUESTED


def test_sending_the_same_message_again_moves_nothing_more(shops: HubDatabase) -> None:
    order = place(shops, from_shop="SOL")

    assert dispatch(shops, order) == dispatch(shops, order)
    assert on_hand(shops, "FUEN") == 11_000


def test_a_warehouse_that_is_not_ours_sends_too(shops: HubDatabase) -> None:
    order = dispatch(shops, place(shops, from_shop="ALMACEN"))

    assert order.lines[0].picked == 1_000
    assert on_hand(shops, "FUEN") == 11_000


@pytest.mark.parametrize(
    ("lines", "code"),
    [
        ([{"line": 9, "quantity": 0}], NO_SUCH_LINE),
        ([{"line": 1, "quantity": 2_000}], TOO_MUCH),
        ([{"line": 1, "quantity": 0}], NOT_NOW),
    ],
)
def test_what_was_never_ordered_is_not_sent(
    shops: HubDatabase, lines: list[dict[str, int]], code: str
) -> None:
    with pytest.raises(Contradiction) as caught:
        dispatch(shops, place(shops, from_shop="SOL"), lines=lines)

    assert caught.value.code == code


def test_what_is_filled_here_or_sent_already_is_not_sent(shops: HubDatabase) -> None:
    here, sent = place(shops), place(shops, "op-2", from_shop="SOL")
    dispatch(shops, sent)

    for number, order in enumerate((here, sent)):
        with pytest.raises(Contradiction) as caught:
            dispatch(shops, order, f"again-{number}")
        assert caught.value.code == NOT_NOW
