"""Small things that are read and not pressed: chips, badges, key caps, tiles."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.theme.tokens import tokens
from pos.widgets.paint import draw_box
from pos.widgets.pieces import Cap, Icon, Initials, Piece, Row, Spring, Tile, Word

_TONES = {
    "neutral": ("surface-sunken", "border", "text"),
    "accent": ("accent-soft", "accent-text", "accent-text"),
    "amber": ("amber-soft", "amber-edge", "amber-text"),
    "solid": ("amber", "amber-edge", "on-amber"),
    "danger": ("danger-soft", "danger-text", "danger-text"),
}
_SIZES = {"small": (24, 8, "meta+"), "normal": (32, 12, "meta+"), "large": (40, 18, "heading")}


class _Fixed(QWidget):
    """A label as large as the piece it shows."""

    def __init__(self, name: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(name)

    def piece(self) -> Piece:
        """Return what is shown."""
        return Spring()

    def sizeHint(self) -> QSize:
        piece = self.piece()
        return QSize(round(piece.width + 0.5), round(piece.height))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self.piece().paint(painter, QRectF(self.rect()))
        painter.end()

    def _changed(self, name: str) -> None:
        self.setAccessibleName(name)
        self.updateGeometry()
        self.update()


class Chip(_Fixed):
    """A rounded label; tones `neutral`, `accent`, `amber`, `solid` (amber, past its limit)."""

    def __init__(
        self,
        text: str = "",
        *,
        icon: str = "",
        tone: str = "neutral",
        size: str = "normal",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._text, self._icon, self._tone = text, icon, tone
        self._height, self._padding, self._style = _SIZES[size]

    def set_text(self, text: str, *, icon: str | None = None, tone: str = "") -> None:
        """Write another text, if given with another icon and tone."""
        self._text, self._tone = text, tone or self._tone
        self._icon = self._icon if icon is None else icon
        self._changed(text)

    def piece(self) -> Piece:
        ink = _TONES[self._tone][2]
        icon = [Icon(self._icon, 16, ink)] if self._icon else []
        return Row([*icon, Word(self._text, self._style, ink)], 6)

    def sizeHint(self) -> QSize:
        width = self.piece().width + 2 * (self._padding + 1)
        return QSize(round(width + 0.5), self._height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        fill, edge, _ = _TONES[self._tone]
        small = self._height == _SIZES["small"][0]
        painter = QPainter(self)
        box = QRectF(self.rect())
        draw_box(painter, box, fill=fill, edge=edge, radius=4 if small else box.height() / 2)
        inset = self._padding + 1
        self.piece().paint(painter, box.adjusted(inset, 0, -inset, 0))
        painter.end()


class CountBadge(_Fixed):
    """A number on the accent, 24 px high; hidden at zero."""

    def __init__(self, count: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(str(count), parent)
        self._count = count
        self.setVisible(count > 0)

    def set_count(self, count: int) -> None:
        """Show another number."""
        self._count = count
        self.setVisible(count > 0)
        self._changed(str(count))

    def piece(self) -> Piece:
        return Badge(str(self._count))


class Badge:
    """The round ground of a count, as a piece."""

    def __init__(self, text: str) -> None:
        self._word = Word(text, "meta+", "on-accent", side="centre")

    @property
    def width(self) -> float:
        return max(24.0, self._word.width + 14)

    @property
    def height(self) -> float:
        return 24

    @property
    def shrinks(self) -> bool:
        return False

    def paint(self, painter: QPainter, box: QRectF) -> None:
        pill = QRectF(round(box.x()), round(box.y() + (box.height() - 24) / 2), self.width, 24)
        draw_box(painter, pill, fill="accent", radius=12)
        self._word.paint(painter, pill.adjusted(0, 0, 0, -1))


class KeyCap(_Fixed):
    """The cap of a keyboard key, beside a hint."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._text = text

    def piece(self) -> Piece:
        return Cap(self._text)


class Avatar(_Fixed):
    """A person's initials on a tile of `px` pixels."""

    def __init__(self, initials: str = "", px: int = 48, parent: QWidget | None = None) -> None:
        super().__init__(initials, parent)
        self._initials, self._px = initials, px

    def set_initials(self, initials: str) -> None:
        """Show another person."""
        self._initials = initials
        self._changed(initials)

    def piece(self) -> Piece:
        return Initials(self._initials, self._px)


class Picture(_Fixed):
    """A product's picture: a line icon on a tile of `side` pixels."""

    def __init__(
        self, icon: str = "image", side: int = 48, px: int = 26, parent: QWidget | None = None
    ) -> None:
        super().__init__("", parent)
        self._icon, self._side, self._px = icon, side, px

    def set_icon(self, icon: str) -> None:
        """Show another picture."""
        self._icon = icon
        self._changed("")

    def piece(self) -> Piece:
        return Tile(self._icon, self._px, self._side, self._side)


class PinDots(QWidget):
    """How many signs of a PIN were typed, never which; four rings are the least length."""

    LEAST = 4

    def __init__(self, *, boxed: bool = False, parent: QWidget | None = None) -> None:
        """Build the dots; `boxed` draws them in a field with the focus ring."""
        super().__init__(parent)
        self._count, self._boxed = 0, boxed
        self.setMinimumSize(4 * 20 + 3 * 16, 20)

    @property
    def count(self) -> int:
        return self._count

    def set_count(self, count: int) -> None:
        """Show that `count` signs were typed."""
        self._count = count
        self.setAccessibleDescription(str(count))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if self._boxed:
            draw_box(painter, QRectF(self.rect()), edge="focus", px=tokens().border["focus"])
        shown = max(self.LEAST, self._count)
        step = min(36.0, (self.width() - 24) / shown)
        x = (self.width() - (shown - 1) * step - 20) / 2
        y = (self.height() - 20) / 2
        for index in range(shown):
            typed = index < self._count
            edge = "text" if typed else "border-control"
            dot = QRectF(round(x + index * step), round(y), 20, 20)
            draw_box(painter, dot, fill=edge if typed else "", edge=edge, px=2, radius=10)
        painter.end()
