"""What the count came to, the reason for a difference, and the end of the shift."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from pos.domain.money import Money
from pos.domain.till_session import SessionReport
from pos.screens import wording
from pos.screens.close_shift.parts import FigureRow
from pos.screens.close_shift.view_model import CloseShiftViewModel, Step
from pos.screens.receipts.trouble_notice import TroubleNotice
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.paint import width_of
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import IconView, Text

_MOST_FIGURES = 6


class ResultCard(Panel):
    """Takes the right column once the count was handed in."""

    def __init__(self, view_model: CloseShiftViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.view_model = view_model
        self.said = Text("", "title", align="centre", wrap=True)
        self.amount = Text("", "due", align="centre", keeps=True)
        self.hint = Text("", "body", "text-muted", align="centre", wrap=True)
        self.icon = IconView("check-circle", 40)
        self.figures = [FigureRow() for _ in range(_MOST_FIGURES)]
        self.why = Text("", "strong")
        self.reasons = [Key(face=Face.STACK) for _ in view_model.reasons]
        self.refusal = Text("", "body", "amber-text", wrap=True)
        self.notice = TroubleNotice()
        self.recount = Key(icon="undo")
        self.closing = Key(face=Face.BIG, style="title", kind=Kind.ACCENT)
        self._build()
        self._bind()

    def redraw(self) -> None:
        """Write what is known."""
        closed = self.view_model.step is Step.CLOSED
        (self._redraw_closed if closed else self._redraw_difference)()
        self.refusal.set_text(self.view_model.refusal or ("" if closed else self._why_not()))
        self.refusal.setVisible(bool(self.refusal.text()))
        self.notice.show_trouble(self.view_model.trouble)
        for key in self.reasons:
            key.setVisible(not closed and bool(self.view_model.difference))
        self.why.setVisible(not closed and bool(self.view_model.difference))
        self.recount.setVisible(not closed)

    def _build(self) -> None:
        self.closing.setFixedHeight(96)
        reasons = QGridLayout()
        reasons.setSpacing(8)
        for index, key in enumerate(self.reasons):
            key.setFixedHeight(56)
            reasons.addWidget(key, index // 2, index % 2)
        column = QVBoxLayout()
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.said)
        column.addWidget(self.amount)
        column.addWidget(self.hint)
        column.addStretch(1)
        self.rule = Rule()
        column.addWidget(self.rule)
        column.addSpacing(6)
        for figure in self.figures:
            column.addWidget(figure)
        column.addSpacing(10)
        column.addWidget(self.why)
        column.addSpacing(6)
        column.addLayout(reasons)
        column.addSpacing(8)
        for widget in (self.refusal, self.notice):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addWidget(self.recount)
        column.addSpacing(8)
        column.addWidget(self.closing)
        self.column.addLayout(column)

    def _bind(self) -> None:
        model = self.view_model
        for index, key in enumerate(self.reasons):
            key.clicked.connect(
                lambda _=False, place=index: model.give_reason(model.reasons[place])
            )
        self.recount.clicked.connect(model.recount)
        self.closing.clicked.connect(model.next)

    def _redraw_difference(self) -> None:
        model = self.view_model
        difference = model.difference
        if not difference:
            self.said.set_text(self.tr("The cash agrees"))
            self.hint.set_text(self.tr("Counted and expected are the same."))
        elif difference.minor < 0:
            self.said.set_text(self.tr("Cash is short by"))
            self.hint.set_text(self.tr("Less was counted than the till expects."))
        else:
            self.said.set_text(self.tr("There is too much cash"))
            self.hint.set_text(self.tr("More was counted than the till expects."))
        self.amount.set_text(wording.money(difference) if difference else "")
        self._fit_amount()
        self.amount.setVisible(bool(difference))
        tone = "amber-text" if difference else "text"
        self.said.set_tone(tone)
        self.amount.set_tone(tone)
        self._write_figures([(self.tr("Cash counted"), wording.money(model.counted))])
        self._redraw_reasons()
        self._redraw_keys()

    def _redraw_reasons(self) -> None:
        model = self.view_model
        self.why.set_text(self.tr("Why?"))
        for key, reason in zip(self.reasons, model.reasons, strict=True):
            key.set_word(reason)
            key.set_chosen(reason == model.reason)

    def _redraw_keys(self) -> None:
        model = self.view_model
        self.recount.set_word(self.tr("Recount"))
        if model.may_recount:
            self.recount.set_on()
        else:
            self.recount.set_off(self.tr("recounted already"))
        self.closing.set_word(self.tr("Close the shift"), self.tr("prints the Z"))
        self.closing.set_cap(self.tr("Enter"))
        if self._why_not():
            self.closing.set_off(self.tr("not yet"))
        elif not model.can_close:
            self.closing.set_off(self.tr("choose a reason"))
        else:
            self.closing.set_on()

    def _redraw_closed(self) -> None:
        model = self.view_model
        report = model.report
        if report is None:
            return
        self.said.set_text(self.tr("The shift is closed"))
        self.said.set_tone("text")
        self.amount.set_text(report.number)
        self._fit_amount()
        self.amount.set_tone("text")
        self.amount.setVisible(True)
        self.hint.set_text(self.tr("The Z is printed and kept at this till."))
        money = wording.money
        total = Money(report.figures.total, report.figures.currency)
        counted, difference = report.counted_cash, report.difference
        self._write_figures(
            [
                (self.tr("Sales: %n tickets", "", report.figures.sales), money(total)),
                *self._returned(report),
                (self.tr("Cash expected"), money(report.expected_cash)),
                (self.tr("Cash counted"), money(counted) if counted else "—"),
                (self.tr("Difference"), money(difference) if difference is not None else "—"),
                (self.tr("Of all shifts"), money(report.grand_total)),
            ]
        )
        self.closing.set_word(self.tr("Done"), self.tr("to the sign-in"))
        self.closing.set_cap(self.tr("Enter"))
        self.closing.set_on()

    def _returned(self, report: SessionReport) -> list[tuple[str, str]]:
        figures = report.figures
        if not figures.returns:
            return []
        amount = Money(-figures.returns_total, figures.currency)
        return [(self.tr("Returns: %n", "", figures.returns), wording.money(amount))]

    def _fit_amount(self) -> None:
        fits = width_of(self.amount.text(), "due") <= self.width() - 2 * 16
        self.amount.set_style("due" if fits else "total")

    def _write_figures(self, figures: list[tuple[str, str]]) -> None:
        for index, row in enumerate(self.figures):
            row.setVisible(index < len(figures))
            if index < len(figures):
                row.set_words(*figures[index])

    def _why_not(self) -> str:
        return self.view_model.why_not
