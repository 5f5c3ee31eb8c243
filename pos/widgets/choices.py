"""Choosing one of a few, and counting up and down."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.theme.tokens import tokens
from pos.widgets.key import Key
from pos.widgets.paint import draw_box, draw_ring, fill_rect, width_of
from pos.widgets.pieces import Icon, Piece, Row, Word
from pos.widgets.text import Text


class Segment(QWidget):
    """Options side by side, one of them chosen; `chosen` carries its id."""

    chosen = Signal(str)

    def __init__(
        self, options: Sequence[tuple[str, str]] = (), parent: QWidget | None = None
    ) -> None:
        """Build it from (id, word); the first is chosen."""
        super().__init__(parent)
        self._options: tuple[tuple[str, str], ...] = ()
        self._chosen = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_options(options)

    @property
    def chosen_id(self) -> str:
        return self._chosen

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Show these options; the chosen one stays chosen if it is still there."""
        self._options = tuple(options)
        if self._options and self._chosen not in {option for option, _ in self._options}:
            self._chosen = self._options[0][0]
        self.updateGeometry()
        self._tell()

    def choose(self, option: str) -> None:
        """Choose by id and say so if it was not chosen already."""
        if option != self._chosen:
            self._chosen = option
            self._tell()
            self.chosen.emit(option)

    def sizeHint(self) -> QSize:
        widest = max((width_of(word, "strong") for _, word in self._options), default=0)
        return QSize(round(max(124, widest + 60)) * len(self._options), tokens().height["target"])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._choose_at(event.position())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None or not self._options:
            event.ignore()
            return
        place = [option for option, _ in self._options].index(self._chosen)
        self.choose(self._options[(place + step) % len(self._options)][0])

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill="surface-key", edge="border-control")
        for index, (option, word) in enumerate(self._options):
            part = self._box(index)
            on = option == self._chosen
            if index and not on:
                fill_rect(painter, part.x(), 1, 1, box.height() - 2, "border")
            pieces: list[Piece] = []
            if on:
                inner = part.adjusted(0 if index else 1, 1, -1, -1)
                draw_box(painter, inner, fill="accent-soft", edge="accent-text", px=2, radius=7)
                pieces.append(Icon("check", 18, "accent-text"))
            ink = "accent-text" if on else "text-muted"
            pieces.append(Word(word, "strong", ink, 20))
            Row(pieces, 8, "centre").paint(painter, part.adjusted(8, 0, -8, 0))
            if on and self.hasFocus():
                draw_ring(painter, part, on_solid=False)
        painter.end()

    def _box(self, index: int) -> QRectF:
        width = self.width() / max(1, len(self._options))
        left, right = round(index * width), round((index + 1) * width)
        return QRectF(left, 0, right - left, self.height())

    def _choose_at(self, point: QPointF) -> None:
        if not self._options:
            return
        index = int(point.x() / self.width() * len(self._options))
        self.choose(self._options[min(max(0, index), len(self._options) - 1)][0])

    def _tell(self) -> None:
        words = [word for option, word in self._options if option == self._chosen]
        self.setAccessibleName(words[0] if words else "")
        self.update()


class Stepper(QWidget):
    """A whole number with a key at each side; `changed` carries the number."""

    changed = Signal(int)

    def __init__(
        self,
        value: int = 0,
        *,
        least: int = 0,
        most: int = 999,
        less_name: str = "",
        more_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._least, self._most, self._value = least, most, value
        self.less = Key(icon="minus", name=less_name or "\u2212", parent=self)
        self.more = Key(icon="plus", name=more_name or "+", parent=self)
        self._shown = Text(str(value), "heading", align="centre", keeps=True)
        self._shown.setMinimumWidth(48)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for widget in (self.less, self._shown, self.more):
            row.addWidget(widget)
        self.less.clicked.connect(lambda: self._step(-1))
        self.more.clicked.connect(lambda: self._step(1))
        self.set_value(value)

    @property
    def value(self) -> int:
        return self._value

    def set_value(self, value: int) -> None:
        """Show a number within the range; nothing is announced."""
        self._value = min(max(value, self._least), self._most)
        self._shown.set_text(str(self._value))
        for key, stuck in ((self.less, self._least), (self.more, self._most)):
            if self._value == stuck:
                key.set_off()
            else:
                key.set_on()

    def _step(self, by: int) -> None:
        before = self._value
        self.set_value(self._value + by)
        if self._value != before:
            self.changed.emit(self._value)
