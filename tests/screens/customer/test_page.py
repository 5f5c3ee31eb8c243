"""The customer's page: what it shows, what it leads to, and when it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from pos.domain.collection import OrderState
from pos.domain.customer import CustomerNote, erased
from pos.domain.customer_glance import (
    Glance,
    GlancedArticle,
    GlancedCredit,
    GlancedPurchase,
    PurchaseKind,
    WaitingOrder,
)
from pos.screens.customer.finding import FindCustomerViewModel
from pos.screens.customer.page_view import CustomerPage
from pos.screens.navigator import Screen
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services.find_purchase import Wanted
from pos.services.hub_calls import HubAway, SeenCustomer
from pos.store import orders
from pos.store.engine import transaction
from pos.store.statements import Statements
from pos.widgets.text import Text
from tests.builders import MORNING_MS, eur
from tests.customer_builders import a_customer
from tests.order_builders import customer_order, staged
from tests.screens.customer.test_customer import CARD, CUPS, NADIA, Desk
from tests.screens.shop_floor import CUP, Floor

CAME_BACK = GlancedPurchase(
    PurchaseKind.RETURN, "r1", "2-D00211", "FUEN", "Nogal", "shop", MORNING_MS, eur(-12_50), 1,
    (GlancedArticle(CUP.sku, CUP.name, 1_000),),
)  # fmt: skip
ON_THE_WEB = GlancedPurchase(
    PurchaseKind.ORDER, "o1", "W-10355", "", "", "web", MORNING_MS, eur(58_40), 2
)
CARMEN = a_customer(tier="Oro", notes=(CustomerNote("Prefiere bolsa de papel", 1, "ana"),))
MUCH = Glance(
    MORNING_MS,
    860,
    (GlancedCredit("7K3Q", eur(12_50)),),
    (CUPS, CAME_BACK, ON_THE_WEB),
    (WaitingOrder("w9", "W-9", "GOYA", "Nogal Goya", "ready", eur(3_00)),),
)


class Visit(Desk):
    """Carmen's page, opened with F3 from the ticket."""

    def screen(self) -> Screen:
        """Which screen is shown by now."""
        return self.kit.navigator.current

    def open(self, glance: Glance = MUCH, *duplicates: str) -> CustomerPage:
        self.told(CARMEN)
        self.floor.scan(CARD)
        twins = tuple(replace(NADIA, customer_id="twin", name=name) for name in duplicates)
        self.hub.answer_of_customers(SeenCustomer(CARMEN, glance, twins))
        self.qtbot.waitUntil(lambda: self.floor.sale.customer.glance == glance)
        self.key(Qt.Key.Key_F3)
        assert self.kit.navigator.current is Screen.CUSTOMER
        page = self.floor.window.page(Screen.CUSTOMER)
        assert isinstance(page, CustomerPage)
        return page


@pytest.fixture
def visit(floor: Floor, qtbot: QtBot) -> Visit:
    return Visit(floor, qtbot)


def seen(widget: QWidget) -> list[str]:
    """Return every text that is in sight, whole."""
    return [
        text.text()
        for text in widget.findChildren(Text)
        if text.isVisible() and text.text() and widget.rect().contains(text.geometry())
    ]


def test_tier_points_credit_way_to_reach_notes_and_consents_are_in_sight_at_once(
    visit: Visit,
) -> None:
    page = visit.open()
    visit.floor.window.resize(1366, 768)

    texts = seen(page.person)
    assert page.bar.tier.accessibleName() == "Oro"
    for fact in ("860", "€12.50", "••• ••• 101", CARD, "Prefiere bolsa de papel"):
        assert any(fact in text for text in texts), fact
    assert "Offers by e-mail: no" in texts
    assert not any("600" in text for text in texts)


def test_there_is_no_place_for_what_there_is_nothing_of(visit: Visit) -> None:
    page = visit.open(Glance(MORNING_MS))

    assert page.side.isHidden()
    assert page.bought.rows.isHidden()
    assert not page.bought.take_back.isEnabled() or page.bought.take_back.reason
    assert not any(text in seen(page.person) for text in ("Points", "Credit"))
    assert page.bought.geometry().right() == page.width() - 13


