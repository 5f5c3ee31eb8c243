"""The web shop: what there is and where, one cart on every device, orders and who sees them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import requests
from sqlalchemy import func, select

from pos.domain.collection import Order, OrderState, PaymentState
from pos.domain.pickup_code import read_pickup_code
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.codes import pickup_code_of, signing_key
from sync.hub.orders.paying import Payments
from sync.hub.storefront import views
from sync.hub.tables import product, stock_level
from sync.hub.tables_orders import customer_order
from tests.sync.hub.orders.kit import CHEESE, OIL, WINE, place
from tests.sync.hub.pages.conftest import Browser
from tests.sync.payments.kit import Provider
from tests.sync.serving import FixedClock

Device = Callable[[str], Browser]


def fill(browser: Browser, *skus: str, shop: str = "FUEN") -> None:
    """Put goods into the cart and choose where to collect them."""
    for sku in skus:
        assert browser.post("/store/cart/add", {"sku": sku, "quantity": "1000"}).status_code == 303
    browser.post("/store/cart/shop", {"shop": shop})


def field(page: requests.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, name
    return found[1]


def check_out(browser: Browser, **form: str) -> requests.Response:
    """Send the checkout page off as it is shown."""
    page = browser.get("/store/checkout")
    assert page.status_code == 200
    shown = {"op_id": field(page, "op_id"), "total": field(page, "total")}
    return browser.post("/store/checkout", {**shown, "who": "me", "pay": "now", **form})


def orders(database: HubDatabase) -> list[Order]:
    with database.reading() as connection:
        texts = connection.scalars(
            select(customer_order.c.content_json).order_by(customer_order.c.serial)
        )
        return [book.read_order(text) for text in texts]


def cart_of(browser: Browser) -> list[str]:
    return re.findall(r'<li data-sku="([^"]+)"', browser.get("/store/cart").text)


# -- looking


def test_everybody_can_look_and_sees_what_each_shop_has_and_by_when(device: Device) -> None:
    page = device("").get("/store/?q=ACEITE").text

    assert "Aceite de oliva" in page
    assert "Queso" not in page
    assert "7,95" in page
    assert page.count("lista en unos 30 min") == 2
    assert "1 resultado para «ACEITE»" in page


@pytest.mark.parametrize("words", ["queso curado", "curado queso", "QUESO", "quéso"])
def test_words_are_found_in_any_order_and_without_accents(device: Device, words: str) -> None:
    page = device("").get(f"/store/?q={words}").text

    assert "Queso curado" in page
    assert "Aceite" not in page


def test_what_is_not_found_says_what_to_try(device: Device) -> None:
    assert "Prueba con menos palabras" in device("").get("/store/?q=unicornio").text


def test_what_a_shop_has_none_of_is_sold_out_there(hub: HubDatabase, device: Device) -> None:
    with hub.transaction() as connection:
        connection.execute(
            stock_level.update()
            .where(stock_level.c.shop == "GOYA", stock_level.c.sku == OIL)
            .values(on_hand=0)
        )

    page = device("").get(f"/store/products/{OIL}").text

    assert page.count("Agotado") == 1
    assert page.count("Disponible") == 1


def test_the_shop_speaks_the_language_of_the_browser_or_the_chosen_one(device: Device) -> None:
    stranger = device("")

    spoken = stranger.get("/store/", **{"Accept-Language": "en-GB,en"}).text
    chosen = stranger.get("/store/?lang=en").text
    kept = stranger.get("/store/").text

    assert all('<html lang="en">' in page for page in (spoken, chosen, kept))


@pytest.mark.parametrize("address", ["/store/products/nothing", "/store/orders/x", "/store/x"])
def test_what_is_not_there_is_said_in_words(carmen: Browser, address: str) -> None:
    answer = carmen.get(address)

    assert answer.status_code == 404
    assert "Esta página no existe" in answer.text


# -- who


@pytest.mark.parametrize("address", ["/store/cart", "/store/checkout", "/store/orders"])
def test_a_stranger_is_asked_who_they_are_and_brought_back(device: Device, address: str) -> None:
    stranger = device("")

    asked = stranger.get(address)
    form = stranger.get(asked.headers["Location"])
    signed_in = stranger.post("/store/sign-in", {"customer": "carmen", "to": field(form, "to")})

    assert asked.status_code == 303
    assert signed_in.headers["Location"] == address


@pytest.mark.parametrize("to", ["https://evil.example/", "//evil.example", "/desk/", "\\x"])
def test_signing_in_leads_nowhere_else(device: Device, to: str) -> None:
    answer = device("").post("/store/sign-in", {"customer": "carmen", "to": to})

    assert answer.headers["Location"] == "/store/"


def test_a_form_of_another_site_changes_nothing(carmen: Browser) -> None:
    wanted = {"sku": OIL, "quantity": "1000"}

    without_token = carmen.post("/store/cart/add", {**wanted, "csrf": "0" * 64})
    from_elsewhere = carmen.post("/store/cart/add", wanted, {"Origin": "https://evil.example"})

    assert without_token.status_code == from_elsewhere.status_code == 403
    assert cart_of(carmen) == []


def test_who_signed_out_is_out(carmen: Browser) -> None:
    carmen.post("/store/sign-out", {})

    assert carmen.get("/store/cart").status_code == 303


# -- cart


def test_a_cart_begun_on_the_phone_goes_on_on_the_laptop(carmen: Browser, device: Device) -> None:
    fill(carmen, OIL)
    laptop = device("carmen")
    fill(laptop, WINE)

    assert cart_of(carmen) == cart_of(laptop) == [OIL, WINE]
    assert cart_of(device("jaume")) == []


def test_a_line_can_be_more_less_and_none(carmen: Browser) -> None:
    fill(carmen, OIL)

    carmen.post("/store/cart/put", {"sku": OIL, "quantity": "3000"})
    three = carmen.get("/store/cart").text
    carmen.post("/store/cart/put", {"sku": OIL, "quantity": "0"})

    assert "23,85" in three
    assert cart_of(carmen) == []


@pytest.mark.parametrize("quantity", ["", "-1", "1.5", "ⅷ", "9" * 30, "<b>"])
def test_a_quantity_that_is_none_is_refused(carmen: Browser, quantity: str) -> None:
    answer = carmen.post("/store/cart/add", {"sku": OIL, "quantity": quantity})

    assert answer.status_code == 422
    assert "No se ha hecho nada" in answer.text


def test_a_product_nobody_sells_does_not_get_into_the_cart(carmen: Browser) -> None:
    answer = carmen.post("/store/cart/add", {"sku": "<script>", "quantity": "1000"})

    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_the_cart_says_which_shop_has_everything(carmen: Browser, hub: HubDatabase) -> None:
    fill(carmen, OIL, shop="GOYA")
    with hub.transaction() as connection:
        connection.execute(
            stock_level.update().where(stock_level.c.shop == "GOYA").values(on_hand=0)
        )

    page = carmen.get("/store/cart").text
    carmen.post("/store/cart/shop", {"shop": "FUEN"})

    assert "Aquí no queda" in page
    assert 'id="checkout"' not in page
    assert 'id="checkout"' in carmen.get("/store/cart").text


def test_only_what_there_is_can_be_taken_with_one_button(
    carmen: Browser, hub: HubDatabase
) -> None:
    fill(carmen, OIL, CHEESE)
    with hub.transaction() as connection:
        connection.execute(stock_level.update().where(stock_level.c.sku == OIL).values(on_hand=0))

    carmen.post("/store/cart/take-what-is", {})

    assert cart_of(carmen) == [CHEESE]


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
