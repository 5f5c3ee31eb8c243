"""A pad to sign on with a pen, a finger or the mouse."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen, QTabletEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.theme.theme import current
from pos.widgets.paint import draw_box, draw_text, fill_rect

TENTHS = 10
_STROKE = 2.5
_INSET = 24
_LINE_FROM_FOOT = 29
_MOST_POINTS = 4_000

Stroke = tuple[tuple[int, int], ...]


class SignaturePad(QWidget):
    """Strokes in tenths of a pixel; `signed` carries all of them after each one."""

    signed = Signal(object)  # tuple of strokes

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._strokes: tuple[Stroke, ...] = ()
        self._drawn: list[tuple[int, int]] = []
        self._caption = ""
        self.setMinimumHeight(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setCursor(Qt.CursorShape.CrossCursor)

    @property
    def strokes(self) -> tuple[Stroke, ...]:
        return self._strokes

    def set_strokes(self, strokes: Sequence[Sequence[tuple[int, int]]]) -> None:
        """Show what was drawn before; nothing is announced."""
        told = tuple(tuple(stroke) for stroke in strokes)
        if told != self._strokes:
            self._strokes = told
            self.update()

    def set_caption(self, text: str) -> None:
        """Write what is signed under the line."""
        if text != self._caption:
            self._caption = text
            self.setAccessibleName(text)
            self.update()

    def clear(self) -> None:
        """Begin anew, and say so."""
        self._drawn = []
        self._strokes = ()
        self.update()
        self.signed.emit(())

    def sizeHint(self) -> QSize:
        return QSize(400, 214)

    # -- drawing with a hand

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._begin(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_on(event.position())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        self._end()

    def tabletEvent(self, event: QTabletEvent) -> None:
        """Take the pen; accepted, so that Qt makes no mouse of it."""
        kind = event.type()
        if kind is QTabletEvent.Type.TabletPress:
            self._begin(event.position())
        elif kind is QTabletEvent.Type.TabletMove:
            self._go_on(event.position())
        else:
            self._end()
        event.accept()

    def _begin(self, at: QPointF) -> None:
        if sum(map(len, self._strokes)) < _MOST_POINTS:
            self._drawn = [self._point(at)]
            self.update()

    def _go_on(self, at: QPointF) -> None:
        point = self._point(at)
        is_room = sum(map(len, self._strokes)) + len(self._drawn) < _MOST_POINTS
        if self._drawn and point != self._drawn[-1] and is_room:
            self._drawn.append(point)
            self.update()

    def _end(self) -> None:
        if self._drawn:
            self._strokes = (*self._strokes, tuple(self._drawn))
            self._drawn = []
            self.update()
            self.signed.emit(self._strokes)

    def _point(self, at: QPointF) -> tuple[int, int]:
        x = min(max(at.x(), 0), self.width())
        y = min(max(at.y(), 0), self.height())
        return round(x * TENTHS), round(y * TENTHS)

    # -- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), fill="surface-panel", edge="border-control")
        foot = self.height() - _LINE_FROM_FOOT
        fill_rect(painter, _INSET, foot, self.width() - 2 * _INSET, 1, "border")
        draw_text(painter, _INSET, foot + 4, self._caption, "meta", "text-muted")
        pen = QPen(current().color("text"), _STROKE)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in (*self._strokes, tuple(self._drawn)):
            _draw(painter, stroke)
        painter.end()


def _draw(painter: QPainter, stroke: Stroke) -> None:
    points = [QPointF(x / TENTHS, y / TENTHS) for x, y in stroke]
    if len(points) == 1:
        painter.drawPoint(points[0])
    elif points:
        path = QPainterPath(points[0])
        for point in points[1:]:
            path.lineTo(point)
        painter.drawPath(path)
