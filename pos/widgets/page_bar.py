"""The bar of a page below the header: back key, title, a line about it, acts."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos.theme.fonts import font
from pos.theme.tokens import tokens
from pos.widgets.key import Key
from pos.widgets.panel import Bottomed
from pos.widgets.text import IconView, Text

_ROOM_FOR_TICK = 20


class PageBar(QWidget):
    """A 56-px bar; `back_pressed` follows the back key. Acts are keys put in with `add_act`."""

    back_pressed = Signal()

    def __init__(
        self,
        title: str = "",
        sub: str = "",
        *,
        back: str = "",
        back_cap: str = "Esc",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setFixedHeight(tokens().height["target"])
        self.back = Key(back, icon="left", cap=back_cap)
        self._title = Text(title, "title")
        self._sub = Text(sub, "body", "text-muted")
        self._title.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._acts = QHBoxLayout()
        self._acts.setSpacing(8)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.back)
        row.addWidget(self._title)
        row.addWidget(self._sub, 1)
        row.addLayout(self._acts)
        self.back.clicked.connect(self.back_pressed)

    def set_words(self, title: str, sub: str = "", *, back: str = "") -> None:
        """Write title, line and back key."""
        self._title.set_text(title)
        self._sub.set_text(sub)
        if back:
            self.back.set_word(back)

    def add_act(self, key: Key) -> Key:
        """Put a key at the right end and return it."""
        self._acts.addWidget(key)
        return key


class QuestionBar(Bottomed):
    """The head of a question inside a panel: icon, title, close key at the right."""

    closed = Signal()

    def __init__(
        self,
        title: str = "",
        *,
        icon: str = "",
        close: str = "",
        close_cap: str = "Esc",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(rule_below=True, parent=parent)
        self.setFixedHeight(69)
        self._title = Text(title, "heading")
        self.close_key = Key(close, cap=close_cap)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 6, 7)
        row.setSpacing(8)
        if icon:
            row.addWidget(IconView(icon, 24))
        row.addWidget(self._title, 1)
        self.acts = QHBoxLayout()
        self.acts.setSpacing(8)
        row.addLayout(self.acts)
        row.addWidget(self.close_key)
        self.close_key.clicked.connect(self.closed)

    def set_words(self, title: str, close: str) -> None:
        """Write title and close key."""
        self._title.set_text(title)
        self.close_key.set_word(close)


class SearchBar(Bottomed):
    """The head of a list of results: what is typed, how many were found, a filter, close.

    `edited` carries the text as it is typed by keyboard or through `press` and `erase`;
    `accepted` follows Intro.
    """

    edited = Signal(str)
    accepted = Signal()
    closed = Signal()

    def __init__(
        self, *, close: str = "", close_cap: str = "Esc", parent: QWidget | None = None
    ) -> None:
        super().__init__(rule_below=True, parent=parent)
        self.setFixedHeight(69)
        self.edit = QLineEdit()
        self.edit.setProperty("role", "bare")
        self.edit.setFrame(False)
        self.edit.setFont(font("title"))
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._count = Text("", "meta", "text-muted", keeps=True)
        self.filter_key = Key()
        self.filter_key.hide()
        self.close_key = Key(close, cap=close_cap)
        row = QHBoxLayout(self)
        row.setContentsMargins(18, 6, 6, 7)
        row.setSpacing(8)
        row.addWidget(IconView("search", 26))
        row.addWidget(self.edit, 1)
        for widget in (self._count, self.filter_key, self.close_key):
            row.addWidget(widget)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self.edited)
        self.edit.returnPressed.connect(self.accepted)
        self.close_key.clicked.connect(self.closed)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Write what is looked for; nothing is announced."""
        if text != self.edit.text():
            self.edit.setText(text)

    def set_words(self, *, placeholder: str, close: str, filter_word: str = "") -> None:
        """Write placeholder and keys; the filter shows only if it has a word."""
        self.edit.setPlaceholderText(placeholder)
        self.edit.setAccessibleName(placeholder)
        self.close_key.set_word(close)
        self.filter_key.set_word(filter_word)
        self.filter_key.setMinimumWidth(self.filter_key.sizeHint().width() + _ROOM_FOR_TICK)
        self.filter_key.setVisible(bool(filter_word))

    def set_count(self, text: str) -> None:
        """Say how many were found, such as `12 de 38`."""
        self._count.set_text(text)

    def press(self, signs: str) -> None:
        """Take signs from the on-screen letters."""
        self.edit.insert(signs)
        self.edited.emit(self.edit.text())

    def erase(self) -> None:
        """Take the last sign away."""
        self.edit.backspace()
        self.edited.emit(self.edit.text())
