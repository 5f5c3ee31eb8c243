"""The panel for one line of text: a field above the screen letters."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.screens.question import QuestionPanel
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.widgets.field import Field
from pos.widgets.grid import GAP
from pos.widgets.letters import Letters
from pos.widgets.text import Text

_LETTERS_HEIGHT = 280


class TextEntryPanel(QuestionPanel):
    """The field has the focus; letters touched on the screen go into it too."""

    def __init__(self, view_model: TextEntryViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="pen", parent=parent)
        self.view_model = view_model
        self.field = Field()
        self.field.edit.setMaxLength(view_model.max_length)
        self.field.set_text(view_model.text)
        self._hint = Text("", "body", "text-muted", wrap=True)
        self.letters = Letters(self)
        self.body.addWidget(self._hint)
        self.body.addSpacing(8)
        self.body.addWidget(self.field)
        self.body.addStretch(1)
        self.setFocusProxy(self.field)
        self._bind()
        self._redraw()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _bind(self) -> None:
        self.closed.connect(self.view_model.close)
        self.field.edited.connect(self.view_model.write)
        self.field.accepted.connect(self.view_model.confirm)
        self.letters.letter.connect(self.field.press)
        self.letters.erased.connect(self.field.erase)
        self.letters.accepted.connect(self.view_model.confirm)
        self.letters.hidden.connect(self._hide_letters)
        self.view_model.changed.connect(self._redraw)

    def _hide_letters(self) -> None:
        self.letters.hide()
        self._place()

    def _place(self) -> None:
        self._redraw()
        if self.letters.isHidden():
            self.upper.setGeometry(self.rect())
            return
        top = self.height() - _LETTERS_HEIGHT
        self.letters.setGeometry(0, top, self.width(), _LETTERS_HEIGHT)
        self.upper.setGeometry(0, 0, self.width(), top - GAP)

    def _redraw(self) -> None:
        self.bar.set_words(self.view_model.title, self.tr("Cancel"))
        self._hint.set_text(self.view_model.hint)
        self.field.set_name(self.view_model.title)
        self.letters.set_words(
            space=self.tr("space"),
            hide="" if self.is_narrow else self.tr("Hide"),
            accept=self.tr("Accept"),
            accept_cap=self.tr("Enter"),
            erase=self.tr("Erase"),
        )
        if self.view_model.can_confirm:
            self.letters.accept.set_on()
        else:
            self.letters.accept.set_off()
