"""The sale screen's state and verbs: scans, typing, the chosen line, the way to the payment."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.basket import EntryMethod, Line
from pos.domain.catalogue import Product
from pos.domain.scan import ScannedCode, ScanSource
from pos.domain.ticket import TicketState
from pos.screens.acting import attempt
from pos.screens.chooser.view_model import ChooserViewModel
from pos.screens.counter import Counter
from pos.screens.customer.cart_panel import CartPanelViewModel
from pos.screens.customer.on_ticket import TicketCustomer
from pos.screens.customer.online_cart import OnlineCart
from pos.screens.discount.view_model import DiscountViewModel
from pos.screens.exchange.settling import settle
from pos.screens.line_edit.view_model import LineEditViewModel
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.screens.sale.charging import go_to_payment
from pos.screens.sale.counting import set_count
from pos.screens.sale.coupons import Coupons
from pos.screens.sale.detours import Detours
from pos.screens.sale.elsewhere import go_elsewhere
from pos.screens.sale.favourites import Favourites
from pos.screens.sale.lines import TICKET_DISCOUNT
from pos.screens.sale.parking import Parking
from pos.screens.sale.people import take_over
from pos.screens.sale.questions import Question
from pos.screens.sale.scans import refusal_of
from pos.screens.sale.shown import TicketShown
from pos.screens.sale.suggested import Suggested
from pos.screens.search.view_model import SearchViewModel
from pos.screens.value_card.loading import ask_card
from pos.services import scan, sell
from pos.services.scan import (
    Added,
    AskCard,
    AskPrice,
    AskQuantity,
    BadgeRead,
    ChooseProduct,
    CouponRead,
    CustomerRead,
    NotFound,
    ParkedFound,
    ScanOutcome,
    Wanted,
)

MAX_COUNT = 9_999


class SaleViewModel(TicketShown):
    """State of the sale screen.

    `changed` follows the ticket and the chosen line, `entry_changed` what the entry row says,
    `entry_cleared` asks for what was typed to be taken away.
    """

    entry_changed = Signal()
    entry_cleared = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(counter, navigator, parent)
        self.parking = Parking(counter, navigator, self.exchange, self)
        self.favourites = Favourites(counter, self)
        self.coupons = Coupons(counter, navigator, self)
        self.detours = Detours(counter, navigator)
        self.customer = TicketCustomer(counter, navigator, self)
        self.cart = OnlineCart(counter, navigator, self)
        self.suggested = Suggested(counter, self)
        self.count = 1
        self.question: Question | None = None
        self.refusal = ""
        navigator.panel_changed.connect(self.entry_changed)
        self.parking.refused.connect(self._refuse)
        self.exchange.refused.connect(self._refuse)
        self.coupons.refused.connect(self._refuse)
        self.customer.refused.connect(self._refuse)
        self.cart.refused.connect(self._refuse)
        self.customer.changed.connect(self.suggested.look_again)
        self.coupons.changed.connect(self.entry_changed)

    # -- what is asked

    @property
    def panel_asks(self) -> bool:
        """True while a panel waits for an answer, so that typing goes there."""
        panel = self._navigator.panel
        return getattr(panel, "refuses_scans", False) or getattr(panel, "asks", False)

    @property
    def hears_typing(self) -> bool:
        return self._navigator.leaves_typing

    @property
    def is_searching(self) -> bool:
        return isinstance(self._navigator.panel, SearchViewModel)

    # -- coming here

    def entered(self) -> None:
        """Begin where the ticket and the shift are; called whenever the screen is shown."""
        signed_on = self._counter.signed_on
        if signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
        elif signed_on.session is None:
            self._navigator.go(Screen.OPEN_SHIFT)
        elif self.ticket is not None and self.ticket.state is TicketState.PAYING:
            self._navigator.go(Screen.PAYMENT)
        else:
            self.parking.count_again()
            self.exchange.look()
            self._on_ticket()
            self.step_back()

    # -- scanning and typing

    def scanned(self, code: ScannedCode) -> None:
        """Do what a code asks for."""
        if self.question is not None and code.source is not ScanSource.KEYED:
            self._refuse(self.question.refusal)
            return
        sign_on, ticket, count = self._counter.sign_on, self.ticket, self.count
        outcome = attempt(
            self._counter,
            self._navigator,
            lambda: scan.scan(sign_on, ticket, code, count=count),
        )
        if outcome is not None:
            self._follow(outcome)

    def typed(self, text: str) -> None:
        """Take what stands in the entry row: `3*` is how many, `+` takes payment."""
        self.refusal = ""
        if text.endswith("+"):
            self.entry_cleared.emit()
            self.charge()
        elif text.endswith("*") and self.question is None:
            self.multiply(text[:-1])

    def multiply(self, text: str) -> None:
        """Say how many of the next article there are."""
        digits = text.strip()
        self.entry_cleared.emit()
        if digits.isascii() and digits.isdigit() and 0 < int(digits) <= MAX_COUNT:
            self.count = int(digits)
            self.entry_changed.emit()
        else:
            self._refuse(self.tr("From 1 to {most} pieces").format(most=MAX_COUNT))

    def accept(self, text: str) -> None:
        """Do what Intro does: answer the question, take a code, or change the chosen line."""
        text = text.strip()
        if self.question is not None:
            self._answer(text)
        elif text:
            self.entry_cleared.emit()
            self.scanned(ScannedCode(text, None, ScanSource.KEYED))
        elif self.count > 1 and self.chosen_line is not None:
            self._set_count(self.chosen_line)
        else:
            self.edit_line()

    def step_back(self) -> None:
        """Do what Esc does: take back the question, the quantity, the refusal."""
        self.question, self.count, self.refusal = None, 1, ""
        self.entry_cleared.emit()
        self.entry_changed.emit()

    def take(self, product: Product, *, entry_method: EntryMethod = EntryMethod.QUICK_KEY) -> None:
        """Put a product on the ticket that was touched or found."""
        self._take(product, Wanted(count=self.count, entry_method=entry_method))

    # -- the chosen line

    def edit_line(self) -> None:
        """Open the chosen line, or the ticket's discount."""
        if self._chosen == TICKET_DISCOUNT and self.ticket is not None:
            self.discount()
        elif self.chosen_line is not None:
            self._navigator.close_all()
            self._navigator.open(
                LineEditViewModel(self._counter, self._navigator, self.chosen_line.number)
            )

    def void_chosen(self) -> None:
        """Void the chosen line, or take the chosen coupon off the ticket."""
        line, ticket = self.chosen_line, self.ticket
        if self.chosen_coupon:
            self.coupons.drop(self.chosen_coupon)
            return
        if self.is_back_chosen:
            self.exchange.take_off()
            return
        if line is None or ticket is None:
            self._refuse(self.tr("Choose a line first"))
            return
        sign_on = self._counter.sign_on
        changed = attempt(
            self._counter,
            self._navigator,
            lambda: sell.void_line(sign_on, ticket, line.number),
        )
        if changed is not None:
            self._navigator.close_all()
            self._counter.put(changed)

    # -- the keys

    def charge(self) -> None:
        """Go to the payment; a ticket that costs nothing is recorded at once."""
        ticket, draft = self.ticket, self.exchange.draft
        if ticket is not None and self.can_charge and draft is not None:
            settle(self._counter, self._navigator, ticket, draft)
        elif ticket is None or not self.can_charge:
            empty = self.tr("Scan what is taken instead") if draft else None
            self._refuse(empty or self.tr("The ticket is empty"))
        else:
            go_to_payment(self._counter, self._navigator, ticket)

    def search(self, text: str = "") -> None:
        """Open the search, with a text to begin with."""
        if self.is_searching:
            self._navigator.close()
            return
        self._navigator.close_all()
        self._navigator.open(
            SearchViewModel(
                self._counter,
                self._navigator,
                lambda product: self.take(product, entry_method=EntryMethod.SEARCHED),
                text=text,
            )
        )

    def discount(self) -> None:
        """Ask for a discount on the chosen line or the ticket."""
        if not self.can_charge:
            self._refuse(self.tr("The ticket is empty"))
            return
        line = self.chosen_line
        number = line.number if line is not None else TICKET_DISCOUNT
        self._navigator.close_all()
        self._navigator.open(
            DiscountViewModel(self._counter, self._navigator, number, on_coupon=self.coupons.typed)
        )

    # -- inside

    def _follow(self, outcome: ScanOutcome) -> None:
        match outcome:
            case Added():
                self._show_added(outcome)
            case AskPrice() | AskQuantity() | AskCard():
                self._navigator.close_all()
                self._ask(outcome)
            case NotFound(text):
                self._not_found(text)
            case ChooseProduct(products, wanted):
                panel = ChooserViewModel(self._navigator, products)
                panel.chosen.connect(lambda product: self._take(product, wanted))
                self._navigator.open(panel)
            case ParkedFound(basket_id):
                self.parking.resume(basket_id)
            case CouponRead() | CustomerRead():
                self._take_brought(outcome)
            case BadgeRead(badge):
                refusal = take_over(self._counter, self._navigator, badge)
                if refusal:
                    self._refuse(refusal)
            case _ if not go_elsewhere(self._counter, self._navigator, outcome):
                self._refuse(refusal_of(outcome))

    def open_cart(self) -> None:
        """Show what the customer has in their cart of the web shop."""
        self._navigator.close_all()
        self._navigator.open(CartPanelViewModel(self._counter, self._navigator, self.cart))

    def _take_brought(self, brought: CouponRead | CustomerRead) -> None:
        """Use what the customer showed: a coupon, or their card."""
        if isinstance(brought, CouponRead):
            self.coupons.enter(brought.code)
        else:
            self.entry_cleared.emit()
            self.customer.scanned(brought.card)

    def _take(self, product: Product, wanted: Wanted) -> None:
        sign_on, ticket = self._counter.sign_on, self.ticket
        outcome = attempt(
            self._counter, self._navigator, lambda: scan.take(sign_on, ticket, product, wanted)
        )
        if outcome is not None:
            self._follow(outcome)

    def _show_added(self, added: Added) -> None:
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self._chosen = added.line
        self.question, self.count, self.refusal = None, 1, ""
        if self._navigator.panel is not None and not self.is_searching:
            self._navigator.close_all()
        self._counter.put(added.ticket)
        self.entry_cleared.emit()
        self.entry_changed.emit()

    def _ask(self, asked: AskPrice | AskQuantity | AskCard) -> None:
        self.refusal = ""
        if isinstance(asked, AskCard):
            ask_card(self._counter, self._navigator, asked, self._take)
        else:
            self.question = Question(asked, self.currency)
        self.entry_cleared.emit()
        self.entry_changed.emit()

    def _answer(self, text: str) -> None:
        question = self.question
        if question is None:
            return
        wanted = question.answered(text)
        if isinstance(wanted, str):
            self._refuse(wanted)
            return
        self.question = None
        self._take(question.product, wanted)

    def _not_found(self, text: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.count = 1
        if self.is_searching:
            self._navigator.close()
        self.search(text)

    def _set_count(self, line: Line) -> None:
        refusal = set_count(self._counter, self._navigator, line, self.count)
        if refusal:
            self._refuse(refusal)
        else:
            self.step_back()

    def _refuse(self, reason: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.entry_cleared.emit()
        self.refusal = reason
        self.entry_changed.emit()
