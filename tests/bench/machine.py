"""What the figures were taken on: the machine, its disk, how busy it was, which commit."""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

SYNCS = 200
SYNC_BYTES = 4096
BUSY_LOAD = 0.5  # processes that wanted a core before the bench began


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine at the beginning of a run; fsync times in ms for an append of 4 KiB."""

    cpu: str
    cores: int
    memory_gb: float
    kernel: str
    python: str
    disk: str
    fsync_p50_ms: float
    fsync_p99_ms: float
    load: float
    taken_at: str
    commit: str

    @property
    def is_busy(self) -> bool:
        """True when others were using the machine, so that the figures say little."""
        return self.load > BUSY_LOAD

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def look_at_machine() -> Machine:
    """Return what this machine is and does before anything is measured on it."""
    load = os.getloadavg()[0]
    folder = Path(tempfile.gettempdir())
    p50, p99 = fsync_ms(folder)
    return Machine(
        cpu=_field("/proc/cpuinfo", "model name") or platform.machine(),
        cores=os.cpu_count() or 1,
        memory_gb=round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        kernel=platform.release(),
        python=platform.python_version(),
        disk=f"{_filesystem_of(folder)}, {shutil.disk_usage(folder).free / 2**30:.0f} GB free",
        fsync_p50_ms=p50,
        fsync_p99_ms=p99,
        load=round(load, 2),
        taken_at=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        commit=_commit(),
    )


def fsync_ms(folder: Path) -> tuple[float, float]:
    """Append 4 KiB and sync it, many times; return the middle and the 99th percentile."""
    times = []
    with tempfile.TemporaryFile(dir=folder) as file:
        for _ in range(SYNCS):
            file.write(os.urandom(SYNC_BYTES))
            file.flush()
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return round(statistics.median(times), 3), round(times[int(len(times) * 0.99)], 3)


def _field(path: str, name: str) -> str:
    for line in Path(path).read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition(":")
        if key.strip() == name:
            return value.strip()
    return ""


def _filesystem_of(folder: Path) -> str:
    mounts = [line.split() for line in Path("/proc/mounts").read_text().splitlines()]
    under = [row for row in mounts if folder.resolve().is_relative_to(row[1])]
    return max(under, key=lambda row: len(row[1]))[2] if under else "unknown"


def _commit() -> str:
    root = Path(__file__).parents[2]
    git = ["git", "-C", str(root)]
    try:
        name = _said([*git, "rev-parse", "--short", "HEAD"])
        changed = _said([*git, "status", "--porcelain", "--untracked-files=no"])
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return f"{name} with uncommitted changes" if changed else name


def _said(command: list[str]) -> str:
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()
