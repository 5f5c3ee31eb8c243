"""A till pays with a card: its window, its disk, the hub over HTTP and the sale that takes it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from pos.devices.hub_answers import HubAnswers
from pos.devices.hub_desk import HubDesk
from pos.domain.basket import EntryMethod
from pos.domain.credit_code import credit_code
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import CardOnLine, StoredValueKind, value_reference
from pos.domain.tender import TenderKind
from pos.screens.navigator import Screen
from pos.screens.payment.view import PaymentPage
from pos.screens.payment.view_model import PaymentViewModel
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.value_card.view_model import Stage, ValueCardViewModel
from pos.screens.window import MainWindow
from pos.services import pay, sell
from pos.store.outbox import AgentStore
from pos.store.verify import verify
from sync.connectors.builtin import BuiltinConnector
from sync.counter_client import CounterClient
from sync.hub.agreement.digests import day_totals
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.hub.tables import sale
from sync.wire.v1.push import PushRequest
from tests.builders import KEY, product
from tests.screens.counter_kit import Kit, open_kit
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, push_of
from tests.sync.hub.value.value_kit import CREDIT, CardTill, code_of, items, made, on, troubles

CARD = code_of(1, StoredValueKind.GIFT_CARD)
NOTE = credit_code(KEY, "refund-1")


class Counter:
    """The till FUEN-2 with its window, connected to the hub."""

    def __init__(self, folder: Path, database: HubDatabase, url: str, qtbot: QtBot) -> None:
        self.database, self.qtbot = database, qtbot
        self.kit: Kit = open_kit(folder)
        client = CounterClient(url, enrolled(database, "FUEN-2"))
        self.hub = HubDesk(lambda: HubAnswers(client))
        self.path = folder / "till.db"
        link = LinkStatus(LinkState.ONLINE)
        self.kit.devices.link.say(link)
        counter = self.kit.counter
        counter.devices = replace(counter.devices, hub=self.hub)
        self.window: MainWindow | None = None

    def pay_for(self, *prices: int) -> PaymentViewModel:
        self.kit.sell(*prices)
        page = PaymentPage(PaymentViewModel(self.kit.counter, self.kit.navigator))
        self.window = self.kit.show(Screen.PAYMENT, page)
        return page.view_model

    def scan(self, code: str) -> ValueCardViewModel:
        """Scan a card and wait for what the hub says of it."""
        assert self.window is not None
        self.window.scanned(ScannedCode(code, None, ScanSource.WEDGE))
        panel = self.kit.navigator.panel
        assert isinstance(panel, ValueCardViewModel)
        self.qtbot.waitUntil(lambda: panel.stage is not Stage.LOOKING, timeout=30_000)
        return panel

    def charge(self, panel: ValueCardViewModel) -> None:
        panel.confirm()
        self.qtbot.waitUntil(lambda: self.kit.navigator.panel is None, timeout=30_000)

    def sell_card(self, code: str, minor: int) -> None:
        """Sell a gift card in place of the ticket that is being paid, for cash."""
        sign_on = self.kit.counter.sign_on
        ticket = self.kit.counter.ticket
        assert ticket is not None
        self.kit.navigator.close_all()
        step = pay.take_cash(sign_on, ticket, ticket.payment.due)
        assert isinstance(step, pay.Paid)
        card = sell.add_product(
            sign_on,
            None,
            product("REGALO", 0, has_open_price=True),
            Quantity.each(1),
            EntryMethod.KEYED,
            extended_price=Money(minor, "EUR"),
            card=CardOnLine(value_reference(code).text),
        )
        paying = pay.begin(sign_on, card)
        assert isinstance(pay.take_cash(sign_on, paying, paying.payment.due), pay.Paid)

    def push(self) -> list[tuple[str, str]]:
        """Bring the hub everything the till recorded."""
        agent = AgentStore(self.path, key=KEY)
        try:
            facts = agent.facts_from(1, 1, 10_000, 50_000_000)
        finally:
            agent.close()
        request = PushRequest.model_validate(push_of(facts))
        answer = receive(self.database, BuiltinConnector(), "FUEN-2", request, now_ms=T0)
        return [(one.outcome.value, one.code) for one in answer.results]

    def digest(self, business_day: str) -> dict[str, int]:
        """Return what the till says its tenders of a day come to."""
        agent = AgentStore(self.path, key=KEY)
        try:
            return dict(agent.digest(business_day).by_tender)
        finally:
            agent.close()

    def free_on(self, code: str) -> int:
        """Return the minor units on a card that are set aside for nobody."""
        panel = self.scan(code)
        assert panel.card is not None
        assert panel.card.available is not None
        free = panel.card.available.minor
        panel.close()
        return free

    def close(self) -> None:
        self.hub.finish()
        self.kit.close()


@pytest.fixture
def counter(
    tmp_path: Path, database: HubDatabase, hub_url: str, qtbot: QtBot, qapp: QApplication
) -> Iterator[Counter]:
    """A till, and a gift card of 50.00 that another till sold."""
    office = CardTill(database, "FUEN-1")
    office.issue(CARD, 50_00)
    (tmp_path / "till").mkdir()
    opened = Counter(tmp_path / "till", database, hub_url, qtbot)
    yield opened
    opened.close()


def test_a_gift_card_pays_a_part_and_the_hub_takes_just_that_off_it(
    counter: Counter, database: HubDatabase
) -> None:
    payment = counter.pay_for(52_00)
    panel = counter.scan(CARD)
    assert panel.amount == Money(50_00, "EUR")

    counter.charge(panel)
    assert payment.due == Money(2_00, "EUR")
    payment.collect()

    assert ("applied", "") in counter.push()
    assert on(database, CARD) == ("active", 0)
    assert counter.kit.counter.last_sale is not None
    kinds = [one.kind for one in counter.kit.counter.last_sale.tenders]
    assert kinds == [TenderKind.GIFT_CARD, TenderKind.CASH]
    assert troubles(database) == ()
    assert items(database) == []


def test_credit_given_by_a_return_pays_at_another_till(
    counter: Counter, database: HubDatabase
) -> None:
    CardTill(database, "FUEN-3").issue(NOTE, 30_00)

    counter.pay_for(12_50)
    counter.charge(counter.scan(NOTE))
    counter.push()

    sale = counter.kit.counter.last_sale
    assert sale is not None
    assert [one.kind for one in sale.tenders] == [TenderKind.STORE_CREDIT]
    assert on(database, NOTE) == ("active", 17_50)


def test_what_is_taken_off_the_payment_is_free_on_the_card_again(counter: Counter) -> None:
    payment = counter.pay_for(20_00)
    panel = counter.scan(CARD)
    panel.press("5")
    counter.charge(panel)
    assert counter.free_on(CARD) == 45_00

    payment.remove(0)

    counter.qtbot.waitUntil(lambda: counter.free_on(CARD) == 50_00, timeout=30_000)


def test_the_money_of_one_card_is_not_promised_to_two_tickets(
    counter: Counter, database: HubDatabase
) -> None:
    other = CardTill(database, "FUEN-3")
    counter.pay_for(40_00)
    panel = counter.scan(CARD)
    assert other.reserve(CARD, 30_00).refusal is None

    panel.confirm()
    counter.qtbot.waitUntil(lambda: bool(panel.refusal), timeout=30_000)

    assert "20.00" in panel.refusal
    counter.charge(panel)
    assert counter.kit.counter.ticket is not None
    assert counter.kit.counter.ticket.payment.due == Money(20_00, "EUR")


def test_a_till_that_ended_with_a_card_on_the_ticket_goes_on_with_it(
    counter: Counter, database: HubDatabase
) -> None:
    counter.pay_for(60_00)
    counter.charge(counter.scan(CARD))
    with counter.kit.store.reading() as records:
        found = records.tickets.current()
    assert found is not None

    counter.kit.counter.restore(found, None)
    step = pay.take_cash(counter.kit.counter.sign_on, found, Money(10_00, "EUR"))

    assert isinstance(step, pay.Paid)
    counter.push()
    assert on(database, CARD) == ("active", 0)
    assert items(database) == []


def test_till_and_hub_count_what_cards_paid_alike(counter: Counter, database: HubDatabase) -> None:
    counter.pay_for(12_50)
    counter.charge(counter.scan(CARD))
    counter.push()

    with counter.kit.store.reading() as records:
        session = records.sessions.current()
        assert session is not None
        figures = records.sessions.figures(session.session_id)
    assert figures.tenders[TenderKind.GIFT_CARD] == 12_50
    with database.reading() as connection:
        day = connection.scalar(select(sale.c.business_day))
        told = day_totals(connection, "FUEN-2", 1, 10_000, str(day))
    assert told.by_tender == counter.digest(session.business_day) == {"gift_card": 12_50}
    assert verify(counter.path, key=KEY) == []


def test_a_code_that_no_card_has_pays_nothing(counter: Counter) -> None:
    counter.pay_for(12_50)

    panel = counter.scan(stored_value_code(CREDIT, "9" * 16))

    assert panel.refusal == "No card has the code ···9999"


def test_a_gift_card_that_a_till_sold_pays_there_as_soon_as_the_hub_heard_of_it(
    counter: Counter, database: HubDatabase
) -> None:
    code = made(database)[0]
    counter.pay_for(1_00)
    assert "not sold yet" in counter.scan(code).why_not
    counter.sell_card(code, 40_00)

    assert counter.push().count(("applied", "")) >= 2
    assert on(database, code) == ("active", 40_00)
    counter.pay_for(15_00)
    counter.charge(counter.scan(code))
    counter.push()

    assert on(database, code) == ("active", 25_00)
    assert troubles(database) == ()
    assert verify(counter.path, key=KEY) == []
