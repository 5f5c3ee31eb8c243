"""The network cable of one till: carries its connections to the hub until it is pulled."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

PIECE = 65_536
CONNECT_S = 10.0


class Cable:
    """Listens at `url` of this machine; what comes goes on to the hub and back.

    A till behind it knows the hub by its key alone, so that no other address matters.
    """

    def __init__(self, hub: str, listener: socket.socket) -> None:
        address = urlsplit(hub)
        self._hub = (address.hostname or "127.0.0.1", address.port or 80)
        self._listener = listener
        self._plugged = threading.Event()
        self._plugged.set()
        self._lock = threading.Lock()
        self._ends: set[socket.socket] = set()
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"

    def pull(self) -> None:
        """Cut what is under way and let nothing through from here on."""
        self._plugged.clear()
        with self._lock:
            for end in self._ends:
                _cut(end)

    def plug(self) -> None:
        """Let connections through again."""
        self._plugged.set()

    def serve(self) -> None:
        """Take connections until the listener is shut."""
        while True:
            try:
                till, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(till,), daemon=True).start()

    def _carry(self, till: socket.socket) -> None:
        with till, suppress(OSError), socket.create_connection(self._hub, CONNECT_S) as hub:
            hub.settimeout(None)
            ends = {till, hub}
            with self._lock:
                if not self._plugged.is_set():
                    return
                self._ends |= ends
            try:
                back = threading.Thread(target=_pour, args=(hub, till), daemon=True)
                back.start()
                _pour(till, hub)
                back.join()
            finally:
                with self._lock:
                    self._ends -= ends


def _pour(source: socket.socket, target: socket.socket) -> None:
    """Carry one way until either end closes, then close that way."""
    with suppress(OSError):
        while piece := source.recv(PIECE):
            target.sendall(piece)
    _cut(source)
    _cut(target)


def _cut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def cable_to(hub: str) -> Iterator[Cable]:
    """Lay a cable to a hub; it is pulled at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        cable = Cable(hub, listener)
        thread = threading.Thread(target=cable.serve, daemon=True)
        thread.start()
        try:
            yield cable
        finally:
            cable.pull()
            _cut(listener)
            thread.join()
