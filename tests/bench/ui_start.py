"""From the start of the program to a window that takes a scan, beside a bare PySide6 window.

Each start is a process of its own. The time begins before the process is made and ends when the
first frame is painted and the event loop has nothing left to do: the scanner is listened to from
the moment the window is there. The hub is away, so that the start cannot lean on it.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench import shop
from tests.bench.history import folder_with_history
from tests.bench.measures import Context
from tests.bench.report import Row, times
from tests.bench.ui_display import display

READY = "ready "
LONGEST_S = 60


def measure(context: Context) -> list[Row]:
    """Start the till and the bare window in turns."""
    products, sales = context.of(shop.MILLION, 20_000), context.of(500_000, 2_000)
    rounds = context.of(9, 2)
    with display(), shop.copy_of(folder_with_history(products, sales)) as data:
        shop.point_to(data, shop.NO_HUB)
        size_gb = (data / "till.db").stat().st_size / 1e9
        cold = _start("till", str(data))
        pairs = [(_start("till", str(data)), _start("bare")) for _ in range(rounds)]
    tills, bares = (sorted(each) for each in zip(*pairs, strict=True))
    till, bare = statistics.median(tills), statistics.median(bares)
    how = (
        f"{rounds} starts with compiled bytecode, {size_gb:.1f} GB of till.db; the very first"
        f" took {cold:.2f} s. Limit: a bare PySide6 window, in turns with the till."
    )
    return [
        Row(
            f"start → ready to scan, {products:,} products, {sales:,} sales",
            "≤ 1.5 s",
            f"p50 {till:.2f}, max {tills[-1]:.2f} s",
            f"p50 {bare:.2f} s",
            times(till, bare),
            till <= 1.5,
            (how,),
        )
    ]


def _start(*arguments: str) -> float:
    """Start a process that says when it is ready; return the seconds."""
    command = [sys.executable, "-m", "tests.bench.ui_start", *arguments]
    begun = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        line = next((line for line in process.stdout if line.startswith(READY)), "")
        if not line:
            raise RuntimeError("the program ended before it was ready")
        return float(line.removeprefix(READY)) - begun
    finally:
        process.communicate("")
        process.wait(LONGEST_S)


def run_till(data: Path) -> None:
    """Run the till as `mostrador till` does, until it is ready."""
    from pos.app import run_till as run
    from pos.screens.window import MainWindow

    _end_when_painted(MainWindow)
    run(data)


def run_bare() -> None:
    """Show a window with nothing in it, until it is painted."""
    from PySide6.QtWidgets import QApplication, QWidget

    class Bare(QWidget):
        pass

    _end_when_painted(Bare)
    application = QApplication(["bare"])
    window = Bare()
    window.resize(1366, 768)
    window.show()
    application.exec()


def _end_when_painted(kind: type) -> None:
    """Say when the first window of a kind is painted and the loop is idle, then end."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    plain = kind.paintEvent  # type: ignore[attr-defined]
    seen: list[bool] = []

    def tell() -> None:
        sys.stdout.write(f"{READY}{time.perf_counter()}\n")
        sys.stdout.flush()
        QTimer.singleShot(200, QApplication.quit)

    def paint(self: object, event: object) -> None:
        plain(self, event)
        if not seen:
            seen.append(True)
            QTimer.singleShot(0, tell)

    kind.paintEvent = paint  # type: ignore[attr-defined]


if __name__ == "__main__":
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    if sys.argv[1] == "bare":
        run_bare()
    else:
        run_till(Path(sys.argv[2]))
