"""Who goes to fetch which line: nobody walks for what another fetches already."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.collection_events import LinePicked, OrderPicked, PickingBegun, PickingLeft
from pos.domain.journal import Json
from pos.domain.pickup_policy import MINUTE_MS
from sync.counter_client import CounterClient
from sync.hub.admin import add_shop, set_setting
from sync.hub.database import HubDatabase
from sync.hub.orders import leases
from sync.wire.v1.orders import LeaseAnswer, LeaseLine, LeaseRequest
from tests.order_builders import LUCIA
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.hub.order_kit import OrderTill, history, items, placed

LASTS_MS = 15 * MINUTE_MS


@pytest.fixture
def one(database: HubDatabase) -> OrderTill:
    return OrderTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> OrderTill:
    return OrderTill(database, "FUEN-2")


def fetch(
    till: OrderTill, order_id: str, *lines: int, shop: str = "FUEN", staff_id: str = LUCIA
) -> LeaseAnswer:
    """Ask for lines of an order; for none to give all back."""
    request = LeaseRequest(
        staff_id=staff_id,
        order_ids=(order_id,),
        lines=tuple(LeaseLine(order_id=order_id, line=line) for line in lines),
    )
    with till.database.transaction() as connection:
        return leases.ask(
            connection, till=till.till, shop=shop, request=request, now_ms=till.now_ms
        )


def held(answer: LeaseAnswer) -> list[tuple[int, str]]:
    return [(lease.line, lease.till) for lease in answer.held]


def test_a_line_somebody_fetches_is_not_given_to_another_till_and_says_who_has_it(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order_id = placed(database).order_id

    first, second = fetch(one, order_id, 1), fetch(two, order_id, 1, 2, staff_id="pau")

    assert (held(first), first.until_ms) == ([], T0 + LASTS_MS)
    assert held(second) == [(1, "FUEN-1")]
    assert (second.held[0].staff_id, second.held[0].until_ms) == (LUCIA, T0 + LASTS_MS)
    assert held(fetch(one, order_id, 2)) == [(2, "FUEN-2")]


def test_a_line_is_prolonged_for_its_till_and_free_when_its_time_is_over(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order_id = placed(database).order_id
    fetch(one, order_id, 1)
    one.now_ms += 10 * MINUTE_MS
    prolonged = fetch(one, order_id, 1)

    two.now_ms = T0 + LASTS_MS
    too_early = fetch(two, order_id, 1)
    two.now_ms = prolonged.until_ms
    given = fetch(two, order_id, 1)

    assert prolonged.until_ms == T0 + 10 * MINUTE_MS + LASTS_MS
    assert (held(too_early), held(given)) == ([(1, "FUEN-1")], [])


def test_what_is_given_back_is_free_at_once_and_only_ones_own_can_be(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order_id = placed(database).order_id
    fetch(one, order_id, 1)

    fetch(two, order_id)
    still = fetch(two, order_id, 1)
    fetch(one, order_id)

    assert held(still) == [(1, "FUEN-1")]
    assert held(fetch(two, order_id, 1)) == []


def test_lines_of_another_shop_or_of_no_order_are_given_to_nobody(
    database: HubDatabase, one: OrderTill
) -> None:
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=T0)
    stranger = OrderTill(database, "GAVA-1")
    order_id = placed(database).order_id

    assert held(fetch(stranger, order_id, 1, shop="GAVA")) == [(1, "")]
    assert held(fetch(stranger, "o-none", 1, shop="GAVA")) == [(1, "")]
    assert held(fetch(one, order_id, 1)) == []


def test_the_shop_says_how_long_a_line_is_somebodys(database: HubDatabase, one: OrderTill) -> None:
    rules: dict[str, Json] = {"lease_minutes": 3, "hold_days": "many"}
    set_setting(database.engine, "FUEN", "pickup", rules)

    answer = fetch(one, placed(database).order_id, 1)

    assert answer.until_ms == T0 + 3 * MINUTE_MS


def test_a_finished_or_left_order_holds_no_line_back(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    left, done = placed(database).order_id, placed(database).order_id
    fetch(one, left, 1)
    fetch(two, done, 1, 2)

    one.says(PickingBegun(left, LUCIA), PickingLeft(left, LUCIA))
    two.says(
        LinePicked(done, LUCIA, 1, 2_000), LinePicked(done, LUCIA, 2, 1_000),
        OrderPicked(done, LUCIA),
    )  # fmt: skip

    assert held(fetch(two, left, 1)) == []
    assert held(fetch(one, done, 1)) == []


def test_what_another_picks_meanwhile_is_picked_and_noted(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = placed(database)
    fetch(one, order.order_id, 1)

    outcome = two.says(LinePicked(order.order_id, "pau", 1, 1_000))

    assert outcome == [("applied", "")]
    assert ("order.picked_without_lease", "applied") in history(database, order)
    assert items(database) == ()


def test_a_till_asks_over_http(hub_url: str, database: HubDatabase, one: OrderTill) -> None:
    order_id = placed(database).order_id
    fetch(one, order_id, 1)
    client = CounterClient(hub_url, enrolled(database, "FUEN-7"))

    answer = client.lease(
        LeaseRequest(
            staff_id=LUCIA,
            order_ids=(order_id,),
            lines=(
                LeaseLine(order_id=order_id, line=1),
                LeaseLine(order_id=order_id, line=2),
                LeaseLine(order_id=order_id, line=2),
            ),
        )
    )

    assert held(answer) == [(1, "FUEN-1")]


def test_no_line_is_two_tills_at_once_whatever_they_ask(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order_id = placed(database).order_id
    tills = (one, two)

    @settings(max_examples=15)
    @given(
        st.lists(
            st.tuples(
                st.integers(0, 1), st.sets(st.sampled_from([1, 2])), st.integers(0, LASTS_MS)
            ),
            max_size=8,
        )
    )
    def law(steps: list[tuple[int, set[int], int]]) -> None:
        has: dict[int, tuple[str, int]] = {}
        for till in tills:
            till.now_ms = max(one.now_ms, two.now_ms) + LASTS_MS
        for who, lines, later in steps:
            one.now_ms = two.now_ms = one.now_ms + later
            till = tills[who]
            answer = fetch(till, order_id, *sorted(lines))
            if not lines:
                has = {line: lease for line, lease in has.items() if lease[0] != till.till}
            for line in lines:
                owner, until = has.get(line, ("", 0))
                is_others = owner not in {"", till.till} and until > till.now_ms
                assert (line in {lease.line for lease in answer.held}) == is_others
                if not is_others:
                    has[line] = (till.till, answer.until_ms)

    law()
