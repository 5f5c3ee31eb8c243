"""The faces of a key: where icon, word, second row and key cap lie on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from pos.widgets.paint import wrapped
from pos.widgets.pieces import Cap, Column, Icon, Initials, Piece, Row, Side, Spring, Tile, Word


class Face(Enum):
    """How the things on a key are arranged."""

    CENTRE = auto()  # icon, word, key cap in the middle; second row below the word
    ACT = auto()  # icon top left, key cap top right, word below: function keys
    BIG = auto()  # large word and key cap, amount or reason below: closing keys
    TENDER = auto()  # icon left, word and second row, key cap right
    DIGIT = auto()  # one large sign
    STAFF = auto()  # initials left, name and two rows
    STACK = auto()  # icon or initials above, word, second row, key cap
    TILE = auto()  # picture band above, word, second row: quick keys


@dataclass(frozen=True, slots=True)
class Content:
    """What is written on a key."""

    word: str = ""
    icon: str = ""
    cap: str = ""
    second: str = ""
    third: str = ""
    amount: str = ""
    initials: str = ""
    style: str = ""
    icon_px: int = 0
    band: str = "surface-sunken"


@dataclass(frozen=True, slots=True)
class Ink:
    """The colour tokens a key is written with in its state."""

    word: str
    small: str
    cap_text: str
    cap_fill: str
    cap_edge: str

    def cap(self, text: str) -> list[Piece]:
        return [Cap(text, self.cap_text, self.cap_fill, self.cap_edge)] if text else []


def _small(content: Content, ink: Ink, side: Side = "start") -> list[Piece]:
    rows = (content.second, content.third)
    return [Word(row, "meta", ink.small, side=side) for row in rows if row]


def _icon(content: Content, ink: Ink, px: int) -> list[Piece]:
    return [Icon(content.icon, content.icon_px or px, ink.word)] if content.icon else []


def _initials(content: Content, ink: Ink, px: int) -> list[Piece]:
    return [Initials(content.initials, px, ink.word)] if content.initials else []


def centre(content: Content, ink: Ink, width: float) -> Piece:
    """Return the face of an ordinary key; a cap that has no room beside the word goes below."""
    style = content.style or "strong"
    word = [Word(content.word, style, ink.word, 20 if style == "strong" else 0)]
    words: list[Piece] = [*(word if content.word else []), *_small(content, ink)]
    middle: list[Piece] = [Column(words, side="centre")] if words else []
    pieces, cap = [*_icon(content, ink, 20), *middle], ink.cap(content.cap)
    row = Row([*pieces, *cap], 8, "centre")
    if cap and middle and row.width > width:
        return Column([Row(pieces, 8, "centre"), *cap], 2, "centre")
    return row


def tender(content: Content, ink: Ink, width: float) -> Piece:
    """Return the face of a way to pay; a cap that would cut the word short is left out."""
    words = Column([Word(content.word, "strong", ink.word, 20), *_small(content, ink)])
    row = Row([*_icon(content, ink, 26), words, Spring(), *ink.cap(content.cap)], 8)
    if content.cap and row.width > width:
        return Row([*_icon(content, ink, 26), words], 8)
    return row


def digit(content: Content, ink: Ink, _width: float) -> Piece:
    """Return the face of a digit."""
    style = content.style or "digit"
    return Row([Word(content.word, style, ink.word)], 0, "centre")


def big(content: Content, ink: Ink, width: float) -> Piece:
    """Return the face of a closing key; a long word or second row takes two lines."""
    style = content.style or "pay"
    room = width - sum(cap.width + 8 for cap in ink.cap(content.cap))
    lines = wrapped(content.word, style, int(room))
    words: list[Piece] = [Row([Word(line, style, ink.word)], 8, "centre") for line in lines[:-1]]
    words.append(Row([Word(lines[-1], style, ink.word), *ink.cap(content.cap)], 8, "centre"))
    if content.amount:
        words.append(Word(content.amount, "amount", ink.word, side="centre", keeps=True))
    small = ink.small if content.style != "heading" else ink.word
    rows = wrapped(content.second, "meta", int(width)) if content.second else ()
    words += [Word(row, "meta", small, side="centre") for row in rows]
    return Column(words, 2, "centre")


def staff(content: Content, ink: Ink, _width: float) -> Piece:
    """Return the face of a person's tile."""
    words = Column([Word(content.word, "heading", ink.word, 24), *_small(content, ink)])
    return Row([*_initials(content, ink, 56), words], 14)


def stack(content: Content, ink: Ink, width: float) -> Piece:
    """Return a face with everything below each other."""
    head = _initials(content, ink, 40) or _icon(content, ink, 28)
    style = content.style or "strong"
    lines = wrapped(content.word, style, int(width))
    words = [Word(line, style, ink.word, 20 if style == "strong" else 0) for line in lines]
    gap = 2 if content.second else 6
    return Column([*head, *words, *_small(content, ink), *ink.cap(content.cap)], gap, "centre")


def tile(content: Content, ink: Ink, width: float) -> Piece:
    """Return the face of a quick key; its name has two lines, so that pictures line up."""
    band = Tile(content.icon or "image", 26, 34, width, edged=False, fill=content.band)
    first, *rest = wrapped(content.word, "strong", int(width))
    lines = [Word(first, "strong", ink.word, 18 if rest else 36, side="centre")]
    if rest:
        lines.append(Word(" ".join(rest), "strong", ink.word, 18, side="centre"))
    return Column([band, Column(lines, 0, "centre"), *_small(content, ink)], 4, "centre")


def paint_act(painter: QPainter, box: QRectF, content: Content, ink: Ink) -> None:
    """Paint a function key: its two rows keep to the upper and the lower edge."""
    small, large = box.height() < 64, box.height() >= 80
    across, down = (15, 13) if large else (11, 8) if small else (11, 9)
    inner = box.adjusted(across, down, -across, -down)
    icon = _icon(content, ink, 18 if small else 22)
    top = Row([*icon, Spring(), *ink.cap(content.cap)], 0)
    top.paint(painter, QRectF(inner.x(), inner.y(), inner.width(), max(20, top.height)))
    word = Word(content.word, "strong", ink.word, 20)
    word.paint(painter, QRectF(inner.x(), inner.bottom() - 20, inner.width(), 20))


FACES: dict[Face, Callable[[Content, Ink, float], Piece]] = {
    Face.CENTRE: centre,
    Face.BIG: big,
    Face.TENDER: tender,
    Face.DIGIT: digit,
    Face.STAFF: staff,
    Face.STACK: stack,
    Face.TILE: tile,
}
PADDING = {Face.STAFF: 17, Face.TILE: 7, Face.STACK: 7, Face.DIGIT: 1}
HEIGHT = {
    Face.CENTRE: 56,
    Face.ACT: 64,
    Face.BIG: 88,
    Face.TENDER: 72,
    Face.DIGIT: 64,
    Face.STAFF: 124,
    Face.STACK: 96,
    Face.TILE: 120,
}
