"""Pictures, barcodes and QR codes out of their commands."""

from __future__ import annotations

import segno
from PIL import Image

from hardware.receipt_printer.emulator import graphics
from hardware.receipt_printer.emulator.glyphs import FONT_A, WHITE, glyph
from hardware.receipt_printer.emulator.paper import Figure
from hardware.receipt_printer.emulator.state import PrintState, QrMode
from hardware.receipt_printer.emulator.symbols import UnprintableSymbol, symbol_of

MOST_QR_BYTES = 7089
ERROR_CORRECTION = {48: "L", 49: "M", 50: "Q", 51: "H"}


def _picture_name(picture: Image.Image) -> str:
    return f"[image {picture.width}x{picture.height}]"


def column_image_figure(data: bytes, x: int) -> Figure:
    """Return the strip that ESC * puts on the line."""
    picture = graphics.columns(data[0], data[1] + 256 * data[2], data[3:])
    return Figure(x, picture, _picture_name(picture))


def raster_figure(data: bytes) -> Figure:
    """Return the picture of GS v 0, whose bits 0 and 1 double it across and down."""
    mode, width, height = data[0], data[1] + 256 * data[2], data[3] + 256 * data[4]
    across, down = (2 if mode & 1 else 1), (2 if mode & 2 else 1)
    picture = graphics.raster(width, height, data[5:], across, down)
    return Figure(0, picture, _picture_name(picture))


def graphics_figure(data: bytes, is_long: bool, state: PrintState) -> tuple[Figure | None, bool]:
    """Carry out GS ( L or GS 8 L: store a picture (function 112) or print it (2 and 50).

    Returns:
        What to print now, if anything, and whether the function is known.
    """
    body = data[4:] if is_long else data[2:]
    function = body[1]
    if function == 112:
        across, down = body[3], body[4]
        width, height = body[6] + 256 * body[7], body[8] + 256 * body[9]
        picture = graphics.raster((width + 7) // 8, height, body[10:], across, down)
        state.stored_picture = picture.crop((0, 0, width * across, height * down))
        return None, True
    if function in (2, 50):
        stored, state.stored_picture = state.stored_picture, None
        return (None if stored is None else Figure(0, stored, _picture_name(stored))), True
    return None, False


def barcode_figure(data: bytes, state: PrintState) -> Figure | None:
    """Return the barcode of GS k with its text; None if the data cannot be printed."""
    kind, body = data[0], data[1:]
    if kind < 65:  # function A: ends with NUL
        kind, body = kind + 65, body.rstrip(b"\0")
    else:
        body = body[1:]
    try:
        symbol = symbol_of(kind, body)
    except UnprintableSymbol:
        return None
    bars = graphics.modules([symbol.modules], state.barcode.module, state.barcode.height)
    if bars.width > state.width:
        return None
    picture = _with_text(bars, symbol.text, state.barcode.text_position)
    return Figure(0, picture, f"[{symbol.name} {symbol.text}]")


def _with_text(bars: Image.Image, text: str, position: int) -> Image.Image:
    if not position or not text.isprintable():
        return bars
    above, below = bool(position & 1), bool(position & 2)
    width = max(bars.width, len(text) * FONT_A.width)
    height = bars.height + FONT_A.height * (above + below)
    picture = Image.new("L", (width, height), WHITE)
    picture.paste(bars, ((width - bars.width) // 2, FONT_A.height if above else 0))
    left = (width - len(text) * FONT_A.width) // 2
    for top in [0] * above + [height - FONT_A.height] * below:
        for index, char in enumerate(text):
            cell = glyph(char, FONT_A, 1, 1, is_bold=False, is_reversed=False)
            picture.paste(cell, (left + index * FONT_A.width, top))
    return picture


def qr_figure(data: bytes, mode: QrMode) -> tuple[Figure | None, bool]:
    """Carry out one function of GS ( k for QR codes (cn 49).

    Returns:
        What to print now, if anything, and whether the function is known.
    """
    symbol_kind, function, body = data[2], data[3], data[4:]
    if symbol_kind != 49:
        return None, False
    if function == 65:
        mode.model = body[0] - 48
    elif function == 67:
        mode.module = body[0]
    elif function == 69:
        mode.error_correction = ERROR_CORRECTION.get(body[0], "L")
    elif function == 80:
        mode.data = body[1 : MOST_QR_BYTES + 1]
    elif function == 81:
        return _qr(mode), True
    else:
        return None, False
    return None, True


def _qr(mode: QrMode) -> Figure | None:
    if not mode.data:
        return None
    text = _text_in(mode.data)
    code = segno.make_qr(
        text if text.isascii() else mode.data, error=mode.error_correction, boost_error=False
    )
    rows = ["".join("1" if module else "0" for module in row) for row in code.matrix]
    return Figure(0, graphics.modules(rows, mode.module), f"[QR {text}]")


def _text_in(data: bytes) -> str:
    """Read QR bytes as scanners do: UTF-8 if they are that, ISO 8859-1 otherwise."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")
