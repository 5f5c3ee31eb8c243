"""The customer at the counter: found, made, on the ticket, at one glance, and gone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.collection import OrderState
from pos.domain.customer import ConsentKind, Customer, erased, merged
from pos.domain.customer_glance import Glance, GlancedArticle, GlancedPurchase, PurchaseKind
from pos.screens.customer.finding import FindCustomerViewModel
from pos.screens.customer.finding_view import FindCustomerPanel
from pos.screens.customer.form import CustomerFormViewModel
from pos.screens.customer.form_view import CustomerFormPanel
from pos.screens.navigator import Screen
from pos.screens.sale.view import SalePage
from pos.services import customers
from pos.services.find_purchase import Wanted
from pos.services.hub_calls import FoundCustomers, HubAway, SeenCustomer
from pos.store import customers as stored
from pos.store import orders
from pos.store.customers import CustomersTold
from pos.store.engine import transaction
from pos.store.statements import Statements
from tests.builders import MORNING_MS, eur
from tests.customer_builders import a_customer
from tests.order_builders import customer_order, staged
from tests.screens.shop_floor import CUP, Floor

CARD = "NOGAL-000101"
NADIA = a_customer(
    "nadia", name="Nadia Haddad", phones=("+34600000103",), emails=(), member_card="NOGAL-000103"
)
CUPS = GlancedPurchase(
    PurchaseKind.SALE, "s1", "1-009127", "GOYA", "Nogal Goya", "shop", MORNING_MS, eur(19_90), 2,
    (GlancedArticle(CUP.sku, CUP.name, 2_000), GlancedArticle("gone", "Farol", 1_000)),
)  # fmt: skip


class Desk:
    """The till on the sale screen, with a customer the hub keeps here."""

    def __init__(self, floor: Floor, qtbot: QtBot) -> None:
        self.floor, self.kit, self.qtbot = floor, floor.kit, qtbot
        self.hub = floor.kit.devices.hub
        self.page = floor.window.page(Screen.SALE)
        assert isinstance(self.page, SalePage)
        self.told(a_customer())

    def told(self, *changed: Customer) -> None:
        """Bring down what the hub tells, as the agent does, and say so."""
        with transaction(self.kit.store._writer) as connection:
            stored.mirror(Statements(connection), CustomersTold(changed), at_ms=MORNING_MS)
        self.kit.devices.link.customers_changed.emit()

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.floor.focus, key)

    @property
    def customer_id(self) -> str:
        ticket = self.kit.counter.ticket
        return ticket.basket.customer_id if ticket else ""

    @property
    def chip(self) -> str:
        assert isinstance(self.page, SalePage)
        chip = self.page.customer_chip
        return "" if chip.isHidden() else chip.accessibleName()

    def finding(self) -> FindCustomerViewModel:
        panel = self.kit.navigator.panel
        assert isinstance(panel, FindCustomerViewModel)
        return panel

    def form(self) -> CustomerFormViewModel:
        panel = self.kit.navigator.panel
        assert isinstance(panel, CustomerFormViewModel)
        return panel

    def search(self, text: str, found: int) -> None:
        """Press F3 and type; wait for so many."""
        self.key(Qt.Key.Key_F3)
        self.floor.type(text)
        self.qtbot.waitUntil(lambda: len(self.finding().rows) == found)
        self.qtbot.waitUntil(lambda: self.finding().is_settled)

    def glance(self, glance: Glance) -> None:
        """Let the hub answer what it knows of Carmen."""
        self.hub.answer_of_customers(SeenCustomer(a_customer(), glance))
        self.qtbot.waitUntil(lambda: self.floor.sale.customer.glance == glance)


@pytest.fixture
def desk(floor: Floor, qtbot: QtBot) -> Desk:
    return Desk(floor, qtbot)


def test_a_card_puts_its_customer_on_the_ticket_with_name_and_tab(desk: Desk) -> None:
    desk.floor.scan(CARD)

    assert desk.customer_id == "carmen"
    assert desk.chip == "Carmen Ortega Ruiz"
    assert isinstance(desk.page, SalePage)
    assert desk.page.strip.chosen_id == "customer"
    assert desk.page.customer_tab.name.text() == "Carmen Ortega Ruiz"
    assert desk.hub.customers_asked == ["carmen"]


def test_a_customer_is_found_by_name_with_keys_alone(desk: Desk) -> None:
    desk.search("ortgea", 1)

    assert desk.finding().rows[0].second == f"••• ••• 101 · c•••n@cliente.example · {CARD}"
    assert isinstance(desk.floor.panel, FindCustomerPanel)
    desk.key(Qt.Key.Key_Return)

    assert desk.customer_id == "carmen"
    assert desk.kit.navigator.panel is None


def test_who_only_the_hub_knows_is_kept_here_once_chosen(desk: Desk) -> None:
    desk.search("nadia", 0)
    desk.finding().pause.timeout.emit()
    assert desk.hub.customers_asked == ["nadia"]
    desk.hub.answer_of_customers(FoundCustomers((NADIA, erased(a_customer("x")))))

    assert [row.is_here for row in desk.finding().rows] == [False]
    assert not customers.find(desk.kit.counter.station, "nadia")
    desk.key(Qt.Key.Key_Return)

    assert desk.customer_id == "nadia"
    assert customers.find(desk.kit.counter.station, "nadia")


def test_a_card_that_is_not_known_here_is_asked_for_at_the_hub(desk: Desk) -> None:
    desk.floor.scan("NOGAL-000103")
    assert desk.customer_id == ""
    desk.hub.answer_of_customers(FoundCustomers((NADIA,)))
    assert desk.customer_id == "nadia"

    desk.floor.scan("NOGAL-999999")
    desk.hub.answer_of_customers(HubAway())
    assert "NOGAL-999999 is not known here" in desk.floor.sale.refusal
    desk.floor.scan("NOGAL-999999")
    desk.hub.answer_of_customers(FoundCustomers())
    assert desk.floor.sale.refusal == "No customer has card NOGAL-999999"
    assert desk.customer_id == "nadia"


def test_a_new_customer_is_made_without_the_hub_and_goes_onto_the_ticket(desk: Desk) -> None:
    desk.search("Nadia Haddad", 0)
    desk.key(Qt.Key.Key_Insert)
    form = desk.form()
    assert isinstance(desk.floor.panel, CustomerFormPanel)
    assert form.values["name"] == "Nadia Haddad"
    form.write("birthday", "31-02")
    form.toggle(ConsentKind.RECEIPT_BY_EMAIL)
    desk.key(Qt.Key.Key_Return)
    assert form.wrong == {"birthday": "day-month"}

    form.write("birthday", "29-2")
    desk.key(Qt.Key.Key_Return)

    known = desk.floor.sale.customer.known
    assert known is not None
    assert desk.customer_id == known.customer.customer_id
    assert (known.customer.birthday, known.is_unsent) == ("02-29", True)
    assert known.customer.agrees(ConsentKind.RECEIPT_BY_EMAIL)
    assert known.customer.consents[0].text_version == "es-1"


def test_who_has_the_telephone_already_is_offered_before_a_second_record(desk: Desk) -> None:
    desk.search("600 000 101x", 0)
    desk.finding().make_new()
    form = desk.form()
    form.write("name", "Carmen")
    form.write("member_card", "")
    form.write("phone", "600000101")
    form.save()
    assert form.twin_words.startswith("Carmen Ortega Ruiz has that already")

    form.take_twin()

    assert desk.customer_id == "carmen"
    assert len(customers.find(desk.kit.counter.station, "carmen")) == 1


def test_the_record_is_opened_changed_and_taken_off_the_ticket(desk: Desk) -> None:
    desk.floor.scan(CARD)
    desk.floor.sale.customer.open_record()
    form = desk.form()
    form.write("name", "Carmen Vidal")
    form.write("note", "Prefiere bolsa de papel")
    form.toggle(ConsentKind.SUGGESTIONS)
    desk.key(Qt.Key.Key_Return)

    desk.qtbot.waitUntil(lambda: desk.chip == "Carmen Vidal")
    known = desk.floor.sale.customer.known
    assert known is not None
    assert known.customer.notes[-1].text == "Prefiere bolsa de papel"
    assert not known.customer.agrees(ConsentKind.SUGGESTIONS)
    desk.floor.sale.customer.open_record()
    desk.form().take_off()

    assert desk.customer_id == ""
    assert desk.chip == ""
    assert isinstance(desk.page, SalePage)
    assert desk.page.customer_tab.isHidden()


def test_a_card_number_in_a_note_is_refused_and_nothing_is_written(desk: Desk) -> None:
    desk.floor.scan(CARD)
    desk.floor.sale.customer.open_record()
    desk.form().write("note", "paga con 4111 1111 1111 1111")
    desk.form().save()

    known = customers.known(desk.kit.counter.station, "carmen")
    assert known is not None
    assert [note.text for note in known.customer.notes] == ["Prefiere la bolsa de papel"]


def test_what_was_bought_comes_back_or_comes_again_with_one_key(desk: Desk) -> None:
    desk.floor.scan(CARD)
    desk.glance(Glance(MORNING_MS, purchases=(CUPS,)))
    assert isinstance(desk.page, SalePage)

    desk.page.customer_tab.again.click()

    ticket = desk.kit.counter.ticket
    assert ticket is not None
    assert [(line.product, line.quantity.thousandths) for line in ticket.basket.lines] == [
        (CUP, 2_000)
    ]
    assert desk.floor.sale.refusal.startswith("1 ")
    desk.page.customer_tab.take_back.click()

    assert desk.kit.navigator.current is Screen.RETURN
    assert desk.kit.navigator.arguments["wanted"] == Wanted("1-009127", "GOYA")


def test_an_order_that_waits_here_is_handed_over_from_the_tab(desk: Desk) -> None:
    order = staged(customer_order(number="W-7", serial=7, member_card=CARD, shop="FUEN"))
    with transaction(desk.kit.store._writer) as connection:
        orders.put(Statements(connection), replace(order, state=OrderState.READY))
    desk.floor.scan(CARD)
    desk.qtbot.waitUntil(lambda: bool(desk.floor.sale.customer.waiting))
    assert isinstance(desk.page, SalePage)

    desk.page.customer_tab.hand_over.click()

    assert desk.kit.navigator.current is Screen.HANDOVER
    assert desk.kit.navigator.arguments["order_id"] == order.order_id


def test_without_the_hub_the_tab_shows_what_is_kept_and_how_old_it_is(desk: Desk) -> None:
    desk.floor.scan(CARD)
    desk.glance(Glance(desk.kit.clock.at_ms - 3 * 60_000, points=860, purchases=(CUPS,)))
    desk.floor.sale.customer.take_off()
    desk.floor.scan(CARD)
    desk.hub.answer_of_customers(HubAway())
    desk.qtbot.waitUntil(lambda: bool(desk.floor.sale.customer.glance.purchases))
    assert isinstance(desk.page, SalePage)

    assert "3\xa0min" in desk.page.customer_tab._age.text()
    assert desk.floor.sale.customer.is_hub_away


def test_a_merged_customer_is_followed_and_an_erased_one_leaves_the_ticket(desk: Desk) -> None:
    desk.floor.scan(CUP)
    desk.floor.scan(CARD)
    desk.told(replace(NADIA, name="Carmen de Nadia"), merged(a_customer(), "nadia"))
    assert desk.customer_id == "nadia"
    assert desk.chip == "Carmen de Nadia"

    desk.told(erased(NADIA))

    assert desk.customer_id == ""
    assert desk.chip == ""
    assert desk.kit.counter.ticket is not None
    assert len(desk.kit.counter.ticket.basket.lines) == 1
