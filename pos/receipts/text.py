"""A document as plain text, for e-mail."""

from __future__ import annotations

from dataclasses import replace

from hardware.receipt_printer.document import (
    NORMAL,
    Align,
    Barcode,
    Block,
    Document,
    Image,
    Qr,
    Table,
    Text,
)
from hardware.receipt_printer.layout import plain_text


def as_text(document: Document) -> str:
    """Return the document as lines of at most its columns.

    Everything is of one size, as letters in a mail are; pictures are left out and codes
    are written, each once.
    """
    blocks: list[Block] = []
    for block in document.blocks:
        mail = _for_mail(block)
        if mail is not None and not (isinstance(block, Qr) and mail in blocks):
            blocks.append(mail)
    return plain_text(Document(tuple(blocks), document.columns)).strip("\n") + "\n"


def _for_mail(block: Block) -> Block | None:
    match block:
        case Text() | Table():
            return replace(block, style=NORMAL)
        case Barcode() | Qr():
            return Text(block.data, Align.CENTER)
        case Image():
            return None
        case _:
            return block
