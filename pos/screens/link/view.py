"""The panel behind the link cell: what stays, what changes, how old everything is."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from pos.screens.link.view_model import LinkViewModel
from pos.screens.question import QuestionPanel
from pos.screens.readiness.view import Lines, framed
from pos.screens.readiness.view_model import ROOM
from pos.widgets.key import Key
from pos.widgets.panel import Rule

_KNOWN_WIDTH = 330


class LinkPanel(QuestionPanel):
    """Covers the tabs only, so that selling goes on below."""

    covers = "tabs"
    takes_focus = False

    def __init__(self, view_model: LinkViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view_model = view_model
        self._effects, self._facts = Lines(tall=True), Lines(tall=False)
        self.sync = Key(icon="swap")
        self.bar.acts.addWidget(self.sync)
        self.sync.setVisible(view_model.may_open_pages)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._columns.setSpacing(0)
        self._columns.addLayout(framed(self._effects), 1)
        self._rule = Rule(standing=True)
        self._columns.addWidget(self._rule)
        self._known = QWidget()
        self._known.setLayout(framed(self._facts))
        self._columns.addWidget(self._known)
        self.body.addLayout(self._columns)
        self.closed.connect(view_model.close)
        self.sync.clicked.connect(view_model.open_sync)
        view_model.changed.connect(self._redraw)
        self._redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put what is known below what changes where the window is narrow."""
        narrow = self.is_narrow
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._columns.setDirection(down if narrow else across)
        self._rule.setVisible(not narrow)
        self._known.setFixedWidth(self.width() - 2 if narrow else _KNOWN_WIDTH)
        self._redraw()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        self.bar.set_words(self.view_model.title, self.tr("Close"))
        word = self.tr("Synchronisation")
        self.sync.set_word("" if self.is_narrow else word)
        self.sync.set_name(word)
        facts = self.view_model.facts
        is_long = len(facts) > ROOM
        self._effects.set_dense(is_long and self.is_narrow)
        self._facts.set_dense(is_long)
        self._effects.show_lines(self.view_model.effects)
        self._facts.show_lines(facts)
