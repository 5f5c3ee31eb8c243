"""Recorded sales and print jobs that wait, and sales of other tills: find, look at, copy."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos.domain.printing import PrintJob, PrintState
from pos.domain.sale import Sale
from pos.domain.scan import ReceiptScan, RefusedScan, ScannedCode, parse
from pos.domain.tender import TenderKind
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.email import EmailEntryViewModel, hidden, queue_email
from pos.screens.receipts.lookup import LookUp
from pos.screens.receipts.print_trouble import (
    OF_SALES,
    PrintTroubleViewModel,
    ask_to_reprint,
    ask_to_reprint_found,
)
from pos.screens.scan_refusal import refusal_text, refuse_scan
from pos.services import find_receipt, print_jobs
from pos.services.hub_calls import FoundReceipt

RECENT = 100
_MOST_SEARCHED = 16


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """One row of the list: a sale, or a print job that is not on paper (`waits`)."""

    key: str
    title: str
    second: str
    middle: str
    amount: str
    waits: bool = False


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
        self._sales: tuple[Sale, ...] = ()
        self._sale_lines: dict[str, ReceiptLine] = {}  # the same ones are asked for at each key
        self._jobs: tuple[PrintJob, ...] = ()
        self._troubles: dict[str, PrinterTrouble] = {}
        self._trouble: PrintTroubleViewModel | None = None
        self._pictured: tuple[str, object] = ("", None)
        self.searched = ""
        self.chosen_key = ""
        self.lookup = LookUp(counter, self)
        self.lookup.changed.connect(self._looked_up)
        self.said = self.warned = ""
        counter.devices.printing.finished.connect(self._print_ended)

    # what is shown

    @property
    def lines(self) -> tuple[ReceiptLine, ...]:
        """Jobs that wait first, then the sales, the latest first; or what the hub found."""
        if self.lookup.receipts:
            return tuple(self._found_line(found) for found in self.lookup.receipts)
        if self.lookup.hides_own:
            return ()
        found = [sale for sale in self._sales if self.searched in str(sale.number)]
        jobs = () if self.searched else tuple(self._job_line(job) for job in self._jobs)
        return (*jobs, *(self._sale_line(sale) for sale in found))

    @property
    def chosen_index(self) -> int:
        """Place of the chosen row; −1 for none."""
        keys = [line.key for line in self.lines]
        return keys.index(self.chosen_key) if self.chosen_key in keys else -1

    @property
    def sale(self) -> Sale | None:
        """The chosen sale, or the one whose print job is chosen."""
        if self.found is not None:
            return self.found.sale
        job = self.job
        wanted = job.subject_id if job is not None else self.chosen_key
        return next((sale for sale in self._sales if sale.sale_id == wanted), None)

    @property
    def found(self) -> FoundReceipt | None:
        """The chosen sale when it is another till's."""
        receipts = self.lookup.receipts
        return next((one for one in receipts if one.sale.sale_id == self.chosen_key), None)

    @property
    def can_copy(self) -> bool:
        """True for a sale whose receipt can be printed once more."""
        found = self.found
        return self.sale is not None and (found is None or found.shop is not None)

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
        """The picture of the chosen sale's receipt, made once; None without a sale."""
        sale = self.sale
        if sale is None:
            return None
        if self._pictured[0] != sale.sale_id:
            shop = self.found.shop if self.found else None
            picture = self._counter.devices.printing.preview(sale, shop)
            self._pictured = (sale.sale_id, picture)
        return self._pictured[1]

    # what is done

    def entered(self) -> None:
        """Read the sales afresh; the latest is chosen."""
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        self.searched = self.chosen_key = self.said = self.warned = ""
        self.lookup.clear()
        self._read()
        wanted = self._navigator.arguments.get("sale")
        asked = self._navigator.arguments.get("wanted")
        if isinstance(wanted, Sale):
            self._show(wanted)
        elif isinstance(asked, ReceiptScan):
            self._look_for(asked)
        elif self.lines:
            self.choose(0)
        self.changed.emit()

    def forget_words(self) -> None:
        """Write the rows anew when they are asked for next: in another language."""
        self._sale_lines.clear()

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
        """Open the receipt that was scanned; any other code is refused."""
        read = parse(code, self._counter.station.scan_rules, is_in_catalogue=lambda _: False)
        if isinstance(read, RefusedScan):
            self._warn(refusal_text(read.reason))
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
        ask_to_reprint(self._counter, self._navigator, self.sale, self._submitted)

    def print_gift(self) -> None:
        """Print a receipt without prices."""
        sale = self._own_sale
        if sale is None:
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

    def save_pdf(self) -> None:
        """Put the receipt as PDF into the till's folder."""
        sale = self._own_sale
        if sale is None:
            return
        path = self._folder / f"{sale.number}.pdf"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self._counter.devices.printing.pdf(sale))
        except OSError as error:
            reason = error.strerror or str(error)
            self._warn(self.tr("Cannot write {path}: {reason}").format(path=path, reason=reason))
            return
        self._say(self.tr("Saved: {path}").format(path=path))

    def email(self) -> None:
        """Ask for an address and queue the receipt for it."""
        if self._own_sale is not None:
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
    def _own_sale(self) -> Sale | None:
        """The chosen sale when this till made it."""
        return None if self.found is not None else self.sale

    def _look_for(self, wanted: ReceiptScan) -> None:
        """Show a receipt of this till, or ask the hub for it."""
        sale = find_receipt.here(self._counter.station, wanted)
        if sale is not None:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self._show(sale)
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
            self._sales = records.sales.recent(RECENT)
            waiting = records.prints.unfinished()
            extra = [
                sale
                for job in waiting
                if job.kind in OF_SALES and (sale := records.sales.get(job.subject_id))
            ]
        # A job on its way to the printer right now is no trouble yet.
        self._jobs = tuple(job for job in waiting if job.state is not PrintState.SENT)
        known = {sale.sale_id for sale in self._sales}
        self._sales += tuple(sale for sale in extra if sale.sale_id not in known)
        self._look_at_job()

    def _search(self, text: str) -> None:
        self.lookup.clear()
        self.searched = text
        self.said = self.warned = ""
        if self.lines and self.chosen_index < 0:
            self.choose(0)
        self.changed.emit()

    def _show(self, sale: Sale) -> None:
        if sale.sale_id not in {known.sale_id for known in self._sales}:
            self._sales = (sale, *self._sales)
        self.searched = self.said = self.warned = ""
        self.lookup.clear()
        self.chosen_key = sale.sale_id
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

    def _found_line(self, found: FoundReceipt) -> ReceiptLine:
        sale = found.sale
        second, total = self.lookup.place(found), wording.money(sale.total)
        day = wording.day(sale.completed_at_ms)
        return ReceiptLine(sale.sale_id, str(sale.number), second, day, total)

    def _sale_line(self, sale: Sale) -> ReceiptLine:
        known = self._sale_lines.get(sale.sale_id)
        if known is None:
            known = self._sale_lines[sale.sale_id] = self._written(sale)
        return known

    def _written(self, sale: Sale) -> ReceiptLine:
        second = f"{self._when(sale)} · {sale.staff_name}"
        total = wording.money(sale.total)
        return ReceiptLine(sale.sale_id, str(sale.number), second, self._tenders(sale), total)

    def _when(self, sale: Sale) -> str:
        return f"{wording.day(sale.completed_at_ms)}, {wording.clock(sale.completed_at_ms)}"

    def _tenders(self, sale: Sale) -> str:
        names = {
            TenderKind.CASH: self.tr("Cash"),
            TenderKind.CARD: self.tr("Card"),
            TenderKind.GIFT_CARD: self.tr("Gift card"),
            TenderKind.STORE_CREDIT: self.tr("Store credit"),
            TenderKind.IMPORT: self.tr("Imported"),
        }
        used = {names[one.kind] for one in sale.tenders}
        return used.pop() if len(used) == 1 else self.tr("Mixed")

    def _job_line(self, job: PrintJob) -> ReceiptLine:
        trouble = self._troubles.get(job.job_id, PrinterTrouble.OTHER)
        told = PrintTroubleViewModel(self._counter, self._navigator, job, trouble)
        sale = next((one for one in self._sales if one.sale_id == job.subject_id), None)
        title = f"{told.title} {sale.number}" if sale else told.title
        second = f"{wording.clock(job.created_at_ms)} · {told.reason}"
        return ReceiptLine(job.job_id, title, second, "", "", waits=True)

    def _send(self, address: str) -> None:
        sale = self.sale
        if sale is not None and queue_email(self._counter, self._navigator, sale, address):
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
