"""Lets Python look for garbage in the interface thread, and in no other."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

LOOK_EVERY_MS = 200
LOOKS_BETWEEN_WHOLE = 300  # a minute: looking through everything takes longest


class GarbageCollector(QObject):
    """Takes over from Python's own collector while it lives, in the thread that made it.

    What screens leave behind hangs together in circles. Python would look for them in whichever
    thread makes the next object, and in a worker take timers and widgets apart beside the thread
    that draws them; the till ends with "Timers cannot be stopped from another thread".
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._looks = 0
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)
        gc.disable()
        self._timer.start()

    def look(self) -> None:
        """Collect what has become due by Python's own thresholds."""
        self._looks += 1
        young, middle, old = (
            count > threshold
            for count, threshold in zip(gc.get_count(), gc.get_threshold(), strict=True)
        )
        if old and self._looks >= LOOKS_BETWEEN_WHOLE:
            self._looks = 0
            gc.collect(2)
        elif middle:
            gc.collect(1)
        elif young:
            gc.collect(0)

    def stop(self) -> None:
        """Let Python collect by itself again, at the end of the program."""
        self._timer.stop()
        gc.enable()
