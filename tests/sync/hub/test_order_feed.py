"""What a till is told of the orders of its shop, and how an order is found at the counter."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
import requests

from pos.domain.collection import OrderState
from pos.domain.collection_decisions import moved
from pos.domain.collection_events import PickingBegun, event_body, kind_of
from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book, order_feed
from sync.hub.orders.order_feed import TOLD_CLOSED_MS
from sync.hub.tables import till_mark
from sync.wire.v1.orders import ORDER, FoundOrders, OrderPage
from tests.order_builders import LUCIA, customer_order, handover, order_line
from tests.sync.enrolling import SignedBy, enrolled
from tests.sync.facts import T0
from tests.sync.hub.order_kit import OrderTill, now, placed, staged


@pytest.fixture
def one(database: HubDatabase) -> OrderTill:
    return OrderTill(database, "FUEN-1")


@pytest.fixture
def gava(database: HubDatabase) -> OrderTill:
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=T0)
    return OrderTill(database, "GAVA-1")


def told(page: OrderPage) -> dict[str, str | None]:
    """Return the state of each order of a page, None for one that is no more the shop's."""
    return {
        item.order_id: str(item.content["state"]) if item.content else None for item in page.items
    }


# -- the feed


def test_a_till_is_told_of_an_order_whole_as_soon_as_it_is_placed(
    database: HubDatabase, one: OrderTill
) -> None:
    cursor = one.pull().cursor
    order = placed(database, customer_name="Zoë 🎁 مريم")

    page = one.pull(cursor)

    (item,) = page.items
    assert item.content is not None
    assert ORDER.validate_python(item.content) == order
    assert page.cursor > cursor
    assert (one.pull(page.cursor).items, page.more) == ((), False)


def test_a_change_is_told_once_with_what_the_order_is_now(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)
    cursor = one.pull().cursor
    one.says(PickingBegun(order.order_id, LUCIA))

    assert told(one.pull(cursor)) == {order.order_id: "picking"}
    assert told(one.pull()) == {order.order_id: "picking"}


def test_pages_bring_every_order_once_and_the_last_says_it_is_the_last(
    database: HubDatabase, one: OrderTill
) -> None:
    orders = [placed(database).order_id for _ in range(7)]

    cursor, seen, pages = 0, [], 0
    while True:
        page = one.pull(cursor, 3)
        seen += [item.order_id for item in page.items]
        cursor, pages = page.cursor, pages + 1
        if not page.more:
            break

    assert (seen, pages) == (orders, 3)


def test_large_orders_come_a_few_at_a_time(
    database: HubDatabase, one: OrderTill, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = tuple(order_line(number, name="x" * 200) for number in range(1, 501))
    orders = [placed(database, *lines).order_id for _ in range(3)]
    monkeypatch.setattr(order_feed, "MAX_PAGE_CHARS", 100_000)

    first = one.pull()
    second = one.pull(first.cursor)

    assert [item.order_id for item in (*first.items, *second.items)] == orders[:2]
    assert (first.more, second.more) == (True, True)


def test_an_order_that_moved_away_is_told_to_both_shops(
    database: HubDatabase, one: OrderTill, gava: OrderTill
) -> None:
    order = placed(database)
    cursors = one.pull().cursor, gava.pull().cursor
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, moved(known.order, "GAVA"))

    assert told(one.pull(cursors[0])) == {order.order_id: None}
    assert told(gava.pull(cursors[1])) == {order.order_id: "placed"}
    assert told(one.pull()) == {}  # who begins anew need not hear of it


def test_a_closed_order_is_told_for_thirty_days(database: HubDatabase, one: OrderTill) -> None:
    placed(database)
    cursor = one.pull().cursor
    order = staged(database, one)
    one.says(handover(order))
    closed_at_ms = now(database, order).closed_at_ms

    one.now_ms = closed_at_ms + TOLD_CLOSED_MS
    lately = told(one.pull(cursor)), told(one.pull())
    one.now_ms += 1
    later = told(one.pull(cursor)), told(one.pull())

    assert [page.get(order.order_id) for page in lately] == ["collected", "collected"]
    assert later[0][order.order_id] is None
    assert order.order_id not in later[1]


def test_a_page_says_which_of_the_tills_own_facts_it_shows(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)
    before = one.pull()
    one.says(PickingBegun(order.order_id, LUCIA))
    after = one.pull()

    assert (before.heard_epoch, before.heard_seq) == (0, 0)
    assert (after.heard_epoch, after.heard_seq) == (1, 1)


def test_a_till_is_told_what_was_heard_of_it_in_the_epoch_it_speaks_in(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)
    one.says(PickingBegun(order.order_id, LUCIA))
    with database.transaction() as connection:
        connection.execute(
            till_mark.insert().values(
                till=one.till, epoch=2, received_through=7, chain_head="0" * 64
            )
        )

    old, restored, unknown = (one.pull(epoch=epoch) for epoch in (1, 2, 3))

    assert (old.heard_epoch, old.heard_seq) == (1, 1)
    assert (restored.heard_epoch, restored.heard_seq) == (2, 7)
    assert (unknown.heard_epoch, unknown.heard_seq) == (3, 0)


def test_a_cursor_of_a_hub_that_is_no_more_begins_again(
    database: HubDatabase, one: OrderTill
) -> None:
    placed(database)

    page = one.pull(2**60)

    assert page.cursor < 2**60


