"""A till catches up after an outage while it goes on selling.

3,000 sales wait in the outbox. The agent is started beside a hub on PostgreSQL; meanwhile this
process records ten-line sales through the services and times each, as it did before.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from pos.services.workstation import SignOn
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.bench import shop
from tests.bench.catalogue import figures
from tests.bench.cpu import AGENT, HUB, POSTGRES, Meter, server_of, told
from tests.bench.history import SALES_A_DAY, add_history
from tests.bench.measures import Context
from tests.bench.processes import running_agent, running_hub
from tests.bench.report import Row, spread
from tests.bench.selling import sell_ten_lines, signed_on
from tests.bench.store import LINES
from tests.postgres import Cluster, create_database, running_cluster

MOST_S = 5
MOST_RATIO = 1.1
BETWEEN_S = 0.03  # far more often than a counter sells
LONGEST_S = 900
BEFORE_S = 6.0
AFTER_S = 10.0


@dataclass(slots=True)
class Offline:
    """A till with sales that wait, signed on, and the hub it has not reached yet."""

    cluster: Cluster
    hub: str
    hub_process: psutil.Process
    data: Path
    store: AgentStore
    sign_on: SignOn


@dataclass(slots=True)
class Drained:
    """How it went: sale latencies in ms, the agent's memory in MB, µs of a core for each sale."""

    took_s: float
    before: dict[str, float]
    meanwhile: dict[str, float]
    agent_mb: float
    micros: dict[str, float] = field(default_factory=dict)

    @property
    def ratios(self) -> tuple[float, float]:
        """p50 and p99 of a sale meanwhile as parts of those before."""
        return (
            self.meanwhile["p50"] / self.before["p50"],
            self.meanwhile["p99"] / self.before["p99"],
        )

    def row(self, name: str, goal: str, notes: tuple[str, ...], *, reached: bool) -> Row:
        """Return the line of the table."""
        p50, p99 = self.ratios
        beside = (
            f"Sales before: {spread(self.before)}. Processor time for each sale: "
            f"{told(self.micros)}; memory of the agent: at most {self.agent_mb:.0f} MB."
        )
        return Row(
            name,
            goal,
            f"{self.took_s:.1f} s; sales meanwhile {spread(self.meanwhile)}",
            f"sales before {spread(self.before, 'p50', 'p99')}",
            f"p50 × {p50:.2f}, p99 × {p99:.2f}",
            reached,
            (*notes, beside),
        )


def measure(context: Context) -> list[Row]:
    """Sell, let the agent catch up, and sell on meanwhile."""
    sales = context.of(3_000, 300)
    with offline(sales, lines=LINES) as till:
        found = drain(till, sales)
    how = (
        "From the agent being ready to the last of the waiting sales acknowledged, a ten-line"
        f" sale recorded {BETWEEN_S * 1000:.0f} ms after each beside it; agent, hub, PostgreSQL"
        " and till share the machine."
    )
    is_reached = found.took_s <= MOST_S and max(found.ratios) <= MOST_RATIO
    goal = f"≤ {MOST_S} s, sale latency unchanged within 10 %"
    name = f"drain of {sales:,} sales while selling"
    return [found.row(name, goal, (how,), reached=is_reached)]


@contextmanager
def offline(
    sales: int, *, lines: int | None = None, a_day: int = SALES_A_DAY
) -> Iterator[Offline]:
    """Yield a till that sold without a hub, beside a hub on PostgreSQL that knows nothing yet."""
    with ExitStack() as open_:
        cluster = open_.enter_context(running_cluster())
        name = open_.enter_context(tempfile.TemporaryDirectory(dir=shop.cache()))
        database = cluster.url(create_database(cluster))
        shop.seed_hub(database, None)
        before = {each.pid for each in psutil.Process().children()}
        hub = open_.enter_context(running_hub(database))
        data = Path(name) / "till"
        shop.enrol_till(data, hub, database)
        add_history(data, sales, lines=lines, is_sent=False, a_day=a_day)
        folder = DataFolder(data)
        key = load_key(folder)
        store = open_.enter_context(closing(TillStore(folder.database, key=key)))
        agent_store = open_.enter_context(closing(AgentStore(folder.database, key=key)))
        (process,) = [each for each in psutil.Process().children() if each.pid not in before]
        yield Offline(cluster, hub, process, data, agent_store, signed_on(store, data))


def drain(till: Offline, sales: int) -> Drained:
    """Sell for a while, start the agent, and sell on until the hub has what waited."""
    before = _sell_until(till.sign_on, BEFORE_S)
    waiting = till.store.head()[1].seq
    with running_agent(till.data) as started:
        agent = psutil.Process(started.pid)
        while not DataFolder(till.data).agent_socket.exists():
            time.sleep(0.005)
        parts = {HUB: [till.hub_process], AGENT: [agent], POSTGRES: server_of(till.cluster)}
        meter = Meter(parts)
        begun = time.perf_counter()
        most_mb = 0.0

        def is_drained() -> bool:
            nonlocal most_mb
            most_mb = max(most_mb, agent.memory_info().rss / 2**20)
            ack = till.store.last_ack(1)
            return ack is not None and ack.through_seq >= waiting

        meanwhile = _sell_until(till.sign_on, LONGEST_S, is_drained)
        took_s = time.perf_counter() - begun
        micros = meter.per(sales + len(meanwhile))
        _sell_until(till.sign_on, AFTER_S, lambda: not till.store.queue_state().queued, sell=False)
    if till.store.queue_state().queued:
        raise RuntimeError("not everything was sent")
    return Drained(took_s, figures(before), figures(meanwhile), most_mb, micros)


def _sell_until(
    sign_on: SignOn,
    longest_s: float,
    is_done: Callable[[], bool] = lambda: False,
    *,
    sell: bool = True,
) -> list[float]:
    """Sell until something is so, or for a while; return how long each sale took, in ms."""
    found = []
    ends = time.perf_counter() + longest_s
    while time.perf_counter() < ends and not is_done():
        if sell:
            found.append(sell_ten_lines(sign_on))
        time.sleep(BETWEEN_S)
    return found
