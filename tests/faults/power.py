"""R2: the power goes at any moment; what the till told before it is there when it is back.

One shift is recorded on a disk that logs every write, flush and told line in their order, and
then cut at many places; each image is mounted, opened by the till, checked and worked on.
"""

from __future__ import annotations

import os
import random
import select
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from pos.domain.errors import StoreUnavailable
from pos.store.backup import backups_in
from pos.store.catalogue_source import CatalogueSource
from pos.store.verify import verify
from tests.builders import KEY
from tests.faults import victims
from tests.faults.disks import SIZE_MIB, Cuts, RecordedDisk, after_power_cut, recorded_disk
from tests.faults.oracle import Ear, Told, till_violations
from tests.faults.shop_floor import PRODUCTS, data_folder, fresh_till
from tests.faults.tally import Tally
from tests.faults.tracing import Victim

LONGEST_S = 120.0
NO_FSYNC = ("-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:retval=0")
TILL = "till"

Check = Callable[[Path, Ear], list[str]]


@dataclass
class Recording:
    """A disk's log, and how long it was when each line was told."""

    disk: RecordedDisk
    begun: int
    told: list[tuple[int, Told]] = field(default_factory=list)

    def heard_by(self, position: int) -> Ear:
        """Return what had been told when the log was that long."""
        return Ear([line for at, line in self.told if at <= position])


@dataclass(frozen=True, slots=True)
class Run:
    """What happens on the disk.

    Attributes:
        target: The victim, which tells and waits for an answer.
        size_mib: Of the disk.
        without_fsync: Let fsync do nothing, as eatmydata does.
        check: What must hold after the cut.
    """

    name: str
    target: Callable[..., None]
    setting: victims.Setting
    check: Check
    size_mib: int = SIZE_MIB
    without_fsync: bool = False


@contextmanager
def recording(root: Path, run: Run) -> Iterator[Recording]:
    """Let a run happen on a recorded disk."""
    with recorded_disk(root, run.size_mib) as disk:
        folder = fresh_till(disk.mounted / TILL)
        os.sync()
        made = Recording(disk, disk.position)
        with Victim(run.target, str(folder.root), run.setting, is_telling=True) as victim:
            if run.without_fsync:
                victim.trace(*NO_FSYNC)
            victim.start()
            _listen(victim, made)
            if victim.wait() != 0:
                raise RuntimeError(f"{run.name} does not end by itself: {made.told[-1:]}")
    yield made


def _listen(victim: Victim, made: Recording) -> None:
    """Note where the log stands at each told line, and only then let the victim go on."""
    ear = Ear()
    while select.select([victim.told], [], [], LONGEST_S)[0]:
        data = os.read(victim.told.fileno(), 65_536)
        if not data:
            return
        known = len(ear.lines)
        ear.hear(data)
        position = made.disk.position
        for line in ear.lines[known:]:
            made.told.append((position, line))
            victim.answer()
    raise TimeoutError("the victim says nothing")


def cut(run: Run, cuts: int, seed: int, tally: Tally) -> None:
    """Record a run and cut it at that many places, by chance and right after told lines."""
    dice = random.Random(seed)
    with (
        tempfile.TemporaryDirectory(prefix="mostrador-power-") as name,
        recording(Path(name), run) as made,
    ):
        walk = Cuts(made.disk, dice)
        image = Path(name) / "cut"
        for index in _places(walk, made, cuts, dice):
            walk.write(index, image)
            ear = made.heard_by(walk.end_of(index))
            with after_power_cut(image, Path(name)) as mounted:
                found = run.check(mounted / TILL, ear)
            tally.add(run.name, found, where=f"seed {seed}, record {index}")


def _places(walk: Cuts, made: Recording, cuts: int, dice: random.Random) -> list[int]:
    """Half of the cuts fall just when something was told, where a lie would show."""
    possible = [index for index in range(len(walk)) if walk.end_of(index) > made.begun]
    told = sorted({at for at, _ in made.told})
    after = [
        index for index in possible if any(at <= walk.end_of(index) < at + 20_000 for at in told)
    ]
    chosen = set(dice.sample(after, min(cuts // 2, len(after))))
    others = [index for index in possible if index not in chosen]
    chosen.update(dice.sample(others, min(cuts - len(chosen), len(others))))
    return sorted(chosen)


def till_goes_on(root: Path, ear: Ear) -> list[str]:
    """Check a till after the cut, work on with it, and check again."""
    folder = data_folder(root)
    found = till_violations(folder, ear)
    with Victim(
        victims.pick_up, str(root), victims.Setting(), ear.bank, is_telling=True
    ) as victim:
        victim.start()
        victim.hear(ear)
        end = victim.wait()
    if end != 0:
        return [*found, f"the till does not go on: it ended with {end}", *ear.crashes]
    return found + till_violations(folder, ear)


def catalogue_is_whole(root: Path, ear: Ear) -> list[str]:
    """The catalogue is one that was given to the till, not older than what was told."""
    told = max((line["generation"] for line in ear.of("catalogue")), default=1)
    try:
        shelf = CatalogueSource(data_folder(root).catalogue).current()
        missing = [item.sku for item in PRODUCTS if shelf.by_sku(item.sku) is None]
        info = shelf.info()
    except StoreUnavailable as error:
        return [f"the catalogue does not open: {error}"]
    found = [f"the catalogue lacks {missing}"] if missing else []
    if info is None or info.generation < told:
        found.append(f"I1: told generation {told}, found {info}")
    return found + till_goes_on(root, ear)


def copies_are_whole(root: Path, ear: Ear) -> list[str]:
    """Every copy that was told is there, and every one that counts is whole."""
    folder = data_folder(root)
    there = backups_in(folder.backups)
    missing = {line["name"] for line in ear.of("copied")} - {each.path.name for each in there}
    found = [f"I1: told copy {name}, and it is not there" for name in missing]
    for copy in there:
        try:
            found += [f"{copy.path.name}: {each}" for each in verify(copy.path, key=KEY)]
        except StoreUnavailable as error:
            found.append(f"{copy.path.name}: {error}")
    return found + till_goes_on(root, ear)


ASKING = victims.Setting(answers=True)
SHIFT = Run("shift", victims.work, ASKING, till_goes_on)
CHECKPOINTS = Run(
    "shift with checkpoints", victims.work, replace(ASKING, checkpoint_pages=20), till_goes_on
)
CATALOGUES = Run("catalogue swap", victims.swap_catalogues, ASKING, catalogue_is_whole)
COPIES = Run("backup", victims.back_up, ASKING, copies_are_whole, size_mib=64)
RUNS = (SHIFT, CHECKPOINTS, CATALOGUES, COPIES)
# These must find something.
NOT_FULL = Run(
    "without synchronous=FULL",
    victims.work,
    replace(ASKING, mutation="commit waits for no disk"),
    till_goes_on,
)
NO_FSYNC_AT_ALL = Run("without fsync", victims.work, ASKING, till_goes_on, without_fsync=True)
