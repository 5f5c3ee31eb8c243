"""What the till holds in memory after the start and after a long day, beside a bare window.

The day goes through the services and the real window, as fast as it can: each sale is scanned
through the router and paid and answered by keys, with a million products and half a million
sales in the till. The screens are drawn by Qt's offscreen platform, as nobody looks.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections.abc import Callable

from tests.bench import shop
from tests.bench.catalogue import SEED
from tests.bench.history import folder_with_history
from tests.bench.measures import Context
from tests.bench.report import Row

LINES = 3
MOST_MB, MOST_GROWTH_MB = 150, 20
WARM_UP = 50
BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
import psutil
application = QApplication(["bare"])
window = QWidget()
window.resize(1366, 768)
window.show()
QTimer.singleShot(1000, application.quit)
application.exec()
print(psutil.Process().memory_info().rss / 2**20)
"""


def measure(context: Context) -> list[Row]:
    """Start, sell, and look at the memory in between."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    products, sales = context.of(shop.MILLION, 20_000), context.of(500_000, 2_000)
    count = context.of(10_000, 100)
    with shop.copy_of(folder_with_history(products, sales)) as data:
        shop.point_to(data, shop.NO_HUB)
        after_start, warm, after_sales, seconds = _day(str(data), count)
    bare = float(
        subprocess.run(
            [sys.executable, "-c", BARE], check=True, capture_output=True, text=True
        ).stdout
    )
    growth = after_sales - warm
    how = (
        f"{products:,} products, {sales:,} sales of history. Growth counts from the first"
        f" {WARM_UP} sales, when every screen had been made ({warm:.0f} MB);"
        f" {count / seconds:.0f} sales a second through services and window. The agent is a"
        " process of its own and not counted."
    )
    return [
        Row(
            "memory after the start",
            f"≤ {MOST_MB} MB",
            f"{after_start:.0f} MB",
            f"bare window {bare:.0f} MB",
            f"{after_start / bare:.1f} ×",
            after_start <= MOST_MB,
        ),
        Row(
            f"memory after {count:,} sales",
            f"≤ +{MOST_GROWTH_MB} MB",
            f"+{growth:.0f} MB to {after_sales:.0f} MB",
            reached=growth <= MOST_GROWTH_MB,
            notes=(how,),
        ),
    ]


def _day(data: str, count: int) -> tuple[float, float, float, float]:
    """Return the memory after the start, after a few sales, after all of them; and seconds."""
    from pathlib import Path

    from tests.bench.ui_till import memory_mb, running_till, settle

    with running_till(Path(data)) as bench:
        settle(3_000)
        after_start = memory_mb()
        bench.sign_on()
        settle(200)
        sell = _seller(bench)
        for _ in range(min(WARM_UP, count)):
            sell()
        settle(500)
        warm = memory_mb()
        begun = time.perf_counter()
        for _ in range(count - min(WARM_UP, count)):
            sell()
        seconds = time.perf_counter() - begun
        settle(1_000)
        return after_start, warm, memory_mb(), max(seconds, 0.001)


def _seller(bench: object) -> Callable[[], None]:
    """Return what makes one sale."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    from pos.domain.scan import ScannedCode, ScanSource
    from pos.screens.navigator import Screen
    from tests.bench.ui_till import BenchTill, wait_until

    assert isinstance(bench, BenchTill)
    dice = random.Random(SEED)
    till = bench

    def press(key: Qt.Key, screen: Screen) -> None:
        QTest.keyClick(till.window.windowHandle(), key)
        wait_until(lambda: till.screen is screen)

    def sell() -> None:
        for _ in range(LINES):
            code = str(shop.gtin_of(dice.randrange(10_000)))
            till.till.router.offer(ScannedCode(code, None, ScanSource.CAMERA))
        wait_until(lambda: till.lines >= LINES)
        press(Qt.Key.Key_F10, Screen.PAYMENT)
        press(Qt.Key.Key_Return, Screen.CHANGE)
        press(Qt.Key.Key_Return, Screen.SALE)

    return sell
