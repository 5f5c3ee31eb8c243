"""The shop's conflict desk comes down to its tills."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.desk import ItemKind
from pos.store.outbox import AgentStore
from sync.agent.desk_pull import pull_desk
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.client import HubRefused
from sync.hub.conflicts import desk
from sync.hub.database import HubDatabase
from sync.wire.v1.desk import DeskItem
from sync.wire.v1.desk import ItemKind as WireKind
from sync.wire.v1.feeds import DeskPage
from tests.builders import KEY, till_store
from tests.services.desk_things import told
from tests.sync.till_data import ShopTill


@pytest.fixture
def store(tmp_path: Path) -> Iterator[AgentStore]:
    till_store(tmp_path).close()
    with closing(AgentStore(tmp_path / "till.db", key=KEY)) as opened:
        yield opened


def page(*items: dict[str, object], cursor: int) -> DeskPage:
    read = tuple(DeskItem.model_validate_json(json.dumps(item)) for item in items)
    return DeskPage(cursor=cursor, more=False, hub_time_ms=1, items=read)


def test_items_and_the_cursor_come_together_and_the_till_is_told(
    store: AgentStore, tmp_path: Path
) -> None:
    said: list[dict[str, object]] = []

    pull_desk(store, [(page(told("one"), told("two"), cursor=7), 7, True)], said.append)

    with closing(till_store(tmp_path)) as till, till.reading() as records:
        items = records.desk.all()
    assert [(item.item_id, item.kind) for item in items] == [
        ("one", ItemKind.TICKET_RESUMED_TWICE),
        ("two", ItemKind.TICKET_RESUMED_TWICE),
    ]
    assert store.cursor("desk") == 7
    assert said == [{"type": "desk"}]


def test_a_page_that_says_nothing_writes_nothing(store: AgentStore) -> None:
    said: list[dict[str, object]] = []

    pull_desk(store, [(page(cursor=0), 0, False)], said.append)

    assert (store.cursor("desk"), said) == (0, [])


def test_what_this_till_did_with_an_item_outlives_the_next_word_of_the_hub(
    store: AgentStore, tmp_path: Path
) -> None:
    pull_desk(store, [(page(told("one"), cursor=1), 1, True)], lambda _: None)
    with closing(till_store(tmp_path)) as till:
        with till.transaction() as records:
            item = records.desk.get("one")
            assert item is not None
            records.desk.save(replace(item, doing=replace(item.doing, owner="marta")))

        again = page(told("one", subject="Otro"), cursor=2)
        pull_desk(store, [(again, 2, True)], lambda _: None)

        with till.reading() as records:
            kept = records.desk.get("one")
    assert kept is not None
    assert (kept.subject, kept.whose) == ("Otro", "marta")


def test_a_hub_without_a_desk_is_no_trouble(store: AgentStore) -> None:
    def refuse() -> Iterator[tuple[DeskPage, int, bool]]:
        raise HubRefused(404, "unknown_stream")
        yield

    pull_desk(store, refuse(), lambda _: None)

    assert store.cursor("desk") == 0


def test_any_other_refusal_is_told(store: AgentStore) -> None:
    def refuse() -> Iterator[tuple[DeskPage, int, bool]]:
        raise HubRefused(403, "revoked")
        yield

    with pytest.raises(HubRefused):
        pull_desk(store, refuse(), lambda _: None)


def test_what_the_hub_opens_arrives_at_the_till(
    tmp_path: Path, hub_url: str, database: HubDatabase
) -> None:
    till = ShopTill(tmp_path / "till", hub_url)
    till.register(database)
    found = desk.Found(
        kind=WireKind.DIGEST_DIFFERS, key="x", shop="FUEN", till="FUEN-1",
        subject="2026-11-22", currency="EUR", at_ms=1, money=27_95,
    )  # fmt: skip
    with database.transaction() as connection:
        desk.open_item(connection, found)

    with closing(till.open_agent_store()) as store:
        hub = Hub(till.credentials.open(hub_url, deadline_s=30), till="FUEN-1", shop="FUEN")
        Pulling(store, hub, AgentClock(), till.folder.catalogue, lambda _: None).pull()

    with till.store.reading() as records:
        (item,) = records.desk.all()
        pulled_at_ms = records.standing.pulled_at_ms()
    till.close()
    assert (item.kind, item.money.minor) == (ItemKind.DIGEST_DIFFERS, 27_95)
    assert [way.value for way in item.resolutions] == ["send_again", "seen"]
    assert pulled_at_ms is not None
