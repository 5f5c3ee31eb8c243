"""The whole left half of the sale screen: head, lines or teaching, entry row, totals."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.widgets.grid import Grid
from pos.widgets.notice import Teach
from pos.widgets.panel import Panel
from pos.widgets.ticket_list import TicketList
from pos.widgets.ticket_parts import EntryRow, TicketHead, TotalsFoot


class TicketPanel(Panel):
    """The parts by name: `head`, `lines`, `teach`, `entry`, `foot`.

    `show_lines(False)` shows what teaches in the place of the lines.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.head, self.lines, self.teach = TicketHead(), TicketList(), Teach()
        self.entry, self.foot = EntryRow(), TotalsFoot()
        self._middle = QStackedWidget()
        self._middle.addWidget(self.lines)
        self._middle.addWidget(self.teach)
        self.column.addWidget(self.head)
        self.column.addWidget(self._middle, 1)
        self.column.addWidget(self.entry)
        self.column.addWidget(self.foot)

    def show_lines(self, lines: bool) -> None:
        """Show the lines, or what teaches."""
        self._middle.setCurrentIndex(0 if lines else 1)

    def set_grid(self, grid: Grid) -> None:
        """Take the widths of the columns from the grid of the window."""
        self.lines.set_grid(grid)
