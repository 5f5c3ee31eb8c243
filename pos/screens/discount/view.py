"""The discount panel: scope, kind, size, reason, and what it comes to."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.basket import DiscountKind
from pos.screens import wording
from pos.screens.discount.view_model import OTHER, QUICK_PERCENTS, DiscountViewModel
from pos.screens.question import Chips, QuestionPanel
from pos.screens.value_aside import ValueAside
from pos.widgets.choices import Segment
from pos.widgets.key import Kind
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.text import Text

COUPON = "coupon"  # in place of a scope


class DiscountPanel(QuestionPanel):
    """Field and keypad as in every question; permission follows when it is needed."""

    def __init__(self, view_model: DiscountViewModel, parent: QWidget | None = None) -> None:
        keypad = Keypad(Mode.AMOUNT, closing_kind=Kind.ACCENT, closing_style="title")
        super().__init__(icon="percent", keypad=keypad, parent=parent)
        self.view_model = view_model
        self._keypad = keypad
        self.value = ValueAside(self, keypad, steps=False)
        self._build()
        self._bind()
        self._write()
        self.value.start_with(view_model.text)
        self._redraw()

    def lay_out(self, *, narrow: bool) -> None:
        self._before.setVisible(not narrow)
        self._why.setVisible(not narrow)
        self.quick.setVisible(not narrow)
        self.value.lay_out(narrow=narrow)
        self.value.show_steps(False)

    def _before_words(self) -> str:
        model = self.view_model
        words = self.tr("of {amount}").format(amount=wording.money(model.before))
        if not model.instead_of:
            return words
        instead = self.tr("instead of the promotion {name}").format(name=model.instead_of)
        return f"{words} · {instead}"

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self._title, self._before = Text("", "heading"), Text("", "body", "text-muted")
        self._amount = Text("", "amount", keeps=True)
        self._why = Text("", "strong")
        self.scope, self.kind = Segment(), Segment()
        self.quick, self.reasons = Chips(), Chips()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._before)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self._amount)
        choices = QHBoxLayout()
        choices.setSpacing(8)
        choices.addWidget(self.scope, 1)
        choices.addWidget(self.kind, 1)
        self.body.addLayout(head)
        self.body.addSpacing(8)
        self.body.addLayout(choices)
        self.body.addSpacing(8)
        self.body.addWidget(self.quick)
        self.body.addSpacing(8)
        self.body.addWidget(self._why)
        self.body.addSpacing(4)
        self.body.addWidget(self.reasons)
        self.body.addStretch(1)

    def _bind(self) -> None:
        model, keypad = self.view_model, self._keypad
        self.closed.connect(model.close)
        self.accepted.connect(model.confirm)
        keypad.accepted.connect(model.confirm)
        keypad.third_pressed.connect(model.remove)
        self.value.field.edited.connect(model.write)
        self.scope.chosen.connect(self._choose_scope)
        self.kind.chosen.connect(lambda kind: model.count_as(DiscountKind(kind)))
        self.quick.chosen.connect(self._take_quick)
        self.reasons.chosen.connect(model.choose_reason)
        model.text_replaced.connect(self.value.start_with)
        model.changed.connect(self._redraw)

    def _choose_scope(self, scope: str) -> None:
        if scope == COUPON:
            self.view_model.ask_coupon()
            self._choose_again()
        else:
            self.view_model.on_whole_ticket(scope == "ticket")

    def _choose_again(self) -> None:
        self.scope.choose("ticket" if self.view_model.on_ticket else "line")

    def _take_quick(self, percent: str) -> None:
        self.view_model.count_as(DiscountKind.PERCENT)
        self.view_model.set_text(percent)

    def _write(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Discount"), self.tr("Cancel"))
        self._why.set_text(self.tr("Reason"))
        scopes = [("line", self.tr("Line"))] if model.has_line else []
        coupon = [(COUPON, self.tr("Coupon"))] if model.asks_for_coupons else []
        self.scope.set_options([*scopes, ("ticket", self.tr("Ticket")), *coupon])
        self._choose_again()
        self.kind.set_options(
            [
                (DiscountKind.PERCENT.value, "%"),
                (DiscountKind.AMOUNT.value, model.currency_sign),
            ]
        )
        quick = [(str(percent), wording.percent(percent * 100)) for percent in QUICK_PERCENTS]
        self.quick.set_options(quick)
        self._keypad.set_decimal_sign(wording.decimal_sign())
        self._keypad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Take off the discount"),
            closing=self.tr("Apply"),
            closing_cap=self.tr("Enter"),
        )

    def _redraw(self) -> None:
        model = self.view_model
        self._title.set_text(model.title)
        self._before.set_text(self._before_words())
        taken_off = model.taken_off
        self._amount.set_text(wording.money(-taken_off) if taken_off else "")
        self.kind.choose(model.kind.value)
        self.quick.choose(model.text if model.kind is DiscountKind.PERCENT else "")
        options = [(reason, reason) for reason in model.reasons]
        self.reasons.set_options([*options, (OTHER, self.tr("Another…"))])
        is_written = bool(model.reason) and model.reason not in model.reasons
        self.reasons.choose(OTHER if is_written else model.reason)
        percent = model.kind is DiscountKind.PERCENT
        sign = "%" if percent else model.currency_sign
        self.value.label.set_text(self.tr("How much, in {sign}").format(sign=sign))
        self.value.set_wrong(model.wrong)
        closing, third = self._keypad.closing, self._keypad.third
        missing = model.wrong or model.missing
        if missing:
            closing.set_off(missing)
        else:
            closing.set_on()
        if model.existing is None:
            third.set_off(self.tr("there is none"))
        else:
            third.set_on()
