"""A long day in a process that holds nothing but the till: ``tests.bench.ui_memory`` starts it."""

from __future__ import annotations

import itertools
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.domain.scan import ScannedCode, ScanSource
from pos.screens.navigator import Screen
from tests.bench.ui_till import BenchTill, memory_mb, running_till, settle, wait_until

LINES = 3
WARM_UP = 50
SETTLES_MS = 2_000


@dataclass(frozen=True, slots=True)
class Day:
    """Memory in MB after the start, when every screen had been made, and after all sales."""

    after_start_mb: float
    warm_mb: float
    after_sales_mb: float
    sales_per_s: float


def work(data: Path, codes: list[str], count: int) -> Day:
    """Start the till and sell."""
    with running_till(data) as bench:
        settle(SETTLES_MS)
        after_start = memory_mb()
        bench.sign_on()
        settle(200)
        sell = _seller(bench, itertools.cycle(codes))
        _times(sell, min(WARM_UP, count))
        settle(SETTLES_MS)
        warm = memory_mb()
        begun = time.perf_counter()
        _times(sell, count - min(WARM_UP, count))
        seconds = time.perf_counter() - begun
        settle(SETTLES_MS)
        return Day(after_start, warm, memory_mb(), count / max(seconds, 0.001))


def _times(act: Callable[[], None], count: int) -> None:
    for _ in range(count):
        act()


def _seller(bench: BenchTill, codes: Iterator[str]) -> Callable[[], None]:
    """Return what makes one sale: codes at the router, keys at the window."""

    def press(key: Qt.Key, screen: Screen) -> None:
        QTest.keyClick(bench.window.windowHandle(), key)
        wait_until(lambda: bench.screen is screen)

    def sell() -> None:
        for code in itertools.islice(codes, LINES):
            bench.till.router.offer(ScannedCode(code, None, ScanSource.CAMERA))
        wait_until(lambda: bench.lines >= LINES)
        press(Qt.Key.Key_F10, Screen.PAYMENT)
        press(Qt.Key.Key_Return, Screen.CHANGE)
        press(Qt.Key.Key_Return, Screen.SALE)

    return sell


if __name__ == "__main__":
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    done = work(Path(sys.argv[1]), sys.stdin.read().split(), int(sys.argv[2]))
    sys.stdout.write(f"{json.dumps(asdict(done))}\n")
