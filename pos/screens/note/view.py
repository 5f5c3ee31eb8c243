"""The panel that notes what a customer says: the product, words if any, three keys."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from pos.domain.product_note import NoteKind
from pos.screens.note.view_model import NoteViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.key import Key
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice
from pos.widgets.text import Text

_ICONS = {NoteKind.WISH: "heart", NoteKind.COMPLAINT: "alert", NoteKind.PRAISE: "star"}


class NotePanel(QuestionPanel):
    """One tap notes it; what was noted is said, and closes with Intro or Esc."""

    def __init__(self, view_model: NoteViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="note", parent=parent)
        self.view_model = view_model
        self._about = Text("", "heading", wrap=True)
        self._words = Text("", "lead", wrap=True)
        self.write = Key(icon="pen")
        self.write.setFixedHeight(56)
        self.keys = {
            kind: Key(icon=_ICONS[kind], cap=str(place), face=Face.STACK)
            for place, kind in enumerate(view_model.kinds, start=1)
        }
        self.notice = Notice(tone="accent", icon="check-circle")
        self._explanation = Text("", "body", "text-muted", wrap=True)
        self._build()
        self._bind()
        self._redraw()

    def typed(self, signs: str) -> None:
        """Note with the numbers on the keys."""
        if signs.isdecimal() and signs.isascii():
            self.view_model.note_at(int(signs))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        for key in self.keys.values():
            key.setFixedHeight(112)
            row.addWidget(key, 1)
        self.body.setSpacing(12)
        self.body.addWidget(self._about)
        self.body.addWidget(self._words)
        self.body.addWidget(self.write)
        self.body.addLayout(row)
        self.body.addWidget(self._explanation)
        self.body.addWidget(self.notice)
        self.body.addStretch(1)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.accepted.connect(self._accept)
        self.write.clicked.connect(model.write)
        for kind, key in self.keys.items():
            key.clicked.connect(lambda _=False, kind=kind: model.note(kind))
        model.changed.connect(self._redraw)

    def _accept(self) -> None:
        """Intro notes where there is one choice only, and closes what was noted."""
        model = self.view_model
        if model.noted is not None:
            model.close()
        elif len(model.kinds) == 1:
            model.note(model.kinds[0])

    def _redraw(self) -> None:
        model = self.view_model
        is_noted = model.noted is not None
        self.bar.set_words(
            self.tr("What the customer says"), self.tr("Close") if is_noted else self.tr("Cancel")
        )
        self._about.set_text(model.about)
        self._words.set_text(self.tr("“{words}”").format(words=model.words))
        self._words.setVisible(bool(model.words))
        self.write.set_word(self.tr("Change the words") if model.words else self.tr("With words…"))
        self.write.setVisible(not is_noted)
        names = {
            NoteKind.WISH: self.tr("Wish"),
            NoteKind.COMPLAINT: self.tr("Complaint"),
            NoteKind.PRAISE: self.tr("Praise"),
        }
        for kind, key in self.keys.items():
            key.set_word(names[kind])
            key.set_chosen(kind is model.noted)
            if is_noted or model.lacking:
                key.set_off(model.lacking)
            else:
                key.set_on()
        self._explanation.set_text(self.tr("Counted for the shop; the ticket stays as it is."))
        self._explanation.setVisible(not is_noted)
        self.notice.set_text(model.said)
        self.notice.setVisible(is_noted)
