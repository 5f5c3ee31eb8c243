"""Whose the ticket at the counter is, and what there is to know of them at one glance."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.basket import EntryMethod
from pos.domain.collection import Order
from pos.domain.customer import Customer
from pos.domain.customer_glance import Glance, GlancedPurchase, KnownCustomer
from pos.domain.errors import StoreUnavailable
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.ticket import Ticket
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.customer.finding import FindCustomerViewModel
from pos.screens.customer.form import CustomerFormViewModel
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.services import customers, sell
from pos.services.find_purchase import Wanted
from pos.services.hub_calls import FoundCustomers, HubAway, SeenCustomer
from pos.services.ticket_customer import (
    NoSuchCustomer,
    customer_of,
    followed,
    put_on_ticket,
    take_off_ticket,
)
from pos.services.workstation import Workstation


@dataclass(frozen=True, slots=True)
class _Read:
    customer_id: str
    known: KnownCustomer | None
    glance: Glance
    waiting: tuple[Order, ...]


class TicketCustomer(QObject):
    """State of the customer tab; `changed` follows the ticket, the record, orders and the hub.

    `refused` carries why a card that was scanned did nothing. What the till keeps is shown at
    once; the hub is asked beside it.
    """

    changed = Signal()
    refused = Signal(str)

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.known: KnownCustomer | None = None
        self.glance = Glance()
        self.waiting: tuple[Order, ...] = ()
        self.duplicates: tuple[Customer, ...] = ()
        self.is_hub_away = False
        self._id = self._asked_card = ""
        counter.ticket_changed.connect(self._on_ticket)
        counter.devices.link.customers_changed.connect(self._follow)
        counter.devices.link.orders_changed.connect(self._read)

    @property
    def customer(self) -> Customer | None:
        return self.known.customer if self.known else None

    @property
    def now_ms(self) -> int:
        return self._counter.station.clock.now_ms()

    @property
    def shop_name(self) -> str:
        return self._counter.shop_name

    # -- verbs

    def open(self) -> None:
        """Look for a customer, or open the page of the one on the ticket."""
        if self.customer is None:
            self.find()
        else:
            self._navigator.go(Screen.CUSTOMER, customer=self)

    def find(self, text: str = "") -> None:
        """Open the search for customers."""
        panel = FindCustomerViewModel(self._counter, self._navigator, self.put, text=text)
        panel.new_wanted.connect(self.open_new)
        self._navigator.close_all()
        self._navigator.open(panel)

    def open_new(self, text: str) -> None:
        """Open an empty record; what was looked for is what is known already."""
        panel = CustomerFormViewModel(self._counter, self._navigator, None, typed=text)
        panel.saved.connect(self.put)
        panel.found.connect(self.put)
        self._navigator.close_all()
        self._navigator.open(panel)

    def open_record(self) -> None:
        """Open the record of the customer on the ticket."""
        if self.known is None:
            return
        panel = CustomerFormViewModel(self._counter, self._navigator, self.known)
        panel.saved.connect(lambda _: self._read())
        panel.taken_off.connect(self.take_off)
        panel.other_wanted.connect(self.find)
        self._navigator.close_all()
        self._navigator.open(panel)

    def put(self, customer_id: str) -> None:
        """Make the ticket somebody's, by id."""
        sign_on, ticket = self._counter.sign_on, self._counter.ticket

        def act() -> Ticket | None:
            try:
                return put_on_ticket(sign_on, ticket, customer_id)
            except NoSuchCustomer:
                return None

        changed = attempt(self._counter, self._navigator, act)
        if changed is not None:
            self._counter.devices.sounds.play(Sound.ACCEPTED)
            self._navigator.close_all()
            self._counter.put(changed)

    def take_off(self) -> None:
        """Make the ticket nobody's."""
        sign_on, ticket = self._counter.sign_on, self._counter.ticket
        if ticket is None:
            return
        done = attempt(self._counter, self._navigator, lambda: (take_off_ticket(sign_on, ticket),))
        if done is not None:
            self._navigator.close_all()
            self._counter.put(done[0])

    def scanned(self, card: str) -> None:
        """Put whose card was scanned on the ticket: as known here, else as the hub says."""
        known = customers.by_card(self._counter.station, card)
        if known is not None:
            self.put(known.customer.customer_id)
            return
        self._asked_card = card
        self._counter.devices.hub.find_customers(card, self._hear_card)

    def hand_over(self, *, back: Screen = Screen.SALE) -> None:
        """Go to the order of this customer that waits here."""
        if self.waiting:
            order_id = self.waiting[0].order_id
            self._navigator.go(Screen.HANDOVER, order_id=order_id, back=back)

    def take_back(self, purchase: GlancedPurchase, *, back: Screen = Screen.SALE) -> None:
        """Go and take something of a purchase back."""
        wanted = Wanted(purchase.number, purchase.shop)
        self._navigator.go(Screen.RETURN, wanted=wanted, back=back)

    def buy_again(self, purchase: GlancedPurchase) -> None:
        """Put the articles of a purchase on the ticket once more, at today's prices.

        What the catalogue has no more, and what is weighed or priced at the counter, is left.
        """
        sign_on, ticket = self._counter.sign_on, self._counter.ticket
        catalogue = sell.catalogue_for(sign_on, ticket)
        wanted = []
        for article in purchase.articles:
            product = catalogue.by_sku(article.sku)
            if product is None or product.has_open_price or not product.unit.is_counted:
                continue
            count = max(1, article.quantity // THOUSAND)
            wanted.append((product, Quantity(count * THOUSAND, product.unit), None))
        left = purchase.items - len(wanted)
        if wanted:
            method = EntryMethod.SEARCHED
            changed = attempt(
                self._counter,
                self._navigator,
                lambda: sell.add_many(sign_on, ticket, wanted, method),
            )
            if changed is None:
                return
            self._counter.put(changed)
        sound = Sound.REFUSED if left else Sound.ACCEPTED
        self._counter.devices.sounds.play(sound)
        if left:
            self.refused.emit(self.tr("%n articles are not on the ticket", "", left))

    # -- following

    def look_again(self) -> None:
        """Read the record again that was changed."""
        self._read()

    def _on_ticket(self) -> None:
        ticket = self._counter.ticket
        wanted = ticket.basket.customer_id if ticket else ""
        if wanted == self._id:
            return
        self._id, self.is_hub_away = wanted, False
        self.known = customer_of(self._counter.station, ticket)
        self.glance, self.waiting, self.duplicates = Glance(), (), ()
        self.changed.emit()
        if wanted:
            self._read()
            self._counter.devices.hub.customer_glance(wanted, self._hear)

    def _follow(self) -> None:
        """Look where the customer's record went; one that was erased leaves the ticket."""
        ticket, sign_on = self._counter.ticket, self._counter.signed_on
        if not self._id or ticket is None or sign_on is None:
            return
        done = attempt(self._counter, self._navigator, lambda: (followed(sign_on, ticket),))
        if done is not None and done[0] is not ticket:
            self._counter.put(done[0])
        else:
            self._read()

    def _read(self) -> None:
        if self._id:
            station, wanted = self._counter.station, self._id
            self._counter.background.run(lambda: _read(station, wanted), self._take, self._failed)

    def _take(self, read: _Read) -> None:
        if read.customer_id == self._id:
            self.known, self.glance, self.waiting = read.known, read.glance, read.waiting
            self.changed.emit()

    def _failed(self, error: Exception) -> None:
        """Go on with what is shown: the disk says elsewhere that it cannot be read."""
        if not isinstance(error, StoreUnavailable):
            raise error

    def _hear(self, answer: SeenCustomer | HubAway) -> None:
        if isinstance(answer, HubAway):
            self.is_hub_away = True
            self.changed.emit()
            return
        if answer.customer.customer_id == self._id:  # else it is of another ticket
            self.is_hub_away, self.duplicates = False, answer.duplicates
        station = self._counter.station
        self._counter.background.run(
            lambda: _keep(station, answer), lambda _: self._follow(), self._failed
        )

    def _hear_card(self, answer: FoundCustomers | HubAway) -> None:
        card, self._asked_card = self._asked_card, ""
        if isinstance(answer, HubAway):
            text = self.tr("Card {card} is not known here, and the centre does not answer")
            self.refused.emit(text.format(card=card))
            return
        theirs = [one for one in answer.customers if one.is_live and one.member_card == card]
        if not theirs:
            self.refused.emit(self.tr("No customer has card {card}").format(card=card))
            return
        station = self._counter.station
        kept = attempt(
            self._counter, self._navigator, lambda: customers.keep_found(station, theirs[:1])
        )
        if kept:
            self.put(kept[0].customer.customer_id)


def _read(station: Workstation, customer_id: str) -> _Read:
    known = customers.known(station, customer_id)
    if known is None:
        return _Read(customer_id, None, Glance(), ())
    glance = customers.glance_of(station, known.customer.customer_id)
    return _Read(customer_id, known, glance, customers.waiting_here(station, known.customer))


def _keep(station: Workstation, seen: SeenCustomer) -> None:
    for known in customers.keep_found(station, [seen.customer]):
        customers.keep_glance(station, known.customer.customer_id, seen.glance)
