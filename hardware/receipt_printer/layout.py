"""Blocks of text as lines that fit the paper."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace

from hardware.receipt_printer.document import (
    NORMAL,
    Align,
    Barcode,
    Block,
    Column,
    Document,
    Feed,
    Image,
    Qr,
    Rule,
    Style,
    Table,
    Text,
)

GAP = 1  # columns between two columns of a table


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: at most the columns that its style leaves."""

    text: str
    align: Align = Align.LEFT
    style: Style = NORMAL


def columns_in(style: Style, columns: int) -> int:
    """Return how many characters of `style` stand side by side."""
    return columns // 2 if style.double_width else columns


def display_width(text: str) -> int:
    """Return the cells `text` takes: none for combining marks, two for wide characters."""
    return sum(_cells(char) for char in text)


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def wrap(text: str, width: int) -> list[str]:
    """Break `text` between words into lines of at most `width` cells.

    A word longer than a line is broken where the line ends; spaces at a break
    are dropped, others are kept. The empty text is one empty line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrap_paragraph(paragraph, max(1, width))
    return lines


def _wrap_paragraph(text: str, width: int) -> list[str]:
    lines: list[str] = []
    rest = text.rstrip()
    while display_width(rest) > width:
        end = _prefix_length(rest, width)
        space = rest.rfind(" ", 0, end + 1)
        if space > 0 and rest[:space].strip():
            end = space
        lines.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*lines, rest]


def _prefix_length(text: str, width: int) -> int:
    used = 0
    for index, char in enumerate(text):
        used += _cells(char)
        if used > width:
            return max(1, index)
    return len(text)


def pad(text: str, width: int, align: Align) -> str:
    """Return `text` filled with spaces to `width` cells; a longer text is returned as it is."""
    missing = max(0, width - display_width(text))
    if align is Align.RIGHT:
        return " " * missing + text
    if align is Align.CENTER:
        return " " * (missing // 2) + text + " " * (missing - missing // 2)
    return text + " " * missing


def fit(text: str, width: int) -> str:
    """Return `text` cut to `width` cells, the cut shown by a full stop."""
    if display_width(text) <= width:
        return text
    return text[: _prefix_length(text, max(1, width - 1))].rstrip() + "."


def table_lines(table: Table, columns: int) -> list[Line]:
    """Lay out a table in `columns` columns of normal text.

    Texts of left columns wrap in their own width. Amounts, in right columns, are
    never cut: if a row has no room for its amounts beside at least a few
    characters of text, they go on a line of their own below it. An amount too
    wide even for that makes the table give up its double width.
    """
    style = _style_that_fits(table, columns)
    room = columns_in(style, columns)
    widths = _widths(table, room)
    lines: list[str] = []
    for cells in table.rows:
        lines += _row_lines(cells, table.columns, widths, room)
    return [Line(line.rstrip(), Align.LEFT, style) for line in lines]


def _style_that_fits(table: Table, columns: int) -> Style:
    amounts = [
        display_width(cell)
        for cells in table.rows
        for cell, column in zip(cells, table.columns, strict=True)
        if not _wraps(column)
    ]
    if max(amounts, default=0) <= columns_in(table.style, columns):
        return table.style
    return replace(table.style, double_width=False)


def _widths(table: Table, room: int) -> list[int]:
    widths = [column.width or 0 for column in table.columns]
    for index, column in enumerate(table.columns):
        if not _wraps(column):
            longest = max((display_width(row[index]) for row in table.rows), default=0)
            widths[index] = max(widths[index], longest)
    flexible = [i for i, c in enumerate(table.columns) if c.width is None and _wraps(c)]
    rest = max(0, room - sum(widths) - GAP * (len(widths) - 1))
    for position, index in enumerate(flexible):
        widths[index] = rest // len(flexible) + (position < rest % len(flexible))
    return widths


def _wraps(column: Column) -> bool:
    return column.align is not Align.RIGHT


def _row_lines(
    cells: tuple[str, ...], columns: tuple[Column, ...], widths: list[int], room: int
) -> list[str]:
    is_too_wide = sum(widths) + GAP * (len(widths) - 1) > room
    texts = [cell for cell, column in zip(cells, columns, strict=True) if _wraps(column)]
    has_no_room = any(
        width < min(4, display_width(cell))
        for cell, width, column in zip(cells, widths, columns, strict=True)
        if _wraps(column)
    )
    if is_too_wide or has_no_room:
        amounts = [cell for cell, column in zip(cells, columns, strict=True) if not _wraps(column)]
        lines = wrap(" ".join(filter(None, texts)), room) if any(texts) else []
        return lines + [pad(amount, room, Align.RIGHT) for amount in amounts if amount]
    wrapped = [
        (wrap(cell, width) if width else [""]) if _wraps(column) else [cell]
        for cell, width, column in zip(cells, widths, columns, strict=True)
    ]
    height = max((len(lines) for lines in wrapped), default=0)
    return [
        (" " * GAP).join(
            pad(lines[index] if index < len(lines) else "", width, column.align)
            for lines, width, column in zip(wrapped, widths, columns, strict=True)
        )
        for index in range(height)
    ]


def text_lines(block: Text | Table | Rule | Feed, columns: int) -> list[Line]:
    """Return the lines of a block that consists of text."""
    match block:
        case Text():
            room = columns_in(block.style, columns)
            return [Line(line, block.align, block.style) for line in wrap(block.text, room)]
        case Table():
            return table_lines(block, columns)
        case Rule():
            return [Line((block.fill * columns)[:columns])]
        case Feed():
            return [Line("")] * block.lines


def placed(line: Line, columns: int) -> str:
    """Return the text of `line` after the spaces that its alignment puts before it."""
    return pad(line.text, columns_in(line.style, columns), line.align).rstrip()


def plain_text(document: Document) -> str:
    """Return the document as plain text, a line per printed line.

    Characters printed at double width take one character here. Pictures and
    codes are named in brackets: ``[image 384x96]``, ``[CODE128 T01-42]``,
    ``[QR https://…]``. A cut prints nothing.
    """
    lines: list[str] = []
    for block in document.blocks:
        lines += _plain_lines(block, document.columns)
    return "".join(line + "\n" for line in lines)


def _plain_lines(block: Block, columns: int) -> list[str]:
    match block:
        case Text() | Table() | Rule() | Feed():
            return [placed(line, columns) for line in text_lines(block, columns)]
        case Image():
            return [placed(Line(f"[image {block.width}x{block.height}]", block.align), columns)]
        case Barcode():
            name = f"[{block.symbology.value} {block.data}]"
            return [placed(Line(name, block.align), columns)]
        case Qr():
            return [placed(Line(f"[QR {block.data}]", block.align), columns)]
        case _:
            return []
