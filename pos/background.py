"""The one way to run slow work off the interface thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal, Slot
from shiboken6 import isValid

T = TypeVar("T")


class _Answer(QObject, Generic[T]):
    """Carries a result from the worker to the thread that asked (a queued connection)."""

    ready = Signal(object, object)  # result, error

    def __init__(
        self,
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None] | None,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._on_done = on_done
        self._on_failed = on_failed
        self.ready.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @Slot(object, object)
    def _deliver(self, result: T, error: BaseException | None) -> None:
        self.deleteLater()
        if _is_gone(self._on_done):
            return
        if error is None:
            self._on_done(result)
        elif self._on_failed is not None and isinstance(error, Exception):
            self._on_failed(error)
        else:
            raise error


def _is_gone(on_done: Callable[[T], None]) -> bool:
    """True when the answer is for a screen or panel that was closed meanwhile."""
    owner = getattr(on_done, "__self__", None)
    return isinstance(owner, QObject) and not isValid(owner)


class _Job(QRunnable, Generic[T]):
    def __init__(self, work: Callable[[], T], answer: _Answer[T]) -> None:
        super().__init__()
        self._work = work
        self._answer = answer

    @Slot()
    def run(self) -> None:
        try:
            result = self._work()
        except BaseException as error:  # noqa: BLE001  delivered to the asking thread
            self._answer.ready.emit(None, error)
        else:
            self._answer.ready.emit(result, None)


class Background(QObject):
    """Runs work in a pool and delivers its outcome in the thread that owns this object.

    Nothing in `work` may touch a widget. An answer for a panel that was closed meanwhile is
    dropped, as long as it is told to a method of the panel. An error that nobody handles is
    raised in the owner's thread, where it becomes a crash report like any other bug.
    """

    def __init__(self, parent: QObject | None = None, *, threads: int = 2) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)

    def run(
        self,
        work: Callable[[], T],
        on_done: Callable[[T], None],
        on_failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run `work`; then call exactly one of `on_done` and `on_failed` in this thread."""
        answer = _Answer(on_done, on_failed, self)
        self._pool.start(_Job(work, answer))

    def finish(self, timeout_ms: int = 5_000) -> bool:
        """Wait for running work at the end of the program; True when all of it ended."""
        return self._pool.waitForDone(timeout_ms)
