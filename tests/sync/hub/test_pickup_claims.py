"""Several tills want to hand one order over: one is granted it, the others learn who has it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from dataclasses import replace

import pytest

from pos.domain.collection import OrderState
from pos.domain.collection_decisions import cancelled, moved
from pos.domain.collection_events import OrderRestocked
from sync.counter_client import CounterClient
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.wire.v1.claims import (
    UNUSED_CLAIM_LASTS_MS,
    ClaimKind,
    ClaimRequest,
    ClaimState,
    ReleaseRequest,
)
from sync.wire.v1.orders import ORDER
from tests.architecture.sources import ROOT
from tests.order_builders import LUCIA, handover
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.hub.order_kit import OrderTill, now, placed, staged

GRANTED, HELD, GONE = ClaimState.GRANTED, ClaimState.HELD, ClaimState.GONE
# Each a race of two processes for one order; MOSTRADOR_RACES=5000 runs the long version.
ROUNDS = int(os.environ.get("MOSTRADOR_RACES", "200"))


@pytest.fixture
def one(database: HubDatabase) -> OrderTill:
    return OrderTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> OrderTill:
    return OrderTill(database, "FUEN-2")


def test_who_asks_first_gets_the_order_whole_and_the_other_learns_who_has_it(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)

    granted, held = one.claim(order.order_id), two.claim(order.order_id)

    assert (granted.state, granted.fence) == (GRANTED, 1)
    assert granted.content is not None
    assert ORDER.validate_json(json.dumps(granted.content), strict=True) == now(database, order)
    assert (held.state, held.holder, held.content) == (HELD, "FUEN-1", None)


def test_a_question_whose_answer_was_lost_has_the_same_answer_again(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)

    first = one.claim(order.order_id, op_id="op-1")

    assert one.claim(order.order_id, op_id="op-1") == first


def test_an_order_given_back_is_free_for_the_next_till(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    fence = one.claim(order.order_id).fence

    assert one.release(order.order_id, fence)
    assert two.claim(order.order_id).state is GRANTED


def test_an_order_left_on_a_counter_may_be_taken_over_by_decision_after_two_minutes(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    fence = one.claim(order.order_id).fence
    two.now_ms += UNUSED_CLAIM_LASTS_MS

    undecided = two.claim(order.order_id)
    decided = two.claim(order.order_id, takes_over=True)

    assert (undecided.state, undecided.may_be_taken_over) == (HELD, True)
    assert (decided.state, decided.fence) == (GRANTED, fence + 1)


def test_an_order_that_is_not_on_its_shelf_yet_is_not_given(
    database: HubDatabase, one: OrderTill
) -> None:
    order = placed(database)

    gone = one.claim(order.order_id)

    assert (gone.state, gone.detail, gone.holder) == (GONE, "not_ready", "")


def test_a_collected_order_says_which_till_handed_it_over(
    database: HubDatabase, one: OrderTill, two: OrderTill
) -> None:
    order = staged(database, one)
    two.says(handover(order))

    gone = one.claim(order.order_id)

    assert (gone.state, gone.detail, gone.holder) == (GONE, "collected", "FUEN-2")


@pytest.mark.parametrize("is_restocked", [False, True])
def test_a_cancelled_order_is_not_given_also_once_it_is_back_in_stock(
    database: HubDatabase, one: OrderTill, is_restocked: bool
) -> None:
    order = staged(database, one)
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, cancelled(known.order, at_ms=T0))
    if is_restocked:
        one.says(OrderRestocked(order.order_id, LUCIA, (1,)))

    gone = one.claim(order.order_id)

    assert (gone.state, gone.detail) == (GONE, "cancelled")


def test_an_order_its_customer_wants_cancelled_is_not_given(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, replace(known.order, cancel_asked=True))

    assert one.claim(order.order_id).detail == "cancelled"


def test_an_order_nobody_came_for_in_time_is_still_given(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, replace(known.order, state=OrderState.EXPIRED))

    assert one.claim(order.order_id).state is GRANTED


def test_a_till_of_the_wrong_shop_learns_which_shop_has_the_order_and_nothing_else(
    database: HubDatabase, one: OrderTill
) -> None:
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=T0)
    order = staged(database, one)
    with database.transaction() as connection:
        known = book.held(connection, order.order_id)
        book.save(connection, known, moved(known.order, "GAVA"))

    gone = one.claim(order.order_id)

    assert (gone.state, gone.detail, gone.holder, gone.content) == (GONE, "moved", "GAVA", None)


def test_an_order_nobody_heard_of_is_unknown(one: OrderTill) -> None:
    gone = one.claim("o-unheard")

    assert (gone.state, gone.detail, gone.holder) == (GONE, "unknown", "")


def test_a_ticket_and_an_order_of_one_id_are_two_things(
    database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    request = ClaimRequest(op_id="t", kind=ClaimKind.PARKED_TICKET, key=order.order_id)
    from sync.hub.counter import claims

    with database.transaction() as connection:
        ticket = claims.ask(connection, till="FUEN-1", shop="FUEN", request=request, now_ms=T0)

    assert ticket.state is GONE
    assert one.claim(order.order_id).state is GRANTED


def test_a_till_asks_over_http_and_gives_back(
    hub_url: str, database: HubDatabase, one: OrderTill
) -> None:
    order = staged(database, one)
    client = CounterClient(hub_url, enrolled(database, "FUEN-7"))

    said = client.claim(ClaimRequest(op_id="o", kind=ClaimKind.PICKUP, key=order.order_id))
    back = client.release(
        ReleaseRequest(kind=ClaimKind.PICKUP, key=order.order_id, fence=said.fence)
    )

    assert said.content is not None
    assert (said.state, said.content["number"], back.was_held) == (GRANTED, order.number, True)


# -- a race of two processes, each granted one hands over and says so


RACER = """
import json, sys
from pos.domain.errors import StoreUnavailable
from sqlalchemy.exc import OperationalError
from sync.hub.counter import claims
from sync.hub.database import open_database
from sync.wire.v1.claims import ClaimKind, ClaimRequest
url, till = sys.argv[1], sys.argv[2]
orders = json.loads(sys.stdin.readline())
database = open_database(url)
print("ready", flush=True)
sys.stdin.readline()
def ask(request, now_ms):
    while True:
        try:
            with database.transaction() as connection:
                return claims.ask(
                    connection, till=till, shop="FUEN", request=request, now_ms=now_ms
                )
        except (StoreUnavailable, OperationalError):
            continue  # busy: a hub would have answered 503, and the till asks again
