"""The page of the ticket's customer: what is known of them, and what can be done about it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.customer import LONGEST_NOTE, Customer
from pos.domain.customer_glance import GlancedPurchase, PurchaseKind
from pos.domain.scan import ScannedCode
from pos.domain.ticket import TicketState
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.customer.on_ticket import TicketCustomer
from pos.screens.navigator import Navigator, Screen
from pos.screens.scan_refusal import refuse_scan
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import customers


class CustomerPageViewModel(QObject):
    """Shows the `TicketCustomer` the navigator's argument `customer` brings.

    Without the argument, such as on the way back from a return, it is the one shown last. When
    the ticket is nobody's any more the sale is shown.
    """

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.held: TicketCustomer | None = None
        self.chosen = 0

    # -- what is shown

    @property
    def shop(self) -> str:
        """The id of the shop this till is in."""
        return self._counter.station.shop

    @property
    def purchases(self) -> tuple[GlancedPurchase, ...]:
        return self.held.glance.purchases if self.held else ()

    @property
    def purchase(self) -> GlancedPurchase | None:
        """The chosen purchase."""
        rows = self.purchases
        return rows[self.chosen] if 0 <= self.chosen < len(rows) else None

    @property
    def duplicate(self) -> Customer | None:
        """Somebody who may be the same person, as far as the hub said."""
        return self.held.duplicates[0] if self.held and self.held.duplicates else None

    @property
    def why_not_back(self) -> str:
        """Why the chosen purchase cannot come back; empty when it can be tried."""
        if self.purchase is None:
            return self.tr("nothing bought yet")
        is_return = self.purchase.kind is PurchaseKind.RETURN
        return self.tr("came back already") if is_return else ""

    @property
    def why_not_again(self) -> str:
        """Why the chosen purchase cannot be bought again; empty when it can be tried."""
        if self.purchase is None:
            return self.tr("nothing bought yet")
        return "" if self.purchase.articles else self.tr("its articles are not known here")

    # -- coming here and leaving

    def entered(self) -> None:
        """Begin with the customer on the ticket; called whenever the page is shown."""
        given = self._navigator.arguments.get("customer")
        if isinstance(given, TicketCustomer) and given is not self.held:
            self.held = given
            given.changed.connect(self._follow)
        signed_on, ticket = self._counter.signed_on, self._counter.ticket
        if signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
        elif signed_on.session is None:
            self._navigator.go(Screen.OPEN_SHIFT)
        elif ticket is not None and ticket.state is TicketState.PAYING:
            self._navigator.go(Screen.PAYMENT)
        elif self.held is None or self.held.known is None:
            self._navigator.go(Screen.SALE)
        else:
            if given is not None:
                self.chosen = 0
            self.changed.emit()

    def back(self) -> None:
        """Go back to the ticket."""
        self._navigator.go(Screen.SALE)

    def scanned(self, _code: ScannedCode) -> None:
        """Take no scan here: goods go onto the ticket, where they are seen."""
        refuse_scan(self._counter)

    # -- verbs

    def choose(self, position: int) -> None:
        """Choose a purchase."""
        if 0 <= position < len(self.purchases) and position != self.chosen:
            self.chosen = position
            self.changed.emit()

    def move(self, by: int) -> None:
        """Go up or down in the purchases."""
        if self.purchases:
            self.choose(min(max(self.chosen + by, 0), len(self.purchases) - 1))

    def take_back(self) -> None:
        """Go and take something of the chosen purchase back."""
        if self.held and self.purchase and not self.why_not_back:
            self.held.take_back(self.purchase, back=Screen.CUSTOMER)

    def buy_again(self) -> None:
        """Put the chosen purchase on the ticket once more, and show the ticket."""
        held, purchase = self.held, self.purchase
        if held and purchase and not self.why_not_again:
            self._navigator.go(Screen.SALE)
            held.buy_again(purchase)

    def find_purchase(self) -> None:
        """Go and look for a purchase that is not in the list."""
        self._navigator.go(Screen.RETURN, back=Screen.CUSTOMER)

    def hand_over(self) -> None:
        """Go to the order that waits here."""
        if self.held:
            self.held.hand_over(back=Screen.CUSTOMER)

    def edit(self) -> None:
        """Open the record."""
        if self.held:
            self.held.open_record()

    def look_at_duplicate(self) -> None:
        """Look for who may be the same person, to compare, or to take them instead."""
        if self.held and self.duplicate:
            self.held.find(self.duplicate.name)

    def write_note(self) -> None:
        """Ask for what is worth knowing the next time."""
        if self.held is None or self.held.customer is None:
            return
        title = self.tr("Note about {name}").format(name=self.held.customer.name)
        hint = self.tr("Worth knowing the next time; everybody at a till reads it")
        panel = TextEntryViewModel(self._navigator, title, "", hint=hint, max_length=LONGEST_NOTE)
        panel.written.connect(self._keep_note)
        self._navigator.open(panel)

    # -- how

    def _keep_note(self, text: str) -> None:
        held, sign_on = self.held, self._counter.sign_on
        if held is None or held.customer is None:
            return
        customer_id = held.customer.customer_id

        def act() -> Customer | None:
            try:
                return customers.write_note(sign_on, customer_id, text)
            except customers.NoSuchCustomer:
                return None

        if attempt(self._counter, self._navigator, act) is not None:
            self._counter.devices.link.nudge()
            held.look_again()

    def _follow(self) -> None:
        if self._navigator.current is not Screen.CUSTOMER:
            return
        if self.held is None or self.held.known is None:
            self._navigator.go(Screen.SALE)
            return
        self.chosen = min(self.chosen, max(0, len(self.purchases) - 1))
        self.changed.emit()
