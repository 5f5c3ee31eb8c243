"""What was given back, and the paper of it: until the next customer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.printing import PrintJob, PrintKind
from pos.domain.returns import Return, ReturnFlag
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.print_trouble import PrintTroubleViewModel, ask_to_reprint
from pos.screens.returns.ways import refund_words
from pos.services import print_jobs


class Done(QObject):
    """State after a return was recorded; `document` is None before."""

    changed = Signal()

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.document: Return | None = None
        self.trouble: PrintTroubleViewModel | None = None
        self.printed = self._drawer_failed = False
        counter.devices.printing.finished.connect(self._print_ended)
        counter.devices.printing.drawer_failed.connect(self._drawer_did_not_open)

    def forget(self) -> None:
        """Begin with the next return."""
        self.document, self.trouble = None, None
        self.printed = self._drawer_failed = False

    def begin(self, document: Return) -> None:
        """Show what was recorded; let the cash out and print the papers."""
        self.forget()
        self.document = document
        devices = self._counter.devices
        devices.sounds.play(Sound.DONE)
        if document.cash_paid_out:
            devices.printing.open_drawer()
        self._print(document)
        devices.link.nudge()
        self.changed.emit()

    # -- what is shown

    @property
    def amount(self) -> str:
        return "" if self.document is None else wording.money(-self.document.total)

    @property
    def number(self) -> str:
        return "" if self.document is None else str(self.document.number)

    @property
    def refunds(self) -> tuple[tuple[str, str], ...]:
        """How it was given back, each with its amount."""
        return tuple(refund_words(one) for one in self.document.refunds) if self.document else ()

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """(Icon, text) of what the cashier still has to know."""
        document = self.document
        if document is None:
            return ()
        notes = []
        if document.cash_paid_out:
            text = self.tr("Drawer open: close it when done")
            if self._drawer_failed:
                text = self.tr("The drawer did not open: use its key")
            notes.append(("drawer", text))
        if ReturnFlag.OFFLINE in document.flags:
            notes.append(("offline", self.tr("Without connection: checked later")))
        return tuple(notes)

    @property
    def paper(self) -> str:
        """What became of the receipt; empty while something is wrong with it."""
        if self.trouble is not None:
            return ""
        return self.tr("Receipt printed") if self.printed else self.tr("Printing the receipt…")

    # -- what is done

    def print_again(self) -> None:
        """Print a copy, marked as such."""
        if self.document is not None:
            ask_to_reprint(self._counter, self._navigator, self.document, lambda: None)

    # -- inside

    def _print(self, document: Return) -> None:
        sign_on = self._counter.sign_on
        receipt = attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.queue_receipt(sign_on, document),
        )
        self._submit(receipt)
        if document.lines:
            self._submit(
                attempt(
                    self._counter,
                    self._navigator,
                    lambda: print_jobs.queue_slip(sign_on, PrintKind.BINS, document.return_id),
                )
            )

    def _submit(self, job: PrintJob | None) -> None:
        if job is not None:
            self._counter.devices.printing.submit(job)

    def _print_ended(self, job: PrintJob, trouble: PrinterTrouble) -> None:
        is_mine = self.document is not None and job.subject_id == self.document.return_id
        if not is_mine or self._navigator.current is not Screen.RETURN:
            return
        if trouble is not PrinterTrouble.NONE:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self.trouble = PrintTroubleViewModel(
                self._counter, self._navigator, job, trouble, self
            )
            self.trouble.settled.connect(self._settled)
        elif job.kind is not PrintKind.BINS:
            self.printed = True
        self.changed.emit()

    def _settled(self) -> None:
        self.trouble = None
        self.changed.emit()

    def _drawer_did_not_open(self) -> None:
        self._drawer_failed = True
        self.changed.emit()
