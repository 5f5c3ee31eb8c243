"""What a receipt says, free of any printer's commands.

A `Document` is a sequence of blocks. The same document becomes ESC/POS bytes, a
text preview, a picture or a PDF; nothing here knows which.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Align(StrEnum):
    """Where a block or a column's text stands."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Style:
    """How text is printed; double width halves the columns of its line."""

    bold: bool = False
    double_width: bool = False
    double_height: bool = False


NORMAL = Style()
BOLD = Style(bold=True)
TALL = Style(bold=True, double_height=True)
BIG = Style(bold=True, double_width=True, double_height=True)


@dataclass(frozen=True, slots=True)
class Text:
    """Running text; ``\\n`` starts another line, long lines wrap between words."""

    text: str
    align: Align = Align.LEFT
    style: Style = NORMAL


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        align: A left column wraps; a right column is an amount and is never
            wrapped nor cut.
        width: Columns of the paper; None lets a right column take what its
            longest text needs and shares the rest among the left ones.
    """

    align: Align = Align.LEFT
    width: int | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under common columns, one space apart."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    style: Style = NORMAL

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row needs one text per column")


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across the paper, drawn with one repeated character."""

    fill: str = "-"


@dataclass(frozen=True, slots=True)
class Image:
    """A one-bit picture at the printer's resolution.

    Attributes:
        width: Dots, a multiple of 8.
        height: Dots.
        bits: Rows from the top, eight dots per byte, leftmost dot in the
            highest bit, 1 is black.
    """

    width: int
    height: int
    bits: bytes
    align: Align = Align.CENTER

    def __post_init__(self) -> None:
        if self.width % 8 or len(self.bits) != self.width // 8 * self.height:
            raise ValueError(f"{self.width}x{self.height} dots do not fit {len(self.bits)} bytes")


class Symbology(Enum):
    """Linear symbologies a receipt uses; the value names it in a text preview."""

    CODE128 = "CODE128"
    EAN13 = "EAN13"


@dataclass(frozen=True, slots=True)
class Barcode:
    """A linear barcode with its text below.

    Attributes:
        data: Printable ASCII for Code 128, 13 digits for EAN-13.
        height: Dots, 1 to 255.
        module: Dots of the narrowest bar, 2 to 6.
    """

    symbology: Symbology
    data: str
    height: int = 80
    module: int = 2
    align: Align = Align.CENTER

    def __post_init__(self) -> None:
        if self.symbology is Symbology.EAN13:
            fits = len(self.data) == 13 and self.data.isascii() and self.data.isdigit()
        else:
            fits = bool(self.data) and all(" " <= char <= "~" for char in self.data)
        if not fits:
            raise ValueError(f"{self.data!r} is no {self.symbology.value}")


class ErrorCorrection(StrEnum):
    """How much of a QR code may be lost: about 7, 15, 25 and 30 %."""

    L = "L"
    M = "M"
    Q = "Q"
    H = "H"


@dataclass(frozen=True, slots=True)
class Qr:
    """A QR code, model 2.

    Attributes:
        module: Dots of one module, 1 to 16. At 203 dots per inch 6 dots print
            version 7 about 34 mm wide.
    """

    data: str
    error_correction: ErrorCorrection = ErrorCorrection.M
    module: int = 6
    align: Align = Align.CENTER


@dataclass(frozen=True, slots=True)
class Feed:
    """Blank lines."""

    lines: int = 1


@dataclass(frozen=True, slots=True)
class Cut:
    """Feed to the cutter and cut, leaving one point uncut."""


Block = Text | Table | Rule | Image | Barcode | Qr | Feed | Cut


@dataclass(frozen=True, slots=True)
class Document:
    """Blocks from top to bottom, for paper of so many columns of normal text."""

    blocks: tuple[Block, ...]
    columns: int = 48

    def __post_init__(self) -> None:
        if self.columns < 16:
            raise ValueError(f"{self.columns} columns are too few for a receipt")


def row(left: str, right: str, style: Style = NORMAL) -> Table:
    """Return one line with a text on the left and an amount on the right."""
    return Table((Column(), Column(Align.RIGHT)), ((left, right),), style)
