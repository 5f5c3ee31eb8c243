"""Another shop prepares the order: its codes, its goods and its places are of there."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pos.domain.collection import Order, OrderState, PaymentState, ShortReason
from pos.domain.collection_events import LinePicked, LineShort, OrderPicked, RerouteAsked
from pos.domain.collection_rules import COLLECTED_BEFORE, MOVED_BEFORE, NOT_NOW, Contradiction
from pos.domain.pickup_policy import DAY_MS
from sync.hub.admin import NotKnown, add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import asked_for, book, moving
from sync.hub.orders.goods import Unplaceable
from sync.hub.orders.refunding import owe
from sync.hub.tables_orders import order_payment, order_refund
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import (
    chance,
    free,
    handed_over,
    happen,
    heard,
    kinds,
    line,
    now_of,
    place,
    ready,
    staged,
)  # fmt: skip

MINUTE_MS = 60_000


def move(
    hub: HubDatabase, order: Order, to_shop: str = "SOL", now_ms: int = T0, op_id: str = "move-1"
) -> Order:
    with hub.transaction() as connection:
        happened = book.Happened(op_id, now_ms)
        return moving.ask(connection, order.order_id, to_shop, happened, chance().random_bytes)


def carry_out(hub: HubDatabase, now_ms: int = T0) -> int:
    return asked_for.carry_out_asks(hub, now_ms, chance().random_bytes)


def test_the_other_shop_prepares_it_anew_from_its_own_shelves(shops: HubDatabase) -> None:
    order = place(shops, lines=[line(pieces=3)])

    moved = move(shops, order)

    assert (moved.shop, moved.state, moved.assignment_epoch) == ("SOL", OrderState.PLACED, 2)
    assert moved.version == order.version + 1
    assert moved.lines[0].location == "Pasillo 2 · B-14"
    assert (free(shops), free(shops, shop="SOL")) == (10_000, 7_000)
    assert kinds(shops, order) == ["order.moved", "order.placed"]


def test_its_short_code_is_nobody_elses_there(shops: HubDatabase) -> None:
    there = [place(shops, f"there-{number}", shop="SOL") for number in range(3)]

    moved = [move(shops, place(shops, f"op-{number}"), op_id=f"m{number}") for number in range(3)]

    assert len({each.short_code for each in (*there, *moved)}) == 6


def test_the_shop_it_left_hands_it_over_no_more(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)
    moved = move(shops, order)
    ready(shops, moved)

    with pytest.raises(Contradiction) as caught:
        handed_over(shops, order)

    assert caught.value.code == MOVED_BEFORE


def test_moving_again_changes_nothing(shops: HubDatabase) -> None:
    order = place(shops)
    first = move(shops, order)

    assert move(shops, order) == first
    assert move(shops, order, op_id="move-2") == first


def test_a_silent_shop_keeps_what_it_may_be_handing_over(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)

    waiting = move(shops, order, now_ms=T0 + 3 * MINUTE_MS)
    carry_out(shops, T0 + 4 * MINUTE_MS)
    still = now_of(shops, order)
    carry_out(shops, T0 + DAY_MS)

    assert (waiting.shop, still.shop, now_of(shops, order).shop) == ("FUEN", "FUEN", "SOL")
    assert carry_out(shops, T0 + DAY_MS + 1) == 0


def test_what_a_silent_shop_has_not_on_its_shelf_moves_at_once(shops: HubDatabase) -> None:
    heard(shops, T0)

    assert move(shops, place(shops), now_ms=T0 + DAY_MS // 2).shop == "SOL"


def test_what_another_shop_has_after_all_is_not_paid_back(shops: HubDatabase) -> None:
    order = place(shops, prepaid=True, lines=[line(pieces=2)])
    with shops.transaction() as connection:
        connection.execute(
            order_payment.update().values(state="captured", captured=order.total.minor)
        )
    happen(shops, LinePicked(order.order_id, "lucia", 1, 1_000))
    happen(shops, LineShort(order.order_id, "lucia", 1, 1_000, ShortReason.MISSING))
    happen(shops, OrderPicked(order.order_id, "lucia"))
    with shops.transaction() as connection:
        owe(connection, order.order_id, "shortage", T0)

    move(shops, order)

    with shops.reading() as connection:
        refunds = connection.scalars(select(order_refund.c.state)).all()
    assert refunds == ["withdrawn"]
    assert now_of(shops, order).payment is PaymentState.CAPTURED


def test_staff_of_the_wrong_shop_can_ask_for_it(shops: HubDatabase) -> None:
    order = staged(shops, place(shops))
    heard(shops, T0)
    happen(shops, RerouteAsked(order.order_id, "lucia", "SOL"))

    carry_out(shops)

    assert now_of(shops, order).shop == "SOL"


def test_a_shop_nobody_knows_is_refused_once_and_for_all(shops: HubDatabase) -> None:
    order = place(shops)
    happen(shops, RerouteAsked(order.order_id, "lucia", "NADA"))

    assert carry_out(shops) == 1
    assert carry_out(shops) == 0
    assert now_of(shops, order).shop == "FUEN"
    with pytest.raises(NotKnown):
        move(shops, order, "NADA")


def test_no_order_moves_into_another_currency(shops: HubDatabase) -> None:
    add_shop(shops.engine, "CDMX", name="Roma", currency="MXN", country="MX", now_ms=T0)

    with pytest.raises(Unplaceable) as caught:
        move(shops, place(shops), "CDMX")

    assert caught.value.code == "wrong_currency"


def test_what_the_courier_has_or_the_customer_does_not_move(shops: HubDatabase) -> None:
    collected = ready(shops, place(shops))
    handed_over(shops, collected)
    travelling = place(shops, "op-2", from_shop="SOL")

    codes = []
    for number, order in enumerate((collected, travelling)):
        with pytest.raises(Contradiction) as caught:
            move(shops, order, op_id=f"m{number}")
        codes.append(caught.value.code)

    assert codes == [COLLECTED_BEFORE, NOT_NOW]
