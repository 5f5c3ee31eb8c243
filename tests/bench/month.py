"""A till that was without its hub for a month brings everything, and both agree on every day."""

from __future__ import annotations

import time

from pos.store.data_folder import DataFolder
from sync.agent.hub import Hub
from sync.credentials import load_credentials
from sync.wire.v1.tills import Comparison
from tests.bench import shop
from tests.bench.draining import Drained, Offline, drain, offline
from tests.bench.measures import Context
from tests.bench.report import Row

DAYS = 30
DEADLINE_S = 60.0


def measure(context: Context) -> list[Row]:
    """Drain thirty business days and compare each of them."""
    a_day = context.of(1_000, 20)
    sales = DAYS * a_day
    with offline(sales, a_day=a_day) as till:
        found = drain(till, sales)
        agreed, own_ms, hub_ms = _compare(till)
    how = (
        f"{sales:,} sales of two to six lines on {DAYS} business days in the outbox,"
        f" {sales / found.slowest_s:,.0f} sales/s, a ten-line sale every now and then beside it."
        f" Afterwards {agreed} days compared with the hub: the sums took the till {own_ms:.0f} ms,"
        f" question and answer {hub_ms:.0f} ms."
    )
    return [_row(found, agreed, how, sales)]


def _row(found: Drained, agreed: int, how: str, sales: int) -> Row:
    name = f"a month without the hub: {sales:,} sales, PostgreSQL"
    goal = "all of it there, every day agrees"
    return found.row(name, goal, (how,), reached=agreed >= DAYS)


def _compare(till: Offline) -> tuple[int, float, float]:
    """Return how many days agree, and what their sums and the comparison took, in ms.

    Raises:
        RuntimeError: Till and hub do not hold the same.
    """
    begun = time.perf_counter()
    own = till.store.agreement(1, 0)
    own_ms = (time.perf_counter() - begun) * 1000
    if own is None:
        raise RuntimeError("something waits still")
    http = load_credentials(DataFolder(till.data)).open(till.hub, deadline_s=DEADLINE_S)
    hub = Hub(http, till=till.store.till, shop=shop.SHOP)
    begun = time.perf_counter()
    answer = hub.compare(own)
    hub_ms = (time.perf_counter() - begun) * 1000
    http.close()
    if answer.comparison is not Comparison.AGREES:
        raise RuntimeError(f"till and hub differ: {answer.comparison.value}")
    return len(own.days), own_ms, hub_ms
