"""R1 at the till: the shift killed before each of its system calls, picked up, and checked."""

from __future__ import annotations

import random
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import TcpPrinterServer
from pos.store.data_folder import DataFolder
from tests.faults import victims
from tests.faults.oracle import Ear, hub_violations, till_violations, unmarked_twice
from tests.faults.shop_floor import fresh_till
from tests.faults.syncing import RunningHub, drain, known_till, running_hub
from tests.faults.tally import Tally
from tests.faults.tracing import KILLED, Victim, counted, inject

CALLS = (
    "write", "pwrite64", "fsync", "fdatasync", "rename", "renameat", "renameat2", "unlink",
    "unlinkat", "ftruncate", "sendto", "recvfrom",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Point:
    """A system call and its how many-eth time in one thread, somewhere."""

    call: str
    when: int
    where: str = ""

    def __str__(self) -> str:
        return f"{self.call} #{self.when}"


@dataclass
class Bench:
    """What one worker needs around its tills."""

    root: Path
    hub: RunningHub
    printer: TcpPrinterServer
    _taken: int = 0

    def papers(self) -> list[str]:
        """Return what came out of the printer since the paper was last taken, as text."""
        printed = [receipt.text for receipt in self.printer.printer.receipts]
        taken, self._taken = self._taken, len(printed)
        return printed[taken:]


@contextmanager
def bench(root: Path) -> Iterator[Bench]:
    """Set a hub and a printer up."""
    url = f"sqlite:///{root / 'hub.db'}"
    with running_hub(url) as hub, TcpPrinterServer(EmulatedPrinter()) as printer:
        yield Bench(root, hub, printer)


def points_of(root: Path, setting: victims.Setting = victims.AS_IT_IS) -> list[Point]:
    """Work the shift once, undisturbed, and return every point at which it can be killed."""
    folder = fresh_till(root / "dry")
    log = root / "dry.log"
    with TcpPrinterServer(EmulatedPrinter()) as printer:
        served = replace(setting, port=printer.port)
        with Victim(victims.work, str(folder.root), served, is_telling=True) as victim:
            victim.trace("-e", f"trace={','.join(CALLS)}", log=log)
            victim.start()
            victim.hear(Ear())
            if victim.wait() != 0:
                raise RuntimeError("the shift does not end by itself")
    shutil.rmtree(folder.root)
    return [
        Point(call, when)
        for call, most in sorted(counted(log).items())
        for when in range(1, most + 1)
    ]


def sample(points: Sequence[Point], wanted: int, seed: int) -> list[Point]:
    """Return some of the points, of every call in turn, so that the rare ones are not missed."""
    dice = random.Random(seed)
    kinds: dict[tuple[str, str], list[Point]] = {}
    for point in dice.sample(points, len(points)):
        kinds.setdefault((point.where, point.call), []).append(point)
    chosen: list[Point] = []
    while kinds and len(chosen) < wanted:
        chosen.extend(kinds[kind].pop() for kind in sorted(kinds))
        kinds = {kind: left for kind, left in kinds.items() if left}
    return chosen[:wanted]


def kill_at(
    here: Bench, point: Point, tally: Tally, setting: victims.Setting = victims.AS_IT_IS
) -> None:
    """Kill the shift at a point, go on, close, sync, and check everything."""
    folder = known_till(here.root / f"till-{here.hub.known}", here.hub)
    ear = Ear()
    served = replace(setting, port=here.printer.port)
    with Victim(victims.work, str(folder.root), served, is_telling=True) as victim:
        victim.trace(*inject(point.call, "signal=KILL", point.when))
        victim.start()
        victim.hear(ear)
        end = victim.wait()
    what = f"till {point.call}" + (" (checkpoints)" if setting.checkpoint_pages else "")
    if end == KILLED:
        tally.add(what, _after(here, folder, ear), where=f"#{point.when}")
    else:
        tally.missed[what] += 1
    shutil.rmtree(folder.root)


def _after(here: Bench, folder: DataFolder, ear: Ear) -> list[str]:
    found = till_violations(folder, ear)
    arguments = (str(folder.root), victims.Setting(port=here.printer.port), ear.bank)
    with Victim(victims.pick_up, *arguments, is_telling=True) as victim:
        victim.start()
        victim.hear(ear)
        end = victim.wait()
    if end != 0:
        return [*found, f"the till does not go on: it ended with {end}", *ear.crashes]
    found += till_violations(folder, ear)
    drain(folder, here.hub.url)
    found += hub_violations(folder, here.hub.database)
    papers = [line["number"] for what in ("sale", "return") for line in ear.of(what)]
    return found + unmarked_twice(papers, here.papers())
