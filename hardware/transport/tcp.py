"""Bytes over TCP, as network printers take them on port 9100."""

from __future__ import annotations

import contextlib
import errno
import socket
import time

from hardware.errors import DeviceBusy, DeviceUnreachable

RAW_PRINTING_PORT = 9100
CHUNK_BYTES = 4096


class TcpTransport:
    """One TCP connection.

    Args:
        host: Name or address.
        port: 9100 on printers with a raw printing interface.
        timeout_s: Longest wait for the connection, and for the device to take
            any bytes at all.
        deadline_s: Longest time one `write` may take in all, however steadily
            the bytes trickle.

    Raises:
        DeviceUnreachable: No connection was made.
        DeviceBusy: The device refused the connection, as printers do while they
            serve somebody else.
    """

    def __init__(
        self,
        host: str,
        port: int = RAW_PRINTING_PORT,
        *,
        timeout_s: float = 2.0,
        deadline_s: float = 20.0,
    ) -> None:
        self._timeout_s = timeout_s
        self._deadline_s = deadline_s
        try:
            self._socket = socket.create_connection((host, port), timeout_s)
        except ConnectionRefusedError as error:
            raise DeviceBusy(f"{host}:{port} refused the connection.") from error
        except OSError as error:
            raise DeviceUnreachable(f"{host}:{port} does not answer: {error}") from error
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def write(self, data: bytes) -> None:
        deadline = time.monotonic() + self._deadline_s
        sent = 0
        while sent < len(data):
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                raise TimeoutError(f"took {sent} of {len(data)} bytes in {self._deadline_s} s")
            self._socket.settimeout(min(self._timeout_s, left_s))
            sent += self._socket.send(data[sent : sent + CHUNK_BYTES])

    def read(self, size: int, timeout_s: float) -> bytes:
        self._socket.settimeout(max(timeout_s, 0.001))
        try:
            data = self._socket.recv(size)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "The device closed the connection.")
        return data

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._socket.shutdown(socket.SHUT_WR)
        self._socket.close()
