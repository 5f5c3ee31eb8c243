"""The panel that asks who collects: person, what is shown, its signs."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.screens.handover.identity import IdentityViewModel
from pos.screens.question import Chips, QuestionPanel
from pos.widgets.field import Field
from pos.widgets.grid import GAP
from pos.widgets.letters import Letters
from pos.widgets.text import Text

_LETTERS_HEIGHT = 280


class IdentityPanel(QuestionPanel):
    """Two rows of chips and a field; the letters below write into it."""

    def __init__(self, view_model: IdentityViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="user", parent=parent)
        self.view_model = view_model
        self.people, self.ways = Chips(), Chips()
        self.field = Field()
        self.letters = Letters(self)
        self._who, self._what, self._asked = Text("", "strong"), Text("", "strong"), Text()
        self._build()
        self._bind()
        self.setFocusProxy(self.field)
        self._redraw()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        top = self.height() - _LETTERS_HEIGHT
        self.letters.setGeometry(0, top, self.width(), _LETTERS_HEIGHT)
        self.upper.setGeometry(0, 0, self.width(), top - GAP)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        rows: tuple[tuple[QWidget, int], ...] = (
            (self._who, 4), (self.people, 8), (self._what, 4), (self.ways, 8),
            (self._asked, 4), (self.field, 8),
        )  # fmt: skip
        for widget, space in rows:
            self.body.addWidget(widget)
            self.body.addSpacing(space)
        self.body.addStretch(1)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.people.chosen.connect(model.choose_person)
        self.ways.chosen.connect(model.choose_way)
        self.field.edited.connect(model.write)
        self.field.accepted.connect(model.confirm)
        self.letters.letter.connect(self.field.press)
        self.letters.erased.connect(self.field.erase)
        self.letters.accepted.connect(model.confirm)
        model.changed.connect(self._redraw)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Who collects it?"), self.tr("Cancel"))
        self._who.set_text(self.tr("Person"))
        self.people.set_options(model.people)
        self.people.choose(model.person)
        self._what.set_text(self.tr("Shows"))
        self.ways.set_options(model.ways)
        self.ways.choose(model.way)
        self._asked.set_text(model.asked)
        self.field.set_name(model.asked)
        self.letters.set_words(
            space=self.tr("space"),
            hide="",
            accept=self.tr("Accept"),
            accept_cap=self.tr("Enter"),
            erase=self.tr("Erase"),
        )
        if self.field.text() != model.text:
            self.field.set_text(model.text)
        if model.can_confirm:
            self.letters.accept.set_on()
        else:
            self.letters.accept.set_off()
