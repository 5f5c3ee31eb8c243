"""A receipt printer made of memory, for development, demos and tests."""

from __future__ import annotations

from hardware.errors import DeviceUnreachable
from hardware.receipt_printer.document import Document
from hardware.receipt_printer.emulator.link import Link, LinkFaults
from hardware.receipt_printer.emulator.paper import Receipt
from hardware.receipt_printer.emulator.printer import DOTS_OF_COLUMNS, EmulatedPrinter
from hardware.receipt_printer.emulator.status import Faults
from hardware.receipt_printer.escpos import EscposPrinter
from hardware.receipt_printer.port import DrawerPin, PrinterStatus, PrintOutcome
from hardware.receipt_printer.profile import PrinterProfile


class MemoryTransport:
    """A line to an emulated printer in this process.

    Nothing happens there between two calls, so waiting would be in vain: `read`
    answers at once.
    """

    def __init__(self, link: Link) -> None:
        self._link = link

    def write(self, data: bytes) -> None:
        self._link.carry(data)

    def read(self, size: int, timeout_s: float) -> bytes:
        return self._link.printer.take_replies(size)

    def close(self) -> None:
        self._link.printer.host_hung_up()


class SimulatedPrinter:
    """The real driver on an emulated printer, with levers.

    Attributes:
        emulator: The printer itself, its paper and its drawer connector.
        line: Levers of the line.
        is_plugged_in: False is a printer that cannot be reached.
    """

    def __init__(self, columns: int = 48) -> None:
        profile = PrinterProfile(f"simulator-{columns}", columns, DOTS_OF_COLUMNS[columns])
        self.emulator = EmulatedPrinter(columns)
        self.line = LinkFaults()
        self.is_plugged_in = True
        self._driver = EscposPrinter(
            self._connect, profile, finish_timeout_s=0.05, status_timeout_s=0.01
        )

    @property
    def columns(self) -> int:
        return self._driver.columns

    @property
    def faults(self) -> Faults:
        """Levers of the printer: paper, cover, cutter, muteness."""
        return self.emulator.faults

    @property
    def receipts(self) -> list[Receipt]:
        """What was printed, oldest first."""
        return self.emulator.receipts

    def print(self, document: Document) -> PrintOutcome:
        return self._driver.print(document)

    def status(self) -> PrinterStatus:
        return self._driver.status()

    def kick_drawer(self, pin: DrawerPin = DrawerPin.PIN_2) -> None:
        self._driver.kick_drawer(pin)

    def _connect(self) -> MemoryTransport:
        if not self.is_plugged_in:
            raise DeviceUnreachable("The receipt printer is unplugged (simulated).")
        return MemoryTransport(Link(self.emulator, self.line))
