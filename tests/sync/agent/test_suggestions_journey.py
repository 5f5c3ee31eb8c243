"""From what a till sold to what it suggests: up to the hub, learned there, and down again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain import suggestion
from pos.domain.basket import EntryMethod
from pos.domain.quantity import Quantity
from pos.domain.staff import Role, StaffMember
from pos.domain.ticket import Ticket
from pos.domain.till_session import CashCount
from pos.fiscal.none import NoFiscalModule
from pos.pins import ArgonPins
from pos.services import sell, suggestions
from pos.services.till_session import open_session
from pos.services.workstation import SignOn, Workstation
from pos.store.catalogue_source import CatalogueSource
from pos.store.outbox import AgentStore
from pos.system import SystemClock, Uuid7
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.agent.pushing import Pushing
from sync.hub.database import HubDatabase
from sync.hub.suggestions import counting
from sync.hub.suggestions.learning import learn_once
from sync.protocol.link import Link
from tests.builders import CURRENCY, catalogue, product
from tests.sync.till_data import ShopTill

PAIRS = 12
BASKETS = 132
GOODS = [f"{side}-{number}" for number in range(PAIRS) for side in ("left", "right")]


@pytest.fixture
def till(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[ShopTill]:
    made = ShopTill(tmp_path / "till", hub_url)
    made.register(database)
    catalogue(made.folder.catalogue, [product(sku, 1_00, gtin=None) for sku in GOODS])
    yield made
    made.close()


def sell_pairs(till: ShopTill) -> None:
    """Sell baskets of two goods that belong together, and one that is there by chance."""
    for number in range(BASKETS):
        one, chance = number % PAIRS, number * 7 // PAIRS % PAIRS
        skus = dict.fromkeys([f"left-{one}", f"right-{one}", f"left-{chance}"])
        till.sell(lines=[(sku, 1_00) for sku in skus])


def exchange(till: ShopTill, agent: AgentStore, url: str, database: HubDatabase) -> None:
    """Let the agent send everything, the hub learn from it, and the agent bring it down."""
    hub = Hub(till.credentials.open(url, deadline_s=30), till="FUEN-1", shop="FUEN")
    pushing, link, goes_on = Pushing(agent, hub, AgentClock(), lambda: 0.0), Link(0), True
    while goes_on:
        link, goes_on = pushing.step(link)
    learn_once(database)
    Pulling(agent, hub, AgentClock(), till.folder.catalogue, lambda said: None).pull()


def at_counter(till: ShopTill) -> SignOn:
    station = Workstation(
        shop="FUEN",
        till="FUEN-1",
        till_number=1,
        currency=CURRENCY,
        store=till.store,
        catalogues=CatalogueSource(till.folder.catalogue),
        clock=SystemClock(),
        ids=Uuid7(),
        fiscal=NoFiscalModule(),
        pins=ArgonPins(),
    )
    signed_on = SignOn(station, StaffMember("ana", "Ana", Role.CASHIER))
    return open_session(signed_on, CashCount(CURRENCY, {20_00: 5}), business_day="2026-11-23")


def with_product(sign_on: SignOn, sku: str) -> Ticket:
    found = sign_on.station.catalogues.current().by_sku(sku)
    assert found is not None
    return sell.add_product(sign_on, None, found, Quantity.each(1), EntryMethod.SCANNED)


def test_what_was_sold_together_is_suggested_after_hub_and_agent_did_their_work(
    till: ShopTill, hub_url: str, database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestion, "TRIAL_NEEDED", BASKETS // 2)
    monkeypatch.setattr(counting, "AT_A_TIME", 24)  # so that it is tried early, and often
    sign_on = at_counter(till)
    sell_pairs(till)
    ticket = with_product(sign_on, "left-3")
    assert suggestions.for_ticket(sign_on.station, ticket) == ()

    with closing(till.open_agent_store()) as agent:
        exchange(till, agent, hub_url, database)

    (first, *_) = suggestions.for_ticket(sign_on.station, ticket)
    assert first.sku == "right-3"
