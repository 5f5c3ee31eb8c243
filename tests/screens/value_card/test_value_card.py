"""Gift cards and credit at the counter: looked at, charged, refused in words, given back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.errors import StoreUnavailable
from pos.domain.money import Money
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import (
    Card,
    CardRefusal,
    CardState,
    OfflineRedemption,
    Reservation,
    StoredValueKind,
    value_reference,
)
from pos.domain.tender import TenderKind
from pos.screens.navigator import Screen
from pos.screens.payment.view import PaymentPage
from pos.screens.payment.view_model import PaymentViewModel
from pos.screens.ports import LinkState, LinkStatus, Sound
from pos.screens.value_card.view import ValueCardPanel
from pos.screens.value_card.view_model import Stage, ValueCardViewModel
from pos.screens.window import MainWindow
from pos.services.hub_calls import HubAway
from tests.builders import MORNING_MS, eur
from tests.screens.counter_kit import Kit

GIFT = stored_value_code(StoredValueKind.GIFT_CARD, "7K3QW0M2ZX9RB4TH")
DAY_MS = 86_400_000


def card(balance: int = 50_00, *, free: int | None = None, **changed: object) -> Card:
    told = Card(
        CardState.ACTIVE,
        "B4TH",
        StoredValueKind.GIFT_CARD,
        eur(balance),
        eur(balance if free is None else free),
    )
    return replace(told, **changed)  # type: ignore[arg-type]


class Till:
    """The payment screen of a ticket in the window, with hands on it."""

    def __init__(self, kit: Kit, *prices: int) -> None:
        self.kit = kit
        kit.sell(*prices)
        self.page = PaymentPage(PaymentViewModel(kit.counter, kit.navigator))
        self.window: MainWindow = kit.show(Screen.PAYMENT, self.page)
        self.hub = kit.devices.hub

    @property
    def model(self) -> PaymentViewModel:
        return self.page.view_model

    @property
    def asked(self) -> ValueCardViewModel:
        panel = self.kit.navigator.panel
        assert isinstance(panel, ValueCardViewModel)
        return panel

    @property
    def panel(self) -> ValueCardPanel:
        widget = self.window.stage.host.panel
        assert isinstance(widget, ValueCardPanel)
        return widget

    def scan(self, code: str) -> None:
        self.window.scanned(ScannedCode(code, None, ScanSource.WEDGE))

    def show(self, told: Card, code: str = GIFT) -> None:
        """Scan a card of which the hub says so."""
        self.scan(code)
        self.hub.answer(told)

    def reserve(self, left: int = 0) -> str:
        """Let the hub set aside what it was asked for; return under which id."""
        hold, code, amount, _, _ = self.hub.reserved[-1]
        self.hub.answer(
            Reservation(
                hold, amount=amount, available=eur(left), reference=value_reference(code, hold)
            )
        )
        return hold

    @property
    def tenders(self) -> list[tuple[TenderKind, Money]]:
        ticket = self.kit.counter.ticket
        return [(one.kind, one.amount) for one in ticket.tenders] if ticket else []

    @property
    def ticket_holds(self) -> tuple[str, ...]:
        with self.kit.store.reading() as records:
            found = records.tickets.current()
        return found.holds if found else ()


@pytest.fixture
def till(kit: Kit) -> Till:
    """A ticket of 52.00 that is being paid."""
    return Till(kit, 52_00)


def test_a_card_scanned_while_paying_proposes_what_is_on_it(till: Till) -> None:
    till.show(card(20_00))

    assert till.asked.amount == eur(20_00)
    assert till.panel.pad.isVisible()
    assert till.panel.pad.closing.content.second == "€20.00 from it"


def test_a_card_with_more_than_the_ticket_proposes_what_is_due(till: Till) -> None:
    till.show(card(80_00))

    assert (till.asked.amount, till.asked.left) == (eur(52_00), "€28.00")


def test_the_card_pays_what_the_hub_set_aside_and_the_rest_stays_due(till: Till) -> None:
    till.show(card(20_00))
    QTest.keyClick(till.panel, Qt.Key.Key_Return)
    hold = till.hub.reserved[-1][0]
    assert hold in till.ticket_holds
    assert till.tenders == []

    till.reserve(left=0)

    assert till.tenders == [(TenderKind.GIFT_CARD, eur(20_00))]
    assert till.model.due == eur(32_00)
    assert not till.ticket_holds
    assert till.kit.navigator.panel is None
    assert till.model.tenders[0].second == "···B4TH · €0.00 left"


def test_a_card_that_covers_everything_ends_the_sale_and_gives_no_change(till: Till) -> None:
    till.show(card(80_00))
    till.asked.confirm()
    till.reserve(left=28_00)

    sale = till.kit.counter.last_sale
    assert sale is not None
    assert [one.kind for one in sale.tenders] == [TenderKind.GIFT_CARD]
    assert not sale.change
    assert till.kit.navigator.current is Screen.CHANGE
    assert till.kit.devices.printing.drawer_openings == 0


def test_less_can_be_charged_than_is_proposed_and_more_cannot(till: Till) -> None:
    till.show(card(20_00))
    QTest.keyClicks(till.panel, "20,01")
    QTest.keyClick(till.panel, Qt.Key.Key_Return)
    assert till.asked.refusal == "From €0.01 to €20.00"
    assert till.hub.reserved == []

    for _ in range(5):
        QTest.keyClick(till.panel, Qt.Key.Key_Backspace)
    QTest.keyClicks(till.panel, "7")
    QTest.keyClick(till.panel, Qt.Key.Key_Return)

    assert till.hub.reserved[-1][2] == eur(7_00)


def test_the_code_is_typed_with_the_key_r_and_without_its_signs(till: Till) -> None:
    QTest.keyClicks(till.page, "r")
    QTest.keyClicks(till.panel.field.edit, f"{GIFT[3:7]} {GIFT[7:]}".lower())
    QTest.keyClick(till.panel.field.edit, Qt.Key.Key_Return)

    assert till.hub.looked_at_cards == [GIFT]
    assert GIFT not in till.panel.hint.text()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (card(state=CardState.MADE, balance=0), "It was not sold yet: nothing is on it"),
        (card(state=CardState.BLOCKED), "It is blocked: the office knows why"),
        (
            card(state=CardState.EXPIRED, expires_at_ms=MORNING_MS - DAY_MS),
            "It was valid until 20/09/2026",
        ),
        (card(0), "Nothing is left on it"),
        (card(5_00, free=0), "All of it is set aside for another ticket: finish that one first"),
        (
            Card(
                CardState.ACTIVE,
                "B4TH",
                StoredValueKind.GIFT_CARD,
                Money(5_00, "MXN"),
                Money(5_00, "MXN"),
            ),
            "The card is in MXN, not in EUR",
        ),
    ],
)
def test_a_card_that_pays_nothing_says_why_and_asks_for_another(
    till: Till, told: Card, words: str
) -> None:
    till.show(told)

    assert till.asked.why_not == words
    assert till.kit.devices.sounds.played[-1] is Sound.REFUSED
    assert not till.panel.pad.isVisible()
    assert till.panel.field.isVisible()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (Card(None), "No card has the code ···B4TH"),
        (
            HubAway("wrong_code"),
            "That is no code of a gift card or credit: compare it sign by sign",
        ),
        (
            HubAway("too_many_tries"),
            "Too many codes that do not exist: wait a while, then try again",
        ),
        (
            HubAway(),
            "No connection: what is on the card cannot be known. Take another form of payment",
        ),
    ],
)
def test_what_the_hub_cannot_say_is_told_in_plain_words(
    till: Till, told: Card | HubAway, words: str
) -> None:
    till.scan(GIFT)
    till.hub.answer(told)

    assert till.asked.refusal == words
    assert till.tenders == []


def test_a_mistyped_code_never_reaches_the_hub(till: Till) -> None:
    till.model.pay_with_value()
    till.asked.write(GIFT[:-1] + "?")
    till.asked.confirm()

    assert "sign by sign" in till.asked.refusal
    assert till.hub.looked_at_cards == []


def test_without_connection_the_hub_is_not_waited_for(till: Till) -> None:
    till.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
    till.scan(GIFT)

    assert "Take another form of payment" in till.asked.refusal
    assert till.hub.looked_at_cards == []


def test_a_shop_may_trust_a_card_up_to_an_amount_while_the_hub_is_away(till: Till) -> None:
    counter = till.kit.counter
    station = replace(counter.station, stored_value=OfflineRedemption(30_00))
    counter.work_as(replace(counter.sign_on, station=station))
    till.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
    till.scan(GIFT)
    assert (till.asked.stage, till.asked.amount) == (Stage.UNCHECKED, eur(30_00))

    till.asked.confirm()

    assert till.tenders == [(TenderKind.GIFT_CARD, eur(30_00))]
    assert till.model.tenders[0].second == "···B4TH · not checked"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (CardRefusal.NOT_ENOUGH, "Only €3.00 is left on it by now"),
        (CardRefusal.BLOCKED, "It is blocked: the office knows why"),
        (CardRefusal.EXPIRED, "It has expired"),
        (CardRefusal.RELEASED, "It took too long and nothing was charged: charge it again"),
    ],
)
def test_a_card_that_changed_meanwhile_is_not_charged(
    till: Till, why: CardRefusal, words: str
) -> None:
    till.show(card(20_00))
    till.asked.confirm()
    till.hub.answer(Reservation(till.hub.reserved[-1][0], why, available=eur(3_00)))

    assert till.asked.refusal == words
    assert till.tenders == []


def test_an_answer_that_is_lost_is_asked_for_again_with_the_same_id(till: Till) -> None:
    till.show(card(20_00))
    till.asked.confirm()
    till.hub.answer(HubAway())
    assert till.asked.refusal.startswith("No answer: nothing was charged")

    till.asked.confirm()

    first, second = (asked[0] for asked in till.hub.reserved)
    assert first == second
    till.reserve()
    assert till.tenders == [(TenderKind.GIFT_CARD, eur(20_00))]


def test_after_a_lost_answer_leaving_gives_the_amount_back(till: Till) -> None:
    till.show(card(20_00))
    till.asked.confirm()
    till.hub.answer(HubAway())
    QTest.keyClick(till.panel, Qt.Key.Key_Escape)

    assert till.hub.released_values == [till.hub.reserved[0][0]]
    assert till.kit.navigator.panel is None


def test_an_answer_for_a_panel_that_was_left_is_given_back(till: Till) -> None:
    till.show(card(20_00))
    till.asked.confirm()
    till.asked.close()
    hold = till.reserve()

    assert hold in till.hub.released_values
    assert till.tenders == []


def test_a_card_taken_off_the_payment_is_free_again(till: Till) -> None:
    till.show(card(20_00))
    till.asked.confirm()
    hold = till.reserve()

    till.model.remove(0)

    assert till.hub.released_values == [hold]
    assert till.tenders == []


def test_going_back_to_the_ticket_frees_the_card(till: Till) -> None:
    till.show(card(20_00))
    till.asked.confirm()
    hold = till.reserve()

    QTest.keyClick(till.page, Qt.Key.Key_Escape)

    assert till.hub.released_values == [hold]
    assert till.kit.navigator.current is Screen.SALE


def test_what_a_till_that_ended_had_asked_for_is_given_back_when_it_is_up_again(
    till: Till,
) -> None:
    till.show(card(20_00))
    till.asked.confirm()
    hold = till.hub.reserved[0][0]
    with till.kit.store.reading() as records:
        found = records.tickets.current()
    till.kit.navigator.close_all()

    till.kit.counter.restore(found, None)
    till.model.entered()

    assert till.hub.released_values == [hold]
    assert not till.ticket_holds


def test_a_disk_that_fails_takes_nothing_off_the_card(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.show(card(20_00))
    till.asked.confirm()

    def full() -> object:
        raise StoreUnavailable("disk full")

    monkeypatch.setattr(till.kit.store, "transaction", full)
    hold = till.reserve()

    assert till.hub.released_values == [hold]
    assert till.tenders == []
