"""A proxy between an agent and its hub that does to each exchange what a bad network does."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

HEAD_END = b"\r\n\r\n"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
KEEP_ALIVE = re.compile(rb"\r\nconnection: *[^\r]*", re.IGNORECASE)
TIMEOUT_S = 30.0


@dataclass
class Exchange:
    """A request on its way, and what may be done with it.

    Attributes:
        request: As it came, head and body.
        client: Who waits for an answer.
        is_over: Set when the proxy ends: whoever waits may stop.
    """

    request: bytes
    client: socket.socket
    is_over: threading.Event
    _proxy: ChaosProxy

    def forward(self, request: bytes | None = None) -> bytes:
        """Bring a request to the hub and return its whole answer."""
        answer = self._proxy.forward(self.request if request is None else request)
        self._proxy.answers.append(answer)
        return answer

    def answer(self, data: bytes) -> None:
        """Send bytes back."""
        self.client.sendall(data)

    @property
    def earlier(self) -> list[bytes]:
        """Every answer the hub gave, the oldest first."""
        return self._proxy.answers

    @property
    def kept(self) -> list[bytes]:
        """Requests that a trick keeps for later."""
        return self._proxy.kept


Trick = Callable[[Exchange], None]


def honest(exchange: Exchange) -> None:
    """Carry both ways."""
    exchange.answer(exchange.forward())


@dataclass
class ChaosProxy:
    """Listens on a port of this machine and plays `trick` on every exchange."""

    hub: str
    trick: Trick = honest
    answers: list[bytes] = field(default_factory=list)
    kept: list[bytes] = field(default_factory=list)
    exchanges: int = 0
    url: str = ""
    is_over: threading.Event = field(default_factory=threading.Event)

    def forward(self, request: bytes) -> bytes:
        """Bring a request to the hub, on a connection of its own."""
        address = urlsplit(self.hub)
        assert address.hostname is not None
        head, _, body = request.partition(HEAD_END)
        alone = KEEP_ALIVE.sub(b"", head) + b"\r\nConnection: close"
        with socket.create_connection((address.hostname, address.port or 80), TIMEOUT_S) as up:
            up.sendall(alone + HEAD_END + body)
            parts = []
            while part := up.recv(65_536):
                parts.append(part)
        return b"".join(parts)

    def serve(self, listener: socket.socket) -> None:
        """Take connections until the listener is shut."""
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=(client,), daemon=True).start()

    def _talk(self, client: socket.socket) -> None:
        client.settimeout(TIMEOUT_S)
        with client, suppress(OSError):
            request = _read_request(client)
            if request:
                self.exchanges += 1
                self.trick(Exchange(request, client, self.is_over, self))


@contextmanager
def chaos_proxy(hub: str) -> Iterator[ChaosProxy]:
    """Run a proxy before a hub."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        proxy = ChaosProxy(hub, url=f"http://127.0.0.1:{listener.getsockname()[1]}")
        thread = threading.Thread(target=proxy.serve, args=(listener,))
        thread.start()
        try:
            yield proxy
        finally:
            proxy.is_over.set()
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _read_request(client: socket.socket) -> bytes:
    data = b""
    while HEAD_END not in data:
        part = client.recv(65_536)
        if not part:
            return b""
        data += part
    head, _, body = data.partition(HEAD_END)
    found = LENGTH.search(head)
    missing = int(found[1]) - len(body) if found else 0
    while missing > 0:
        part = client.recv(65_536)
        if not part:
            return b""
        data += part
        missing -= len(part)
    return data
