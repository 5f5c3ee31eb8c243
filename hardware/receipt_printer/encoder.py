"""The one place that knows python-escpos: a document becomes ESC/POS bytes.

Source: python-escpos 3.1, whose bytes are those of Epson's ESC/POS Command
Reference; commands written out here name themselves. The library is imported at
the first job only (a quarter of a second), and its `Dummy` printer merely
collects bytes: the line to the printer is ours.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hardware.receipt_printer.document import (
    NORMAL,
    Align,
    Barcode,
    Block,
    Cut,
    Document,
    ErrorCorrection,
    Feed,
    Image,
    Qr,
    Rule,
    Symbology,
    Table,
    Text,
)
from hardware.receipt_printer.layout import Line, text_lines
from hardware.receipt_printer.library import escpos_printer
from hardware.receipt_printer.profile import PrinterProfile
from hardware.receipt_printer.transliterate import printable

RESET = b"\x1b@"
FEED_AND_CUT_PARTLY = b"\x1dV\x42\x00"
LINES_TO_TEAR_BAR = 5
LIBRARY_PROFILE = "default"  # has all code pages that `CodePage` names
CODE_SET_B = "{B"


def encode(document: Document, profile: PrinterProfile) -> bytes:
    """Return the bytes that print `document`.

    Every job begins with a reset and the profile's code page; characters
    outside it are replaced by the nearest ones, before lines are laid out. On a
    narrower printer than the document is meant for, lines are laid out for the
    printer.
    """
    columns = min(document.columns, profile.columns)
    job = escpos_printer().Dummy(profile=LIBRARY_PROFILE)
    job._raw(RESET)
    job.charcode(profile.code_page.name)
    for block in document.blocks:
        _put(job, _readable(block, profile.code_page.codec), columns, profile)
    return bytes(job.output)


def warm_up() -> None:
    """Load python-escpos now, in a worker thread, so that the first receipt need not wait."""
    escpos_printer()


def _readable(block: Block, codec: str) -> Block:
    match block:
        case Text():
            return replace(block, text=printable(block.text, codec))
        case Table():
            rows = tuple(tuple(printable(cell, codec) for cell in row) for row in block.rows)
            return replace(block, rows=rows)
        case Rule():
            return replace(block, fill=printable(block.fill, codec))
        case _:
            return block


def _put(job: Any, block: Block, columns: int, profile: PrinterProfile) -> None:
    match block:
        case Text() | Table() | Rule() | Feed():
            for line in text_lines(block, columns):
                _put_line(job, line)
        case Image():
            _put_image(job, block)
        case Barcode():
            _put_barcode(job, block)
        case Qr():
            job.set(align=block.align.value)
            job.qr(block.data, ec=_LEVELS[block.error_correction], size=block.module, native=True)
        case Cut():
            job._raw(FEED_AND_CUT_PARTLY if profile.has_cutter else b"\n" * LINES_TO_TEAR_BAR)


_LEVELS = {level: number for number, level in enumerate(ErrorCorrection)}


def _put_line(job: Any, line: Line) -> None:
    style = line.style
    job.set(
        align=line.align.value,
        bold=style.bold,
        custom_size=True,
        width=2 if style.double_width else 1,
        height=2 if style.double_height else 1,
    )
    job.textln(line.text)
    if style != NORMAL or line.align is not Align.LEFT:
        job.set(align="left", bold=False, custom_size=True, width=1, height=1)


def _put_image(job: Any, image: Image) -> None:
    """GS v 0 m xL xH yL yH: raster bit image."""
    job.set(align=image.align.value)
    width = (image.width // 8).to_bytes(2, "little")
    job._raw(b"\x1dv0\x00" + width + image.height.to_bytes(2, "little") + image.bits)


def _put_barcode(job: Any, barcode: Barcode) -> None:
    job.set(align=barcode.align.value)
    is_ean = barcode.symbology is Symbology.EAN13
    job._hw_barcode(  # `barcode` itself writes to standard output
        barcode.data if is_ean else CODE_SET_B + barcode.data.replace("{", "{{"),
        barcode.symbology.value,
        height=barcode.height,
        width=barcode.module,
        pos="BELOW",
        align_ct=False,
        function_type="B",
    )
