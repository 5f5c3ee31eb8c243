"""A document drawn with the till's own font: strips from top to bottom, one per row.

The unit is the dot of a 203 dpi printer, so the drawing is as wide as the paper; whoever
draws on something finer scales the painter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from itertools import groupby

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QImage, QPainter

from hardware.receipt_printer.document import (
    Align,
    Barcode,
    Block,
    Column,
    Cut,
    Document,
    Feed,
    Image,
    Qr,
    Rule,
    Style,
    Table,
    Text,
)
from pos.receipts.bars import bars, squares
from pos.resources import resource_path

DOTS_PER_MM = 8
DOTS_PER_COLUMN = 12
LINE = 30.0  # dots from one line of text to the next
TEXT = 21.0  # font size in dots
RULE = 14.0
GAP = 8.0  # around pictures and codes
LEAST_TEXT = 60.0  # dots; a narrower column of text would be a word's syllables
FAMILY = "Inter"


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of the drawing that is not torn: its height, and how it is drawn at a y."""

    height: float
    draw: Callable[[QPainter, float], None]


def width_of(document: Document) -> float:
    """Return the width of the drawing in dots."""
    return float(document.columns * DOTS_PER_COLUMN)


def strips(document: Document) -> list[Strip]:
    """Return the drawing of a document, top to bottom; a QGuiApplication must exist."""
    width = width_of(document)
    return [strip for block in document.blocks for strip in _block(block, width)]


def _block(block: Block, width: float) -> list[Strip]:
    match block:
        case Text():
            return [_text(line, block, width) for line in block.text.split("\n")]
        case Table():
            return _table(block, width)
        case Rule():
            return [Strip(RULE, partial(_draw_rule, width))]
        case Feed():
            return [Strip(LINE * block.lines / 2, _draw_nothing)]
        case Cut():
            return []
        case Image():
            return [_image(block, width)]
        case Barcode():
            return [_barcode(block, width)]
        case Qr():
            return [_qr(block, width)]


# -- text


@cache
def _install() -> None:
    if FAMILY not in QFontDatabase.families():
        for file in sorted(resource_path("fonts").glob("Inter-*.otf")):
            QFontDatabase.addApplicationFont(str(file))


def font_of(style: Style) -> QFont:
    """Return the bundled font in the size of a style, with figures of one width."""
    _install()
    font = QFont(FAMILY)
    scale = 1 + 0.4 * style.double_width + 0.4 * style.double_height
    font.setPixelSize(round(TEXT * scale))
    font.setWeight(QFont.Weight.Bold if style.bold else QFont.Weight.Normal)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _line_height(font: QFont) -> float:
    return LINE * font.pixelSize() / TEXT


class _Cell:
    """A text in a column: from x, as wide as it may be, broken into lines."""

    def __init__(self, text: str, x: float, width: float, align: Align, font: QFont) -> None:
        self._x, self._width, self._align, self._font = x, width, align, font
        self._metrics = QFontMetricsF(font)
        self._lines = _wrapped(text, width, self._metrics)

    @property
    def height(self) -> float:
        return _line_height(self._font) * len(self._lines)

    def draw(self, painter: QPainter, y: float) -> None:
        painter.setFont(self._font)
        line_height, metrics = _line_height(self._font), self._metrics
        baseline = y + (line_height + metrics.ascent() - metrics.descent()) / 2
        for line in self._lines:
            left = _left_of(self._align, metrics.horizontalAdvance(line), self._width)
            painter.drawText(QPointF(self._x + left, baseline), line)
            baseline += line_height


def _wrapped(text: str, width: float, metrics: QFontMetricsF) -> list[str]:
    """Break a text between words, and a word that is longer than a line where it must be."""
    lines = [""]
    for word in text.split(" "):
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if metrics.horizontalAdvance(joined) <= width:
            lines[-1] = joined
            continue
        *full, last = _pieces(word, width, metrics)
        lines[-1:] = [*([lines[-1]] if lines[-1] else []), *full, last]
    return lines


