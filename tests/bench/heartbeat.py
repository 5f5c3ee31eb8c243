"""Every moment in which the interface stood still, written down as it happens.

A timer in the thread of the interface beats every 5 ms. What comes later than it should is
told apart by what the kernel counted for that thread meanwhile: it worked, it was ready and no
core was free, or it waited for something else (a disk, a lock, another process).

    python -m tests.bench.heartbeat

beats in the same way with nothing of ours around it until its input ends, and says how it went.
"""

from __future__ import annotations

import json
import os
import select
import sys
import time
from array import array
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from PySide6.QtCore import QObject, Qt, QTimer

from tests.bench.catalogue import figures

BEAT_MS = 5
TOLD_MS = 50
STALL_MS = 100
MINUTE_S = 60.0
COLUMNS = ("at", "second", "what", "ms", "worked_ms", "no_core_ms", "else_ms", "while")


@dataclass(slots=True)
class Beats:
    """How late beats came, in ms: 4 bytes each, as the memory of the till is looked at too."""

    late_ms: array[float] = field(default_factory=lambda: array("f"))

    def over(self, ms: float) -> int:
        """Return how many came later than that."""
        return sum(each > ms for each in self.late_ms)


@dataclass(frozen=True, slots=True)
class Spent:
    """What a thread did since it began, in ms: had a core, or was ready and had none."""

    worked: float
    no_core: float


@dataclass(frozen=True, slots=True)
class Stall:
    """A beat that came late; `worked`, `no_core` and the rest explain it, in ms."""

    ms: float
    worked: float
    no_core: float
    during: str


class Thread:
    """The kernel's counters of the thread that made this."""

    def __init__(self) -> None:
        self._file = os.open("/proc/thread-self/schedstat", os.O_RDONLY)

    def spent(self) -> Spent:
        worked, waited, _ = os.pread(self._file, 100, 0).split()
        return Spent(int(worked) / 1e6, int(waited) / 1e6)

    def close(self) -> None:
        os.close(self._file)


class Heartbeat(QObject):
    """Beats in the thread it is made in, and writes what came late into a log."""

    def __init__(self, log: TextIO, about_minute: Callable[[], str]) -> None:
        """Prepare.

        Args:
            log: Gets a line for each beat that came `TOLD_MS` late or later and one a minute.
            about_minute: Says what else is worth knowing at the end of a minute.
        """
        super().__init__()
        self.during = ""
        self.all = Beats()
        self.stalls: list[Stall] = []
        self._minute = Beats()
        self._log = log
        self._about_minute = about_minute
        self._thread = Thread()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(BEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Begin."""
        self._log.write("\t".join(COLUMNS) + "\n")
        self._begun = self._last = self._minute_began = time.perf_counter()
        self._spent = self._thread.spent()
        self._timer.start()

    def stop(self) -> None:
        """End, and write down the minute that was begun."""
        self._timer.stop()
        self._end_minute(time.perf_counter())
        self._thread.close()

    def _beat(self) -> None:
        now, spent = time.perf_counter(), self._thread.spent()
        late = max(0.0, (now - self._last) * 1000 - BEAT_MS)
        self.all.late_ms.append(late)
        self._minute.late_ms.append(late)
        if late > TOLD_MS:
            worked = spent.worked - self._spent.worked
            no_core = spent.no_core - self._spent.no_core
            self._tell(Stall(late, worked, no_core, self.during), now)
        if now - self._minute_began >= MINUTE_S:
            self._end_minute(now)
            now, spent = time.perf_counter(), self._thread.spent()  # writing is not the till's
        self._last, self._spent = now, spent

    def _tell(self, stall: Stall, now: float) -> None:
        self.stalls.append(stall)
        rest = max(0.0, stall.ms + BEAT_MS - stall.worked - stall.no_core)
        told = (stall.ms, stall.worked, stall.no_core, rest)
        self._write(now, "stall", *(f"{each:.1f}" for each in told), stall.during)

    def _end_minute(self, now: float) -> None:
        if self._minute.late_ms:
            told = percentiles(self._minute)
            about = ", ".join(f"{name} {value:g}" for name, value in told.items())
            self._write(now, "minute", f"{told['max']:.1f}", "", "", "", about)
            self._write(now, "machine", "", "", "", "", self._about_minute())
        self._log.flush()
        self._minute = Beats()
        self._minute_began = now

    def _write(self, now: float, *cells: str) -> None:
        at = datetime.now(UTC).strftime("%H:%M:%S.%f")[:-3]
        self._log.write("\t".join([at, f"{now - self._begun:.2f}", *cells]) + "\n")


def percentiles(beats: Beats) -> dict[str, float]:
    """Return how late beats came, in ms, and how many came far too late."""
    ordered = sorted(beats.late_ms)
    told = figures(ordered)
    return {
        "beats": len(ordered),
        **told,
        "p99.9": round(ordered[int(len(ordered) * 0.999)], 3),
        f"over {TOLD_MS}": beats.over(TOLD_MS),
        f"over {STALL_MS}": beats.over(STALL_MS),
    }


@dataclass(frozen=True, slots=True)
class Bare:
    """How late a bare process was on the same machine at the same time, in ms."""

    p99: float
    max: float
    over_told: int
    over_stall: int


def beat_alone() -> Bare:
    """Beat with nothing around it, as urgent as what started it, until standard input ends."""
    parent = os.getppid()
    urgency = os.sched_getscheduler(parent) & ~os.SCHED_RESET_ON_FORK
    os.sched_setscheduler(0, urgency, os.sched_getparam(parent))
    beats = Beats()
    last = time.perf_counter()
    while not select.select([sys.stdin], [], [], BEAT_MS / 1000)[0]:
        now = time.perf_counter()
        beats.late_ms.append(max(0.0, (now - last) * 1000 - BEAT_MS))
        last = now
    told = figures(list(beats.late_ms))
    return Bare(told["p99"], told["max"], beats.over(TOLD_MS), beats.over(STALL_MS))


def read_bare(path: Path) -> Bare:
    """Return what `beat_alone` of another process wrote."""
    return Bare(**json.loads(path.read_text(encoding="utf-8")))


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(beat_alone())))
