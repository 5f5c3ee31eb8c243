"""The emulated printer on a TCP port or on a serial line."""

from __future__ import annotations

import contextlib
import os
import select
import socket
import struct
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable
from types import TracebackType
from typing import Generic, Protocol, Self, TypeVar

from hardware.receipt_printer.emulator.link import Emulated, LineBroke, Link, LinkFaults
from hardware.receipt_printer.emulator.printer import EmulatedPrinter

POLL_S = 0.005  # how soon replies leave that the printer has after a lever was moved
BLOCK_BYTES = 65_536
BACKLOG = 5

Device = TypeVar("Device", bound=Emulated)


class _Line(Protocol):
    def fileno(self) -> int: ...
    def receive(self, size: int) -> bytes: ...
    def send(self, data: bytes) -> None: ...


class _Server(ABC, Generic[Device]):
    """A thread that serves one line at a time until it is closed."""

    def __init__(self, printer: Device, faults: LinkFaults | None) -> None:
        self.printer = printer
        self.faults = faults or LinkFaults()
        self._link = Link(printer, self.faults)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="emulated-printer", daemon=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up and wait until the thread has ended; harmless when already done."""
        self._stopping.set()
        self._thread.join()

    @abstractmethod
    def _run(self) -> None: ...

    def _serve(self, line: _Line) -> None:
        """Carry bytes both ways until the host hangs up or a lever breaks the line."""
        while not self._stopping.is_set():
            rate = self.faults.bytes_per_s
            if select.select([line], [], [], POLL_S)[0]:
                data = line.receive(1 if rate else BLOCK_BYTES)
                if not data:
                    return
                self._link.carry(data)
                if rate:
                    self._stopping.wait(1 / rate)
            replies = self.printer.take_replies()
            if replies:
                line.send(replies)


class _SocketLine:
    def __init__(self, connection: socket.socket) -> None:
        self._connection = connection
        self.fileno: Callable[[], int] = connection.fileno

    def receive(self, size: int) -> bytes:
        return self._connection.recv(size)

    def send(self, data: bytes) -> None:
        self._connection.sendall(data)


class TcpServer(_Server[Device]):
    """Serves one connection at a time, as printers do on port 9100; others wait.

    Args:
        printer: What prints.
        host: Address to listen on.
        port: 0 takes any free port.
        faults: Levers of the line.

    Attributes:
        host: Where it listens.
        port: Where it listens.

    Raises:
        OSError: The port is taken.
    """

    def __init__(
        self,
        printer: Device,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: LinkFaults | None = None,
    ) -> None:
        super().__init__(printer, faults)
        self._listener = socket.create_server((host, port), backlog=BACKLOG)
        self.host: str = host
        self.port: int = self._listener.getsockname()[1]
        self._thread.start()

    def close(self) -> None:
        super().close()
        self._listener.close()

    def _run(self) -> None:
        while not self._stopping.is_set():
            if not select.select([self._listener], [], [], 0.05)[0]:
                continue
            connection, _ = self._listener.accept()
            with connection, contextlib.suppress(ConnectionError):
                connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                try:
                    self._serve(_SocketLine(connection))
                except LineBroke:
                    reset_on_close = struct.pack("ii", 1, 0)
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, reset_on_close)
            self.printer.host_hung_up()


class TcpPrinterServer(TcpServer[EmulatedPrinter]):
    """The emulated receipt printer on a TCP port, as `TcpServer` says."""


class _PtyLine:
    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def fileno(self) -> int:
        return self._descriptor

    def receive(self, size: int) -> bytes:
        return os.read(self._descriptor, size)

    def send(self, data: bytes) -> None:
        os.write(self._descriptor, data)


class PtyPrinterServer(_Server[EmulatedPrinter]):
    """Serves a pseudo terminal, which programs open as a serial port.

    Attributes:
        device: Path to open, for example ``/dev/pts/7``.

    A lever that breaks the line is an unplugged cable: the device is gone until
    another server is made.
    """

    def __init__(self, printer: EmulatedPrinter, *, faults: LinkFaults | None = None) -> None:
        import tty  # not on Windows, where nothing needs a pseudo terminal

        super().__init__(printer, faults)
        self._master, self._slave = os.openpty()
        tty.setraw(self._slave)
        self.device: str = os.ttyname(self._slave)
        self._thread.start()

    def _run(self) -> None:
        try:
            with contextlib.suppress(LineBroke):
                self._serve(_PtyLine(self._master))
        finally:
            os.close(self._slave)
            os.close(self._master)
