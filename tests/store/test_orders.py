"""Orders to collect on the till's disk: found by anything, and as the hub and this till say."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import Collector, Order, OrderState
from pos.domain.collection_events import (
    HandoverUndone,
    LinePicked,
    OrderRestocked,
    PickingBegun,
)
from pos.domain.handover import HandoverDraft
from pos.domain.journal import FactKind
from pos.store.orders import DAY_MS
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.builders import MORNING_MS
from tests.order_builders import LUCIA, customer_order, handover, order_line, staged
from tests.store.orders_kit import HUB_MS, act, found, known, tell


def open_numbers(store: TillStore) -> list[str]:
    with store.reading() as records:
        return [order.number for order in records.orders.open()]


def save_and_fail(store: TillStore, order: Order) -> None:
    with store.transaction() as records:
        records.orders.save(order)
        raise ZeroDivisionError


def test_an_order_is_found_by_its_number_and_by_what_is_inside_its_code(
    store: TillStore, agent: AgentStore
) -> None:
    order = customer_order(number="W-10497", serial=10497)
    tell(agent, order, customer_order(number="W-1", serial=1))

    with store.reading() as records:
        assert records.orders.by_number("w-10497") == order
        assert records.orders.by_serial(10497) == order
        assert records.orders.get(order.order_id) == order
        assert records.orders.by_number("W-9") is None
        assert records.orders.by_serial(9) is None


def test_of_two_orders_of_one_number_the_open_one_is_meant(
    store: TillStore, agent: AgentStore
) -> None:
    waiting = customer_order(placed_at_ms=MORNING_MS - 1)
    over = customer_order(state=OrderState.CANCELLED, closed_at_ms=HUB_MS)
    tell(agent, over, waiting)

    with store.reading() as records:
        assert records.orders.by_serial(10482) == waiting


def test_what_is_over_is_listed_apart_the_latest_first(
    store: TillStore, agent: AgentStore
) -> None:
    over = [
        customer_order(
            number=f"W-{n}", serial=n, state=OrderState.COLLECTED, closed_at_ms=MORNING_MS + n
        )
        for n in range(3)
    ]
    late, early = (customer_order(number=f"W-{n}", placed_at_ms=n) for n in (20, 10))
    tell(agent, *over, late, early)

    with store.reading() as records:
        assert records.orders.closed_since(MORNING_MS + 1) == (over[2], over[1])
    assert open_numbers(store) == ["W-10", "W-20"]
    assert found(store, "W-2") == ["W-20"]


def test_what_the_hub_has_not_heard_is_done_again_to_what_it_tells(
    store: TillStore, agent: AgentStore
) -> None:
    order = customer_order(order_line(1, 3))
    tell(agent, order)
    first = act(store, LinePicked(order.order_id, LUCIA, 1, 1000))
    act(store, LinePicked(order.order_id, LUCIA, 1, 1000))
    at_hub = replace(order, lines=(replace(order.lines[0], picked=1000),), customer_name="Otra")

    tell(agent, at_hub, heard=(first.epoch, first.seq))

    mine = known(store, order.order_id)
    assert mine is not None
    assert (mine.line(1).picked, mine.customer_name) == (2000, "Otra")


def test_what_was_not_sent_stays_when_the_hub_knows_the_till_in_a_later_epoch(
    store: TillStore, agent: AgentStore
) -> None:
    order = customer_order(order_line(1, 3))
    tell(agent, order)
    sent = act(store, LinePicked(order.order_id, LUCIA, 1, 1000))
    act(store, LinePicked(order.order_id, LUCIA, 1, 1000))
    agent.mark_acknowledged(sent.epoch, sent.seq, sent.hash, HUB_MS)
    at_hub = replace(order, lines=(replace(order.lines[0], picked=1000),))

    tell(agent, at_hub, heard=(sent.epoch + 1, 7))

    mine = known(store, order.order_id)
    assert mine is not None
    assert mine.line(1).picked == 2000


def test_the_hub_is_right_about_what_cannot_have_been(store: TillStore, agent: AgentStore) -> None:
    order = staged(customer_order())
    tell(agent, order)
    act(store, handover(order))
    away = replace(order, state=OrderState.CANCELLED, closed_at_ms=HUB_MS)

    tell(agent, away)

    assert known(store, order.order_id) == away


def test_the_order_a_claim_brings_shows_what_was_not_sent_yet(
    store: TillStore, agent: AgentStore
) -> None:
    order = customer_order(order_line(1, 3))
    tell(agent, order)
    sent = act(store, LinePicked(order.order_id, LUCIA, 1, 1000))
    act(store, LinePicked(order.order_id, LUCIA, 1, 1000))
    agent.mark_acknowledged(sent.epoch, sent.seq, sent.hash, HUB_MS)
    at_hub = replace(order, lines=(replace(order.lines[0], picked=1000),), version=9)

    with store.transaction() as records:
        records.orders.refresh(at_hub)

    mine = known(store, order.order_id)
    assert mine is not None
    assert (mine.line(1).picked, mine.version) == (2000, 9)


def test_an_order_that_moved_away_leaves_the_till(store: TillStore, agent: AgentStore) -> None:
    order = customer_order()
    tell(agent, order)

    tell(agent, gone=(order.order_id, "never heard of"))

    assert known(store, order.order_id) is None
    assert agent.cursor("orders") == 1


def test_an_order_on_the_counter_stays_until_it_is_off_it(
    store: TillStore, agent: AgentStore
) -> None:
    order = customer_order()
    tell(agent, order)
    with store.transaction() as records:
        records.handovers.save(HandoverDraft(order.order_id, MORNING_MS))

    tell(agent, gone=(order.order_id,))

    assert known(store, order.order_id) == order
    assert open_numbers(store) == found(store, "carmen") == []
    with store.transaction() as records:
        records.handovers.remove(order.order_id)
    assert known(store, order.order_id) is None


def test_an_order_that_comes_back_is_listed_again(store: TillStore, agent: AgentStore) -> None:
    order = customer_order()
    tell(agent, order)
    with store.transaction() as records:
        records.handovers.save(HandoverDraft(order.order_id, MORNING_MS))
    tell(agent, gone=(order.order_id,))

    tell(agent, order)

    assert open_numbers(store) == ["W-10482"]


def test_an_open_order_that_a_whole_list_does_not_name_is_none_any_more(
    store: TillStore, agent: AgentStore
) -> None:
    here, lost = customer_order(number="W-1"), customer_order(number="W-2")
    over = customer_order(number="W-3", state=OrderState.COLLECTED, closed_at_ms=HUB_MS)
    tell(agent, here, lost, over)

    tell(agent, all_there_are=frozenset({here.order_id}))

    assert open_numbers(store) == ["W-1"]
    assert known(store, over.order_id) == over


def test_who_collected_is_forgotten_after_a_week_and_the_order_after_a_month(
    store: TillStore, agent: AgentStore
) -> None:
    order = customer_order(
        state=OrderState.COLLECTED,
        closed_at_ms=HUB_MS,
        member_card="7788",
        customer_id="c-1",
        collectors=(Collector("Paco"),),
    )
    tell(agent, order)

    agent.confirm_orders(at_ms=HUB_MS, hub_time_ms=HUB_MS + 7 * DAY_MS - 1)
    assert known(store, order.order_id) == order

    agent.confirm_orders(at_ms=HUB_MS, hub_time_ms=HUB_MS + 7 * DAY_MS)
    nameless = known(store, order.order_id)
    assert nameless == replace(
        order, customer_name="", phone="", email="", member_card="", customer_id="", collectors=()
    )

    tell(agent, order, hub_time_ms=HUB_MS + 8 * DAY_MS)
    assert known(store, order.order_id) == nameless

    agent.confirm_orders(at_ms=HUB_MS, hub_time_ms=HUB_MS + 30 * DAY_MS)
    assert known(store, order.order_id) is None


def test_an_order_that_waits_is_never_too_old(store: TillStore, agent: AgentStore) -> None:
    order = customer_order()

    tell(agent, order, hub_time_ms=HUB_MS + 400 * DAY_MS)

    assert known(store, order.order_id) == order


def test_goods_that_went_back_to_stock_close_the_order(
    store: TillStore, agent: AgentStore
) -> None:
    order = replace(staged(customer_order()), state=OrderState.EXPIRED)
    tell(agent, order)

    act(store, OrderRestocked(order.order_id, LUCIA), at_ms=HUB_MS)

    with store.reading() as records:
        closed = records.orders.closed_since(HUB_MS)
    assert [one.state for one in closed] == [OrderState.RESTOCKED]


def test_a_revoked_till_forgets_its_orders_but_what_is_on_the_counter(
    store: TillStore, agent: AgentStore
) -> None:
    here, there = customer_order(number="W-1"), customer_order(number="W-2")
    tell(agent, here, there)
    with store.transaction() as records:
        records.handovers.save(HandoverDraft(here.order_id, MORNING_MS))

    agent.note_revoked(HUB_MS)

    assert known(store, there.order_id) is None
    assert known(store, here.order_id) == here
    assert open_numbers(store) == []
    assert agent.cursor("orders") == 0
    with store.transaction() as records:
        records.handovers.remove(here.order_id)
        assert records.orders.mirrored_at_ms() == 0
    assert known(store, here.order_id) is None


def test_the_till_knows_when_the_hub_last_confirmed_its_orders(
    store: TillStore, agent: AgentStore
) -> None:
    with store.reading() as records:
        assert records.orders.mirrored_at_ms() == 0

    tell(agent, customer_order())
    agent.confirm_orders(at_ms=HUB_MS + 5, hub_time_ms=HUB_MS)

    with store.reading() as records:
        assert records.orders.mirrored_at_ms() == HUB_MS + 5


def test_a_handover_is_known_by_the_fact_that_told_it(store: TillStore, agent: AgentStore) -> None:
    order = staged(customer_order())
    tell(agent, order)
    with store.reading() as records:
        assert records.orders.handover_op(order.order_id) == ""

    first = act(store, handover(order))
    act(store, HandoverUndone(order.order_id, LUCIA, first.op_id, "se arrepiente"))
    again = act(store, handover(order))

    with store.reading() as records:
        assert records.orders.handover_op(order.order_id) == again.op_id
        assert records.orders.handover_op("another") == ""


def test_facts_of_a_kind_are_read_since_a_moment_for_the_figures(
    store: TillStore, agent: AgentStore
) -> None:
    order = customer_order()
    tell(agent, order)
    begun = [act(store, PickingBegun(order.order_id, LUCIA), at_ms=n) for n in (10, 20, 30)]
    act(store, LinePicked(order.order_id, LUCIA, 1, 1000), at_ms=25)

    with store.reading() as records:
        assert records.orders.events(FactKind.ORDER_PICKING_BEGUN, since_ms=20) == tuple(begun[1:])


def test_an_act_that_fails_leaves_the_order_as_it_was(store: TillStore, agent: AgentStore) -> None:
    order = customer_order()
    tell(agent, order)

    with pytest.raises(ZeroDivisionError):
        save_and_fail(store, replace(order, picker=LUCIA))

    assert known(store, order.order_id) == order


def test_an_order_of_five_hundred_lines_comes_through(store: TillStore, agent: AgentStore) -> None:
    order: Order = customer_order(*(order_line(n, 2, 0) for n in range(1, 501)))

    tell(agent, order)

    assert known(store, order.order_id) == order
