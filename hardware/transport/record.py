"""Writes down what a driver and its device say to each other."""

from __future__ import annotations

from hardware.transport.base import Transport
from hardware.transport.replay import Exchange


class RecordTransport:
    """Passes everything through and keeps it, ready for a `ReplayTransport`."""

    def __init__(self, inner: Transport) -> None:
        self._inner = inner
        self._sent = b""
        self._answer = b""
        self._exchanges: list[Exchange] = []

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """What was said so far, a new exchange at every write after an answer."""
        if not self._sent and not self._answer:
            return tuple(self._exchanges)
        return (*self._exchanges, Exchange(self._sent, self._answer))

    def write(self, data: bytes) -> None:
        if self._answer:
            self._exchanges.append(Exchange(self._sent, self._answer))
            self._sent, self._answer = b"", b""
        self._sent += data
        self._inner.write(data)

    def read(self, size: int, timeout_s: float) -> bytes:
        data = self._inner.read(size, timeout_s)
        self._answer += data
        return data

    def close(self) -> None:
        self._inner.close()
