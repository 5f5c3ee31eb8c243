"""A till catches up after an outage while it goes on selling.

3,000 sales wait in the outbox. The agent is started beside a hub on PostgreSQL; meanwhile this
process records ten-line sales through the services and times each, as it did before.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from pos.services.workstation import SignOn
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.bench import shop
from tests.bench.catalogue import figures
from tests.bench.history import add_history
from tests.bench.measures import Context
from tests.bench.processes import running_agent, running_hub
from tests.bench.report import Row, spread
from tests.bench.selling import sell_ten_lines, signed_on
from tests.bench.store import LINES
from tests.postgres import create_database, running_cluster

MOST_S = 5
BETWEEN_S = 0.05  # far more often than a counter sells
LONGEST_S = 300
BEFORE = 60


def measure(context: Context) -> list[Row]:
    """Sell, let the agent catch up, and sell on meanwhile."""
    sales = context.of(3_000, 300)
    with running_cluster() as cluster, tempfile.TemporaryDirectory(dir=shop.cache()) as name:
        database = cluster.url(create_database(cluster))
        shop.seed_hub(database, None)
        with running_hub(database) as hub:
            data = Path(name) / "till"
            shop.enrol_till(data, hub, database)
            add_history(data, sales, lines=LINES, is_sent=False)
            before, meanwhile, took_s = _drain(data, sales)
    quiet, busy = figures(before), figures(meanwhile)
    how = (
        "From the agent being ready to the last of the waiting sales acknowledged, a ten-line"
        f" sale recorded every {BETWEEN_S * 1000:.0f} ms beside it; agent, hub, PostgreSQL and"
        f" till share the machine. Sales before: {spread(quiet)}."
    )
    return [
        Row(
            f"drain of {sales:,} sales while selling",
            f"≤ {MOST_S} s, sale latency unchanged",
            f"{took_s:.1f} s; sales meanwhile {spread(busy)}",
            f"sales before {spread(quiet, 'p50', 'p99')}",
            f"{busy['p50'] / quiet['p50']:.1f} × p50",
            took_s <= MOST_S and busy["p99"] <= 10,
            (how,),
        )
    ]


def _drain(data: Path, sales: int) -> tuple[list[float], list[float], float]:
    folder = DataFolder(data)
    key = load_key(folder)
    with (
        closing(TillStore(folder.database, key=key)) as store,
        closing(AgentStore(folder.database, key=key)) as agent_store,
    ):
        sign_on = signed_on(store, data)
        before = _sell_until(sign_on, BEFORE * BETWEEN_S)
        with running_agent(data):
            while not folder.agent_socket.exists():
                time.sleep(0.005)
            begun = time.perf_counter()

            def is_drained() -> bool:
                ack = agent_store.last_ack(1)
                return ack is not None and ack.through_seq >= sales

            meanwhile = _sell_until(sign_on, LONGEST_S, is_drained)
            took_s = time.perf_counter() - begun
    return before, meanwhile, took_s


def _sell_until(
    sign_on: SignOn, longest_s: float, is_done: Callable[[], bool] = lambda: False
) -> list[float]:
    """Sell until something is so, or for a while; return how long each sale took."""
    found = []
    ends = time.perf_counter() + longest_s
    while time.perf_counter() < ends and not is_done():
        found.append(sell_ten_lines(sign_on))
        time.sleep(BETWEEN_S)
    return found
