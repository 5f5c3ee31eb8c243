"""The lines of a ticket: quantity, name with why it costs what it costs, amount."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from pos.theme.tokens import tokens
from pos.widgets.grid import MIDDLE, NARROW, Grid
from pos.widgets.paint import draw_icon, draw_text, elided, width_of
from pos.widgets.row_view import RowView

_LEAST_GAP = 5  # left of a long quantity, and between it and the name


@dataclass(frozen=True, slots=True)
class TicketRow:
    """What one line shows; every text is ready to be painted.

    `key` names the line for ever. `icon` stands in the quantity column instead of a number.
    `accent` is a promotion or discount, `note` a refused or waiting thing (amber). `voided` is
    the word for a voided line, such as `ANULADA`; empty while it counts. `is_back` is for goods
    that came back: they count against what is taken.
    """

    key: str
    quantity: str
    name: str
    amount: str
    unit: str = ""
    detail: str = ""
    accent: str = ""
    note: str = ""
    icon: str = ""
    voided: str = ""
    is_back: bool = False

    def spoken(self) -> str:
        parts = (self.voided, f"{self.quantity} {self.unit}".strip(), self.name, self.amount)
        return ", ".join(part for part in (*parts, self.detail, self.accent, self.note) if part)


class TicketList(RowView[TicketRow]):
    """The lines of the ticket; see `RowView` for its signals."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(tokens().height["line"], parent=parent)
        self._grid = MIDDLE

    def set_grid(self, grid: Grid) -> None:
        """Take the widths of the columns from the grid of the window."""
        self._grid = grid
        self.viewport().update()

    def ground(self, row: TicketRow, *, chosen: bool, hover: bool) -> str:
        if (row.voided or row.is_back) and not chosen:
            return "danger-soft"
        return super().ground(row, chosen=chosen, hover=hover)

    def paint_row(self, painter: QPainter, box: QRectF, row: TicketRow) -> None:
        left, right = box.x() + self._grid.quantity_column, self.width() - self._margin
        amount = width_of(row.amount, "line+")
        name_width = right - max(self._grid.amount_column, amount + 12) - left
        ink = "danger-text" if row.voided else "text"
        y = box.y() + 6
        self._paint_quantity(painter, left - self._gap, y, row, ink)
        name = elided(row.name, "line", int(name_width))
        draw_text(painter, left, y, name, "line", ink, struck=bool(row.voided))
        tone = "danger-text" if row.is_back else ink
        draw_text(painter, right - amount, y, row.amount, "line+", tone, struck=bool(row.voided))
        self._paint_second(painter, left, y + 24, name_width, row)

    @property
    def _margin(self) -> int:
        return 12 if self._grid is NARROW else 16

    @property
    def _gap(self) -> int:
        return 10 if self._grid is NARROW else 14

    def _paint_quantity(
        self, painter: QPainter, right: float, y: float, row: TicketRow, ink: str
    ) -> None:
        if row.icon:
            draw_icon(painter, right - 22, y + 2, row.icon, 22, ink)
            return
        room = self._grid.quantity_column - _LEAST_GAP - _LEAST_GAP
        style = "line+" if width_of(row.quantity, "line+") <= room else "strong"
        lift = 0 if style == "line+" else -1
        farthest = right + self._gap - self._grid.quantity_column + _LEAST_GAP
        x = max(right - width_of(row.quantity, style), farthest)
        draw_text(painter, x, y - lift, row.quantity, style, ink)
        if row.unit:
            x = right - width_of(row.unit, "meta")
            draw_text(painter, x, y + 24, row.unit, "meta", "text-muted")

    def _paint_second(
        self, painter: QPainter, x: float, y: float, width: float, row: TicketRow
    ) -> None:
        parts = (
            (row.voided, "danger-text"),
            (row.detail, "text-muted"),
            (row.accent, "accent-text"),
            (row.note, "amber-text"),
        )
        for text, colour in parts:
            if text and width > 24:
                shown = elided(text, "meta", int(width))
                draw_text(painter, x, y, shown, "meta", colour)
                used = width_of(shown, "meta") + 8
                x, width = x + used, width - used
