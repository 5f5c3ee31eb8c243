"""What each rig does, how much of it, and in how many shares."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from tests.faults import clocks, contract, crowds, disk, disks, network, power, tracing, victims
from tests.faults.kill_sync import (
    Upstairs,
    agent_points,
    hub_points,
    kill_agent_at,
    kill_hub_at,
    upstairs,
)
from tests.faults.kill_till import Bench, Point, bench, kill_at, points_of, sample
from tests.faults.shop_floor import drop_template
from tests.faults.syncing import TILLS_OF_A_HUB, running_hub
from tests.faults.tally import Tally
from tests.postgres import create_database, running_cluster
from tests.simulator.real import compare
from tests.simulator.runner import never_happened
from tests.simulator.runner import run as worlds_of

Item = TypeVar("Item")
Kill = Callable[[], None]

CHECKPOINTING = victims.Setting(checkpoint_pages=20)
HAMMERED_S = 60.0
ENOUGH_WORLDS = 200  # in so many every kind of fault happens, the rarest some twenty times
SAID_EVERY = 50


@dataclass(frozen=True, slots=True)
class Plan:
    """How much of a rig to do.

    Attributes:
        points: How many faults, 0 for all there are or for the rig's own measure.
        share: Which part of `shares` this process does.
    """

    points: int = 0
    seed: int = 1
    share: int = 0
    shares: int = 1

    def mine(self, items: Sequence[Item]) -> list[Item]:
        """Return this share of the items."""
        return list(items[self.share :: self.shares])

    def count(self, usual: int) -> int:
        """Return how many faults this share does, where any number is possible."""
        return -(-(self.points or usual) // self.shares)


def run_r1(plan: Plan) -> Tally:
    """Kill till, agent and hub at their system calls."""
    tally = Tally("R1", skipped=tracing.missing_tool())
    if tally.skipped:
        return tally
    with ExitStack() as stack:
        root = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mostrador-kill-")))
        here = _Everywhere(root, stack)
        chosen = here.points()
        wanted = sample(chosen, plan.points or len(chosen), plan.seed)
        mine = plan.mine(sorted(wanted, key=lambda point: (point.where, point.call, point.when)))
        for point in mine:
            here.kill(point, tally)
            _say_how_far(tally, len(mine))
    return tally.finished()


class _Everywhere:
    """The places where processes are killed, each with its hub."""

    def __init__(self, root: Path, stack: ExitStack) -> None:
        self._root = root
        self._stack = stack
        self._benches: dict[str, Bench] = {}
        self._floors: dict[str, Upstairs] = {}
        self._cluster = stack.enter_context(running_cluster())

    def points(self) -> list[Point]:
        """Return every point there is."""
        counter = self._bench("till")
        found = {
            "till": points_of(counter.root),
            "till with checkpoints": points_of(counter.root, CHECKPOINTING),
        }
        for name in ("sqlite", "postgresql"):
            floor = self._floor(name)
            found[f"agent, {name}"] = agent_points(floor)
            found[f"hub, {name}"] = hub_points(floor)
        return [replace(point, where=where) for where in found for point in found[where]]

    def kill(self, point: Point, tally: Tally) -> None:
        """Kill at a point."""
        what, _, name = point.where.partition(", ")
        if what == "agent":
            kill_agent_at(self._floor(name), point, tally)
        elif what == "hub":
            kill_hub_at(self._floor(name), point, tally)
        else:
            setting = CHECKPOINTING if what != "till" else victims.AS_IT_IS
            kill_at(self._bench("till"), point, tally, setting)

    def _bench(self, name: str) -> Bench:
        found = self._benches.get(name)
        if found is None or found.hub.known >= TILLS_OF_A_HUB:
            found = self._stack.enter_context(bench(self._folder()))
            self._benches[name] = found
        return found

    def _floor(self, name: str) -> Upstairs:
        found = self._floors.get(name)
        if found is None or found.hub.known >= TILLS_OF_A_HUB:
            folder = self._folder()
            url = f"sqlite:///{folder / 'hub.db'}"
            if name == "postgresql":
                url = self._cluster.url(create_database(self._cluster))
            found = self._stack.enter_context(upstairs(folder, url))
            self._floors[name] = found
        return found

    def _folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self._root))


def run_r2(plan: Plan) -> Tally:
    """Cut the power."""
    tally = Tally("R2", skipped=disks.missing_tool())
    if tally.skipped:
        return tally
    left = plan.count(280)
    dice = random.Random(f"{plan.seed}/{plan.share}")
    while left > 0:
        for run in power.RUNS:
            cuts = min(left, 35)
            power.cut(run, cuts, dice.randrange(1_000_000), tally)
            left -= cuts
            if left <= 0:
                break
    return tally.finished()


def run_r3(plan: Plan) -> Tally:
    """Let the disk fail."""
    tally = Tally("R3", skipped=tracing.missing_tool())
    if tally.skipped:
        return tally
    with tempfile.TemporaryDirectory(prefix="mostrador-disk-") as name:
        root = Path(name)
        faults = disk.sample(disk.faults_of(root), plan.points or 900, plan.seed)
        mine = plan.mine(faults)
        for fault in mine:
            disk.fail_at(root, fault, tally)
            _say_how_far(tally, len(mine))
    return tally.finished()


def run_r4(plan: Plan) -> Tally:
    """Play every trick on the network."""
    tally = Tally("R4")
    for name, url in _databases(plan):
        with tempfile.TemporaryDirectory(prefix="mostrador-network-") as folder:
            with network.line(Path(folder), url) as between:
                network.every_trick(between, tally)
                network.every_cut(between, tally)
                network.storms(between, tally, plan.seed, plan.points or 300)
            tally.remarks[f"all of it on {name}"] += 1
    return tally.finished()


def run_r5(plan: Plan) -> Tally:
    """Let a month of bad luck pass in simulated shops, then do such acts with real processes."""
    tally = Tally("R5")
    first, worlds = plan.seed * 1_000_000, plan.points or 1_000
    seeds = range(first + plan.share, first + worlds, plan.shares)
    for outcome in worlds_of(seeds):
        tally.add("a month of two shops", outcome.faults, where=f"--seed {outcome.seed}")
        tally.remarks += outcome.done
        _say_how_far(tally, len(seeds))
    if worlds >= ENOUGH_WORLDS:
        never = never_happened(tally.remarks)
        tally.violations += [f"{kind} never happened in {len(seeds)} worlds" for kind in never]
    with running_cluster() as cluster:
        real = max(1, worlds // 20)
        for seed in range(first + plan.share, first + real, plan.shares):
            differing = compare(seed, cluster.url(create_database(cluster)))
            tally.add("the same acts for real", differing, where=f"seed {seed}")
    return tally.finished()


def run_r9(plan: Plan) -> Tally:
    """Put every clock wrong."""
    tally = Tally("R9")
    seeds = range(plan.seed, plan.seed + (plan.points or 20))
    names = [] if clocks.missing_tool() else plan.mine(sorted(clocks.MOMENTS))
    if not names and clocks.missing_tool():
        tally.missed[f"real processes: {clocks.missing_tool()} is missing"] += 1
    for _, url in _databases(plan):
        with (
            tempfile.TemporaryDirectory(prefix="mostrador-clock-") as folder,
            running_hub(url) as hub,
        ):
            clocks.every_clock(Path(folder), hub, tally, seeds)
            clocks.real_processes(Path(folder), hub, tally, names)
    return tally.finished()


def run_r10(plan: Plan) -> Tally:
    """Call the hub by its own description, crowd it, and hammer a till's file."""
    tally = Tally("R10")
    for _, url in _databases(plan):
        with tempfile.TemporaryDirectory(prefix="mostrador-hub-") as folder:
            root = Path(folder)
            with upstairs(root, url) as here:
                caller = contract.strangers(root, here.hub)
                examples = plan.points or 60
                contract.every_operation(caller, tally, examples=examples, seed_=plan.seed)
                crowds.identical_pushes(here, tally)
            pages = plan.share % 2
            crowds.hammer(root, tally, HAMMERED_S, checkpoint_pages=pages)
    return tally.finished()


