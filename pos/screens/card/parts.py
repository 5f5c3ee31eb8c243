"""The faces of the card panel: waiting, a code to type, a story to read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.screens.amount_box import AmountBox
from pos.screens.question import QuestionPanel
from pos.screens.trouble.view import Answer
from pos.widgets.grid import NARROW, grid_for
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Face
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.notice import Banner
from pos.widgets.panel import Panel, Rule
from pos.widgets.text import IconView, Text


def centred(widget: QWidget) -> QHBoxLayout:
    """Return a row that holds a widget in its middle."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row


class WaitFace(QuestionPanel):
    """The terminal talks with the customer; the one key breaks off."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(icon="card", parent=parent)
        self.amount = Text("", "due", align="centre", keeps=True)
        self.said = Text("", "title", align="centre", wrap=True)
        self.hint = Text("", "body", "text-muted", align="centre", wrap=True)
        picture = IconView("card", 72, "text-muted")
        picture.set_stroke(1.5)
        self.body.addStretch(2)
        self.body.addLayout(centred(picture))
        self.body.addSpacing(12)
        self.body.addWidget(self.amount)
        self.body.addSpacing(8)
        self.body.addWidget(self.said)
        self.body.addSpacing(4)
        self.body.addWidget(self.hint)
        self.body.addStretch(3)


class CodeFace(QuestionPanel):
    """An amount, what to do with it, and the authorisation code from the terminal's slip."""

    signs = Signal(str)
    took_back = Signal()

    def __init__(self, choices: QWidget | None = None, parent: QWidget | None = None) -> None:
        keypad = Keypad(Mode.PIN, closing_kind=Kind.ACCENT, closing_style="title")
        super().__init__(icon="card", keypad=keypad, parent=parent)
        self.pad = keypad
        self.amount = Text("", "due", align="centre", keeps=True)
        self.said = Text("", "title", align="centre", wrap=True)
        self.hint = Text("", "body", "text-muted", align="centre", wrap=True)
        self.label = Text("", "strong", wrap=True)
        self.code = AmountBox("card")
        self.optional = Text("", "meta", "text-muted", wrap=True)
        self.body.addStretch(1)
        self.body.addWidget(self.said)
        self.body.addWidget(self.amount)
        self.body.addSpacing(4)
        self.body.addWidget(self.hint)
        if choices is not None:
            self.body.addSpacing(16)
            self.body.addWidget(choices)
        self.body.addStretch(1)
        self.aside.setSpacing(8)
        self.aside.addWidget(self.label)
        self.aside.addWidget(self.code)
        self.aside.addStretch(1)
        self.aside.addWidget(self.optional)

    def typed(self, signs: str) -> None:
        self.signs.emit(signs)

    def erased(self) -> None:
        self.took_back.emit()

    def lay_out(self, *, narrow: bool) -> None:
        self.optional.setVisible(not narrow)
        self.hint.setVisible(not narrow)
        self.amount.set_style("total" if narrow else "due")


class StoryFace(QWidget):
    """What happened, whether the money is safe, what to do, and up to two keys."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.banner = Banner()
        self.answers = (Answer("info"), Answer("shield"), Answer("help"))
        self._clock = IconView("clock", 22)
        self.foot = Text("", "body")
        self.other = Key(face=Face.BIG, style="strong")
        self.closing = Key(face=Face.BIG, style="heading", kind=Kind.ACCENT)
        panel = Panel()
        panel.column.addWidget(self.banner)
        for answer in self.answers:
            panel.column.addWidget(answer)
            if answer is not self.answers[-1]:
                panel.column.addWidget(Rule())
        panel.column.addStretch(1)
        panel.column.addLayout(self._build_foot())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        self.setFocusProxy(self.closing)

    def resizeEvent(self, _event: QResizeEvent) -> None:
        """Close the answers up where the window is narrow."""
        narrow = grid_for(self.window().width()) is NARROW
        across, down = (16, 9) if narrow else (24, 20)
        for answer in self.answers:
            layout = answer.layout()
            if layout is not None:
                layout.setContentsMargins(across, down, across, down)
                layout.setSpacing(16 if narrow else 24)
        self._below.setContentsMargins(across, 0, across, across)

    def set_foot(self, text: str) -> None:
        """Say what the till is doing meanwhile; empty for nothing."""
        self.foot.set_text(text)
        self._clock.setVisible(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave with Esc; no other key gets past."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()

    def _build_foot(self) -> QVBoxLayout:
        said = QHBoxLayout()
        said.setSpacing(8)
        said.addWidget(self._clock)
        said.addWidget(self.foot, 1)
        keys = QHBoxLayout()
        keys.setSpacing(12)
        for key, share in ((self.other, 4), (self.closing, 5)):
            key.setFixedHeight(88)
            keys.addWidget(key, share)
        foot = self._below = QVBoxLayout()
        foot.setSpacing(14)
        foot.addLayout(said)
        foot.addLayout(keys)
        return foot
