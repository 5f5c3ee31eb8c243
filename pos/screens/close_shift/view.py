"""Closing the shift: pieces at the left, what they come to and the digits at the right."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens import wording
from pos.screens.close_shift.parts import FigureRow, PieceColumn
from pos.screens.close_shift.result import ResultCard
from pos.screens.close_shift.view_model import CloseShiftViewModel, Step
from pos.widgets.grid import GAP, NARROW, grid_for, page_places
from pos.widgets.key import Key, Kind
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import IconView, Text

_KEYPAD_HEIGHT = 280
_NARROW_DIGIT = 56


class CloseShiftPage(QWidget):
    """Draws a `CloseShiftViewModel`; the page itself takes the keys."""

    def __init__(self, view_model: CloseShiftViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._write()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Count with digits, go on with Intro, move with the arrows."""
        key, model = event.key(), self.view_model
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if key == Qt.Key.Key_Escape:
            model.back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                model.next()
        elif key == Qt.Key.Key_Backspace:
            model.erase()
        elif key == Qt.Key.Key_F9:
            model.open_drawer()
        elif key in moves:
            model.go_to(model.current + moves[Qt.Key(key)])
        elif event.text().isdigit():
            model.press(event.text())
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        model = self.view_model
        self.bar = PageBar(parent=self)
        self.x_key = self.bar.add_act(Key(icon="account"))
        self.drawer_key = self.bar.add_act(Key(icon="drawer", cap="F9"))
        self.notes = PieceColumn(len(model.notes), "top")
        self.coins = PieceColumn(len(model.coins), "top")
        self.main = Panel(parent=self)
        columns = QHBoxLayout()
        columns.setSpacing(0)
        columns.addWidget(self.notes, 1)
        columns.addWidget(Rule(standing=True))
        columns.addWidget(self.coins, 1)
        self.main.column.addLayout(columns)
        self.card = Panel(parent=self)
        self._build_card()
        self.result = ResultCard(model, self)
        self.keypad = Keypad(
            Mode.PIN, closing_kind=Kind.ACCENT, closing_style="title", parent=self
        )

    def _build_card(self) -> None:
        self.blind, self.blind_hint = (
            Text("", "strong", wrap=True),
            Text("", "meta", "text-muted", wrap=True),
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.blind)
        words.addWidget(self.blind_hint)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(IconView("eye-off", 24), alignment=Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        self.in_notes, self.in_coins = FigureRow(), FigureRow()
        self.refusal = Text("", "body", "amber-text", wrap=True)
        self.counted_word = Text("", "heading")
        self.counted = Text("", "total", keeps=True)
        foot = QHBoxLayout()
        foot.addWidget(self.counted_word, 1)
        foot.addWidget(self.counted)
        column = QVBoxLayout()
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(0)
        column.addLayout(head)
        column.addSpacing(10)
        column.addWidget(Rule())
        column.addSpacing(4)
        column.addWidget(self.in_notes)
        column.addWidget(self.in_coins)
        column.addStretch(1)
        column.addWidget(self.refusal)
        column.addSpacing(8)
        column.addWidget(Rule())
        column.addSpacing(8)
        column.addLayout(foot)
        self.card.column.addLayout(column)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.x_key.clicked.connect(model.take_x)
        self.drawer_key.clicked.connect(model.open_drawer)
        self.notes.touched.connect(model.go_to)
        self.coins.touched.connect(lambda place: model.go_to(len(model.notes) + place))
        self.keypad.digit.connect(model.press)
        self.keypad.erased.connect(model.erase)
        self.keypad.third_pressed.connect(model.next)
        self.keypad.accepted.connect(model.submit)
        model.changed.connect(self._redraw)

    def _place(self) -> None:
        width, height = self.width(), self.height()
        boxes = page_places(width, height)
        self.bar.setGeometry(boxes.bar)
        self.main.setGeometry(boxes.main)
        right = boxes.right
        top = right.bottom() + 1 - _KEYPAD_HEIGHT
        self.card.setGeometry(right.x(), right.y(), right.width(), top - GAP - right.y())
        self.keypad.setGeometry(right.x(), top, right.width(), _KEYPAD_HEIGHT)
        self.result.setGeometry(right)
        grid = grid_for(width)
        narrow = grid is NARROW
        self.keypad.set_grid(replace(grid, digit_width=_NARROW_DIGIT if narrow else 0))
        self.counted.set_style("amount" if narrow else "total")

    def _write(self) -> None:
        pieces = (self.tr("Notes and number"), self.tr("Coins and number"))
        for column, title in zip((self.notes, self.coins), pieces, strict=True):
            column.head.set_columns([(title, 0), (self.tr("Amount"), -60)])
        self.x_key.set_word(self.tr("X report"))
        self.drawer_key.set_word(self.tr("Open drawer"))
        self.blind.set_text(self.tr("Count without looking at what is expected"))
        self.blind_hint.set_text(
            self.tr("The difference is shown once you hand it in; you may recount once.")
        )
        self.counted_word.set_text(self.tr("Cash counted"))
        self.keypad.set_words(
            erase=self.tr("Erase"),
            third=self.tr("Next"),
            third_cap=self.tr("Enter"),
            closing=self.tr("Hand in the count"),
        )

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Close the shift"), model.about, back=self.tr("Back"))
        counting = model.step is Step.COUNTING
        for shown in (self.card, self.keypad):
            shown.setVisible(counting)
        self.result.setVisible(not counting)
        for key in (self.bar.back, self.x_key, self.drawer_key):
            key.setVisible(model.step is not Step.CLOSED)
        self._redraw_pieces()
        if counting:
            self._redraw_count()
        else:
            self.result.redraw()

    def _redraw_pieces(self) -> None:
        model = self.view_model
        rows = (*self.notes.rows, *self.coins.rows)
        counting = model.step is Step.COUNTING
        for index, (row, piece) in enumerate(zip(rows, model.pieces, strict=True)):
            amount = model.amount(piece)
            text = wording.bare_amount(amount) if amount else "—"
            row.show_piece(
                model.name(piece),
                model.typed(piece),
                text,
                current=counting and index == model.current,
                locked=not counting,
            )

    def _redraw_count(self) -> None:
        model = self.view_model
        self.in_notes.set_words(self.tr("Notes"), wording.money(model.in_notes))
        self.in_coins.set_words(self.tr("Coins"), wording.money(model.in_coins))
        self.counted.set_text(wording.money(model.counted))
        refusal = model.refusal or model.why_not
        self.refusal.set_text(refusal)
        self.refusal.setVisible(bool(refusal))
        closing = self.keypad.closing
        if model.missing:
            closing.set_off(self.tr("%n left to count", "", model.missing))
        else:
            closing.set_on()
            closing.set_cap(self.tr("Enter"))
