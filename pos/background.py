"""The one way to run slow work off the interface thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QRunnable,
    Qt,
    QThreadPool,
    Signal,
    Slot,
)
from shiboken6 import isValid

T = TypeVar("T")


@dataclass(slots=True)
class _Asked:
    """What is to be done and who is told. Emptied by the thread that asked.

    What it names may be the last reference to a screen: let go of in a worker, Qt would take
    the screen apart there, beside the thread that draws it.
    """

    work: Callable[[], Any]
    on_done: Callable[[Any], None] | None
    on_failed: Callable[[Exception], None] | None

    def clear(self) -> None:
        self.work, self.on_done, self.on_failed = _nothing, None, None


class _Job(QRunnable):
    def __init__(self, asked: _Asked, told: Callable[[_Asked, object, object], None]) -> None:
        super().__init__()
        self._asked = asked
        self._told = told

    @Slot()
    def run(self) -> None:
        try:
            result = self._asked.work()
        except BaseException as error:  # noqa: BLE001  delivered to the asking thread
            self._told(self._asked, None, error)
        else:
            self._told(self._asked, result, None)


class Background(QObject):
    """Runs work in a pool and delivers its outcome in the thread that owns this object.

    Nothing in `work` may touch a widget. An answer for a panel that was closed meanwhile is
    dropped, as long as it is told to a method of the panel. An error that nobody handles is
    raised in the owner's thread, where it becomes a crash report like any other bug.
    """

    # Of this object and not of one for each answer: the thread that is told could delete that
    # while the worker is still inside its signal.
    _finished = Signal(object, object, object)  # _Asked, result, error

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._finished.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `work`; then call exactly one of `on_done` and `on_failed` in this thread."""
        self._pool.start(_Job(_Asked(work, on_done, on_failed), self._finished.emit))

    def finish(self, timeout_ms: int = 5_000) -> bool:
        """Wait for running work at the end of the program; True when all of it ended."""
        return self._pool.waitForDone(timeout_ms)

    def deliver_now(self) -> None:
        """Tell what is done already, without waiting for the event loop to come to it."""
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall)

    @Slot(object, object, object)
    def _deliver(self, asked: _Asked, result: object, error: BaseException | None) -> None:
        on_done, on_failed = asked.on_done, asked.on_failed
        asked.clear()
        if on_done is None or is_gone(on_done):
            return
        if error is None:
            on_done(result)
        elif on_failed is not None and isinstance(error, Exception):
            on_failed(error)
        else:
            raise error


def _nothing() -> None:
    """What is left to do of work that was done."""


def is_gone(told: Callable[[Any], None]) -> bool:
    """True when an answer is for a screen or panel that was closed meanwhile."""
    owner = getattr(told, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)
