"""What the till says in place: an icon, a sentence or two, what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.widgets.key import Key
from pos.widgets.labels import KeyCap
from pos.widgets.paint import draw_box
from pos.widgets.panel import Bottomed
from pos.widgets.text import IconView, Text

_TONES = {
    "plain": ("surface-sunken", "border", "text"),
    "accent": ("accent-soft", "accent-text", "accent-text"),
    "amber": ("amber-soft", "amber-edge", "amber-text"),
}


class Notice(QWidget):
    """A notice of tone `plain`, `accent` or `amber`; `acts` are keys at its right.

    Its title, if it has one, stands above the text.
    """

    def __init__(
        self,
        text: str = "",
        *,
        tone: str = "plain",
        icon: str = "info",
        acts: Sequence[Key] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._tone = tone
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumHeight(48)
        self._icon = IconView(icon, 24, _TONES[tone][2])
        self._text = Text(text, "body", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16 if not acts else 8, 12 if not acts else 8)
        row.setSpacing(12)
        row.addWidget(self._icon)
        self._title = Text("", "strong", wrap=True)
        self._title.hide()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._title)
        words.addWidget(self._text)
        row.addLayout(words, 1)
        for key in acts:
            row.addWidget(key)
        self.setAccessibleName(text)

    def set_text(self, text: str, *, title: str = "", tone: str = "", icon: str = "") -> None:
        """Say something else, if given in another tone with another icon."""
        self._tone = tone or self._tone
        self._title.set_text(title)
        self._title.setVisible(bool(title))
        self._text.set_text(text)
        self._text.setVisible(bool(text) or not title)
        self._icon.set_icon(icon or self._icon.icon, _TONES[self._tone][2])
        self.setAccessibleName(" ".join(part for part in (title, text) if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, edge, _ = _TONES[self._tone]
        painter = QPainter(self)
        draw_box(painter, QRectF(self.rect()), fill=fill, edge=edge)
        painter.end()


def let_grow(notice: Notice) -> None:
    """Let a notice be as high as its sentences need, in a column with room to spare."""
    policy = notice.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    notice.setSizePolicy(policy)


class Teach(QWidget):
    """What an empty place says: a large icon, what to do first, and keys with their meaning."""

    def __init__(self, icon: str = "scan", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        picture = IconView(icon, 72, "text-muted")
        picture.set_stroke(1.5)
        self._title = Text("", "title", align="centre", wrap=True)
        self._text = Text("", "body", "text-muted", align="centre")
        self._hints = QGridLayout()
        self._hints.setHorizontalSpacing(24)
        self._hints.setVerticalSpacing(12)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 24)
        column.setSpacing(0)
        column.addStretch(1)
        centred = QHBoxLayout()
        centred.addStretch(1)
        centred.addWidget(picture)
        centred.addStretch(1)
        column.addLayout(centred)
        column.addSpacing(12)
        column.addWidget(self._title)
        column.addSpacing(4)
        column.addWidget(self._text)
        column.addSpacing(28)
        hints = QHBoxLayout()
        hints.addStretch(1)
        hints.addLayout(self._hints)
        hints.addStretch(1)
        column.addLayout(hints)
        column.addStretch(1)

    def set_words(self, title: str, text: str, hints: Sequence[tuple[str, str]] = ()) -> None:
        """Write title, text (lines parted by \\n) and (key cap, meaning) hints."""
        self._title.set_text(title)
        self._text.set_text(text)
        while (item := self._hints.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, (cap, meaning) in enumerate(hints):
            self._hints.addWidget(KeyCap(cap), row, 0)
            self._hints.addWidget(Text(meaning), row, 1)


class Banner(Bottomed):
    """The amber strip at the top of a panel that tells of a fault: large icon and title."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "alert",
        rounded: str = "top",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(ground="amber", rounded=rounded, parent=parent)
        self._text = Text(text, "title", "on-amber", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 18, 24, 18)
        row.setSpacing(16)
        row.addWidget(IconView(icon, 40, "on-amber"))
        row.addWidget(self._text, 1)

    def set_text(self, text: str) -> None:
        """Tell of another fault."""
        self._text.set_text(text)
        self.setAccessibleName(text)
