"""The label of a parcel: drawn once, and that picture is what is shown and what is printed.

It is 48 units wide and as large as the paper lets it be. What somebody looks for between the
shelves comes first: the short code, which parcel of how many, the shelf.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from hardware.receipt_printer.document import (
    BOLD,
    NORMAL,
    Barcode,
    ErrorCorrection,
    Image,
    Qr,
    Symbology,
)
from pos.domain.collection import Order
from pos.domain.scan_codes import parcel_code
from pos.receipts.bars import bars, squares
from pos.receipts.painter import font_of
from pos.receipts.readable import visible
from pos.receipts.stationery import Stationery

UNITS_ACROSS = 48
UNITS_DOWN = 30  # without the bars below
BARS_DOWN = 6
LEAST_MODULE = 2  # dots; thinner bars run together on thermal paper
QUIET = 10  # modules of white beside bars
QR_QUIET = 2
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_CENTRE = Qt.AlignmentFlag.AlignCenter
_BLACK, _WHITE = QColor(Qt.GlobalColor.black), QColor(Qt.GlobalColor.white)


@dataclass(frozen=True, slots=True)
class ParcelLabel:
    """The words of one label; `code` is what is scanned at shelf and counter."""

    short_code: str
    part: str
    order_number: str
    name: str
    shelf: str
    hold: str
    print_number: str
    code: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Everything that is to be read, in reading order."""
        read = (self.short_code, self.part, self.order_number, self.name, self.shelf, self.hold)
        return tuple(filter(None, (*read, self.print_number, self.code)))


def parcel_label(
    order: Order, parcel: int, print_number: int, on: Stationery, *, hold_until_ms: int = 0
) -> ParcelLabel:
    """Return the words of the label of one parcel.

    Args:
        hold_until_ms: Until when it is kept, UTC ms; 0 leaves it out.
    """
    known = order.parcel(parcel)
    of = max(parcel, len(order.parcels))
    return ParcelLabel(
        short_code=visible(order.short_code),
        part=f"{parcel}/{of}",
        order_number=visible(order.number),
        name=visible(order.surname_initial_name),
        shelf=visible(known.shelf) if known else "",
        hold=on.words["keep_until"].format(day=on.date(hold_until_ms)) if hold_until_ms else "",
        print_number=on.words["print_number"].format(number=print_number),
        code=parcel_code(order.number, parcel, print_number),
    )


def draw_label(label: ParcelLabel, width: int, height: int = 0) -> Image:
    """Return the label as the dots that are printed; a QGuiApplication must exist.

    Args:
        width: Dots across the paper, rounded down to whole bytes.
        height: Dots of a label that was cut to size; 0 is paper from a roll, of which the
            label takes what it needs.
    """
    width -= width % 8
    unit = width / UNITS_ACROSS
    if height:
        unit = min(unit, height / (UNITS_DOWN + BARS_DOWN))
    modules = bars(Barcode(Symbology.CODE128, label.code))
    across = UNITS_ACROSS * unit - 2 * unit
    module = int(across / (len(modules) + 2 * QUIET))
    has_bars = module >= LEAST_MODULE
    needed = round(unit * (UNITS_DOWN + (BARS_DOWN if has_bars else 0)))
    paper = QImage(width, height or needed, QImage.Format.Format_Grayscale8)
    paper.fill(Qt.GlobalColor.white)
    painter = QPainter(paper)
    _draw_words(painter, label, unit)
    _draw_qr(painter, label.code, unit)
    if has_bars:
        _draw_bars(painter, modules, module, unit)
    painter.end()
    return _as_dots(paper)


def picture_of(image: Image, width: int = 0) -> QImage:
    """Return printed dots as a picture for the screen, scaled to `width` pixels unless 0."""
    mono = QImage(
        image.bits, image.width, image.height, image.width // 8, QImage.Format.Format_Mono
    )
    mono.setColorTable([_WHITE.rgb(), _BLACK.rgb()])
    picture = mono.convertToFormat(QImage.Format.Format_RGB32)
    if not width:
        return picture
    return picture.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)


# -- drawing, in units


def _draw_words(painter: QPainter, label: ParcelLabel, unit: float) -> None:
    def box(x: float, y: float, width: float, height: float) -> QRectF:
        return QRectF(x * unit, y * unit, width * unit, height * unit)

    part, shelf = box(33, 1, 14, 8), box(33, 10, 14, 6)
    _fit(painter, label.short_code, box(1, 1, 31, 11), _LEFT)
    painter.fillRect(part, _BLACK)
    painter.setPen(_WHITE)
    _fit(painter, label.part, part.adjusted(unit, unit / 2, -unit, -unit / 2), _CENTRE)
    painter.setPen(_BLACK)
    if label.shelf:
        painter.drawRect(shelf.adjusted(0, 0, -1, -1))
        painter.drawRect(shelf.adjusted(1, 1, -2, -2))
        _fit(painter, label.shelf, shelf.adjusted(unit, unit / 2, -unit, -unit / 2), _CENTRE)
    _fit(painter, label.order_number, box(1, 12.5, 31, 4.5), _LEFT)
    _fit(painter, label.name, box(1, 17, 31, 4), _LEFT)
    _fit(painter, label.hold, box(1, 21.5, 31, 3), _LEFT, bold=False)
    _fit(painter, label.print_number, box(1, 24.5, 31, 2.8), _LEFT, bold=False)
    _fit(painter, label.code, box(1, 27.2, 31, 2.4), _LEFT, bold=False)


def _fit(
    painter: QPainter, text: str, box: QRectF, align: Qt.AlignmentFlag, *, bold: bool = True
) -> None:
    """Write a text on one line as large as its box allows."""
    if not text:
        return
    font = QFont(font_of(BOLD if bold else NORMAL))
    font.setStyleStrategy(QFont.StyleStrategy.NoAntialias)
    font.setPixelSize(max(1, int(box.height() * 0.84)))
    width = QFontMetricsF(font).horizontalAdvance(text)
    if width > box.width():
        font.setPixelSize(max(1, int(font.pixelSize() * box.width() / width)))
    painter.setFont(font)
    painter.drawText(box, align | Qt.TextFlag.TextSingleLine, text)


def _draw_qr(painter: QPainter, code: str, unit: float) -> None:
    rows = squares(Qr(code, ErrorCorrection.M))
    room = int(14 * unit)
    module = max(1, room // (len(rows) + 2 * QR_QUIET))
    side = module * len(rows)
    left = int((UNITS_ACROSS - 1) * unit) - side
    top = int((UNITS_DOWN - 0.5) * unit) - side
    for y, row in enumerate(rows):
        for x, is_black in enumerate(row):
            if is_black:
                painter.fillRect(left + x * module, top + y * module, module, module, _BLACK)


def _draw_bars(painter: QPainter, modules: tuple[bool, ...], module: int, unit: float) -> None:
    left = int((UNITS_ACROSS * unit - module * len(modules)) / 2)
    top, height = round((UNITS_DOWN + 0.5) * unit), round((BARS_DOWN - 1) * unit)
    for index, is_black in enumerate(modules):
        if is_black:
            painter.fillRect(left + index * module, top, module, height, _BLACK)


def _as_dots(paper: QImage) -> Image:
    mono = paper.convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)
    if QColor(mono.color(1)).lightness() > QColor(mono.color(0)).lightness():
        mono.invertPixels()
    line, stride = paper.width() // 8, mono.bytesPerLine()
    raw = bytes(mono.constBits())
    rows = (raw[y * stride : y * stride + line] for y in range(mono.height()))
    return Image(paper.width(), mono.height(), b"".join(rows))
