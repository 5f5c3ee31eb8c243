"""Orders of the shop on every till of it, over the real hub: soon, whole, and once told."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.devices.hub_answers import HubAnswers
from pos.domain.collection import Collector, Order, OrderState
from pos.domain.collection_decisions import cancelled, moved
from pos.domain.collection_events import Event, LinePicked, PickingBegun, event_body, kind_of
from pos.domain.collection_rules import applied
from pos.services.hub_calls import ClaimState
from pos.store.orders import OrdersTold
from pos.system import Uuid7
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.orders_pull import CONFIRMED_EVERY_MS, WITHOUT_STREAM_EVERY_MS, OrdersPull
from sync.agent.pushing import Pushing
from sync.client import HubRefused
from sync.counter_client import CounterClient
from sync.http import HubUnreachable
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.tables_orders import customer_order as order_table
from sync.protocol.link import Link
from sync.wire.v1.orders import OrderPage
from tests.order_builders import LUCIA, customer_order, order_line, staged
from tests.sync.facts import T0
from tests.sync.till_data import ShopTill, running_agent
from tests.sync.waiting import wait_until

HOUR_US = 3_600_000_000  # cursors count microseconds


class HandClock:
    """Clocks that are moved by hand."""

    def __init__(self) -> None:
        self.ms = 0

    def now_ms(self) -> int:
        return T0 + self.ms

    def monotonic_ms(self) -> int:
        return self.ms


class Cut(Hub):
    """A hub whose line is cut after so many pages, or that knows no orders."""

    pages_left = 1_000
    refuses: HubRefused | None = None
    asked = 0

    def orders(self, cursor: int, epoch: int) -> OrderPage:
        self.asked += 1
        if self.refuses is not None:
            raise self.refuses
        if not self.pages_left:
            raise HubUnreachable("cut")
        self.pages_left -= 1
        return super().orders(cursor, epoch)


class Counter:
    """One till of the shop, its agent, and its own way to ask the hub."""

    def __init__(self, till: ShopTill, url: str, database: HubDatabase, stack: ExitStack) -> None:
        till.register(database)
        self.till = till
        self.agent = stack.enter_context(closing(till.open_agent_store()))
        http = till.credentials.open(url, deadline_s=30, incarnation="1" * 16)
        stack.callback(http.close)
        self.line = Cut(http, till=self.agent.till, shop="FUEN")
        self.clock = HandClock()
        self.told: list[dict[str, object]] = []
        self._pull = OrdersPull(self.agent, self.line, self.clock, self.told.append, shop="FUEN")
        self._pushing = Pushing(self.agent, self.line, AgentClock(), lambda: 0.0)
        self.hub = HubAnswers(CounterClient(url, till.credentials))

    def pull(self) -> None:
        """Ask the hub, a second later."""
        self.clock.ms += 1_000
        assert self._pull.pull_if_due()

    def pull_if_due(self) -> bool:
        return self._pull.pull_if_due()

    def push(self) -> None:
        link, goes_on = Link(0), True
        while goes_on:
            link, goes_on = self._pushing.step(link)

    def act(self, event: Event) -> None:
        """Do something with an order, kept and journalled in one act."""
        with self.till.store.transaction() as records:
            order = records.orders.get(event.order_id)
            assert order is not None
            records.orders.save(applied(order, event, at_ms=T0, till=self.agent.till))
            body, op_id = event_body(event), Uuid7().new()
            records.journal.append(kind_of(event), body, op_id=op_id, at_ms=T0, session_id=None)

    @property
    def open(self) -> list[Order]:
        with self.till.store.reading() as records:
            return list(records.orders.open())

    @property
    def mirrored_at_ms(self) -> int:
        with self.till.store.reading() as records:
            return records.orders.mirrored_at_ms()


OpenCounter = Callable[[int], Counter]


@pytest.fixture
def open_counter(tmp_path: Path, hub_url: str, database: HubDatabase) -> Iterator[OpenCounter]:
    """Return a function that opens a till of the shop by its number."""
    with ExitStack() as stack:

        def open_it(number: int) -> Counter:
            till = ShopTill(tmp_path / f"till-{number}", hub_url, number=number)
            stack.callback(till.close)
            return Counter(till, hub_url, database, stack)

        yield open_it


@pytest.fixture
def counter(open_counter: OpenCounter) -> Counter:
    return open_counter(1)


def place(database: HubDatabase, *orders: Order) -> None:
    """Let customers place orders, as they are."""
    with database.transaction() as connection:
        for order in orders:
            book.add(connection, order, book.Happened(f"op-{order.order_id}", T0))


def change(database: HubDatabase, order_id: str, how: Callable[[Order], Order]) -> Order:
    """Change an order at the hub."""
    with database.transaction() as connection:
        held = book.held(connection, order_id)
        book.save(connection, held, how(held.order))
        return how(held.order)


def numbered(count: int) -> list[Order]:
    return [
        customer_order(number=f"W-{n}", serial=n, placed_at_ms=T0 + n) for n in range(1, count + 1)
    ]


def test_an_order_is_on_every_till_of_its_shop_and_told_once(
    open_counter: OpenCounter, database: HubDatabase
) -> None:
    tills = [open_counter(1), open_counter(2)]
    add_shop(database.engine, "GOYA", name="Goya", currency="EUR", country="ES", now_ms=T0)
    ours, theirs = customer_order(serial=1), customer_order(serial=2, shop="GOYA")
    place(database, ours, theirs)

    for each in tills:
        each.pull()
        each.pull()

        assert each.open == [ours]
        assert each.told == [{"type": "orders"}]


def test_the_hub_is_not_asked_again_within_a_second(counter: Counter) -> None:
    counter.pull()

    assert not counter.pull_if_due()
    counter.clock.ms += 999
    assert not counter.pull_if_due()
    counter.clock.ms += 1
    assert counter.pull_if_due()
    assert counter.line.asked == 2


def test_an_order_that_moved_or_was_cancelled_leaves_the_list(
    counter: Counter, database: HubDatabase
) -> None:
    add_shop(database.engine, "GOYA", name="Goya", currency="EUR", country="ES", now_ms=T0)
    gone, off, stays = numbered(3)
    place(database, gone, off, stays)
    counter.pull()

    change(database, gone.order_id, lambda order: moved(order, "GOYA"))
    change(database, off.order_id, lambda order: cancelled(order, at_ms=T0))
    counter.pull()

    assert counter.open == [stays]
    with counter.till.store.reading() as records:
        assert [one.number for one in records.orders.closed_since(T0)] == ["W-2"]


def test_a_long_list_that_was_cut_off_is_taken_from_its_beginning(
    counter: Counter, database: HubDatabase
) -> None:
    orders = numbered(450)
    place(database, *orders)
    counter.line.pages_left = 2

    with pytest.raises(HubUnreachable):
        counter.pull()
    assert len(counter.open) == 400
    assert counter.agent.cursor("orders") == 0

    counter.line.pages_left = 10
    counter.pull()

    assert counter.open == orders


def test_what_a_hub_that_went_back_knows_no_more_is_not_waited_for(
    counter: Counter, database: HubDatabase
) -> None:
    kept, lost = numbered(2)
    place(database, kept, lost)
    counter.pull()
    with database.transaction() as connection:
        connection.execute(order_table.delete().where(order_table.c.order_id == lost.order_id))
    ahead = counter.agent.cursor("orders") + HOUR_US
    counter.agent.apply_orders(OrdersTold(T0), ahead, at_ms=T0)

    counter.pull()

    assert counter.open == [kept]
    assert counter.agent.cursor("orders") < ahead


def test_what_cannot_be_read_is_left_out_and_the_rest_comes(
    counter: Counter, database: HubDatabase
) -> None:
    bad, worse, good = numbered(3)
    place(database, bad, worse, good)
    with database.transaction() as connection:
        for order, content in ((bad, {"state": "eaten"}), (worse, {"order_id": "another"})):
            text = json.dumps({**json.loads(stored(database, order)), **content})
            connection.execute(
                order_table.update()
                .where(order_table.c.order_id == order.order_id)
                .values(content_json=text)
            )

    counter.pull()

    assert counter.open == [good]
    counter.pull()
    assert len(counter.told) == 1


def stored(database: HubDatabase, order: Order) -> str:
    with database.reading() as connection:
        row = connection.execute(
            order_table.select().where(order_table.c.order_id == order.order_id)
        ).one()
    return str(row.content_json)


def test_texts_from_outside_hold_no_command_for_a_printer_or_a_screen(
    counter: Counter, database: HubDatabase
) -> None:
    nasty = customer_order(
        order_line(1, name="Taza\x1b@\n roja"),
        customer_name="Ma\u202eria 😀 محمد",
        collectors=(Collector("Pa\x07co", "her\tmano"),),
    )
    place(database, nasty)

    counter.pull()

    (order,) = counter.open
    assert order.lines[0].name.isprintable()
    assert order.customer_name == "Maria 😀 محمد"
    assert order.collectors == (Collector("Pa co", "her mano"),)


def test_a_hub_of_an_earlier_version_is_asked_again_a_minute_later(counter: Counter) -> None:
    counter.line.refuses = HubRefused(404, "not_found")
    counter.pull()

    counter.clock.ms += WITHOUT_STREAM_EVERY_MS - 1
    assert not counter.pull_if_due()
    counter.clock.ms += 1
    assert counter.pull_if_due()


def test_a_hub_that_will_not_is_heard(counter: Counter) -> None:
    counter.line.refuses = HubRefused(403, "revoked")

    with pytest.raises(HubRefused):
        counter.pull()


def test_the_till_notes_each_minute_that_its_orders_are_still_so(
    counter: Counter, database: HubDatabase
) -> None:
    place(database, customer_order())
    counter.pull()
    first = counter.mirrored_at_ms
    assert first == counter.clock.now_ms()

    counter.pull()
    assert counter.mirrored_at_ms == first
    counter.clock.ms += CONFIRMED_EVERY_MS
    counter.pull()
    assert counter.mirrored_at_ms == counter.clock.now_ms()


def test_what_a_till_did_alone_stays_on_its_screen_until_the_hub_heard_it(
    open_counter: OpenCounter, database: HubDatabase
) -> None:
    here, there = open_counter(1), open_counter(2)
    order = customer_order(order_line(1, 3))
    place(database, order)
    here.pull()
    here.act(PickingBegun(order.order_id, LUCIA))
    here.act(LinePicked(order.order_id, LUCIA, 1, 2000))
    change(database, order.order_id, lambda one: replace(one, phone="+34 699 000 000"))

    here.pull()
    (mine,) = here.open
    assert (mine.lines[0].picked, mine.phone) == (2000, "+34 699 000 000")

    here.push()
    here.pull()
    there.pull()
    (again,) = here.open
    assert again.lines[0].picked == 2000
    assert [again] == there.open


def test_one_till_may_hand_an_order_over_and_brings_it_as_the_hub_knows_it(
    open_counter: OpenCounter, database: HubDatabase
) -> None:
    one, two = open_counter(1), open_counter(2)
    order = replace(staged(customer_order()), state=OrderState.READY)
    place(database, order)

    won = one.hub.claim_order("op-1", order.order_id, takes_over=False)
    lost = two.hub.claim_order("op-2", order.order_id, takes_over=False)

    assert (won.state, won.order) == (ClaimState.GRANTED, order)
    assert (lost.state, lost.holder, lost.order) == (ClaimState.HELD, "FUEN-1", None)

    one.hub.release_order(order.order_id, won.fence)
    assert two.hub.claim_order("op-3", order.order_id, takes_over=False).fence > won.fence


def test_a_line_is_fetched_by_one_till_at_a_time(
    open_counter: OpenCounter, database: HubDatabase
) -> None:
    one, two = open_counter(1), open_counter(2)
    order = customer_order()
    place(database, order)
    line = (order.order_id, 1)

    assert one.hub.lease(LUCIA, [order.order_id], [line]).held == ()
    (held,) = two.hub.lease("hugo", [order.order_id], [line]).held

    assert (held.order_id, held.line, held.till, held.staff_id) == (*line, "FUEN-1", LUCIA)


def test_an_order_of_another_shop_is_found_by_its_number(
    counter: Counter, database: HubDatabase
) -> None:
    add_shop(database.engine, "GOYA", name="Goya", currency="EUR", country="ES", now_ms=T0)
    place(database, customer_order(shop="GOYA"))

    (found,) = counter.hub.find_orders("W-10482").orders

    assert (found.shop_name, found.order.shop) == ("Goya", "GOYA")


def test_an_order_reaches_a_till_whose_agent_runs(counter: Counter, database: HubDatabase) -> None:
    with running_agent(counter.till):
        wait_until(counter.till.folder.agent_socket.exists)
        place(database, customer_order())

        wait_until(lambda: len(counter.open) == 1)