def _pieces(word: str, width: float, metrics: QFontMetricsF) -> list[str]:
    pieces = [""]
    for char in word:
        if pieces[-1] and metrics.horizontalAdvance(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _row(cells: list[_Cell]) -> Strip:
    def draw(painter: QPainter, y: float) -> None:
        for cell in cells:
            cell.draw(painter, y)

    return Strip(max(cell.height for cell in cells), draw)


def _text(line: str, block: Text, width: float) -> Strip:
    return _row([_Cell(line, 0, width, block.align, font_of(block.style))])


def _table(table: Table, width: float) -> list[Strip]:
    font = font_of(table.style)
    widths = _widths(table, width, font)
    return [strip for row in table.rows for strip in _table_row(row, table, widths, width, font)]


def _widths(table: Table, width: float, font: QFont) -> list[float]:
    """Return the width of each column: figures as wide as the widest, texts share the rest."""
    metrics = QFontMetricsF(font)
    widths = [float((column.width or 0) * DOTS_PER_COLUMN) for column in table.columns]
    for index, column in enumerate(table.columns):
        if column.align is Align.RIGHT:
            longest = max((metrics.horizontalAdvance(row[index]) for row in table.rows), default=0)
            widths[index] = max(widths[index], longest + 1)
    sharing = [index for index, column in enumerate(table.columns) if _shares(column)]
    rest = width - sum(widths) - DOTS_PER_COLUMN * (len(widths) - 1)
    for index in sharing:
        widths[index] = max(0.0, rest / len(sharing))
    return widths


def _shares(column: Column) -> bool:
    return column.align is not Align.RIGHT and column.width is None


def _table_row(
    row: tuple[str, ...], table: Table, widths: list[float], width: float, font: QFont
) -> list[Strip]:
    columns = zip(widths, table.columns, strict=True)
    if any(room < LEAST_TEXT for room, column in columns if _shares(column)):
        return _stacked_row(row, table, width, font)
    cells: list[_Cell] = []
    x = 0.0
    for text, column, room in zip(row, table.columns, widths, strict=True):
        indent = (len(text) - len(text.lstrip(" "))) * DOTS_PER_COLUMN
        cells.append(_Cell(text.lstrip(" "), x + indent, room - indent, column.align, font))
        x += room + DOTS_PER_COLUMN
    return [_row(cells)]


def _stacked_row(row: tuple[str, ...], table: Table, width: float, font: QFont) -> list[Strip]:
    """Return a row whose figures leave no room for its text: figures below it."""
    aligned = zip(row, table.columns, strict=True)
    return [_row([_Cell(text, 0, width, column.align, font)]) for text, column in aligned if text]


# -- figures


def _draw_nothing(painter: QPainter, y: float) -> None:
    """Leave the paper white."""


def _draw_rule(width: float, painter: QPainter, y: float) -> None:
    painter.fillRect(QRectF(0, y + RULE / 2, width, 1.5), QColor(Qt.GlobalColor.black))


def _left_of(align: Align, width: float, room: float) -> float:
    return {Align.LEFT: 0.0, Align.CENTER: (room - width) / 2, Align.RIGHT: room - width}[align]


def _image(image: Image, room: float) -> Strip:
    def draw(painter: QPainter, y: float) -> None:
        mono = QImage(
            image.bits, image.width, image.height, image.width // 8, QImage.Format.Format_Mono
        )
        mono.setColorTable([QColor(c).rgb() for c in (Qt.GlobalColor.white, Qt.GlobalColor.black)])
        painter.drawImage(QRectF(left, y + GAP, image.width, image.height), mono)

    left = _left_of(image.align, image.width, room)
    return Strip(image.height + 2 * GAP, draw)


def _barcode(barcode: Barcode, room: float) -> Strip:
    modules = bars(barcode)
    size = min(float(barcode.module), room / len(modules))
    left = _left_of(barcode.align, size * len(modules), room)
    name = _Cell(barcode.data, 0, room, Align.CENTER, font_of(Style()))

    def draw(painter: QPainter, y: float) -> None:
        _draw_modules(painter, modules, QRectF(left, y + GAP, size, barcode.height))
        name.draw(painter, y + GAP + barcode.height)

    return Strip(barcode.height + 2 * GAP + name.height, draw)


def _qr(qr: Qr, room: float) -> Strip:
    rows = squares(qr)
    size = min(float(qr.module), room / len(rows))
    left = _left_of(qr.align, size * len(rows), room)

    def draw(painter: QPainter, y: float) -> None:
        for index, modules in enumerate(rows):
            _draw_modules(painter, modules, QRectF(left, y + GAP + index * size, size, size))

    return Strip(size * len(rows) + 2 * GAP, draw)


def _draw_modules(painter: QPainter, modules: tuple[bool, ...], first: QRectF) -> None:
    """Draw a row of modules; neighbours are one bar, so that no hair of white parts them."""
    x = first.x()
    for is_black, run in groupby(modules):
        width = first.width() * len(list(run))
        if is_black:
            bar = QRectF(x, first.y(), width, first.height())
            painter.fillRect(bar, QColor(Qt.GlobalColor.black))
        x += width
