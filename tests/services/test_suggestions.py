"""What the till suggests: sold here, on the shelf, not on the ticket, and only with consent."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.catalogue import Product, StockLevel
from pos.domain.customer import Consent, ConsentKind, with_consent
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.suggestion import Neighbour, wants_suggestions
from pos.domain.ticket import Ticket
from pos.services import sell
from pos.services.suggestions import MOST_SUGGESTED, for_ticket
from pos.services.ticket_customer import put_on_ticket
from pos.services.workstation import SignOn
from pos.store.customers import CustomersTold
from pos.store.outbox import AgentStore
from pos.store.suggestions import CURSOR, SuggestionsTold, mirror
from tests.customer_builders import a_customer
from tests.services.conftest import COFFEE, GIFT_WRAP, IVA, KEY, OIL, ShelfCatalogue, Shop

TEA = Product("tea", None, "Té", Money(3_50, "EUR"), IVA)
CUP = Product("cup", None, "Taza", Money(9_95, "EUR"), IVA)
CARD = Product("card", None, "Tarjeta", Money(20_00, "EUR"), IVA)
SPOONS = [Product(f"spoon-{size}", None, f"Cuchara {size}", CUP.price, IVA) for size in range(6)]


class Shelves(ShelfCatalogue):
    """A catalogue that knows how much there is of some goods."""

    def __init__(self, stock: dict[str, int]) -> None:
        super().__init__(OIL, COFFEE, TEA, CUP, CARD, GIFT_WRAP, *SPOONS)
        self._stock = stock

    def stock(self, sku: str) -> StockLevel | None:
        return StockLevel(self._stock[sku], 0) if sku in self._stock else None


@pytest.fixture
def agent(shop: Shop) -> Iterator[AgentStore]:
    with closing(AgentStore(shop.path, key=KEY)) as made:
        yield made


@pytest.fixture
def counter(at_work: SignOn) -> SignOn:
    """Lucía at a till that sold out of coffee, never counted its tea, and sells a gift card."""
    shelves = Shelves({COFFEE.sku: 0, CUP.sku: 4_000, TEA.sku: -3_000})
    station = replace(at_work.station, catalogues=shelves, gift_card_skus=frozenset({CARD.sku}))
    return replace(at_work, station=station)


def learned(agent: AgentStore, **beside: list[tuple[str, int]]) -> None:
    told = {sku: tuple(Neighbour(*one) for one in each) for sku, each in beside.items()}
    agent.apply(CURSOR, 1, lambda sql: mirror(sql, SuggestionsTold(told, None)))


def ticket_of(counter: SignOn, *products: Product) -> Ticket:
    ticket = None
    for product in products:
        ticket = sell.add_product(counter, ticket, product, Quantity.each(1), EntryMethod.SCANNED)
    assert ticket is not None
    return ticket


def suggested(counter: SignOn, ticket: Ticket) -> list[str]:
    return [product.sku for product in for_ticket(counter.station, ticket)]


def test_what_goes_with_the_ticket_is_suggested_the_best_first(
    counter: SignOn, agent: AgentStore
) -> None:
    learned(agent, oil=[("tea", 20), ("cup", 10)], tea=[("cup", 30), ("spoon-1", 5)])

    oil = ticket_of(counter, OIL)
    both = sell.add_product(counter, oil, TEA, Quantity.each(1), EntryMethod.SCANNED)

    assert suggested(counter, oil) == ["tea", "cup"]
    assert suggested(counter, both) == ["cup", "spoon-1"]


def test_what_cannot_be_put_on_the_ticket_at_once_is_passed_over(
    counter: SignOn, agent: AgentStore
) -> None:
    unknown, no_stock, open_price, gift_card = "gone", COFFEE.sku, GIFT_WRAP.sku, CARD.sku
    skus = (unknown, no_stock, open_price, gift_card, "cup")
    learned(agent, oil=[(sku, 90 - place) for place, sku in enumerate(skus)])

    assert suggested(counter, ticket_of(counter, OIL)) == ["cup"]


def test_what_was_voided_is_not_offered_again_and_suggests_nothing(
    counter: SignOn, agent: AgentStore
) -> None:
    learned(agent, oil=[("tea", 20), ("cup", 10)], tea=[("spoon-1", 50)])
    ticket = ticket_of(counter, OIL, TEA)

    ticket = sell.void_line(counter, ticket, 2)

    assert suggested(counter, ticket) == ["cup"]


def test_no_more_are_suggested_than_there_are_keys(counter: SignOn, agent: AgentStore) -> None:
    learned(agent, oil=[(spoon.sku, 9) for spoon in SPOONS])

    assert len(suggested(counter, ticket_of(counter, OIL))) == MOST_SUGGESTED


def test_a_customer_is_suggested_something_only_after_a_yes(
    counter: SignOn, agent: AgentStore
) -> None:
    learned(agent, oil=[("tea", 20)])
    silent = a_customer(consents=())
    yes = Consent(ConsentKind.SUGGESTIONS, True, 7, "es-1")
    agent.apply_customers(CustomersTold((silent,)), 1, at_ms=5)
    ticket = put_on_ticket(counter, ticket_of(counter, OIL), silent.customer_id)

    before = suggested(counter, ticket)
    agent.apply_customers(CustomersTold((with_consent(silent, yes),)), 2, at_ms=6)
    agreed = suggested(counter, ticket)
    taken_back = with_consent(silent, replace(yes, is_given=False, at_ms=8))
    agent.apply_customers(CustomersTold((taken_back,)), 3, at_ms=9)

    assert (before, agreed, suggested(counter, ticket)) == ([], ["tea"], [])


def test_a_shop_can_do_without_suggestions(counter: SignOn, agent: AgentStore) -> None:
    learned(agent, oil=[("tea", 20)])
    ticket = ticket_of(counter, OIL)
    without = replace(counter.station, suggests=wants_suggestions({"shown": False}))

    assert for_ticket(without, ticket) == ()
    assert all(map(wants_suggestions, (None, {}, {"shown": True}, "no")))
