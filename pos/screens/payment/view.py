"""The payment screen: ticket and due at the left, tenders, quick notes and digits at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.tender import TenderKind
from pos.screens import wording
from pos.screens.payment.parts import PaymentTicket
from pos.screens.payment.view_model import PaymentViewModel
from pos.widgets.function_keys import Act, FunctionKeys
from pos.widgets.grid import NARROW, SaleFrame, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.paint import width_of
from pos.widgets.panel import Panel
from pos.widgets.text import Text

_ICONS = {
    TenderKind.CASH: "cash",
    TenderKind.CARD: "card",
    TenderKind.GIFT_CARD: "gift",
    TenderKind.STORE_CREDIT: "voucher",
    TenderKind.EXCHANGE: "return",
}
_QUICK = 4
_LONGEST_EXACT = 9  # signs of an amount that fit its key in the narrow window


class PaymentPage(QWidget):
    """Draws a `PaymentViewModel`; the page itself takes the keys."""

    def __init__(self, view_model: PaymentViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._write()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters choose the tender, digits belong to the amount, Intro collects."""
        key, model = event.key(), self.view_model
        text = event.text().upper()
        if key == Qt.Key.Key_Escape:
            model.back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                model.collect()
        elif key == Qt.Key.Key_Backspace:
            model.erase()
        elif key == Qt.Key.Key_F9:
            model.open_drawer()
        elif text in ("E", "T"):
            model.choose(TenderKind.CASH if text == "E" else TenderKind.CARD)
        elif text == "R":
            model.pay_with_value()
        elif text and text in "0123456789,.":
            model.press(text)
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._frame.setGeometry(self.rect())
        narrow = grid_for(self.width()) is NARROW
        self._tenders.setColumnStretch(2, 0 if narrow else 1)
        self._lay_tenders(narrow=narrow)
        self._widen_exact()
        self._fit_due()

    def _lay_tenders(self, *, narrow: bool) -> None:
        """Put the third key into a row of its own where three do not fit side by side."""
        row, column, across = (1, 0, 2) if narrow else (0, 2, 1)
        self._tenders.addWidget(self.value, row, column, 1, across)
        for key in (self.cash, self.card, self.value):
            key.setFixedHeight(56 if narrow else 72)
        for key in (self.exact, *self.notes):
            key.setFixedHeight(64 if narrow else 72)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self._frame = SaleFrame(parent=self)
        self.ticket = PaymentTicket()
        self.acts = FunctionKeys()
        self.keypad = Keypad(Mode.AMOUNT)
        self._frame.put("ticket", self.ticket)
        self._frame.put("tabs", self._build_tenders())
        self._frame.put("acts", self.acts)
        self._frame.put("keypad", self.keypad)

    def _build_tenders(self) -> QWidget:
        self._question = Text("", "strong")
        self.cash = Key(icon="cash", cap="E", face=Face.TENDER)
        self.card = Key(icon="card", cap="T", face=Face.TENDER)
        self.value = Key(icon="gift", cap="R", face=Face.TENDER)
        self.exact = Key(face=Face.STACK, style="title")
        self.notes = [Key(face=Face.STACK, style="title") for _ in range(_QUICK)]
        panel = Panel()
        body = QVBoxLayout()
        body.setContentsMargins(16, 11, 16, 14)
        body.setSpacing(0)
        tenders = self._tenders = QGridLayout()
        tenders.setSpacing(8)
        for column in range(3):
            tenders.setColumnStretch(column, 1)
        tenders.addWidget(self.cash, 0, 0)
        tenders.addWidget(self.card, 0, 1)
        tenders.addWidget(self.value, 0, 2)
        quick = self._quick = QHBoxLayout()
        quick.setSpacing(8)
        quick.addWidget(self.exact, 13)
        for key in self.notes:
            quick.addWidget(key, 10)
        body.addWidget(self._question)
        body.addSpacing(8)
        body.addLayout(tenders)
        body.addSpacing(8)
        body.addStretch(1)
        body.addLayout(quick)
        panel.column.addLayout(body)
        return panel

    def _bind(self) -> None:
        model = self.view_model
        self.cash.clicked.connect(lambda: model.choose(TenderKind.CASH))
        self.cash.refused.connect(lambda: model.choose(TenderKind.CASH))
        self.card.clicked.connect(lambda: model.choose(TenderKind.CARD))
        self.value.clicked.connect(model.pay_with_value)
        self.exact.clicked.connect(lambda: model.offer(model.due))
        for index, key in enumerate(self.notes):
            key.clicked.connect(lambda _=False, place=index: model.offer(model.quick[place]))
        self.keypad.digit.connect(model.press)
        self.keypad.erased.connect(model.erase)
        self.keypad.third_pressed.connect(model.choose_next)
        self.keypad.accepted.connect(model.collect)
        self.ticket.removed.connect(model.remove)
        self.acts.pressed.connect(self._act)
        model.changed.connect(self._redraw)

    def _act(self, act: str) -> None:
        if act == "back":
            self.view_model.back()
        elif act == "drawer":
            self.view_model.open_drawer()
        else:
            self.view_model.help()

    def _write(self) -> None:
        self.acts.set_acts(
            [
                Act("back", "left", self.tr("Back"), "Esc"),
                Act("", "", ""),
                Act("", "", ""),
                Act("", "", ""),
                Act("drawer", "drawer", self.tr("Open drawer"), "F9"),
                Act("", "", ""),
                Act("help", "help", self.tr("Help"), "F1"),
                Act("lock", "lock", self.tr("Lock"), "F12"),
            ]
        )
        self.acts.key("lock").set_off(self.tr("not while money is being taken"))
        self.keypad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Another form of payment"),
            closing=self.tr("Collect"),
            closing_cap=self.tr("Enter"),
        )
        self.keypad.set_decimal_sign(wording.decimal_sign())
        self.cash.set_word(self.tr("Cash"))
        self.card.set_word(self.tr("Card"), self.view_model.terminal_word)
        self.value.set_word(self.tr("Gift card or credit"), self.tr("scan it or type its code"))
        self.ticket.total_word.set_text(self.tr("Total"))
        self.ticket.change_word.set_text(self.tr("Change"))

    def _redraw(self) -> None:
        model, left = self.view_model, self.ticket
        left.head.set_texts(self.tr("Ticket · %n articles", "", model.articles))
        left.total.set_text(wording.money(model.total))
        left.due.set_text(wording.money(model.due))
        self._fit_due()
        left.change.set_text(wording.money(model.change))
        self._redraw_box()
        left.refusal.set_text(model.refusal)
        left.refusal.setVisible(bool(model.refusal))
        self._redraw_tenders_taken()
        self._redraw_open_card()
        self._redraw_tenders()
        self._redraw_quick()
        self._redraw_closing()
        back = self.acts.key("back")
        if model.why_no_way_back:
            back.set_off(model.why_no_way_back)
        else:
            back.set_on()

    def _fit_due(self) -> None:
        """Write a very large amount smaller rather than cut the words beside it."""
        left = self.ticket
        room = left.width() - 3 * 16 - left.due_word.sizeHint().width()
        fits = width_of(left.due.text(), "due") <= room
        left.due.set_style("due" if fits else "total")

    def _widen_exact(self) -> None:
        """Give the exact amount more room where no notes stand beside it."""
        narrow = grid_for(self.width()) is NARROW
        alone = narrow and not self.view_model.quick
        self._quick.setStretch(0, 30 if alone else 14 if narrow else 13)

    def _redraw_box(self) -> None:
        model = self.view_model
        label = self.tr("Handed over in cash")
        if model.tender is TenderKind.CARD:
            label = self.tr("To charge by card")
        self.ticket.box.set_words(
            _ICONS[model.tender], label, model.tendered_text, wrong=bool(model.refusal)
        )
        self.ticket.box.set_active(not model.is_free)

    def _redraw_tenders_taken(self) -> None:
        lines = self.view_model.tenders
        for index, line in enumerate(lines):
            row = self.ticket.row(index)
            row.show_tender(_ICONS[line.kind], line.word, line.second, line.amount)
            row.key.set_word(self.tr("Take off"))
            if line.why_stays:
                row.key.set_off(line.why_stays)
            else:
                row.key.set_on()
            row.key.updateGeometry()  # the reason may be wider than the word
        for index, row in enumerate(self.ticket.rows):
            row.setVisible(index < len(lines))

    def _redraw_open_card(self) -> None:
        card = self.view_model.open_card
        unknown = card is not None and card.is_unknown
        row = self.ticket.open_card
        row.setVisible(card is not None)
        if card is not None:
            question = self.tr("charged?") if unknown else ""
            row.show_attempt(card.word, card.second, card.amount, question)
        self.ticket.handed.setVisible(card is None)
        confirm, pay = self.tr("Still to\nconfirm"), self.tr("Still\nto pay")
        self.ticket.due_word.set_text(confirm if unknown else pay)

    def _redraw_tenders(self) -> None:
        model = self.view_model
        due = wording.money(model.due)
        question = self.tr("How is the {amount} paid?").format(amount=due)
        if model.is_free:
            question = self.tr("Nothing is to be paid")
        self._question.set_text(question)
        for key, kind in ((self.cash, TenderKind.CASH), (self.card, TenderKind.CARD)):
            key.set_chosen(kind is model.tender and not model.is_free)
            if model.is_free:
                key.set_off(self.tr("nothing to pay"))
            elif kind is TenderKind.CASH and model.cash_refusal:
                key.set_off(model.cash_refusal)
            else:
                key.set_on()
        if model.is_free:
            self.value.set_off(self.tr("nothing to pay"))
        else:
            self.value.set_on()

    def _redraw_quick(self) -> None:
        model = self.view_model
        self.exact.setVisible(not model.is_free)
        exact = wording.money(model.due)
        fits = len(exact) <= _LONGEST_EXACT
        self.exact.set_word(exact if fits else wording.bare_amount(model.due), self.tr("exact"))
        self.exact.set_chosen(model.tendered == model.due)
        self._widen_exact()
        notes = model.quick
        for index, key in enumerate(self.notes):
            shown = index < len(notes)
            # A key without a note keeps its place, so that the others never move.
            key.setEnabled(shown)
            policy = key.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            key.setSizePolicy(policy)
            key.setVisible(shown)
            if shown:
                key.set_word(wording.short_money(notes[index]))
                key.set_chosen(notes[index] == model.tendered)

    def _redraw_closing(self) -> None:
        model = self.view_model
        closing = self.keypad.closing
        amount, left = wording.money(model.tendered), model.left
        closing.set_kind(Kind.DANGER if left is not None and left.to_refund else Kind.PAY)
        closing.set_word(self.tr("Collect") if left is None else self.tr("Exchange"))
        if left is not None and left.to_refund:
            closing.set_word(self.tr("Give back"), wording.money(left.to_refund))
        elif model.is_free:
            closing.set_second(self.tr("nothing to pay"))
        elif model.tender is TenderKind.CASH:
            closing.set_second(self.tr("{amount} in cash").format(amount=amount))
        else:
            closing.set_second(self.tr("{amount} by card").format(amount=amount))
