"""The few strokes every widget is painted with: boxes, rings, lines of text, icons."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QStaticText

from pos.theme import icons
from pos.theme.fonts import font, line_height
from pos.theme.theme import current
from pos.theme.tokens import tokens

# A number stays with its unit, and a size with its other side: 10 %, 1 l, 45 × 45.
_TOGETHER = re.compile(r"(?<=\d) (?=[%€×]|(?:[kmc]?[glm]|uds?)\b)|(?<=×) (?=\d)")


@lru_cache(maxsize=64)
def _baseline(style: str) -> float:
    """Distance in pixels from the top of a line to the baseline of its text."""
    metrics = QFontMetricsF(font(style))
    ascent, descent = round(metrics.ascent()), round(metrics.descent())
    return (line_height(style) - ascent - descent) // 2 + ascent


@lru_cache(maxsize=4096)
def width_of(text: str, style: str) -> float:
    """Return the width in pixels of a text in a type token."""
    return QFontMetricsF(font(style)).horizontalAdvance(text)


@lru_cache(maxsize=2048)
def elided(text: str, style: str, width: int) -> str:
    """Return the text, cut at the right with an ellipsis if it is wider than `width` pixels."""
    if width_of(text, style) <= width + 0.5:
        return text
    return QFontMetricsF(font(style)).elidedText(text, Qt.TextElideMode.ElideRight, width)


@lru_cache(maxsize=512)
def wrapped(text: str, style: str, width: int) -> tuple[str, ...]:
    """Return the text broken at spaces into lines no wider than `width` pixels if possible."""
    lines: list[str] = []
    for paragraph in _TOGETHER.sub("\N{NO-BREAK SPACE}", text).split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, style) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return tuple(lines)


@lru_cache(maxsize=64)
def _struck(style: str) -> QFont:
    result = QFont(font(style))
    result.setStrikeOut(True)
    return result


@lru_cache(maxsize=64)
def _ascent(style: str) -> float:
    return QFontMetricsF(font(style)).ascent()


@lru_cache(maxsize=2048)
def _shaped(text: str, style: str) -> QStaticText:
    """Return a text whose glyphs are laid out once, however often it is painted."""
    shaped = QStaticText(text)
    shaped.setTextFormat(Qt.TextFormat.PlainText)
    shaped.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    shaped.prepare(font=font(style))
    return shaped


def draw_text(
    painter: QPainter,
    x: float,
    y: float,
    text: str,
    style: str,
    colour: str,
    *,
    struck: bool = False,
) -> None:
    """Draw one line whose line box starts at (x, y), in a type and a colour token."""
    if not text:
        return
    face = _struck(style) if struck else font(style)
    painter.setFont(face)
    painter.setPen(current().color(colour))
    if struck:  # QStaticText draws the stroke beside the text
        painter.drawText(QPointF(x, y + _baseline(style)), text)
        return
    top = y + _baseline(style) - _ascent(style)
    painter.drawStaticText(QPointF(x, top), _shaped(text, style))


def draw_icon(
    painter: QPainter, x: float, y: float, name: str, px: int, colour: str, stroke: float = 2.0
) -> None:
    """Draw an icon of `px` pixels with its top left corner at (x, y)."""
    ratio = painter.device().devicePixelRatioF()
    image = icons.image(name, px, current().hex(colour), ratio, stroke)
    painter.drawImage(QPointF(round(x), round(y)), image)


def draw_box(
    painter: QPainter,
    box: QRectF,
    *,
    fill: str = "",
    edge: str = "",
    px: int = 1,
    radius: float = -1,
) -> None:
    """Fill a rounded box and draw its edge inside it; `radius` is that of the outer corner."""
    outer = tokens().radius["m"] if radius < 0 else radius
    inset = px / 2 if edge else 0
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(current().color(edge), px) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(current().color(fill) if fill else Qt.BrushStyle.NoBrush)
    inner = max(0.0, outer - inset)
    painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), inner, inner)


def draw_ring(painter: QPainter, box: QRectF, *, on_solid: bool) -> None:
    """Draw the focus ring inside a box, in the opposite tone on a filled key."""
    px = tokens().border["focus"]
    radius = tokens().radius["m"]
    if on_solid:
        inner = box.adjusted(px, px, -px, -px)
        draw_box(painter, inner, edge="focus-on-solid", px=px, radius=radius - px)
    else:
        draw_box(painter, box, edge="focus", px=px, radius=radius)


def corner_path(box: QRectF, radius: float, *, top: bool, bottom: bool) -> QPainterPath:
    """Return a box whose upper or lower two corners are rounded."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    path.addRoundedRect(box, radius, radius)
    half = box.height() / 2
    if not top:
        path.addRect(box.adjusted(0, 0, 0, -half))
    if not bottom:
        path.addRect(box.adjusted(0, half, 0, 0))
    return path


def fill_rect(painter: QPainter, x: float, y: float, w: float, h: float, colour: str) -> None:
    """Fill a plain rectangle with a colour token."""
    painter.fillRect(QRectF(x, y, w, h), current().color(colour))
