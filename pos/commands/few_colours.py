"""Saves a picture of a screen with few colours: its fills exactly, small words nearly."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

COMMON, RARE = 64, 64  # colours kept as they are, and those that stand for all others

Colour = tuple[int, int, int]


def save_small(picture: Image.Image, file: Path) -> None:
    """Save an RGB picture as PNG at about a third of its size.

    Pillow maps to a given palette in steps of four, which would make white a grey.
    """
    counted = Counter(_pixels(picture))
    palette = [colour for colour, _ in counted.most_common(COMMON)]
    palette += _spread(picture)
    nearest = {colour: _nearest(colour, palette) for colour in counted}
    few = Image.frombytes("P", picture.size, bytes(map(nearest.__getitem__, _pixels(picture))))
    few.putpalette([part for colour in palette for part in colour])
    few.save(file, optimize=True)


def _pixels(picture: Image.Image) -> Iterator[Colour]:
    parts = iter(picture.tobytes())
    return zip(parts, parts, parts, strict=True)


def _spread(picture: Image.Image) -> list[Colour]:
    """Return colours that lie near all others, also near those of few pixels."""
    few = picture.quantize(RARE, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    parts = iter((few.getpalette() or [])[: 3 * RARE])
    return list(zip(parts, parts, parts, strict=False))


def _nearest(colour: Colour, palette: list[Colour]) -> int:
    red, green, blue = colour

    def distance(index: int) -> int:
        r, g, b = palette[index]
        return (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2

    return min(range(len(palette)), key=distance)
