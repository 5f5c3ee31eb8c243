"""The panel of a gift card or credit note: its code, what is on it, how much of it is charged."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.stored_value import StoredValueKind
from pos.screens import wording
from pos.screens.amount_box import AmountBox
from pos.screens.question import QuestionPanel
from pos.screens.value_card.view_model import Stage, ValueCardViewModel
from pos.widgets.field import Field
from pos.widgets.grid import GAP
from pos.widgets.key import Kind
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.labels import Picture
from pos.widgets.letters import Letters
from pos.widgets.panel import Rule
from pos.widgets.text import Text

MAX_TYPED = 40
_LETTERS_HEIGHT = 280
_ICONS = {StoredValueKind.GIFT_CARD: "gift", StoredValueKind.STORE_CREDIT: "voucher"}


class _Card(QWidget):
    """What is known of a card: its name and balance large, the rest below."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = Picture(side=72, px=40)
        self._name = Text("", "title", wrap=True)
        self._state = Text("", "body", "amber-text", wrap=True)
        self._balance = Text("", "total", keeps=True)
        self._facts = QGridLayout()
        self._facts.setVerticalSpacing(8)
        self._facts.setColumnStretch(1, 1)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._name)
        words.addWidget(self._state)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._picture, alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        head.addWidget(self._balance, alignment=Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addLayout(self._facts)
        column.addStretch(1)

    def show_card(self, model: ValueCardViewModel, left: str, unchecked: str) -> None:
        """Write the card that is looked at; `left` names what stays on it when it pays."""
        kind = model.scan.kind if model.scan else StoredValueKind.GIFT_CARD
        self._picture.set_icon(_ICONS[kind])
        self._name.set_text(model.name)
        self._balance.set_text(model.balance)
        state = unchecked if model.stage is Stage.UNCHECKED else model.why_not
        self._state.set_text(state)
        self._state.setVisible(bool(state))
        while (item := self._facts.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        pairs = [*model.facts, (left, model.left)] if left and model.left else model.facts
        for row, (what, how) in enumerate(pairs):
            self._facts.addWidget(Text(what, "body", "text-muted"), row, 0)
            self._facts.addWidget(Text(how, "strong", align="right"), row, 1)


class ValueCardPanel(QuestionPanel):
    """The field has the keys until a card is shown, then the amount has them."""

    def __init__(self, view_model: ValueCardViewModel, parent: QWidget | None = None) -> None:
        keypad = Keypad(Mode.AMOUNT, closing_kind=Kind.PAY, closing_style="title")
        super().__init__(icon="gift", keypad=keypad, parent=parent)
        self.view_model = view_model
        self.pad = keypad
        self.hint = Text("", "body", "text-muted", wrap=True)
        self.field = Field()
        self.field.edit.setMaxLength(MAX_TYPED)
        self.message = Text("", "body", "amber-text", wrap=True)
        self.card = _Card()
        self.letters = Letters(self)
        self.amount = AmountBox("gift")
        self._label, self._due = Text("", "strong"), Text("", "meta", "text-muted", wrap=True)
        self.body.setSpacing(8)
        for widget in (self.hint, self.field, self.card, self.message):
            self.body.addWidget(widget)
        self.body.addStretch(1)
        self.aside.setSpacing(8)
        self.aside.addWidget(self._label)
        self.aside.addWidget(self.amount)
        self.aside.addStretch(1)
        self.aside.addWidget(self._due)
        self._asked_code: bool | None = None
        self._bind()
        self._redraw()

    def typed(self, signs: str) -> None:
        self.view_model.press(signs)

    def erased(self) -> None:
        self.view_model.erase()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Hand the keys to the field while it waits for a code."""
        super().focusInEvent(event)
        if self.view_model.asks_code:
            self.field.edit.setFocus()

    def lay_out(self, *, narrow: bool) -> None:
        self._due.setVisible(not narrow)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.accepted.connect(model.confirm)
        self.field.edited.connect(model.write)
        self.letters.letter.connect(self.field.press)
        self.letters.erased.connect(self.field.erase)
        self.letters.accepted.connect(model.confirm)
        self.letters.hidden.connect(self._hide_letters)
        self.pad.accepted.connect(model.confirm)
        self.pad.third_pressed.connect(model.another)
        model.changed.connect(self._redraw)

    def _hide_letters(self) -> None:
        self.letters.hide()
        self._place()

    def _place(self) -> None:
        """Give the lower block to the letters, to the keypad, or to nobody."""
        model = self.view_model
        self.pad.setVisible(model.asks_amount)
        self.aside_panel.setVisible(model.asks_amount)
        if model.asks_amount:
            super()._place()
            return
        if self.letters.isHidden():
            self.upper.setGeometry(self.rect())
            return
        top = self.height() - _LETTERS_HEIGHT
        self.letters.setGeometry(0, top, self.width(), _LETTERS_HEIGHT)
        self.upper.setGeometry(0, 0, self.width(), top - GAP)

    def _redraw(self) -> None:
        model = self.view_model
        self._write()
        self._take_keys()
        self.hint.setVisible(not model.card and model.stage is not Stage.UNCHECKED)
        self.field.setVisible(model.asks_code)
        self.field.set_text(model.text)
        is_shown = model.stage not in {Stage.CODE, Stage.LOOKING}
        self.card.setVisible(is_shown)
        if is_shown:
            self.card.show_card(model, self._left_word(), self._unchecked())
        self.message.set_text(model.refusal)
        self.message.setVisible(bool(model.refusal))
        self._redraw_amount()
        self._place()

    def _take_keys(self) -> None:
        """Let the field have the keys while a code is typed, and the panel afterwards."""
        asks = self.view_model.asks_code
        if asks == self._asked_code:
            return
        self._asked_code = asks
        self.letters.setVisible(asks)
        if self.isVisible():
            (self.field.edit if asks else self).setFocus()

    def _redraw_amount(self) -> None:
        model = self.view_model
        due = wording.money(model.due)
        self.amount.set_words("gift", "", model.amount_text, proposal=model.is_proposal)
        self._due.set_text(self.tr("{amount} still to pay").format(amount=due))
        closing = self.pad.closing
        if model.is_waiting:
            closing.set_off(self.tr("one moment"))
        else:
            closing.set_on()
            closing.set_second(self.tr("{amount} from it").format(amount=model.amount_text))

    def _write(self) -> None:
        model = self.view_model
        closes = self.tr("Close") if model.only_looks else self.tr("Cancel")
        self.bar.set_words(model.title, closes)
        hint = self.tr("Scan the card or the note, or type its code")
        if model.stage is Stage.LOOKING:
            hint = self.tr("Asking what is on {card}…").format(card=model.name)
        self.hint.set_text(hint)
        self.field.set_name(self.tr("Code"))
        self._label.set_text(self.tr("To charge"))
        self.pad.set_decimal_sign(wording.decimal_sign())
        self.pad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Another card"),
            closing=self.tr("Charge"),
            closing_cap=self.tr("Enter"),
        )
        self.letters.set_words(
            space=self.tr("space"),
            hide="" if self.is_narrow else self.tr("Hide"),
            accept=self.tr("Look"),
            accept_cap=self.tr("Enter"),
            erase=self.tr("Erase"),
        )

    def _left_word(self) -> str:
        return self.tr("Left afterwards") if self.view_model.asks_amount else ""

    def _unchecked(self) -> str:
        text = self.tr("No connection: not checked. At most {amount} for this ticket")
        return text.format(amount=wording.money(self.view_model.most))
