"""The label printer as the screens see it: labels followed to their end, and their previews."""

from __future__ import annotations

import logging
from collections.abc import Mapping

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from hardware import registry
from hardware.label_printer.on_receipts import ReceiptLabelPrinter
from hardware.label_printer.port import LabelPrinter
from hardware.receipt_printer.port import ReceiptPrinter
from pos.background import Background
from pos.devices.documents import label_of
from pos.devices.job_flow import JobFlow, Printing
from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.printing import PrintJob
from pos.receipts.label import draw_label, picture_of
from pos.receipts.layouts import Layouts
from pos.screens.ports import PrinterTrouble
from pos.services.workstation import Workstation

PREVIEW_WIDTH = 420

_log = logging.getLogger(__name__)


class LabelDesk(QObject):
    """Prints one label after the other in a thread of its own.

    A label printer that is away so never holds up a receipt.

    Args:
        printer: Where labels are printed.
        receipts: The receipt printer as a label printer, for a label that is to come out there
            because `printer` is away; None when that is what `printer` is.
    """

    finished = Signal(object, object)  # PrintJob, PrinterTrouble

    def __init__(
        self,
        station: Workstation,
        layouts: Layouts,
        printer: LabelPrinter,
        receipts: LabelPrinter | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._station, self._layouts = station, layouts
        self._printer, self._receipts = printer, receipts
        self._flow = JobFlow(station)
        self._thread = Background(self, threads=1)

    @property
    def has_own_printer(self) -> bool:
        """True when labels do not come off the receipt roll anyway."""
        return self._receipts is not None

    def submit(self, job: PrintJob) -> None:
        """Print a label that is queued, or that failed before and is tried again."""
        self._print_on(self._printer, job)

    def submit_on_receipts(self, job: PrintJob) -> None:
        """Print a label on the receipt printer instead."""
        self._print_on(self._receipts or self._printer, job)

    def preview(self, job: PrintJob) -> QImage:
        """Return the picture that is printed for a job, scaled for the screen.

        Raises:
            NothingToPrint: The order is gone, or a newer label made this one void.
        """
        label, paper = label_of(self._station, self._layouts, job), self._printer.paper
        return picture_of(draw_label(label, paper.width, paper.height), PREVIEW_WIDTH)

    def finish(self) -> None:
        """Let the running job end before the program does."""
        self._thread.finish()

    def _print_on(self, printer: LabelPrinter, job: PrintJob) -> None:
        def prepare(stored: PrintJob) -> Printing:
            label = label_of(self._station, self._layouts, stored)
            picture = draw_label(label, printer.paper.width, printer.paper.height)
            return lambda: printer.print(picture)

        self._thread.run(
            lambda: self._flow.carry_out(job, prepare, printer.status),
            lambda end: self.finished.emit(*end),
            lambda error: self._could_not_record(job, error),
        )

    def _could_not_record(self, job: PrintJob, error: Exception) -> None:
        if not isinstance(error, StoreUnavailable | OutcomeOfCommitUnknown):
            raise error
        _log.error("print job %s: %s", job.job_id, error)
        self.finished.emit(job, PrinterTrouble.OTHER)


def label_desk(
    station: Workstation,
    layouts: Layouts,
    printer: ReceiptPrinter,
    settings: Mapping[str, object],
) -> LabelDesk:
    """Return the desk for the label printer that settings describe.

    Raises:
        DeviceNotConfigured: They describe none.
    """
    chosen = registry.build_label_printer(settings, printer)
    if isinstance(chosen, ReceiptLabelPrinter):
        return LabelDesk(station, layouts, chosen)
    return LabelDesk(station, layouts, chosen, ReceiptLabelPrinter(printer))
