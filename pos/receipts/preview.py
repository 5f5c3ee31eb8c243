"""A document as a picture for the screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from hardware.receipt_printer.document import Document
from pos.receipts.painter import DOTS_PER_MM, strips, width_of

MARGIN = 4.0 * DOTS_PER_MM


def as_image(document: Document, width: int, device_pixel_ratio: float = 1.0) -> QImage:
    """Return the document on white paper; a QGuiApplication must exist.

    Args:
        document: What to draw.
        width: Of the picture, in device-independent pixels; the height follows.
        device_pixel_ratio: Physical pixels per device-independent pixel.
    """
    parts = strips(document)
    scale = width * device_pixel_ratio / (width_of(document) + 2 * MARGIN)
    height = sum(part.height for part in parts) + 2 * MARGIN
    image = QImage(
        round(width * device_pixel_ratio), round(height * scale), QImage.Format.Format_RGB32
    )
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
    painter.scale(scale, scale)
    painter.translate(MARGIN, 0)
    y = MARGIN
    for part in parts:
        part.draw(painter, y)
        y += part.height
    painter.end()
    image.setDevicePixelRatio(device_pixel_ratio)
    return image
