"""A print job that is not on paper, in words, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from pos.domain.collection_rules import Contradiction
from pos.domain.print_subjects import Receipted, label_subject
from pos.domain.printing import PrintEvent, PrintJob, PrintKind, PrintState
from pos.domain.staff import Act, Approval, Capability
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.preview import PreviewViewModel
from pos.services import labels, print_jobs
from pos.services.hub_calls import FoundReceipt
from pos.services.orders import NoSuchOrder
from pos.services.ports import Records

OF_SALES = (PrintKind.ORIGINAL, PrintKind.DUPLICATE, PrintKind.GIFT)
OF_RETURNS = (PrintKind.RETURN, PrintKind.RETURN_COPY)
# A second one of these is a marked copy, for which somebody may have to be asked.
_RECEIPTS = (PrintKind.ORIGINAL, PrintKind.DUPLICATE, *OF_RETURNS)


class Remedy(Enum):
    """What a person can do about a job."""

    AGAIN = "again"  # nothing was printed: the same job once more
    CAME_OUT = "came out"
    COPY = "copy"  # it may lie in the tray: another one only marked
    ON_SCREEN = "on screen"
    ON_RECEIPTS = "on receipts"  # a label, because its own printer is away


@dataclass(frozen=True, slots=True)
class RemedyWord:
    """A remedy with the word on its key."""

    remedy: Remedy
    word: str


class PrintTroubleViewModel(QObject):
    """One job and its trouble; `settled` when a person has seen to it."""

    changed = Signal()
    settled = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        job: PrintJob,
        trouble: PrinterTrouble,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.job, self.trouble = job, trouble

    @property
    def title(self) -> str:
        """What was to be printed."""
        return {
            PrintKind.ORIGINAL: self.tr("Receipt"),
            PrintKind.DUPLICATE: self.tr("Copy of a receipt"),
            PrintKind.FOUND_COPY: self.tr("Copy of a receipt"),
            PrintKind.GIFT: self.tr("Gift receipt"),
            PrintKind.X_REPORT: self.tr("X report"),
            PrintKind.Z_REPORT: self.tr("Z report"),
            PrintKind.PARKED: self.tr("Slip of a parked ticket"),
            PrintKind.MOVEMENT: self.tr("Slip of a cash movement"),
            PrintKind.PARCEL_LABEL: self.tr("Label of a parcel"),
            PrintKind.PICK_LIST: self.tr("Pick list"),
            PrintKind.HANDOVER: self.tr("Acknowledgement of a collected order"),
            PrintKind.RETURN: self.tr("Receipt of a return"),
            PrintKind.RETURN_COPY: self.tr("Copy of a receipt"),
            PrintKind.BINS: self.tr("Slips for the bins"),
            PrintKind.REISSUE: self.tr("Receipt of a refund paid now"),
        }[self.job.kind]

    @property
    def reason(self) -> str:
        """Why it is not on paper, in a few words."""
        if self.job.state is PrintState.UNKNOWN:
            return self.tr("it may have come out")
        return {
            PrinterTrouble.NO_PAPER: self.tr("the printer has no paper"),
            PrinterTrouble.COVER_OPEN: self.tr("the printer's cover is open"),
            PrinterTrouble.UNREACHABLE: self.tr("the printer does not answer"),
            PrinterTrouble.BUSY: self.tr("the printer is busy"),
        }.get(self.trouble, self.tr("it was not printed"))

    @property
    def text(self) -> str:
        """What happened, whether the sale is safe, what to do."""
        if self.job.state is PrintState.UNKNOWN and self.job.kind is PrintKind.FOUND_COPY:
            return self.tr("The copy may have come out. If it did not, look the receipt up again.")
        if self.job.state is PrintState.UNKNOWN:
            return self.tr("Did the paper come out? The printer stopped answering while printing.")
        what = {
            PrinterTrouble.NO_PAPER: self.tr("The printer has no paper: put a roll in."),
            PrinterTrouble.COVER_OPEN: self.tr("The printer's cover is open: close it."),
            PrinterTrouble.UNREACHABLE: self.tr(
                "The printer does not answer: look at its cable and power."
            ),
            PrinterTrouble.BUSY: self.tr("Another program uses the printer."),
        }.get(self.trouble, self.tr("It was not printed."))
        return f"{what} {self._what_stands}".strip()

    @property
    def _what_stands(self) -> str:
        if self.job.kind in OF_RETURNS:
            return self.tr("The return is saved.")
        return self.tr("The sale is saved.") if self.job.kind in OF_SALES else ""

    @property
    def remedies(self) -> tuple[RemedyWord, ...]:
        """What can be done; nothing is ever printed twice without a mark."""
        if self.job.state is PrintState.UNKNOWN and self.job.kind is PrintKind.FOUND_COPY:
            return (RemedyWord(Remedy.CAME_OUT, self.tr("Looked at")),)
        is_label = self.job.kind is PrintKind.PARCEL_LABEL
        if self.job.state is PrintState.UNKNOWN:
            copy = (
                self.tr("No: print the next") if is_label else self.tr("No: print a marked copy")
            )
            return (
                RemedyWord(Remedy.CAME_OUT, self.tr("Yes, it came out")),
                RemedyWord(Remedy.COPY, copy),
            )
        again = RemedyWord(Remedy.AGAIN, self.tr("Print again"))
        if self.job.kind in (*OF_SALES, *OF_RETURNS):
            return (again, RemedyWord(Remedy.ON_SCREEN, self.tr("On screen")))
        if is_label and self._counter.devices.printing.has_label_printer:
            return (again, RemedyWord(Remedy.ON_RECEIPTS, self.tr("On the receipt printer")))
        return (again,)

    def do(self, remedy: Remedy) -> None:
        """Do what the person chose."""
        {
            Remedy.AGAIN: self._print_again,
            Remedy.CAME_OUT: self._came_out,
            Remedy.COPY: self._ask_for_copy,
            Remedy.ON_SCREEN: self._show,
            Remedy.ON_RECEIPTS: self._print_on_receipts,
        }[remedy]()

    def close(self) -> None:
        """Leave it for later: the job waits among the receipts."""
        self._navigator.close(self)
        self.settled.emit()

    def _print_again(self) -> None:
        self._counter.devices.printing.submit(self.job)
        self.close()

    def _print_on_receipts(self) -> None:
        self._counter.devices.printing.submit_on_receipts(self.job)
        self.close()

    def _came_out(self) -> None:
        station = self._counter.station
        moved = attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.advance(station, self.job, PrintEvent.LOOKED_AT),
        )
        if moved is not None:
            self.close()

    def _ask_for_copy(self) -> None:
        if self.job.kind in _RECEIPTS:
            ask_to_reprint(self._counter, self._navigator, self._document(), self._copied)
            return
        job = attempt(self._counter, self._navigator, self._queue_another)
        if job is not None:
            self._counter.devices.printing.submit(job)
            self._copied()

    def _queue_another(self) -> PrintJob | None:
        """Queue the paper once more: a label with its next number, which voids this one."""
        sign_on, job = self._counter.sign_on, self.job
        if job.kind is not PrintKind.PARCEL_LABEL:
            return print_jobs.queue_slip(sign_on, job.kind, job.subject_id)
        subject = label_subject(job.subject_id)
        try:
            return labels.print_label(sign_on, subject.order_id, subject.parcel)
        except (Contradiction, NoSuchOrder):
            self._copied()  # the order is past labels: there is nothing left to ask
            return None

    def _copied(self) -> None:
        station = self._counter.station
        attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.advance(station, self.job, PrintEvent.LOOKED_AT),
        )
        self.close()

    def _show(self) -> None:
        document = self._document()
        if document is not None:
            self._navigator.open(PreviewViewModel(self._counter, self._navigator, document))

    def _document(self) -> Receipted | None:
        with self._counter.station.store.reading() as records:
            return document_of_job(records, self.job)


def document_of_job(records: Records, job: PrintJob) -> Receipted | None:
    """Return the sale or return whose receipt a job prints, None for any other paper."""
    if job.kind in OF_RETURNS:
        return records.returns.get(job.subject_id)
    return records.sales.get(job.subject_id) if job.kind in OF_SALES else None


def ask_to_reprint(
    counter: Counter,
    navigator: Navigator,
    document: Receipted | None,
    on_queued: Callable[[], None] = lambda: None,
) -> None:
    """Print a marked copy of a receipt, with a permission where one is needed."""
    if document is None:
        return

    def reprint(approval: Approval | None) -> None:
        job = attempt(
            counter, navigator, lambda: print_jobs.reprint(counter.sign_on, document, approval)
        )
        if job is not None:
            counter.devices.printing.submit(job)
            counter.devices.link.nudge()
            on_queued()

    _ask(counter, navigator, document, reprint)


def ask_to_reprint_found(
    counter: Counter,
    navigator: Navigator,
    receipt: FoundReceipt,
    on_queued: Callable[[], None] = lambda: None,
) -> None:
    """Print a marked copy of another till's sale, with a permission where one is needed."""

    def reprint(approval: Approval | None) -> None:
        job = attempt(
            counter,
            navigator,
            lambda: print_jobs.reprint_found(counter.sign_on, receipt, approval),
        )
        if job is not None:
            counter.devices.printing.submit_found(job, receipt)
            counter.devices.link.nudge()
            on_queued()

    _ask(counter, navigator, receipt.sale, reprint)


def _ask(
    counter: Counter,
    navigator: Navigator,
    document: Receipted,
    reprint: Callable[[Approval | None], None],
) -> None:
    ask_permission(
        counter,
        navigator,
        OverrideRequest(
            Act(Capability.REPRINT),
            str(document.number),
            wording.day(document.completed_at_ms),
            document.total,
            None,
            reprint,
            reason=str(document.number),
        ),
    )


class PrintWatch(QObject):
    """Opens a panel for a job that failed after the cashier had gone on to the next customer.

    Other screens than the sale show it themselves or are busy with money; there it waits
    among the receipts.
    """

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        counter.devices.printing.finished.connect(self._ended)

    def _ended(self, job: PrintJob, trouble: PrinterTrouble) -> None:
        is_free = self._navigator.panel is None and self._navigator.current is Screen.SALE
        if trouble is PrinterTrouble.NONE or not is_free:
            return
        self._counter.devices.sounds.play(Sound.REFUSED)
        panel = PrintTroubleViewModel(self._counter, self._navigator, job, trouble)
        self._navigator.open(panel)
