"""A print job's trouble as an amber notice in place, or as a panel over the tabs."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.screens.question import QuestionPanel
from pos.screens.receipts.print_trouble import PrintTroubleViewModel, Remedy
from pos.widgets.key import Key, Kind
from pos.widgets.paint import draw_box
from pos.widgets.text import IconView, Text

_MOST_KEYS = 2


class TroubleNotice(QWidget):
    """An amber strip with up to two keys; hidden while there is no trouble."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._trouble: PrintTroubleViewModel | None = None
        self.text = Text("", "body", "amber-text", wrap=True)
        self.keys = [Key() for _ in range(_MOST_KEYS)]
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(12)
        row.addWidget(IconView("alert", 24, "amber-text"))
        row.addWidget(self.text, 1)
        for index, key in enumerate(self.keys):
            row.addWidget(key)
            key.clicked.connect(lambda _=False, place=index: self._do(place))
        self.hide()

    def show_trouble(self, trouble: PrintTroubleViewModel | None) -> None:
        """Say what is wrong and offer what can be done; None hides it."""
        self._trouble = trouble
        self.setVisible(trouble is not None)
        if trouble is None:
            return
        self.text.set_text(trouble.text)
        self.setAccessibleName(trouble.text)
        for index, key in enumerate(self.keys):
            key.setVisible(index < len(trouble.remedies))
            if index < len(trouble.remedies):
                key.set_word(trouble.remedies[index].word)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), fill="amber-soft", edge="amber-edge")
        painter.end()

    def _do(self, index: int) -> None:
        if self._trouble is not None and index < len(self._trouble.remedies):
            self._trouble.do(self._trouble.remedies[index].remedy)


class PrintTroublePanel(QuestionPanel):
    """The same over the tabs of the sale, so that selling goes on below."""

    covers = "tabs"

    def __init__(self, view_model: PrintTroubleViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="printer", parent=parent)
        self.view_model = view_model
        self._text = Text("", "lead", wrap=True)
        self.body.addSpacing(8)
        self.body.addWidget(self._text)
        self.body.addStretch(1)
        self.keys: dict[Remedy, Key] = {}
        row = QHBoxLayout()
        row.setSpacing(8)
        for index, word in enumerate(view_model.remedies):
            key = Key(kind=Kind.ACCENT if index == 0 else Kind.NORMAL)
            key.setFixedHeight(88)
            key.clicked.connect(lambda _=False, remedy=word.remedy: view_model.do(remedy))
            self.keys[word.remedy] = key
            row.addWidget(key, 1)
        self.body.addLayout(row)
        self.closed.connect(view_model.close)
        self.accepted.connect(lambda: view_model.do(view_model.remedies[0].remedy))
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(f"{model.title}: {model.reason}", self.tr("Later"))
        self._text.set_text(model.text)
        for word in model.remedies:
            self.keys[word.remedy].set_word(word.word)
