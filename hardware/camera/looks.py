"""Ways to look at a picture again: larger, or turned by a few degrees."""

from __future__ import annotations

import math
from dataclasses import dataclass

from PIL import Image

from hardware.camera.port import Point

MAX_PIXELS = 8_000_000  # beyond this a larger copy costs seconds and shows nothing more
SAME_SIZE = 0.05


@dataclass(frozen=True, slots=True)
class Look:
    """A copy of a picture, and the way back from its pixels to the picture's."""

    name: str
    image: Image.Image
    scale: float
    turned_deg: float
    size: tuple[int, int]

    def to_picture(self, x: float, y: float) -> Point:
        """Return the pixel of the picture that the copy shows at (x, y)."""
        angle = -math.radians(self.turned_deg)
        across = x - self.image.width / 2
        down = y - self.image.height / 2
        back_x = math.cos(angle) * across + math.sin(angle) * down
        back_y = -math.sin(angle) * across + math.cos(angle) * down
        width, height = self.size
        return (
            round(back_x / self.scale + width / 2),
            round(back_y / self.scale + height / 2),
        )


def plain(image: Image.Image) -> Look:
    """Return the picture as it is."""
    return Look("plain", image, 1.0, 0.0, image.size)


def scaled(image: Image.Image, factor: float) -> Look:
    """Return the picture `factor` times as large, or less when that would be too large.

    A picture too large to grow is shrunk to three quarters, so that the look differs.
    """
    fitting = min(factor, math.sqrt(MAX_PIXELS / (image.width * image.height)))
    if fitting < 1 + SAME_SIZE:
        fitting = min(fitting, 0.75)
    size = (max(1, round(image.width * fitting)), max(1, round(image.height * fitting)))
    larger = image.resize(size, Image.Resampling.BICUBIC)
    return Look(f"x{factor:g}", larger, fitting, 0.0, image.size)


def turned(image: Image.Image, degrees: float) -> Look:
    """Return the picture turned counter-clockwise, its corners filled with its middle grey."""
    copy = image.rotate(
        degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=_middle_grey(image)
    )
    return Look(f"turned {degrees:g}", copy, 1.0, degrees, image.size)


def _middle_grey(image: Image.Image) -> int:
    greys = sorted(image.resize((16, 16)).tobytes())
    return greys[len(greys) // 2]
