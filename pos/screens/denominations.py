"""Counting notes and coins: pieces per denomination, notes at the left, coins at the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cash import Denomination
from pos.domain.money import Money
from pos.screens import wording
from pos.widgets.field import Field
from pos.widgets.panel import Panel, Rule, TableHead
from pos.widgets.text import Text

MAX_PIECES = 99_999
_ROW_HEIGHT = 66
_NARROW_WIDTH = 360


class DenominationRow(QWidget):
    """One note or coin: its value, how many pieces, what they come to."""

    counted = Signal(int, object)  # minor units, pieces or None while empty
    left = Signal(int)  # minor units; Intro

    def __init__(self, denomination: Denomination, currency: str) -> None:
        super().__init__()
        self.denomination, self._currency = denomination, currency
        self._value = Text("", "heading", align="right", keeps=True)
        self._value.setFixedWidth(96)
        self.field = Field(right=True, style="heading")
        self.field.setFixedWidth(112)
        self.field.edit.setMaxLength(len(str(MAX_PIECES)))
        self._amount = Text("—", "line", "text-muted", align="right", keeps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 4)
        row.setSpacing(12)
        row.addWidget(self._value)
        row.addWidget(self.field)
        row.addWidget(self._amount, 1)
        self.setFixedHeight(_ROW_HEIGHT - 1)
        self.field.edited.connect(self._on_edited)
        self.field.accepted.connect(lambda: self.left.emit(denomination.minor))
        self.write()

    @property
    def pieces(self) -> int | None:
        """How many; None while nothing is keyed."""
        text = self.field.text()
        return int(text) if text.isascii() and text.isdigit() else None

    def write(self) -> None:
        """Write value and amount in the language in force."""
        value = Money(self.denomination.minor, self._currency)
        self._value.set_text(wording.short_money(value))
        self.field.set_name(wording.short_money(value))
        pieces = self.pieces
        amount = Money(self.denomination.minor * (pieces or 0), self._currency)
        self._amount.set_text(wording.bare_amount(amount) if amount else "—")
        self._amount.set_tone("text" if amount else "text-muted")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the amount its room where the window is narrow."""
        narrow = event.size().width() < _NARROW_WIDTH
        self._value.setFixedWidth(72 if narrow else 96)
        self.field.setFixedWidth(96 if narrow else 112)

    def set_pieces(self, pieces: int | None) -> None:
        """Show a count; nothing is announced."""
        self.field.set_text("" if pieces is None else str(pieces))
        self.write()

    def _on_edited(self, text: str) -> None:
        digits = "".join(sign for sign in text if sign in "0123456789")
        if digits != text:
            self.field.set_text(digits)
        self.write()
        self.counted.emit(self.denomination.minor, self.pieces)


class DenominationGrid(Panel):
    """All notes and coins of a currency.

    `counted` follows every change with (minor units, pieces or None); `finished` follows
    Intro in the last field. Digits and erase of a keypad go to the field that has, or last
    had, the focus: `press`, `erase`. Intro and `next_field` go on: notes down, then coins.
    """

    counted = Signal(int, object)
    finished = Signal()

    def __init__(
        self,
        denominations: Sequence[Denomination],
        currency: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self.rows = [DenominationRow(denomination, currency) for denomination in denominations]
        self._heads = (TableHead(), TableHead())
        self._current = 0
        columns = QHBoxLayout()
        columns.setSpacing(0)
        notes = [row for row in self.rows if row.denomination.is_note]
        coins = [row for row in self.rows if not row.denomination.is_note]
        self.rows = [*notes, *coins]
        columns.addLayout(self._column(self._heads[0], notes), 1)
        columns.addWidget(Rule(standing=True))
        columns.addLayout(self._column(self._heads[1], coins), 1)
        self.column.addLayout(columns)
        for index, row in enumerate(self.rows):
            row.counted.connect(self.counted)
            row.left.connect(lambda _minor, at=index: self._go_on(at))
            row.field.edit.installEventFilter(self)
        self._write()
        if self.rows:
            self.setFocusProxy(self.rows[0].field)

    @property
    def pieces(self) -> dict[int, int | None]:
        """Pieces per denomination in minor units; None where nothing is keyed."""
        return {row.denomination.minor: row.pieces for row in self.rows}

    def set_pieces(self, pieces: Mapping[int, int | None]) -> None:
        """Show counts; nothing is announced."""
        for row in self.rows:
            row.set_pieces(pieces.get(row.denomination.minor))

    def press(self, signs: str) -> None:
        """Take digits from a keypad."""
        if self.rows and signs.isdigit():
            self._field.press(signs)

    def erase(self) -> None:
        """Take the last digit back."""
        if self.rows:
            self._field.erase()

    def next_field(self) -> None:
        """Go on to the next denomination."""
        self._go_on(self._current)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus, and go up and down with the arrow keys."""
        place = next(
            (at for at, row in enumerate(self.rows) if row.field.edit is watched), self._current
        )
        if isinstance(event, QFocusEvent) and event.type() == QEvent.Type.FocusIn:
            self._current = place
            self.rows[place].field.edit.selectAll()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and 0 <= place + step < len(self.rows):
                self.rows[place + step].field.setFocus()
                return True
        return False

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    @property
    def _field(self) -> Field:
        return self.rows[self._current].field

    def _go_on(self, place: int) -> None:
        if place + 1 < len(self.rows):
            self.rows[place + 1].field.setFocus()
        else:
            self.finished.emit()

    def _column(self, head: TableHead, rows: Sequence[DenominationRow]) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(head)
        for row in rows:
            column.addWidget(row)
            column.addWidget(Rule())
        column.addStretch(1)
        return column

    def _write(self) -> None:
        amount = self.tr("Amount")
        self._heads[0].set_columns(((self.tr("Notes and pieces"), 0), (amount, -120)))
        self._heads[1].set_columns(((self.tr("Coins and pieces"), 0), (amount, -120)))
        for row in self.rows:
            row.write()
