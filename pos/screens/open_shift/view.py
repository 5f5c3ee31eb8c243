"""The screen that opens a shift: float by denomination, business day, closing key."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens import wording
from pos.screens.denominations import DenominationGrid
from pos.screens.open_shift.view_model import OpenShiftViewModel
from pos.widgets.grid import GAP, NARROW, grid_for, page_places
from pos.widgets.key import Key, Kind
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import IconView, Text


class OpenShiftPage(QWidget):
    """Notes downwards, then coins; Intro goes on and ends at the closing key."""

    def __init__(self, view_model: OpenShiftViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._build()
        self._bind()
        self._write()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the shift with F10 and leave with Esc."""
        if event.key() == Qt.Key.Key_F10:
            self.view_model.confirm()
        elif event.key() == Qt.Key.Key_Escape:
            self.view_model.leave()
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        boxes = page_places(self.width(), self.height())
        narrow = grid_for(self.width()) is NARROW
        self._total.set_style("amount" if narrow else "total")
        self.keypad.third.set_cap("" if narrow else self.tr("Enter"))
        self.bar.setGeometry(boxes.bar)
        self.grid.setGeometry(boxes.main)
        right, keypad = boxes.right, grid_for(self.width()).keypad_height
        upper = right.height() - keypad - GAP
        self._summary.setGeometry(right.x(), right.y(), right.width(), upper)
        self.keypad.setGeometry(right.x(), right.y() + upper + GAP, right.width(), keypad)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        model = self.view_model
        self.bar = PageBar(parent=self)
        self.grid = DenominationGrid(model.denominations, model.currency, self)
        self._summary = Panel(parent=self)
        self.keypad = Keypad(
            Mode.AMOUNT, closing_kind=Kind.ACCENT, closing_style="title", parent=self
        )
        self._build_summary()
        self.setFocusProxy(self.grid)

    def _build_summary(self) -> None:
        self._advice, self._more = Text("", "strong"), Text("", "meta", "text-muted", wrap=True)
        self._day_label, self._day = Text("", "body", "text-muted"), Text("", "strong")
        self._near = Text("", "body", "text-muted")
        self.day_before, self.day_after = Key(icon="left"), Key(icon="right")
        self._notes, self._coins = _Pair(), _Pair()
        self._total_label, self._total = Text("", "heading"), Text("", "total", keeps=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._advice)
        words.addWidget(self._more)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconView("coins", 24), alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        day = QHBoxLayout()
        day.setSpacing(8)
        day_words = QVBoxLayout()
        day_words.setSpacing(0)
        day_words.addWidget(self._day_label)
        day_words.addWidget(self._day)
        day.addLayout(day_words, 1)
        day.addWidget(self._near)
        for key in (self.day_before, self.day_after):
            key.setFixedWidth(64)
            day.addWidget(key)
        total = QHBoxLayout()
        total.addWidget(self._total_label, 1)
        total.addWidget(self._total)
        column = QVBoxLayout()
        column.setContentsMargins(15, 11, 15, 11)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addLayout(day)
        column.addWidget(Rule())
        column.addWidget(self._notes)
        column.addWidget(self._coins)
        column.addStretch(1)
        column.addWidget(Rule())
        column.addLayout(total)
        self._summary.column.addLayout(column)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.leave)
        self.grid.counted.connect(model.count)
        self.grid.finished.connect(self.keypad.closing.setFocus)
        self.keypad.digit.connect(self.grid.press)
        self.keypad.erased.connect(self.grid.erase)
        self.keypad.third_pressed.connect(self.grid.next_field)
        self.keypad.accepted.connect(model.confirm)
        self.day_before.clicked.connect(lambda: model.shift_day(-1))
        self.day_after.clicked.connect(lambda: model.shift_day(1))
        model.cleared.connect(lambda: self.grid.set_pieces({}))
        model.changed.connect(self._redraw)

    def _write(self) -> None:
        self._advice.set_text(self.tr("Count the float in the drawer"))
        self._more.set_text(self.tr("What is in it before the first sale; it may be nothing."))
        self._day_label.set_text(self.tr("Business day"))
        self.day_before.set_name(self.tr("Day before"))
        self.day_after.set_name(self.tr("Day after"))
        self._total_label.set_text(self.tr("Float"))
        self.keypad.set_decimal_sign(wording.decimal_sign())
        self.keypad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Next"),
            third_cap=self.tr("Enter"),
            closing=self.tr("Open shift"),
            closing_cap="F10",
        )

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(
            self.tr("Open shift"), model.message or model.subtitle, back=self.tr("Change person")
        )
        day, near = model.day_words
        self._day.set_text(day)
        self._near.set_text(near)
        self._near.set_tone("text-muted" if near == self.tr("today") else "amber-text")
        for key, can in (
            (self.day_before, model.can_go_back),
            (self.day_after, model.can_go_on),
        ):
            if can:
                key.set_on()
            else:
                key.set_off()
        self._notes.set_words(self.tr("Notes"), wording.money(model.notes))
        self._coins.set_words(self.tr("Coins"), wording.money(model.coins))
        self._total.set_text(wording.money(model.total))


class _Pair(QWidget):
    """A word at the left, its amount at the right."""

    def __init__(self) -> None:
        super().__init__()
        self._word = Text("", "body", "text-muted")
        self._amount = Text("", "strong", align="right", keeps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 3, 0, 3)
        row.addWidget(self._word, 1)
        row.addWidget(self._amount)

    def set_words(self, word: str, amount: str) -> None:
        """Write both."""
        self._word.set_text(word)
        self._amount.set_text(amount)
