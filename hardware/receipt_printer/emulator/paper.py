"""What comes out of the printer: lines on paper, readable as text and as a picture."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw

from hardware.receipt_printer.emulator.glyphs import BLACK, WHITE, Face, glyph

MARGIN_DOTS = 24  # unprinted paper around the picture


@dataclass(frozen=True, slots=True)
class Cell:
    """One character on the line.

    Attributes:
        x: Dots from the left edge of the printable area.
        columns: Horizontal enlargement.
        rows: Vertical enlargement.
        underline: Dots of the line below, 0 to 2.
    """

    x: int
    char: str
    face: Face
    columns: int = 1
    rows: int = 1
    is_bold: bool = False
    is_reversed: bool = False
    underline: int = 0
    spacing: int = 0

    @property
    def width(self) -> int:
        return self.face.width * self.columns + self.spacing * self.columns

    @property
    def height(self) -> int:
        return self.face.height * self.rows


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture or a code on the line, with the words that name it in a text."""

    x: int
    picture: Image.Image
    name: str

    @property
    def width(self) -> int:
        return self.picture.width

    @property
    def height(self) -> int:
        return self.picture.height


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """What one line feed brought onto the paper.

    Attributes:
        y: Dots from the top of the receipt.
        indent: Columns of normal text before a figure's name in a text.
    """

    y: int
    items: tuple[Cell | Figure, ...] = ()
    indent: int = 0

    @property
    def cells(self) -> list[Cell]:
        return sorted((i for i in self.items if isinstance(i, Cell)), key=lambda cell: cell.x)

    @property
    def text(self) -> str:
        """The characters in order, one each however wide, after the spaces before them."""
        figures = [item.name for item in self.items if isinstance(item, Figure)]
        if figures:
            return " " * self.indent + " ".join(figures)
        parts: list[str] = []
        end = 0  # dots that the spaces and characters so far stand for
        for cell in self.cells:
            spaces = max(0, (cell.x - end) // cell.width)
            parts.append(" " * spaces + cell.char)
            end = max(end + spaces * cell.width, cell.x - cell.width) + cell.width
        return "".join(parts).rstrip()

    @property
    def grid(self) -> str:
        """The characters where they stand in columns of normal width; wide ones leave gaps."""
        columns: dict[int, str] = {}
        for cell in self.cells:
            if cell.char != " ":
                columns[int(cell.x / cell.face.width + 0.5)] = cell.char
        return "".join(columns.get(index, " ") for index in range(max(columns, default=-1) + 1))

    def draw(self, paper: Image.Image) -> None:
        """Draw the line; characters of different height stand on one baseline."""
        bottom = self.y + max((item.height for item in self.items), default=0)
        for item in self.items:
            corner = (MARGIN_DOTS + item.x, MARGIN_DOTS + bottom - item.height)
            if isinstance(item, Figure):
                _overprint(paper, item.picture, corner)
                continue
            picture = glyph(
                item.char, item.face, item.columns, item.rows, item.is_bold, item.is_reversed
            )
            _overprint(paper, picture, corner)
            if item.underline:
                right, below = corner[0] + item.width - 1, MARGIN_DOTS + bottom - 1
                box = (corner[0], below - item.underline + 1, right, below)
                ImageDraw.Draw(paper).rectangle(box, fill=BLACK)


def _overprint(paper: Image.Image, picture: Image.Image, corner: tuple[int, int]) -> None:
    box = (*corner, corner[0] + picture.width, corner[1] + picture.height)
    paper.paste(ImageChops.darker(paper.crop(box), picture), corner)


@dataclass(frozen=True, slots=True)
class Receipt:
    """The paper between two cuts.

    Attributes:
        dots: Width of the print head.
        height: Dots of paper fed.
    """

    lines: tuple[PrintedLine, ...]
    dots: int
    height: int
    is_upside_down: bool = False

    @property
    def text(self) -> str:
        """A line of text per printed line; figures by name in brackets, as ``[QR …]``."""
        return "".join(line.text + "\n" for line in self.lines)

    @property
    def grid(self) -> str:
        """As `text`, with every character above the column of normal width where it stands."""
        return "".join(line.grid + "\n" for line in self.lines)

    def picture(self) -> Image.Image:
        """Return the receipt as a grey picture, a pixel per dot, with a margin around."""
        size = (self.dots + 2 * MARGIN_DOTS, self.height + 2 * MARGIN_DOTS)
        paper = Image.new("L", size, WHITE)
        for line in self.lines:
            line.draw(paper)
        return paper.rotate(180) if self.is_upside_down else paper
