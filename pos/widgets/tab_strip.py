"""The tabs above the right half of the sale screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.theme.tokens import tokens
from pos.widgets.labels import Badge
from pos.widgets.paint import draw_ring, fill_rect
from pos.widgets.panel import paint_corners
from pos.widgets.pieces import Cap, Piece, Row, Word


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab: what it is called in code, what is written on it, how many things wait there."""

    id: str
    word: str
    cap: str = ""
    count: int = 0


class TabStrip(QWidget):
    """Tabs of equal width; `chosen` carries the id when another one is chosen.

    Left and right arrows move when it has the focus. A tab that is too narrow drops its count.
    """

    chosen = Signal(str)

    def __init__(self, tabs: Sequence[Tab] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tabs: tuple[Tab, ...] = ()
        self._chosen = ""
        self._under = -1
        self.setFixedHeight(tokens().height["target"] + 1)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.set_tabs(tabs)

    @property
    def chosen_id(self) -> str:
        return self._chosen

    def set_tabs(self, tabs: Sequence[Tab]) -> None:
        """Show these tabs; the chosen one stays chosen if it is still there."""
        self._tabs = tuple(tabs)
        if self._tabs and self._chosen not in {tab.id for tab in self._tabs}:
            self._chosen = self._tabs[0].id
        self._tell()

    def choose(self, tab: str) -> None:
        """Choose a tab by its id and say so if it was not chosen already."""
        if tab != self._chosen:
            self._chosen = tab
            self._tell()
            self.chosen.emit(tab)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self._at(event.position().x())
        if 0 <= index < len(self._tabs):
            self.choose(self._tabs[index].id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position().x()))

    def leaveEvent(self, _event: object) -> None:
        self._hover(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._tabs:
            event.ignore()
            return
        place = [tab.id for tab in self._tabs].index(self._chosen)
        self.choose(self._tabs[(place + step) % len(self._tabs)].id)

    def focusInEvent(self, _event: QFocusEvent) -> None:
        self.update()

    def focusOutEvent(self, _event: QFocusEvent) -> None:
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        paint_corners(painter, QRectF(self.rect()), "surface-sunken", "top")
        for index, tab in enumerate(self._tabs):
            self._paint_tab(painter, index, tab)
        fill_rect(painter, 0, self.height() - 1, self.width(), 1, "border")
        painter.end()

    def _paint_tab(self, painter: QPainter, index: int, tab: Tab) -> None:
        box = self._box(index)
        on = tab.id == self._chosen
        last = index == len(self._tabs) - 1
        painter.save()
        painter.setClipRect(box)
        if on or index == self._under:
            ground = "surface-panel" if on else "surface-hover"
            paint_corners(painter, QRectF(self.rect()), ground, "top")
        if not last:
            fill_rect(painter, box.right() - 1, 0, 1, box.height(), "border")
        if on:
            painter.setClipRect(QRectF(box.x(), 0, box.width() - (0 if last else 1), 4))
            paint_corners(painter, QRectF(self.rect()), "accent-text", "top")
        painter.restore()
        room = box.adjusted(4, 0, -5, 0)
        pieces: list[Piece] = [Word(tab.word, "strong", "text" if on else "text-muted", 20)]
        if tab.cap:
            pieces.append(Cap(tab.cap, fill=""))
        row = Row([*pieces, Badge(str(tab.count))], 8, "centre") if tab.count else None
        if row is None or row.width > room.width():
            row = Row(pieces, 8, "centre")
        row.paint(painter, room)
        if on and self.hasFocus():
            draw_ring(painter, box, on_solid=False)

    def _box(self, index: int) -> QRectF:
        width = self.width() / max(1, len(self._tabs))
        left, right = round(index * width), round((index + 1) * width)
        return QRectF(left, 0, right - left, self.height() - 1)

    def _at(self, x: float) -> int:
        return int(x / self.width() * len(self._tabs)) if self._tabs else -1

    def _hover(self, index: int) -> None:
        if index != self._under:
            self._under = index
            self.update()

    def _tell(self) -> None:
        words = [tab.word for tab in self._tabs if tab.id == self._chosen]
        self.setAccessibleName(words[0] if words else "")
        self.update()
