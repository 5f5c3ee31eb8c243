"""What the face of a key, a chip or a header cell is made of: small boxes in rows and columns.

Pieces know their natural size in pixels and paint themselves into a box. They name tokens, so
the same face serves both themes; texts that do not fit are cut at the right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from pos.theme.fonts import line_height
from pos.widgets.paint import draw_box, draw_icon, draw_text, elided, width_of

Side = Literal["start", "centre", "end"]


class Piece(Protocol):
    """A box with a natural size that can paint itself."""

    @property
    def width(self) -> float: ...

    @property
    def height(self) -> float: ...

    @property
    def shrinks(self) -> bool: ...

    def paint(self, painter: QPainter, box: QRectF) -> None: ...


@dataclass(frozen=True, slots=True)
class Word:
    """One line of text in a type token and a colour token."""

    text: str
    style: str
    colour: str
    line: int = 0
    struck: bool = False
    side: Side = "start"
    keeps: bool = False

    @property
    def width(self) -> float:
        return width_of(self.text, self.style)

    @property
    def height(self) -> float:
        return self.line or line_height(self.style)

    @property
    def shrinks(self) -> bool:
        return not self.keeps

    def paint(self, painter: QPainter, box: QRectF) -> None:
        text = self.text if self.keeps else elided(self.text, self.style, round(box.width()))
        x = box.x() + _slack(box.width() - width_of(text, self.style), self.side)
        y = box.y() + (box.height() - line_height(self.style)) / 2
        draw_text(painter, x, round(y), text, self.style, self.colour, struck=self.struck)


@dataclass(frozen=True, slots=True)
class Icon:
    """A line icon."""

    name: str
    px: int
    colour: str
    stroke: float = 2.0

    @property
    def width(self) -> float:
        return self.px

    @property
    def height(self) -> float:
        return self.px

    @property
    def shrinks(self) -> bool:
        return False

    def paint(self, painter: QPainter, box: QRectF) -> None:
        x = box.x() + (box.width() - self.px) / 2
        y = box.y() + (box.height() - self.px) / 2
        draw_icon(painter, x, y, self.name, self.px, self.colour, self.stroke)


@dataclass(frozen=True, slots=True)
class Cap:
    """The cap of a keyboard key; transparent in the colour of the text on filled keys."""

    text: str
    colour: str = "text-muted"
    fill: str = "surface-sunken"
    edge: str = "border"

    @property
    def width(self) -> float:
        return width_of(self.text, "meta") + 12

    @property
    def height(self) -> float:
        return 20

    @property
    def shrinks(self) -> bool:
        return False

    def paint(self, painter: QPainter, box: QRectF) -> None:
        y = round(box.y() + (box.height() - 20) / 2)
        cap = QRectF(round(box.x()), y, round(self.width), 20)
        draw_box(painter, cap, fill=self.fill, edge=self.edge, radius=4)
        x = cap.x() + (cap.width() - width_of(self.text, "meta")) / 2
        draw_text(painter, x, y, self.text, "meta", self.colour)


@dataclass(frozen=True, slots=True)
class Initials:
    """The tile with a person's initials."""

    text: str
    px: int = 48
    colour: str = "text"

    @property
    def width(self) -> float:
        return self.px

    @property
    def height(self) -> float:
        return self.px

    @property
    def shrinks(self) -> bool:
        return False

    def paint(self, painter: QPainter, box: QRectF) -> None:
        x = round(box.x() + (box.width() - self.px) / 2)
        y = round(box.y() + (box.height() - self.px) / 2)
        tile = QRectF(x, y, self.px, self.px)
        draw_box(painter, tile, fill="surface-sunken", edge="border")
        style = "title" if self.px >= 64 else "heading" if self.px >= 48 else "strong"
        left = x + (self.px - width_of(self.text, style)) / 2
        top = y + (self.px - line_height(style)) / 2
        draw_text(painter, left, round(top), self.text, style, self.colour)


