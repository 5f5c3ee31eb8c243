"""What stands around the lines of a ticket: head, entry row, totals."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.theme.tokens import tokens
from pos.widgets.paint import draw_text, elided, fill_rect, width_of
from pos.widgets.panel import Bottomed
from pos.widgets.pieces import Cap, Icon, Row, Word
from pos.widgets.text import Text


class TicketHead(Bottomed):
    """The 52-px head: title, since when, and at the right what is put into `row`."""

    def __init__(self, title: str = "", since: str = "", parent: QWidget | None = None) -> None:
        super().__init__(rule_below=True, parent=parent)
        self.setFixedHeight(52)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(16, 1, 16, 0)
        self.row.setSpacing(12)
        self._title, self._since = Text(title, "strong"), Text(since, "meta", "text-muted")
        for text in (self._title, self._since):
            text.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
            self.row.addWidget(text)
        self.row.addStretch(1)

    def set_texts(self, title: str, since: str = "") -> None:
        """Write title and since when."""
        self._title.set_text(title)
        self._since.set_text(since)


class EntryState(Enum):
    """What the entry row is doing."""

    WAITING = auto()
    REFUSED = auto()
    OFF = auto()


class EntryRow(Bottomed):
    """The row that receives typing: shows what the next scan or Intro will do.

    It keeps what was typed. `typed` carries the text after every change, `accepted` the text
    at Intro (it stays until `clear`). `set_quantity` puts `3 ×` before it. Keys it does not
    use are left to the screen.
    """

    typed = Signal(str)
    accepted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(ground="surface-sunken", rule_above=True, rule_below=True, parent=parent)
        self.setFixedHeight(tokens().height["target"])
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._state = EntryState.WAITING
        self._text = self._quantity = self._placeholder = self._refusal = ""
        self._is_listening = True
        self._hint, self._hint_cap = "", ""

    @property
    def text(self) -> str:
        return self._text

    @property
    def state(self) -> EntryState:
        return self._state

    def set_words(self, placeholder: str, hint: str = "", hint_cap: str = "") -> None:
        """Write what is shown while nothing is typed, and the hint at the right."""
        self._placeholder, self._hint, self._hint_cap = placeholder, hint, hint_cap
        self._tell()

    def set_quantity(self, quantity: str) -> None:
        """Show the quantity the next line will have, such as `3 ×`; empty for one."""
        self._quantity = quantity
        self._tell()

    def set_listening(self, listening: bool) -> None:
        """Say whether typing comes here; without a caret it goes elsewhere."""
        self._is_listening = listening
        self.update()

    def set_refused(self, reason: str) -> None:
        """Say why the last scan or code was refused; the next typing takes it away."""
        self._state, self._refusal, self._text = EntryState.REFUSED, reason, ""
        self._tell()

    def set_off(self, reason: str) -> None:
        """Take no typing for now, such as while an authorisation is asked for."""
        self._state, self._refusal, self._text = EntryState.OFF, reason, ""
        self._tell()

    def set_waiting(self) -> None:
        """Wait for the next scan or code."""
        self._state, self._refusal = EntryState.WAITING, ""
        self._tell()

    def press(self, sign: str) -> None:
        """Take a sign from keypad or keyboard."""
        if self._state is not EntryState.OFF:
            self._change(self._text + sign)

    def erase(self) -> None:
        """Take the last sign away; with nothing typed, the quantity."""
        if self._state is EntryState.OFF:
            return
        if not self._text:
            self._quantity = ""
        self._change(self._text[:-1])

    def clear(self) -> None:
        """Forget what was typed and the quantity."""
        self._quantity = ""
        self._change("")

    def accept(self) -> None:
        """Do what Intro does."""
        if self._state is not EntryState.OFF:
            self.accepted.emit(self._text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take printable signs, backspace and Intro."""
        other = event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
        )
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
        elif event.key() == Qt.Key.Key_Backspace:
            self.erase()
        elif event.text() and event.text().isprintable() and not other:
            self.press(event.text())
        else:
            event.ignore()

    def mousePressEvent(self, _event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.paint_ground(painter)
        x = 16.0
        if self._state is not EntryState.OFF:
            refused = self._state is EntryState.REFUSED
            icon = Icon(
                "alert" if refused else "scan", 24, "amber-text" if refused else "text-muted"
            )
            icon.paint(painter, QRectF(x, 0, 24, self.height()))
            x += 36
        right = self._paint_hint(painter)
        self._paint_text(painter, x, right - 12)
        painter.end()

    def _paint_hint(self, painter: QPainter) -> float:
        right = self.width() - 16.0
        if not self._hint or self._text or self._state is not EntryState.WAITING:
            return right
        row = Row([Word(self._hint, "meta", "text-muted"), Cap(self._hint_cap)], 4)
        row.paint(painter, QRectF(right - row.width, 0, row.width, self.height()))
        return right - row.width

    def _paint_text(self, painter: QPainter, x: float, right: float) -> None:
        top = (self.height() - 24) // 2
        if self._quantity:
            draw_text(painter, x, top - 2, self._quantity, "heading", "text")
            x += width_of(self._quantity, "heading") + 8
        if self._state is EntryState.WAITING and not self._text and self._is_listening:
            fill_rect(painter, round(x + 1), top, 2, 24, "text")
            x += 9
        colour = "text" if self._text else "text-muted"
        if self._state is EntryState.REFUSED:
            colour = "amber-text"
        shown = self._text or self._refusal or self._placeholder
        text = elided(shown, "line", int(right - x))
        draw_text(painter, x, top, text, "line", colour)
        if self._text:
            fill_rect(painter, round(x + width_of(text, "line") + 1), top, 2, 24, "text")

    def _change(self, text: str) -> None:
        if self._state is EntryState.REFUSED:
            self._state, self._refusal = EntryState.WAITING, ""
        changed = text != self._text
        self._text = text
        self._tell()
        if changed:
            self.typed.emit(text)

    def _tell(self) -> None:
        said = (self._quantity, self._text or self._refusal or self._placeholder)
        self.setAccessibleName(" ".join(part for part in said if part))
        self.update()


class TotalsFoot(QWidget):
    """The 126-px foot: how many articles, what was saved, the tax, the total."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(126)
        self._figures = ("", "", "", "", "", "", "")
        self._muted, self._tone = False, "text"

    def set_figures(
        self,
        *,
        count: str,
        saving: str = "",
        tax_label: str,
        tax: str,
        total_label: str,
        total: str,
        came_back: str = "",
        tone: str = "text",
        muted: bool = False,
    ) -> None:
        """Write the figures; `muted` greys the count of an empty ticket.

        `came_back` is what goods are worth that came back, with its word: it takes the place of
        the tax, which goes beside its own word. `tone` is the colour token of the total.
        """
        figures = (count, saving, tax_label, tax, total_label, total, came_back)
        if (figures, muted, tone) == (self._figures, self._muted, self._tone):
            return
        self._figures, self._muted, self._tone = figures, muted, tone
        self.setAccessibleName(f"{total_label} {total}")
        said = (count, saving, f"{tax_label} {tax}", came_back)
        self.setAccessibleDescription(" · ".join(part for part in said if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        count, saving, tax_label, tax, total_label, total, came_back = self._figures
        painter = QPainter(self)
        right = self.width() - 16.0
        ink = "text-muted" if self._muted else "text"
        draw_text(painter, 16, 9, count, "body", ink)
        draw_text(painter, right - width_of(saving, "body"), 9, saving, "body", "accent-text")
        below = came_back or tax
        tax_label = f"{tax_label} {tax}" if came_back else tax_label
        draw_text(painter, 16, 33, tax_label, "body", "text-muted")
        ink = "danger-text" if came_back else "text-muted"
        draw_text(painter, right - width_of(below, "body"), 33, below, "body", ink)
        draw_text(painter, 16, 74, total_label, "heading", "text")
        style = "total" if width_of(total, "total") < right - 120 else "amount"
        top = 60 if style == "total" else 68
        draw_text(painter, right - width_of(total, style), top, total, style, self._tone)
        painter.end()
