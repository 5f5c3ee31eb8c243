"""The camera as the till sees it, and what is found in its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from PIL import Image

Point = tuple[int, int]
MATRIX_FORMATS = frozenset({"QR Code", "GS1 QR Code", "Data Matrix", "GS1 DataMatrix"})


@dataclass(frozen=True, slots=True)
class FoundCode:
    """A code in a picture.

    Attributes:
        text: Plain content; EAN/UPC with all digits (UPC-A as the EAN-13 that it is, with a
            leading 0, UPC-E expanded), GS1 element strings with 0x1D between fields.
        format: ``EAN-13``, ``EAN-8``, ``UPC-E``, ``Code 128``, ``GS1-128``, ``GS1 DataBar``
            or one of `MATRIX_FORMATS`.
        aim_id: AIM symbology identifier (ISO/IEC 15424) when known.
        decoders: Names of the decoders that saw it.
        polygon: Corners in pixels of the picture, clockwise or not, for an outline.
    """

    text: str
    format: str
    aim_id: str | None
    decoders: tuple[str, ...]
    polygon: tuple[Point, ...]

    @property
    def is_linear(self) -> bool:
        """True for bars: a misread is possible, as they carry one check digit at most."""
        return self.format not in MATRIX_FORMATS


@dataclass(frozen=True, slots=True)
class Frame:
    """One picture of a camera.

    Attributes:
        width: In pixels.
        height: In pixels.
        bgr: Pixels row by row, three bytes each (blue, green, red), no padding.
        grey: The same picture in 8-bit grey, for the decoders.
    """

    width: int
    height: int
    bgr: bytes
    grey: Image.Image


class Camera(Protocol):
    """A source of frames. Used by one thread at a time."""

    def open(self) -> None:
        """Take hold of the camera; harmless when open.

        Raises:
            DeviceUnreachable: There is no such camera, or it was unplugged.
            DeviceBusy: Another program holds it.
            DeviceNotConfigured: The camera extra is not installed.
        """

    def read(self) -> Frame | None:
        """Return the next frame, or None at the end of a film.

        Raises:
            DeviceUnreachable: The camera went away.
        """

    def close(self) -> None:
        """Let the camera go; harmless when closed."""
