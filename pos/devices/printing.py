"""The printer as the screens see it: jobs followed to their end, the drawer, previews."""

from __future__ import annotations

import logging
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from hardware.cash_drawer.port import CashDrawer
from hardware.errors import (
    DeviceBusy,
    DeviceError,
    DeviceRefused,
    DeviceUnreachable,
    OutcomeUnknown,
)
from hardware.receipt_printer.port import Paper, PrintOutcome, ReceiptPrinter
from pos.background import Background
from pos.devices.documents import NothingToPrint, document_of
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.printing import PrintEvent, PrintJob, PrintKind, PrintState
from pos.domain.sale import Sale
from pos.domain.shop import ShopDetails
from pos.receipts.layouts import Layouts
from pos.receipts.preview import as_image
from pos.screens.ports import PrinterTrouble
from pos.services import print_jobs
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
    ) -> None:
        super().__init__(parent)
        self._station = station
        self._layouts = layouts
        self._printer = printer
        self._drawer = drawer
        self._thread = Background(self, threads=1)
        self._found: dict[str, FoundReceipt] = {}

    def submit(self, job: PrintJob) -> None:
        """Print a job that is queued, or that failed before and is tried again.

        A job that ended meanwhile is not printed again, however often it is submitted.
        """
        self._thread.run(
            lambda: self._carry_out(job),
            lambda end: self.finished.emit(*end),
            lambda error: self._could_not_record(job, error),
        )

    def submit_found(self, job: PrintJob, receipt: FoundReceipt) -> None:
        """Print a copy of a sale that was looked up; it is held until the till is closed."""
        self._found[receipt.sale.sale_id] = receipt
        self.submit(job)

    def open_drawer(self) -> None:
        """Make the drawer spring open; the sale never depends on it."""
        if self._drawer.opens_by_itself:
            self._thread.run(self._drawer.open, lambda _: None, self._drawer_did_not_open)

    def preview(self, sale: Sale, shop: ShopDetails | None = None) -> QImage:
        """Return a picture of the sale's receipt, under another shop's letterhead if given."""
        layouts = self._layouts.of_shop(shop) if shop else self._layouts
        return as_image(layouts.sale(sale, PrintKind.ORIGINAL), PREVIEW_WIDTH)

    def pdf(self, sale: Sale) -> bytes:
        """Return the sale's receipt as PDF."""
        return self._layouts.pdf(self._layouts.sale(sale, PrintKind.ORIGINAL))

    def text(self, sale: Sale) -> str:
        """Return the sale's receipt as plain text."""
        return self._layouts.text(self._layouts.sale(sale, PrintKind.ORIGINAL))

    def finish(self) -> None:
        """Let the running job end before the program does."""
        self._thread.finish()

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

    def _carry_out(self, job: PrintJob) -> tuple[PrintJob, PrinterTrouble]:
        job = self._as_stored(job)
        if job.state is PrintState.FAILED:
            job = print_jobs.advance(self._station, job, PrintEvent.TRIED_AGAIN)
        if job.state is PrintState.SENT:  # its end could not be recorded
            trouble = PrinterTrouble.OUTCOME_UNKNOWN
            return self._end(job, PrintEvent.ANSWER_LOST, trouble, job.error)
        if job.state is not PrintState.QUEUED:
            is_unknown = job.state is PrintState.UNKNOWN
            return job, PrinterTrouble.OUTCOME_UNKNOWN if is_unknown else PrinterTrouble.NONE
        try:
            document = document_of(self._station, self._layouts, job, self._found)
        except NothingToPrint as error:
            _log.warning("print job %s: %s", job.job_id, error)
            return self._end(job, PrintEvent.NOTHING_SENT, PrinterTrouble.OTHER, str(error))
        job = print_jobs.advance(self._station, job, PrintEvent.SENDING)
        return self._print(job, lambda: self._printer.print(document))

    def _as_stored(self, job: PrintJob) -> PrintJob:
        with self._station.store.reading() as records:
            return records.prints.get(job.job_id) or job

    def _print(
        self, job: PrintJob, printing: Callable[[], PrintOutcome]
    ) -> tuple[PrintJob, PrinterTrouble]:
        try:
            outcome = printing()
        except OutcomeUnknown as error:
            trouble = PrinterTrouble.OUTCOME_UNKNOWN
            return self._end(job, PrintEvent.ANSWER_LOST, trouble, str(error))
        except DeviceError as error:
            _log.warning("print job %s: %s", job.job_id, error)
            trouble = self._trouble(error)
            return self._end(job, PrintEvent.NOTHING_SENT, trouble, str(error))
        confirmed = outcome is PrintOutcome.CONFIRMED
        event = PrintEvent.PRINTER_CONFIRMED if confirmed else PrintEvent.PRINTER_TOOK_ALL
        return self._end(job, event, PrinterTrouble.NONE)

    def _end(
        self, job: PrintJob, event: PrintEvent, trouble: PrinterTrouble, error: str = ""
    ) -> tuple[PrintJob, PrinterTrouble]:
        return print_jobs.advance(self._station, job, event, error), trouble

    def _trouble(self, error: DeviceError) -> PrinterTrouble:
        if isinstance(error, DeviceBusy):
            return PrinterTrouble.BUSY
        if isinstance(error, DeviceUnreachable):
            return PrinterTrouble.UNREACHABLE
        if not isinstance(error, DeviceRefused):
            return PrinterTrouble.OTHER
        return self._asked()

    def _asked(self) -> PrinterTrouble:
        try:
            status = self._printer.status()
        except DeviceError:
            return PrinterTrouble.OTHER
        if status.paper is Paper.OUT:
            return PrinterTrouble.NO_PAPER
        return PrinterTrouble.COVER_OPEN if status.is_cover_open else PrinterTrouble.OTHER
