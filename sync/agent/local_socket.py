"""The agent's local socket: lines of JSON between it and the till's window."""

from __future__ import annotations

import json
import logging
import os
import selectors
import socket
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

LONGEST_LINE = 4_096
MAX_UNSENT = 256 * 1024
MAX_LISTENERS = 8
OWNER_ONLY = 0o177

log = logging.getLogger("sync.agent")


class LocalSocket:
    """Serves one Unix socket on a thread of its own.

    A listener that does not read is let go of rather than waited for.
    """

    def __init__(
        self,
        path: Path,
        *,
        on_nudge: Callable[[], None],
        greeting: Callable[[], dict[str, object]],
        on_readiness: Callable[[Mapping[str, object]], None] = lambda lights: None,
    ) -> None:
        """Listen; the caller holds the agent's lock, so a socket that is there is a left-over.

        Raises:
            OSError: The path cannot be used.
        """
        self._path = path
        self._on_nudge = on_nudge
        self._greeting = greeting
        self._on_readiness = on_readiness
        self._guard = threading.Lock()
        self._listeners: dict[socket.socket, bytearray] = {}
        self._selector = selectors.DefaultSelector()
        self._wake_here, self._wake_there = socket.socketpair()
        self._server = _bound(path)
        for each in (self._server, self._wake_here):
            each.setblocking(False)
            self._selector.register(each, selectors.EVENT_READ)
        self._is_closing = False
        self._thread = threading.Thread(target=self._serve, name="local-socket", daemon=True)
        self._thread.start()

    def tell(self, message: dict[str, object]) -> None:
        """Send a message to every listener."""
        data = _line(message)
        with self._guard:
            listeners = list(self._listeners)
        for listener in listeners:
            self._send(listener, data)

    def close(self) -> None:
        """Stop serving and take the socket away."""
        self._is_closing = True
        self._wake_there.send(b".")
        self._thread.join()
        for each in (self._server, self._wake_here, self._wake_there):
            each.close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while not self._is_closing:
            for key, _ in self._selector.select():
                if key.fileobj is self._server:
                    self._accept()
                elif isinstance(key.fileobj, socket.socket) and key.fileobj in self._listeners:
                    self._read(key.fileobj)
        for listener in list(self._listeners):
            self._drop(listener)
        self._selector.close()

    def _accept(self) -> None:
        try:
            listener, _ = self._server.accept()
        except OSError:
            return  # gone already, or no descriptors left: it will come again
        if len(self._listeners) >= MAX_LISTENERS:
            listener.close()
            return
        listener.setblocking(False)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, MAX_UNSENT)
        self._selector.register(listener, selectors.EVENT_READ)
        with self._guard:
            self._listeners[listener] = bytearray()
        self._send(listener, _line(self._greeting()))

    def _read(self, listener: socket.socket) -> None:
        try:
            data = listener.recv(LONGEST_LINE)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._drop(listener)
            return
        buffer = self._listeners[listener]
        buffer += data
        while (end := buffer.find(b"\n")) >= 0:
            line = bytes(buffer[:end])
            del buffer[: end + 1]
            self._take(line)
        if len(buffer) > LONGEST_LINE:
            self._drop(listener)

    def _take(self, line: bytes) -> None:
        try:
            message = json.loads(line)
        except (ValueError, RecursionError):
            log.warning("the till sent no JSON")
            return
        if not isinstance(message, dict):
            return
        match message.get("type"), message.get("lights"):
            case "nudge", _:
                self._on_nudge()
            case "readiness", dict(lights):
                self._on_readiness(lights)

    def _send(self, listener: socket.socket, data: bytes) -> None:
        try:
            sent = listener.send(data)
        except OSError:
            sent = 0
        if sent < len(data):
            # Half a line would garble the next one; the till connects again and is greeted.
            try:
                listener.shutdown(socket.SHUT_RDWR)
            except OSError:
                log.debug("listener gone")

    def _drop(self, listener: socket.socket) -> None:
        with self._guard:
            self._listeners.pop(listener, None)
        self._selector.unregister(listener)
        listener.close()


def _bound(path: Path) -> socket.socket:
    """Return a listening socket only its owner may connect to; once there, it answers."""
    beside = path.with_suffix(".new")
    beside.unlink(missing_ok=True)
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    before = os.umask(OWNER_ONLY)
    try:
        server.bind(str(beside))
    finally:
        os.umask(before)
    server.listen(MAX_LISTENERS)
    beside.replace(path)
    return server


def _line(message: dict[str, object]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode() + b"\n"
