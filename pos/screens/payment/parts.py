"""What the left half of the payment screen is made of."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.screens.amount_box import AmountBox
from pos.widgets.key import Key, Kind
from pos.widgets.labels import Chip
from pos.widgets.panel import Bottomed, Panel
from pos.widgets.text import IconView, Text
from pos.widgets.ticket_parts import TicketHead


class TenderRow(Bottomed):
    """One tender taken so far, with the key that hands it back."""

    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(rule_below=True, parent=parent)
        self.setFixedHeight(64)
        self._icon = IconView("cash", 24)
        self._word, self._second = Text("", "strong"), Text("", "meta", "text-muted")
        self._amount = Text("", "heading", keeps=True)
        self.key = Key(icon="undo", kind=Kind.FLAT)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._word)
        words.addWidget(self._second)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 8, 1)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._amount)
        row.addWidget(self.key)
        self.key.clicked.connect(self.removed)

    def show_tender(self, icon: str, word: str, second: str, amount: str) -> None:
        """Write the tender."""
        self._icon.set_icon(icon)
        self._word.set_text(word)
        self._second.set_text(second)
        self._amount.set_text(amount)


class OpenCardRow(Bottomed):
    """A card attempt without an outcome; amber with a question while the answer is lost."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(rule_below=True, parent=parent)
        self.setFixedHeight(64)
        self._icon = IconView("card", 24)
        self._word, self._second = Text("", "strong"), Text("", "meta", "text-muted")
        self._amount = Text("", "heading", keeps=True)
        self._chip = Chip(tone="amber")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._word)
        words.addWidget(self._second)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 1)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(words, 1)
        row.addWidget(self._amount)
        row.addWidget(self._chip)
        self.hide()

    def show_attempt(self, word: str, second: str, amount: str, question: str) -> None:
        """Write the attempt; a question asks for attention."""
        tone = "amber-text" if question else "text-muted"
        self._word.set_text(word)
        self._second.set_text(second)
        self._second.set_tone(tone)
        self._icon.set_icon("card", "amber-text" if question else "text")
        self._amount.set_text(amount)
        self._chip.set_text(question)
        self._chip.setVisible(bool(question))
        self.set_ground("amber-soft" if question else "")


class PaymentTicket(Panel):
    """Total, tenders so far, what is due, what is handed over and the change."""

    removed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.head = TicketHead()
        self.total_word, self.total = Text("", "heading"), Text("", "amount", keeps=True)
        self.due_word = Text("", "heading")
        self.due = Text("", "due", keeps=True, align="right")
        self.box = AmountBox()
        self.change_word, self.change = Text("", "heading"), Text("", "amount", keeps=True)
        self.refusal = Text("", "body", "amber-text", wrap=True)
        self.open_card = OpenCardRow()
        self.rows: list[TenderRow] = []
        self._tenders = QVBoxLayout()
        self._tenders.setSpacing(0)
        self.column.addWidget(self.head)
        self.column.addWidget(self._build_total())
        self.column.addLayout(self._tenders)
        self.column.addWidget(self.open_card)
        self.column.addStretch(1)
        self.column.addLayout(self._build_due())
        self.handed = self._build_handed()
        self.column.addWidget(self.handed)

    def row(self, index: int) -> TenderRow:
        """Return the row of a tender, made when there is none yet."""
        while len(self.rows) <= index:
            self._add_row(len(self.rows))
        return self.rows[index]

    def _add_row(self, index: int) -> None:
        row = TenderRow()
        row.removed.connect(lambda: self.removed.emit(index))
        self.rows.append(row)
        self._tenders.addWidget(row)

    def _build_total(self) -> QWidget:
        strip = Bottomed(rule_below=True)
        row = QHBoxLayout(strip)
        row.setContentsMargins(16, 14, 16, 15)
        row.addWidget(self.total_word, 1)
        row.addWidget(self.total)
        return strip

    def _build_due(self) -> QHBoxLayout:
        self.due_word.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout()
        row.setContentsMargins(16, 0, 16, 12)
        row.addWidget(self.due_word)
        row.addWidget(self.due, 1)
        return row

    def _build_handed(self) -> QWidget:
        strip = Bottomed(ground="surface-sunken", rule_above=True, rounded="bottom")
        column = QVBoxLayout(strip)
        column.setContentsMargins(16, 15, 16, 16)
        column.setSpacing(10)
        line = QHBoxLayout()
        line.setContentsMargins(16, 0, 16, 0)
        line.addWidget(self.change_word, 1)
        line.addWidget(self.change)
        column.addWidget(self.box)
        column.addLayout(line)
        column.addWidget(self.refusal)
        return strip
