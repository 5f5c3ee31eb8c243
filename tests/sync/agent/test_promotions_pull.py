"""Promotions come down from the hub to every till, also to one that was there before them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.promotion import PercentOff, Promotion
from pos.store.outbox import AgentStore
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.promotions_pull import PromotionPages, pull_promotions
from sync.agent.pulling import Pulling
from sync.client import HubRefused
from sync.hub.bulk import insert_rows
from sync.hub.database import HubDatabase
from sync.hub.publishing.feed_numbers import PROMOTIONS, last_number
from sync.hub.tables import feed_gap
from sync.hub.tables_promotions import promotion
from tests.sync.facts import T0
from tests.sync.hub.promotion_kit import DAY_MS, end, load, offer
from tests.sync.till_data import ShopTill


class Shop:
    """A till and its agent's pulls; `said` is what the agent told the till."""

    def __init__(self, till: ShopTill, store: AgentStore, url: str) -> None:
        self.till, self.store = till, store
        self.said: list[dict[str, object]] = []
        hub = Hub(till.credentials.open(url, deadline_s=30), till="FUEN-1", shop="FUEN")
        self._pulling = Pulling(store, hub, AgentClock(), till.folder.catalogue, self.said.append)

    def pull(self) -> dict[str, Promotion]:
        self._pulling.pull()
        return {one.promotion_id: one for one in self.till.store.promotions.book().promotions}


@pytest.fixture
def shop(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[Shop]:
    till = ShopTill(tmp_path / "till", hub_url)
    till.register(database)
    with closing(till.open_agent_store()) as store:
        yield Shop(till, store, hub_url)
    till.close()


def test_promotions_arrive_and_the_till_is_told_once(shop: Shop, database: HubDatabase) -> None:
    load(database, offer("uno"), offer("dos"))

    known = shop.pull()
    shop.pull()

    assert known == {"uno": offer("uno"), "dos": offer("dos")}
    assert shop.said.count({"type": "promotions"}) == 1


def test_a_till_that_was_there_before_promotions_is_told_all_of_them(
    shop: Shop, database: HubDatabase
) -> None:
    shop.pull()
    assert shop.store.cursor("settings") > 0

    load(database, offer())

    assert shop.pull() == {"verano": offer()}


def test_a_change_and_an_end_arrive(shop: Shop, database: HubDatabase) -> None:
    load(database, offer("changed"), offer("ended"))
    shop.pull()

    load(database, offer("changed", offer=PercentOff(20_00)))
    end(database, "ended", T0 + 7)
    known = shop.pull()

    assert known["changed"].offer == PercentOff(20_00)
    assert known["ended"].valid_until_ms == T0 + 7


def test_many_promotions_arrive_in_pages(
    shop: Shop, database: HubDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.hub.publishing.promotions.MAX_PROMOTIONS", 2)
    many = [offer(f"p-{number}") for number in range(5)]
    load(database, *many)

    assert set(shop.pull()) == {one.promotion_id for one in many}


def test_a_promotion_that_the_hub_lost_is_not_given_to_new_tickets(
    shop: Shop, database: HubDatabase
) -> None:
    load(database, offer("kept"), offer("lost", valid_until_ms=T0 + 5_000 * DAY_MS))
    before = AgentClock().now_ms()
    shop.pull()
    with database.transaction() as connection:
        connection.execute(promotion.delete().where(promotion.c.promotion_id == "lost"))
        last = last_number(connection, PROMOTIONS)
        insert_rows(connection, feed_gap, [(PROMOTIONS, last - 1, last + 1)])

    known = shop.pull()

    assert set(known) == {"kept", "lost"}
    assert before <= known["lost"].valid_until_ms <= AgentClock().now_ms()


def test_a_hub_without_promotions_is_no_trouble(shop: Shop) -> None:
    def refuse(_cursor: int, _anew: object) -> PromotionPages:
        raise HubRefused(422, "invalid")
        yield

    pull_promotions(shop.store, refuse, AgentClock(), shop.said.append)

    assert (shop.store.cursor("promotions"), shop.said) == (0, [])


def test_any_other_refusal_is_told(shop: Shop) -> None:
    def refuse(_cursor: int, _anew: object) -> PromotionPages:
        raise HubRefused(403, "revoked")
        yield

    with pytest.raises(HubRefused):
        pull_promotions(shop.store, refuse, AgentClock(), shop.said.append)
