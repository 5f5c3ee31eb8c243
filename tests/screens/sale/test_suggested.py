"""What goes with the ticket at the counter: shown where there is room, taken by a touch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from pos.domain.basket import EntryMethod
from pos.domain.customer import Consent, ConsentKind, Customer, with_consent
from pos.domain.suggestion import Neighbour
from pos.services.ticket_customer import put_on_ticket
from pos.store.customers import CustomersTold
from pos.store.outbox import AgentStore
from pos.store.suggestions import CURSOR, SuggestionsTold, mirror
from tests.builders import KEY
from tests.customer_builders import a_customer
from tests.screens.shop_floor import (
    BAG,
    BLANKET,
    BREAD,
    CANDLE,
    CHOCOLATE,
    CLOTHS,
    CUP,
    MOKA,
    OIL,
    SAND_CUP,
    WHITE_CUP,
    Floor,
)

BESIDE = {CUP.sku: (MOKA, WHITE_CUP, SAND_CUP, BAG), MOKA.sku: (CLOTHS,)}


def tell(floor: Floor, *customers: Customer, cursor: int = 1) -> None:
    """Let the agent bring down what goes together, and who the customers are."""
    agent = AgentStore(floor.folder / "till.db", key=KEY)
    known = {
        sku: tuple(Neighbour(other.sku, 90 - place) for place, other in enumerate(beside))
        for sku, beside in BESIDE.items()
    }
    agent.apply(CURSOR, cursor, lambda sql: mirror(sql, SuggestionsTold(known, None)))
    agent.apply_customers(CustomersTold(customers), cursor, at_ms=1)
    agent.close()


@pytest.fixture
def shop(floor: Floor) -> Floor:
    tell(floor)
    return floor


def names(floor: Floor) -> list[str]:
    """Return what the keys in sight say."""
    keys = floor.sale_page.suggested
    if not keys.isVisibleTo(floor.sale_page):
        return []
    return [key.accessibleName().partition(", €")[0] for key in keys.keys]


def test_what_goes_with_a_cup_is_offered_and_a_touch_takes_it(shop: Floor, qtbot: QtBot) -> None:
    shop.scan(CUP)
    qtbot.waitUntil(lambda: names(shop) == [MOKA.name, SAND_CUP.name])
    moka, sand_cup = shop.sale_page.suggested.keys
    assert (sand_cup.word, sand_cup.content.second) == (
        "Taza de gres 350\N{NO-BREAK SPACE}ml",
        "€9.95 · arena",
    )

    moka.click()

    assert [name for _, name, _ in shop.lines] == [CUP.name, MOKA.name]
    ticket = shop.kit.counter.ticket
    assert ticket is not None
    assert ticket.basket.lines[-1].entry_method is EntryMethod.QUICK_KEY
    qtbot.waitUntil(lambda: names(shop) == [CLOTHS.name, SAND_CUP.name])


def test_keys_come_and_go_without_moving_anything(shop: Floor, qtbot: QtBot) -> None:
    page = shop.sale_page
    shop.scan(BREAD)
    parts = (page.ticket.lines, page.ticket.entry, page.quick_keys, page.keypad)
    before = [part.geometry() for part in parts]

    shop.scan(CUP)
    qtbot.waitUntil(lambda: len(names(shop)) == 2)
    beside = [part.geometry() for part in parts]
    for product in (OIL, CHOCOLATE, BLANKET, CANDLE):
        shop.scan(product)
    assert len(names(shop)) == 2
    shop.scan(CLOTHS)  # the seventh line needs the room

    assert names(shop) == []
    assert before == beside == [part.geometry() for part in parts]


def test_nothing_is_there_for_an_empty_ticket_or_what_goes_with_nothing(
    shop: Floor, qtbot: QtBot
) -> None:
    assert names(shop) == []
    shop.scan(CUP)
    qtbot.waitUntil(lambda: len(names(shop)) == 2)

    shop.sale.void_chosen()

    assert names(shop) == []
    with qtbot.waitSignal(shop.kit.counter.ticket_changed):
        shop.scan(BREAD)
    shop.kit.counter.background.finish()
    assert names(shop) == []


@pytest.mark.parametrize("is_yes", [True, False])
def test_with_a_customer_on_the_ticket_their_word_counts(
    shop: Floor, qtbot: QtBot, is_yes: bool
) -> None:
    counter = shop.kit.counter
    consent = Consent(ConsentKind.SUGGESTIONS, is_yes, 7, "es-1")
    said = with_consent(a_customer(consents=()), consent)
    other = with_consent(said, replace(consent, is_given=not is_yes, at_ms=8))
    tell(shop, said, cursor=2)
    shop.scan(CUP)
    qtbot.waitUntil(lambda: len(names(shop)) == 2)

    counter.put(put_on_ticket(counter.sign_on, counter.ticket, said.customer_id))
    assert names(shop) == []
    _settled(shop, qtbot, lambda: bool(names(shop)) == is_yes)
    tell(shop, other, cursor=3)
    shop.sale.customer.changed.emit()

    _settled(shop, qtbot, lambda: bool(names(shop)) != is_yes)


def _settled(shop: Floor, qtbot: QtBot, holds: Callable[[], bool]) -> None:
    """Wait until nothing is looked up any more, and see that it holds."""
    qtbot.waitUntil(lambda: not shop.sale.suggested.is_looking)
    qtbot.waitUntil(holds)
