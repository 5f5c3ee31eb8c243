"""What the machine and the printer say of themselves, for the list of what an outage needs."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from hardware.errors import DeviceError
from hardware.receipt_printer import port
from hardware.receipt_printer.port import PrinterStatus, ReceiptPrinter
from pos.background import Background
from pos.domain.readiness import Backup, Paper

ASK_EVERY_MS = 60_000
FIRST_AFTER_MS = 3_000  # not while the window is on its way

LastBackup = Callable[[], Backup | None]

_PAPER = {
    port.Paper.OK: Paper.FINE,
    port.Paper.NEAR_END: Paper.NEAR_END,
    port.Paper.OUT: Paper.OUT,
    port.Paper.UNKNOWN: Paper.UNKNOWN,
}


class TillVitals(QObject):
    """`pos.screens.ports.Vitals`; the printer is asked in a thread of its own, now and then."""

    def __init__(
        self,
        folder: Path,
        printer: ReceiptPrinter,
        last_backup: LastBackup,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder, self._printer, self._last_backup = folder, printer, last_backup
        self._paper = Paper.UNKNOWN
        self._thread = Background(self, threads=1)
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(ASK_EVERY_MS)
        self._timer.timeout.connect(self._ask)

    def start(self) -> None:
        """Begin to ask the printer."""
        self._timer.start()
        QTimer.singleShot(FIRST_AFTER_MS, self, self._ask)

    def finish(self) -> None:
        """Let the last question end before the program does."""
        self._timer.stop()
        self._thread.finish()

    def free_bytes(self) -> int | None:
        """Return what is free on the disk of the data folder; None when it cannot be asked."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return None

    def backup(self) -> Backup | None:
        """Return the last backup, if there is one."""
        return self._last_backup()

    def paper(self) -> Paper:
        """Return what the printer last said of its paper."""
        return self._paper

    def _ask(self) -> None:
        if not self._is_asking:
            self._is_asking = True
            self._thread.run(self._printer.status, self._answered, self._failed)

    def _answered(self, status: PrinterStatus) -> None:
        self._is_asking = False
        self._paper = _PAPER[status.paper]

    def _failed(self, error: Exception) -> None:
        self._is_asking = False
        if not isinstance(error, DeviceError):
            raise error
        self._paper = Paper.UNREACHABLE
