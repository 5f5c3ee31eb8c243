"""What the desk is drawn with: rows of three lines, and the facts of one party."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.screens.desk.view_model import DeskLine, SideCard
from pos.widgets.paint import draw_box, draw_icon, draw_text, elided, width_of
from pos.widgets.row_view import RowView

ROW_HEIGHT = 88
_NARROW = 420  # pixels: the third line then runs below the amount
_FACT_LINE = 26
_HEAD = 48


class DeskList(RowView[DeskLine]):
    """Items with what they are about, how old they are and how much money they move."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ROW_HEIGHT, "bottom", parent)

    def paint_row(self, painter: QPainter, box: QRectF, row: DeskLine) -> None:
        y = box.y() + 11
        draw_icon(painter, 16, box.y() + 31, row.icon, 26, "text", 2.0)
        right = self.width() - 16
        is_money = row.amount != "—"
        amount = width_of(row.amount, "heading")
        tone = "text" if is_money else "text-muted"
        is_narrow = self.width() < _NARROW
        top = box.y() + (18 if is_narrow else 31)
        draw_text(painter, right - amount, top, row.amount, "heading", tone)
        x = 54.0
        room = int(right - amount - 12 - x)
        draw_text(painter, x, y, elided(row.title, "strong", room), "strong", "text")
        draw_text(painter, x, y + 23, elided(row.second, "meta", room), "meta", "text-muted")
        third = "amber-text" if row.is_late else "text-muted"
        room = int(right - x) if is_narrow else room
        draw_text(painter, x, y + 45, elided(row.third, "meta", room), "meta", third)


class FactCard(QWidget):
    """One party's facts: label at the left, value at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card = SideCard("", ())
        self._rows = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(self, card: SideCard, rows: int) -> None:
        """Write the facts; `rows` is how many lines high every card beside it is."""
        if (card, rows) != (self._card, self._rows):
            self._card, self._rows = card, rows
            spoken = ", ".join(f"{label} {value}" for label, value in card.rows)
            self.setAccessibleName(f"{card.place}: {spoken}")
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, _HEAD - 6 + self._rows * _FACT_LINE + 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), fill="surface-sunken", edge="border")
        draw_icon(painter, 16, 13, "store", 22, "text", 2.0)
        room = self.width() - 34
        place = elided(self._card.place, "strong", room - 30)
        draw_text(painter, 47, 13, place, "strong", "text")
        y = _HEAD - 6.0
        for label, value in self._card.rows:
            draw_text(painter, 17, y + 2, label, "body", "text-muted")
            left = room - width_of(label, "body") - 12
            cut = elided(value, "body", int(left))
            draw_text(painter, 17 + room - width_of(cut, "body"), y + 2, cut, "body", "text")
            y += _FACT_LINE
        painter.end()


def most_rows(cards: Sequence[SideCard]) -> int:
    """Return how many lines the longest card has."""
    return max((len(card.rows) for card in cards), default=0)
