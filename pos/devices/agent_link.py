"""The agent's local socket: what the light says, and the nudge after each act."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalSocket

from pos.domain.readiness import BackupTrouble
from pos.screens.ports import DigestStatus, LinkState, LinkStatus
from pos.store.data_folder import is_trusted

RECONNECT_MS = 1_000
DELAYED_AFTER_SILENCE_MS = 15_000  # it speaks every two seconds
OFFLINE_AFTER_SILENCE_MS = 60_000
MAX_LINE = 64 * 1024

_log = logging.getLogger(__name__)


class AgentLink(QObject):
    """Listens to the agent and connects again whenever it went away."""

    changed = Signal(object)  # LinkStatus
    catalogue_changed = Signal()
    staff_changed = Signal()
    settings_changed = Signal()
    desk_changed = Signal()
    tickets_changed = Signal()
    orders_changed = Signal()
    customers_changed = Signal()
    promotions_changed = Signal()

    def __init__(self, socket_path: Path, now_ms: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._path = socket_path
        self._now_ms = now_ms
        self._status = LinkStatus(since_ms=now_ms(), has_agent=False)
        self._heard = QElapsedTimer()
        self._buffer = b""
        # By what the agent calls what it brought.
        self._streams = {
            "catalogue": self.catalogue_changed,
            "staff": self.staff_changed,
            "settings": self.settings_changed,
            "desk": self.desk_changed,
            "parked": self.tickets_changed,
            "orders": self.orders_changed,
            "customers": self.customers_changed,
            "promotions": self.promotions_changed,
        }
        self._socket = QLocalSocket(self)
        self._socket.connected.connect(self._look_at_all)
        self._socket.readyRead.connect(self._read)
        self._socket.disconnected.connect(self._lost)
        self._again = QTimer(self)
        self._again.setInterval(RECONNECT_MS)
        self._again.timeout.connect(self._connect)
        self._again.timeout.connect(self._notice_silence)

    @property
    def status(self) -> LinkStatus:
        return self._status

    def start(self) -> None:
        self._connect()
        self._again.start()

    def nudge(self) -> None:
        """Tell the agent that there is something to send; silently nothing without an agent."""
        self._send({"type": "nudge"})

    def report(self, lights: Mapping[str, str]) -> None:
        """Tell the agent the lights of the list of what an outage would need, for the hub."""
        self._send({"type": "readiness", "lights": dict(lights)})

    def _send(self, message: dict[str, object]) -> None:
        if self._socket.state() == QLocalSocket.LocalSocketState.ConnectedState:
            self._socket.write(json.dumps(message).encode() + b"\n")
            self._socket.flush()

    def _connect(self) -> None:
        is_idle = self._socket.state() == QLocalSocket.LocalSocketState.UnconnectedState
        if is_idle and is_trusted(self._path.parent):
            self._socket.connectToServer(str(self._path))

    def _look_at_all(self) -> None:
        """Have everything read once more: what the agent said while nobody heard it is lost."""
        for changed in self._streams.values():
            changed.emit()

    def _lost(self) -> None:
        self._buffer = b""
        was_offline = self._status.state is LinkState.OFFLINE
        since_ms = self._status.since_ms if was_offline else self._now_ms()
        self._set(
            replace(
                self._status,
                state=LinkState.OFFLINE,
                since_ms=since_ms,
                message="",
                has_agent=False,
                clock_offset_ms=None,
            )
        )

    def _notice_silence(self) -> None:
        """Stop believing what an agent said that has gone quiet: it may hang."""
        if not self._heard.isValid() or not self._status.has_agent:
            return
        silence_ms = self._heard.elapsed()
        if silence_ms > OFFLINE_AFTER_SILENCE_MS and self._status.state is not LinkState.OFFLINE:
            now_ms = self._now_ms()
            self._set(replace(self._status, state=LinkState.OFFLINE, since_ms=now_ms))
        elif silence_ms > DELAYED_AFTER_SILENCE_MS and self._status.state is LinkState.ONLINE:
            self._set(replace(self._status, state=LinkState.DELAYED))

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
        except (
            ArithmeticError,
            LookupError,
            AttributeError,
            TypeError,
            ValueError,
            RecursionError,
        ):
            _log.warning("agent sent what is no message")
            return
        if status is not None:
            self._heard.start()
            self._set(status)
            return
        name = message.get("type")
        changed = self._streams.get(name) if isinstance(name, str) else None
        if changed is not None:
            changed.emit()

    def _set(self, status: LinkStatus) -> None:
        self._status = status
        self.changed.emit(status)


def _status_of(message: dict[str, Any]) -> LinkStatus:
    """Read a status.

    Raises:
        ArithmeticError, KeyError, TypeError, ValueError: A value is none.
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
        message=str(message.get("last_error") or message.get("message") or ""),
        clock_offset_ms=_maybe_int(message.get("clock_offset_ms")),
        digest=_digest_of(message.get("digest")),
        backup_trouble=_trouble_of(message.get("backup_trouble")),
        notices=tuple(str(notice["name"]) for notice in message.get("notices") or ()),
    )


def _digest_of(told: Any) -> DigestStatus | None:
    if not isinstance(told, dict) or not told.get("at_ms"):
        return None
    return DigestStatus(
        at_ms=int(told["at_ms"]),
        agreed_through=str(told.get("agreed_through") or ""),
        differing=tuple(str(day) for day in told.get("differing") or ()),
    )


def _trouble_of(told: Any) -> BackupTrouble:
    known = {trouble.value: trouble for trouble in BackupTrouble}
    return known.get(str(told or ""), BackupTrouble.FAILED)


def _maybe_int(value: Any) -> int | None:
    return None if value is None else int(value)
