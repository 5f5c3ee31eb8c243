"""Characters drawn into the cells of a thermal print head."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT_FILE = Path(__file__).with_name("fonts") / "JetBrainsMono-Regular.ttf"
BLACK, WHITE = 0, 255


class Face:
    """A fixed-pitch font of the printer.

    Attributes:
        width: Dots of one cell.
        height: Dots of one cell.
        size: Pixels at which the typeface advances by exactly `width`.
        baseline: Dots from the top of the cell.
    """

    def __init__(self, width: int, height: int, size: int, baseline: int) -> None:
        self.width = width
        self.height = height
        self.size = size
        self.baseline = baseline


FONT_A = Face(12, 24, 20, 20)
FONT_B = Face(9, 17, 15, 14)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT_FILE, size)


@cache
def glyph(
    char: str, face: Face, columns: int, rows: int, is_bold: bool, is_reversed: bool
) -> Image.Image:
    """Return `char` in its cell, enlarged `columns` times across and `rows` times down.

    Bold is struck twice, one dot apart, as a print head does it.
    """
    scale = max(columns, rows)
    cell = Image.new("L", (face.width * scale, face.height * scale), WHITE)
    ImageDraw.Draw(cell).text(
        (0, face.baseline * scale), char, font=_font(face.size * scale), fill=BLACK, anchor="ls"
    )
    wanted = (face.width * columns, face.height * rows)
    if cell.size != wanted:
        cell = cell.resize(wanted, Image.Resampling.LANCZOS)
    if is_bold:
        shifted = Image.new("L", wanted, WHITE)
        shifted.paste(cell, (1, 0))
        cell = ImageChops.darker(cell, shifted)
    return ImageChops.invert(cell) if is_reversed else cell
