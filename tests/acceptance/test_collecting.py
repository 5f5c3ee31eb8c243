"""Walks `collecting.feature` through real browsers, a real till, hub, agent and printer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_bdd import given, scenarios, then, when

from pos.commands.demonstration import collecting
from pos.commands.demonstration.articles import BLANKET, CUP_BLUE, MOKA, SOAP
from pos.domain.collection import OrderState
from tests.acceptance.counter import Counter, open_counter
from tests.browser import Browser

TOOLS = ("Xvfb", "openbox", "xdotool", "chromium", "chromedriver")
missing = [tool for tool in TOOLS if shutil.which(tool) is None]
pytestmark = [
    pytest.mark.skipif(bool(missing), reason=f"not installed: {', '.join(missing)}"),
    pytest.mark.timeout(600),
]
CUP_PRICE, SOAP_PRICE = 9_95, 3_60
WHOLE = 82_75

scenarios("collecting.feature")


@pytest.fixture
def counter(tmp_path: Path) -> Iterator[Counter]:
    with open_counter(tmp_path) as opened:
        yield opened


def sign_in(counter: Counter, window: Browser) -> None:
    window.open(f"{counter.opened.hub.url}/store/sign-in")
    window.click("#customer-carmen")
    window.wait_for("#to-orders")


def into_the_cart(window: Browser, gtin: str) -> None:
    """Look an article up by its number and put it into the cart."""
    window.type("#q", gtin)
    window.click(".search button")
    window.click("[data-sku] a")
    window.click("#add")
    window.wait_for(".notice.good")


# -- before the counter


@given("the shop is open, and so is its web shop")
def the_shop_is_open(counter: Counter) -> None:
    counter.before = {gtin: counter.stock(gtin)[0] for gtin in (MOKA, CUP_BLUE, BLANKET, SOAP)}
    collecting.begin(counter.floor)


@given("Carmen put a coffee maker and a cup into her cart on the phone")
def a_cart_on_the_phone(counter: Counter) -> None:
    sign_in(counter, counter.phone)
    into_the_cart(counter.phone, MOKA)
    into_the_cart(counter.phone, CUP_BLUE)
    counter.phone.screenshot(counter.pictures / "phone-cart.png")


@given("she added a blanket on her laptop, and paid it all to collect it here")
def finished_on_the_laptop(counter: Counter) -> None:
    window = counter.laptop
    sign_in(counter, window)
    into_the_cart(window, BLANKET)
    window.click("#to-cart")
    window.click(f"#shop-{counter.opened.shop.code}")
    window.screenshot(counter.pictures / "laptop-cart.png")
    window.click("#checkout")
    window.click("#pay-now")
    window.click("#order")
    window.wait_for("#qr svg")
    window.screenshot(counter.pictures / "laptop-order.png")
    counter.page = window.address.split("?")[0]
    counter.floor.paid = counter.code_of(window.attribute("#number", "data-order"))


@given("the till announces the order")
def the_till_announces(counter: Counter) -> None:
    counter.floor.see(counter.ordered, OrderState.PLACED)
    counter.snap("announced")


@given("it is fetched by scanning, and put on shelf B3 with its label")
def prepared(counter: Counter) -> None:
    collecting.fetch(counter.floor, counter.ordered)
    counter.snap("fetched")
    collecting.find_shelf(counter.floor, "B3")
    counter.snap("shelf")
    collecting.put_away(counter.floor, counter.ordered)
    assert counter.order_at_hub().shelves == ("B3",)


@given("her phone says that it is ready, and shows her code")
def her_phone_says_ready(counter: Counter) -> None:
    counter.phone.open(counter.page)
    counter.phone.wait_for("#qr svg")
    counter.phone.screenshot(counter.pictures / "phone-ready.png", whole_page=True)
    assert counter.ordered.number in counter.phone.text("#number")


@given("the hub stops")
def the_hub_stops(counter: Counter) -> None:
    counter.opened.hub.kill()
    counter.floor.stand.cashier.see_link("offline")


# -- at the counter


@when("she shows her code and her parcel is scanned")
def she_shows_her_code(counter: Counter) -> None:
    collecting.come(counter.floor, counter.ordered)
    counter.snap("handover")


@when("she tries the cup on and leaves it behind")
def she_leaves_the_cup(counter: Counter) -> None:
    skus = [line.sku for line in counter.floor.order(counter.ordered).lines]
    cashier = counter.floor.stand.cashier
    cashier.hand.key("s")  # the counter is free for others while she is away
    cashier.look()
    counter.snap("tries-on")
    cashier.hand.scan(counter.ordered.code)
    cashier.look()
    collecting.leave(counter.floor, lines_down=skus.index(CUP_BLUE))
    counter.snap("left")


@when("she takes soap in addition")
def she_takes_soap(counter: Counter) -> None:
    cashier = counter.floor.stand.cashier
    cashier.hand.scan(SOAP)
    cashier.see_lines(1)
    counter.snap("added")


@when("she pays for the soap")
def she_pays(counter: Counter) -> None:
    cashier = counter.floor.stand.cashier
    cashier.hand.key("F10")
    cashier.look()
    counter.snap("payment")
    with cashier.books.expecting("order.handed_over"):
        cashier.hand.key("Return")
    counter.snap("change")
    cashier.next_customer()
    cashier.see_printed()


@when("the hub is back")
def the_hub_is_back(counter: Counter) -> None:
    counter.opened.hub.start()
    cashier = counter.floor.stand.cashier
    cashier.see_link("online")
    cashier.see_everything_sent()


# -- what came of it


@then("the till knows that the order is collected in part")
def the_till_knows(counter: Counter) -> None:
    counter.floor.see(counter.ordered, OrderState.PARTLY_COLLECTED)


@then("the order is collected in part, and what the cup cost is given back")
def collected_in_part(counter: Counter) -> None:
    counter.floor.see_at_hub(counter.ordered, "partly_collected", "refunded")
    money = counter.ledger()
    assert (money["captured"], money["refunded"]) == (WHOLE, CUP_PRICE)
    assert counter.floor.stand.cashier.books.desk() == ()


@then("the papers tell of the soap, of what she took and of what she left")
def the_papers(counter: Counter) -> None:
    papers = counter.papers()
    assert "Jabón de aceite de oliva 150 g" in papers
    taken, left = papers.split("Dejado en la tienda")[-2:]
    assert "Cafetera italiana 6 tazas" in taken
    assert "Manta de lana" in taken
    assert "Taza de gres 350 ml azul" in left
    assert "9,95" in left


@then("the cup is for sale again, and the rest has left the stock")
def the_stock(counter: Counter) -> None:
    counter.floor.stand.cashier.see_everything_sent()
    gone = {gtin: counter.before[gtin] - counter.stock(gtin)[0] for gtin in counter.before}
    assert gone == {MOKA: 1000, BLANKET: 1000, CUP_BLUE: 0, SOAP: 1000}
    assert all(counter.stock(gtin)[1] == 0 for gtin in gone)


@then("the day's figures count one order, and the till's sales the soap alone")
def the_figures(counter: Counter) -> None:
    assert sum(bar.handed_over for bar in counter.figures().bars) == 1
    assert counter.floor.stand.cashier.books.sales() == (1, SOAP_PRICE)


@then("her phone says what she took")
def her_phone_in_the_end(counter: Counter) -> None:
    counter.phone.open(counter.page)
    counter.phone.wait_for("#payment")
    counter.phone.screenshot(counter.pictures / "phone-end.png", whole_page=True)
    assert counter.phone.attribute("#payment", "data-payment") == "refunded"
