"""The ways a refund can go, as rows with a filled ring at what is chosen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.return_purchase import Means
from pos.screens.returns.ways import WayWords
from pos.theme.theme import current
from pos.widgets.paint import draw_box, draw_ring
from pos.widgets.pieces import Column, Icon, Piece, Row, Spring, Word

_TALL, _LOW = 68, 56
_MOST_TALL = 4
_RING = 22


class WayRow(QAbstractButton):
    """One way; `refused` follows a touch while it cannot be."""

    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WayWords(Means.CASH, "", "", "", "cash")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedHeight(_TALL)

    def show_way(self, words: WayWords, height: int) -> None:
        """Show a way."""
        self.words = words
        self.setFixedHeight(height)
        self.setAccessibleName(f"{words.title}, {words.second}")
        self.setAccessibleDescription(words.amount)
        focus = Qt.FocusPolicy.TabFocus if words.is_on else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(focus)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        words, box = self.words, QRectF(self.rect())
        painter = QPainter(self)
        fill, edge, px = "surface-key", "border-control", 1
        if not words.is_on:
            fill, edge = "surface-sunken", "border"
        elif words.is_chosen:
            fill, edge, px = "accent-soft", "accent-text", 2
        draw_box(painter, box, fill=fill, edge=edge, px=px)
        self._paint_ring(painter, box)
        ink = "text" if words.is_on else "text-muted"
        lines = [Word(words.title, "strong", ink), Word(words.second, "meta", "text-muted")]
        pieces: list[Piece] = [Column(lines), Spring()]
        if words.amount:
            pieces.append(Word(words.amount, "strong", "text", keeps=True))
        else:
            pieces.append(Icon(words.icon, 24, ink))
        Row(pieces, 8).paint(painter, box.adjusted(48, 0, -14, 0))
        if self.hasFocus():
            draw_ring(painter, box, on_solid=False)
        painter.end()

    def _paint_ring(self, painter: QPainter, box: QRectF) -> None:
        words = self.words
        colour = current().color("accent-text" if words.is_chosen else "border-control")
        if not words.is_on:
            colour = current().color("border")
        centre = QPointF(box.x() + 25, box.center().y())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, 6 if words.is_chosen else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = (_RING - (6 if words.is_chosen else 2)) / 2
        painter.drawEllipse(centre, radius, radius)


class Ways(QWidget):
    """All of them; `chosen` carries means and reference."""

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[WayRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def show_ways(self, ways: Sequence[WayWords], *, is_tight: bool = False) -> None:
        """Show these ways; `is_tight` where other words need the room."""
        while len(self.rows) < len(ways):
            row = WayRow()
            row.clicked.connect(lambda _=False, row=row: self._take(row))
            self._column.addWidget(row)
            self.rows.append(row)
        height = _LOW if is_tight or len(ways) > _MOST_TALL else _TALL
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(ways))
            if place < len(ways):
                row.show_way(ways[place], height)

    def _take(self, row: WayRow) -> None:
        if row.words.is_on:
            self.chosen.emit(row.words.means, row.words.reference)
        else:
            row.refused.emit()
