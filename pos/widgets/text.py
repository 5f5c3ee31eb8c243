"""A piece of text in a type token, with the line height the design asks for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.theme.fonts import line_height
from pos.widgets.paint import draw_icon, draw_text, elided, width_of, wrapped

Align = Literal["left", "centre", "right"]


class Text(QWidget):
    """Text of one tone; cut at the right when too long, or wrapped when asked to.

    Amounts are given `keeps=True`: they are never cut and claim their width.
    """

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        tone: str = "text",
        *,
        align: Align = "left",
        wrap: bool = False,
        keeps: bool = False,
        struck: bool = False,
        line: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        """Build a text; `style` and `tone` are tokens, `line` a height of line in pixels."""
        super().__init__(parent)
        self._text, self._style, self._tone = text, style, tone
        self._align, self._wrap, self._keeps, self._struck = align, wrap, keeps, struck
        self._line = line or line_height(style)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if keeps:
            policy.setHorizontalPolicy(QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(wrap)
        if wrap:  # a fixed height would be that of one line, however many the width makes
            policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(text)

    def text(self) -> str:
        return self._text

    def set_text(self, text: str) -> None:
        """Write another text; nothing is repainted when it is the same."""
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_tone(self, tone: str) -> None:
        """Write it in another colour token."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def set_style(self, style: str) -> None:
        """Write it in another type token."""
        if style != self._style:
            self._style, self._line = style, line_height(style)
            self.updateGeometry()
            self.update()

    def sizeHint(self) -> QSize:
        lines = self._text.split("\n")
        width = max(width_of(line, self._style) for line in lines)
        return QSize(round(width + 0.5), self._line * len(lines))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint() if self._keeps else QSize(24, self._line)

    def hasHeightForWidth(self) -> bool:
        return self._wrap

    def heightForWidth(self, width: int) -> int:
        return len(wrapped(self._text, self._style, width)) * self._line

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        lines = self._lines()
        y = round((self.height() - self._line * len(lines)) / 2)
        leading = round((self._line - line_height(self._style)) / 2)
        for line in lines:
            text = line if self._keeps else elided(line, self._style, self.width())
            slack = self.width() - width_of(text, self._style)
            x = {"left": 0.0, "centre": slack / 2, "right": slack}[self._align]
            draw_text(painter, x, y + leading, text, self._style, self._tone, struck=self._struck)
            y += self._line
        painter.end()

    def _lines(self) -> Sequence[str]:
        if self._wrap:
            return wrapped(self._text, self._style, self.width())
        return self._text.split("\n")


class IconView(QWidget):
    """A line icon in a colour token; says nothing aloud, the word beside it does."""

    def __init__(
        self, icon: str, px: int = 20, tone: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icon, self._px, self._tone, self._stroke = icon, px, tone, 2.0
        self.setFixedSize(px, px)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    @property
    def icon(self) -> str:
        return self._icon

    def set_icon(self, icon: str, tone: str = "") -> None:
        """Show another icon, if given in another tone."""
        self._icon, self._tone = icon, tone or self._tone
        self.update()

    def set_stroke(self, stroke: float) -> None:
        """Draw with another width of line on the 24-px grid."""
        self._stroke = stroke
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_icon(painter, 0, 0, self._icon, self._px, self._tone, self._stroke)
        painter.end()
