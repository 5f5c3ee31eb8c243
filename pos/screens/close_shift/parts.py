"""What the count is made of: a row per note or coin, figures, the large result."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.widgets.paint import draw_box, draw_ring, draw_text, fill_rect, width_of
from pos.widgets.panel import TableHead
from pos.widgets.text import Text

ROW_HEIGHT = 66
_NAME, _FIELD, _GAP, _EDGE = 96, 112, 12, 16


class PieceRow(QWidget):
    """One denomination: its name, how many were counted, what they come to."""

    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(ROW_HEIGHT)
        self._name = self._count = self._amount = ""
        self._is_current = self._is_locked = False

    @property
    def count(self) -> str:
        return self._count

    def show_piece(
        self, name: str, count: str, amount: str, *, current: bool, locked: bool
    ) -> None:
        """Write the row; `current` has the caret, `locked` was handed in."""
        told = (name, count, amount, current, locked)
        if told == (self._name, self._count, self._amount, self._is_current, self._is_locked):
            return
        self._name, self._count, self._amount, self._is_current, self._is_locked = told
        self.setAccessibleName(f"{name}: {count or '–'}")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.touched.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        height = self.height() - 1
        narrow = self.width() < 2 * _EDGE + _NAME + _FIELD + 2 * _GAP + 72
        name, field = (72, 84) if narrow else (_NAME, _FIELD)
        top = (height - 24) // 2
        x = _EDGE + name - width_of(self._name, "heading")
        draw_text(painter, x, top - 2, self._name, "heading", "text")
        box = QRectF(_EDGE + name + _GAP, (height - 56) // 2, field, 56)
        fill = "surface-sunken" if self._is_locked else "surface-panel"
        draw_box(painter, box, fill=fill, edge="border-control")
        right = box.right() - 15
        if self._is_current:
            draw_ring(painter, box, on_solid=False)
            fill_rect(painter, right + 1, box.y() + 16, 2, 24, "text")
        x = right - width_of(self._count, "heading") - (2 if self._is_current else 0)
        draw_text(painter, x, top - 2, self._count, "heading", "text")
        tone = "text" if self._amount != "—" else "text-muted"
        x = self.width() - _EDGE - width_of(self._amount, "line")
        draw_text(painter, x, top, self._amount, "line", tone)
        fill_rect(painter, 0, self.height() - 1, self.width(), 1, "border")
        painter.end()


class PieceColumn(QWidget):
    """Notes or coins under their head; `touched` carries the place in the column."""

    touched = Signal(int)

    def __init__(self, size: int, rounded: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = TableHead(rounded=rounded)
        self.rows = [PieceRow() for _ in range(size)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        for index, row in enumerate(self.rows):
            column.addWidget(row)
            row.touched.connect(lambda place=index: self.touched.emit(place))
        column.addStretch(1)


class FigureRow(QWidget):
    """A muted word and a strong amount at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.word, self.amount = Text("", "body", "text-muted"), Text("", "strong", keeps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.setSpacing(8)
        row.addWidget(self.word, 1)
        row.addWidget(self.amount)

    def set_words(self, word: str, amount: str) -> None:
        """Write word and amount."""
        self.word.set_text(word)
        self.amount.set_text(amount)
