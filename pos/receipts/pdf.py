"""A document as a PDF on a page as narrow and as long as a receipt."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageSize, QPainter, QPdfWriter

from hardware.receipt_printer.document import Document
from pos.receipts.painter import DOTS_PER_MM, Strip, strips, width_of

MARGIN = 4.0 * DOTS_PER_MM
LONGEST_PAGE = 3000.0 * DOTS_PER_MM  # viewers stop at 5,080 mm
RESOLUTION = 600
DOTS_PER_INCH = 25.4 * DOTS_PER_MM


def as_pdf(document: Document) -> bytes:
    """Return the document as a PDF with its font embedded; a QGuiApplication must exist."""
    pages = _pages(strips(document))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(RESOLUTION)
    writer.setCreator("Mostrador")
    _set_page(writer, document, pages[0])
    painter = QPainter(writer)
    for number, page in enumerate(pages):
        if number:
            _set_page(writer, document, page)
            writer.newPage()
        _draw(painter, page)
    painter.end()
    buffer.close()
    return bytes(data.data())


def _pages(parts: list[Strip]) -> list[list[Strip]]:
    pages: list[list[Strip]] = [[]]
    used = 0.0
    for part in parts:
        if used + part.height > LONGEST_PAGE:
            pages.append([])
            used = 0.0
        pages[-1].append(part)
        used += part.height
    return pages


def _set_page(writer: QPdfWriter, document: Document, page: list[Strip]) -> None:
    height = sum(part.height for part in page)
    size = QSizeF(width_of(document) + 2 * MARGIN, height + 2 * MARGIN) / DOTS_PER_MM
    exact = QPageSize.SizeMatchPolicy.ExactMatch
    writer.setPageSize(QPageSize(size, QPageSize.Unit.Millimeter, "receipt", exact))
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))


def _draw(painter: QPainter, page: list[Strip]) -> None:
    painter.save()
    painter.scale(RESOLUTION / DOTS_PER_INCH, RESOLUTION / DOTS_PER_INCH)
    painter.translate(MARGIN, 0)
    y = MARGIN
    for part in page:
        part.draw(painter, y)
        y += part.height
    painter.restore()