def test_a_till_pulls_over_http_and_only_its_own_shops_orders(
    hub_url: str, database: HubDatabase, one: OrderTill, gava: OrderTill
) -> None:
    order = placed(database)
    credentials = enrolled(database, "FUEN-7")

    with requests.Session() as session:
        session.auth = SignedBy(credentials)
        own = session.get(f"{hub_url}/v1/shops/FUEN/orders?cursor=0&limit=50", timeout=30)
        other = session.get(f"{hub_url}/v1/shops/GAVA/orders", timeout=30)
    nobody = requests.get(f"{hub_url}/v1/shops/FUEN/orders", timeout=30)

    page = OrderPage.model_validate_json(own.content)
    assert [item.order_id for item in page.items] == [order.order_id]
    assert (other.status_code, nobody.status_code) == (403, 401)


# -- finding


def find(client: CounterClient, text: str) -> list[str]:
    return numbers(client.find_orders(text))


def numbers(found: FoundOrders) -> list[str]:
    return [str(each.content["number"]) for each in found.orders]


@pytest.fixture
def client(hub_url: str, database: HubDatabase) -> CounterClient:
    return CounterClient(hub_url, enrolled(database, "FUEN-7"))


@pytest.mark.parametrize(
    "said",
    [
        "W-10482", "w-10482", "10482", "K7M4", "k7m4", "carmen", "Órtega", "ort car",
        "600 123 456", "+34 600123456", "600123", "carmen@exa", "MB-77",
    ],
)  # fmt: skip
def test_an_order_of_this_shop_is_found_by_whatever_its_customer_can_say(
    database: HubDatabase, client: CounterClient, said: str
) -> None:
    placed(database, number="W-10482", serial=10482, member_card="MB-77")
    placed(
        database, short_code="AAAA", customer_name="Luis", phone="+34 611", email="l@example.com"
    )

    assert find(client, said) == ["W-10482"]


@pytest.mark.parametrize("said", ["%", "_____", "zzz", "048", "rmen", " ", "🎁", "999999999999"])
def test_what_nobody_said_finds_nothing(
    database: HubDatabase, client: CounterClient, said: str
) -> None:
    placed(database, number="W-10482", serial=10482)

    assert find(client, said) == []


@pytest.mark.parametrize(("said", "is_found"), [("W-10482", True), ("10482", True),
    ("X-10482", False), ("K7M4", False), ("carmen", False), ("600123456", False)])  # fmt: skip
def test_an_order_of_another_shop_is_found_by_its_number_only_and_says_where_it_is(
    database: HubDatabase, client: CounterClient, gava: OrderTill, said: str, is_found: bool
) -> None:
    placed(database, number="W-10482", serial=10482, shop="GAVA")

    found = client.find_orders(said)

    assert [each.shop_name for each in found.orders] == (["Gavà"] if is_found else [])
    for each in found.orders:
        order = ORDER.validate_json(json.dumps(each.content), strict=True)
        assert order.number == "W-10482"
        assert {order.customer_name, order.phone, order.email, order.short_code} == {""}


def test_orders_of_this_shop_come_first_and_never_more_than_twenty(
    database: HubDatabase, client: CounterClient, gava: OrderTill
) -> None:
    for at in range(25):
        placed(database, placed_at_ms=T0 + at, phone=f"+34 6001234{at:02d}")
    placed(database, shop="GAVA", number="W-6001234", serial=6001234)

    found = client.find_orders("6001234")

    shops = [each.content["shop"] for each in found.orders]
    assert len(shops) == 20
    assert set(shops) == {"FUEN"}
    assert found.orders[0].content["placed_at_ms"] == T0 + 24


def test_an_order_collected_long_ago_is_found_by_its_number_only(
    database: HubDatabase, client: CounterClient
) -> None:
    placed(
        database, number="W-10482", serial=10482, state=OrderState.COLLECTED,
        closed_at_ms=T0 - TOLD_CLOSED_MS - 1,
    )  # fmt: skip

    assert find(client, "carmen") == []
    assert find(client, "W-10482") == ["W-10482"]


def test_a_search_too_long_or_empty_is_refused_by_name(
    hub_url: str, credentials: Credentials
) -> None:
    with requests.Session() as session:
        session.auth = SignedBy(credentials)
        for text in ("", "x" * 101):
            answer = session.get(f"{hub_url}/v1/found-orders?text={text}", timeout=30)
            assert (answer.status_code, answer.json()["code"]) == (422, "invalid")


def test_every_event_of_an_order_has_a_place_in_the_hub() -> None:
    from sync.hub.intake.readers import aggregate_of
    from sync.wire.v1.orders import EVENTS
    from sync.wire.v1.push import Op

    order = customer_order()
    event = replace(PickingBegun("x", LUCIA), order_id=order.order_id)
    assert event_body(event)["order_id"] == order.order_id
    for kind in EVENTS:
        op = Op(
            op_id="o", seq=1, kind=kind, occurred_at_ms=1, prev_hash="0" * 64, hash="0" * 64,
            body_json=f'{{"order_id":"{order.order_id}"}}',
        )  # fmt: skip
        assert aggregate_of(op) == f"order_id:{order.order_id}"
    assert kind_of(event).value in EVENTS
