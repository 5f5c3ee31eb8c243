"""The printer as the screens see it: jobs followed to their end, the drawer, previews."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from hardware.cash_drawer.port import CashDrawer
from hardware.errors import DeviceError
from hardware.label_printer.on_receipts import ReceiptLabelPrinter
from hardware.receipt_printer.port import PrintOutcome, ReceiptPrinter
from pos.background import Background
from pos.devices.documents import NothingToPrint, document_of
from pos.devices.job_flow import JobFlow
from pos.devices.labels import LabelDesk
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.print_subjects import Receipted
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.shop import ShopDetails
from pos.receipts.layouts import Layouts
from pos.receipts.preview import as_image
from pos.screens.ports import PrinterTrouble
from pos.services.hub_calls import FoundReceipt
from pos.services.workstation import Workstation

PREVIEW_WIDTH = 420

_log = logging.getLogger(__name__)


class PrintDesk(QObject):
    """Prints one job after the other in a thread of its own."""

    finished = Signal(object, object)  # PrintJob, PrinterTrouble
    drawer_failed = Signal()

    def __init__(
        self,
        station: Workstation,
        layouts: Layouts,
        printer: ReceiptPrinter,
        drawer: CashDrawer,
        parent: QObject | None = None,
        *,
        labels: LabelDesk | None = None,
    ) -> None:
        super().__init__(parent)
        self._station = station
        self._layouts = layouts
        self._printer = printer
        self._drawer = drawer
        self._thread = Background(self, threads=1)
        self._flow = JobFlow(station)
        self._found: dict[str, FoundReceipt] = {}
        self._labels = labels or LabelDesk(station, layouts, ReceiptLabelPrinter(printer))
        self._labels.setParent(self)
        self._labels.finished.connect(self.finished)

    def submit(self, job: PrintJob) -> None:
        """Print a job that is queued, or that failed before and is tried again.

        A job that ended meanwhile is not printed again, however often it is submitted.
        """
        if job.kind is PrintKind.PARCEL_LABEL:
            self._labels.submit(job)
            return
        self._thread.run(
            lambda: self._flow.carry_out(job, self._prepared, self._printer.status),
            lambda end: self.finished.emit(*end),
            lambda error: self._could_not_record(job, error),
        )

    def submit_found(self, job: PrintJob, receipt: FoundReceipt) -> None:
        """Print a copy of a sale that was looked up; it is held until the till is closed."""
        self._found[receipt.sale.sale_id] = receipt
        self.submit(job)

    @property
    def has_label_printer(self) -> bool:
        """True when labels have a printer of their own."""
        return self._labels.has_own_printer

    def submit_on_receipts(self, job: PrintJob) -> None:
        """Print a label on the receipt printer because its own is away."""
        self._labels.submit_on_receipts(job)

    def preview_label(self, job: PrintJob) -> QImage | None:
        """Return the picture that a label's job prints; None when there is none any more."""
        try:
            return self._labels.preview(job)
        except NothingToPrint:
            return None

    def open_drawer(self) -> None:
        """Make the drawer spring open; the sale never depends on it."""
        if self._drawer.opens_by_itself:
            self._thread.run(self._drawer.open, lambda _: None, self._drawer_did_not_open)

    def preview(self, document: Receipted, shop: ShopDetails | None = None) -> QImage:
        """Return a picture of a receipt, under another shop's letterhead if given."""
        layouts = self._layouts.of_shop(shop) if shop else self._layouts
        return as_image(layouts.receipt(document), PREVIEW_WIDTH)

    def pdf(self, document: Receipted) -> bytes:
        """Return a receipt as PDF."""
        return self._layouts.pdf(self._layouts.receipt(document))

    def text(self, document: Receipted) -> str:
        """Return a receipt as plain text."""
        return self._layouts.text(self._layouts.receipt(document))

    def finish(self) -> None:
        """Let the running job end before the program does."""
        self._thread.finish()
        self._labels.finish()

    def _drawer_did_not_open(self, error: Exception) -> None:
        if not isinstance(error, DeviceError):
            raise error
        _log.warning("drawer: %s", error)
        self.drawer_failed.emit()

    def _could_not_record(self, job: PrintJob, error: Exception) -> None:
        if not isinstance(error, StoreUnavailable | OutcomeOfCommitUnknown):
            raise error
        _log.error("print job %s: %s", job.job_id, error)
        self.finished.emit(job, PrinterTrouble.OTHER)

    def _prepared(self, job: PrintJob) -> Callable[[], PrintOutcome]:
        document = document_of(self._station, self._layouts, job, self._found)
        return lambda: self._printer.print(document)
