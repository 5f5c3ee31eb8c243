"""The till as it runs, with eyes on it: when a key arrived, when a row had been painted.

The eyes are put on from here: an event filter on the window and wrappers round the painting
of two widgets. The product knows nothing of them.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

import psutil
from PySide6.QtCore import QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QApplication

from pos.app import Till
from pos.domain.staff import Role, StaffMember
from pos.domain.till_session import CashCount
from pos.open_till import open_till
from pos.screens.navigator import Screen
from pos.services import till_session
from pos.services.workstation import SignOn
from pos.store.data_folder import DataFolder
from pos.widgets.row_view import RowView
from tests.bench.ui_display import Hands

OPERATOR = StaffMember("ana", "Ana", Role.MANAGER)
LONGEST_WAIT_MS = 20_000
HEARTBEAT_MS = 5
Seen = Callable[[Any, set[str]], None]


class TookTooLong(Exception):
    """What the measure waited for did not happen."""


class BenchTill:
    """A till in this process, signed on and on the sale screen."""

    def __init__(self, till: Till) -> None:
        self.till = till
        self.window = till.window
        self.counter = till.counter
        self.keys = KeyTimes()

    def look_at_keys(self) -> None:
        """Put the eye on the keys in front of every other filter; call it with the focus."""
        handle = self.window.windowHandle()
        handle.removeEventFilter(self.keys)
        handle.installEventFilter(self.keys)

    @property
    def lines(self) -> int:
        """How many lines the ticket has."""
        ticket = self.counter.ticket
        return len(ticket.basket.lines) if ticket else 0

    @property
    def screen(self) -> Screen:
        return self.till.navigator.current

    def sign_on(self) -> None:
        """Sign on with an open shift, without the PIN that a person types."""
        station = self.counter.station
        with station.store.reading() as records:
            session = records.sessions.current()
        signed = SignOn(station, OPERATOR, session)
        if session is None:
            no_float = CashCount(station.currency, {})
            signed = till_session.open_session(signed, no_float, business_day="2026-01-01")
        self.counter.work_as(signed)
        self.till.navigator.go(Screen.SALE)


class KeyTimes(QObject):
    """When each key press reached the application, on the clock of `time.perf_counter`."""

    def __init__(self) -> None:
        super().__init__()
        self.forget()

    def forget(self) -> None:
        """Begin again."""
        self.all: list[float] = []
        self.returns: list[float] = []
        self.slowest_gaps_ms: list[int] = []  # within the keys up to each Intro
        self._stamp = 0
        self._gap = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            now = time.perf_counter()
            press = cast(QKeyEvent, event)
            self.all.append(now)
            self._gap = max(self._gap, press.timestamp() - self._stamp if self._stamp else 0)
            self._stamp = press.timestamp()
            if press.key() == Qt.Key.Key_Return:
                self.returns.append(now)
                self.slowest_gaps_ms.append(self._gap)
                self._gap = self._stamp = 0
        return False


class Heartbeat(QObject):
    """Finds the moments in which the interface did nothing for longer than it may."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps_ms: list[float] = []
        self._last = 0.0
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(HEARTBEAT_MS)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        self.gaps_ms, self._last = [], time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.gaps_ms.append(max(0.0, (now - self._last) * 1000 - HEARTBEAT_MS))
        self._last = now


def watch_paints(kind: type[RowView[Any]], on_painted: Seen) -> None:
    """Call `on_painted(view, keys of the rows painted)` at the end of each paint event.

    Call it before the first widget of that kind is made.
    """
    painted: set[str] = set()
    paint_row, paint_event = kind.paint_row, kind.paintEvent

    def paint_row_seen(self: Any, painter: Any, box: Any, row: Any) -> None:
        paint_row(self, painter, box, row)
        painted.add(row.key)

    def paint_event_seen(self: Any, event: QPaintEvent) -> None:
        painted.clear()
        paint_event(self, event)
        on_painted(self, set(painted))

    kind.paint_row = paint_row_seen  # type: ignore[method-assign]
    kind.paintEvent = paint_event_seen  # type: ignore[method-assign]


@contextmanager
def running_till(data: Path) -> Iterator[BenchTill]:
    """Run the till of a data folder in this process, agent and all."""
    application = cast(QApplication, QApplication.instance() or QApplication(["bench"]))
    till = Till(open_till(DataFolder(data)), application)
    try:
        till.start()
        yield BenchTill(till)
    finally:
        till.window.close()
        till.stop()


@contextmanager
def served_till(data: Path) -> Iterator[tuple[BenchTill, Hands]]:
    """Run a till that is signed on, has the keyboard, and hands to type on it."""
    with running_till(data) as bench, Hands() as hands:
        bench.sign_on()
        wait_until(bench.window.isVisible)
        hands.focus(int(bench.window.winId()))
        wait_until(bench.window.isActiveWindow)
        bench.look_at_keys()
        settle(300)
        yield bench, hands


def wait_until(is_so: Callable[[], bool], longest_ms: int = LONGEST_WAIT_MS) -> None:
    """Let the application run until something is so.

    Raises:
        TookTooLong: It never was.
    """
    loop = QEventLoop()
    poll = QTimer()
    poll.setInterval(2)
    poll.timeout.connect(lambda: loop.quit() if is_so() else None)
    limit = QTimer()
    limit.setSingleShot(True)
    limit.setInterval(longest_ms)
    limit.timeout.connect(loop.quit)
    poll.start()
    limit.start()
    if not is_so():
        loop.exec()
    if not is_so():
        raise TookTooLong(f"not so after {longest_ms} ms")


def settle(ms: int) -> None:
    """Let the application run for a while."""
    loop = QEventLoop()
    QTimer.singleShot(ms, loop.quit)
    loop.exec()


def memory_mb() -> float:
    """Return what this process holds in memory."""
    return float(psutil.Process().memory_info().rss) / 2**20
