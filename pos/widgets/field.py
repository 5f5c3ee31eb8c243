"""A field to type into, by keyboard or keypad."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from pos.theme.fonts import font, line_height
from pos.theme.tokens import tokens
from pos.widgets.paint import draw_box, draw_ring
from pos.widgets.text import IconView, Text


class Field(QWidget):
    """A 56-px field; `edited` carries the text as it is typed, `accepted` follows Intro.

    A wrong value keeps its text, an amber edge and the reason at the right.
    """

    edited = Signal(str)
    accepted = Signal()

    def __init__(
        self,
        *,
        icon: str = "",
        label: str = "",
        placeholder: str = "",
        style: str = "line",
        label_style: str = "line",
        right: bool = False,
        secret: bool = False,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Build a field.

        Args:
            icon: Name of an icon at the left.
            label: Words at the left, for a field whose amount stands at the right.
            placeholder: What is shown while it is empty.
            style: Type token of what is typed.
            label_style: Type token of the label.
            right: Align what is typed at the right, as amounts are.
            secret: Show dots instead of what is typed.
            name: Accessible name where there is no label.
            parent: Owner.
        """
        super().__init__(parent)
        self._reason = ""
        self._height = max(tokens().height["target"], line_height(style) + 16)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.edit = QLineEdit(self)
        self.edit.setProperty("role", "bare")
        self.edit.setFrame(False)
        self.edit.setTextMargins(-2, 0, -2, 0)  # Qt's own two pixels at each side
        self.edit.setFont(font(style))
        self.edit.setPlaceholderText(placeholder)
        self.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        if right:
            self.edit.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if secret:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._label = Text(label, label_style, "text-muted")
        self._said = Text("", "meta", "amber-text", keeps=True)
        self._lay_out(icon, label)
        self.set_name(name or label or placeholder)
        self.setFocusProxy(self.edit)
        self.edit.installEventFilter(self)
        self.edit.textEdited.connect(self._on_edited)
        self.edit.returnPressed.connect(self.accepted)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Write a text; nothing is announced."""
        if text != self.edit.text():
            self.edit.setText(text)

    def set_words(self, *, label: str = "", placeholder: str = "") -> None:
        """Write label and placeholder."""
        self._label.set_text(label)
        self._label.setVisible(bool(label))
        self.edit.setPlaceholderText(placeholder)
        self.set_name(label or placeholder)

    def set_name(self, name: str) -> None:
        """Give the name that is read aloud."""
        self.edit.setAccessibleName(name)

    def press(self, signs: str) -> None:
        """Take signs from the keypad at the caret; a selected text is replaced."""
        self.edit.insert(signs)
        self._on_edited(self.edit.text())

    def erase(self) -> None:
        """Take away what is selected, else the sign before the caret."""
        self.edit.backspace()
        self._on_edited(self.edit.text())

    def clear(self) -> None:
        """Empty it; nothing is announced."""
        self.edit.clear()
        self.set_right()

    def set_wrong(self, reason: str) -> None:
        """Mark the value as wrong and say why."""
        if reason != self._reason:
            self._reason = reason
            self._said.set_text(reason)
            self._said.setVisible(bool(reason))
            self.edit.setAccessibleDescription(reason)
            self.update()

    def set_right(self) -> None:
        """Take the mark away."""
        self.set_wrong("")

    @property
    def reason(self) -> str:
        return self._reason

    def sizeHint(self) -> QSize:
        return QSize(190, self._height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Repaint the ring when the focus comes or goes."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.update()
        return False

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.edit.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        wide = tokens().border["chosen"]
        edge, px = ("amber-edge", wide) if self._reason else ("border-control", 1)
        if self.isEnabled():
            draw_box(painter, box, fill="surface-panel", edge=edge, px=px)
        else:
            draw_box(painter, box, fill="surface-sunken")
        if self.edit.hasFocus() and not self._reason:
            draw_ring(painter, box, on_solid=False)
        elif self.edit.hasFocus():
            draw_box(painter, box, edge="amber-edge", px=tokens().border["focus"])
        painter.end()

    def _lay_out(self, icon: str, label: str) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(17, 3, 17, 3)
        row.setSpacing(12)
        if icon:
            row.addWidget(IconView(icon, 24))
        row.addWidget(self._label)
        row.addWidget(self.edit, 1)
        row.addWidget(self._said)
        self._label.setVisible(bool(label))
        self._said.hide()

    def _on_edited(self, text: str) -> None:
        self.set_right()
        self.edited.emit(text)
