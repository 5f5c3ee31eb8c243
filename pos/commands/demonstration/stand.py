"""A till on a display of its own: window, hands, eyes, and a printer that prints on paper."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

from hardware.receipt_printer.emulator.printer import EmulatedPrinter
from hardware.receipt_printer.emulator.server import TcpPrinterServer
from pos.commands.demonstration.cashier import Cashier
from pos.commands.demonstration.display import Display
from pos.commands.demonstration.eyes import Books, still_picture
from pos.commands.demonstration.hand import SCANNER, Hand
from pos.commands.demonstration.opening import Opened
from pos.commands.demonstration.processes import MOSTRADOR, Program
from pos.domain.scan_codes import badge_code
from pos.store.data_folder import DataFolder

WINDOW_TITLE = "Mostrador"
CARD_WAIT_S = 0.5  # nobody looks on


def at_counter(printer: TcpPrinterServer) -> dict[str, Any]:
    """Return what the settings of a till with this printer, our scanner and a quick bank say."""
    return {
        "printer": {"kind": "tcp", "host": printer.host, "port": printer.port},
        "scanner": SCANNER,
        "terminal": {"wait_s": CARD_WAIT_S},
    }


class Stand:
    """A till that is opened and closed; it must end when it is asked to.

    Raises:
        StageError: Display or till did not start.
    """

    def __init__(self, name: str, opened: Opened, printer: EmulatedPrinter, logs: Path) -> None:
        self.name, self._opened, self._printer, self._logs = name, opened, printer, logs
        self._stack = ExitStack()
        self._window: ExitStack | None = None
        folder = logs / name
        folder.mkdir(parents=True, exist_ok=True)
        self.display = Display(folder)
        self._stack.callback(self.display.stop)

    @property
    def folder(self) -> DataFolder:
        return self._opened.folder

    def open(self, folder: DataFolder | None = None) -> None:
        """Start the till, of another folder if one is given; `wait` sees its window."""
        if folder is not None:
            self._opened = replace(self._opened, folder=folder)
        self._window = ExitStack()
        self._till = Program(
            [*MOSTRADOR, "till", "--data", str(self.folder.root)],
            log=self._logs / f"{self.name}.err",
            environment=self.display.environment,
        )
        self._window.callback(self._till.stop)
        books = Books(self.folder.root)
        self._window.callback(books.close)
        self.cashier = Cashier(
            Hand(self.display.name),
            books,
            self._opened,
            self._printer,
            look=lambda: still_picture(self.display.picture),
        )

    def wait(self) -> None:
        """Wait until the window is there and has the keyboard."""
        self.cashier.hand.wait_for_window(WINDOW_TITLE)

    def begin(self, badge: str) -> None:
        """Sign somebody in by their badge; with no shift open one is opened without a float."""
        cashier = self.cashier
        cashier.look()
        with cashier.books.expecting("staff.signed_in"):
            cashier.hand.scan(badge_code(badge))
        if cashier.books.session() is None:
            cashier.look()
            with cashier.books.expecting("session.opened"):
                cashier.hand.key("F10")

    def fault(self) -> str:
        """Say that the till ended by itself, empty while it runs."""
        if self._window is None or self._till.is_running:
            return ""
        return f"{self.name} ended with {self._till.process.returncode}"

    def shut(self) -> None:
        """Close the window; harmless when it is closed."""
        if self._window is not None:
            self._window.close()
            self._window = None

    def close(self) -> None:
        """Close window and display."""
        self.shut()
        self._stack.close()
