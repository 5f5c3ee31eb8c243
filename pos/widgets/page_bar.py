"""The bar of a page below the header: back key, title, a line about it, acts."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.theme.tokens import tokens
from pos.widgets.key import Key
from pos.widgets.text import IconView, Text


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


class QuestionBar(QWidget):
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
        super().__init__(parent)
        self.setFixedHeight(68)
        self._title = Text(title, "heading")
        self.close_key = Key(close, cap=close_cap)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 6, 6)
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
