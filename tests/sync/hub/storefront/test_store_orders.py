"""The web shop: orders placed, paid, cancelled, and who sees them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from pos.domain.collection import OrderState, PaymentState
from pos.domain.pickup_code import read_pickup_code
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.codes import pickup_code_of, signing_key
from sync.hub.orders.paying import Payments
from sync.hub.storefront import views
from sync.hub.tables import product
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import OIL, WINE, place
from tests.sync.hub.pages.conftest import Browser
from tests.sync.hub.storefront.shopping import cart_of, check_out, field, fill, orders
from tests.sync.payments.kit import Provider
from tests.sync.serving import FixedClock

Device = Callable[[str], Browser]


# -- ordering


def test_an_order_paid_now_is_placed_charged_and_shown_with_its_code(
    carmen: Browser, hub: HubDatabase, simulator: Provider
) -> None:
    fill(carmen, OIL, WINE)

    answer = check_out(carmen)
    page = carmen.get(answer.headers["Location"]).text
    (order,) = orders(hub)

    assert (order.is_prepaid, order.payment) == (True, PaymentState.CAPTURED)
    assert order.customer_name == "Carmen Ortega Ruiz"
    assert simulator.ledger()["captured"] == order.total.minor == 17_45
    assert "Gracias" in page
    assert order.number in page
    assert order.short_code in page
    with hub.reading() as connection:
        code = pickup_code_of(order, signing_key(connection))
    assert views.qr_drawing(code) in page
    assert read_pickup_code(code).serial == order.serial
    assert cart_of(carmen) == []


def test_an_order_can_be_paid_in_the_shop(
    carmen: Browser, hub: HubDatabase, simulator: Provider
) -> None:
    fill(carmen, OIL)

    page = carmen.get(check_out(carmen, pay="shop").headers["Location"]).text

    assert not orders(hub)[0].is_prepaid
    assert "Se paga en la tienda" in page
    assert simulator.ledger()["payments"] == 0


def test_somebody_else_may_collect(carmen: Browser, hub: HubDatabase) -> None:
    fill(carmen, OIL)

    check_out(carmen, who="other", name="Pablo 🙂 Ortega", relation="hijo")

    assert [(who.name, who.relation) for who in orders(hub)[0].collectors] == [
        ("Pablo 🙂 Ortega", "hijo")
    ]


@pytest.mark.parametrize("name", ["", "   ", "a\u202eb", "a\x07b"])
def test_a_name_nobody_can_read_keeps_the_cart(
    carmen: Browser, hub: HubDatabase, name: str
) -> None:
    fill(carmen, OIL)

    answer = check_out(carmen, who="other", name=name)

    assert answer.status_code == 409
    assert "Escribe el nombre" in answer.text
    assert orders(hub) == []
    assert cart_of(carmen) == [OIL]


def test_the_button_pressed_twice_is_one_order_and_one_charge(
    carmen: Browser, hub: HubDatabase, simulator: Provider
) -> None:
    fill(carmen, OIL)
    page = carmen.get("/store/checkout")
    form = {"op_id": field(page, "op_id"), "total": field(page, "total"), "pay": "now"}

    first, second = (carmen.post("/store/checkout", form) for _ in range(2))

    assert first.headers["Location"] == second.headers["Location"]
    assert len(orders(hub)) == 1
    assert simulator.ledger()["payments"] == 1


def test_a_declined_payment_leaves_the_cart_and_no_order_open(
    carmen: Browser, hub: HubDatabase, simulator: Provider
) -> None:
    simulator.behave(decline=1)
    fill(carmen, OIL, WINE)

    answer = check_out(carmen)
    again = check_out(carmen)

    assert "El banco ha rechazado el pago" in answer.text
    declined, paid = orders(hub)
    assert (declined.state, paid.payment) == (OrderState.CANCELLED, PaymentState.CAPTURED)
    assert again.status_code == 303


def test_a_lost_answer_is_said_to_be_checked_and_never_charged_again(
    carmen: Browser,
    hub: HubDatabase,
    simulator: Provider,
    payments: Payments,
    clock: FixedClock,
) -> None:
    simulator.behave(lose_answer=1)
    fill(carmen, OIL)

    address = check_out(carmen).headers["Location"]
    checking = carmen.get(address).text
    clock.at_ms += 60_000
    payments.work(lambda _: None)
    known = carmen.get(address).text

    assert "Estamos comprobando tu pago" in checking
    assert "Estamos comprobando" not in known
    assert ">Pagado<" in known
    assert simulator.ledger()["captured"] == 7_95
    assert cart_of(carmen) == []


def test_what_sold_out_meanwhile_orders_nothing(
    carmen: Browser, hub: HubDatabase, simulator: Provider
) -> None:
    fill(carmen, OIL)
    page = carmen.get("/store/checkout")
    place(hub, "somebody-else", lines=[{"sku": OIL, "quantity": 10_000, "unit_price": 7_95,
                                        "paid": 79_50}])  # fmt: skip

    form = {"op_id": field(page, "op_id"), "total": field(page, "total"), "pay": "now"}
    answer = carmen.post("/store/checkout", form)

    assert "se ha agotado mientras tanto" in answer.text
    assert "Aquí no queda" in answer.text
    assert len(orders(hub)) == 1
    assert simulator.ledger()["payments"] == 0


def test_a_price_that_changed_is_shown_before_it_is_paid(
    carmen: Browser, hub: HubDatabase, simulator: Provider
) -> None:
    fill(carmen, OIL)
    page = carmen.get("/store/checkout")
    with hub.transaction() as connection:
        last = connection.scalar(select(func.max(product.c.price_change))) or 0
        connection.execute(
            product.update().where(product.c.sku == OIL).values(price=8_50, price_change=last + 1)
        )

    form = {"op_id": field(page, "op_id"), "total": field(page, "total"), "pay": "now"}
    answer = carmen.post("/store/checkout", form)
    confirmed = check_out(carmen)

    assert "Un precio ha cambiado" in answer.text
    assert "8,50" in answer.text
    assert confirmed.status_code == 303
    assert orders(hub)[0].total.minor == 8_50


# -- orders


def test_a_customer_sees_their_own_orders_only(
    carmen: Browser, hub: HubDatabase, device: Device
) -> None:
    fill(carmen, OIL)
    address = check_out(carmen).headers["Location"]
    number = orders(hub)[0].number
    jaume = device("jaume")

    assert number in carmen.get("/store/orders").text
    assert number not in jaume.get("/store/orders").text
    assert jaume.get(address).status_code == 404
    assert jaume.post(f"{address.split('?')[0]}/cancel", {}).status_code == 404


def test_a_cancelled_order_is_paid_back_and_says_so(
    carmen: Browser, hub: HubDatabase, payments: Payments, simulator: Provider
) -> None:
    fill(carmen, OIL)
    address = check_out(carmen).headers["Location"].split("?")[0]

    for _ in range(2):
        carmen.post(f"{address}/cancel", {})
    requested = carmen.get(address).text
    payments.work(lambda _: None)
    confirmed = carmen.get(address).text

    assert "Cancelado" in requested
    assert "solicitada" in requested
    assert "Tu código" not in requested
    assert ": hecha" in confirmed
    assert simulator.ledger()["refunded"] == 7_95


def test_a_cancelled_order_can_be_put_back_into_the_cart(
    carmen: Browser, hub: HubDatabase
) -> None:
    fill(carmen, OIL, WINE)
    address = check_out(carmen, pay="shop").headers["Location"].split("?")[0]
    carmen.post(f"{address}/cancel", {})

    carmen.post(f"{address}/again", {})

    assert cart_of(carmen) == [OIL, WINE]


def test_what_was_collected_cannot_be_cancelled(carmen: Browser, hub: HubDatabase) -> None:
    fill(carmen, OIL)
    address = check_out(carmen).headers["Location"].split("?")[0]
    with hub.transaction() as connection:
        known = book.held(connection, orders(hub)[0].order_id)
        book.save(connection, known, replace(known.order, state=OrderState.COLLECTED))

    answer = carmen.post(f"{address}/cancel", {})

    assert answer.headers["Location"].endswith("too_late")
    assert orders(hub)[0].state is OrderState.COLLECTED


def test_who_asked_to_cancel_and_collected_it_then_is_not_told_that_it_is_cancelled(
    carmen: Browser, hub: HubDatabase
) -> None:
    fill(carmen, OIL)
    address = check_out(carmen).headers["Location"].split("?")[0]
    order = orders(hub)[0]
    asked = book.Happened(f"store-cancel-{order.order_id}", T0)
    with hub.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, replace(known.order, state=OrderState.COLLECTED))
        book.note(connection, order.order_id, "order.cancel_asked", asked, {})

    answer = carmen.post(f"{address}/cancel", {})

    assert answer.headers["Location"].endswith("too_late")


def test_every_state_of_an_order_has_a_page(carmen: Browser, hub: HubDatabase) -> None:
    fill(carmen, OIL)
    address = check_out(carmen).headers["Location"].split("?")[0]
    for state in OrderState:
        with hub.transaction() as connection:
            known = book.held(connection, orders(hub)[0].order_id)
            book.save(connection, known, replace(known.order, state=state))

        for language in ("es", "en"):
            answer = carmen.get(f"{address}?lang={language}")
            assert answer.status_code == 200
            assert f'data-state="{state.value}"' in answer.text


def test_every_payment_state_has_words(carmen: Browser, hub: HubDatabase) -> None:
    fill(carmen, OIL)
    address = check_out(carmen).headers["Location"].split("?")[0]
    for payment in PaymentState:
        with hub.transaction() as connection:
            known = book.held(connection, orders(hub)[0].order_id)
            book.save(connection, known, replace(known.order, payment=payment))

        assert carmen.get(address).status_code == 200
