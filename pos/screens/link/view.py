"""The panel behind the link cell: what stays, what changes, how old everything is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.screens.link.view_model import LinkLine, LinkViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.panel import Rule
from pos.widgets.text import IconView, Text


class _Line(QWidget):
    """One line, two rows high (`tall`) or with its second text at the right."""

    def __init__(self, *, tall: bool) -> None:
        super().__init__()
        self._icon = IconView("check", 22 if tall else 20)
        self._word = Text("", "strong" if tall else "body")
        self._second = Text("", "meta", "text-muted", align="left" if tall else "right")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 7 if tall else 8, 0, 7 if tall else 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        if tall:
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(self._word)
            words.addWidget(self._second)
            row.addLayout(words, 1)
        else:
            row.addWidget(self._word, 1)
            row.addWidget(self._second)

    def show_line(self, line: LinkLine) -> None:
        """Write the line."""
        self._icon.set_icon(line.icon, "amber-text" if line.amber else "text")
        self._word.set_text(line.word)
        self._word.set_tone("amber-text" if line.amber else "text")
        self._second.set_text(line.second)
        self._second.set_tone("amber-text" if line.amber else "text-muted")


class _Lines(QVBoxLayout):
    """Lines parted by rules; as many as there is to say."""

    def __init__(self, *, tall: bool) -> None:
        super().__init__()
        self._tall = tall
        self._lines: list[_Line] = []
        self._rules: list[Rule] = []
        self.setSpacing(0)
        self.addStretch(1)

    def show_lines(self, lines: Sequence[LinkLine]) -> None:
        """Write the lines; widgets that stay are written again, not rebuilt."""
        while len(self._lines) < len(lines):
            rule = Rule()
            self._rules.append(rule)
            self._lines.append(_Line(tall=self._tall))
            self.insertWidget(self.count() - 1, rule)
            self.insertWidget(self.count() - 1, self._lines[-1])
        for index, (widget, rule) in enumerate(zip(self._lines, self._rules, strict=True)):
            shown = index < len(lines)
            widget.setVisible(shown)
            rule.setVisible(shown and index > 0)
            if shown:
                widget.show_line(lines[index])


class LinkPanel(QuestionPanel):
    """Covers the tabs only, so that selling goes on below."""

    covers = "tabs"
    takes_focus = False

    def __init__(self, view_model: LinkViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view_model = view_model
        self._effects, self._facts = _Lines(tall=True), _Lines(tall=False)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(0)
        self._columns.addLayout(_framed(self._effects), 1)
        self._rule = Rule(standing=True)
        self._columns.addWidget(self._rule)
        self._known = QWidget()
        self._known.setLayout(_framed(self._facts))
        self._columns.addWidget(self._known)
        self.body.addLayout(self._columns)
        self.closed.connect(view_model.close)
        view_model.changed.connect(self._redraw)
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what is known below what changes where the window is narrow."""
        narrow = self.is_narrow
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if narrow else across)
        self._rule.setVisible(not narrow)
        self._known.setFixedWidth(self.width() - 2 if narrow else 330)
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        self.bar.set_words(self.view_model.title, self.tr("Close"))
        self._effects.show_lines(self.view_model.effects)
        self._facts.show_lines(self.view_model.facts)


def _framed(lines: QVBoxLayout) -> QVBoxLayout:
    frame = QVBoxLayout()
    frame.setContentsMargins(16, 6, 16, 6)
    frame.addLayout(lines)
    return frame
