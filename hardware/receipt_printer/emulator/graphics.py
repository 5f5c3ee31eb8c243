"""Pictures out of the bytes of the image commands."""

from __future__ import annotations

from PIL import Image

from hardware.receipt_printer.emulator.glyphs import BLACK, WHITE


def raster(width_bytes: int, height: int, data: bytes, across: int, down: int) -> Image.Image:
    """Return the picture of GS v 0 and GS ( L: rows from the top, a set bit is black."""
    wanted = width_bytes * height
    bits = Image.frombytes("1", (width_bytes * 8, height), data[:wanted].ljust(wanted, b"\0"))
    picture = bits.convert("L").point(lambda level: BLACK if level else WHITE)
    if (across, down) == (1, 1):
        return picture
    return picture.resize((picture.width * across, height * down), Image.Resampling.NEAREST)


def columns(mode: int, width: int, data: bytes) -> Image.Image:
    """Return the picture of ESC *: columns from the left, 8 or 24 dots high.

    Source: ESC/POS Command Reference, "ESC *": m 0 and 1 are 8 dots high, each
    printed as three; m 0 and 32 are single density, each column printed twice.
    """
    bytes_per_column = 3 if mode in (32, 33) else 1
    height = 8 * bytes_per_column
    picture = Image.new("L", (width, height), WHITE)
    for x in range(width):
        column = data[x * bytes_per_column : (x + 1) * bytes_per_column]
        bits = int.from_bytes(column, "big")
        for y in range(height):
            if bits >> (height - 1 - y) & 1:
                picture.putpixel((x, y), BLACK)
    across, down = (2 if mode in (0, 32) else 1), 24 // height
    return picture.resize((width * across, height * down), Image.Resampling.NEAREST)


def modules(rows: list[str], dots: int, height: int | None = None) -> Image.Image:
    """Return a code drawn from rows of 0 and 1, each module `dots` wide (and high)."""
    picture = Image.new("L", (len(rows[0]), len(rows)), WHITE)
    picture.putdata([BLACK if module == "1" else WHITE for row in rows for module in row])
    down = height or dots * len(rows)
    return picture.resize((picture.width * dots, down), Image.Resampling.NEAREST)
