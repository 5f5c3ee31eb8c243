"""The sign-in screen: the team at the left, the PIN at the right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.staff import StaffMember
from pos.screens import wording
from pos.screens.readiness.view import ReadinessBlock
from pos.screens.sign_in.view_model import SEATS, SignInViewModel
from pos.widgets.field import Field
from pos.widgets.grid import GAP, MARGIN, NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.labels import Avatar, PinDots
from pos.widgets.notice import Notice, let_grow
from pos.widgets.panel import Panel
from pos.widgets.text import IconView, Text

_PIN_WIDTH, _NARROW_PIN_WIDTH = 452, 372
_KEYPAD_HEIGHT = 4 * 80 + 3 * 8
_NARROW_COLUMNS = 2
_SEAT, _NARROW_SEAT = 124 + 8, 88 + 8  # with the gap; five rows where two stand side by side
_HEAD, _NOTICE, _READINESS = 19 + 32 + 16 + 23, 48 + 16, 154 + 16


class SignInPage(QWidget):
    """Digits go to the PIN wherever the focus is, except while a name is typed."""

    def __init__(self, view_model: SignInViewModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view_model = view_model
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._seats: list[Key] = []
        self._shown: tuple[StaffMember, ...] = ()
        self._columns = 3
        self._build()
        self._bind()
        self._write()
        self._redraw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, backspace and Intro for the PIN."""
        model = self.view_model
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            model.enter()
        elif event.key() == Qt.Key.Key_Backspace:
            model.erase()
        elif event.key() == Qt.Key.Key_Escape:
            model.forget()
            self.setFocus()
            event.ignore()
        elif event.text().isascii() and event.text().isdigit():
            model.press(event.text())
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        narrow = grid_for(self.width()) is NARROW
        width = _NARROW_PIN_WIDTH if narrow else _PIN_WIDTH
        inner = self.height() - 2 * MARGIN
        left = self.width() - MARGIN - width
        self._pin_panel.setGeometry(left, MARGIN, width, inner)
        self._team_panel.setGeometry(MARGIN, MARGIN, left - GAP - MARGIN, inner)
        self._lay_out_seats(_NARROW_COLUMNS if narrow else 4 if self.width() >= 1800 else 3)
        self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
            self._redraw()
        super().changeEvent(event)

    def seat(self, name: str) -> Key:
        """Return the tile of a person in sight."""
        return next(key for key in self._seats if key.word == name and not key.isHidden())

    # -- building

    def _build(self) -> None:
        self._team_panel, self._pin_panel = Panel(parent=self), Panel(parent=self)
        self._build_team()
        self._build_pin()

    def _build_team(self) -> None:
        self._question = Text("", "title")
        self._or_badge = Text("", "body", "text-muted")
        self._or_badge.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._question, 1)
        head.addWidget(IconView("badge", 22, "text-muted"))
        head.addWidget(self._or_badge)
        self.name = Field(icon="search")
        self._grid = QGridLayout()
        self._grid.setSpacing(8)
        for index in range(SEATS):
            self._seats.append(self._build_seat(index))
        self.search = Key(icon="search", tone="text-muted")
        self.search.setFixedHeight(124)
        self._nobody = Text("", "lead", "text-muted", wrap=True)
        self._left_behind, self._unfinished = Notice(), Notice(tone="amber", icon="alert")
        self._told = Notice(tone="amber", icon="alert")
        for notice in (self._told, self._unfinished, self._left_behind):
            let_grow(notice)
        self.readiness = ReadinessBlock(self.view_model.readiness)
        column = QVBoxLayout()
        column.setContentsMargins(23, 19, 23, 23)
        column.setSpacing(16)
        column.addLayout(head)
        column.addWidget(self.name)
        column.addLayout(self._grid)
        column.addWidget(self._nobody)
        column.addStretch(1)
        column.addWidget(self._told)
        column.addWidget(self._unfinished)
        column.addWidget(self._left_behind)
        column.addWidget(self.readiness)
        self._team_panel.column.addLayout(column)

    def _build_seat(self, index: int) -> Key:
        key = Key(face=Face.STAFF)
        key.clicked.connect(lambda: self._sit_down(index))
        return key

    def _build_pin(self) -> None:
        self._avatar = Avatar("", 64)
        self._name, self._say = Text("", "title"), Text("", "body", "text-muted", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._name)
        words.addWidget(self._say)
        words.addStretch(1)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(self._avatar)
        head.addLayout(words, 1)
        self.dots = PinDots()
        self.dots.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.keypad = Keypad(Mode.SIGN_IN, closing_kind=Kind.ACCENT)
        self.keypad.setFixedHeight(_KEYPAD_HEIGHT)
        column = QVBoxLayout()
        column.setContentsMargins(23, 23, 23, 23)
        column.setSpacing(16)
        column.addLayout(head)
        self.help = Key(icon="help", cap="F1")
        column.addWidget(self.dots, 1)
        column.addWidget(self.keypad)
        column.addWidget(self.help)
        self._pin_panel.column.addLayout(column)

    def _lay_out_seats(self, columns: int) -> None:
        if columns == self._columns and self._grid.count():
            return
        self._columns = columns
        while self._grid.takeAt(0) is not None:
            pass
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        keys = [*self._seats, self.search]
        for index, key in enumerate(keys):
            self._grid.addWidget(key, index // columns, index % columns)
        height = (_NARROW_SEAT if columns == _NARROW_COLUMNS else _SEAT) - 8
        for key in keys:
            key.setFixedHeight(height)

    # -- binding

    def _bind(self) -> None:
        model = self.view_model
        model.changed.connect(self._redraw)
        self.search.clicked.connect(self._on_search)
        self.name.edited.connect(model.write)
        self.name.accepted.connect(lambda: self._sit_down(0))
        self.keypad.digit.connect(model.press)
        self.keypad.erased.connect(model.erase)
        self.keypad.accepted.connect(model.enter)
        self.help.clicked.connect(model.help)

    def _on_search(self) -> None:
        self.view_model.search()
        self.name.setFocus()

    def _sit_down(self, index: int) -> None:
        if index < len(self._shown):
            self.view_model.choose(self._shown[index].staff_id)
            self.setFocus()

    # -- drawing

    def _write(self) -> None:
        self._question.set_text(self.tr("Who are you?"))
        self._or_badge.set_text(self.tr("or scan your staff badge"))
        self.name.set_words(placeholder=self.tr("Name"))
        self.search.set_word(self.tr("Find a person"))
        self.help.set_word(self.tr("Help"))
        self._nobody.set_text(
            self.tr("Nobody is known at this till yet. People arrive with the first contact.")
        )
        self.keypad.set_words(
            erase=self.tr("Erase"), closing=self.tr("Sign in"), closing_cap=self.tr("Enter")
        )

    def _redraw(self) -> None:
        model = self.view_model
        self._shown = model.people
        for index, key in enumerate(self._seats):
            key.setVisible(index < len(self._shown))
            if index < len(self._shown):
                self._redraw_seat(key, self._shown[index])
        self.search.setVisible(model.has_more and not model.is_searching)
        self.name.setVisible(model.is_searching)
        self.name.set_text(model.filter)
        self._nobody.setVisible(model.is_alone)
        tone, text = model.left_behind
        self._left_behind.setVisible(bool(text))
        if text:
            icon = "cart" if tone == "accent" else "check-circle"
            self._left_behind.set_text(text, tone=tone, icon=icon)
        self._unfinished.set_text(model.unfinished)
        self._unfinished.setVisible(bool(model.unfinished))
        self._told.set_text(model.told)
        self._told.setVisible(bool(model.told))
        self._give_room()
        self._redraw_pin()

    def _give_room(self) -> None:
        """Keep readiness to one line where people and notices leave no room for the list."""
        notices = (self._told, self._unfinished, self._left_behind)
        told = sum(not notice.isHidden() for notice in notices)
        told += not self._told.isHidden()  # two lines of text
        tiles = len(self._shown) + (0 if self.search.isHidden() else 1)
        rows = -(-tiles // self._columns)
        seats = rows * (_NARROW_SEAT if self._columns == _NARROW_COLUMNS else _SEAT)
        taken = _HEAD + seats + told * _NOTICE + _READINESS
        is_searching = self.view_model.is_searching
        self.readiness.set_compact(taken > self.height() - 2 * MARGIN)
        self.readiness.setVisible(not is_searching)

    def _redraw_seat(self, key: Key, member: StaffMember) -> None:
        key.set_word(member.name)
        key.set_initials(wording.initials(member.name))
        key.set_second(wording.role(member.role), self.view_model.shift_of(member))
        key.set_chosen(member == self.view_model.person)

    def _redraw_pin(self) -> None:
        model = self.view_model
        person = model.person
        self._avatar.set_initials(wording.initials(person.name) if person else "")
        self._avatar.setVisible(person is not None)
        self._name.set_text(person.name if person else self.tr("Choose your name"))
        ask = self.tr("Key in your PIN") if person else self.tr("then your PIN")
        self._say.set_text(model.message or ask)
        self._say.set_tone("amber-text" if model.message else "text-muted")
        self.dots.set_count(model.pin_length)
        closing = self.keypad.closing
        closing.set_busy(self.tr("Checking…") if model.is_busy else "")
        if model.can_enter or model.is_busy:
            closing.set_on()
        else:
            closing.set_off()
