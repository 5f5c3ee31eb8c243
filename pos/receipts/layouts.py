"""The one door to everything that is printed, handed to the services as a port."""

from __future__ import annotations

from dataclasses import dataclass

from hardware.receipt_printer.document import Document
from pos.domain.sale import Sale
from pos.domain.ticket import Ticket
from pos.domain.till_session import CashMovement, SessionReport
from pos.receipts import parked, reports, sale
from pos.receipts.stationery import Reprint, Stationery
from pos.receipts.text import as_text


@dataclass(frozen=True, slots=True)
class Layouts:
    """Lays documents out on one till's paper.

    `reprint` marks a copy; without it the document is an original, of which there is one.
    """

    on: Stationery

    def sale(self, recorded: Sale, reprint: Reprint | None = None) -> Document:
        """Return the receipt of a sale."""
        return sale.sale_document(recorded, self.on, reprint)

    def gift(self, recorded: Sale) -> Document:
        """Return a receipt without prices."""
        return sale.gift_document(recorded, self.on)

    def x_or_z(self, report: SessionReport, reprint: Reprint | None = None) -> Document:
        """Return the report of a shift: an X while it is open, else its Z."""
        return reports.report_document(report, self.on, reprint)

    def movement(
        self, movement: CashMovement, staff_name: str, reprint: Reprint | None = None
    ) -> Document:
        """Return the slip of cash paid in, paid out or dropped."""
        return reports.movement_document(movement, self.on, staff_name, reprint)

    def parked(self, ticket: Ticket) -> Document:
        """Return the slip that brings a parked ticket back."""
        return parked.parked_document(ticket, self.on)

    def text(self, document: Document) -> str:
        """Return a document as plain text for e-mail."""
        return as_text(document)

    def pdf(self, document: Document) -> bytes:
        """Return a document as a PDF; a QGuiApplication must exist."""
        from pos.receipts.pdf import as_pdf

        return as_pdf(document)
