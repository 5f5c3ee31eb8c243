"""Everything that is pressed: one key with its states, painted whole."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from pos.theme.tokens import tokens
from pos.widgets.key_faces import FACES, HEIGHT, PADDING, Content, Face, Ink, paint_act
from pos.widgets.paint import draw_box, draw_icon, draw_ring

_SEEN_PRESSED_MS = 80


class Kind(Enum):
    """What a key is for; the value is its colour token."""

    NORMAL = ""
    ACCENT = "accent"
    PAY = "pay"
    DANGER = "danger"
    FLAT = "flat"


_OFF_INK = Ink("text-muted", "text-muted", "text-muted", "surface-sunken", "border")


class Key(QAbstractButton):
    """A key: `clicked` when it does its work, `refused` when touched while switched off.

    Texts come from the screen, already translated. A key takes the focus by Tab only, so a
    touch leaves the entry row where it is.
    """

    refused = Signal()

    def __init__(
        self,
        word: str = "",
        *,
        icon: str = "",
        cap: str = "",
        second: str = "",
        third: str = "",
        amount: str = "",
        initials: str = "",
        style: str = "",
        icon_px: int = 0,
        kind: Kind = Kind.NORMAL,
        face: Face = Face.CENTRE,
        tone: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Build a key.

        Args:
            word: What it does.
            icon: Name of an icon.
            cap: Keyboard key that does the same, as printed on it.
            second: Second row of text; `third` only on people's tiles.
            amount: Amount under the word of a closing key.
            initials: Of the person on the tile.
            style: Type token of the word where the face's own is not wanted.
            icon_px: Size of the icon where the face's own is not wanted.
            kind: Its colour.
            face: Its arrangement.
            tone: Colour token of icon and word, such as `danger-text`.
            name: Accessible name where the word is missing or too short.
            parent: Owner.
        """
        super().__init__(parent)
        self._content = Content(word, icon, cap, second, third, amount, initials, style, icon_px)
        self._kind, self._face, self._tone, self._name = kind, face, tone, name
        self._reason = self._busy = ""
        self._chosen = self._proposed = self._flash = False
        grows = face in (Face.ACT, Face.BIG, Face.DIGIT)
        vertical = QSizePolicy.Policy.Expanding if grows else QSizePolicy.Policy.Fixed
        self.setSizePolicy(QSizePolicy.Policy.Preferred, vertical)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.pressed.connect(self._show_pressed)
        self._tell()

    # what is written on it

    @property
    def content(self) -> Content:
        return self._content

    @property
    def word(self) -> str:
        return self._content.word

    def set_word(self, word: str, second: str | None = None, *, amount: str | None = None) -> None:
        """Write the word, and if given the second row and the amount."""
        content = self._content
        self._write(
            replace(
                content,
                word=word,
                second=content.second if second is None else second,
                amount=content.amount if amount is None else amount,
            )
        )

    def set_second(self, second: str, third: str = "") -> None:
        """Write the rows under the word."""
        self._write(replace(self._content, second=second, third=third))

    def set_amount(self, amount: str) -> None:
        """Write the amount under the word of a closing key."""
        self._write(replace(self._content, amount=amount))

    def set_icon(self, icon: str) -> None:
        """Show another icon."""
        self._write(replace(self._content, icon=icon))

    def set_cap(self, cap: str) -> None:
        """Write the key cap; empty takes it away."""
        self._write(replace(self._content, cap=cap))

    def set_initials(self, initials: str) -> None:
        """Write a person's initials."""
        self._write(replace(self._content, initials=initials))

    def set_band(self, token: str) -> None:
        """Colour the picture band of a quick key."""
        self._write(replace(self._content, band=token))

    def set_name(self, name: str) -> None:
        """Give the name that is read aloud where the word does not say enough."""
        self._name = name
        self._tell()

    def set_kind(self, kind: Kind) -> None:
        """Give it another colour."""
        if kind is not self._kind:
            self._kind = kind
            self.update()

    def set_tone(self, tone: str) -> None:
        """Write icon and word in a colour token."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    # its state

    @property
    def chosen(self) -> bool:
        return self._chosen

    @property
    def proposed(self) -> bool:
        return self._proposed

    @property
    def busy(self) -> bool:
        return bool(self._busy)

    @property
    def reason(self) -> str:
        """Why the key is off; empty when it is on or needs no reason."""
        return self._reason

    def set_chosen(self, chosen: bool) -> None:
        """Mark it as the chosen one, with edge and tick."""
        if chosen != self._chosen:
            self._chosen = chosen
            self._tell()

    def set_proposed(self, proposed: bool) -> None:
        """Mark it as what the till proposes."""
        if proposed != self._proposed:
            self._proposed = proposed
            self._tell()

    def set_busy(self, word: str) -> None:
        """Show what it is doing, such as `Guardando…`, and ignore touches; empty ends it."""
        if word != self._busy:
            self._busy = word
            self._tell()

    def set_off(self, reason: str = "") -> None:
        """Switch it off with the reason in its second row."""
        if self.isEnabled() or reason != self._reason:
            self._reason = reason
            self.setEnabled(False)
            self._tell()

    def set_on(self) -> None:
        """Switch it on again."""
        if not self.isEnabled():
            self._reason = ""
            self.setEnabled(True)
            self._tell()

    # Qt

    def sizeHint(self) -> QSize:
        face = FACES.get(self._face)
        padding = 2 * PADDING.get(self._face, 13)
        if face is None:
            return QSize(134, HEIGHT[self._face])
        piece = face(self._shown(), _OFF_INK, 400)
        width = 140 if self._face is Face.TILE else round(piece.width + 0.5) + padding
        return QSize(width, max(HEIGHT[self._face], round(piece.height) + 2 * 7))

    def minimumSizeHint(self) -> QSize:
        return QSize(48, HEIGHT[self._face] if self._face is not Face.ACT else 56)

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802
        return not self._busy and super().hitButton(pos)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Intro press the key that has the focus, as the space bar does."""
        if self._busy:
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self._show_pressed()
            self.click()
            return
        super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Say that a touch was refused: Qt itself drops what reaches a disabled widget."""
        if event.type() == QEvent.Type.MouseButtonPress and not self.isEnabled():
            self.refused.emit()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        box = QRectF(self.rect())
        self._paint_ground(painter, box)
        self._paint_face(painter, box)
        if self._chosen:
            colour = "accent-text" if self.isEnabled() else "text-muted"
            draw_icon(painter, box.width() - 22, 6, "check", 16, colour, 3)
        if self.hasFocus():
            draw_ring(painter, box, on_solid=self._solid)
        painter.end()

    # painting

    @property
    def _solid(self) -> bool:
        filled = self._kind in (Kind.ACCENT, Kind.PAY, Kind.DANGER)
        return filled and self.isEnabled() and not self._chosen

    def _ground(self) -> tuple[str, str, int]:
        """Return fill, edge and width of the edge for the state."""
        down = self.isDown() or self._flash
        hover = self.underMouse() and not self._busy
        if not self.isEnabled():
            return ("", "", 1) if self._kind is Kind.FLAT else ("surface-sunken", "border", 1)
        if self._solid:
            fill = self._kind.value + ("-pressed" if down else "-hover" if hover else "")
            return fill, fill, 1
        rest = "accent-soft" if self._chosen else "surface-key"
        fill = "surface-pressed" if down else "surface-hover" if hover else rest
        if self._chosen or self._proposed:
            return fill, "accent-text", tokens().border["chosen"]
        if self._kind is Kind.FLAT:
            return (fill if down or hover else "", "", 1)
        return fill, "border-control", tokens().border["hair"]

    def _paint_ground(self, painter: QPainter, box: QRectF) -> None:
        fill, edge, px = self._ground()
        if fill or edge:
            draw_box(painter, box, fill=fill, edge=edge, px=px)

    def _ink(self) -> Ink:
        if not self.isEnabled():
            return _OFF_INK
        if self._solid:
            on = f"on-{self._kind.value}"
            return Ink(on, on, on, "", on)
        word = self._tone or ("accent-text" if self._proposed else "text")
        return Ink(word, "text-muted", "text-muted", "surface-sunken", "border")

    def _shown(self) -> Content:
        if self._busy:
            return replace(self._content, word=self._busy)
        if self._reason and self._face is Face.BIG:
            return replace(self._content, second=self._reason, amount="")
        if self._reason and self._face is not Face.ACT:
            return replace(self._content, second=self._reason)
        return self._content

    def _paint_face(self, painter: QPainter, box: QRectF) -> None:
        face = FACES.get(self._face)
        if face is None:
            paint_act(painter, box, self._shown(), self._ink())
            return
        padding = PADDING.get(self._face, 13)
        inner = box.adjusted(padding, 1, -padding, -1)
        piece = face(self._shown(), self._ink(), inner.width())
        if self._face in (Face.TENDER, Face.STAFF):
            piece.paint(painter, inner)
            return
        width = min(piece.width, inner.width())
        x = inner.x() + (inner.width() - width) / 2
        piece.paint(painter, QRectF(x, inner.y(), width, inner.height()))

    def _write(self, content: Content) -> None:
        if content != self._content:
            self._content = content
            self.updateGeometry()
            self._tell()

    def _tell(self) -> None:
        content = self._shown()
        self.setAccessibleName(self._name or content.word)
        rows = (content.amount, content.second, content.third, self._reason)
        self.setAccessibleDescription(" · ".join(dict.fromkeys(row for row in rows if row)))
        self.update()

    def _show_pressed(self) -> None:
        self._flash = True
        self.update()
        QTimer.singleShot(_SEEN_PRESSED_MS, self, self._show_released)

    def _show_released(self) -> None:
        self._flash = False
        self.update()
