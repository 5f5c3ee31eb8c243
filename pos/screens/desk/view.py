"""The conflict desk: the items at the left, the chosen one with its ways out at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.screens.desk.parts import DeskList, FactCard, most_rows
from pos.screens.desk.view_model import DeskViewModel, Filter
from pos.widgets.grid import BAR, GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.notice import Notice, Teach, let_grow
from pos.widgets.page_bar import PageBar
from pos.widgets.panel import Panel, TableHead
from pos.widgets.text import Text

_LIST_WIDTH, _NARROW_LIST_WIDTH = 452, 372
_ROOM_FOR_TICK = 16
_MOST_SIDES = 4
_MOST_WAYS = 2


class DeskPage(QWidget):
    """Draws a `DeskViewModel`."""

    def __init__(self, view_model: DeskViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._build()
        self._bind()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, decide with the numbers on the keys."""
        model = self.view_model
        acts = {
            Qt.Key.Key_Escape: model.back,
            Qt.Key.Key_Up: lambda: model.move(-1),
            Qt.Key.Key_Down: lambda: model.move(1),
            Qt.Key.Key_Left: lambda: model.turn_filter(-1),
            Qt.Key.Key_Right: lambda: model.turn_filter(1),
            Qt.Key.Key_1: lambda: model.resolve(0),
            Qt.Key.Key_2: lambda: model.resolve(1),
            Qt.Key.Key_N: model.write_note,
            Qt.Key.Key_A: model.assign,
        }
        act = acts.get(Qt.Key(event.key()))
        if act is None:
            event.ignore()
        else:
            act()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        width, height = self.width(), self.height()
        narrow = grid_for(width) is NARROW
        left = _NARROW_LIST_WIDTH if narrow else _LIST_WIDTH
        top = MARGIN + BAR + GAP
        inner = height - top - MARGIN
        right = MARGIN + left + GAP
        self.bar.setGeometry(MARGIN, MARGIN, width - 2 * MARGIN, BAR)
        self.left.setGeometry(MARGIN, top, left, inner)
        self.right.setGeometry(right, top, width - MARGIN - right, inner)

    def panel_box(self) -> QRect:
        """Return where panels lie: over the chosen item, so that the list stays in sight."""
        return self.right.geometry()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._redraw()
        super().changeEvent(event)

    # -- building

    def _build(self) -> None:
        self.bar = PageBar(parent=self)
        self.filters = {which: self.bar.add_act(Key()) for which in Filter}
        self.left, self.right = Panel(parent=self), Panel(parent=self)
        self._head = TableHead()
        self.list = DeskList()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.left.column.addWidget(self._head)
        self.left.column.addWidget(self.list, 1)
        self.teach = Teach("check-circle")
        self._detail = QWidget()
        self._middle = QStackedWidget()
        self._middle.addWidget(self._detail)
        self._middle.addWidget(self.teach)
        self.right.column.addWidget(self._middle)
        self._build_detail()

    def _build_detail(self) -> None:
        self.title, self._about = Text("", "title"), Text("", "body", "text-muted")
        self._at_stake = Text("", "body", "text-muted", align="right")
        self.money = Text("", "amount", keeps=True, align="right")
        self.story = Text("", "lead", wrap=True)
        self.cards = [FactCard() for _ in range(_MOST_SIDES)]
        self._facts = QGridLayout()
        self._facts.setSpacing(GAP)
        self.safe, self.said = Notice(icon="shield"), Notice(icon="info")
        self.outcome, self.notes = Notice(icon="check-circle"), Notice(icon="note")
        for notice in (self.safe, self.said, self.outcome, self.notes):
            let_grow(notice)
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(19, 15, 19, 15)
        column.setSpacing(0)
        column.addLayout(self._build_head())
        column.addSpacing(12)
        column.addWidget(self.story)
        column.addSpacing(14)
        column.addLayout(self._facts)
        column.addSpacing(14)
        notices = QVBoxLayout()
        notices.setSpacing(8)
        for notice in (self.safe, self.notes, self.outcome):
            notices.addWidget(notice)
        column.addLayout(notices)
        column.addStretch(1)
        column.addWidget(self.said)
        column.addSpacing(12)
        column.addWidget(self._build_acts())

    def _build_head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self._about)
        words.addStretch(1)
        amount = QVBoxLayout()
        amount.setSpacing(0)
        amount.addWidget(self._at_stake)
        amount.addWidget(self.money)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addLayout(amount)
        return head

    def _build_acts(self) -> QWidget:
        self._acts = QWidget()
        self._question = Text("", "strong")
        self.note, self.owner = Key(icon="note", cap="N"), Key(icon="users", cap="A")
        asked = QHBoxLayout()
        asked.setSpacing(8)
        asked.addWidget(self._question, 1)
        asked.addWidget(self.note)
        asked.addWidget(self.owner)
        self.ways = [
            Key(
                face=Face.BIG,
                kind=Kind.NORMAL if place else Kind.ACCENT,
                style="heading",
                cap=str(place + 1),
            )
            for place in range(_MOST_WAYS)
        ]
        keys = QHBoxLayout()
        keys.setSpacing(GAP)
        for key in self.ways:
            key.setFixedHeight(88)
            keys.addWidget(key, 1)
        column = QVBoxLayout(self._acts)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addLayout(asked)
        column.addLayout(keys)
        return self._acts

    def _bind(self) -> None:
        model = self.view_model
        self.bar.back_pressed.connect(model.back)
        self.list.activated_row.connect(model.choose)
        self.note.clicked.connect(model.write_note)
        self.owner.clicked.connect(model.assign)
        for which, key in self.filters.items():
            key.clicked.connect(lambda _=False, which=which: model.filter_by(which))
        for place, key in enumerate(self.ways):
            key.clicked.connect(lambda _=False, place=place: model.resolve(place))
        model.changed.connect(self._redraw)

    # -- drawing

    def _redraw(self) -> None:
        model = self.view_model
        self.bar.set_words(self.tr("Conflict desk"), back=self.tr("Back"))
        self._redraw_filters()
        first = self.tr("What moves most money first")
        if model.filter is Filter.RESOLVED:
            first = self.tr("The latest first")
        self._head.set_columns([(first, 0)])
        lines = model.lines
        self.list.set_rows(lines)
        if model.chosen_index != self.list.chosen_row:
            self.list.choose(model.chosen_index)
        self._middle.setCurrentIndex(0 if lines else 1)
        self._redraw_teaching()
        self._redraw_story()
        self._redraw_facts()
        self._redraw_acts()

    def _redraw_filters(self) -> None:
        names = {
            Filter.OPEN: self.tr("Open"),
            Filter.MINE: self.tr("Mine"),
            Filter.RESOLVED: self.tr("Resolved"),
        }
        counts = self.view_model.counts
        for which, key in self.filters.items():
            count = counts[which] if which is not Filter.RESOLVED else 0
            key.set_word(f"{names[which]}\u2002{count}" if count else names[which])
            key.setMinimumWidth(key.sizeHint().width() + _ROOM_FOR_TICK)
            key.set_chosen(which is self.view_model.filter)

    def _redraw_teaching(self) -> None:
        if self.view_model.filter is Filter.RESOLVED:
            self.teach.set_words(self.tr("Nothing was decided yet"), "")
        else:
            text = self.tr("What till and centre cannot settle\nby themselves is put here.")
            self.teach.set_words(self.tr("Nothing to look at"), text)

    def _redraw_story(self) -> None:
        model = self.view_model
        self.title.set_text(model.title)
        number = self.tr("item {number}").format(number=model.number)
        self._about.set_text(f"{model.about} · {number}")
        self.money.set_text(model.money)
        self._at_stake.set_text(self.tr("At stake") if model.money else "")
        self.story.set_text(model.story)
        self.safe.set_text(model.safe)
        tone, text = model.outcome
        self.outcome.setVisible(bool(text))
        if text:
            self.outcome.set_text(
                text, tone=tone, icon="check-circle" if tone == "accent" else "clock"
            )
        notes = model.notes
        self.notes.setVisible(bool(notes))
        self.notes.set_text("  ·  ".join(notes[-2:]))
        self.said.setVisible(bool(model.said))
        self.said.set_text(model.said)

    def _redraw_facts(self) -> None:
        sides = self.view_model.sides[:_MOST_SIDES]
        while self._facts.takeAt(0) is not None:
            pass
        rows = most_rows(sides)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(sides))
            if place < len(sides):
                card.show_card(sides[place], rows)
                self._facts.addWidget(card, place // 2, place % 2)
        for column in range(2):
            self._facts.setColumnStretch(column, 1 if column < len(sides) else 0)

    def _redraw_acts(self) -> None:
        model = self.view_model
        ways = model.ways_out
        self._acts.setVisible(bool(ways))
        self._question.set_text(self.tr("What do we do?"))
        self.note.set_word(self.tr("Note"))
        self.owner.set_word(self.tr("Assign"))
        for place, key in enumerate(self.ways):
            key.setVisible(place < len(ways))
            if place < len(ways):
                key.set_word(ways[place].word, ways[place].consequence)
        for key in (self.note, self.owner, *self.ways):
            if not model.why_off:
                key.set_on()
            else:
                key.set_off(model.why_off if key in self.ways else "")
