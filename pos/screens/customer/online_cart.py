"""The cart that the customer on the ticket filled in the web shop, and its way onto the ticket."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.basket import BasketError
from pos.domain.cart import Resolved, changed_meanwhile, taken_from_cart
from pos.domain.errors import StoreUnavailable
from pos.domain.held_cart import HeldCart
from pos.domain.money import Money, total
from pos.domain.ticket import Ticket, TicketState
from pos.domain.web_cart import WebCart
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import LinkState, Sound
from pos.services import carts
from pos.services.carts import Taking
from pos.services.hub_calls import CartClaim, ClaimState, HubAway
from pos.services.sell import TicketBusy
from pos.services.workstation import Workstation

LOOK_EVERY_MS = 20_000  # while the customer is here: a hold is kept by looking


class OnlineCart(QObject):
    """State of the cart's card and panel.

    `changed` follows the ticket, the cart and the hub; `refused` says why nothing was taken.
    What the till saw last is shown at once, with its age; taking it over needs the hub.
    """

    changed = Signal()
    refused = Signal(str)
    taken = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.cart: WebCart | None = None
        self.is_hub_away = self.is_asking = False
        self._of = self._asked_for = ""
        self._wanted: frozenset[str] = frozenset()
        self._held: tuple[str, HeldCart] | None = None
        self._looking = QTimer(self)
        self._looking.setInterval(LOOK_EVERY_MS)
        self._looking.timeout.connect(self.look)
        counter.ticket_changed.connect(self._on_ticket)

    # -- what is shown

    @property
    def lines(self) -> tuple[Resolved, ...]:
        """Each line with what becomes of it on the ticket as it is now."""
        sign_on = self._counter.signed_on
        if self.cart is None or sign_on is None:
            return ()
        return carts.resolved(sign_on, self._counter.ticket, self.cart)

    @property
    def now_ms(self) -> int:
        return self._counter.station.clock.now_ms()

    @property
    def changed_on_phone(self) -> dict[str, int]:
        """What is on the ticket and was taken out of the cart meanwhile."""
        ticket = self._counter.ticket
        if self.cart is None or ticket is None or ticket.basket.cart is None:
            return {}
        return changed_meanwhile(self.cart, taken_from_cart(ticket.basket))

    @property
    def why_not(self) -> str:
        """Why nothing can be taken over now; empty when it can."""
        ticket = self._counter.ticket
        if self.is_hub_away or self._counter.devices.link.status.state is LinkState.OFFLINE:
            return self.tr("no connection")
        if ticket is None or ticket.state is not TicketState.OPEN:
            return self.tr("the ticket is being paid")
        return ""

    def worth(self, lines: tuple[Resolved, ...]) -> Money:
        """Return what lines that can be taken cost together."""
        amounts = (one.amount for one in lines)
        return total((one for one in amounts if one), self._counter.station.currency)

    # -- verbs

    def look(self) -> None:
        """Ask the hub what is in the cart now."""
        if self._of:
            self._counter.devices.hub.look_at_cart(self._of, self._hear)

    def take(self, skus: frozenset[str]) -> None:
        """Put these products of the cart onto the ticket, once the hub lets this till."""
        ticket = self._counter.ticket
        if self.is_asking or self.cart is None or ticket is None or not skus:
            return
        if self.why_not:
            self._refuse(self.tr("The cart cannot be taken over: {why}").format(why=self.why_not))
            return
        self._wanted = skus
        if ticket.basket.cart is not None and ticket.basket.cart.customer_id == self._of:
            self._put(self.cart, ticket.basket.cart, is_new=False)
            return
        self.is_asking, self._asked_for = True, ticket.basket.basket_id
        self.changed.emit()
        op_id = self._counter.station.ids.new()
        self._counter.devices.hub.claim_cart(op_id, self._of, self._answered)

    def take_all(self) -> None:
        """Put everything onto the ticket that can come."""
        self.take(frozenset(one.line.sku for one in self.lines if one.comes))

    # -- what the hub said

    def _hear(self, answer: WebCart | HubAway) -> None:
        if isinstance(answer, HubAway):
            self.is_hub_away = True
        elif answer.customer_id == self._of:
            self.is_hub_away = False
            self._show(answer)
        self.changed.emit()

    def _show(self, cart: WebCart) -> None:
        self.cart = cart
        station = self._counter.station
        self._counter.background.run(
            lambda: carts.keep_cart(station, cart), lambda _: None, self._failed
        )

    def _answered(self, answer: CartClaim | HubAway) -> None:
        self.is_asking = False
        if isinstance(answer, HubAway):
            self.is_hub_away = True
            self._refuse(self.tr("The cart cannot be taken over: no connection"))
        elif answer.state is ClaimState.GRANTED and answer.cart is not None:
            self._granted(answer.cart, answer.fence)
        elif answer.state is ClaimState.HELD and answer.may_be_taken_over:
            # The customer is here, and that till was not heard of for a while.
            self._counter.devices.hub.claim_cart(
                self._counter.station.ids.new(), self._of, self._answered, takes_over=True
            )
            self.is_asking = True
        elif answer.state is ClaimState.HELD:
            text = self.tr("{till} has the cart since {time}")
            till, since = wording.till_name(answer.holder), wording.clock(answer.since_ms)
            self._refuse(text.format(till=till, time=since))
        else:
            self._refuse(self.tr("The cart is empty"))
            self.look()
        self.changed.emit()

    def _granted(self, cart: WebCart, fence: int) -> None:
        held = HeldCart(cart.customer_id, fence)
        before = self.cart
        ticket = self._counter.ticket
        is_same = ticket is not None and ticket.basket.basket_id == self._asked_for
        if not is_same or cart.customer_id != self._of or self._counter.signed_on is None:
            self._give_back(held)
            return
        self._show(cart)
        if before is None or before.version != cart.version:
            self._give_back(held)
            self._refuse(self.tr("The cart was changed on the web just now: look again"))
            return
        self._put(cart, held, is_new=True)

    def _put(self, cart: WebCart, held: HeldCart, *, is_new: bool) -> None:
        ticket, sign_on = self._counter.ticket, self._counter.signed_on
        done: Ticket | None = None
        if ticket is not None and sign_on is not None:
            lines = tuple(
                one
                for one in carts.resolved(sign_on, ticket, cart)
                if one.comes and one.line.sku in self._wanted
            )
            if lines:
                taking = Taking(lines, held, self.tr("web price"))
                done = self._attempted(ticket, taking)
        if done is None:
            if is_new:
                self._give_back(held)
            return
        self._counter.devices.sounds.play(Sound.ACCEPTED)
        self.taken.emit()
        self._counter.put(done)

    def _attempted(self, ticket: Ticket, taking: Taking) -> Ticket | None:
        sign_on = self._counter.sign_on
        try:
            return attempt(
                self._counter, self._navigator, lambda: carts.take(sign_on, ticket, taking)
            )
        except (BasketError, carts.OtherCart):
            self._refuse(self.tr("The cart does not fit on this ticket"))
        except TicketBusy:
            self._refuse(self.tr("The ticket is being paid"))
        return None

    # -- following the ticket

    def _on_ticket(self) -> None:
        ticket = self._counter.ticket
        self._follow_hold(ticket)
        wanted = ticket.basket.customer_id if ticket else ""
        if wanted != self._of:
            self._of, self.cart, self.is_hub_away = wanted, None, False
            self._looking.stop()
            if wanted:
                self._begin(wanted)
        self.changed.emit()

    def _begin(self, customer_id: str) -> None:
        station = self._counter.station
        self._counter.background.run(
            lambda: _last_known(station, customer_id), self._read, self._failed
        )
        self.look()
        self._looking.start()

    def _read(self, found: tuple[str, WebCart | None]) -> None:
        customer_id, cart = found
        if customer_id == self._of and self.cart is None:
            self.cart = cart
            self.changed.emit()

    def _follow_hold(self, ticket: Ticket | None) -> None:
        """Give a cart back whose lines left the ticket, or whose ticket was given up."""
        if ticket is not None and carts.is_held_in_vain(ticket):
            self._let_go(ticket)
            return
        before, self._held = self._held, None
        if ticket is not None and ticket.basket.cart is not None:
            self._held = (ticket.basket.basket_id, ticket.basket.cart)
        if before is None or (ticket is not None and ticket.basket.basket_id == before[0]):
            return
        station = self._counter.station
        self._counter.background.run(
            lambda: (carts.is_over(station, before[0]), before[1]), self._gone, self._failed
        )

    def _let_go(self, ticket: Ticket) -> None:
        held, sign_on = ticket.basket.cart, self._counter.signed_on
        if held is None or sign_on is None or ticket.state is not TicketState.OPEN:
            return
        changed = attempt(self._counter, self._navigator, lambda: carts.let_go(sign_on, ticket))
        if changed is not None:
            self._held = None
            self._give_back(held)
            self._counter.put(changed)

    def _gone(self, answer: tuple[bool, HeldCart]) -> None:
        is_over, held = answer
        if is_over:
            self._give_back(held)

    def _give_back(self, held: HeldCart) -> None:
        self._counter.devices.hub.release_cart(held.customer_id, held.fence)

    def _refuse(self, reason: str) -> None:
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.refused.emit(reason)

    def _failed(self, error: Exception) -> None:
        """Go on with what is shown: the disk says elsewhere that it cannot be read."""
        if not isinstance(error, StoreUnavailable):
            raise error


def _last_known(station: Workstation, customer_id: str) -> tuple[str, WebCart | None]:
    return customer_id, carts.cart_of(station, customer_id)
