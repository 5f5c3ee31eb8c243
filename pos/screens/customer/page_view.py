"""The customer's page: who they are, what they bought in every channel, what waits for them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.screens.customer import page_words, words
from pos.screens.customer.glimpse import Glimpse
from pos.screens.customer.on_ticket import TicketCustomer
from pos.screens.customer.page import CustomerPageViewModel
from pos.screens.customer.page_parts import PersonColumn, SideColumn
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key
from pos.widgets.labels import Chip
from pos.widgets.panel import Bottomed, Panel
from pos.widgets.row_list import RowList
from pos.widgets.text import Text

_LEFT, _LEFT_NARROW = 324, 264
_RIGHT, _RIGHT_NARROW = 412, 316
_KEY_HEIGHT = 56
_MOST_NOTES, _MOST_NOTES_WITH_AMOUNTS = 5, 4


class CustomerBar(QWidget):
    """Back, who it is, and what is done with the record."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Key(icon="left", cap="Esc")
        self.name, self.about = Text("", "title"), Text("", "body", "text-muted")
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.tier = Chip(icon="star", tone="accent")
        self.note, self.edit = Key(icon="note", cap="F7"), Key(icon="pen", cap="F8")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for widget in (self.back, self.name, self.tier):
            row.addWidget(widget)
        row.addWidget(self.about, 1)
        row.addWidget(self.note)
        row.setSpacing(12)
        row.addWidget(self.edit)


