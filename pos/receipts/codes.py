"""Codes on paper: as large as the paper takes, and no larger."""

from __future__ import annotations

import segno

from hardware.receipt_printer.document import (
    Align,
    Barcode,
    Block,
    ErrorCorrection,
    Feed,
    Qr,
    Symbology,
    Text,
)

DOTS_PER_COLUMN = 12  # font A is 12 dots wide
BARCODE_MODULE = 2  # dots; a quarter of a millimetre at 203 dots per inch
CODE_128_MODULES_PER_CHARACTER = 11
CODE_128_FRAME_MODULES = 35  # start, check and stop characters
FISCAL_QR_MIN_DOTS, FISCAL_QR_MAX_DOTS = 240, 320  # 30 to 40 mm at 8 dots per mm


def find_me(code: str, columns: int) -> list[Block]:
    """Return a barcode and a QR code of the same text; the QR alone when bars do not fit."""
    bars: list[Block] = []
    if code_128_dots(code) <= columns * DOTS_PER_COLUMN:
        bars = [Barcode(Symbology.CODE128, code, height=64, module=BARCODE_MODULE), Feed()]
    return [*bars, Qr(code)]


def code_128_dots(code: str) -> int:
    """Return how wide `code` prints in code set B, without quiet zones."""
    modules = CODE_128_FRAME_MODULES + CODE_128_MODULES_PER_CHARACTER * len(code)
    return modules * BARCODE_MODULE


def fiscal_qr(data: str, caption: str) -> list[Block]:
    """Return the tax office's QR with its caption above.

    Source:
        Spain, Orden HAC/1177/2024: level M, 30 to 40 mm wide, caption above, before any
        other QR of the document, white around it (a blank line is 3 mm).
    """
    above: list[Block] = [Text(caption, Align.CENTER)] if caption else []
    qr = Qr(data, ErrorCorrection.M, module=_fiscal_module(data))
    return [Feed(), *above, Feed(), qr]


def _fiscal_module(data: str) -> int:
    modules = len(segno.make_qr(data, error="m", boost_error=False).matrix)
    return max(1, min(16, FISCAL_QR_MAX_DOTS // modules))
