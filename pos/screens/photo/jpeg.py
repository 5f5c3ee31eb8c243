"""Pictures to JPEG and back, by Qt: frames are its images, and it may work in any thread."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QImage

from pos.domain.return_photo import LONGEST_PX, MOST_BYTES

_SIDES = (LONGEST_PX, LONGEST_PX * 3 // 4, LONGEST_PX // 2)
_QUALITIES = (85, 75, 60, 45)


class NoPicture(ValueError):
    """There is nothing of which a photo could be made."""


def jpeg_of(image: object) -> bytes:
    """Return a QImage as JPEG, as large and as good as `MOST_BYTES` allows, with nothing beside.

    Raises:
        NoPicture: It is no image, or cannot be written as JPEG.
    """
    if not isinstance(image, QImage) or image.isNull():
        raise NoPicture("no image")
    written = b""
    for side in _SIDES:
        smaller = _fitted(image, side)
        for quality in _QUALITIES:
            written = _written(smaller, quality)
            if len(written) <= MOST_BYTES:
                return written
    return written


def image_of(jpeg: bytes | None) -> QImage:
    """Return the image of a JPEG, a null one where there is none."""
    return QImage() if jpeg is None else QImage.fromData(jpeg)


def _fitted(image: QImage, side: int) -> QImage:
    if max(image.width(), image.height()) <= side:
        return image
    keeps, smooth = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    return image.scaled(side, side, keeps, smooth)


def _written(image: QImage, quality: int) -> bytes:
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "JPEG", quality):  # type: ignore[call-overload]
        raise NoPicture("cannot be written as JPEG")
    return bytes(data.data())
