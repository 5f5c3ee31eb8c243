"""The panel of one line: quantity or price by keypad, and what else can be done to it."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens import wording
from pos.screens.line_edit.view_model import Editing, LineEditViewModel
from pos.screens.question import QuestionPanel
from pos.screens.value_aside import ValueAside
from pos.widgets.choices import Segment
from pos.widgets.key import Key, Kind
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.text import Text


class LineEditPanel(QuestionPanel):
    """Scanning goes on adding to the ticket while it is open."""

    def __init__(self, view_model: LineEditViewModel, parent: QWidget | None = None) -> None:
        keypad = Keypad(Mode.AMOUNT, closing_kind=Kind.ACCENT, closing_style="title")
        super().__init__(icon="pen", keypad=keypad, parent=parent)
        self.view_model = view_model
        self._keypad = keypad
        self.value = ValueAside(self, keypad, steps=True)
        self._build()
        self._bind()
        self._write()
        self.value.start_with(view_model.text or view_model.current_text)
        self._redraw()

    def lay_out(self, *, narrow: bool) -> None:
        self._subtitle.setVisible(not narrow)
        self.value.lay_out(narrow=narrow)
        self.value.show_steps(not narrow and self.view_model.editing is Editing.QUANTITY)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self._title, self._subtitle = Text("", "heading"), Text("", "body", "text-muted")
        self._amount = Text("", "amount", keeps=True)
        self.editing = Segment()
        self.discount, self.note = Key(icon="percent"), Key(icon="note")
        self.void = Key(icon="trash", tone="danger-text")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._subtitle)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self._amount)
        acts = QHBoxLayout()
        acts.setSpacing(8)
        for key in (self.discount, self.note, self.void):
            key.setFixedHeight(64)
            acts.addWidget(key, 1)
        self.body.addLayout(head)
        self.body.addSpacing(16)
        self.body.addWidget(self.editing)
        self.body.addSpacing(8)
        self.body.addLayout(acts)
        self.body.addStretch(1)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.accepted.connect(model.confirm)
        self._keypad.accepted.connect(model.confirm)
        self._keypad.third_pressed.connect(model.note)
        self.value.field.edited.connect(model.write)
        self.value.less.clicked.connect(lambda: model.step(-1))
        self.value.more.clicked.connect(lambda: model.step(1))
        self.editing.chosen.connect(lambda what: model.edit(Editing(what)))
        self.discount.clicked.connect(model.discount)
        self.note.clicked.connect(model.note)
        self.void.clicked.connect(model.void)
        model.text_replaced.connect(self.value.start_with)
        model.changed.connect(self._redraw)

    def _write(self) -> None:
        self.bar.set_words(self.tr("Change the line"), self.tr("Close"))
        self.editing.set_options(
            [
                (Editing.QUANTITY.value, self.tr("Quantity")),
                (Editing.PRICE.value, self.tr("Price")),
            ]
        )
        self.discount.set_word(self.tr("Discount"))
        self.note.set_word(self.tr("Note"))
        self.void.set_word(self.tr("Void line"))
        self._keypad.set_decimal_sign(wording.decimal_sign())
        self._keypad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Note"),
            closing=self.tr("Apply"),
            closing_cap=self.tr("Enter"),
        )

    def _redraw(self) -> None:
        model = self.view_model
        self._title.set_text(model.title)
        self._subtitle.set_text(model.subtitle)
        self._amount.set_text(model.amount)
        quantity = model.editing is Editing.QUANTITY
        self.editing.choose(model.editing.value)
        self.value.label.set_text(self.tr("Quantity") if quantity else self.tr("Unit price"))
        self.value.show_steps(quantity and not self.is_narrow)
        self.value.set_wrong(model.wrong)
        closing = self._keypad.closing
        if model.wrong:
            closing.set_off(model.wrong)
        elif quantity and model.fixed:
            closing.set_off(model.fixed)
        elif model.can_confirm:
            closing.set_on()
        else:
            closing.set_off(self.tr("key in another value"))
