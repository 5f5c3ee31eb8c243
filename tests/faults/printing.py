"""The till's printer desk without a window: one job printed to its end."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEventLoop

from hardware.cash_drawer.simulator import SimulatedDrawer
from hardware.receipt_printer.escpos import EscposPrinter
from hardware.receipt_printer.profile import PROFILES
from hardware.transport.tcp import TcpTransport
from pos.devices.printing import PrintDesk
from pos.domain.printing import PrintJob
from pos.open_till import OpenTill
from pos.receipts.layouts import Layouts
from tests.receipts.examples import paper

HOST = "127.0.0.1"


class Desk:
    """Prints through the thread, the driver and the socket that the till prints through."""

    def __init__(self, till: OpenTill, port: int) -> None:
        self._app = QCoreApplication.instance() or QCoreApplication([])
        printer = EscposPrinter(lambda: TcpTransport(HOST, port), PROFILES["epson-80mm"])
        self._desk = PrintDesk(till.station, Layouts(paper()), printer, SimulatedDrawer())
        self._loop = QEventLoop()
        self._desk.finished.connect(self._loop.quit)

    def print(self, job: PrintJob) -> None:
        """Print a job and return when its end is recorded."""
        self._desk.submit(job)
        self._loop.exec()

    def finish(self) -> None:
        """Let the thread end."""
        self._desk.finish()
