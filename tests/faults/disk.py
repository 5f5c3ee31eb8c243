"""R3: every write and every fsync of the shift fails once, for a while, or from then on.

The cashier is never told something false: told recorded is stored, told not recorded is not
there later, unknown is looked up; and once the disk is well the till goes on.
"""

from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pos.store.data_folder import DataFolder
from tests.faults import victims
from tests.faults.oracle import Ear, exactly_told, till_violations
from tests.faults.shop_floor import fresh_till
from tests.faults.tally import Tally
from tests.faults.tracing import Victim, counted, inject

CALLS = ("pwrite64", "fsync", "fdatasync", "ftruncate")
ERRORS = ("EIO", "ENOSPC", "EROFS")
ONCE, A_WHILE, FROM_THEN_ON = "once", "for a while", "from then on"
WHILE_CALLS = 3


@dataclass(frozen=True, slots=True)
class Fault:
    """The `when`-th call fails with `error`."""

    call: str
    error: str
    when: int
    lasting: str

    @property
    def options(self) -> tuple[str, ...]:
        """How strace is told."""
        ends = {ONCE: "", A_WHILE: f"..{self.when + WHILE_CALLS}", FROM_THEN_ON: "+"}
        return inject(self.call, f"error={self.error}", f"{self.when}{ends[self.lasting]}")


def faults_of(root: Path) -> list[Fault]:
    """Work the shift once, undisturbed, and return every fault it can meet."""
    folder = fresh_till(root / "dry")
    log = root / "dry.log"
    with Victim(victims.work_on_bad_disk, str(folder.root), "", is_telling=True) as victim:
        victim.trace("-e", f"trace={','.join(CALLS)}", log=log)
        victim.start()
        victim.hear(Ear())
        if victim.wait() != 0:
            raise RuntimeError("the shift does not end by itself")
    shutil.rmtree(folder.root)
    return [
        Fault(call, error, when, lasting)
        for call, most in sorted(counted(log).items())
        for when in range(1, most + 1)
        for error in ERRORS
        for lasting in (ONCE, A_WHILE, FROM_THEN_ON)
    ]


def sample(faults: Sequence[Fault], wanted: int, seed: int) -> list[Fault]:
    """Return some of the faults; half of them are at other calls than plain writes."""
    dice = random.Random(seed)
    rare = [fault for fault in faults if fault.call != "pwrite64"]
    plain = [fault for fault in faults if fault.call == "pwrite64"]
    chosen = dice.sample(rare, min(wanted // 2, len(rare)))
    return chosen + dice.sample(plain, min(wanted - len(chosen), len(plain)))


def fail_at(root: Path, fault: Fault, tally: Tally, *, mutation: str = "") -> None:
    """Work the shift with a fault, make the disk well, go on, and check."""
    folder = fresh_till(root / "till")
    ear, log = Ear(), root / "injected.log"
    arguments = (str(folder.root), mutation)
    with Victim(victims.work_on_bad_disk, *arguments, is_telling=True) as victim:
        victim.trace(*fault.options, log=log)
        victim.start()
        victim.hear(ear)
        end = victim.wait()
    if b"(INJECTED)" in log.read_bytes():
        what = f"{fault.call} {fault.error} {fault.lasting}"
        tally.add(what, _after(folder, ear, end), where=f"#{fault.when}")
    else:
        tally.missed[fault.call] += 1
    shutil.rmtree(folder.root)


def _after(folder: DataFolder, ear: Ear, end: int | None) -> list[str]:
    found = till_violations(folder, ear)
    found += [f"R3: refused {line['what']} is stored" for line in ear.of("lied")]
    if end not in {0, victims.GAVE_UP}:
        return [*found, f"the till ended with {end}", *ear.crashes]
    if not (ear.lines and ear.lines[-1]["told"] == "unknown"):
        found += exactly_told(folder, ear)
    return found if end == 0 else found + _with_a_good_disk(folder, ear)


def _with_a_good_disk(folder: DataFolder, ear: Ear) -> list[str]:
    arguments = (str(folder.root), victims.Setting(), ear.bank)
    with Victim(victims.pick_up, *arguments, is_telling=True) as victim:
        victim.start()
        victim.hear(ear)
        end = victim.wait()
    if end != 0:
        return [f"the till does not go on with a good disk: it ended with {end}", *ear.crashes]
    return till_violations(folder, ear)
