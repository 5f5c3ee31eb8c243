"""The change to hand out, how it is made up, and the receipt of the sale just recorded."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.cash import change_in_pieces
from pos.domain.money import Money, total
from pos.domain.printing import PrintJob
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.scan import ScannedCode
from pos.domain.tender import TenderKind
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.payment.outcome import has_cash
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.email import EmailEntryViewModel, hidden, queue_email
from pos.screens.receipts.preview import PreviewViewModel
from pos.screens.receipts.print_trouble import PrintTroubleViewModel
from pos.screens.returns.papers import print_return
from pos.screens.scan_refusal import refuse_scan
from pos.services import exchange, labels, print_jobs

PRINT, EMAIL, ON_SCREEN, GIFT = "1", "2", "3", "4"


class ChangeViewModel(QObject):
    """State after a sale; going on prints the receipt unless the customer chose otherwise."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.trouble: PrintTroubleViewModel | None = None
        self.came_back: Return | None = None  # what paid for it, or for a part
        self.sent_to = ""
        self.said = ""
        self._done: set[str] = set()
        self._drawer_failed = False
        counter.devices.printing.finished.connect(self._print_ended)
        counter.devices.printing.drawer_failed.connect(self._drawer_did_not_open)
        navigator.panel_changed.connect(self.changed)

    # what is shown

    @property
    def sale(self) -> Sale | None:
        return self._counter.last_sale

    @property
    def has_change(self) -> bool:
        return self.sale is not None and bool(self.sale.change)

    @property
    def amount(self) -> Money:
        """The change; where there is none, what was paid."""
        sale = self.sale
        if sale is None:
            return Money(0, self._counter.station.currency)
        return sale.change or self._paid(sale)

    @property
    def is_even(self) -> bool:
        """True after an exchange that moved no money."""
        sale = self.sale
        return sale is not None and self.came_back is not None and not self._paid(sale)

    @property
    def pieces(self) -> tuple[str, ...]:
        """Which notes and coins make up the change."""
        sale = self.sale
        if sale is None:
            return ()
        pieces, _rest = change_in_pieces(sale.change, self._counter.station.denominations)
        return tuple(
            f"{one.count} × {wording.short_money(Money(one.denomination.minor, sale.currency))}"
            for one in pieces
        )

    @property
    def collected(self) -> str:
        return wording.money(self._paid(self.sale)) if self.sale else ""

    @property
    def handed(self) -> str:
        """What the customer handed over in all."""
        sale = self.sale
        if sale is None:
            return ""
        handed = (one.tendered for one in sale.tenders if one.kind is not TenderKind.EXCHANGE)
        return wording.money(total(handed, sale.currency))

    @property
    def number(self) -> str:
        return str(self.sale.number) if self.sale else ""

    @property
    def saved_text(self) -> str:
        """What is recorded: the sale, and the return of what paid for it."""
        if self.came_back is None:
            return self.tr("Sale saved at this till")
        text = self.tr("Sale and return {number} saved at this till")
        return text.format(number=self.came_back.number)

    @property
    def drawer_text(self) -> str:
        """What the drawer does; empty when no cash was taken."""
        if self.sale is None or not has_cash(self.sale):
            return ""
        if self._drawer_failed:
            return self.tr("The drawer did not open: use its key")
        return self.tr("Drawer open: close it when done")

    @property
    def drawer_failed(self) -> bool:
        return self._drawer_failed

    @property
    def prints_by_itself(self) -> bool:
        """True when every receipt is printed at once."""
        return self._counter.settings.receipts == "always"

    @property
    def is_beside_panel(self) -> bool:
        """True while a panel takes the right region."""
        return self._navigator.panel is not None

    def is_done(self, option: str) -> bool:
        """True when a receipt of that kind was made already."""
        return option in self._done

    # what is done

    def entered(self) -> None:
        """Begin with the sale just recorded."""
        self.trouble, self.sent_to, self.said = None, "", ""
        self._done, self._drawer_failed = set(), False
        self.came_back = None
        if self.sale is None:
            self._navigator.go(Screen.SALE)
            return
        self._acknowledge(self.sale)
        self.came_back = exchange.return_with(self._counter.station, self.sale)
        if self.came_back is not None:
            print_return(self._counter, self._navigator, self.came_back)
        if self.prints_by_itself:
            self._print()
        self.changed.emit()

    def choose(self, option: str) -> None:
        """Make a receipt: 1 on paper, 2 by e-mail, 3 on the screen, 4 without prices."""
        acts = {
            PRINT: self._print,
            EMAIL: self._ask_address,
            ON_SCREEN: self._show,
            GIFT: self._print_gift,
        }
        if option in acts and self.sale is not None:
            acts[option]()
            self.changed.emit()

    def next(self) -> None:
        """Print if nothing else was chosen, and serve the next customer."""
        if not self._done:
            self._print()
        if self._navigator.panel is None:
            self._navigator.go(Screen.SALE)

    def scanned(self, code: ScannedCode) -> None:
        """Go on to the next customer with what was scanned, once the receipt is seen to."""
        del code
        self.said = refuse_scan(self._counter)
        self.changed.emit()

    # how

    @property
    def _subjects(self) -> tuple[str, ...]:
        """What is printed here: the sale, and the return of what paid for it."""
        sale, came_back = self.sale, self.came_back
        ids = ("" if sale is None else sale.sale_id, came_back.return_id if came_back else "")
        return tuple(one for one in ids if one)

    def _paid(self, sale: Sale) -> Money:
        """Return what the customer paid, beside the goods that came back."""
        in_goods = (one.amount for one in sale.tenders if one.kind is TenderKind.EXCHANGE)
        return sale.total - total(in_goods, sale.currency)

    def _acknowledge(self, sale: Sale) -> None:
        """Print what the customer of an order takes along, when the sale paid for one."""
        job = attempt(
            self._counter,
            self._navigator,
            lambda: labels.acknowledge_sale(self._counter.sign_on, sale),
        )
        if job is not None:
            self._counter.devices.printing.submit(job)

    def _print(self) -> None:
        sale = self.sale
        if sale is None or PRINT in self._done:
            return
        job = attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.queue_receipt(self._counter.sign_on, sale),
        )
        self._submit(job, PRINT)

    def _print_gift(self) -> None:
        sale = self.sale
        if sale is None:
            return
        job = attempt(
            self._counter,
            self._navigator,
            lambda: print_jobs.queue_gift_receipt(self._counter.sign_on, sale),
        )
        self._submit(job, GIFT)

    def _submit(self, job: PrintJob | None, option: str) -> None:
        if job is not None:
            self._done.add(option)
            self._counter.devices.printing.submit(job)
            self._counter.devices.link.nudge()

    def _show(self) -> None:
        if self.sale is not None:
            self._done.add(ON_SCREEN)
            self._navigator.open(PreviewViewModel(self._counter, self._navigator, self.sale))

    def _ask_address(self) -> None:
        panel = EmailEntryViewModel(self._navigator)
        panel.written.connect(self._send)
        self._navigator.open(panel)

    def _send(self, address: str) -> None:
        if self.sale is not None and queue_email(
            self._counter, self._navigator, self.sale, address
        ):
            self._done.add(EMAIL)
            self.sent_to = hidden(address)
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self.changed.emit()

    def _print_ended(self, job: PrintJob, trouble: PrinterTrouble) -> None:
        mine = job.subject_id in self._subjects
        if not mine or self._navigator.current is not Screen.CHANGE:
            return
        self.trouble = None
        if trouble is not PrinterTrouble.NONE:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self.trouble = PrintTroubleViewModel(
                self._counter, self._navigator, job, trouble, self
            )
            self.trouble.settled.connect(self._trouble_settled)
        self.changed.emit()

    def _trouble_settled(self) -> None:
        self.trouble = None
        self.changed.emit()

    def _drawer_did_not_open(self) -> None:
        self._drawer_failed = True
        self.changed.emit()
