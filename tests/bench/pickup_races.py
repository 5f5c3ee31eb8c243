"""Two tills hand over the same orders at the same time: each order has exactly one winner.

Two processes with the keys of two tills ask one hub over HTTP for the same orders, in an order of
their own within each stretch; whoever is granted an order tells the hub that it handed it over.
Sometimes an answer is taken for lost and asked for again under the same id. No order may have two
winners or none, and the hub must name the till that believes it won.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import IO

from sqlalchemy import func, select

from pos.domain.collection import IdentityMethod, Order, OrderState, Parcel
from pos.domain.collection_events import (
    Identity,
    LineDelivered,
    OrderHandedOver,
    ParcelInHand,
    event_body,
    kind_of,
)
from pos.signatures import Purpose, SigningKey
from pos.system import SystemClock, Uuid7
from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase, open_database
from sync.hub.orders import book, reserving
from sync.hub.orders.book import Happened
from sync.hub.tables_desk import desk_item
from sync.hub.tables_orders import customer_order
from sync.wire.v1.claims import ClaimKind, ClaimRequest, ClaimState
from tests.architecture.sources import ROOT
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row
from tests.order_builders import customer_order as an_order
from tests.order_builders import order_line
from tests.postgres import create_database, running_cluster
from tests.sync.enrolling import enrolled
from tests.sync.facts import TillJournal, push_of

SEED = 20_261_122
STRETCH = 25
LOST_IN = 20  # one answer in so many is asked for again
TILLS = ("FUEN-1", "FUEN-2")
DAY_MS = 86_400_000


def measure(context: Context) -> list[Row]:
    """Race for 10,000 orders on PostgreSQL."""
    count = context.of(10_000, 200)
    with running_cluster() as cluster:
        url = cluster.url(create_database(cluster))
        database = open_database(url)
        try:
            credentials, orders = _prepare(database, count)
            with running_hub(url) as hub_url:
                begun = time.monotonic()
                won = _race(hub_url, credentials, orders)
                seconds = time.monotonic() - begun
            wrong = _judge(database, won)
        finally:
            database.close()
    by_till = Counter(till for tills in won.values() for till in tills)
    return [
        Row(
            f"{count:,} orders, two till processes want each",
            "one winner each",
            f"{count - len(wrong):,} with one winner",
            "",
            "",
            not wrong,
            (
                f"Seed {SEED}; {', '.join(f'{till} won {by_till[till]:,}' for till in TILLS)}"
                f" in {seconds:.0f} s. {'; '.join(wrong[:5])}".strip(),
            ),
        )
    ]


def _prepare(database: HubDatabase, count: int) -> tuple[list[Credentials], list[str]]:
    """Return the tills and the orders that are ready for them."""
    now_ms = SystemClock().now_ms()
    add_shop(
        database.engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=now_ms
    )
    credentials = [enrolled(database, till) for till in TILLS]
    new_id = Uuid7().new
    orders: list[str] = []
    with database.transaction() as connection:
        for at in range(count):
            order = _ready(new_id(), 20_000 + at, now_ms)
            book.add(connection, order, Happened(f"web-{order.order_id}", now_ms))
            reserving.settle(connection, order)
            orders.append(order.order_id)
    return credentials, orders


def _ready(order_id: str, serial: int, now_ms: int) -> Order:
    return replace(
        an_order(order_line(1, 1, picked=1_000)),
        order_id=order_id,
        serial=serial,
        number=f"W-{serial}",
        state=OrderState.READY,
        parcels=(Parcel(1, "B3", print_number=1),),
        placed_at_ms=now_ms,
        ready_at_ms=now_ms,
        hold_until_ms=now_ms + 7 * DAY_MS,
    )


def _race(hub_url: str, credentials: list[Credentials], orders: list[str]) -> dict[str, list[str]]:
    """Have both tills want every order, stretch by stretch; return who says it won each."""
    won: dict[str, list[str]] = {order_id: [] for order_id in orders}
    with _racer(hub_url, credentials[0]) as one, _racer(hub_url, credentials[1]) as two:
        for start in range(0, len(orders), STRETCH):
            for racer in (one, two):
                _say(racer.stdin, orders[start : start + STRETCH])
            for till, racer in zip(TILLS, (one, two), strict=True):
                for order_id in _hear(racer):
                    won[order_id].append(till)
    return won


def _judge(database: HubDatabase, won: dict[str, list[str]]) -> list[str]:
    """Return what is wrong: an order of two winners or none, or one the hub knows otherwise."""
    wrong = [f"{order_id}: {tills}" for order_id, tills in won.items() if len(tills) != 1]
    with database.reading() as connection:
        rows = connection.execute(select(customer_order.c.content_json))
        for (text,) in rows:
            order = book.read_order(text)
            is_same = [order.closed_at_till] == won[order.order_id]
            if order.state is not OrderState.COLLECTED or not is_same:
                wrong.append(f"{order.order_id}: the hub says {order.closed_at_till or 'nobody'}")
        on_desk = connection.scalar(select(func.count()).select_from(desk_item)) or 0
    return [*wrong, f"{on_desk} items on the desk"] if on_desk else wrong


# -- a till as a process of its own


@contextmanager
def _racer(hub_url: str, credentials: Credentials) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.pickup_races"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        said = [hub_url, credentials.till, credentials.secret, credentials.hub_key]
        _say(process.stdin, said)
        yield process
    finally:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def _say(into: IO[str] | None, what: list[str]) -> None:
    assert into is not None
    into.write(json.dumps(what) + "\n")
    into.flush()


def _hear(racer: subprocess.Popen[str]) -> list[str]:
    assert racer.stdout is not None
    line = racer.stdout.readline()
    if not line:
        raise RuntimeError(f"a till ended with {racer.wait()}")
    heard: list[str] = json.loads(line)
    return heard


class _Till:
    """Claims orders, and tells the hub what it handed over."""

    def __init__(self, hub_url: str, credentials: Credentials) -> None:
        self._url = hub_url
        self._credentials = credentials
        self._client = CounterClient(hub_url, credentials, deadline_s=30.0)
        self._key = SigningKey(bytes.fromhex(credentials.secret))
        self._journal = TillJournal(credentials.till, ids=Uuid7().new)
        self._dice = random.Random(f"{SEED}{credentials.till}")

    def want(self, orders: list[str]) -> list[str]:
        """Return the orders that were granted and handed over."""
        mine = self._dice.sample(orders, len(orders))
        won = []
        for order_id in mine:
            if fence := self._claim(order_id):
                self._hand_over(order_id, fence)
                won.append(order_id)
        self._push(len(won))
        return won

    def _claim(self, order_id: str) -> int:
        request = ClaimRequest(
            op_id=f"{self._credentials.till}-{order_id}", kind=ClaimKind.PICKUP, key=order_id
        )
        said = self._client.claim(request)
        if self._dice.randrange(LOST_IN) == 0:
            again = self._client.claim(request)
            if said.state is ClaimState.GRANTED and again != said:
                raise RuntimeError(f"{order_id}: {again} after {said}")
        return said.fence if said.state is ClaimState.GRANTED else 0

    def _hand_over(self, order_id: str, fence: int) -> None:
        event = OrderHandedOver(
            order_id,
            "ana",
            (LineDelivered(1, 1_000, 0),),
            (ParcelInHand(1, 1),),
            Identity(IdentityMethod.SIGNED_CODE),
            assignment_epoch=1,
            fence=fence,
        )
        self._journal.append(kind_of(event), event_body(event))

    def _push(self, count: int) -> None:
        if not count:
            return
        facts = [
            replace(fact, signature=self._key.sign(Purpose.FACT, fact.hash.encode("ascii")))
            for fact in self._journal.facts[-count:]
        ]
        http = self._credentials.open(self._url, deadline_s=30.0)
        try:
            answer = http.send(
                "POST",
                f"/v1/tills/{self._credentials.till}/ops",
                json.dumps(push_of(facts)).encode(),
            )
        finally:
            http.close()
        said = json.loads(answer.body)
        if any(
            result["outcome"] != "applied" for result in said.get("results", [{"outcome": ""}])
        ):
            raise RuntimeError(answer.body[:500].decode())


def main() -> None:
    """Be a till: what it is comes first, then stretches of orders, answered by those it won."""
    hub_url, till, secret, hub_key = json.loads(sys.stdin.readline())
    racer = _Till(hub_url, Credentials(till, secret, hub_key))
    for line in sys.stdin:
        sys.stdout.write(json.dumps(racer.want(json.loads(line))) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