for n, order_id in enumerate(orders):
    request = ClaimRequest(op_id=f"{till}-{order_id}", kind=ClaimKind.PICKUP, key=order_id)
    said = ask(request, 1_000 + n)
    print(json.dumps([order_id, said.state.value, said.fence, said.holder]))
database.close()
"""


def racing(url: str, till: str, orders: list[str]) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", RACER, url, till],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps(orders) + "\n")
    process.stdin.flush()
    assert process.stdout.readline() == "ready\n"
    return process


def test_of_two_processes_racing_for_hundreds_of_orders_each_is_won_by_one(
    database: HubDatabase, db_url: str, one: OrderTill, two: OrderTill
) -> None:
    shelf = staged(database, one)
    orders = [
        placed(database, *shelf.lines, state=OrderState.READY, parcels=shelf.parcels)
        for _ in range(ROUNDS)
    ]
    racers = [racing(db_url, till, [o.order_id for o in orders]) for till in ("FUEN-1", "FUEN-2")]

    for racer in racers:
        assert racer.stdin is not None
        racer.stdin.write("go\n")
        racer.stdin.flush()
    said = [json.loads(line) for r in racers for line in r.communicate()[0].splitlines()]

    by_order: dict[str, list[str]] = defaultdict(list)
    for order_id, state, _fence, _holder in said:
        by_order[order_id].append(state)
    assert all(racer.returncode == 0 for racer in racers)
    assert len(by_order) == ROUNDS
    assert {tuple(sorted(states)) for states in by_order.values()} == {("granted", "held")}
