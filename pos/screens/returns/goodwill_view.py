"""The panel of goodwill: reasons above, amount and digits below."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

from pos.screens import wording
from pos.screens.amount_box import AmountBox
from pos.screens.question import Chips, QuestionPanel
from pos.screens.returns.goodwill import OTHER, GoodwillViewModel
from pos.widgets.key import Kind
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.text import Text

_NEXT = "M"  # takes the next reason


class GoodwillPanel(QuestionPanel):
    """Fills the right region until it is said how much and why."""

    def __init__(self, view_model: GoodwillViewModel, parent: QWidget | None = None) -> None:
        keypad = Keypad(Mode.AMOUNT, closing_kind=Kind.ACCENT, closing_style="title")
        super().__init__(icon="heart", keypad=keypad, parent=parent)
        self.view_model = view_model
        self.pad = keypad
        self._about = Text("", "body", "text-muted", wrap=True)
        self._why = Text("", "strong")
        self.reasons = Chips()
        self._written = Text("", "lead", wrap=True)
        self._label = Text("", "strong")
        self.amount = AmountBox("return")
        self._hint = Text("", "meta", "text-muted", wrap=True)
        for widget, gap in (
            (self._about, 12),
            (self._why, 8),
            (self.reasons, 12),
            (self._written, 0),
        ):
            self.body.addWidget(widget)
            self.body.addSpacing(gap)
        self.body.addStretch(1)
        self.aside.addWidget(self._label)
        self.aside.setSpacing(8)
        self.aside.addWidget(self.amount)
        self.aside.addStretch(1)
        self.aside.addWidget(self._hint)
        self._bind()
        self._redraw()

    def typed(self, signs: str) -> None:
        if signs.upper() == _NEXT:
            self.view_model.choose_next()
        else:
            self.view_model.press(signs)

    def erased(self) -> None:
        self.view_model.erase()

    def lay_out(self, *, narrow: bool) -> None:
        self._hint.setVisible(not narrow)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _bind(self) -> None:
        model = self.view_model
        self.closed.connect(model.close)
        self.accepted.connect(model.go_on)
        self.pad.accepted.connect(model.go_on)
        self.pad.third_pressed.connect(model.choose_next)
        self.reasons.chosen.connect(model.choose)
        model.changed.connect(self._redraw)

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Compensation"), self.tr("Cancel"))
        self._about.set_text(model.about)
        self._why.set_text(self.tr("Reason"))
        options = [(reason, reason) for reason in model.reasons]
        self.reasons.set_options([*options, (OTHER, self.tr("Another…"))])
        is_written = bool(model.reason) and model.reason not in model.reasons
        self.reasons.choose(OTHER if is_written else model.reason)
        self._written.set_text(model.reason if is_written else "")
        self._label.set_text(self.tr("Amount"))
        self.amount.set_words("return", "", model.amount_text)
        self._hint.set_text(self.tr("Nothing comes back for it; the receipt says why."))
        self.pad.set_decimal_sign(wording.decimal_sign())
        self.pad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Next reason"),
            third_cap=_NEXT,
            closing=self.tr("Go on"),
            closing_cap=self.tr("Enter"),
        )
        if model.missing:
            self.pad.closing.set_off(model.missing)
        else:
            self.pad.closing.set_on()
            self.pad.closing.set_second(wording.money(model.amount))
