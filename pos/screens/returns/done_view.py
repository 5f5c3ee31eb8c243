"""After a return: one very large amount, how it was given back, and the paper of it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens.receipts.trouble_notice import TroubleNotice
from pos.screens.returns.view_model import ReturnViewModel
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice
from pos.widgets.paint import width_of
from pos.widgets.panel import Panel
from pos.widgets.text import IconView, Text

_MOST_ROWS = 5
_KEYS = 96


class DoneView(QWidget):
    """Draws what `Done` says."""

    def __init__(self, view_model: ReturnViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._build()
        self.again.clicked.connect(view_model.done.print_again)
        done = view_model.done
        self.paid.clicked.connect(lambda: done.say_how_it_went(was_paid_back=True))
        self.not_paid.clicked.connect(lambda: done.say_how_it_went(was_paid_back=False))
        self.otherwise.clicked.connect(done.pay_otherwise)
        self.next.clicked.connect(view_model.close)
        view_model.changed.connect(self.redraw)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.redraw()
        super().changeEvent(event)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._fit_amount()

    def _fit_amount(self) -> None:
        """Write a very large amount smaller rather than cut it."""
        fits = width_of(self.amount.text(), "change") <= max(self.width() - 80, 1)
        self.amount.set_style("change" if fits else "due")

    def redraw(self) -> None:
        """Write everything again."""
        done = self.view_model.done
        if done.document is None:
            return
        self.word.set_text(self.tr("Given back"))
        self.amount.set_text(done.amount)
        self._fit_amount()
        for place, (how, amount) in enumerate(self.rows):
            is_there = place < len(done.refunds)
            how.setVisible(is_there)
            amount.setVisible(is_there and len(done.refunds) > 1)
            if is_there:
                how.set_text(done.refunds[place][0])
                amount.set_text(done.refunds[place][1])
        self.receipt.set_text(self._papers())
        for place, (picture, text) in enumerate(self.notes):
            is_there = place < len(done.notes)
            picture.setVisible(is_there)
            text.setVisible(is_there)
            if is_there:
                picture.set_icon(done.notes[place][0])
                text.set_text(done.notes[place][1])
        self._redraw_photos()
        self._redraw_card()
        self.notice.show_trouble(done.trouble)
        self.paper.set_text(done.paper)
        self.again.set_word(self.tr("Print a copy"))
        self.next.set_word(self.tr("Next customer"))
        self.next.set_cap(self.tr("Enter"))

    def _papers(self) -> str:
        done = self.view_model.done
        text = self.tr("Receipt {number}")
        if done.sale_number:
            text = self.tr("Receipts {number} and {sale}")
        return text.format(number=done.number, sale=done.sale_number)

    def _redraw_photos(self) -> None:
        model, document = self.view_model, self.view_model.done.document
        told = "" if document is None else model.photos.told(document.return_id)
        icon, text = self.photos
        for widget in (icon, text):
            widget.setVisible(bool(told))
        text.set_text(told)

    def _redraw_card(self) -> None:
        done = self.view_model.done
        tone, icon = ("accent", "check-circle") if done.is_card_fine else ("amber", "card")
        self.card.setVisible(bool(done.card))
        self.card.set_text(done.card, tone=tone, icon=icon)
        for key, word in ((self.paid, self.tr("Done")), (self.not_paid, self.tr("Not possible"))):
            key.set_word(word)
            key.setVisible(done.is_by_hand)
        self.otherwise.set_word(self.tr("Pay it another way"))
        self.otherwise.setVisible(done.is_owed)

    def _build(self) -> None:
        self.word = Text("", "title", "text-muted", align="centre")
        self.amount = Text("", "change", "danger-text", align="centre", keeps=True)
        self.rows = [
            (Text("", "heading", keeps=True), Text("", "heading", keeps=True))
            for _ in range(_MOST_ROWS)
        ]
        self.receipt = Text("", "body", "text-muted", align="centre")
        self.photos = (IconView("image", 20, "text-muted"), Text("", "body", "text-muted"))
        self.notes = [
            (IconView("drawer", 20, "text-muted"), Text("", "body", "text-muted", keeps=True))
            for _ in range(2)
        ]
        self.paid, self.not_paid, self.otherwise = Key(cap="1"), Key(cap="2"), Key(cap="P")
        self.card = Notice(
            tone="amber", icon="card", acts=(self.paid, self.not_paid, self.otherwise)
        )
        self.notice = TroubleNotice()
        upper, foot = Panel(padding=16), Panel(padding=16)
        column = upper.column
        column.addStretch(1)
        column.addWidget(self.word)
        column.addSpacing(4)
        column.addWidget(self.amount)
        column.addSpacing(12)
        for how, amount in self.rows:
            column.addLayout(_centred(how, amount))
        column.addSpacing(12)
        column.addWidget(self.receipt)
        column.addSpacing(8)
        column.addLayout(_centred(*(one for pair in self.notes for one in pair)))
        column.addLayout(_centred(*self.photos))
        column.addStretch(1)
        column.addWidget(self.card)
        column.addSpacing(8)
        column.addWidget(self.notice)
        foot.column.addLayout(self._build_keys())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(12)
        whole.addWidget(upper, 1)
        whole.addWidget(foot)

    def _build_keys(self) -> QHBoxLayout:
        self.paper = Text("", "body", "text-muted")
        self.again = Key(icon="printer", cap="R", face=Face.STACK)
        self.next = Key(kind=Kind.ACCENT, face=Face.STACK, style="title")
        for key, width in ((self.again, 180), (self.next, 320)):
            key.setFixedHeight(_KEYS)
            key.setMinimumWidth(width)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        keys.addWidget(self.paper, 1)
        keys.addWidget(self.again)
        keys.addWidget(self.next)
        return keys


def _centred(*widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(8)
    row.addStretch(1)
    for widget in widgets:
        row.addWidget(widget, 0, Qt.AlignmentFlag.AlignVCenter)
    row.addStretch(1)
    return row