class PurchasesPanel(Panel):
    """What was bought in all channels, how old that is, and keys for the chosen purchase."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._title = Text("", "heading")
        self._age = Text("", "meta", "text-muted", keeps=True)
        self._none = Text("", "lead", "text-muted", align="centre", wrap=True)
        self.rows = RowList(row_height=62, right_width=100)
        self.rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take_back = Key(icon="return", cap="F6")
        self.again, self.search = Key(icon="swap", cap="Ins"), Key(icon="search", cap="F2")
        head = Bottomed(rule_below=True)
        head.setFixedHeight(52)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 0, 16, 1)
        row.addWidget(self._title, 1)
        row.addWidget(self._age)
        foot = Bottomed(rule_above=True)
        keys = QHBoxLayout(foot)
        keys.setContentsMargins(16, 13, 16, 12)
        keys.setSpacing(8)
        for key, share in ((self.take_back, 3), (self.again, 3), (self.search, 4)):
            key.setFixedHeight(_KEY_HEIGHT)
            keys.addWidget(key, share)
        self.column.addWidget(head)
        self.column.addWidget(self.rows, 1)
        self.column.addWidget(self._none, 1)
        self.column.addWidget(foot)

    def show_purchases(self, glimpse: Glimpse, chosen: int, *, narrow: bool) -> None:
        """Show the list with its age; `chosen` is the position of the chosen row."""
        rows = glimpse.purchases
        self._title.set_text(self.tr("Purchases"))
        age = glimpse.age if narrow else self.tr("all channels · {age}").format(age=glimpse.age)
        self._age.set_text(age)
        self._age.set_tone("amber-text" if glimpse.is_stale else "text-muted")
        self._none.set_text(self.tr("Nothing bought yet, as far as is known here"))
        self._none.setVisible(not rows)
        self.rows.setVisible(bool(rows))
        self.rows.blockSignals(True)
        self.rows.set_rows(rows)
        if rows:
            self.rows.choose(chosen)
        self.rows.blockSignals(False)

    def write(self, *, narrow: bool) -> None:
        """Write the keys; where it is narrow without icons."""
        self.take_back.set_word(self.tr("Take back"))
        self.again.set_word(self.tr("Again"))
        self.search.set_word(self.tr("Find") if narrow else self.tr("Find purchase"))
        for key, icon, cap in (
            (self.take_back, "return", "F6"),
            (self.again, "swap", "Ins"),
            (self.search, "search", "F2"),
        ):
            key.set_icon("" if narrow else icon)
            key.set_cap("" if narrow else cap)


class CustomerPage(QWidget):
    """Draws a `CustomerPageViewModel`; the page itself takes the keys."""

    def __init__(self, view_model: CustomerPageViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self._is_fresh_choice = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bar = CustomerBar(self)
        self.person, self.bought = PersonColumn(self), PurchasesPanel(self)
        self.side = SideColumn(self)
        self._bind()
        self._redraw()

    def say(self, text: str) -> None:
        """Say in the bar why a scan did nothing."""
        self.bar.about.set_text(text)
        self.bar.about.set_tone("danger-text")

    def panel_box(self) -> QRect:
        """Panels lie over purchases and cards; who it is stays in sight."""
        left, top = self._left, MARGIN + BAR + GAP
        x = MARGIN + left + GAP
        return QRect(x, top, self.width() - MARGIN - x, self.height() - top - MARGIN)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Do what the keys of the page do."""
        model = self.view_model
        acts: dict[int, Callable[[], None]] = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_F3: model.back,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_F2: model.find_purchase,
            Qt.Key.Key_F5: model.hand_over,
            Qt.Key.Key_F6: model.take_back,
            Qt.Key.Key_F7: model.write_note,
            Qt.Key.Key_F8: model.edit,
            Qt.Key.Key_Insert: model.buy_again,
            Qt.Key.Key_Return: model.take_back,
            Qt.Key.Key_Enter: model.take_back,
        }
        act = acts.get(event.key())
        if act is None:
            event.ignore()
        else:
            act()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._redraw()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    # -- building

    def _bind(self) -> None:
        model, bar, bought = self.view_model, self.bar, self.bought
        bar.back.clicked.connect(model.back)
        bar.note.clicked.connect(model.write_note)
        bar.edit.clicked.connect(model.edit)
        bought.take_back.clicked.connect(model.take_back)
        bought.again.clicked.connect(model.buy_again)
        bought.search.clicked.connect(model.find_purchase)
        bought.rows.chosen.connect(self._on_row_chosen)
        bought.rows.activated_row.connect(self._on_touched)
        self.side.waiting.hand_over.clicked.connect(model.hand_over)
        self.side.twin.look.clicked.connect(model.look_at_duplicate)
        model.changed.connect(self._redraw)

    def _on_row_chosen(self, row: int) -> None:
        self._is_fresh_choice = True
        self.view_model.choose(row)

    def _on_touched(self, _row: int) -> None:
        """Open the purchase that is touched when it is chosen already; else it is chosen."""
        fresh, self._is_fresh_choice = self._is_fresh_choice, False
        if not fresh:
            self.view_model.take_back()

    # -- drawing

    @property
    def _is_narrow(self) -> bool:
        return grid_for(self.width()) is NARROW

    @property
    def _left(self) -> int:
        return _LEFT_NARROW if self._is_narrow else _LEFT

    def _place(self) -> None:
        top, inner = MARGIN + BAR + GAP, self.width() - 2 * MARGIN
        height = self.height() - top - MARGIN
        right = _RIGHT_NARROW if self._is_narrow else _RIGHT
        taken = 0 if self.side.is_empty else right + GAP
        x = MARGIN + self._left + GAP
        self.bar.setGeometry(MARGIN, MARGIN, inner, BAR)
        self.person.setGeometry(MARGIN, top, self._left, height)
        self.bought.setGeometry(x, top, self.width() - MARGIN - taken - x, height)
        self.side.setGeometry(self.width() - MARGIN - right, top, right, height)
        self.side.setVisible(not self.side.is_empty)

    def _redraw(self) -> None:
        held = self.view_model.held
        if held is not None and held.known is not None:
            glimpse = Glimpse(held, held.known)
            self._redraw_bar(glimpse, held)
            self._redraw_person(glimpse, held)
            self._redraw_side(glimpse, held)
            self.bought.show_purchases(glimpse, self.view_model.chosen, narrow=self._is_narrow)
        self.bought.write(narrow=self._is_narrow)
        _switch(self.bought.take_back, self.view_model.why_not_back)
        _switch(self.bought.again, self.view_model.why_not_again)
        self._place()

    def _redraw_bar(self, glimpse: Glimpse, held: TicketCustomer) -> None:
        bar, narrow = self.bar, self._is_narrow
        bar.back.set_word(self.tr("Back"))
        bar.name.set_text(glimpse.name)
        bar.tier.set_text(glimpse.tier)
        bar.tier.setVisible(bool(glimpse.tier))
        bar.about.set_tone("text-muted")
        if held.customer is not None:
            bar.about.set_text(page_words.about(held.customer))
        bar.note.set_word(self.tr("Note"))
        bar.edit.set_word(self.tr("Edit"))
        for key, cap in ((bar.note, "F7"), (bar.edit, "F8")):
            key.set_cap("" if narrow else cap)

    def _redraw_person(self, glimpse: Glimpse, held: TicketCustomer) -> None:
        if held.known is None:
            return
        customer = held.known.customer
        amounts, notes = page_words.amounts(held.glance), glimpse.notes
        most = _MOST_NOTES_WITH_AMOUNTS if amounts else _MOST_NOTES
        more = len(notes) - most
        self.person.show_amounts(amounts)
        self.person.show_facts(
            (self.tr("Data"), page_words.ways(customer, is_unsent=held.known.is_unsent)),
            (
                self.tr("Worth knowing"),
                words.CustomerCounts().others(more) if more > 0 else "",
                notes[:most],
            ),
            (self.tr("Agrees to"), page_words.consents(customer)),
        )

    def _redraw_side(self, glimpse: Glimpse, held: TicketCustomer) -> None:
        waiting, twin = self.side.waiting, self.side.twin
        is_here = glimpse.order is not None
        waiting.show_waiting(
            self.tr("Waits here") if is_here else self.tr("Waits in another shop"),
            glimpse.order,
            page_words.first_order(held),
            page_words.elsewhere(held, self.view_model.shop),
        )
        waiting.hand_over.set_word(self.tr("Hand over"))
        other = self.view_model.duplicate
        twin.show_twin(
            self.tr("The same person?"),
            other.name if other else "",
            words.reached_by(other) if other else "",
            self.tr("The office joins two records into one."),
        )
        twin.look.set_word(self.tr("Look"))


def _switch(key: Key, why_not: str) -> None:
    if why_not:
        key.set_off(why_not)
    else:
        key.set_on()
