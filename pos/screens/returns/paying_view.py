"""The panel of money that goes back: how, the key, and after that what came of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.screens.question import QuestionPanel
from pos.screens.returns.paying import PayingPanel
from pos.screens.returns.ways_view import Ways
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice, let_grow
from pos.widgets.panel import Rule
from pos.widgets.text import Text

_CLOSING = 96
_MOST_ROWS = 4


class PayingView(QuestionPanel):
    """The ways with what goes by each and the key; after that how it was paid."""

    def __init__(self, view_model: PayingPanel, parent: QWidget | None = None) -> None:
        super().__init__(icon="return", parent=parent)
        self.view_model = view_model
        self._about = Text("", "body", "text-muted", wrap=True)
        self._question, self.ways = Text("", "strong"), Ways()
        self.rows = [(Text("", "heading"), _amount("heading")) for _ in range(_MOST_ROWS)]
        self.done, self.not_done = Key(cap="1"), Key(cap="2")
        self.notice = Notice(tone="amber", icon="alert", acts=(self.done, self.not_done))
        let_grow(self.notice)
        self._word, self.total = Text("", "heading"), _amount("total", "danger-text")
        self.closing = Key(icon="return", face=Face.BIG, kind=Kind.DANGER, style="pay", cap="F10")
        self.next = Key(kind=Kind.ACCENT, face=Face.STACK, style="title")
        for key in (self.closing, self.next):
            key.setFixedHeight(_CLOSING)
        self._lay_out()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the ways with the arrows; F10 pays it, as Intro does."""
        model = self.view_model
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        if step is not None:
            model.move(step)
        elif event.key() == Qt.Key.Key_F10:
            model.confirm()
        elif event.text() in {"1", "2"} and model.is_by_hand:
            model.say_how_it_went(was_paid_back=event.text() == "1")
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.accepted.connect(model.confirm)
        self.ways.chosen.connect(model.choose)
        self.closing.clicked.connect(model.confirm)
        self.closing.refused.connect(model.confirm)
        self.next.clicked.connect(model.close)
        self.done.clicked.connect(lambda: model.say_how_it_went(was_paid_back=True))
        self.not_done.clicked.connect(lambda: model.say_how_it_went(was_paid_back=False))
        model.changed.connect(self._redraw)

    def _lay_out(self) -> None:
        self.body.addWidget(self._about)
        self.body.addSpacing(10)
        self.body.addWidget(self._question)
        self.body.addSpacing(8)
        self.body.addWidget(self.ways)
        for how, amount in self.rows:
            self.body.addLayout(_pair(how, amount))
        self.body.addStretch(1)
        self.body.addWidget(self.notice)
        self.body.addSpacing(10)
        self.body.addWidget(Rule())
        self.body.addSpacing(10)
        self.body.addLayout(_pair(self._word, self.total))
        self.body.addSpacing(12)
        self.body.addWidget(self.closing)
        self.body.addWidget(self.next)

    def _redraw(self) -> None:
        model, is_paid = self.view_model, self.view_model.is_paid
        self.bar.set_words(model.title, self.tr("Close"))
        self._about.set_text(model.about)
        question = self.tr("Paid now") if is_paid else self.tr("How is it given back?")
        self._question.set_text(question)
        self.ways.setVisible(not is_paid)
        if not is_paid:
            ways = model.ways
            self.ways.show_ways(ways, is_tight=self.is_narrow or bool(model.said))
        for place, (how, amount) in enumerate(self.rows):
            is_there = place < len(model.rows)
            how.setVisible(is_there)
            amount.setVisible(is_there)
            if is_there:
                how.set_text(model.rows[place][0])
                amount.set_text(model.rows[place][1])
        self._redraw_notice()
        self._word.set_text(self.tr("Refund"))
        self.total.set_text(model.amount)
        self._redraw_keys()

    def _redraw_notice(self) -> None:
        model = self.view_model
        text = model.note if model.is_paid else model.said
        is_good = model.is_paid and model.is_fine
        self.notice.setVisible(bool(text))
        self.notice.set_text(
            text,
            tone="accent" if is_good else "amber",
            icon="check-circle" if is_good else "alert",
        )
        words = ((self.done, self.tr("Done")), (self.not_done, self.tr("Not possible")))
        for key, word in words:
            key.set_word(word)
            key.setVisible(model.is_by_hand)

    def _redraw_keys(self) -> None:
        model = self.view_model
        self.closing.setVisible(not model.is_paid)
        self.next.setVisible(model.is_paid)
        self.next.set_word(self.tr("Close"))
        self.next.set_cap(self.tr("Enter"))
        self.closing.set_word(self.tr("Give back"), model.closing)
        self.closing.set_busy(self.tr("Asking…") if model.is_asking else "")
        if model.why_off and not model.is_asking:
            self.closing.set_off(model.why_off)
        else:
            self.closing.set_on()


def _pair(word: Text, amount: Text) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(word, 1, Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(amount)
    return row


def _amount(style: str, tone: str = "text") -> Text:
    return Text("", style, tone, keeps=True, align="right")
