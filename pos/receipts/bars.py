"""Linear and QR codes as rows of black modules."""

from __future__ import annotations

from typing import Any

import segno
import zxingcpp

from hardware.receipt_printer.document import Barcode, Qr, Symbology

_FORMATS = {
    Symbology.CODE128: zxingcpp.BarcodeFormat.Code128,
    Symbology.EAN13: zxingcpp.BarcodeFormat.EAN13,
}


def bars(barcode: Barcode) -> tuple[bool, ...]:
    """Return the modules of a linear code from left to right, True is black; no quiet zone."""
    symbol = zxingcpp.create_barcode(barcode.data, _FORMATS[barcode.symbology])
    picture: Any = symbol.to_image(scale=1)  # a buffer of bytes, which its stub does not say
    rows = memoryview(picture).tolist()
    line = bytes(rows[0]).strip(b"\xff")
    return tuple(value == 0 for value in line)


def squares(qr: Qr) -> tuple[tuple[bool, ...], ...]:
    """Return the modules of a QR code, row by row, True is black; no quiet zone."""
    code = segno.make_qr(qr.data, error=qr.error_correction.value, boost_error=False)
    return tuple(tuple(bool(module) for module in line) for line in code.matrix)
