"""From the last key of a receipt to its return painted, in a till that sold for years.

The keys go through the X server as a scanner types them. The time begins when the Intro of the
code reaches the application and ends with the paint event of whatever of the page was painted
last: each line with what it is worth, and the money beside them. The till knows the receipt
itself and asks nobody.
"""

from __future__ import annotations

import random
import time
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from pos.app import WINDOW
from pos.domain.sale import Sale
from pos.domain.scan_codes import receipt_code
from pos.screens.navigator import Screen
from pos.screens.returns.line_parts import LineRow
from pos.screens.returns.right import RightColumn
from pos.services import find_purchase
from pos.services.find_purchase import Wanted
from pos.widgets.key import Key
from tests.bench import shop
from tests.bench.catalogue import SEED, figures, timed
from tests.bench.history import folder_with_history
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times
from tests.bench.ui_display import Hands, display
from tests.bench.ui_scan import SLOWEST_SCANNER_MS
from tests.bench.ui_till import BenchTill, TookTooLong, served_till, settle, wait_until

ENOUGH_MS = 100


class _Painted:
    """When each widget was painted first, since `forget`."""

    def __init__(self, *kinds: type[QWidget]) -> None:
        """Watch widgets of these kinds; call it before the first of them is made."""
        self._at: dict[QWidget, float] = {}
        for kind in kinds:
            self._watch(kind)

    def forget(self) -> None:
        self._at.clear()

    def last_of(self, widgets: list[QWidget]) -> float:
        """Return when the last of some was painted, 0.0 while one of them was not."""
        return max((self._at.get(one, 0.0) for one in widgets), default=0.0) * all(
            one in self._at for one in widgets
        )

    def _watch(self, kind: type[QWidget]) -> None:
        paint = kind.paintEvent

        def paint_seen(widget: Any, event: Any) -> None:
            paint(widget, event)
            self._at.setdefault(widget, time.perf_counter())

        kind.paintEvent = paint_seen  # type: ignore[method-assign]


def measure(context: Context) -> list[Row]:
    """Scan receipts one after the other, by chance among all there are."""
    products, sales = context.of(shop.MILLION, 20_000), context.of(500_000, 2_000)
    painted = _Painted(LineRow, Key)
    folder = folder_with_history(products, sales)
    with display(), shop.copy_of(folder) as data:
        shop.point_to(data, shop.NO_HUB)
        with served_till(data) as (bench, hands):
            bench.window.showNormal()
            bench.window.resize(WINDOW)  # without a window manager nobody else makes it so large
            chosen = _receipts(bench, sales, context.of(200, 10))
            _scan(bench, hands, chosen[0], painted)  # the page is made when it is first shown
            taken = [_scan(bench, hands, sale, painted) for sale in chosen]
            found = figures([each for each in taken if each is not None])
            raw = figures(_raw_times(bench, chosen))
    return [_row(found, raw, sales, taken)]


def _row(
    found: dict[str, float], raw: dict[str, float], sales: int, taken: list[float | None]
) -> Row:
    how = (
        f"{len(taken)} receipts of two to six lines typed by xdotool under Xvfb, from the Intro"
        " at the application to the end of the last paint event of lines and money; the hub is"
        " away. Limit: reading the sale and what came back of it, adding them up."
    )
    slow = taken.count(None)
    left_out = (f"{slow} left out: too busy a machine typed them slowly or wrong.",)
    return Row(
        f"receipt → page of returns painted, {sales:,} sales",
        f"p99 ≤ {ENOUGH_MS} ms",
        spread(found),
        spread(raw, "p50", "p99"),
        times(found["p99"], raw["p99"]),
        found["p99"] <= ENOUGH_MS,
        (how, *(left_out if slow else ())),
    )


def _receipts(bench: BenchTill, sales: int, count: int) -> list[Sale]:
    dice = random.Random(SEED)
    with bench.counter.station.store.reading() as records:
        series = records.sales.recent(1)[0].number.series
        numbers = [f"{series}-{dice.randint(1, sales):06d}" for _ in range(count)]
        found = [records.sales.by_number(number) for number in numbers]
    return [sale for sale in found if sale is not None]


def _scan(bench: BenchTill, hands: Hands, sale: Sale, painted: _Painted) -> float | None:
    """Return the milliseconds from Intro to paint; None for a code that was typed badly."""
    hands.press("F6")
    wait_until(lambda: bench.screen is Screen.RETURN)
    settle(100)
    bench.keys.forget()
    painted.forget()
    hands.scan(receipt_code(str(sale.number), sale.shop))
    wait_until(lambda: bool(bench.keys.returns))
    try:
        wait_until(lambda: painted.last_of(_shown(bench, sale)) > 0, ENOUGH_MS * 20)
        taken: float | None = (
            painted.last_of(_shown(bench, sale)) - bench.keys.returns[-1]
        ) * 1000
    except TookTooLong:
        if bench.keys.slowest_gaps_ms[-1] <= SLOWEST_SCANNER_MS:
            raise
        taken = None
    settle(100)
    while bench.screen is not Screen.SALE:
        hands.press("Escape")
        settle(150)
    return taken


def _shown(bench: BenchTill, sale: Sale) -> list[QWidget]:
    """Return what must be painted: the lines in sight and the key that says what goes back."""
    rows = [row for row in bench.window.findChildren(LineRow) if row.isVisible()]
    right = bench.window.findChild(RightColumn)
    is_whole = len(rows) == len(sale.sold_lines) and right is not None and right.isVisible()
    return [*rows, right.closing] if is_whole and right is not None else [bench.window]


def _raw_times(bench: BenchTill, sales: list[Sale]) -> list[float]:
    """Find the purchases and add up what can come back of them: with nothing around it."""
    wanted = [Wanted(str(sale.number), sale.shop) for sale in sales]
    station = bench.counter.station
    return [timed(partial(find_purchase.here, station, one)) for one in wanted]
