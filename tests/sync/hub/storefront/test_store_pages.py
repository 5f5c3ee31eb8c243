"""The web shop: what there is and where, and one cart on every device."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sync.hub.database import HubDatabase
from sync.hub.tables import stock_level
from tests.sync.hub.orders.kit import CHEESE, OIL, WINE
from tests.sync.hub.pages.conftest import Browser
from tests.sync.hub.storefront.shopping import cart_of, field, fill

Device = Callable[[str], Browser]


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


@pytest.mark.parametrize("pages", ["0", "-3", "9" * 5000, "x", "²"])
def test_an_address_somebody_made_up_shows_the_first_page(device: Device, pages: str) -> None:
    assert "Aceite de oliva" in device("").get(f"/store/?pages={pages}").text


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


def test_what_is_not_for_children_says_so(device: Device) -> None:
    wine, oil = (device("").get(f"/store/products/{sku}").text for sku in (WINE, OIL))

    assert "mayores de 18 años" in wine
    assert "mayores" not in oil


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
