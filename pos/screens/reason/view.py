"""The panel that asks for a reason: chips, and the key that does the act."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from pos.screens.question import Chips, QuestionPanel
from pos.screens.reason.view_model import OTHER, ReasonViewModel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.text import Text


class ReasonPanel(QuestionPanel):
    """Reason first, then the closing key at the foot."""

    def __init__(self, view_model: ReasonViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon=view_model.icon, parent=parent)
        self.view_model = view_model
        self._explanation = Text("", "body", "text-muted", wrap=True)
        self._why = Text("", "strong")
        self._reasons = Chips(height=72)
        self._written = Text("", "lead", wrap=True)
        kind = Kind.DANGER if view_model.voids else Kind.ACCENT
        self.closing = Key(face=Face.BIG, style="title", kind=kind)
        self.closing.setFixedHeight(104)
        self._build()
        self.closed.connect(view_model.close)
        self.accepted.connect(view_model.confirm)
        self.closing.clicked.connect(view_model.confirm)
        self._reasons.chosen.connect(view_model.choose)
        view_model.changed.connect(self._redraw)
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self.body.addWidget(self._explanation)
        self.body.addSpacing(16)
        self.body.addWidget(self._why)
        self.body.addSpacing(8)
        self.body.addWidget(self._reasons)
        self.body.addSpacing(16)
        self.body.addWidget(self._written)
        self.body.addStretch(1)
        self.body.addWidget(self.closing)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(model.title, self.tr("Cancel"))
        self._explanation.set_text(model.explanation)
        self._why.set_text(self.tr("Reason"))
        options = [(reason, reason) for reason in model.reasons]
        self._reasons.set_options([*options, (OTHER, self.tr("Another…"))])
        is_written = bool(model.chosen) and model.chosen not in model.reasons
        self._reasons.choose(OTHER if is_written else model.chosen)
        self._written.set_text(model.chosen if is_written else "")
        self.closing.set_word(model.confirm_word)
        self.closing.set_cap(self.tr("Enter"))
        if model.chosen:
            self.closing.set_on()
        else:
            self.closing.set_off(self.tr("choose a reason"))
