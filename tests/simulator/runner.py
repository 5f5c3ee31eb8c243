"""Runs seeds, one world each, and says of a failing one how to see it fail again."""

from __future__ import annotations

import gc
import hashlib
import logging
import multiprocessing
import re
import shutil
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from pos.store.outbox import AgentStore
from sync.hub.tables import inbox
from tests.simulator.asgi import reading_types_once, without_threads
from tests.simulator.crashes import AGENT, HUB, TILL
from tests.simulator.laws import broken_laws
from tests.simulator.network import WEATHER
from tests.simulator.plan import HUB_EVENTS, TILL_MISHAPS, Event, Size, plan
from tests.simulator.shrink import shrink
from tests.simulator.template import make_template
from tests.simulator.world import World

MEMORY = Path("/dev/shm")
YOUNG_OBJECTS = 500_000  # collecting more often took a tenth of the time
SHRINKING_S = 90.0
USUAL = Size()
OF_THE_CLOCK = re.compile(r'"catalogue_generation":\d+|"hash":"\w+"')
ALL_FACTS = 2**31
FACTS = "facts at the hub"


@dataclass
class Outcome:
    """What came of one seed; no faults means that every promise was kept."""

    seed: int
    faults: list[str]
    done: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


class Simulator:
    """Makes worlds from one template and lets them run."""

    def __init__(self, folder: Path, size: Size) -> None:
        self._folder = folder
        self._size = size
        self._template = make_template(folder, size)

    def run(self, seed: int) -> Outcome:
        """Run the world of a seed."""
        started = time.perf_counter()
        outcome = self.run_events(seed, plan(seed, self._size))
        outcome.seconds = time.perf_counter() - started
        return outcome

    def run_events(self, seed: int, events: Sequence[Event]) -> Outcome:
        """Run the world of a seed, with only those of its events."""
        folder = self._folder / f"seed-{seed}"
        world: World | None = None
        try:
            world = World(self._template, folder, self._size)
            world.run(events)
            world.heal()
            return Outcome(seed, list(broken_laws(world)), _counts(world))
        except Exception:  # noqa: BLE001 - whatever the product did not expect is a fault
            faults = [traceback.format_exc(limit=-8)]
            return Outcome(seed, faults, _counts(world) if world else Counter())
        finally:
            if world is not None:
                world.end()
            shutil.rmtree(folder, ignore_errors=True)

    def heads(self, seed: int) -> dict[str, str]:
        """Run the world of a seed; return a hash of all that each till's facts say.

        Left out are the numbers of catalogues and with them the hashes: they follow the clock
        of the hub's database, which is the machine's own, so that none is given out twice.
        """
        folder = self._folder / f"heads-{seed}"
        world = World(self._template, folder, self._size)
        try:
            world.run(plan(seed, self._size))
            return {each.till: _said(each.agent_store) for each in world.tills}
        finally:
            world.end()
            shutil.rmtree(folder)

    def shortest_failure(self, seed: int) -> list[Event]:
        """Return few events of a failing seed that still fail."""

        def fails(events: Sequence[Event]) -> bool:
            return bool(self.run_events(seed, events).faults)

        return shrink(plan(seed, self._size), fails, patience_s=SHRINKING_S)


def _said(store: AgentStore) -> str:
    digest = hashlib.sha256()
    last_epoch, _ = store.head()
    for epoch in range(1, last_epoch + 1):
        for fact in store.facts_from(epoch, 1, ALL_FACTS, ALL_FACTS):
            said = OF_THE_CLOCK.sub("", fact.body_json)
            digest.update(f"{epoch}/{fact.seq}/{fact.kind}/{fact.occurred_at_ms}/{said}".encode())
    return digest.hexdigest()


def run(seeds: range, *, jobs: int = 1, size: Size = USUAL) -> Iterator[Outcome]:
    """Run the worlds of seeds, in `jobs` processes, and yield what came of each as it ends."""
    with quiet():
        if jobs == 1:
            yield from _run_some(size, seeds)
            return
        portions = [seeds[start::jobs] for start in range(jobs)]
        context = multiprocessing.get_context("spawn")
        outcomes: multiprocessing.SimpleQueue[Outcome | None] = context.SimpleQueue()
        workers = [
            context.Process(target=_work, args=(size, portion, outcomes)) for portion in portions
        ]
        for worker in workers:
            worker.start()
        ended = 0
        while ended < len(workers):
            outcome = outcomes.get()
            if outcome is None:
                ended += 1
            else:
                yield outcome
        for worker in workers:
            worker.join()


def replay(seed: int, size: Size = USUAL) -> tuple[Outcome, list[Event]]:
    """Run one seed; return what came of it, and the few events it takes when it fails."""
    with quiet(), simulator(size) as made:
        outcome = made.run(seed)
        return outcome, made.shortest_failure(seed) if outcome.faults else []


@contextmanager
def simulator(size: Size) -> Iterator[Simulator]:
    """Yield a simulator with a folder in memory, where there is one."""
    memory = MEMORY if MEMORY.is_dir() else None
    before = gc.get_threshold()
    with (
        tempfile.TemporaryDirectory(prefix="mostrador-r5-", dir=memory) as folder,
        without_threads(),
        reading_types_once(),
    ):
        made = Simulator(Path(folder), size)
        gc.freeze()
        gc.set_threshold(YOUNG_OBJECTS)
        try:
            yield made
        finally:
            gc.set_threshold(*before)
            gc.unfreeze()


def _run_some(size: Size, seeds: Iterable[int]) -> Iterator[Outcome]:
    with simulator(size) as made:
        yield from map(made.run, seeds)


def _work(size: Size, seeds: range, outcomes: multiprocessing.SimpleQueue[Outcome | None]) -> None:
    """Run a portion of the seeds in a process of its own."""
    try:
        with quiet():
            for outcome in _run_some(size, seeds):
                outcomes.put(outcome)
    finally:
        outcomes.put(None)


@contextmanager
def quiet() -> Iterator[None]:
    """Keep the product's log out: it tells of every fault that was made on purpose."""
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)


def _counts(world: World) -> Counter[str]:
    network = {f"network {name}": count for name, count in world.network.seen.items()}
    with world.hub.database.reading() as connection:
        facts = connection.scalar(select(func.count()).select_from(inbox)) or 0
    seen = {"hub killed": world.hub.deaths, "hub restored": world.hub.restores, FACTS: facts}
    return world.done + Counter(network) + Counter(seen)


def never_happened(done: Counter[str]) -> list[str]:
    """Return the kinds of faults that no world of a run met, by what happened in all of them."""
    weather = {f"network {fate}" for rates in WEATHER.values() for fate in rates}
    deaths = {f"{program} killed" for program in (TILL, AGENT, HUB)}
    kinds = {*TILL_MISHAPS, *HUB_EVENTS, *weather, *deaths, "restored", "hub restored"}
    return sorted(kind for kind in kinds if not done[kind])
