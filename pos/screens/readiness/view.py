"""Readiness as it is shown: lines with rules between them, or a block of small cells."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.screens.readiness.view_model import ReadinessLine, ReadinessViewModel
from pos.widgets.panel import Rule
from pos.widgets.text import Align, IconView, Text

_COLUMNS = 4
_TALL_LINE = 22
_MARGINS = {
    (True, False): (7, 7),
    (True, True): (5, 5),
    (False, False): (7, 8),
    (False, True): (3, 2),
}


class _Cell(QWidget):
    """A cell of the block: icon, word, and below it how old or how much."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconView("check", 20)
        self._word, self._second = Text("", "body"), Text("", "meta", "text-muted")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._word)
        words.addWidget(self._second)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon)
        row.addLayout(words, 1)

    def show_line(self, line: ReadinessLine) -> None:
        """Write the cell."""
        tone = "amber-text" if line.amber else "text"
        self._icon.set_icon(line.icon, tone)
        self._word.set_text(line.word)
        self._word.set_tone(tone)
        self._second.set_text(line.second)
        self._second.set_tone("amber-text" if line.amber else "text-muted")


class ReadinessBlock(QWidget):
    """A rule, the headline with its age, and below it eight cells unless there is no room."""

    def __init__(self, view_model: ReadinessViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._is_compact = False
        self._icon, self._headline = IconView("shield", 24), Text("", "strong")
        self._looked = Text("", "meta", "text-muted")
        self._looked.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._cells = [_Cell() for _ in range(8)]
        self._grid = QWidget()
        self._build()
        view_model.changed.connect(self._follow)
        self._redraw()

    def showEvent(self, _event: QShowEvent) -> None:
        self._redraw()

    def set_compact(self, is_compact: bool) -> None:
        """Show the headline only."""
        if is_compact != self._is_compact:
            self._is_compact = is_compact
            self._grid.setVisible(not is_compact)
            self.updateGeometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._icon)
        head.addWidget(self._headline, 1)
        head.addWidget(self._looked)
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(20)
        grid.setVerticalSpacing(8)
        for index, cell in enumerate(self._cells):
            grid.addWidget(cell, index // _COLUMNS, index % _COLUMNS)
        for column in range(_COLUMNS):
            grid.setColumnStretch(column, 1)
        column_ = QVBoxLayout(self)
        column_.setContentsMargins(0, 0, 0, 0)
        column_.setSpacing(14)
        column_.addWidget(Rule())
        column_.addLayout(head)
        column_.addWidget(self._grid)

    def _follow(self) -> None:
        """Write the ages again while they are in sight."""
        if self.isVisible():
            self._redraw()

    def _redraw(self) -> None:
        model = self.view_model
        tone = "text" if model.is_ready else "amber-text"
        self._icon.set_icon("shield" if model.is_ready else "alert", tone)
        self._headline.set_text(model.headline)
        self._headline.set_tone(tone)
        self._looked.set_text(model.looked)
        lines = model.short_lines
        for cell, line in zip(self._cells, lines, strict=False):
            cell.show_line(line)


class _Line(QWidget):
    """One line, two rows high (`tall`) or with its second text at the right."""

    def __init__(self, *, tall: bool) -> None:
        super().__init__()
        self._icon = IconView("check", 22 if tall else 20)
        self._word = Text("", "strong" if tall else "body")
        align: Align = "left" if tall else "right"
        line = _TALL_LINE if tall else 0
        self._second = Text("", "meta", "text-muted", align=align, wrap=tall, line=line)
        self._tall = tall
        self._row = row = QHBoxLayout(self)
        row.setSpacing(12 if tall else 10)
        self.set_dense(False)
        centre, top = Qt.AlignmentFlag.AlignVCenter, Qt.AlignmentFlag.AlignTop
        row.addWidget(self._icon, 0, top if tall else centre)
        if tall:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(self._word)
            words.addWidget(self._second)
            row.addLayout(words, 1)
        else:
            row.addWidget(self._word, 1)
            row.addWidget(self._second)

    def set_dense(self, is_dense: bool) -> None:
        """Leave less room above and below."""
        above, below = _MARGINS[self._tall, is_dense]
        self._row.setContentsMargins(0, above, 0, below)

    def show_line(self, line: ReadinessLine) -> None:
        """Write the line."""
        self._icon.set_icon(line.icon, "amber-text" if line.amber else "text")
        self._word.set_text(line.word)
        self._word.set_tone("amber-text" if line.amber else "text")
        self._second.set_text(line.second)
        self._second.setVisible(bool(line.second))
        self._second.set_tone("amber-text" if line.amber else "text-muted")


class Lines(QVBoxLayout):
    """Lines parted by rules; as many as there is to say."""

    def __init__(self, *, tall: bool) -> None:
        super().__init__()
        self._tall, self._dense = tall, False
        self._lines: list[_Line] = []
        self._rules: list[Rule] = []
        self.setSpacing(0)
        self.addStretch(1)

    def set_dense(self, is_dense: bool) -> None:
        """Put the lines closer to each other, where there are many."""
        if is_dense != self._dense:
            self._dense = is_dense
            for line in self._lines:
                line.set_dense(is_dense)

    def show_lines(self, lines: Sequence[ReadinessLine]) -> None:
        """Write the lines; widgets that stay are written again, not rebuilt."""
        while len(self._lines) < len(lines):
            rule = Rule()
            self._rules.append(rule)
            self._lines.append(_Line(tall=self._tall))
            self._lines[-1].set_dense(self._dense)
            self.insertWidget(self.count() - 1, rule)
            self.insertWidget(self.count() - 1, self._lines[-1])
        for index, (widget, rule) in enumerate(zip(self._lines, self._rules, strict=True)):
            shown = index < len(lines)
            widget.setVisible(shown)
            rule.setVisible(shown and index > 0)
            if shown:
                widget.show_line(lines[index])


def framed(lines: QVBoxLayout) -> QVBoxLayout:
    """Return a frame of the usual margins round lines."""
    frame = QVBoxLayout()
    frame.setContentsMargins(16, 6, 16, 6)
    frame.addLayout(lines)
    return frame
