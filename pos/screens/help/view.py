"""The help panel: key caps and what they do."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from pos.screens.help.view_model import HelpViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.labels import KeyCap
from pos.widgets.text import Text


class HelpPanel(QuestionPanel):
    """Two columns: the key, and what it does."""

    def __init__(self, view_model: HelpViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="help", parent=parent)
        self.view_model = view_model
        self._meanings: list[Text] = []
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(10)
        self._grid.setColumnStretch(1, 1)
        self.body.addSpacing(12)
        self.body.addLayout(self._grid)
        self.body.addStretch(1)
        self.closed.connect(view_model.close)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        self.bar.set_words(self.tr("Help"), self.tr("Close"))
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row, (cap, meaning) in enumerate(self.view_model.hints):
            self._grid.addWidget(KeyCap(cap), row, 0)
            self._grid.addWidget(Text(meaning, wrap=True), row, 1)