@dataclass(frozen=True, slots=True)
class Tile:
    """The place of a product's picture, with a line icon standing for it."""

    icon: str
    px: int = 26
    side: int = 48
    wide: float = 48
    edged: bool = True
    fill: str = "surface-sunken"
    colour: str = "text-muted"

    @property
    def width(self) -> float:
        return self.wide

    @property
    def height(self) -> float:
        return self.side

    @property
    def shrinks(self) -> bool:
        return False

    def paint(self, painter: QPainter, box: QRectF) -> None:
        y = round(box.y() + (box.height() - self.side) / 2)
        x = round(box.x() + (box.width() - self.wide) / 2)
        tile = QRectF(x, y, self.wide, self.side)
        draw_box(painter, tile, fill=self.fill, edge="border" if self.edged else "", radius=4)
        left, top = x + (self.wide - self.px) / 2, y + (self.side - self.px) / 2
        draw_icon(painter, left, top, self.icon, self.px, self.colour)


@dataclass(frozen=True, slots=True)
class Spring:
    """Takes what a row leaves over, pushing what follows to the end."""

    @property
    def width(self) -> float:
        return 0

    @property
    def height(self) -> float:
        return 0

    @property
    def shrinks(self) -> bool:
        return False

    def paint(self, painter: QPainter, box: QRectF) -> None:
        """Nothing to see."""


def _slack(left_over: float, side: Side) -> float:
    """Return how much of the left-over space lies before the content."""
    return {"start": 0.0, "centre": left_over / 2, "end": left_over}[side]


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces side by side, centred on one line; texts give way when there is too little room."""

    pieces: Sequence[Piece]
    gap: float = 8
    side: Side = "start"

    @property
    def width(self) -> float:
        return sum(piece.width for piece in self.pieces) + self._gaps

    @property
    def height(self) -> float:
        return max((piece.height for piece in self.pieces), default=0)

    @property
    def shrinks(self) -> bool:
        return any(piece.shrinks for piece in self.pieces)

    @property
    def _gaps(self) -> float:
        return self.gap * max(0, len(self.pieces) - 1)

    def _widths(self, room: float) -> list[float]:
        widths = [piece.width for piece in self.pieces]
        short = self.width - room
        if short > 0:
            elastic = sum(w for w, p in zip(widths, self.pieces, strict=True) if p.shrinks)
            keep = max(0.0, elastic - short) / elastic if elastic else 1.0
            return [w * keep if p.shrinks else w for w, p in zip(widths, self.pieces, strict=True)]
        springs = sum(isinstance(piece, Spring) for piece in self.pieces)
        return [
            -short / springs if isinstance(piece, Spring) else width
            for piece, width in zip(self.pieces, widths, strict=True)
        ]

    def paint(self, painter: QPainter, box: QRectF) -> None:
        widths = self._widths(box.width())
        x = box.x() + max(0.0, _slack(box.width() - sum(widths) - self._gaps, self.side))
        for piece, width in zip(self.pieces, widths, strict=True):
            piece.paint(painter, QRectF(x, box.y(), width, box.height()))
            x += width + self.gap


@dataclass(frozen=True, slots=True)
class Column:
    """Pieces one below the other, the block centred in height."""

    pieces: Sequence[Piece]
    gap: float = 0
    side: Side = "start"

    @property
    def width(self) -> float:
        return max((piece.width for piece in self.pieces), default=0)

    @property
    def height(self) -> float:
        gaps = self.gap * max(0, len(self.pieces) - 1)
        return sum(piece.height for piece in self.pieces) + gaps

    @property
    def shrinks(self) -> bool:
        return any(piece.shrinks for piece in self.pieces)

    def paint(self, painter: QPainter, box: QRectF) -> None:
        y = box.y() + (box.height() - self.height) / 2
        for piece in self.pieces:
            width = min(box.width(), piece.width)
            x = box.x() + _slack(box.width() - width, self.side)
            piece.paint(painter, QRectF(x, y, width, piece.height))
            y += piece.height + self.gap
