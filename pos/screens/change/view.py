"""The change screen: one very large amount, how to hand it out, and the receipt."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens import wording
from pos.screens.change.view_model import EMAIL, GIFT, ON_SCREEN, PRINT, ChangeViewModel
from pos.screens.receipts.trouble_notice import TroubleNotice
from pos.widgets.grid import GAP, MARGIN, places
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.labels import Chip
from pos.widgets.paint import width_of
from pos.widgets.panel import Panel
from pos.widgets.text import IconView, Text

_OPTIONS_HEIGHT = 160
_ICONS = {PRINT: "printer", EMAIL: "mail", ON_SCREEN: "image", GIFT: "gift"}


class ChangePage(QWidget):
    """Draws a `ChangeViewModel`; digits choose the receipt, Intro goes on."""

    def __init__(self, view_model: ChangeViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self.setFocusProxy(self.next)
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the receipt by its digit, go on with Intro."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.view_model.next()
        elif event.text() in _ICONS:
            self.view_model.choose(event.text())
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    def _build(self) -> None:
        self.upper, self.foot = Panel(parent=self), Panel(parent=self)
        self._build_upper()
        self._build_lower()

    def _build_upper(self) -> None:
        self.word = Text("", "title", "text-muted", align="centre")
        self.amount = Text("", "change", align="centre", keeps=True)
        self.chips = [Chip(size="large") for _ in range(8)]
        pieces = QHBoxLayout()
        pieces.setSpacing(12)
        pieces.addStretch(1)
        for chip in self.chips:
            pieces.addWidget(chip)
        pieces.addStretch(1)
        self.notice = TroubleNotice()
        column = QVBoxLayout()
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(0)
        column.addStretch(1)
        column.addWidget(self.word)
        column.addSpacing(4)
        column.addWidget(self.amount)
        column.addSpacing(8)
        column.addLayout(pieces)
        column.addSpacing(28)
        column.addLayout(self._build_facts())
        column.addSpacing(20)
        column.addLayout(self._build_notes())
        column.addStretch(1)
        column.addWidget(self.notice)
        self.upper.column.addLayout(column)

    def _build_facts(self) -> QHBoxLayout:
        self.facts = [
            (Text("", "line", "text-muted", keeps=True), Text("", "heading", keeps=True))
            for _ in range(3)
        ]
        self.dots = [Text("·", "line", "text-muted", keeps=True) for _ in range(2)]
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addStretch(1)
        for index, (word, value) in enumerate(self.facts):
            if index:
                row.addWidget(self.dots[index - 1])
            pair = QHBoxLayout()
            pair.setSpacing(6)
            pair.addWidget(word)
            pair.addWidget(value)
            row.addLayout(pair)
        row.addStretch(1)
        return row

    def _build_notes(self) -> QHBoxLayout:
        self.notes = [
            (IconView(icon, 20, "text-muted"), Text("", "body", "text-muted", keeps=True))
            for icon in ("shield", "drawer", "mail")
        ]
        row = QHBoxLayout()
        row.setSpacing(24)
        row.addStretch(1)
        for icon, text in self.notes:
            pair = QHBoxLayout()
            pair.setSpacing(8)
            pair.addWidget(icon)
            pair.addWidget(text)
            row.addLayout(pair)
        row.addStretch(1)
        return row

    def _build_lower(self) -> None:
        self.question = Text("", "strong")
        self.default = Text("", "body", "text-muted", align="right")
        self.options = {
            option: Key(icon=icon, cap=option, face=Face.STACK) for option, icon in _ICONS.items()
        }
        self.next = Key(kind=Kind.ACCENT, face=Face.STACK, style="title")
        head, keys = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.question)
        head.addWidget(self.default, 1)
        keys.setSpacing(8)
        for key in self.options.values():
            key.setFixedHeight(96)
            keys.addWidget(key, 100)
        keys.addStretch(100)  # the place of the invoice
        self.next.setFixedHeight(96)
        keys.addWidget(self.next, 155)
        column = QVBoxLayout()
        column.setContentsMargins(16, 14, 16, 16)
        column.setSpacing(10)
        column.addLayout(head)
        column.addLayout(keys)
        self.foot.column.addLayout(column)

    def _bind(self) -> None:
        for option, key in self.options.items():
            key.clicked.connect(lambda _=False, chosen=option: self.view_model.choose(chosen))
        self.next.clicked.connect(self.view_model.next)
        self.view_model.changed.connect(self._redraw)

    def _place(self) -> None:
        beside = self.view_model.is_beside_panel
        width, height = self.width(), self.height()
        if beside:
            self.upper.setGeometry(places(width, height).ticket)
        else:
            inner = height - 2 * MARGIN - _OPTIONS_HEIGHT - GAP
            self.upper.setGeometry(MARGIN, MARGIN, width - 2 * MARGIN, inner)
        top = height - MARGIN - _OPTIONS_HEIGHT
        self.foot.setGeometry(MARGIN, top, width - 2 * MARGIN, _OPTIONS_HEIGHT)
        self.foot.setVisible(not beside)
        self.notice.setVisible(not beside and self.view_model.trouble is not None)
        room = self.upper.width() - 40
        fits = width_of(self.amount.text(), "change") <= room
        self.amount.set_style("change" if fits else "due")
        for label, shown in zip(self.chips, self.view_model.pieces, strict=False):
            label.setVisible(bool(shown) and not beside)
        for word in (*self.facts[0], *self.facts[1], *self.dots):
            word.setVisible(not beside)
        icon, text = self.notes[0]
        icon.setVisible(not beside)
        text.setVisible(not beside)

    def _redraw(self) -> None:
        model = self.view_model
        exactly = self.tr("Exchanged, no difference") if model.is_even else self.tr("Paid exactly")
        self.word.set_text(self.tr("Change") if model.has_change else exactly)
        self.amount.set_text(wording.money(model.amount))
        pieces = model.pieces
        for index, chip in enumerate(self.chips):
            chip.set_text(pieces[index] if index < len(pieces) else "")
            chip.setVisible(index < len(pieces))
        words = (self.tr("Collected"), self.tr("Handed over"), self.tr("Receipt"))
        values = (model.collected, model.handed, model.number)
        for (label, value), word, text in zip(self.facts, words, values, strict=True):
            label.set_text(word)
            value.set_text(text)
        self._redraw_notes()
        self._redraw_options()
        self.notice.show_trouble(model.trouble)
        self._place()

    def _redraw_notes(self) -> None:
        model = self.view_model
        sent = self.tr("Sent to {address} when there is a link").format(address=model.sent_to)
        texts = (
            model.saved_text,
            model.drawer_text,
            sent if model.sent_to else "",
        )
        for (icon, label), text in zip(self.notes, texts, strict=True):
            label.set_text(text)
            label.setVisible(bool(text))
            icon.setVisible(bool(text))
        icon, label = self.notes[1]
        tone = "amber-text" if model.drawer_failed else "text-muted"
        label.set_tone(tone)
        icon.set_icon("alert" if model.drawer_failed else "drawer", tone)

    def _redraw_options(self) -> None:
        model = self.view_model
        self.question.set_text(self.tr("How would they like the receipt?"))
        self.default.set_text(model.said or self._default_text())
        self.default.set_tone("amber-text" if model.said else "text-muted")
        words = {
            PRINT: self.tr("Print"),
            EMAIL: model.sent_to or self.tr("By e-mail"),
            ON_SCREEN: self.tr("On screen"),
            GIFT: self.tr("Gift receipt"),
        }
        nothing_yet = not any(model.is_done(option) for option in words)
        for option, key in self.options.items():
            key.set_word(words[option])
            key.set_chosen(model.is_done(option) or (option == PRINT and nothing_yet))
        self.next.set_word(self.tr("Next"))
        self.next.set_cap(self.tr("Enter"))

    def _default_text(self) -> str:
        if self.view_model.is_done(PRINT):
            return self.tr("Printing…") if self.view_model.prints_by_itself else ""
        return self.tr("If nothing is chosen, it is printed")
