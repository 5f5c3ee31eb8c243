"""What a sale takes while the till is being copied by another process, beside what it takes else.

python -m tests.bench.backing_up [sales of history]
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from pos.store.data_folder import DataFolder
from pos.store.till_store import TillStore
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times
from tests.builders import basket, record, till_store

HISTORY = 30_000
MOST_MS = 10
AT_ONCE = 1_000
ALONE = 1_000
LINES = 10
COPY = """
import os, sys
from pathlib import Path
from pos.store.backup import take_backup
from pos.store.data_folder import DataFolder
from tests.builders import KEY, MORNING_MS
os.nice(19)
print("ready", flush=True)
sys.stdin.readline()
take_backup(DataFolder(Path(sys.argv[1])), key=KEY, now_ms=MORNING_MS)
"""


def run(history: int = HISTORY) -> dict[str, Any]:
    """Measure; times in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder(Path(name))
        store = till_store(folder.root)
        for _ in range(0, history, AT_ONCE):
            with store.transaction() as records:
                for _ in range(AT_ONCE):
                    record(records, basket(LINES))
        alone = [time_sale(store) for _ in range(ALONE)]
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        meanwhile, copy_s = while_copying(store, folder)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        store.close()
        return {
            "history": history,
            "database_mb": round(folder.database.stat().st_size / 1e6),
            "copy_s": round(copy_s, 1),
            "copy_core_s": round(
                after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, 1
            ),
            "alone_ms": figures(alone),
            "while_copying_ms": figures(meanwhile),
        }


def measure(context: Context) -> list[Row]:
    """Sell alone, then while the till is copied."""
    found = run(context.of(HISTORY, 2_000))
    alone, meanwhile = found["alone_ms"], found["while_copying_ms"]
    how = (
        f"{found['database_mb']} MB of till.db with {found['history']:,} sales copied, packed,"
        f" encrypted and read back in {found['copy_s']:g} s ({found['copy_core_s']:g} s of a core)"
        " by a process that gives way;"
        f" {meanwhile['sales']} sales of {LINES} lines meanwhile, {alone['sales']} before."
    )
    names = ("p50", "p99", "max")
    return [
        Row(
            "10-line sale recorded while the till is being copied",
            "p99 ≤ 10 ms",
            spread(meanwhile, *names),
            f"alone {spread(alone, *names)}",
            times(meanwhile["p50"], alone["p50"]),
            meanwhile["p99"] <= MOST_MS,
            (how,),
        )
    ]


def while_copying(store: TillStore, folder: DataFolder) -> tuple[list[float], float]:
    """Sell until another process has copied the till and read the copy back."""
    copier = subprocess.Popen(
        [sys.executable, "-c", COPY, str(folder.root)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert copier.stdin is not None
    assert copier.stdout is not None
    copier.stdout.readline()
    began = time.perf_counter()
    copier.stdin.write("\n")
    copier.stdin.close()
    times = []
    while copier.poll() is None:
        times.append(time_sale(store))
    copier.stdout.close()
    if copier.returncode:
        raise RuntimeError("the copy failed")
    return times, time.perf_counter() - began


def time_sale(store: TillStore) -> float:
    """Record a sale of ten lines; return how long that took."""
    made = basket(LINES)
    began = time.perf_counter()
    with store.transaction() as records:
        record(records, made)
    return (time.perf_counter() - began) * 1000


def figures(times: list[float]) -> dict[str, float]:
    """Return how many, the middle, the slowest of a hundred, and the slowest."""
    ordered = sorted(times)
    return {
        "sales": len(ordered),
        "p50": round(statistics.median(ordered), 2),
        "p99": round(ordered[len(ordered) * 99 // 100], 2),
        "max": round(ordered[-1], 2),
    }


if __name__ == "__main__":
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else HISTORY), indent=1))
