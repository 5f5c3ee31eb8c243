"""R4: between till and hub everything happens to requests and answers that can.

Nothing is marked that was not verified, and in the end the hub has every fact once.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos.store.data_folder import DataFolder
from pos.store.outbox import AgentStore
from sync.agent.pushing import Pushing
from sync.protocol.link import Link
from tests.faults.oracle import acknowledged_lost, hub_violations
from tests.faults.proxy import ChaosProxy, Trick, chaos_proxy, honest
from tests.faults.shift import Counter
from tests.faults.shop_floor import PRODUCTS, open_at
from tests.faults.syncing import (
    LONGEST_PAUSE_MS,
    AgentClock,
    RunningHub,
    drain,
    known_till,
    pusher,
    running_hub,
)
from tests.faults.tally import Tally
from tests.faults.tricks import DISHONEST, HONEST, cut_after, storm

DEADLINE_S = 0.4  # of a push, so that a slow line is given up soon


@dataclass
class Line:
    """A till, its hub, the proxy between them, and what pushes."""

    folder: DataFolder
    hub: RunningHub
    proxy: ChaosProxy
    pushing: Pushing
    store: AgentStore
    clock: AgentClock

    def push(self, trick: Trick) -> int:
        """Push what waits through a trick; return how many facts were marked."""
        waiting = self.store.queue_state().queued
        self.proxy.trick = trick
        self.clock.waited_ms += LONGEST_PAUSE_MS
        self.pushing.step(Link(0))
        return waiting - self.store.queue_state().queued

    def sell(self) -> None:
        """Sell once more, so that something waits."""
        till, sign_on = open_at(self.folder)
        try:
            counter = Counter(till, sign_on, _tell)
            if sign_on.session is None:
                counter.open()
            counter.cash_sale(PRODUCTS[:2])
        finally:
            till.close()

    def violations(self) -> list[str]:
        """Let everything arrive over a good line and return where till and hub disagree."""
        self.proxy.trick = honest
        drain(self.folder, self.hub.url)
        return hub_violations(self.folder, self.hub.database)


@contextmanager
def line(root: Path, database_url: str) -> Iterator[Line]:
    """Put a proxy between a till and its hub."""
    with running_hub(database_url) as hub, chaos_proxy(hub.url) as proxy:
        folder = known_till(root / "till", hub)
        with pusher(folder, proxy.url, deadline_s=DEADLINE_S) as (pushing, store, clock):
            made = Line(folder, hub, proxy, pushing, store, clock)
            made.sell()
            yield made
        shutil.rmtree(folder.root)


def every_trick(between: Line, tally: Tally) -> None:
    """Play each trick alone, and twice in a row."""
    for name, trick in DISHONEST.items():
        between.sell()
        marked = between.push(trick) + between.push(trick)
        found = [f"{marked} facts were marked without a verified answer"] if marked else []
        found += acknowledged_lost(between.folder, between.hub.database)
        tally.add(name, found + between.violations())
    for name, trick in HONEST.items():
        between.sell()
        between.push(trick)
        tally.add(name, between.violations())


def every_cut(between: Line, tally: Tally, *, every: int = 1) -> None:
    """Cut an answer after every byte of it; the last cut leaves it whole."""
    between.sell()
    between.push(honest)
    between.sell()
    whole = len(between.proxy.answers[-1])
    for count in range(0, whole + 400, every):
        marked = between.push(cut_after(count, with_reset=count % 2 == 1))
        lost = acknowledged_lost(between.folder, between.hub.database)
        if marked:
            length = len(between.proxy.answers[-1])
            early = [f"marked after {count} of {length} bytes"] if count < length else []
            tally.add("answer cut", early + lost)
            break
        tally.add("answer cut", lost)
    else:
        tally.violations.append("a whole answer was never believed")
    tally.violations += between.violations()


def storms(between: Line, tally: Tally, seed: int, exchanges: int) -> None:
    """Sell and push through tricks by chance."""
    dice = random.Random(seed)
    for _ in range(exchanges):
        if between.store.queue_state().queued < 20:
            between.sell()
        between.push(storm(dice))
        lost = acknowledged_lost(between.folder, between.hub.database)
        tally.add("storm", lost, where=f"seed {seed}")
    tally.violations += between.violations()


def _tell(what: str, **said: object) -> None:
    """Say nothing."""
