"""Gift cards sold at the counter: which card, and why not that one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos.domain.money import Money
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import (
    Card,
    CardOnLine,
    CardState,
    StoredValueKind,
    value_reference,
)
from pos.screens.navigator import Screen
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.value_card.loading import LoadCardViewModel
from pos.screens.value_card.view import ValueCardPanel
from pos.services.hub_calls import HubAway
from tests.builders import eur
from tests.screens.shop_floor import OPEN, Floor

GIFT = stored_value_code(StoredValueKind.GIFT_CARD, "7K3QW0M2ZX9RB4TH")
NOTE = stored_value_code(StoredValueKind.STORE_CREDIT, "7K3QW0M2ZX9RB4TH")
MADE = Card(CardState.MADE, "B4TH", StoredValueKind.GIFT_CARD, eur(0), eur(0))


@pytest.fixture
def shop(floor: Floor) -> Floor:
    """A till whose shop sells gift cards, in touch with the hub."""
    counter = floor.kit.counter
    station = replace(counter.station, gift_card_skus=frozenset({OPEN.sku}))
    counter.station = station
    counter.work_as(replace(counter.sign_on, station=station))
    floor.kit.navigator.go(Screen.SALE)
    floor.kit.devices.link.say(LinkStatus(LinkState.ONLINE))
    return floor


def ask_for(shop: Floor, amount: str = "25") -> ValueCardPanel:
    """Choose the article and key what is to be on the card."""
    shop.scan(OPEN)
    shop.type(amount)
    shop.press(Qt.Key.Key_Return)
    panel = shop.panel
    assert isinstance(panel, ValueCardPanel)
    assert isinstance(panel.view_model, LoadCardViewModel)
    return panel


def cards_of(shop: Floor) -> list[CardOnLine | None]:
    ticket = shop.kit.counter.ticket
    return [line.card for line in ticket.basket.live_lines] if ticket else []


def test_a_new_card_is_scanned_after_its_amount_and_becomes_a_line(shop: Floor) -> None:
    ask_for(shop)
    assert cards_of(shop) == []
    shop.scan(GIFT)
    shop.kit.devices.hub.answer(MADE)

    assert cards_of(shop) == [CardOnLine(value_reference(GIFT).text, is_new=True)]
    assert shop.lines == [("1", OPEN.name, "25.00")]
    assert shop.panel is None


def test_a_card_that_is_in_use_is_topped_up(shop: Floor) -> None:
    ask_for(shop)
    shop.scan(GIFT)
    shop.kit.devices.hub.answer(replace(MADE, state=CardState.ACTIVE, balance=eur(3_00)))

    assert cards_of(shop) == [CardOnLine(value_reference(GIFT).text, is_new=False)]


@pytest.mark.parametrize(
    ("code", "answer", "words"),
    [
        (GIFT, Card(None), "No card has the code ···B4TH"),
        (
            GIFT,
            replace(MADE, state=CardState.BLOCKED),
            "It is blocked: the office knows why",
        ),
        (GIFT, replace(MADE, state=CardState.EXPIRED), "It has expired"),
        (
            GIFT,
            replace(MADE, balance=Money(0, "MXN"), available=Money(0, "MXN")),
            "The card is in MXN, not in EUR",
        ),
        (NOTE, MADE, "That is a credit note, not a gift card"),
        (
            GIFT,
            HubAway("too_many_tries"),
            "Too many codes that do not exist: wait a while, then try again",
        ),
    ],
)
def test_no_money_is_put_onto_a_card_that_is_not_good(
    shop: Floor, code: str, answer: Card | HubAway, words: str
) -> None:
    panel = ask_for(shop)
    shop.scan(code)
    shop.kit.devices.hub.answer(answer)

    assert panel.message.text() == words
    assert cards_of(shop) == []


def test_one_card_is_not_sold_twice_on_a_ticket(shop: Floor) -> None:
    for _ in range(2):
        ask_for(shop)
        shop.scan(GIFT)
        shop.kit.devices.hub.answer(MADE)

    panel = shop.panel
    assert isinstance(panel, ValueCardPanel)
    assert panel.message.text() == "That card is on the ticket already"
    assert len(cards_of(shop)) == 1


def test_without_connection_a_card_is_sold_all_the_same(shop: Floor) -> None:
    shop.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
    ask_for(shop)
    shop.scan(GIFT)

    assert cards_of(shop) == [CardOnLine(value_reference(GIFT).text, is_new=True)]


def test_who_gives_up_at_the_card_has_nothing_on_the_ticket(shop: Floor) -> None:
    ask_for(shop)
    shop.press(Qt.Key.Key_Escape)

    assert shop.panel is None
    assert cards_of(shop) == []
