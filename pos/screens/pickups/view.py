"""The queue of orders to collect: the list at the left, the chosen order at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.pickup_queue import Filter
from pos.screens.pickups.parts import (
    ROW_HEIGHT,
    ArticleList,
    Figures,
    Foot,
    QueueList,
    columns,
)
from pos.screens.pickups.view_model import PickupsViewModel
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.labels import Chip
from pos.widgets.notice import Notice, Teach
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Panel, Rule, TableHead
from pos.widgets.text import IconView, Text

_RIGHT, _NARROW_RIGHT = 396, 360
_PANEL, _NARROW_PANEL = 640, 532
_CLOSING, _ACT = 88, 64
_ROOM_FOR_TICK = 20
_FILTERS_ROW = 48


class PickupsPage(QWidget):
    """Draws a `PickupsViewModel`; typing looks for an order."""

    def __init__(self, view_model: PickupsViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def say(self, text: str) -> None:
        """Say in the right column why something was refused."""
        self.said.set_text(text)
        self.said.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, act with Intro and the keys on the keys, else look for."""
        model = self.view_model
        acts = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_Left: lambda: model.turn_filter(-1),
            Qt.Key.Key_Right: lambda: model.turn_filter(1),
            Qt.Key.Key_Return: model.go_on,
            Qt.Key.Key_Enter: model.go_on,
            Qt.Key.Key_Backspace: model.erase,
            Qt.Key.Key_Insert: model.mark,
            Qt.Key.Key_F6: model.call,
            Qt.Key.Key_F7: model.print_list,
            Qt.Key.Key_F8: model.more,
        }
        act = acts.get(Qt.Key(event.key()))
        commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        if act is not None:
            act()
        elif event.text().isprintable() and event.text() and not event.modifiers() & commands:
            model.press(event.text())
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()
        self._redraw()

    def panel_box(self) -> QRect:
        """Return where panels lie: at the right, below the bar."""
        width = _NARROW_PANEL if self._is_narrow else _PANEL
        box = self.right.geometry().united(self.closing.geometry())
        return QRect(box.right() + 1 - width, box.top(), width, box.height())

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    @property
    def _is_narrow(self) -> bool:
        return grid_for(self.width()) is NARROW

    # -- building

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self._filter_row = QWidget(self)
        self._filters = QHBoxLayout(self._filter_row)
        self._filters.setContentsMargins(0, 0, 0, 0)
        self._filters.setSpacing(6)
        self.filters = {which: Key() for which in Filter}
        for key in self.filters.values():
            self._filters.addWidget(key)
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        self._head, self.list, self.foot = TableHead(), QueueList(), Foot()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.teach = Teach("bag")
        self._middle = QStackedWidget()
        self._middle.addWidget(self.list)
        self._middle.addWidget(self.teach)
        self.left.column.addWidget(self._head)
        self.left.column.addWidget(self._middle, 1)
        self.left.column.addWidget(self.foot)
        self._build_detail()
        self.closing = Key(face=Face.BIG, kind=Kind.ACCENT, parent=self)

    def _build_detail(self) -> None:
        self.title, self.chip = Text("", "heading"), Chip()
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip)
        self._due_icon = IconView("sla-ok", 22)
        self.due, self._due_second = Text("", "strong"), Text("", "meta", "text-muted")
        self.due.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        light = QHBoxLayout()
        light.setSpacing(8)
        light.addWidget(self._due_icon)
        light.addWidget(self.due)
        light.addWidget(self._due_second, 1)
        self.articles, self.figures = ArticleList(), Figures()
        self.articles.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.said = Notice(tone="amber", icon="alert")
        self.said.hide()
        self.call = Key(icon="phone", cap="F6", face=Face.ACT)
        self.print_key = Key(icon="printer", cap="F7", face=Face.ACT)
        self.more = Key(icon="plus", cap="F8", face=Face.ACT)
        keys = QHBoxLayout()
        keys.setSpacing(8)
        for key in (self.call, self.print_key, self.more):
            key.setFixedHeight(_ACT)
            keys.addWidget(key, 1)
        self._rules = (Rule(), Rule())
        column = QVBoxLayout()
        column.setContentsMargins(16, 15, 16, 15)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(light)
        column.addWidget(self._rules[0])
        column.addWidget(self.articles, 1)
        column.addWidget(self._rules[1])
        column.addWidget(self.figures)
        column.addWidget(self.said)
        column.addSpacing(4)
        column.addLayout(keys)
        self.right.column.addLayout(column)

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.list.activated_row.connect(model.choose)
        self.closing.clicked.connect(model.go_on)
        self.call.clicked.connect(model.call)
        self.print_key.clicked.connect(model.print_list)
        self.more.clicked.connect(model.more)
        for which, key in self.filters.items():
            key.clicked.connect(lambda _=False, which=which: model.filter_by(which))
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._redraw_foot())
        model.changed.connect(self._redraw)

    def _place(self) -> None:
        width, height = self.width(), self.height()
        right = _NARROW_RIGHT if self._is_narrow else _RIGHT
        top = MARGIN + BAR + GAP
        self.bar.setGeometry(MARGIN, MARGIN, width - 2 * MARGIN, BAR)
        if self._is_narrow:
            row = QRect(MARGIN, top, width - 2 * MARGIN, _FILTERS_ROW)
            top += _FILTERS_ROW + GAP
        else:
            hint = min(self._filter_row.sizeHint().width(), width - 330)
            row = QRect(width - MARGIN - hint, MARGIN, hint, BAR)
        self._filter_row.setGeometry(row)
        self._filter_row.raise_()
        x, inner = width - MARGIN - right, height - top - MARGIN
        self.left.setGeometry(MARGIN, top, x - GAP - MARGIN, inner)
        self.right.setGeometry(x, top, right, inner - GAP - _CLOSING)
        self.closing.setGeometry(x, height - MARGIN - _CLOSING, right, _CLOSING)

    # -- drawing

    def _redraw(self) -> None:
        model = self.view_model
        title = f"“{model.text}”" if model.text else self.tr("Pickups")
        self.bar.set_words(title, back=self.tr("Back"))
        self._redraw_filters()
        self._redraw_head()
        rows = model.rows
        self.list.is_narrow = self._is_narrow
        self.list.set_rows(rows)
        if model.chosen_index != self.list.chosen_row:
            self.list.choose(model.chosen_index)
        self._middle.setCurrentIndex(0 if rows else 1)
        self._redraw_teaching()
        self._redraw_foot()
        self._redraw_detail()
        self._redraw_closing()

    def _redraw_filters(self) -> None:
        names = {
            Filter.ALL: self.tr("All"),
            Filter.NEW: self.tr("New", "several"),
            Filter.PREPARING: self.tr("In preparation"),
            Filter.TO_STAGE: self.tr("To shelve"),
            Filter.READY: self.tr("Ready", "several"),
            Filter.CUSTOMER_HERE: self.tr("Customer here"),
            Filter.EXPIRING_TODAY: self.tr("Expire today"),
            Filter.TO_RESTOCK: self.tr("To stock"),
        }
        counts = self.view_model.counts
        for which, key in self.filters.items():
            is_chosen = which is self.view_model.filter and not self.view_model.text
            count = counts[which]
            key.set_word(f"{names[which]}\u2002{count}" if count else names[which])
            key.setMinimumWidth(key.sizeHint().width() + (_ROOM_FOR_TICK if is_chosen else 0))
            key.set_chosen(is_chosen)
        if not self._is_narrow:
            self._place()

    def _redraw_head(self) -> None:
        due, units, gap, state, shelf, amount = columns(is_narrow=self._is_narrow)
        named = [
            (self.tr("Due"), due),
            (self.tr("Order"), 0),
            (self.tr("Units"), -units),
            ("", gap),
            (self.tr("State"), state),
            (self.tr("Shelf"), shelf),
            (self.tr("To pay"), -amount),
        ]
        order = self.tr("Order")
        self._head.set_columns([each for each in named if each[1] or each[0] == order])

    def _redraw_teaching(self) -> None:
        model = self.view_model
        if model.text:
            self.teach.set_words(
                self.tr("No order like that here"),
                self.tr("Number, short code, name, telephone, e-mail or card.\n"
                        "Enter asks the other shops."),
            )  # fmt: skip
        elif model.filter is Filter.ALL:
            self.teach.set_words(
                self.tr("No orders to collect"),
                self.tr("A new order is announced here and on every screen."),
            )
        else:
            self.teach.set_words(self.tr("None of these now"), "")

    def _redraw_foot(self) -> None:
        model = self.view_model
        total, known = len(model.entries), len(self.list.rows.rows)
        seen = min(known, max(1, self.list.viewport().height() // ROW_HEIGHT))
        bar = self.list.verticalScrollBar()
        has_more = bar.value() < bar.maximum() or total > known
        text = self.tr("{seen} of {total} in sight").format(seen=seen, total=total)
        self.foot.set_text(" · ".join(part for part in (text, model.as_of) if part),
                           has_more=has_more)  # fmt: skip
        self.foot.setVisible(bool(total) or bool(model.as_of))

    def _redraw_detail(self) -> None:
        model = self.view_model
        due = model.due
        self.right.setVisible(True)
        self.title.set_text(model.title)
        self.chip.set_text(model.channel)
        self.chip.setVisible(bool(model.channel))
        self._due_icon.setVisible(due is not None)
        if due is not None:
            tone = "amber-text" if due.is_amber else "text"
            self._due_icon.set_icon(due.icon, tone)
            self.due.set_tone(tone)
        self.due.set_text(due.first if due else "")
        self._due_second.set_text(due.second if due else "")
        self.articles.set_rows(model.articles)
        self.figures.set_rows(model.figures)
        self.say(model.said)
        for rule in self._rules:
            rule.setVisible(due is not None)
        self.call.set_word(self.tr("Call"))
        self.print_key.set_word(self.tr("List"))
        self.more.set_word(self.tr("More"))
        for key in (self.call, self.print_key):
            if due is None:
                key.set_off()
            else:
                key.set_on()

    def _redraw_closing(self) -> None:
        closing = self.view_model.closing
        self.closing.set_cap(self.tr("Enter"))
        if closing is None:
            self.closing.set_word(self.tr("Prepare"), "")
            self.closing.set_off(self.tr("choose an order"))
            return
        self.closing.set_kind(Kind.PAY if closing.act == "hand_over" else Kind.ACCENT)
        self.closing.set_word(closing.word, closing.second)
        if closing.off:
            self.closing.set_off(closing.off)
        else:
            self.closing.set_on()