def _say_how_far(tally: Tally, points: int) -> None:
    """Say now and then how far a long run has come, on standard error."""
    if tally.total % SAID_EVERY == 0:
        found = len(tally.violations)
        print(f"{tally.rig} {tally.total} of {points}, {found} violations", file=sys.stderr)
        for violation in tally.violations[-3:]:
            print(f"  {violation[:300]}", file=sys.stderr, flush=True)


@contextmanager
def _database(name: str) -> Iterator[str]:
    if name == "postgresql":
        with running_cluster() as cluster:
            yield cluster.url(create_database(cluster))
    else:
        with tempfile.TemporaryDirectory(prefix="mostrador-hub-") as folder:
            yield f"sqlite:///{Path(folder) / 'hub.db'}"


def _databases(plan: Plan) -> Iterator[tuple[str, str]]:
    """Yield the databases of this share: one each when there are two shares."""
    for name in plan.mine(["sqlite", "postgresql"]):
        with _database(name) as url:
            yield name, url


RIGS: dict[str, Callable[[Plan], Tally]] = {
    "R1": run_r1,
    "R2": run_r2,
    "R3": run_r3,
    "R4": run_r4,
    "R5": run_r5,
    "R9": run_r9,
    "R10": run_r10,
}


def run(name: str, plan: Plan) -> Tally:
    """Do one share of a rig."""
    try:
        return RIGS[name](plan)
    finally:
        drop_template()
