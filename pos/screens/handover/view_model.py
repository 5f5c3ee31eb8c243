"""What the handover screen shows and does: how it begins, what is scanned, how it is left."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain.collection import IdentityMethod, Order
from pos.domain.collection_events import Identity
from pos.domain.handover_rules import CodeTrouble, Need
from pos.domain.pickup_code import PickupCode
from pos.domain.scan import ParcelScan, ScannedCode
from pos.domain.ticket import TicketState
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.handover import words
from pos.screens.handover.claiming import Claiming
from pos.screens.handover.ending import Ending
from pos.screens.handover.shown import NoticeWords, Shown, notice_of
from pos.screens.handover.steps import Steps
from pos.screens.handover.telling import Told
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import LinkState, Sound
from pos.screens.sale.scans import refusal_of
from pos.screens.scan_refusal import refuse_scan
from pos.services import handover, handover_identity, scan
from pos.services.handover_identity import CodeRefused
from pos.services.hub_calls import OrderClaim
from pos.services.on_counter import BeingPaid, OnCounter
from pos.services.orders import NoSuchOrder


class HandoverViewModel(Steps):
    """State of one order at the counter.

    Called with `order_id`, `code` (a `PickupCode`) or `label` (a `ParcelScan`) as the
    navigator's arguments, and `back`, the screen to go back to. Every step is on the disk
    before it is shown.
    """

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(counter, navigator, parent)
        self._back = Screen.SALE
        self.ending = Ending(counter, navigator, self)
        self.claiming = Claiming(counter, self)
        self._bind()

    def _bind(self) -> None:
        self.claiming.granted.connect(self._granted)
        self.claiming.refused.connect(self._claim_refused)
        self.claiming.away.connect(self._go_on_alone)
        self.ending.handed_over.connect(self._handed_over)
        self.ending.refused.connect(self._refuse)
        self.ending.allowed.connect(self._show)
        link = self._counter.devices.link
        link.changed.connect(self._on_link)
        link.orders_changed.connect(self._look_again)
        self._counter.ticket_changed.connect(self.changed)

    # -- coming here

    def entered(self) -> None:
        """Begin with what the screen was asked for; called whenever it is shown."""
        arguments = self._navigator.arguments
        back = arguments.get("back")
        self._back = back if isinstance(back, Screen) else Screen.SALE
        self.seen, self.said, self._code, self._seen_at_ms = None, "", None, {}
        self.chosen_row = 0
        self.claiming.forget()
        self.telling.clear()
        if self._counter.signed_on is None:
            self._navigator.go(Screen.SIGN_IN)
            return
        ticket = self._counter.ticket
        if ticket is not None and ticket.state is TicketState.PAYING:
            self._navigator.go(Screen.PAYMENT)
            return
        code, label = arguments.get("code"), arguments.get("label")
        if isinstance(code, PickupCode):
            self._open_code(code)
        elif isinstance(label, ParcelScan):
            self._open_label(label)
        else:
            self._open(str(arguments.get("order_id", "")))
        self.changed.emit()

    def _open_code(self, code: PickupCode) -> None:
        sign_on = self._counter.sign_on
        try:
            order = handover_identity.order_of_code(sign_on, code)
        except CodeRefused as refused:
            if refused.trouble is CodeTrouble.NEWER and refused.order and not self._is_offline:
                self._code = code  # believed once the hub told how the order changed
                self._open(refused.order.order_id)
                return
            self._counter.devices.sounds.play(Sound.REFUSED)
            self.telling.tell_code(refused, code)
            return
        self._code = code
        self._open(order.order_id, code)

    def _open_label(self, label: ParcelScan) -> None:
        with self._counter.station.store.reading() as records:
            order = records.orders.by_number(label.order_number)
        if order is None:
            self._counter.devices.sounds.play(Sound.REFUSED)
            self.telling.tell_unknown(label.order_number)
            return
        self._open(order.order_id)
        if self.is_active:
            self._scan_label(label)

    def _open(self, order_id: str, code: PickupCode | None = None) -> None:
        sign_on, is_alone = self._counter.sign_on, self._is_offline

        def act() -> OnCounter:
            return handover.begin(sign_on, order_id, code=code, is_alone=is_alone)

        try:
            self.seen = attempt(self._counter, self._navigator, act)
        except NoSuchOrder:
            self.telling.tell_unknown("")
            return
        if self.seen is not None and not self._is_refused() and not is_alone:
            self.claiming.ask(order_id)

    # -- what is shown

    @property
    def order(self) -> Order | None:
        return self.seen.order if self.seen else None

    @property
    def told(self) -> Told | None:
        return self.telling.told

    @property
    def shown(self) -> Shown | None:
        """What the page writes; None while there is no order."""
        if self.seen is None:
            return None
        return Shown(self.seen, self._counter.ticket, self._now_ms, dict(self._seen_at_ms))

    @property
    def notice(self) -> NoticeWords | None:
        """The one thing that matters most beside the steps themselves."""
        if self.seen is None or not self.is_active:
            return None
        if self.said:
            return NoticeWords(self.said, "amber", "alert")
        return notice_of(self.seen, self._now_ms)

    # -- scans

    def scanned(self, code: ScannedCode) -> None:
        """Take a label, a code, a card, or something more to sell."""
        if not self.is_active or self.order is None:
            self._refuse(refuse_scan(self._counter))
            return
        sign_on, ticket = self._sign_on, self._counter.ticket
        outcome = attempt(self._counter, self._navigator, lambda: scan.scan(sign_on, ticket, code))
        match outcome:
            case None:
                return
            case scan.Added(added):
                self._counter.devices.sounds.play(Sound.ACCEPTED)
                self.said = ""
                self._counter.put(added)
            case scan.ParcelRead(label):
                self._scan_label(label)
            case scan.PickupRead(pickup):
                self._identify_by_code(pickup)
            case scan.NotFound(text) | scan.BadgeRead(text):
                self._take_text(text)
            case scan.AskPrice() | scan.AskQuantity() | scan.ChooseProduct():
                self._refuse(self.tr("Add that on the sale screen: it asks for more"))
            case _:
                self._refuse(refusal_of(outcome))

    def _take_text(self, text: str) -> None:
        """Take a code that is no product's: the customer's card, or a serial number."""
        seen = self.seen
        needs = words.needs(seen)
        if seen and seen.order.member_card and text.upper() == seen.order.member_card.upper():
            self._identify(Identity(IdentityMethod.MEMBER_CARD), text)
        elif Need.SERIALS in needs:
            self._add_serial(text)
        else:
            self._refuse(self.tr("Nothing has that code: {text}").format(text=text))

    # -- leaving

    def close(self) -> None:
        """Charge and hand over, or ask for what is missing."""
        if self.seen is None or not self.is_active:
            self.telling.close()
        elif why := words.missing_words(self.seen):
            self._refuse(why)
        else:
            self.ending.end(self.seen)

    def try_on(self) -> None:
        """Let the customer try it on: the handover waits, the counter is free."""
        self._navigator.go(self._back)

    def back(self) -> None:
        """Put the order back and give its claim to whoever comes next."""
        seen = self.seen
        self.claiming.forget()
        if seen is not None and self.is_active:
            order_id, sign_on = seen.order.order_id, self._sign_on
            try:
                fence = attempt(
                    self._counter, self._navigator, lambda: handover.give_up(sign_on, order_id)
                )
            except BeingPaid:
                self._navigator.go(Screen.PAYMENT)
                return
            if fence is None:
                return
            if fence:
                self._counter.devices.hub.release_order(order_id, fence)
        self._navigator.go(self._back)

    def _handed_over(self, order: Order) -> None:
        self.telling.tell_done(order)

    # -- the hub

    @property
    def _is_offline(self) -> bool:
        return self._counter.devices.link.status.state is LinkState.OFFLINE

    def _granted(self, claim: OrderClaim) -> None:
        self._step(
            lambda order_id: handover.claimed(self._sign_on, order_id, claim.fence, claim.order),
            is_quiet=True,
        )
        if self._code is not None and self.is_active:
            self._identify_by_code(self._code)  # the hub's order may have a newer code

    def _claim_refused(self, claim: OrderClaim) -> None:
        if self.seen is None:
            return
        order_id = self.seen.order.order_id
        attempt(self._counter, self._navigator, lambda: handover.give_up(self._sign_on, order_id))
        self._counter.devices.sounds.play(Sound.REFUSED)
        self.telling.tell_claim(claim, self.seen.order, self._take_over)

    def _take_over(self) -> None:
        if self.seen is not None:
            self.telling.clear()
            self.claiming.ask(self.seen.order.order_id, takes_over=True)
            self.changed.emit()

    def _go_on_alone(self) -> None:
        self._step(lambda order_id: handover.alone(self._sign_on, order_id), is_quiet=True)

    def _on_link(self) -> None:
        """Ask for the claim as soon as the hub is seen again."""
        seen = self.seen
        is_here = self._navigator.current is Screen.HANDOVER and self.is_active
        if not is_here or seen is None or not seen.draft.is_isolated or self.claiming.is_asking:
            return
        if not self._is_offline:
            self.claiming.ask(seen.order.order_id)

    def _look_again(self) -> None:
        """Take in what the hub told of the order meanwhile."""
        if self.seen is None or not self.is_active or self._counter.signed_on is None:
            return
        if self._navigator.current is Screen.HANDOVER:
            self._step(lambda order_id: handover.look(self._sign_on, order_id), is_quiet=True)
