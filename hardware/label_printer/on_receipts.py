"""Labels on the roll of the receipt printer, for a shop that has no label printer."""

from __future__ import annotations

from hardware.label_printer.port import LabelPaper
from hardware.receipt_printer.document import Cut, Document, Feed, Image
from hardware.receipt_printer.port import PrinterStatus, PrintOutcome, ReceiptPrinter

DOTS_PER_COLUMN = 12  # font A


class ReceiptLabelPrinter:
    """Prints a label as a receipt that holds nothing but its picture."""

    def __init__(self, printer: ReceiptPrinter) -> None:
        self._printer = printer

    @property
    def paper(self) -> LabelPaper:
        return LabelPaper(self._printer.columns * DOTS_PER_COLUMN)

    def print(self, picture: Image) -> PrintOutcome:
        return self._printer.print(Document((picture, Feed(), Cut()), self._printer.columns))

    def status(self) -> PrinterStatus:
        return self._printer.status()
