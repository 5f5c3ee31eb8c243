"""A label printer made of memory, and one on a TCP port, for development, demos and tests."""

from __future__ import annotations

from hardware.errors import DeviceUnreachable
from hardware.label_printer.emulator import EmulatedLabelPrinter, LabelFaults
from hardware.label_printer.port import LabelPaper
from hardware.label_printer.zpl_tcp import ZplPrinter
from hardware.receipt_printer.document import Image
from hardware.receipt_printer.emulator.link import Link, LinkFaults
from hardware.receipt_printer.emulator.server import TcpServer
from hardware.receipt_printer.port import PrinterStatus, PrintOutcome
from hardware.receipt_printer.simulator import MemoryTransport


class SimulatedLabelPrinter:
    """The real driver on an emulated printer, with levers.

    Attributes:
        emulator: The printer itself, and what came out of it.
        line: Levers of the line.
        is_plugged_in: False is a printer that cannot be reached.
    """

    def __init__(self, paper: LabelPaper) -> None:
        self.emulator = EmulatedLabelPrinter()
        self.line = LinkFaults()
        self.is_plugged_in = True
        self._driver = ZplPrinter(
            self._connect,
            paper,
            finish_timeout_s=0.05,
            status_timeout_s=0.01,
            pause=lambda _: None,
        )

    @property
    def paper(self) -> LabelPaper:
        return self._driver.paper

    @property
    def faults(self) -> LabelFaults:
        """Levers of the printer: labels, head, pause, muteness."""
        return self.emulator.faults

    @property
    def labels(self) -> list[Image]:
        """What was printed, oldest first."""
        return self.emulator.labels

    def print(self, picture: Image) -> PrintOutcome:
        return self._driver.print(picture)

    def status(self) -> PrinterStatus:
        return self._driver.status()

    def _connect(self) -> MemoryTransport:
        if not self.is_plugged_in:
            raise DeviceUnreachable("The label printer is unplugged (simulated).")
        return MemoryTransport(Link(self.emulator, self.line))


class TcpLabelPrinterServer(TcpServer[EmulatedLabelPrinter]):
    """The emulated label printer on a TCP port, as `TcpServer` says."""
