"""Placing an order: once, numbered, priced as it was sold, reserved and promised."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import select

from pos.domain.collection import OrderState, PaymentState
from pos.domain.pickup_policy import DAY_MS
from sync.hub.admin import NotKnown
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.goods import Unplaceable
from sync.hub.orders.placing import place_order
from sync.hub.tables_orders import customer_order, order_change, order_payment
from sync.wire.v1.placing import PlaceOrder
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import (
    CHEESE,
    OIL,
    WINE,
    body,
    chance,
    free,
    line,
    place,
    request,
    stocked,
)  # fmt: skip


@pytest.fixture
def hub(database: HubDatabase, tmp_path: Path) -> HubDatabase:
    return stocked(database, tmp_path)


def refused(hub: HubDatabase, **changed: Any) -> tuple[str, str]:
    with pytest.raises(Unplaceable) as caught:
        place(hub, **changed)
    return caught.value.code, caught.value.detail


def test_an_order_knows_its_goods_where_they_lie_and_what_they_ask_for(hub: HubDatabase) -> None:
    lines = [line(), line(CHEESE, 1, 18_40, quantity=412, paid=7_58), line(WINE, 2, 9_50)]

    order = place(hub, lines=lines)

    assert [each.name for each in order.lines] == ["Aceite de oliva", "Queso curado", "Vino tinto"]
    assert [each.location for each in order.lines] == [
        "Pasillo 2 · B-14", "Mostrador · Q-02", "Bodega · V-03",
    ]  # fmt: skip
    assert [each.min_age for each in order.lines] == [0, 0, 18]
    assert order.lines[0].gtin == 8436012340018
    assert order.total.minor == 7_95 + 7_58 + 19_00
    assert order.state is OrderState.PLACED


def test_orders_are_numbered_one_after_the_other(hub: HubDatabase) -> None:
    orders = [place(hub, f"op-{number}") for number in range(3)]

    assert [order.number for order in orders] == ["W-10001", "W-10002", "W-10003"]
    assert len({order.short_code for order in orders}) == 3
    assert all(len(order.short_code) == 4 for order in orders)


def test_a_request_sent_again_is_the_same_order_and_reserves_nothing_more(
    hub: HubDatabase,
) -> None:
    first, second = place(hub), place(hub, now_ms=T0 + 60_000)

    assert first == second
    assert free(hub) == 9_000
    with hub.reading() as connection:
        assert len(connection.execute(select(customer_order)).all()) == 1


def test_the_id_of_another_order_is_no_order(hub: HubDatabase) -> None:
    place(hub)

    assert refused(hub, lines=[line(pieces=2)]) == ("op_id_used", "op-1")


def test_the_same_request_from_many_phones_at_once_is_one_order(hub: HubDatabase) -> None:
    found: list[str] = []

    def send() -> None:
        with hub.transaction() as connection:
            order = place_order(connection, request(), T0, chance(threading.current_thread().name))
            found.append(order.order_id)

    threads = [threading.Thread(target=send) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(found) == 6
    assert len(set(found)) == 1


def test_the_shop_is_told_of_the_order(hub: HubDatabase) -> None:
    order = place(hub)

    with hub.reading() as connection:
        told = connection.execute(select(order_change)).one()
        events = [row.kind for row in book.events_of(connection, order.order_id)]
    assert (told.shop, told.order_id) == ("FUEN", order.order_id)
    assert events == ["order.placed"]


def test_what_is_ordered_is_promised_to_nobody_else(hub: HubDatabase) -> None:
    place(hub, lines=[line(pieces=3)])

    assert free(hub) == 7_000


def test_more_than_there_is_can_be_sold_and_shows_as_promised_too_often(hub: HubDatabase) -> None:
    place(hub, lines=[line(pieces=12)])

    assert free(hub) == -2_000


def test_a_shop_that_prepared_nothing_yet_promises_half_an_hour(hub: HubDatabase) -> None:
    order = place(hub)

    assert order.promised_at_ms - order.placed_at_ms == 30 * 60_000


def test_a_code_is_good_for_as_long_as_the_order_could_ever_be_held(hub: HubDatabase) -> None:
    usual, longer = place(hub, "op-1"), place(hub, "op-2", hold_days=30)

    assert usual.last_hold_ms == T0 + (14 + 7 + 2 * 7) * DAY_MS
    assert longer.last_hold_ms == T0 + (14 + 30 + 2 * 7) * DAY_MS


def test_a_prepaid_order_waits_for_its_payment(hub: HubDatabase) -> None:
    order = place(hub, prepaid=True, lines=[line(pieces=2)])

    with hub.reading() as connection:
        payment = connection.execute(select(order_payment)).one()
    assert (payment.order_id, payment.amount, payment.currency) == (order.order_id, 15_90, "EUR")
    assert (payment.state, payment.next_step) == ("authorising", "authorise")
    assert order.payment is PaymentState.NONE


def test_what_costs_nothing_is_not_charged(hub: HubDatabase) -> None:
    order = place(hub, prepaid=True, lines=[line(price=0)])

    assert order.total.minor == 0
    with hub.reading() as connection:
        assert connection.execute(select(order_payment)).all() == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"lines": [line("nothing")]}, ("unknown_product", "nothing")),
        ({"lines": [line(quantity=1_500)]}, ("half_a_piece", OIL)),
        ({"lines": [line(paid=9_99)]}, ("paid_above_price", OIL)),
        ({"currency": "MXN"}, ("wrong_currency", "MXN")),
        ({"from_shop": "FUEN"}, ("filled_by_itself", "FUEN")),
    ],
)
def test_what_cannot_be_ordered_is_named_and_leaves_nothing_behind(
    hub: HubDatabase, changed: dict[str, object], why: tuple[str, str]
) -> None:
    assert refused(hub, **changed) == why

    with hub.reading() as connection:
        assert connection.execute(select(customer_order)).all() == []
    assert free(hub) == 10_000


def test_no_order_is_placed_at_a_shop_nobody_knows(hub: HubDatabase) -> None:
    with pytest.raises(NotKnown):
        place(hub, shop="NADA")


@pytest.mark.parametrize(
    "changed",
    [
        {"lines": []},
        {"lines": [line()] * 501},
        {"lines": [line(quantity=0)]},
        {"lines": [line(unit_price=-1)]},
        {"customer": {"name": ""}},
        {"customer": {"name": "   "}},
        {"customer": {"name": "Car\x07men"}},
        {"customer": {"name": "Car\u202emen"}},
        {"customer": {"phone": "call me"}},
        {"customer": {"email": "nobody"}},
        {"shop": "fuen"},
        {"hold_days": 61},
    ],
)
def test_what_is_no_order_is_refused_before_anything_happens(changed: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        PlaceOrder.model_validate(body(**changed))


@pytest.mark.parametrize(
    ("name", "phone"),
    [
        ("Zoë 🌻 Ñuñez", "+34 600 123 456"),
        ("محمد الأندلسي", "+212 6 12 34 56 78"),
        ("Mary-Jane O'Neil 👩‍👩‍👧", "+52 (55) 1234-5678"),
        ("王小明", "+86 138 0013 8000"),
    ],
)
def test_names_of_all_scripts_and_telephones_of_all_countries_are_kept_as_written(
    hub: HubDatabase, name: str, phone: str
) -> None:
    placed = place(hub, customer={"name": name, "phone": phone})

    with hub.reading() as connection:
        order = book.get(connection, placed.order_id)
    assert order is not None
    assert (order.customer_name, order.phone) == (name, phone)


def test_five_hundred_lines_are_an_order(hub: HubDatabase) -> None:
    order = place(hub, lines=[line()] * 500)

    assert len(order.lines) == 500


def test_an_order_filled_elsewhere_takes_its_goods_from_there(
    hub: HubDatabase, tmp_path: Path
) -> None:
    stocked(hub, tmp_path, "SOL")

    order = place(hub, from_shop="SOL", lines=[line(pieces=4)])

    assert order.state is OrderState.IN_TRANSIT
    assert free(hub, shop="SOL") == 6_000
    assert free(hub, shop="FUEN") == 10_000
