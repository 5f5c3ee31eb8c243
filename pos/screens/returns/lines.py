"""The list of lines with the one that is unfolded: why it comes back, how, and where it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos.domain.return_words import Condition, Reason
from pos.screens.returns import words
from pos.screens.returns.line_parts import EDGE, WIDE, Columns, LineRow
from pos.screens.returns.shown import RowWords, UnfoldedWords
from pos.widgets.key import Key
from pos.widgets.key_faces import Face
from pos.widgets.paint import fill_rect
from pos.widgets.text import IconView, Text

_BAR = 4
_KEY = 56
_ACROSS = 6
_ACROSS_NARROW = 3


class Choices(QWidget):
    """A question with a key for each answer; `chosen` carries the answer's id."""

    chosen = Signal(str)

    def __init__(self, answers: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = Text("", "strong")
        self.keys = {answer: Key(face=Face.STACK) for answer in answers}
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        for answer, key in self.keys.items():
            key.setFixedHeight(_KEY)
            key.setMinimumWidth(48)
            key.clicked.connect(lambda _=False, one=answer: self.chosen.emit(one))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        self._across = 0
        self.set_across(_ACROSS)

    def set_across(self, across: int) -> None:
        """Put so many keys side by side."""
        if across == self._across:
            return
        self._across = across
        for column in range(_ACROSS):
            self._grid.setColumnStretch(column, int(column < across))
        for place, key in enumerate(self.keys.values()):
            self._grid.addWidget(key, place // across, place % across)

    def write(self, title: str, word_of: Callable[[str], str]) -> None:
        """Write the question and its answers."""
        self._title.set_text(title)
        for answer, key in self.keys.items():
            key.set_word(word_of(answer))

    def mark(self, answer: str) -> None:
        """Mark what was answered; empty for nothing."""
        for one, key in self.keys.items():
            key.set_chosen(one == answer)


class Unfolded(QWidget):
    """What is asked of the chosen line, below its row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.reasons = Choices([one.value for one in words.REASONS])
        self.conditions = Choices([one.value for one in words.CONDITIONS])
        self._icon, self._where = IconView("shelf", 20), Text("", "body", wrap=True)
        self.elsewhere = Key(icon="swap", cap="B")
        self.exception = Key(icon="lock", cap="E")
        self.serial = Key(icon="scan", cap="S")
        self.keep = Key(icon="percent", cap="D")
        self.photo = Key(icon="image", cap="F")
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        self.foot.addWidget(self._icon)
        self.foot.addWidget(self._where, 1)
        for key in (self.photo, self.serial, self.keep, self.elsewhere, self.exception):
            self.foot.addWidget(key)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(8)
        self._column.addWidget(self.reasons)
        self._column.addWidget(self.conditions)
        self._column.addLayout(self.foot)
        self._left, self._bar = WIDE.name_at, 0
        self.set_columns(WIDE)

    def set_columns(self, columns: Columns) -> None:
        """Begin where the names begin; in a narrow window the answers take two rows."""
        self._left = columns.name_at
        self.set_bar(self._bar)
        across = _ACROSS if columns.has_pictures else _ACROSS_NARROW
        self.reasons.set_across(across)
        self.conditions.set_across(across)

    def set_bar(self, bar: int) -> None:
        """End where the rows end, beside a bar to scroll by that is so wide."""
        self._bar = bar
        self._column.setContentsMargins(self._left, 2, EDGE - bar, 12)

    def show_line(self, line: UnfoldedWords) -> None:
        """Show what was said of the line."""
        self.reasons.write(self.tr("Why?"), lambda one: words.reason(Reason(one)))
        self.conditions.write(
            self.tr("How does it come back?"), lambda one: words.condition(Condition(one))
        )
        self.reasons.mark(line.reason)
        self.conditions.mark(line.condition)
        text = line.refusal or line.bin or self.tr("Where it goes follows from how it comes back")
        parts = [text]
        if line.serials:
            parts.append(self.tr("Serial: {serials}").format(serials=line.serials))
        if line.kept:
            parts.append(self.tr("{amount} kept for wear").format(amount=line.kept))
        self._where.set_text(" · ".join(parts))
        amber = bool(line.refusal)
        self._where.set_tone("amber-text" if amber else "text" if line.bin else "text-muted")
        self._icon.set_icon("alert" if amber else "shelf", "amber-text" if amber else "text")
        self._show_keys(line)

    def show_photos(self, taken: int, why_off: str) -> None:
        """Say how many photos were taken of the line, or why none can be."""
        word = self.tr("Photo")
        self.photo.set_word(f"{word} · {taken}" if taken else word)
        if why_off:
            self.photo.set_off(why_off)
        else:
            self.photo.set_on()

    def _show_keys(self, line: UnfoldedWords) -> None:
        self.elsewhere.set_word(self.tr("Other bin"))
        self.exception.set_word(self.tr("Exception"))
        self.serial.set_word(self.tr("Serial"))
        self.keep.set_word(self.tr("Wear"))
        self.elsewhere.setVisible(bool(line.bin))
        self.exception.setVisible(line.needs_permission)
        self.serial.setVisible(line.wants_serial and not line.refusal)
        self.keep.setVisible(line.may_keep)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        fill_rect(painter, 0, 0, self.width(), self.height(), "accent-soft")
        fill_rect(painter, 0, 0, _BAR, self.height(), "accent-text")
        fill_rect(painter, 0, self.height() - 1, self.width(), 1, "border")
        painter.end()


class LineList(QScrollArea):
    """The lines; `counted` carries (line, −1 or 1), the others a line's number."""

    counted = Signal(int, int)
    excepted = Signal(int)
    touched = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)
        self.rows: list[LineRow] = []
        self.unfolded = Unfolded()
        self._open = 0
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._end = QLabel()
        self._column.addWidget(self._end, 1)
        self.unfolded.hide()
        self._column.insertWidget(0, self.unfolded)
        self.setWidget(inner)
        inner.setAutoFillBackground(False)  # an area fills what it is given

    def show_lines(
        self,
        lines: Sequence[RowWords],
        unfolded: UnfoldedWords | None,
        columns: Columns,
        exception: str,
    ) -> None:
        """Show these lines, one of them unfolded."""
        self._make(len(lines))
        self.unfolded.set_columns(columns)
        opened = unfolded.number if unfolded else 0
        for place, row in enumerate(self.rows):
            row.setVisible(place < len(lines))
            if place < len(lines):
                is_open = lines[place].number == opened
                row.show_line(lines[place], columns, exception, is_open=is_open)
        self._unfold([line.number for line in lines], unfolded)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns below their names when a bar to scroll by comes or goes."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.unfolded.set_bar(min(self.width() - self.viewport().width(), EDGE))
        for row in self.rows:
            row.whole = self.width()
            row.update()

    def _make(self, count: int) -> None:
        while len(self.rows) < count:
            row = LineRow()
            row.counted.connect(lambda by, row=row: self.counted.emit(_number(row), by))
            row.excepted.connect(lambda row=row: self.excepted.emit(_number(row)))
            row.touched.connect(lambda row=row: self.touched.emit(_number(row)))
            self._column.insertWidget(self._column.count() - 1, row)
            row.whole = self.width()
            self.rows.append(row)

    def _unfold(self, numbers: list[int], unfolded: UnfoldedWords | None) -> None:
        self.unfolded.setVisible(unfolded is not None)
        if unfolded is None:
            self._open = 0
            return
        self.unfolded.show_line(unfolded)
        place = numbers.index(unfolded.number)
        if self._open != unfolded.number or self._column.indexOf(self.unfolded) != place + 1:
            self._column.removeWidget(self.unfolded)
            self._column.insertWidget(place + 1, self.unfolded)
            self._open = unfolded.number
            self._column.activate()
            self.ensureWidgetVisible(self.unfolded, 0, 0)
            self.ensureWidgetVisible(self.rows[place], 0, 0)


def _number(row: LineRow) -> int:
    return row.words.number if row.words else 0
