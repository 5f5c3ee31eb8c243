"""The field beside the keypad of a question: what is keyed, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.screens.question import QuestionPanel
from pos.widgets.field import Field
from pos.widgets.key import Key
from pos.widgets.keypad import Keypad
from pos.widgets.text import Text


class ValueAside:
    """Puts label, field, reason and two step keys into the aside of a question.

    The keypad types into the field, which has the focus.
    """

    def __init__(self, panel: QuestionPanel, keypad: Keypad, *, steps: bool) -> None:
        self.label = Text("", "strong")
        self.label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.field = Field(right=True, style="title")
        self.wrong = Text("", "meta", "amber-text", wrap=True)
        self.less, self.more = Key(icon="minus"), Key(icon="plus")
        self._steps = QWidget()
        row = QHBoxLayout(self._steps)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for key in (self.less, self.more):
            key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            row.addWidget(key, 1)
        self._has_steps = steps
        panel.aside.setSpacing(8)
        panel.aside.addWidget(self.label)
        panel.aside.addWidget(self.field, 0)
        panel.aside.addWidget(self.wrong)
        self._slack = QWidget()
        panel.aside.addWidget(self._slack, 1)
        panel.aside.addWidget(self._steps)
        panel.setFocusProxy(self.field)
        keypad.digit.connect(self.field.press)
        keypad.erased.connect(self.field.erase)

    def lay_out(self, *, narrow: bool) -> None:
        """Let the field take the whole row where the window is narrow."""
        self._slack.setVisible(not narrow)
        self.wrong.setVisible(not narrow)

    def show_steps(self, shown: bool) -> None:
        """Show the step keys where stepping makes sense."""
        self._steps.setVisible(shown and self._has_steps)

    def start_with(self, text: str) -> None:
        """Show a value that the first key replaces."""
        self.field.set_text(text)
        self.field.edit.selectAll()

    def set_wrong(self, reason: str) -> None:
        """Say what is wrong below the field, with its edge in amber."""
        self.wrong.set_text(reason)
        self.field.edit.setAccessibleDescription(reason)
