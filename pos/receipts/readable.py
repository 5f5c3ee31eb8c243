"""Names and notes as they may stand on paper: nothing unseen, each on its own line."""

from __future__ import annotations

import unicodedata
from dataclasses import replace

from hardware.receipt_printer.document import Block, Document, Table, Text

_DROPPED = ("Cf", "Cs", "Cn", "Co")  # direction marks would turn round the amount beside them
_REPLACED = ("Cc", "Zl", "Zp")


def readable(document: Document) -> Document:
    """Return a document whose texts command no device and upset no line."""
    return replace(document, blocks=tuple(map(_readable, document.blocks)))


def _readable(block: Block) -> Block:
    match block:
        case Text():
            return replace(block, text=visible(block.text))
        case Table():
            rows = tuple(tuple(map(visible, cells)) for cells in block.rows)
            return replace(block, rows=rows)
        case _:
            return block


def visible(text: str) -> str:
    """Return a text without what would command a device or turn round what stands beside it."""
    return text if text.isprintable() else "".join(map(_seen, text))


def _seen(char: str) -> str:
    category = unicodedata.category(char)
    if category in _DROPPED:
        return ""
    return " " if category in _REPLACED else char
