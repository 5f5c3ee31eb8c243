"""The right column when there is nothing to hand over: what happened, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.screens.handover.telling import Told
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.panel import Panel
from pos.widgets.text import IconView, Text

_MOST_ACTS = 3
_CLOSING = 96


class ToldPanel(QWidget):
    """Icon, title and sentence, keys, and the closing key at the foot."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told: Told | None = None
        self._icon = IconView("info", 48)
        self.title, self.text = Text("", "title", wrap=True), Text("", "lead", wrap=True)
        self.keys = [Key(cap="") for _ in range(_MOST_ACTS)]
        self.closing = Key(face=Face.BIG, style="title", kind=Kind.ACCENT)
        self.closing.setFixedHeight(_CLOSING)
        panel = Panel(padding=24, spacing=12)
        panel.column.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignLeft)
        for widget in (self.title, self.text, *self.keys):
            panel.column.addWidget(widget)
        panel.column.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(panel, 1)
        column.addWidget(self.closing)
        self.closing.clicked.connect(self.closed)
        for place, key in enumerate(self.keys):
            key.clicked.connect(lambda _=False, place=place: self._act(place))

    def show_told(self, told: Told) -> None:
        """Show what is told."""
        self._told = told
        self._icon.set_icon(told.icon, "accent-text" if told.tone == "accent" else "amber-text")
        self.title.set_text(told.title)
        self.text.set_text(told.text)
        for place, key in enumerate(self.keys):
            key.setVisible(place < len(told.acts))
            if place < len(told.acts):
                key.set_word(told.acts[place].word)
                key.set_cap(told.acts[place].cap)
        self._write()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._write()
        super().changeEvent(event)

    def _write(self) -> None:
        is_done = self._told is not None and self._told.is_done
        self.closing.set_word(self.tr("Next customer") if is_done else self.tr("Back to the sale"))
        self.closing.set_cap(self.tr("Enter"))

    def _act(self, place: int) -> None:
        if self._told is not None and place < len(self._told.acts):
            self._told.acts[place].act()
