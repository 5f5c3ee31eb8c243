"""What the till holds in memory after the start and after a long day, beside a bare window.

The day goes through the services and the real window, as fast as it can: each sale is scanned
through the router and paid and answered by keys, with a million products and half a million
sales in the till. The screens are drawn by Qt's offscreen platform, as nobody looks.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from tests.bench import shop
from tests.bench.catalogue import SEED
from tests.bench.history import folder_with_history
from tests.bench.measures import Context
from tests.bench.report import Row
from tests.bench.ui_day import WARM_UP, Day

MOST_MB, MOST_GROWTH_MB = 150, 20
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
        # The simulated printer keeps every receipt it ever printed; a real one does not.
        printer = {"kind": "file", "path": os.devnull}
        shop.point_to(data, shop.NO_HUB, printer=printer, drawer={"kind": "none"})
        day = _day(data, count)
    bare = float(
        subprocess.run(
            [sys.executable, "-c", BARE], check=True, capture_output=True, text=True
        ).stdout
    )
    growth = day.after_sales_mb - day.warm_mb
    how = (
        f"{products:,} products, {sales:,} sales of history. Growth counts from the first"
        f" {WARM_UP} sales, when every screen had been made ({day.warm_mb:.0f} MB);"
        f" {day.sales_per_s:.0f} sales a second through services and window. The agent is a"
        " process of its own and not counted."
    )
    return [
        Row(
            "memory after the start",
            f"≤ {MOST_MB} MB",
            f"{day.after_start_mb:.0f} MB",
            f"bare window {bare:.0f} MB",
            f"{day.after_start_mb / bare:.1f} ×",
            day.after_start_mb <= MOST_MB,
        ),
        Row(
            f"memory after {count:,} sales",
            f"≤ +{MOST_GROWTH_MB} MB",
            f"+{growth:.0f} MB to {day.after_sales_mb:.0f} MB",
            reached=growth <= MOST_GROWTH_MB,
            notes=(how,),
        ),
    ]


def _day(data: Path, count: int) -> Day:
    """Run the day in a process that holds nothing but the till."""
    dice = random.Random(SEED)
    codes = [str(shop.gtin_of(dice.randrange(10_000))) for _ in range(500)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.ui_day", str(data), str(count)],
        check=True,
        input="\n".join(codes),
        stdout=subprocess.PIPE,
        text=True,
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return Day(**found)
