"""The frame of a question in the right region: bar, body, and the keypad where it always is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from pos.widgets.grid import GAP, NARROW, grid_for
from pos.widgets.key import Key
from pos.widgets.key_faces import Face
from pos.widgets.keypad import Keypad
from pos.widgets.page_bar import QuestionBar
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import Text

NARROW_ASIDE = 72


class QuestionPanel(QWidget):
    """A panel that fills the right region.

    `body` is the column of the upper panel. With a keypad the lower block holds `aside` (a
    column that becomes a row where the window is narrow) and the keypad; without, the upper
    panel takes everything. Keys nobody else wants come to `typed`, Intro to `accepted`: also
    out of a field, which lets Intro through.
    """

    closed = Signal()
    accepted = Signal()

    def __init__(
        self, *, icon: str = "", keypad: Keypad | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.bar = QuestionBar(icon=icon)
        self.upper = Panel(parent=self)
        self.upper.column.addWidget(self.bar)
        self.upper.column.addWidget(Rule())
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 12, 16, 14)
        self.body.setSpacing(0)
        self.upper.column.addLayout(self.body, 1)
        self.keypad = keypad
        self.aside_panel = Panel(parent=self)
        self.aside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self.aside_panel.column.addLayout(self.aside, 1)
        self.aside_panel.setVisible(keypad is not None)
        if keypad is not None:
            keypad.setParent(self)
            keypad.digit.connect(self.typed)
            keypad.erased.connect(self.erased)
        self._said = Text("", "body", "amber-text", keeps=True)
        self.bar.acts.addWidget(self._said)
        self.bar.closed.connect(self.closed)

    @property
    def is_narrow(self) -> bool:
        return grid_for(self.window().width()) is NARROW

    def say(self, text: str) -> None:
        """Say beside the title why something was refused; the next key takes it away."""
        self._said.set_text(text)

    def typed(self, signs: str) -> None:
        """Take what was typed or touched; panels with an amount or a PIN override it."""

    def erased(self) -> None:
        """Take the last sign back; panels with an amount or a PIN override it."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, confirm with Intro, type the rest."""
        key = event.key()
        self.say("")
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accepted.emit()
        elif key == Qt.Key.Key_Backspace:
            self.erased()
        elif event.text().isprintable() and event.text() and not _is_command(event):
            self.typed(event.text())
        else:
            event.ignore()

    def resizeEvent(self, _event: QResizeEvent) -> None:
        self._place()

    def _place(self) -> None:
        grid = grid_for(self.window().width())
        width, height = self.width(), self.height()
        if self.keypad is None:
            self.upper.setGeometry(self.rect())
            return
        narrow = grid is NARROW
        keypad_top = height - grid.keypad_height
        left = 0 if narrow else grid.acts_width + GAP
        aside_height = NARROW_ASIDE if narrow else grid.keypad_height
        aside_top = keypad_top - NARROW_ASIDE - GAP if narrow else keypad_top
        self.keypad.set_grid(grid)
        self.keypad.setGeometry(left, keypad_top, width - left, grid.keypad_height)
        aside_width = width if narrow else grid.acts_width
        self.aside_panel.setGeometry(QRect(0, aside_top, aside_width, aside_height))
        self.upper.setGeometry(0, 0, width, aside_top - GAP)
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self.aside.setDirection(across if narrow else down)
        edge = 8 if narrow else 14
        self.aside.setContentsMargins(15, edge, 15, edge)
        self.lay_out(narrow=narrow)

    def lay_out(self, *, narrow: bool) -> None:
        """Hide what a narrow window has no room for; panels override it."""


class Chips(QWidget):
    """Keys of equal width side by side, at most one of them chosen; `chosen` carries its id."""

    chosen = Signal(str)

    def __init__(self, *, height: int = 56, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._height = height
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(8)
        self._keys: dict[str, Key] = {}

    def set_options(self, options: Sequence[tuple[str, str]]) -> None:
        """Show these (id, word) keys; the same ids keep their keys."""
        if list(self._keys) != [option for option, _ in options]:
            for key in self._keys.values():
                key.hide()
                key.deleteLater()
            self._keys = {option: self._build_key(option) for option, _ in options}
        for option, word in options:
            self._keys[option].set_word(word)

    def choose(self, option: str) -> None:
        """Mark one; an id that is not shown marks none."""
        for name, key in self._keys.items():
            key.set_chosen(name == option)

    def key(self, option: str) -> Key:
        """Return a key by its id."""
        return self._keys[option]

    def set_height(self, height: int) -> None:
        """Make the keys lower or higher."""
        self._height = height
        for key in self._keys.values():
            key.setFixedHeight(height)

    def _build_key(self, option: str) -> Key:
        key = Key(face=Face.STACK)
        key.setFixedHeight(self._height)
        key.clicked.connect(lambda: self.chosen.emit(option))
        self._row.addWidget(key, 1)
        return key


def _is_command(event: QKeyEvent) -> bool:
    commands = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    return bool(event.modifiers() & commands)
