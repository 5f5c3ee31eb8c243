"""Starts the agent beside the till and starts it again when it ends."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, QTimer

FIRST_WAIT_MS = 500
LONGEST_WAIT_MS = 30_000

_log = logging.getLogger(__name__)


class AgentProcess(QObject):
    """Watches over one agent. It ends by itself when its standard input closes with the till."""

    def __init__(self, data: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data = data
        self._wait_ms = FIRST_WAIT_MS
        self._is_wanted = False
        self._process = QProcess(self)
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.finished.connect(self._ended)
        self._process.errorOccurred.connect(self._failed)
        self._settled = QTimer(self)
        self._settled.setSingleShot(True)
        self._settled.setInterval(LONGEST_WAIT_MS)
        self._settled.timeout.connect(self._calm_down)

    def start(self) -> None:
        self._is_wanted = True
        arguments = [
            "-m",
            "pos.commands.main",
            "agent",
            "--data",
            str(self._data),
            "--with-parent",
        ]
        self._process.start(sys.executable, arguments)
        self._settled.start()

    def stop(self) -> None:
        """Close the agent's standard input and wait for it to end."""
        self._is_wanted = False
        self._process.closeWriteChannel()
        if not self._process.waitForFinished(5_000):
            self._process.kill()
            self._process.waitForFinished(1_000)

    def _failed(self, error: QProcess.ProcessError) -> None:
        """Try again also when the machine had no room to start it: then nothing `finished`."""
        if error is QProcess.ProcessError.FailedToStart:
            self._ended(-1)

    def _ended(self, code: int) -> None:
        if self._is_wanted:
            _log.warning("agent ended with %d, starting it again in %d ms", code, self._wait_ms)
            QTimer.singleShot(self._wait_ms, self._restart)
            self._wait_ms = min(2 * self._wait_ms, LONGEST_WAIT_MS)

    def _restart(self) -> None:
        if self._is_wanted:
            self.start()

    def _calm_down(self) -> None:
        self._wait_ms = FIRST_WAIT_MS
