"""The lines of the purchase: a painted row for each, and the unfolded one with its questions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.screens.pictures import picture_of
from pos.screens.returns.shown import Keys, RowWords
from pos.widgets.paint import draw_box, draw_text, elided, fill_rect, width_of
from pos.widgets.panel import Bottomed
from pos.widgets.pieces import Icon, Piece, Row, Tile, Word

ROW = 72
EDGE = 16
_BAR = 4
_GAP = 12
_KEY = 48
_HEIGHT = 56


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths in pixels; names take what is left. Without `has_pictures` they begin at the edge."""

    number: int = 88
    keys: int = 142
    has_pictures: bool = True

    @property
    def name_at(self) -> int:
        return EDGE + (48 + _GAP if self.has_pictures else 0)


WIDE = Columns()
NARROW = Columns(number=74, keys=142, has_pictures=False)


class LineHead(Bottomed):
    """The names of the columns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="surface-sunken", rule_below=True, rounded="top", parent=parent)
        self.setFixedHeight(40)
        self._names: Sequence[str] = ("",) * 5
        self._columns = WIDE

    def set_names(self, names: Sequence[str], columns: Columns) -> None:
        """Name the article, the three numbers, and what comes back."""
        self._names, self._columns = names, columns
        self.setAccessibleName(", ".join(names))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        article, *numbers, back = self._names
        rights = column_rights(self.width(), self._columns)
        room = int(rights[0] - self._columns.number - self._columns.name_at)
        draw_text(
            painter, self._columns.name_at, 10, elided(article, "meta+", room), "meta+",
            "text-muted",
        )  # fmt: skip
        for name, right in zip((*numbers, back), (*rights, self.width() - EDGE), strict=True):
            draw_text(painter, right - width_of(name, "meta+"), 10, name, "meta+", "text-muted")
        painter.end()


def column_rights(width: int, columns: Columns) -> tuple[float, float, float]:
    """Return the right edges of sold, returned and returnable."""
    last = width - EDGE - columns.keys - 2 * _GAP
    step = columns.number + _GAP // 2
    return last - 2 * step, last - step, last


class LineRow(QWidget):
    """One line; `counted` carries −1 or 1, `excepted` and `touched` nothing."""

    counted = Signal(int)
    excepted = Signal()
    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: RowWords | None = None
        self._columns, self._is_open = WIDE, False
        self._exception = ""
        self.whole = 0  # the width of the list, with the bar it scrolls by; 0: its own
        self.setFixedHeight(ROW)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.ArrowCursor)

    @property
    def words(self) -> RowWords | None:
        return self._words

    def show_line(
        self, words: RowWords, columns: Columns, exception: str, *, is_open: bool
    ) -> None:
        """Show a line; `exception` is the word of the key that asks for permission."""
        self._words, self._columns, self._is_open = words, columns, is_open
        self._exception = exception
        self.setAccessibleName(words.spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, ROW)

    @property
    def _width(self) -> int:
        return self.whole or self.width()

    @property
    def key_box(self) -> QRectF:
        """Where the stepper or the key is."""
        top = round((ROW - 1 - _HEIGHT) / 2)
        left = self._width - EDGE - self._columns.keys
        return QRectF(left, top, self._columns.keys, _HEIGHT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Count by the ends of the stepper; elsewhere the line is chosen."""
        words, box = self._words, self.key_box
        if words is None:
            return
        if words.keys is Keys.NONE or not box.contains(event.position()):
            self.touched.emit()
        elif words.keys is Keys.EXCEPTION:
            self.excepted.emit()
        elif event.position().x() < box.x() + _KEY:
            self.counted.emit(-1)
        elif event.position().x() > box.right() - _KEY:
            self.counted.emit(1)
        else:
            self.touched.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        words = self._words
        if words is None:
            return
        painter = QPainter(self)
        ground = "accent-soft" if self._is_open else "surface-sunken" if words.is_out else ""
        if ground:
            fill_rect(painter, 0, 0, self.width(), ROW, ground)
        if self._is_open:
            fill_rect(painter, 0, 0, _BAR, ROW, "accent-text")
        else:
            fill_rect(painter, 0, ROW - 1, self.width(), 1, "border")
        self._paint_names(painter, words)
        self._paint_numbers(painter, words)
        if words.keys is Keys.STEPPER:
            self._paint_stepper(painter, words)
        elif words.keys is Keys.EXCEPTION:
            self._paint_exception(painter)
        painter.end()

    def _paint_names(self, painter: QPainter, words: RowWords) -> None:
        columns, height = self._columns, ROW - 1
        if columns.has_pictures:
            tile = Tile(picture_of(words.picture, otherwise="tag"), fill="surface-panel")
            tile.paint(painter, QRectF(EDGE, 0, 48, height))
        left = float(columns.name_at)
        room = column_rights(self._width, columns)[0] - columns.number / 2 - left
        plain = " · ".join(part for part in (words.paid, words.second) if part)
        top = round((height - (46 if plain or words.promotion else 24)) / 2)
        ink = "text-muted" if words.is_out else "text"
        draw_text(painter, left, top, elided(words.name, "line", int(room)), "line", ink)
        y = top + 26
        if not words.promotion:
            draw_text(painter, left, y, elided(plain, "meta", int(room)), "meta", "text-muted")
            return
        draw_text(painter, left, y, words.paid, "meta", "text-muted")
        left += width_of(words.paid, "meta") + 4
        room -= width_of(words.paid, "meta") + 4
        draw_text(
            painter, left, y, elided(words.promotion, "meta", int(room)), "meta", "accent-text"
        )
        used = width_of(words.promotion, "meta")
        if words.second and used < room:
            text = elided(f" · {words.second}", "meta", int(room - used))
            draw_text(painter, left + used, y, text, "meta", "text-muted")

    def _paint_numbers(self, painter: QPainter, words: RowWords) -> None:
        ink = "text-muted" if words.is_out else "text"
        rights = column_rights(self._width, self._columns)
        values = (words.sold, words.returned, words.returnable)
        for right, value in zip(rights, values, strict=True):
            y = round((ROW - 1 - 22) / 2)
            if value == words.returned and words.where and right == rights[1]:
                y = round((ROW - 1 - 42) / 2)
                text = elided(words.where, "meta", self._columns.number)
                x = right - width_of(text, "meta")
                draw_text(painter, x, y + 22, text, "meta", "text-muted")
            draw_text(painter, right - width_of(value, "strong"), y, value, "strong", ink)

    def _paint_stepper(self, painter: QPainter, words: RowWords) -> None:
        box = self.key_box
        draw_box(painter, box, fill="surface-key", edge="border-control")
        ends = (("minus", box.x(), words.may_less), ("plus", box.right() - _KEY, words.may_more))
        for icon, x, is_on in ends:
            ink = "text" if is_on else "border-control"
            Row([Icon(icon, 20, ink)], 0, "centre").paint(
                painter, QRectF(x, box.y(), _KEY, box.height())
            )
        for x in (box.x() + _KEY, box.right() - _KEY):
            fill_rect(painter, x, box.y() + 1, 1, box.height() - 2, "border")
        ink = "text" if words.is_back else "text-muted"
        style = "heading" if width_of(words.quantity, "heading") < _KEY else "meta+"
        middle = box.adjusted(_KEY, 0, -_KEY, 0)
        Row([Word(words.quantity, style, ink)], 0, "centre").paint(painter, middle)

    def _paint_exception(self, painter: QPainter) -> None:
        box = self.key_box
        draw_box(painter, box, fill="surface-key", edge="border-control")
        pieces: list[Piece] = [Icon("lock", 18, "text"), Word(self._exception, "strong", "text")]
        Row(pieces, 8, "centre").paint(painter, box.adjusted(8, 0, -8, 0))
