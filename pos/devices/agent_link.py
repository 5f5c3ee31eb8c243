"""The agent's local socket: what the light says, and the nudge after each act."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from pos.screens.ports import LinkState, LinkStatus
from pos.store.data_folder import is_trusted

RECONNECT_MS = 1_000
MAX_LINE = 64 * 1024

_log = logging.getLogger(__name__)


class AgentLink(QObject):
    """Listens to the agent and connects again whenever it went away."""

    changed = Signal(object)  # LinkStatus
    catalogue_changed = Signal()
    staff_changed = Signal()
    settings_changed = Signal()

    def __init__(self, socket_path: Path, now_ms: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._path = socket_path
        self._now_ms = now_ms
        self._status = LinkStatus(since_ms=now_ms())
        self._buffer = b""
        self._socket = QLocalSocket(self)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self._lost)
        self._again = QTimer(self)
        self._again.setInterval(RECONNECT_MS)
        self._again.timeout.connect(self._connect)

    @property
    def status(self) -> LinkStatus:
        return self._status

    def start(self) -> None:
        self._connect()
        self._again.start()

    def nudge(self) -> None:
        """Tell the agent that there is something to send; silently nothing without an agent."""
        if self._socket.state() == QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(b'{"type":"nudge"}\n')
            self._socket.flush()

    def _connect(self) -> None:
        is_idle = self._socket.state() == QLocalSocket.LocalSocketState.UnconnectedState
        if is_idle and is_trusted(self._path.parent):
            self._socket.connectToServer(str(self._path))

    def _lost(self) -> None:
        self._buffer = b""
        if self._status.state is not LinkState.OFFLINE:
            self._set(
                LinkStatus(
                    since_ms=self._now_ms(),
                    last_contact_ms=self._status.last_contact_ms,
                    queued=self._status.queued,
                    parked=self._status.parked,
                )
            )

    def _read(self) -> None:
        self._buffer += self._socket.readAll().data()
        if len(self._buffer) > MAX_LINE and b"\n" not in self._buffer:
            _log.warning("agent sent a line over %d bytes", MAX_LINE)
            self._socket.abort()
            return
        *lines, self._buffer = self._buffer.split(b"\n")
        for line in lines:
            self._take(line)

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
            status = _status_of(message) if message.get("type") == "status" else None
        except (ArithmeticError, AttributeError, TypeError, ValueError, RecursionError):
            _log.warning("agent sent what is no message")
            return
        match message.get("type"):
            case "status" if status is not None:
                self._set(status)
            case "catalogue":
                self.catalogue_changed.emit()
            case "staff":
                self.staff_changed.emit()
            case "settings":
                self.settings_changed.emit()

    def _set(self, status: LinkStatus) -> None:
        self._status = status
        self.changed.emit(status)


def _status_of(message: dict[str, Any]) -> LinkStatus:
    """Read a status.

    Raises:
        ArithmeticError, TypeError, ValueError: A value is none.
    """
    states = {state.value: state for state in LinkState}
    return LinkStatus(
        state=states.get(str(message.get("state")), LinkState.OFFLINE),
        since_ms=_maybe_int(message.get("since_ms")),
        last_contact_ms=_maybe_int(message.get("last_contact_ms")),
        queued=int(message.get("queued") or 0),
        parked=int(message.get("parked") or 0),
        oldest_ms=_maybe_int(message.get("oldest_ms")),
        prices_as_of_ms=_maybe_int(message.get("prices_as_of_ms")),
        message=str(message.get("message") or ""),
    )


def _maybe_int(value: Any) -> int | None:
    return None if value is None else int(value)
