"""What goes together comes down to every till, whole, and goes when the hub takes it back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.suggestion import Neighbour
from pos.store.outbox import AgentStore
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.hub.bulk import insert_rows
from sync.hub.database import HubDatabase
from sync.hub.publishing.feed_numbers import SUGGESTIONS, last_number, take_numbers
from sync.hub.tables import feed_gap
from sync.hub.tables_suggestions import suggestion_product, suggestion_state
from tests.sync.till_data import ShopTill


class Shop:
    """A till and its agent's pulls; `said` is what the agent told the till."""

    def __init__(self, till: ShopTill, store: AgentStore, url: str) -> None:
        self.till, self.store = till, store
        self.said: list[dict[str, object]] = []
        hub = Hub(till.credentials.open(url, deadline_s=30), till="FUEN-1", shop="FUEN")
        self._pulling = Pulling(store, hub, AgentClock(), till.folder.catalogue, self.said.append)

    def pull(self) -> dict[str, tuple[Neighbour, ...]]:
        """Pull, and return what goes with tea, cups and jam."""
        self._pulling.pull()
        with self.till.store.reading() as records:
            return dict(records.suggestions.beside(["tea", "cup", "jam"]))


@pytest.fixture
def shop(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[Shop]:
    till = ShopTill(tmp_path / "till", hub_url)
    till.register(database)
    with closing(till.open_agent_store()) as store:
        yield Shop(till, store, hub_url)
    till.close()


def learned(database: HubDatabase, **content: str) -> None:
    """Let the hub know, and tell, what goes with some products."""
    with database.transaction() as connection:
        connection.execute(suggestion_state.delete())
        connection.execute(suggestion_state.insert().values(state_id=1, baskets=9, is_shown=True))
        for sku, number in zip(
            content, take_numbers(connection, SUGGESTIONS, len(content)), strict=True
        ):
            connection.execute(suggestion_product.delete().where(suggestion_product.c.sku == sku))
            row = (sku, 5, 5, 5, content[sku], number)
            insert_rows(connection, suggestion_product, [row])


def test_what_goes_together_arrives_changes_and_is_taken_back(
    shop: Shop, database: HubDatabase
) -> None:
    assert shop.pull() == {}
    learned(database, tea='[["cup",30],["jam",20]]', cup='[["tea",10]]')
    first = shop.pull()
    said = shop.said.count({"type": "suggestions"})
    shop.pull()
    learned(database, tea='[["jam",40]]', cup="[]")

    second = shop.pull()

    assert first == {
        "tea": (Neighbour("cup", 30), Neighbour("jam", 20)),
        "cup": (Neighbour("tea", 10),),
    }
    assert second == {"tea": (Neighbour("jam", 40),)}
    assert shop.said.count({"type": "suggestions"}) == said + 1


def test_pages_arrive_whole_and_what_a_restored_hub_lost_goes(
    shop: Shop, database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.agent.hub.MAX_FEED_ITEMS", 1)
    learned(database, tea='[["cup",30]]', cup='[["tea",10]]', jam='[["tea",5]]')
    assert len(shop.pull()) == 3

    with database.transaction() as connection:
        connection.execute(suggestion_product.delete().where(suggestion_product.c.sku == "tea"))
        last = last_number(connection, SUGGESTIONS)
        insert_rows(connection, feed_gap, [(SUGGESTIONS, last - 1, last + 1_000)])
        take_numbers(connection, SUGGESTIONS, 1)

    assert set(shop.pull()) == {"cup", "jam"}
