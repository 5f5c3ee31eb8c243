"""The customer's cart of the web shop at the counter: seen, picked, taken, given back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.basket import EntryMethod
from pos.domain.ticket import Ticket
from pos.domain.web_cart import WebCart, WebLine
from pos.screens.customer.cart_panel import CartPanelViewModel
from pos.screens.customer.cart_view import CartPanel
from pos.screens.customer.cart_words import difference
from pos.screens.customer.online_cart import OnlineCart
from pos.screens.navigator import Screen
from pos.screens.sale.view import SalePage
from pos.services import carts, pay, sell
from pos.services.hub_calls import CartClaim, ClaimState, HubAway
from pos.store import customers as stored
from pos.store.customers import CustomersTold
from pos.store.engine import transaction
from pos.store.statements import Statements
from tests.builders import MORNING_MS
from tests.customer_builders import a_customer
from tests.fakes.devices import FakeHub
from tests.screens.shop_floor import CUP, MOKA, TWIN, WHITE_CUP, Floor

CARD = "NOGAL-000101"
CART = WebCart(
    "carmen", 5, MORNING_MS, MORNING_MS, "EUR",
    (
        WebLine(MOKA.sku, MOKA.name, 1000, 32_90, 32_90, stock_here=3000),
        WebLine(TWIN.sku, TWIN.name, 1000, 6_05, 6_05, stock_here=9000),
        WebLine(WHITE_CUP.sku, WHITE_CUP.name, 1000, 7_50, 7_50, stock_here=0),
        WebLine(CUP.sku, CUP.name, 1000, 9_95, 7_96, "Solo web -20 %", 14_000),
        WebLine("FAROL", "Farol", 1000, 0, 0),
    ),
)  # fmt: skip
GRANTED = CartClaim(ClaimState.GRANTED, fence=4, cart=CART)


class Counter:
    """The till with Carmen on its ticket, and what the hub said of her cart."""

    def __init__(self, floor: Floor, qtbot: QtBot) -> None:
        self.floor, self.kit, self.qtbot = floor, floor.kit, qtbot
        with transaction(self.kit.store._writer) as connection:
            told = CustomersTold((a_customer(),))
            stored.mirror(Statements(connection), told, at_ms=MORNING_MS)
        floor.scan(CARD)
        self.hub.answer_of_cart(CART)

    @property
    def hub(self) -> FakeHub:
        return self.kit.devices.hub

    @property
    def cart(self) -> OnlineCart:
        return self.floor.sale.cart

    @property
    def ticket(self) -> Ticket:
        ticket = self.kit.counter.ticket
        assert ticket is not None
        return ticket

    @property
    def page(self) -> SalePage:
        page = self.floor.window.page(Screen.SALE)
        assert isinstance(page, SalePage)
        return page

    @property
    def panel(self) -> CartPanelViewModel:
        panel = self.kit.navigator.panel
        assert isinstance(panel, CartPanelViewModel)
        return panel

    def open(self) -> None:
        self.page.cart_key.click()
        self.hub.answer_of_cart(CART)

    def taken(self) -> list[tuple[str, int]]:
        return [
            (line.product.sku, line.net.minor)
            for line in self.ticket.basket.live_lines
            if line.entry_method is EntryMethod.CART
        ]


@pytest.fixture
def counter(floor: Floor, qtbot: QtBot) -> Counter:
    return Counter(floor, qtbot)


def test_the_panel_says_of_each_line_what_differs_and_brings_what_can_come(
    counter: Counter,
) -> None:
    assert counter.hub.cart_looks == ["carmen"]
    counter.open()
    assert isinstance(counter.floor.panel, CartPanel)
    assert [difference(one) for one in counter.panel.lines] == [
        "Same price",
        "In the shop €6.50: the web's counts",
        "None left here: stays on the web",
        "Solo web -20 %: only on the web, finish it there",
        "Not sold here: stays in the cart",
    ]
    assert counter.panel.total == "€38.95"

    QTest.keyClick(counter.floor.focus, Qt.Key.Key_Return)
    counter.hub.answer_of_cart(GRANTED)

    assert counter.taken() == [(MOKA.sku, 32_90), (TWIN.sku, 6_05)]
    assert counter.ticket.basket.cart is not None
    assert counter.ticket.basket.cart.fence == 4
    assert counter.kit.navigator.panel is None


def test_only_what_is_picked_comes_and_the_rest_later_under_the_same_claim(
    counter: Counter,
) -> None:
    counter.open()
    counter.panel.toggle(0)
    counter.panel.take()
    counter.hub.answer_of_cart(GRANTED)
    assert counter.taken() == [(TWIN.sku, 6_05)]

    counter.cart.take_all()

    assert counter.taken() == [(TWIN.sku, 6_05), (MOKA.sku, 32_90)]
    assert len(counter.hub.cart_claims) == 1


def test_without_the_hub_the_last_known_cart_is_read_and_nothing_is_taken(
    counter: Counter, qtbot: QtBot
) -> None:
    station = counter.kit.counter.station
    qtbot.waitUntil(lambda: carts.cart_of(station, "carmen") == CART)
    counter.page.cart_key.click()
    counter.hub.answer_of_cart(HubAway())
    counter.panel.take()

    assert counter.panel.why_not == "no connection"
    assert len(counter.panel.lines) == 5
    assert counter.panel.told == "The cart cannot be taken over: no connection"
    assert counter.hub.cart_claims == []


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (CartClaim(ClaimState.HELD, 3, "FUEN-3", MORNING_MS), "Till 3 has the cart since"),
        (CartClaim(ClaimState.GONE, detail="empty"), "The cart is empty"),
        (HubAway(), "The cart cannot be taken over: no connection"),
        (
            replace(GRANTED, cart=replace(CART, version=6)),
            "The cart was changed on the web just now: look again",
        ),
    ],
)
def test_a_cart_that_cannot_be_had_says_why_and_the_ticket_stays(
    counter: Counter, answer: CartClaim | HubAway, told: str
) -> None:
    counter.open()
    counter.panel.take()
    counter.hub.answer_of_cart(answer)

    assert counter.panel.told.startswith(told)
    assert counter.taken() == []
    is_granted = isinstance(answer, CartClaim) and answer.state is ClaimState.GRANTED
    assert counter.hub.released_carts == ([("carmen", 4)] if is_granted else [])


def test_what_the_customer_changes_on_the_phone_is_seen_at_the_next_look(
    counter: Counter,
) -> None:
    counter.open()
    counter.panel.take()
    counter.hub.answer_of_cart(GRANTED)
    counter.open()
    less = replace(CART, version=6, lines=CART.lines[1:])
    counter.cart.look()
    counter.hub.answer_of_cart(less)

    assert counter.cart.changed_on_phone == {MOKA.sku: 1000}
    assert "taken out of the cart meanwhile, still on the ticket" in counter.panel.age


def test_a_cart_is_given_back_with_its_last_line_or_its_ticket_and_not_when_it_was_paid(
    counter: Counter, qtbot: QtBot
) -> None:
    sign_on = counter.kit.counter.sign_on
    counter.cart.take(frozenset({MOKA.sku}))
    counter.hub.answer_of_cart(GRANTED)
    counter.kit.counter.put(sell.void_line(sign_on, counter.ticket, 1))
    assert counter.hub.released_carts == [("carmen", 4)]
    assert counter.ticket.basket.cart is None

    counter.cart.take(frozenset({MOKA.sku}))
    counter.hub.answer_of_cart(replace(GRANTED, fence=5))
    sell.cancel(sign_on, counter.ticket, reason="se va")
    counter.kit.counter.put(None)
    qtbot.waitUntil(lambda: counter.hub.released_carts[1:] == [("carmen", 5)])

    counter.floor.scan(CARD)
    counter.hub.answer_of_cart(CART)
    counter.cart.take(frozenset({MOKA.sku}))
    counter.hub.answer_of_cart(replace(GRANTED, fence=6))
    due = counter.ticket.basket.totals.total
    paid = pay.take_cash(sign_on, pay.begin(sign_on, counter.ticket), due)
    assert isinstance(paid, pay.Paid)
    counter.kit.counter.put(None)
    counter.kit.counter.background.finish()
    assert counter.hub.released_carts[2:] == []
