"""The customer's tab on the sale screen: who it is, what they bought, what waits for them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.screens.customer.glimpse import Glimpse, OrderWords
from pos.screens.customer.on_ticket import TicketCustomer
from pos.widgets.grid import NARROW, grid_for
from pos.widgets.key import Key
from pos.widgets.labels import Chip
from pos.widgets.paint import elided
from pos.widgets.panel import Rule
from pos.widgets.row_list import RowList
from pos.widgets.text import IconView, Text

_LEFT, _NARROW_LEFT = 212, 172
_KEY_HEIGHT = 56
_MOST_NOTES = 3
_ROW, _LOW_ROW = 56, 50


class CustomerTab(QWidget):
    """Draws a `TicketCustomer`; what there is nothing of takes no room."""

    def __init__(self, view_model: TicketCustomer, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(16)
        self._row.addLayout(self._build_person())
        self._row.addWidget(Rule(standing=True))
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self._build_waiting())
        right.addWidget(self._build_purchases(), 1)
        self._row.addLayout(right, 1)
        self._bind()
        self._write()
        self._redraw()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        left = _NARROW_LEFT if self._is_narrow else _LEFT
        for widget in (self.name, self.record, self.known_since, *self.facts, *self.notes):
            widget.setFixedWidth(left)
        self._redraw()

    @property
    def _is_narrow(self) -> bool:
        return grid_for(self.window().width()) is NARROW

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def _build_person(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        self.name = Text("", "heading")
        self.tier, self.since = Chip(icon="star", tone="accent", size="small"), Text("", "meta")
        self.since.set_tone("text-muted")
        self._ranks, self.known_since = QWidget(), _Fact()
        ranks = QHBoxLayout(self._ranks)
        ranks.setContentsMargins(0, 0, 0, 0)
        ranks.setSpacing(8)
        ranks.addWidget(self.tier)
        ranks.addWidget(self.since, 1)
        column.addWidget(self.name)
        column.addWidget(self._ranks)
        column.addWidget(self.known_since)
        self.facts = [_Fact() for _ in range(3)]
        for fact in self.facts:
            column.addWidget(fact)
        self.notes = [_Note() for _ in range(_MOST_NOTES)]
        for note in self.notes:
            column.addWidget(note)
        column.addStretch(1)
        self.record = Key(cap="F3")
        self.record.setFixedHeight(_KEY_HEIGHT)
        column.addWidget(self.record)
        return column

    def _build_purchases(self) -> QWidget:
        self.purchases = RowList(row_height=_ROW, right_width=84)
        self.purchases.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._bought, self._age = Text("", "strong"), Text("", "meta", "text-muted", keeps=True)
        self._none = Text("", "body", "text-muted", wrap=True)
        self.take_back, self.again = Key(icon="return"), Key(icon="swap")
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(8)
        head.addWidget(IconView("bag", 20))
        head.addWidget(self._bought, 1)
        head.addWidget(self._age)
        column.addWidget(self._head)
        column.addWidget(self._none)
        column.addWidget(self.purchases, 1)
        self.keys = keys = QHBoxLayout()
        keys.setSpacing(8)
        for key in (self.take_back, self.again):
            key.setFixedHeight(_KEY_HEIGHT)
            keys.addWidget(key, 1)
        column.addLayout(keys)
        return whole

    def _build_waiting(self) -> QWidget:
        self._number, self._place = Text("", "strong"), Text("", "meta", "text-muted")
        self.hand_over = Key()
        self.hand_over.setFixedHeight(_KEY_HEIGHT)
        self.waiting, self._rule = QWidget(), Rule()
        whole = QVBoxLayout(self.waiting)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(8)
        row = QHBoxLayout()
        whole.addLayout(row)
        whole.addWidget(self._rule)
        row.setSpacing(12)
        row.addWidget(IconView("parcel", 24))
        texts = QVBoxLayout()
        texts.setSpacing(0)
        texts.addWidget(self._number)
        texts.addWidget(self._place)
        row.addLayout(texts, 1)
        row.addWidget(self.hand_over)
        return self.waiting

    def _bind(self) -> None:
        model = self.view_model
        model.changed.connect(self._redraw)
        self.record.clicked.connect(model.open_record)
        self.hand_over.clicked.connect(model.hand_over)
        self.take_back.clicked.connect(self._on_take_back)
        self.again.clicked.connect(self._on_again)

    def _on_take_back(self) -> None:
        chosen = self.purchases.chosen_row
        if 0 <= chosen < len(self.view_model.glance.purchases):
            self.view_model.take_back(self.view_model.glance.purchases[chosen])

    def _on_again(self) -> None:
        chosen = self.purchases.chosen_row
        if 0 <= chosen < len(self.view_model.glance.purchases):
            self.view_model.buy_again(self.view_model.glance.purchases[chosen])

    def _write(self) -> None:
        self.record.set_word(self.tr("Open record"))
        self._bought.set_text(self.tr("Purchases"))
        self._none.set_text(self.tr("Nothing bought yet, as far as is known here"))
        self.take_back.set_word(self.tr("Take back"))
        self.again.set_word(self.tr("Again"))

    def _redraw(self) -> None:
        model = self.view_model
        if model.known is None:
            return
        glimpse = Glimpse(model, model.known)
        self.name.set_text(glimpse.name)
        self.tier.set_text(glimpse.tier)
        self.tier.setVisible(bool(glimpse.tier))
        self.since.set_text(glimpse.since)
        narrow, order = self._is_narrow, glimpse.order
        least = 1 if narrow else 3
        facts = [*glimpse.facts[:least], *[("", "")] * 3][:3]
        for fact, (label, value) in zip(self.facts, facts, strict=True):
            fact.show_fact(label, value)
        notes = [*glimpse.notes[:least], *[("", "")] * _MOST_NOTES][:_MOST_NOTES]
        for note, (icon, text) in zip(self.notes, notes, strict=True):
            cut = elided(text, "meta", _NARROW_LEFT - 30) if narrow else text
            note.show_note(icon, cut)
        rows = [replace(row, icon="") if narrow else row for row in glimpse.purchases]
        self._age.set_text(glimpse.age)
        self._age.set_tone("amber-text" if glimpse.is_stale else "text-muted")
        self.purchases.row_height = _LOW_ROW if narrow and order is not None else _ROW
        self.purchases.setMinimumHeight(self.purchases.row_height)
        self.purchases.scheduleDelayedItemsLayout()
        self.purchases.set_rows(rows)
        self.purchases.setVisible(bool(rows))
        self._none.setVisible(not rows)
        if rows and self.purchases.chosen_row < 0:
            self.purchases.choose(0)
        self._head.setVisible(not narrow)
        self._ranks.setVisible(not narrow)  # the head of the ticket has name and tier
        age = glimpse.age if narrow else ""
        self.known_since.show_fact(self.tr("Purchases"), age, is_stale=glimpse.is_stale)
        for key in (self.take_back, self.again):
            key.setVisible(bool(rows))
            key.set_icon("" if narrow else ("return" if key is self.take_back else "swap"))
        self._show_order(order)

    def _show_order(self, order: OrderWords | None) -> None:
        self.waiting.setVisible(order is not None)
        if order is not None:
            narrow = self._is_narrow
            self._rule.setVisible(not narrow)
            self._number.set_text(order.number if narrow else order.title)
            self._place.set_text(order.second)
            word = self.tr("Hand over") if narrow else self.tr("Hand over order")
            self.hand_over.set_word(word, order.more)


class _Fact(QWidget):
    """A label at the left and its value at the right; nothing where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._label, self._value = Text("", "body", "text-muted"), Text("", "strong", keeps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label, 1)
        row.addWidget(self._value)

    def show_fact(self, label: str, value: str, *, is_stale: bool = False) -> None:
        self._label.set_text(label)
        self._value.set_text(value)
        self._value.set_tone("amber-text" if is_stale else "text")
        self.setVisible(bool(value))


class _Note(QWidget):
    """What is worth knowing, with its icon, on two lines at most."""

    def __init__(self) -> None:
        super().__init__()
        self._icon, self._text = IconView("note", 18, "text-muted"), Text("", "meta", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)

    def show_note(self, icon: str, text: str) -> None:
        if icon:
            self._icon.set_icon(icon)
        self._text.set_text(text)
        self.setVisible(bool(text))
