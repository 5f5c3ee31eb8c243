"""The panel of a customer's record: fields, consents as keys, notes, letters for a finger."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from pos.screens.customer import words
from pos.screens.customer.form import ASKED, FIELDS, CustomerFormViewModel
from pos.screens.question import QuestionPanel
from pos.widgets.field import Field
from pos.widgets.grid import GAP
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.letters import Letters
from pos.widgets.notice import Notice, let_grow
from pos.widgets.text import Text

_LETTERS_HEIGHT = 280
_CLOSING_HEIGHT = 88


class CustomerFormPanel(QuestionPanel):
    """The first field has the focus; letters touched on the screen go into the one that has it.

    While the letters are shown, only the fields are: consents and keys come back with Hide.
    """

    def __init__(self, view_model: CustomerFormViewModel, parent: QWidget | None = None) -> None:
        super().__init__(icon="user", parent=parent)
        self.view_model = view_model
        self.fields = {name: Field(style="body", label_style="body") for name in FIELDS}
        self.consents = {kind: Key(face=Face.CENTRE) for kind in ASKED}
        self.letters = Letters(self)
        self.letters.setVisible(view_model.by_touch)
        self._build()
        self._bind()
        self.setFocusProxy(self.fields["name"])
        self._write()
        self._redraw()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        fields = self.fields
        self.body.setSpacing(8)
        self.body.addWidget(fields["name"])
        self._ways = _side_by_side([fields["phone"], fields["email"]])
        self.body.addLayout(self._ways)
        self.body.addLayout(_side_by_side([fields["member_card"], fields["birthday"]]))
        self.body.addWidget(fields["note"])
        self._notes = Text("", "meta", "text-muted", wrap=True)
        self.take_twin = Key()
        self.twin = Notice(tone="amber", icon="info", acts=(self.take_twin,))
        let_grow(self.twin)
        self._consent_head = Text("", "strong")
        self.below = QWidget()
        consents = QHBoxLayout(self.below)
        consents.setContentsMargins(0, 0, 0, 0)
        consents.setSpacing(8)
        for key in self.consents.values():
            consents.addWidget(key, 1)
        self.off = Key(icon="close", face=Face.STACK)
        self.another = Key(icon="search", face=Face.STACK)
        self.save = Key(kind=Kind.ACCENT, face=Face.BIG)
        self.save.setFixedHeight(_CLOSING_HEIGHT)
        self.body.addWidget(self._notes)
        self.body.addWidget(self.twin)
        self.body.addWidget(self._consent_head)
        self.body.addWidget(self.below)
        self.body.addStretch(1)
        self.last = QWidget()
        last = QHBoxLayout(self.last)
        last.setContentsMargins(0, 0, 0, 0)
        last.setSpacing(8)
        for key in (self.off, self.another):
            key.setFixedHeight(_CLOSING_HEIGHT)
            last.addWidget(key, 3)
        last.addWidget(self.save, 4)
        self.body.addWidget(self.last)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.accepted.connect(model.save)
        for name, field in self.fields.items():
            field.set_text(model.values[name])
            field.edited.connect(partial(model.write, name))
        for kind, key in self.consents.items():
            key.clicked.connect(partial(model.toggle, kind))
        self.off.clicked.connect(model.take_off)
        self.another.clicked.connect(model.take_another)
        self.save.clicked.connect(model.save)
        self.take_twin.clicked.connect(model.take_twin)
        self.letters.letter.connect(self._press)
        self.letters.erased.connect(self._erase)
        self.letters.accepted.connect(model.save)
        self.letters.hidden.connect(self._hide_letters)
        model.changed.connect(self._redraw)

    def _press(self, sign: str) -> None:
        self._field.press(sign)

    def _erase(self) -> None:
        self._field.erase()

    @property
    def _field(self) -> Field:
        """The field that has the focus, else the first one."""
        held = (field for field in self.fields.values() if field.edit.hasFocus())
        return next(held, self.fields["name"])

    def _hide_letters(self) -> None:
        self.letters.hide()
        self._place()

    def _place(self) -> None:
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._ways.setDirection(down if self.is_narrow else across)
        self._write()
        self._redraw()
        if self.letters.isHidden():
            self.upper.setGeometry(self.rect())
            return
        top = self.height() - _LETTERS_HEIGHT
        self.letters.setGeometry(0, top, self.width(), _LETTERS_HEIGHT)
        self.upper.setGeometry(0, 0, self.width(), top - GAP)

    def _write(self) -> None:
        fields = self.fields
        fields["name"].set_words(label=self.tr("Name"))
        fields["phone"].set_words(label=self.tr("Telephone"))
        fields["email"].set_words(label=self.tr("E-mail"))
        fields["member_card"].set_words(label=self.tr("Card"))
        fields["birthday"].set_words(label=self.tr("Birthday"), placeholder=self.tr("17-05"))
        fields["note"].set_words(
            label=self.tr("Note"), placeholder=self.tr("Worth knowing the next time")
        )
        self._consent_head.set_text(self.tr("The customer agrees to"))
        self.off.set_word(self.tr("Off the ticket"))
        self.another.set_word(self.tr("Somebody else"))
        self.save.set_word(self.tr("Save"))
        self.save.set_cap(self.tr("Enter"))
        self.take_twin.set_word(self.tr("Take this customer"))
        for kind, key in self.consents.items():
            key.set_word(words.consent(kind))
        self.letters.set_words(
            space=self.tr("space"),
            hide="" if self.is_narrow else self.tr("Hide"),
            accept=self.tr("Save"),
            accept_cap=self.tr("Enter"),
            erase=self.tr("Erase"),
        )

    def _redraw(self) -> None:
        model, is_typing = self.view_model, not self.letters.isHidden()
        self.bar.set_words(model.title, self.tr("Close"))
        for name, field in self.fields.items():
            field.set_text(model.values[name])
            field.set_wrong(model.wrong.get(name, ""))
        self._notes.set_text(" · ".join(model.notes[:3]))
        self._notes.setVisible(bool(model.notes) and not is_typing)
        self.twin.setVisible(model.twin is not None)
        self.twin.set_text(model.twin_words)
        for kind, key in self.consents.items():
            key.set_chosen(model.agreed[kind])
        shown = not is_typing and model.twin is None
        self._consent_head.setVisible(shown)
        self.below.setVisible(shown)
        self.last.setVisible(not is_typing)
        self.off.setVisible(not model.is_new)
        self.another.setVisible(not model.is_new)
        for key in (self.save, self.letters.accept):
            if model.can_save:
                key.set_on()
            else:
                key.set_off(self.tr("a name is missing") if key is self.save else "")


def _side_by_side(widgets: Sequence[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    for widget in widgets:
        row.addWidget(widget, 1)
    return row