def test_a_purchase_is_opened_to_take_something_back_and_back_leads_here(visit: Visit) -> None:
    page = visit.open()
    visit.key(Qt.Key.Key_Down)
    assert page.bought.take_back.reason == "came back already"
    visit.key(Qt.Key.Key_F6)
    assert visit.screen() is Screen.CUSTOMER
    visit.key(Qt.Key.Key_Down)
    assert page.bought.again.reason == "its articles are not known here"
    visit.key(Qt.Key.Key_Up)
    visit.key(Qt.Key.Key_Up)

    visit.key(Qt.Key.Key_F6)

    assert visit.screen() is Screen.RETURN
    assert visit.kit.navigator.arguments["wanted"] == Wanted("1-009127", "GOYA")
    assert visit.kit.navigator.arguments["back"] is Screen.CUSTOMER
    visit.kit.navigator.go(Screen.CUSTOMER)
    assert page.bar.name.text() == "Carmen Ortega Ruiz"


def test_one_key_buys_again_and_shows_the_ticket_with_what_could_not_be(visit: Visit) -> None:
    visit.open()

    visit.key(Qt.Key.Key_Insert)

    ticket = visit.kit.counter.ticket
    assert visit.screen() is Screen.SALE
    assert ticket is not None
    assert [line.product for line in ticket.basket.lines] == [CUP]
    assert visit.floor.sale.refusal.startswith("1 ")


def test_a_note_is_written_on_the_page_and_shown_there(visit: Visit) -> None:
    page = visit.open()
    visit.key(Qt.Key.Key_F7)
    panel = visit.kit.navigator.panel
    assert isinstance(panel, TextEntryViewModel)
    panel.write("Suele venir los sábados")
    panel.confirm()

    visit.qtbot.waitUntil(lambda: "Suele venir los sábados" in seen(page.person))


def test_an_order_here_is_handed_over_and_those_elsewhere_are_only_said(visit: Visit) -> None:
    order = staged(customer_order(number="W-7", serial=7, member_card=CARD, shop="FUEN"))
    with transaction(visit.kit.store._writer) as connection:
        orders.put(Statements(connection), replace(order, state=OrderState.READY))
    page = visit.open()
    visit.qtbot.waitUntil(lambda: bool(visit.floor.sale.customer.waiting))

    assert "W-9 in Nogal Goya · to pay €3.00" in seen(page.side.waiting)
    visit.key(Qt.Key.Key_F5)

    assert visit.screen() is Screen.HANDOVER
    assert visit.kit.navigator.arguments["order_id"] == order.order_id
    assert visit.kit.navigator.arguments["back"] is Screen.CUSTOMER


def test_who_may_be_the_same_person_is_offered_to_look_at_and_not_joined_here(
    visit: Visit,
) -> None:
    page = visit.open(MUCH, "Carmen O.")
    assert "Carmen O." in seen(page.side.twin)
    assert "The office joins two records into one." in seen(page.side.twin)

    page.side.twin.look.click()

    panel = visit.kit.navigator.panel
    assert isinstance(panel, FindCustomerViewModel)
    assert panel.text == "Carmen O."
    assert visit.customer_id == "carmen"


def test_the_page_goes_with_a_customer_who_asked_to_be_forgotten(visit: Visit) -> None:
    visit.open()

    visit.told(erased(CARMEN))

    assert visit.screen() is Screen.SALE
    assert visit.kit.counter.ticket is None
    visit.kit.navigator.go(Screen.CUSTOMER)
    assert visit.screen() is Screen.SALE


def test_an_old_answer_is_shown_with_its_age_and_marked(visit: Visit) -> None:
    visit.open(replace(MUCH, as_of_ms=visit.kit.clock.at_ms - 3 * 60_000))
    visit.key(Qt.Key.Key_Escape)
    visit.floor.sale.customer.take_off()
    visit.floor.scan(CARD)
    visit.hub.answer_of_customers(HubAway())
    visit.qtbot.waitUntil(lambda: bool(visit.floor.sale.customer.glance.purchases))
    visit.key(Qt.Key.Key_F3)
    page = visit.floor.window.page(Screen.CUSTOMER)

    assert any("3\xa0min" in text for text in seen(page))
    assert visit.floor.sale.customer.is_hub_away
