"""R1 at the agent and at the hub: killed before any of their system calls while facts go up.

Whatever the till believes to be at the hub is there, and in the end every fact is, once.
"""

from __future__ import annotations

import contextlib
import csv
import os
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pos.domain.errors import StoreUnavailable
from pos.store.catalogue_schema import current_file
from pos.store.catalogue_source import CatalogueSource
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from sync.hub.publishing.catalogue_import import import_catalogue
from tests.builders import KEY
from tests.faults import victims
from tests.faults.kill_till import CALLS, Point
from tests.faults.oracle import Ear, acknowledged_lost, hub_violations, till_violations
from tests.faults.shift import Counter
from tests.faults.shop_floor import CURRENCY, PRODUCTS, open_at, point_to
from tests.faults.syncing import (
    RunningHub,
    drain,
    hub_process,
    known_till,
    running_hub,
)
from tests.faults.tally import Tally
from tests.faults.tracing import KILLED, Victim, counted, inject

DRAINS_WITHIN_S = 20.0
SETTLES_S = 0.02


@dataclass
class Upstairs:
    """A healthy hub on a database, beside which another may be killed."""

    root: Path
    database_url: str
    hub: RunningHub


@contextmanager
def upstairs(root: Path, database_url: str, mutation: str = "") -> Iterator[Upstairs]:
    """Run a hub with a small catalogue."""
    with running_hub(database_url, mutation) as hub:
        prices = root / "prices.csv"
        with prices.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["gtin", "name", "price"])
            for item in PRODUCTS:
                writer.writerow([item.sku, item.name, f"{item.price.minor / 100:.2f}"])
        for now_ms in (1, 2):  # the tills have the first generation already
            import_catalogue(hub.database.engine, prices, currency=CURRENCY, now_ms=now_ms)
        yield Upstairs(root, database_url, hub)


def till_with_a_day(here: Upstairs) -> tuple[DataFolder, Ear]:
    """Return a till that worked a whole shift and told nobody yet."""
    folder = known_till(here.root / f"till-{here.hub.known}", here.hub)
    ear = Ear()
    till, sign_on = open_at(folder)
    try:
        Counter(
            till, sign_on, lambda what, **said: ear.lines.append({"told": what, **said})
        ).work()
    finally:
        till.close()
    return folder, ear


# -- the agent


def agent_points(here: Upstairs) -> list[Point]:
    """Let an agent do all it has to, and return every point at which it can be killed."""
    folder, _ = till_with_a_day(here)
    log = here.root / "agent.log"
    with Victim(victims.serve_agent, str(folder.root), "", is_telling=False) as agent:
        agent.trace("-e", f"trace={','.join(CALLS)}", log=log)
        agent.start()
        _serve_and_end(agent, folder)
    shutil.rmtree(folder.root)
    return _points(log)


def kill_agent_at(here: Upstairs, point: Point, tally: Tally, *, mutation: str = "") -> None:
    """Kill the agent at a point, let another finish its work, and check."""
    folder, ear = till_with_a_day(here)
    with Victim(victims.serve_agent, str(folder.root), mutation, is_telling=False) as agent:
        agent.trace(*inject(point.call, "signal=KILL", point.when))
        agent.start()
        _serve_and_end(agent, folder)
        end = agent.wait(0)
    what = f"agent {point.call}"
    if end == KILLED:
        found = acknowledged_lost(folder, here.hub.database)
        found += _catalogue_violations(folder)
        drain(folder, here.hub.url)
        found += hub_violations(folder, here.hub.database) + till_violations(folder, ear)
        tally.add(what, found, where=f"#{point.when}")
    else:
        tally.missed[what] += 1
    shutil.rmtree(folder.root)


def _serve_and_end(agent: Victim, folder: DataFolder) -> None:
    """Wait until an agent is dead, or has done everything and was told to end."""
    with closing(AgentStore(folder.database, key=load_key(folder) or KEY)) as store:

        def has_done_all() -> bool:
            found = current_file(folder.catalogue)
            is_new = found is not None and found.name != first
            is_noted = folder.epoch_marker.exists()  # the last thing an agent does at first
            return is_new and is_noted and not store.queue_state().queued

        before = current_file(folder.catalogue)
        first = before.name if before else ""
        _wait(lambda: agent.wait(0) is not None or has_done_all())
    if agent.wait(0) is None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(agent.pid, signal.SIGTERM)
        agent.wait(DRAINS_WITHIN_S)


def _catalogue_violations(folder: DataFolder) -> list[str]:
    """A catalogue is complete or absent, whenever the agent was killed."""
    try:
        shelf = CatalogueSource(folder.catalogue).current()
        missing = [item.sku for item in PRODUCTS if shelf.by_sku(item.sku) is None]
    except StoreUnavailable as error:
        return [f"the catalogue does not open: {error}"]
    return [f"the catalogue lacks {missing}"] if missing else []


# -- the hub


def hub_points(here: Upstairs) -> list[Point]:
    """Let a hub take a shift in, and return every point at which it can be killed meanwhile."""
    folder, _ = till_with_a_day(here)
    log = here.root / "hub.log"
    with hub_process(here.database_url) as (hub, url):
        hub.trace("-e", f"trace={','.join(CALLS)}", log=log)
        point_to(folder, url)
        drain(folder, url)
    shutil.rmtree(folder.root)
    return _points(log)


def kill_hub_at(here: Upstairs, point: Point, tally: Tally, *, mutation: str = "") -> None:
    """Kill a hub while it takes a shift in, send it again elsewhere, and check."""
    folder, ear = till_with_a_day(here)
    name = here.hub.database.name
    with hub_process(here.database_url, mutation) as (hub, url):
        hub.trace(*inject(point.call, "signal=KILL", point.when))
        with contextlib.suppress(TimeoutError):
            drain(folder, url, give_up=lambda: hub.wait(0) is not None)
        end = hub.wait(0.2)
    what = f"hub on {name} {point.call}"
    if end == KILLED:
        found = acknowledged_lost(folder, here.hub.database)
        drain(folder, here.hub.url)
        found += hub_violations(folder, here.hub.database) + till_violations(folder, ear)
        tally.add(what, found, where=f"#{point.when}")
    else:
        tally.missed[what] += 1
    shutil.rmtree(folder.root)


def _points(log: Path) -> list[Point]:
    return [
        Point(call, when)
        for call, most in sorted(counted(log).items())
        for when in range(1, most + 1)
    ]


def _wait(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + DRAINS_WITHIN_S
    pause = threading.Event()
    while not is_so() and time.monotonic() < deadline:
        pause.wait(SETTLES_S)
