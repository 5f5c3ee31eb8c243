"""What tills are told of the conflict desk."""

from __future__ import annotations

import pytest

from sync.hub.admin import add_shop
from sync.hub.conflicts.desk import open_item, resolve
from sync.hub.conflicts.desk_items import LATELY_MS
from sync.hub.database import HubDatabase
from sync.hub.publishing.feeds import desk_page
from sync.wire.v1.feeds import DeskPage
from tests.sync.facts import T0
from tests.sync.hub.desk_cases import act_on, ticket_resumed_twice


def page(
    database: HubDatabase, cursor: int = 0, limit: int = 500, *, at_ms: int = T0 + 60_000
) -> DeskPage:
    with database.reading() as connection:
        return desk_page(connection, "FUEN", cursor, limit, at_ms)


def subjects(found: DeskPage) -> list[tuple[str, str]]:
    return [(item.item_id, item.state.value) for item in found.items]


@pytest.fixture
def two_items(database: HubDatabase) -> list[str]:
    """Return the ids of two open items; another shop has one of its own."""
    add_shop(database.engine, "GOYA", name="Goya", currency="EUR", country="ES", now_ms=T0)
    found = [ticket_resumed_twice("b-1"), ticket_resumed_twice("b-2")]
    with database.transaction() as connection:
        for each in [*found, ticket_resumed_twice("b-3", shop="GOYA")]:
            open_item(connection, each)
    return [act_on(each).item_id for each in found]


def test_a_till_is_told_of_the_items_of_its_own_shop(
    database: HubDatabase, two_items: list[str]
) -> None:
    assert subjects(page(database)) == [(item_id, "open") for item_id in two_items]


def test_a_resolution_comes_once_and_the_cursor_stays_at_the_end(
    database: HubDatabase, two_items: list[str]
) -> None:
    begin = page(database)
    with database.transaction() as connection:
        resolve(connection, act_on(ticket_resumed_twice("b-2")))

    change = page(database, begin.cursor)

    assert subjects(change) == [(two_items[1], "resolved")]
    assert (change.items[0].resolution, change.items[0].resolutions) == ("both_stand", ())
    assert subjects(page(database, change.cursor)) == []


def test_items_come_in_pages_without_one_missing(
    database: HubDatabase, two_items: list[str]
) -> None:
    first = page(database, limit=1)
    second = page(database, first.cursor, limit=1)

    assert subjects(first) + subjects(second) == [(item_id, "open") for item_id in two_items]
    assert (first.more, second.more) == (True, False)


def test_a_till_that_begins_is_spared_what_was_resolved_long_ago(
    database: HubDatabase, two_items: list[str]
) -> None:
    with database.transaction() as connection:
        resolve(connection, act_on(ticket_resumed_twice("b-1")))

    later = T0 + LATELY_MS + 60_000

    assert subjects(page(database, at_ms=later)) == [(two_items[1], "open")]
    assert len(subjects(page(database, cursor=1, at_ms=later))) == 2
