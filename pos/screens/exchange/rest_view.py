"""The panel that asks how the rest of an exchange goes back."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.screens.exchange.rest import RestViewModel
from pos.screens.question import QuestionPanel
from pos.screens.returns.ways_view import Ways
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice
from pos.widgets.panel import Rule
from pos.widgets.text import Text

_CLOSING = 96
_SUMS = 2


class RestPanel(QuestionPanel):
    """The ways with what goes by each, how the amount is made up, and the closing key."""

    def __init__(self, view_model: RestViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="return", parent=parent)
        self.view_model = view_model
        self._question, self.ways = Text("", "strong"), Ways()
        self.notice = Notice(tone="amber", icon="alert")
        self.sums = [(Text("", "body", "text-muted"), _amount("body")) for _ in range(_SUMS)]
        self._word, self.total = Text("", "heading"), _amount("total", "danger-text")
        self.closing = Key(icon="return", face=Face.BIG, kind=Kind.DANGER, style="pay", cap="F10")
        self.closing.setFixedHeight(_CLOSING)
        self._lay_out()
        self.closed.connect(view_model.close)
        self.accepted.connect(view_model.confirm)
        self.ways.chosen.connect(view_model.choose)
        self.closing.clicked.connect(view_model.confirm)
        self.closing.refused.connect(view_model.confirm)
        view_model.changed.connect(self._redraw)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the ways with the arrows; F10 gives it back, as Intro does."""
        model = self.view_model
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            model.move(step)
        elif event.key() == Qt.Key.Key_F10:
            model.confirm()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _lay_out(self) -> None:
        self.body.addWidget(self._question)
        self.body.addSpacing(8)
        self.body.addWidget(self.ways)
        self.body.addStretch(1)
        self.body.addWidget(self.notice)
        self.body.addSpacing(10)
        self.body.addWidget(Rule())
        self.body.addSpacing(10)
        for word, amount in (*self.sums, (self._word, self.total)):
            row = QHBoxLayout()
            row.addWidget(word, 1, Qt.AlignmentFlag.AlignVCenter)
            row.addWidget(amount)
            self.body.addLayout(row)
        self.body.addSpacing(12)
        self.body.addWidget(self.closing)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Give the rest back"), self.tr("Close"))
        self._question.set_text(self.tr("How is it given back?"))
        self.ways.show_ways(model.ways)
        self.notice.setVisible(bool(model.notice))
        self.notice.set_text(model.notice)
        came_back, taken, left = model.sums
        for (word, amount), name, text in zip(
            self.sums,
            (self.tr("Came back"), self.tr("Taken instead")),
            (came_back, taken),
            strict=True,
        ):
            word.set_text(name)
            amount.set_text(text)
        self._word.set_text(self.tr("Refund"))
        self.total.set_text(left)
        self.closing.set_word(self.tr("Give back"), model.closing)
        if model.why_off:
            self.closing.set_off(model.why_off)
        else:
            self.closing.set_on()


def _amount(style: str, tone: str = "text") -> Text:
    return Text("", style, tone, keeps=True, align="right")
