"""What was given back, and the paper of it: until the next customer."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.card_refund import CardRefund
from pos.domain.money import total
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.reissue import Owed
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return, ReturnFlag
from pos.domain.sale import Sale
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import PrinterTrouble, Sound
from pos.screens.receipts.print_trouble import PrintTroubleViewModel, ask_to_reprint
from pos.screens.returns.papers import print_return, print_sale
from pos.screens.returns.ways import refund_words
from pos.services import give_back
from pos.services.refund_card import AnswerOpen, Contradicted, OwedAgain, PaidBack, RefundStep


class Done(QObject):
    """State after a return was recorded; `document` is None before."""

    changed = Signal()
    otherwise = Signal(object)  # Return: the customer wants what failed another way

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.document: Return | None = None
        self.sale: Sale | None = None  # of what was taken instead
        self.trouble: PrintTroubleViewModel | None = None
        self.printed = self._drawer_failed = False
        self._steps: dict[str, RefundStep] = {}  # by refund
        counter.refunds.stepped.connect(self._stepped)
        counter.refunds.asks.connect(self.changed)
        counter.devices.printing.finished.connect(self._print_ended)
        counter.devices.printing.drawer_failed.connect(self._drawer_did_not_open)

    def forget(self) -> None:
        """Begin with the next return."""
        self.document, self.sale, self.trouble, self._steps = None, None, None, {}
        self.printed = self._drawer_failed = False

    def begin(self, document: Return, sale: Sale | None = None) -> None:
        """Show what was recorded; let the cash out and print the papers.

        Args:
            sale: Of what was taken instead, when the goods that came back paid for it.
        """
        self.forget()
        self.document, self.sale = document, sale
        devices = self._counter.devices
        devices.sounds.play(Sound.DONE)
        if document.cash_paid_out:
            devices.printing.open_drawer()
        self._print(document)
        is_isolated = ReturnFlag.OFFLINE in document.flags
        self._counter.refunds.begin(document, is_isolated=is_isolated)
        devices.link.nudge()
        self.changed.emit()

    # -- what is shown

    @property
    def amount(self) -> str:
        """What the customer gets: all of it but what paid for other goods."""
        document = self.document
        if document is None:
            return ""
        left = (one.amount for one in document.as_recorded if one.means is not Means.EXCHANGE)
        return wording.money(-total(left, document.currency))

    @property
    def number(self) -> str:
        return "" if self.document is None else str(self.document.number)

    @property
    def sale_number(self) -> str:
        """The number of the sale of what was taken instead; empty without one."""
        return "" if self.sale is None else str(self.sale.number)

    @property
    def refunds(self) -> tuple[tuple[str, str], ...]:
        """How it was given back, each with its amount."""
        if self.document is None:
            return ()
        refunds = self.document.by_now
        in_goods = [one for one in refunds if one.means is Means.EXCHANGE]
        rows = [refund_words(one) for one in refunds if one not in in_goods]
        if in_goods:
            worth = total((one.amount for one in in_goods), self.document.currency)
            rows.append((self.tr("In goods"), wording.money(worth)))
        return tuple(rows)

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
    def card(self) -> str:
        """What becomes of the money that goes back to a card; empty when none does."""
        if self._asked is not None:
            text = self.tr("The terminal is giving {amount} back…")
            if self.is_by_hand:
                text = self.tr("Give {amount} back at the terminal, then say how it went")
            return text.format(amount=wording.money(self._asked.amount))
        worst = self._not_fine or self._on_cards
        if not worst:
            return ""
        kind = type(self._steps.get(worst[0].refund_id))
        alike = (one.amount for one in worst if type(self._steps.get(one.refund_id)) is kind)
        amount = total(alike, worst[0].amount.currency)
        return self._ended(self._steps.get(worst[0].refund_id)).format(
            amount=wording.money(amount)
        )

    @property
    def is_card_fine(self) -> bool:
        """True unless the money did not reach a card, or nobody knows yet."""
        return not self._not_fine

    @property
    def is_owed(self) -> bool:
        """True when the terminal refused and nothing was paid for it instead."""
        return any(isinstance(self._steps.get(one.refund_id), OwedAgain) for one in self._not_fine)

    @property
    def is_by_hand(self) -> bool:
        """True while the cashier gives money back at a terminal that cannot be asked."""
        return self._asked is not None and self._counter.devices.terminal.is_standalone

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

    def pay_otherwise(self) -> None:
        """Pay what the terminal refused another way, at once."""
        if self.document is not None and self.is_owed:
            self.otherwise.emit(self.document)

    def paid_again(self, owed: Owed) -> None:
        """Show how it was paid after all, when it is of this return."""
        document = self.document
        if document is not None and owed.return_id == document.return_id:
            self.document = give_back.recorded(self._counter.station, document.return_id)
            self.changed.emit()

    def say_how_it_went(self, *, was_paid_back: bool) -> None:
        """Pass on what the cashier did at a terminal that cannot be asked."""
        asked = self._asked
        if asked is not None and self.is_by_hand:
            terminal = self._counter.devices.terminal
            terminal.confirm_refund(asked, was_paid_back=was_paid_back, authorisation="")

    # -- inside

    @property
    def _asked(self) -> CardRefund | None:
        """The refund of this return that the terminal is asked for right now."""
        asked, document = self._counter.refunds.asking, self.document
        if asked is None or document is None:
            return None
        return asked if asked.return_id == document.return_id else None

    @property
    def _on_cards(self) -> list[Refund]:
        refunds = self.document.by_now if self.document else ()
        return [one for one in refunds if one.means is Means.CARD]

    @property
    def _not_fine(self) -> list[Refund]:
        """Those that did not reach their card, as far as anybody knows."""
        return [
            one
            for one in self._on_cards
            if not isinstance(self._steps.get(one.refund_id), PaidBack)
        ]

    def _ended(self, step: RefundStep | None) -> str:
        match step:
            case PaidBack():
                return self.tr("The card has {amount} back")
            case OwedAgain():
                return self.tr("The terminal refused: the customer is still owed {amount}")
            case Contradicted():
                return self.tr("The terminal contradicts itself: it is on the conflict desk")
            case AnswerOpen():
                return self.tr("No answer about {amount} yet: it is asked for by itself")
            case _:
                return self.tr("{amount} go back to the card when the connection is back")

    def _stepped(self, step: RefundStep) -> None:
        if self.document is not None and step.asked.return_id == self.document.return_id:
            self._steps[step.asked.refund_id] = step
            if not isinstance(step, PaidBack):
                self._counter.devices.sounds.play(Sound.REFUSED)
            self.changed.emit()

    def _print(self, document: Return) -> None:
        if self.sale is not None:
            print_sale(self._counter, self._navigator, self.sale)
        print_return(self._counter, self._navigator, document)

    def _print_ended(self, job: PrintJob, trouble: PrinterTrouble) -> None:
        document, sale = self.document, self.sale
        is_mine = document is not None and job.subject_id == document.return_id
        is_mine = is_mine or (sale is not None and job.subject_id == sale.sale_id)
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
