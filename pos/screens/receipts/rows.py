"""The rows of the receipts: sales, returns, print jobs that wait, and what the hub found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from pos.domain.print_subjects import Receipted, receipt_subject
from pos.domain.printing import PrintJob
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.screens import wording
from pos.screens.receipts.print_trouble import PrintTroubleViewModel
from pos.services.hub_calls import FoundReceipt


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One row of the list: a sale, a return, or a print job that is not on paper (`waits`)."""

    key: str
    title: str
    second: str
    middle: str
    amount: str
    waits: bool = False
    is_return: bool = False


class ReceiptRows(QObject):
    """Writes the rows; those of documents once, since the same are asked for at each key."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._written: dict[str, ReceiptLine] = {}

    def forget(self) -> None:
        """Write them anew when they are asked for next."""
        self._written.clear()

    def of(self, document: Receipted) -> ReceiptLine:
        """Return the row of a sale or return of this till."""
        key = receipt_subject(document).subject_id
        known = self._written.get(key)
        if known is None:
            known = self._written[key] = self._row(document)
        return known

    def of_job(self, told: PrintTroubleViewModel, document: Receipted | None) -> ReceiptLine:
        """Return the row of a print job, with the document whose receipt it is."""
        job: PrintJob = told.job
        title = f"{told.title} {document.number}" if document else told.title
        second = f"{wording.clock(job.created_at_ms)} · {told.reason}"
        return ReceiptLine(job.job_id, title, second, "", "", waits=True)

    def of_found(self, found: FoundReceipt, place: str) -> ReceiptLine:
        """Return the row of another till's sale."""
        sale = found.sale
        day, total = wording.day(sale.completed_at_ms), wording.money(sale.total)
        return ReceiptLine(sale.sale_id, str(sale.number), place, day, total)

    def _row(self, document: Receipted) -> ReceiptLine:
        if isinstance(document, Sale):
            return self._of_sale(document)
        return self._of_return(document)

    def _of_sale(self, sale: Sale) -> ReceiptLine:
        second = f"{_when(sale)} · {sale.staff_name}"
        means = self._means(tender.kind.value for tender in sale.tenders)
        total = wording.money(sale.total)
        return ReceiptLine(sale.sale_id, str(sale.number), second, means, total)

    def _of_return(self, document: Return) -> ReceiptLine:
        second = f"{self.tr('Return')} · {_when(document)}"
        means = self._means(refund.means.value for refund in document.by_now)
        return ReceiptLine(
            document.return_id,
            str(document.number),
            second,
            means,
            wording.money(-document.total),
            is_return=True,
        )

    def _means(self, values: Iterable[str]) -> str:
        """Name how money came or goes back; tenders and refunds have the same values."""
        names = {
            "cash": self.tr("Cash"),
            "card": self.tr("Card"),
            "web": self.tr("Web payment"),
            "gift_card": self.tr("Gift card"),
            "store_credit": self.tr("Store credit"),
            "exchange": self.tr("Exchange"),
            "import": self.tr("Imported"),
        }
        used = {names[value] for value in values}
        return used.pop() if len(used) == 1 else self.tr("Mixed")


def _when(document: Receipted) -> str:
    at_ms = document.completed_at_ms
    return f"{wording.day(at_ms)}, {wording.clock(at_ms)}"
