"""A printer on a TCP port in a process of its own that notes when bytes of a receipt came."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import TcpPrinterServer

STATUS, PULSE = b"\x10\x04", b"\x1bp"


class _NotingPrinter(EmulatedPrinter):
    """Says the time of the first bytes of each receipt, on the clock of `time.perf_counter`.

    On Linux that clock is the same in every process.
    """

    def __init__(self) -> None:
        super().__init__()
        self._is_printing = False

    def receive(self, data: bytes) -> None:
        if not self._is_printing and not data.startswith((STATUS, PULSE)):
            sys.stdout.write(f"{time.perf_counter()}\n")
            sys.stdout.flush()
            self._is_printing = True
        super().receive(data)

    def host_hung_up(self) -> None:
        self._is_printing = False
        super().host_hung_up()


class ReceiptTimes:
    """Where the printer listens, and when the first byte of each receipt reached it."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout is not None
        self._lines = process.stdout
        self.port = int(self._lines.readline())
        self.first_bytes: list[float] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        for line in self._lines:
            self.first_bytes.append(float(line))


@contextmanager
def running_printer() -> Iterator[ReceiptTimes]:
    """Run the printer."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.printer"], stdout=subprocess.PIPE, text=True
    )
    try:
        yield ReceiptTimes(process)
    finally:
        process.terminate()
        process.wait()


def serve() -> None:
    """Print the port, then the times, until the process is ended."""
    with TcpPrinterServer(_NotingPrinter()) as server:
        sys.stdout.write(f"{server.port}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    serve()
