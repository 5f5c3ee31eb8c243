"""Sales, returns, print jobs that wait, and sales of other tills: find, look at, copy."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos.domain.print_subjects import Receipted, receipt_subject
from pos.domain.printing import PrintJob, PrintState
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.scan import GiftReceiptScan, ReceiptScan, RefusedScan, ScannedCode, parse
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.photo.looking import PhotosOfReturns
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.email import EmailEntryViewModel, hidden, queue_email
from pos.screens.receipts.lookup import LookUp
from pos.screens.receipts.print_trouble import (
    PrintTroubleViewModel,
    ask_to_reprint,
    ask_to_reprint_found,
    document_of_job,
)
from pos.screens.receipts.rows import ReceiptLine, ReceiptRows
from pos.screens.scan_refusal import refusal_text, refuse_scan
from pos.services import find_receipt, print_jobs
from pos.services.find_purchase import Wanted
from pos.services.hub_calls import FoundReceipt

RECENT = 100
_MOST_SEARCHED = 16


class ReceiptsViewModel(QObject):
    """State of the receipts; `folder` is where PDFs are put."""

    changed = Signal()

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        folder: Path,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator, self._folder = counter, navigator, folder
        self._documents: tuple[Receipted, ...] = ()
        self._rows = ReceiptRows(self)
        self._jobs: tuple[PrintJob, ...] = ()
        self._troubles: dict[str, PrinterTrouble] = {}
        self._trouble: PrintTroubleViewModel | None = None
        self._pictured: tuple[Receipted | None, object] = (None, None)
        self.searched = ""
        self.chosen_key = ""
        self.lookup = LookUp(counter, self)
        self._photos = PhotosOfReturns(counter, navigator)
        self.lookup.changed.connect(self._looked_up)
        self.said = self.warned = ""
        counter.devices.printing.finished.connect(self._print_ended)

    # what is shown

    @property
    def lines(self) -> tuple[ReceiptLine, ...]:
        """Jobs that wait first, then sales and returns, the latest first; or what was found."""
        if self.lookup.receipts:
            place = self.lookup.place
            return tuple(self._rows.of_found(one, place(one)) for one in self.lookup.receipts)
        if self.lookup.hides_own:
            return ()
        found = [one for one in self._documents if self.searched in str(one.number)]
        jobs = () if self.searched else tuple(self._job_line(job) for job in self._jobs)
        return (*jobs, *(self._rows.of(document) for document in found))

    @property
    def chosen_index(self) -> int:
        """Place of the chosen row; −1 for none."""
        keys = [line.key for line in self.lines]
        return keys.index(self.chosen_key) if self.chosen_key in keys else -1

    @property
    def document(self) -> Receipted | None:
        """The chosen sale or return, or the one whose print job is chosen."""
        if self.found is not None:
            return self.found.sale
        job = self.job
        return self._known(job.subject_id if job is not None else self.chosen_key)

    @property
    def sale(self) -> Sale | None:
        """The chosen document when it is a sale."""
        return self.document if isinstance(self.document, Sale) else None

    @property
    def found(self) -> FoundReceipt | None:
        """The chosen sale when it is another till's."""
        receipts = self.lookup.receipts
        return next((one for one in receipts if one.sale.sale_id == self.chosen_key), None)

    @property
    def can_copy(self) -> bool:
        """True for a document whose receipt can be printed once more."""
        found = self.found
        return self.document is not None and (found is None or found.shop is not None)

    @property
    def job(self) -> PrintJob | None:
        """The chosen print job, if one is chosen."""
        return next((job for job in self._jobs if job.job_id == self.chosen_key), None)

    @property
    def trouble(self) -> PrintTroubleViewModel | None:
        """What can be done about the chosen print job."""
        return self._trouble

    @property
    def picture(self) -> object:
        """The picture of the chosen receipt, made once; None while nothing is chosen."""
        document = self.document
        if document is None:
            return None
        if self._pictured[0] != document:
            shop = self.found.shop if self.found else None
            self._pictured = (document, self._counter.devices.printing.preview(document, shop))
        return self._pictured[1]

    @property
    def photos(self) -> int:
        """How many photos there are of what came back with the chosen return."""
        return len(self._photos.of(self._own))

    # what is done

    def entered(self) -> None:
        """Read what was recorded afresh; the latest is chosen."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        self.searched = self.chosen_key = self.said = self.warned = ""
        self.lookup.clear()
        self._read()
        wanted = self._navigator.arguments.get("sale")
        asked = self._navigator.arguments.get("wanted")
        if isinstance(wanted, Sale | Return):
            self._show(wanted)
        elif isinstance(asked, ReceiptScan):
            self._look_for(asked)
        elif self.lines:
            self.choose(0)
        self.changed.emit()

    def forget_words(self) -> None:
        """Write the rows anew when they are asked for next: in another language."""
        self._rows.forget()

    def choose(self, index: int) -> None:
        """Look at a row of the list."""
        lines = self.lines
        if 0 <= index < len(lines) and lines[index].key != self.chosen_key:
            self.chosen_key = lines[index].key
            self.said = self.lookup.about(self.found) if self.found else ""
            self.warned = ""
            self._look_at_job()
            self.changed.emit()

    def move(self, by: int) -> None:
        """Choose the row below (1) or above (−1)."""
        last = len(self.lines) - 1
        self.choose(min(max(0, self.chosen_index + by), last))

    def press(self, signs: str) -> None:
        """Look for a number that holds what is typed."""
        if len(self.searched) < _MOST_SEARCHED:
            self._search(self.searched + signs)

    def erase(self) -> None:
        """Take the last sign of the number back."""
        self._search(self.searched[:-1])

    def find(self) -> None:
        """Open the receipt of exactly the number typed, however old."""
        if self.searched and not self.lookup.is_asking:
            self._look_for(ReceiptScan(self.searched))

    def scanned(self, code: ScannedCode) -> None:
        """Open the receipt that was scanned; any other code is refused.

        A gift's paper is not opened, for the receipt says what was paid: its gift comes back.
        """
        read = parse(code, self._counter.station.scan_rules, is_in_catalogue=lambda _: False)
        if isinstance(read, RefusedScan):
            self._warn(refusal_text(read.reason))
        elif isinstance(read, GiftReceiptScan):
            wanted = Wanted(read.number, read.shop, is_gift=True)
            self._navigator.go(Screen.RETURN, wanted=wanted, back=Screen.RECEIPTS)
        elif not isinstance(read, ReceiptScan):
            self._warn(refuse_scan(self._counter), sounds=False)
        else:
            self._look_for(read)

    def reprint(self) -> None:
        """Print a copy, marked as such, with a permission where one is needed."""
        if self.found is not None:
            if self.can_copy:
                found = self.found
                ask_to_reprint_found(self._counter, self._navigator, found, self._submitted)
            return
        ask_to_reprint(self._counter, self._navigator, self.document, self._submitted)

    def take_back(self) -> None:
        """Take something of the chosen sale back."""
        found, sale = self.found, self.sale
        if found is not None:
            wanted = Wanted(str(found.sale.number), found.sale.shop)
            self._navigator.go(Screen.RETURN, wanted=wanted, back=Screen.RECEIPTS)
        elif sale is not None:
            self._navigator.go(Screen.RETURN, sale=sale, back=Screen.RECEIPTS)

    def print_gift(self) -> None:
        """Print the receipt of a sale without prices."""
        sale = self._own
        if not isinstance(sale, Sale):
            return
        job = attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.queue_gift_receipt(self._counter.sign_on, sale),
        )
        if job is not None:
            self._counter.devices.printing.submit(job)
            self._counter.devices.link.nudge()
            self._submitted()

    def show_photos(self) -> None:
        """Show the photos of the chosen return."""
        self._photos.show(self._own)

    def save_pdf(self) -> None:
        """Put the receipt as PDF into the till's folder."""
        document = self._own
        if document is None:
            return
        path = self._folder / f"{document.number}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._counter.devices.printing.pdf(document))
        except OSError as error:
            reason = error.strerror or str(error)
            self._warn(self.tr("Cannot write {path}: {reason}").format(path=path, reason=reason))
            return
        self._say(self.tr("Saved: {path}").format(path=path))

    def email(self) -> None:
        """Ask for an address and queue the receipt for it."""
        if self._own is not None:
            panel = EmailEntryViewModel(self._navigator)
            panel.written.connect(self._send)
            self._navigator.open(panel)

    def back(self) -> None:
        """Clear the search, or go back to selling."""
        if self.searched or self.lookup.is_asking or self.lookup.receipts:
            self._search("")
        else:
            self._navigator.go(Screen.SALE)

    # how

    @property
    def _own(self) -> Receipted | None:
        """The chosen document when this till made it."""
        return None if self.found is not None else self.document

    def _known(self, key: str) -> Receipted | None:
        known = (one for one in self._documents if receipt_subject(one).subject_id == key)
        return next(known, None)

    def _look_for(self, wanted: ReceiptScan) -> None:
        """Show a receipt of this till, or ask the hub for it."""
        station = self._counter.station
        found = find_receipt.here(station, wanted) or find_receipt.return_here(station, wanted)
        if found is not None:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self._show(found)
            return
        self.searched, self.chosen_key = wanted.number, ""
        self.said = self.warned = ""
        self._trouble = None
        self.lookup.ask(wanted)

    def _looked_up(self) -> None:
        """Show what the hub found, the first chosen, or why there is nothing."""
        if self._navigator.current is not Screen.RECEIPTS or self._counter.signed_on is None:
            self.lookup.clear()
            return
        self.warned = self.lookup.told
        if self.lookup.receipts:
            self.choose(0)
        self.changed.emit()

    def _read(self) -> None:
        self.forget_words()
        with self._counter.station.store.reading() as records:
            recent: list[Receipted] = [
                *records.sales.recent(RECENT),
                *records.returns.recent(RECENT),
            ]
            waiting = records.prints.unfinished()
            extra = [document_of_job(records, job) for job in waiting]
        # A job on its way to the printer right now is no trouble yet.
        self._jobs = tuple(job for job in waiting if job.state is not PrintState.SENT)
        latest = sorted(recent, key=lambda one: one.completed_at_ms, reverse=True)
        documents = (*latest, *(one for one in extra if one is not None))
        self._documents = tuple(
            {receipt_subject(one).subject_id: one for one in documents}.values()
        )
        self._look_at_job()

    def _search(self, text: str) -> None:
        self.lookup.clear()
        self.searched = text
        self.said = self.warned = ""
        if self.lines and self.chosen_index < 0:
            self.choose(0)
        self.changed.emit()

    def _show(self, document: Receipted) -> None:
        key = receipt_subject(document).subject_id
        if self._known(key) is None:
            self._documents = (document, *self._documents)
        self.searched = self.said = self.warned = ""
        self.lookup.clear()
        self.chosen_key = key
        self._look_at_job()
        self.changed.emit()

    def _look_at_job(self) -> None:
        job = self.job
        if job is None:
            self._trouble = None
            return
        trouble = self._troubles.get(job.job_id, PrinterTrouble.OTHER)
        self._trouble = PrintTroubleViewModel(self._counter, self._navigator, job, trouble, self)
        self._trouble.settled.connect(self._refresh)

    def _job_line(self, job: PrintJob) -> ReceiptLine:
        trouble = self._troubles.get(job.job_id, PrinterTrouble.OTHER)
        told = PrintTroubleViewModel(self._counter, self._navigator, job, trouble)
        return self._rows.of_job(told, self._known(job.subject_id))

    def _send(self, address: str) -> None:
        own = self._own
        if own is not None and queue_email(self._counter, self._navigator, own, address):
            text = self.tr("{address}: sent when there is a link")
            self._say(text.format(address=hidden(address)))

    def _submitted(self) -> None:
        self._say(self.tr("Printing…"))

    def _print_ended(self, job: PrintJob, trouble: PrinterTrouble) -> None:
        self._troubles[job.job_id] = trouble
        if self._navigator.current is not Screen.RECEIPTS:
            return
        if trouble is PrinterTrouble.NONE:
            self.said = self.tr("Printed")
        else:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self.said = ""
        self._refresh()

    def _refresh(self) -> None:
        self._read()
        if self.chosen_index < 0 and self.lines:
            self.chosen_key = self.lines[0].key
            self._look_at_job()
        self.changed.emit()

    def _say(self, text: str) -> None:
        self.said, self.warned = text, ""
        self.changed.emit()

    def _warn(self, text: str, *, sounds: bool = True) -> None:
        self.said, self.warned = "", text
        if sounds:
            self._counter.devices.sounds.play(Sound.REFUSED)
        self.changed.emit()
