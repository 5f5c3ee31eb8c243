"""Single-colour line icons, drawn in any colour and size, and remembered."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from pos.theme.paths import RESOURCES

ICONS = RESOURCES / "icons"


@cache
def names() -> frozenset[str]:
    """Return the icons that exist."""
    return frozenset(file.stem for file in ICONS.glob("*.svg"))


@cache
def _source(name: str) -> str:
    return (ICONS / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def image(name: str, px: int, colour: str, ratio: float = 1.0, stroke: float = 2.0) -> QImage:
    """Return an icon as an image of `px` logical pixels.

    An image, not a pixmap, so that it may outlive the application object.

    Args:
        name: File name in resources/icons without `.svg`.
        px: Width and height in logical pixels.
        colour: `#RRGGBB`.
        ratio: Device pixels per logical pixel.
        stroke: Width of the line on the 24-px grid.

    Raises:
        FileNotFoundError: no such icon.
    """
    svg = _source(name).replace("currentColor", colour)
    svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke:g}"', 1)
    side = max(1, round(px * ratio))
    result = QImage(side, side, QImage.Format.Format_ARGB32_Premultiplied)
    result.fill(0)
    painter = QPainter(result)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(0, 0, side, side))
    painter.end()
    result.setDevicePixelRatio(ratio)
    return result


def pixmap(name: str, px: int, colour: str, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a pixmap of `px` logical pixels."""
    return QPixmap.fromImage(image(name, px, colour, ratio))


def icon(name: str, px: int, colour: str, ratio: float = 1.0) -> QIcon:
    """Return an icon for the parts of Qt that ask for a QIcon."""
    return QIcon(pixmap(name, px, colour, ratio))
