"""From the last key of a scan to its line painted, among a million products, sync running.

The keys go through the X server. The time begins when the Intro of a scan reaches the
application and ends with the paint event that painted its row; in between the basket line was
committed to disk. The agent is online meanwhile: it sends every sale and takes in prices that
change all the time. Beside it, as the limit: one look-up, one durable insert and one row
painted, with nothing of ours around them.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QStringListModel
from PySide6.QtWidgets import QApplication, QListView
from sqlcipher3 import dbapi2 as driver

from pos.screens.navigator import Screen
from pos.store.catalogue_schema import current_file
from pos.store.data_folder import DataFolder
from pos.store.engine import WRITER_PRAGMAS, open_connection
from pos.widgets.ticket_list import TicketList
from sync.hub import admin
from sync.hub.database import open_database
from tests.bench import shop
from tests.bench.catalogue import SEED, figures
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row, spread, times
from tests.bench.ui_display import Hands, display
from tests.bench.ui_till import BenchTill, served_till, settle, wait_until, watch_paints

LINES_A_TICKET = 20
BURST = 10
SLOWEST_SCANNER_MS = 35
BODY = "x" * 400  # what a basket line weighs in the database


class PaintedLines:
    """When the row of each line had been painted for the first time."""

    def __init__(self) -> None:
        self.at: dict[str, float] = {}

    def __call__(self, _view: object, keys: set[str]) -> None:
        now = time.perf_counter()
        for key in keys:
            self.at.setdefault(key, now)


@dataclass(slots=True)
class Scans:
    """What became of the scans of a run; times in ms."""

    times: list[float] = field(default_factory=list)
    lost: int = 0
    typed_slowly: int = 0  # by the hands, slower than any scanner: not the till's doing

    @property
    def count(self) -> int:
        return len(self.times) + self.lost


def measure(context: Context) -> list[Row]:
    """Scan singly, then in bursts, then measure the limit."""
    products = context.of(shop.MILLION, 20_000)
    with display(), shop.copy_of(shop.till_folder(products)) as data:
        with shop.copy_of(shop.hub_database(products).parent) as hub_folder:
            database = f"sqlite:///{hub_folder / 'hub.db'}"
            with running_hub(database) as hub:
                shop.point_to(data, hub)
                with changing_prices(database, products):
                    single, burst = _scan(data, context, products)
        raw = figures(raw_times(data, context.of(500, 50), products))
    return [_row_of_single(single, raw, products), _row_of_bursts(burst)]


def _row_of_single(scans: Scans, raw: dict[str, float], products: int) -> Row:
    found = figures(scans.times)
    how = (
        f"{scans.count} scans typed by xdotool under Xvfb, from the Intro reaching the application"
        " to the end of the row's paint event, the line committed in between; agent online,"
        " 20 prices a second changing. Limit: bare look-up, durable insert and QListView row."
    )
    return Row(
        f"scan → line painted, {products:,} products, sync running",
        "p50 ≤ 8 ms, p99 ≤ 16.7 ms, none lost",
        f"{spread(found)}; {scans.lost} lost",
        spread(raw, "p50", "p99"),
        times(found["p50"], raw["p50"]),
        found["p50"] <= 8 and found["p99"] <= 16.7 and not scans.lost,
        (how, *_slow_hands(scans)),
    )


def _row_of_bursts(scans: Scans) -> Row:
    return Row(
        "bursts of 10 scans a second",
        "none lost",
        f"{scans.lost} lost of {scans.count}; {spread(figures(scans.times))}",
        reached=scans.lost == 0,
        notes=_slow_hands(scans),
    )


def _slow_hands(scans: Scans) -> tuple[str, ...]:
    if not scans.typed_slowly:
        return ()
    note = (
        f"{scans.typed_slowly} scans left out, as the machine was too busy for xdotool to type"
        f" them at the pace of a scanner ({SLOWEST_SCANNER_MS} ms between keys)."
    )
    return (note,)


def _scan(data: Path, context: Context, products: int) -> tuple[Scans, Scans]:
    painted = PaintedLines()
    watch_paints(TicketList, painted)
    dice = random.Random(SEED)
    single, burst = Scans(), Scans()
    with served_till(data) as (bench, hands):
        for _ in range(context.of(25, 2)):
            codes = [shop.gtin_of(n) for n in dice.sample(range(products), LINES_A_TICKET)]
            _ring_up(bench, hands, codes, painted, single, gap_ms=120)
            pay_in_cash(bench, hands)
        for _ in range(context.of(10, 1)):
            codes = [shop.gtin_of(n) for n in dice.sample(range(products), BURST)]
            _ring_up(bench, hands, codes, painted, burst, gap_ms=60)
            pay_in_cash(bench, hands)
    return single, burst


def _ring_up(
    bench: BenchTill,
    hands: Hands,
    codes: list[int],
    painted: PaintedLines,
    scans: Scans,
    *,
    gap_ms: int,
) -> None:
    """Scan codes onto a fresh ticket and note how long each took until its row was painted."""
    painted.at.clear()
    bench.keys.forget()
    hands.scan_at_pace([str(code) for code in codes], gap_ms)
    wait_until(lambda: len(bench.keys.returns) >= len(codes))
    settle(200)
    ticket = bench.counter.ticket
    lines = {line.product.gtin: str(line.number) for line in ticket.basket.lines} if ticket else {}
    for place, code in enumerate(codes):
        end = painted.at.get(lines.get(code, ""))
        if bench.keys.slowest_gaps_ms[place] > SLOWEST_SCANNER_MS:
            scans.typed_slowly += 1
        elif end is None:
            scans.lost += 1
        else:
            scans.times.append((end - bench.keys.returns[place]) * 1000)


def pay_in_cash(bench: BenchTill, hands: Hands) -> None:
    """Take the exact amount by keys and come back for the next customer."""
    if bench.till.navigator.panel is not None:  # a scan typed too slowly became a search
        hands.press("Escape")
        wait_until(lambda: bench.till.navigator.panel is None)
    hands.press("F10")
    wait_until(lambda: bench.screen is Screen.PAYMENT)
    hands.press("Return")
    wait_until(lambda: bench.screen is Screen.CHANGE)
    hands.press("Return")
    wait_until(lambda: bench.screen is Screen.SALE)
    settle(150)


@contextmanager
def changing_prices(database_url: str, products: int) -> Iterator[None]:
    """Change twenty prices a second at the hub, as an office at work would."""
    stop = threading.Event()

    def change() -> None:
        database = open_database(database_url)
        dice = random.Random(SEED)
        while not stop.wait(1):
            skus = [str(shop.gtin_of(dice.randrange(products))) for _ in range(20)]
            admin.set_prices(database.engine, [(sku, dice.randint(50, 5000)) for sku in skus])
        database.close()

    worker = threading.Thread(target=change, daemon=True)
    worker.start()
    try:
        yield
    finally:
        stop.set()
        worker.join()


def raw_times(data: Path, count: int, products: int) -> list[float]:
    """Look up, insert durably, paint a row: with the driver and a bare list."""
    QApplication.instance() or QApplication(["bench"])
    path = current_file(DataFolder(data).catalogue)
    catalogue: Any = driver.connect(f"file:{path}?mode=ro", uri=True)
    store: Any = open_connection(
        data / "raw.db", key=bytes(32), mode="rwc", pragmas=WRITER_PRAGMAS
    )
    store.execute("CREATE TABLE line (number INTEGER PRIMARY KEY, body TEXT)")
    view = _BareList()
    dice = random.Random(SEED)
    found = []
    for _ in range(count):
        gtin = shop.gtin_of(dice.randrange(products))
        begun = time.perf_counter()
        row = catalogue.execute("SELECT * FROM product WHERE gtin = ?", (gtin,)).fetchone()
        store.execute("BEGIN IMMEDIATE")
        store.execute("INSERT INTO line (body) VALUES (?)", (BODY,))
        store.execute("COMMIT")
        view.add(str(row[3]))
        found.append((time.perf_counter() - begun) * 1000)
    catalogue.close()
    store.close()
    view.close()
    return found


class _BareList(QListView):
    """A list that shows a row and says when it has been painted."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = QStringListModel()
        self._painted: QEventLoop | None = None
        self.setModel(self._rows)
        self.resize(548, 600)
        self.show()
        settle(200)

    def add(self, text: str) -> None:
        """Show another row; return when it is painted."""
        place = self._rows.rowCount()
        if place > LINES_A_TICKET:
            self._rows.setStringList([])
            place = 0
        self._painted = QEventLoop()
        self._rows.insertRow(place)
        self._rows.setData(self._rows.index(place), text)
        self._painted.exec()

    def paintEvent(self, event: Any) -> None:
        super().paintEvent(event)
        if self._painted is not None:
            self._painted.quit()
