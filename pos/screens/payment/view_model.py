"""What the payment screen shows and does: which tender, how much, and what became of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject

from pos.domain.card_payment import CardAttempt
from pos.domain.money import Money
from pos.domain.scan import ScannedCode, StoredValueScan, parse
from pos.domain.tender import (
    AmountNotPossible,
    CashLimitExceeded,
    TenderKind,
    TenderRefused,
)
from pos.domain.ticket import Ticket, TicketState
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.card.view_model import CardViewModel, Stage
from pos.screens.counter import Counter
from pos.screens.exchange.settling import settle
from pos.screens.help.view_model import HelpViewModel
from pos.screens.navigator import Navigator, Screen
from pos.screens.payment.outcome import show_outcome
from pos.screens.payment.shown import PaymentShown
from pos.screens.ports import Sound
from pos.screens.sale.drawer import ask_to_open_drawer
from pos.screens.scan_refusal import refuse_scan
from pos.screens.value_card.giving_back import give_back, give_back_left_over
from pos.screens.value_card.view_model import ValueCardViewModel
from pos.services import hand_over_payment, pay
from pos.services.pay_value import given_back


@dataclass(frozen=True, slots=True)
class OpenCard:
    """A card attempt without an outcome; `is_unknown` when the answer is lost."""

    word: str
    second: str
    amount: str
    is_unknown: bool


class PaymentViewModel(PaymentShown):
    """State of taking the money for the ticket at the counter.

    Until something is typed the amount due is proposed. Entering the screen begins the
    payment; a card attempt of this ticket that has no outcome is asked about at once.
    """

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(counter, parent)
        self._navigator = navigator
        self.refusal = ""
        self._card: CardViewModel | None = None
        counter.ticket_changed.connect(self._follow)

    # what is shown

    @property
    def open_card(self) -> OpenCard | None:
        """The card attempt under way; None when there is none."""
        card = self._card
        if card is None or card.is_over:
            return None
        unknown = card.stage in (Stage.UNKNOWN, Stage.RESOLVING)
        second = self.tr("the terminal is asked")
        if unknown:
            second = self.tr("without answer since {time}").format(time=card.since)
        return OpenCard(self.tr("Card"), second, card.amount_text, unknown)

    # what is done

    def entered(self) -> None:
        """Begin the payment of the ticket at the counter."""
        self._reset()
        ticket = self.ticket
        if ticket is None or self._counter.signed_on is None:
            self._navigator.go(Screen.SALE)
            return
        if ticket.state is TicketState.OPEN and not self._begin(ticket):
            return
        self.tender = TenderKind.CARD if self.cash_refusal else TenderKind.CASH
        give_back_left_over(self._counter, self._navigator)
        self.changed.emit()
        open_attempt = self._open_attempt()
        if open_attempt is not None:
            self.resume(open_attempt)

    def resume(self, attempt_: CardAttempt) -> None:
        """Find out what became of a card attempt that has no outcome."""
        self._open_card(attempt_).resume()

    def choose(self, tender: TenderKind) -> None:
        """Choose how the customer pays."""
        if tender is TenderKind.CASH and self.cash_refusal:
            self._refuse(self._limit_text())
            return
        self.tender = tender
        self._reset(keeps_tender=True)
        self.changed.emit()

    def choose_next(self) -> None:
        """Go on to the next tender."""
        cash, card = TenderKind.CASH, TenderKind.CARD
        self.choose(card if self.tender is cash else cash)

    def press(self, signs: str) -> None:
        """Take digits or a decimal sign of the amount."""
        self.refusal = ""
        if not self.is_free and not self._entry.press(signs):
            self._counter.devices.sounds.play(Sound.REFUSED)
        self.changed.emit()

    def erase(self) -> None:
        """Take the last sign of the amount back."""
        self.refusal = ""
        self._entry.erase()
        self.changed.emit()

    def offer(self, amount: Money) -> None:
        """Take a quick note for what was typed."""
        self.refusal = ""
        self._entry.set(amount)
        self.changed.emit()

    def collect(self) -> None:
        """Take the amount by the chosen tender; nothing due: record the ticket."""
        ticket = self.ticket
        if ticket is None:
            return
        draft = self.came_back
        if self.is_free and draft is not None:
            settle(self._counter, self._navigator, ticket, draft)
        elif self.is_free:
            self._do(lambda: pay.complete_free(self._counter.sign_on, ticket))
        elif self.tender is TenderKind.CASH:
            tendered = self.tendered
            self._do(lambda: pay.take_cash(self._counter.sign_on, ticket, tendered))
        else:
            self._request_card(ticket)

    def remove(self, index: int) -> None:
        """Hand a tender back."""
        ticket = self.ticket
        if ticket is None:
            return

        def act() -> Ticket:
            return pay.remove_tender(self._counter.sign_on, ticket, index)

        try:
            shorter = attempt(self._counter, self._navigator, act)
        except pay.TenderStays:
            self._refuse(self.tr("A charged card is given back by a return, not here"))
            return
        if shorter is not None:
            give_back(self._counter, shorter.holds)
            self._counter.put(shorter)

    def back(self) -> None:
        """Go back to the ticket; what was taken so far is handed back."""
        ticket = self.ticket
        if ticket is None:
            self._navigator.go(Screen.SALE)
            return
        order_id = hand_over_payment.handover_of(self._counter.sign_on, ticket)
        try:
            if order_id:
                self._back_to_handover(ticket, order_id)
                return
            reopened = attempt(
                self._counter,
                self._navigator,
                lambda: pay.back_to_ticket(self._counter.sign_on, ticket),
            )
        except pay.TenderStays:
            self._refuse(self.tr("A card was charged: take the rest, then it is a sale"))
        except pay.CardOutcomeOpen:
            self._ask_about_open_card()
        else:
            if reopened is not None:
                give_back(self._counter, reopened.holds)
                self._counter.put(reopened)
                self._navigator.go(Screen.SALE)

    def _back_to_handover(self, ticket: Ticket, order_id: str) -> None:
        """Take the order's lines off the ticket again and go on handing it over."""

        def act() -> tuple[Ticket | None]:
            return (hand_over_payment.back_to_counter(self._counter.sign_on, ticket),)

        left = attempt(self._counter, self._navigator, act)
        if left is not None:
            give_back(self._counter, given_back(ticket))
            self._counter.put(left[0])
            self._navigator.go(Screen.HANDOVER, order_id=order_id)

    def open_drawer(self) -> None:
        """Ask for a reason, then open the drawer."""
        ask_to_open_drawer(self._counter, self._navigator)

    def help(self) -> None:
        """Show the keys and what they do."""
        self._navigator.open(HelpViewModel(self._navigator))

    def pay_with_value(self) -> None:
        """Ask for a gift card or credit."""
        self._open_value(None)

    def _open_value(self, scan: StoredValueScan | None) -> None:
        if self.is_free or self.ticket is None:
            return
        wanted = None if self._entry.is_empty else self._entry.amount
        panel = ValueCardViewModel(self._counter, self._navigator, pays=True, wanted=wanted)
        self._navigator.open(panel)
        if scan is not None:
            panel.look(scan)

    def scanned(self, code: ScannedCode) -> None:
        """Take no scan while money is being taken, but for a card that pays."""
        rules = self._counter.station.scan_rules
        read = parse(code, rules, is_in_catalogue=lambda _: False)
        if isinstance(read, StoredValueScan) and not self.is_free:
            self._open_value(read)
            return
        self.refusal = refuse_scan(self._counter)
        self.changed.emit()

    # how

    def _begin(self, ticket: Ticket) -> bool:
        try:
            begun = attempt(
                self._counter, self._navigator, lambda: pay.begin(self._counter.sign_on, ticket)
            )
        except pay.EmptyTicket:
            begun = None
        if begun is None:
            if self._navigator.panel is None:
                self._navigator.go(Screen.SALE)
            return False
        self._counter.put(begun)
        return True

    def _open_attempt(self) -> CardAttempt | None:
        ticket = self.ticket
        if ticket is None:
            return None
        with self._counter.station.store.reading() as records:
            attempts = records.cards.of_basket(ticket.basket.basket_id)
        return next((one for one in attempts if one.is_open), None)

    def _ask_about_open_card(self) -> None:
        open_attempt = self._open_attempt()
        if open_attempt is not None:
            self.resume(open_attempt)

    def _do(self, act: Callable[[], pay.PaymentStep]) -> None:
        try:
            step = attempt(self._counter, self._navigator, act)
        except CashLimitExceeded:
            self._refuse(self._limit_text())
        except TenderRefused:
            self._refuse(self.tr("Type an amount above zero"))
        except pay.CardOutcomeOpen:
            self._ask_about_open_card()
        else:
            self._reset()
            if step is not None:
                show_outcome(self._counter, self._navigator, step)

    def _request_card(self, ticket: Ticket) -> None:
        amount = self.tendered
        terminal = self._counter.devices.terminal.name

        def act() -> CardAttempt:
            return pay.request_card(self._counter.sign_on, ticket, amount, terminal=terminal)

        try:
            requested = attempt(self._counter, self._navigator, act)
        except AmountNotPossible:
            least, most = wording.money(self._money(1)), wording.money(self.due)
            text = self.tr("By card from {least} to {most}")
            self._refuse(text.format(least=least, most=most))
        except pay.CardOutcomeOpen:
            self._ask_about_open_card()
        else:
            self._reset(keeps_tender=True)
            if requested is not None:
                self._open_card(requested).start()

    def _open_card(self, attempt_: CardAttempt) -> CardViewModel:
        panel = CardViewModel(self._counter, self._navigator, attempt_)
        panel.changed.connect(self.changed)
        self._card = panel
        self._navigator.open(panel)
        return panel

    def _follow(self) -> None:
        self._reset(keeps_tender=True)
        self.changed.emit()

    def _reset(self, *, keeps_tender: bool = False) -> None:
        self._entry.clear()
        self.refusal = ""
        if not keeps_tender:
            self.tender = TenderKind.CARD if self.cash_refusal else TenderKind.CASH

    def _refuse(self, text: str) -> None:
        self.refusal = text
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.changed.emit()

    def _limit_text(self) -> str:
        limit = self._counter.station.cash_policy.limit or self._money(0)
        return self.tr("By law no cash for tickets of {limit} or more, in part either").format(
            limit=wording.short_money(limit)
        )
