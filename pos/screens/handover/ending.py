"""The closing key: asks whoever has to allow it, then hands over or goes to the payment."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.basket import BasketError
from pos.domain.collection_rules import Contradiction
from pos.domain.handover_rules import NeedsOverride, Ready
from pos.domain.staff import Act, Approval, Capability
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.handover import words
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import Sound
from pos.services import exchange, hand_over_payment, handover_steps, labels, pay
from pos.services.hand_over_payment import DiscountInTheWay, NotReady
from pos.services.on_counter import OnCounter
from pos.services.orders import NoSuchOrder
from pos.services.workstation import NoOpenSession


class Ending(QObject):
    """Ends one handover at a time."""

    handed_over = Signal(object)  # Order: it is done, and cost nothing here
    allowed = Signal(object)  # OnCounter: somebody allowed what was in the way
    refused = Signal(str)

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator

    def end(self, seen: OnCounter) -> None:
        """Go on to the end, through permission and payment where they are needed."""
        if isinstance(seen.decision, NeedsOverride):
            self._ask(seen, seen.decision)
        elif isinstance(seen.decision, Ready):
            self._end(seen)

    def _ask(self, seen: OnCounter, decision: NeedsOverride) -> None:
        now_ms = self._counter.station.clock.now_ms()
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(decision.capability),
                self._title(decision.capability).format(number=seen.order.number),
                words.override_words(decision, seen, now_ms),
                seen.order.value_in_parcels,
                self._reasons(decision.capability),
                lambda approval: self._allow(seen.order.order_id, decision, approval),
            ),
        )

    def _title(self, capability: Capability) -> str:
        if capability is Capability.HAND_OVER_WITHOUT_CODE:
            return self.tr("Hand over {number} without the code")
        return self.tr("Hand over {number} without connection")

    def _reasons(self, capability: Capability) -> tuple[str, ...]:
        if capability is Capability.HAND_OVER_WITHOUT_CODE:
            return (self.tr("Document checked"), self.tr("Known customer"))
        return (self.tr("Parcel in hand"), self.tr("Known customer"))

    def _allow(self, order_id: str, decision: NeedsOverride, approval: Approval | None) -> None:
        sign_on = self._counter.sign_on
        seen = attempt(
            self._counter,
            self._navigator,
            lambda: handover_steps.allow(sign_on, order_id, decision.capability, approval),
        )
        if seen is not None:
            self.allowed.emit(seen)
            self.end(seen)

    def _end(self, seen: OnCounter) -> None:
        try:
            if hand_over_payment.is_to_pay(seen.order, seen.draft, self._counter.ticket):
                self._go_to_payment(seen.order.order_id)
            else:
                self._hand_over(seen.order.order_id)
        except (NotReady, Contradiction, NoSuchOrder):
            self.refused.emit(self.tr("The order changed meanwhile: look at it again"))
        except DiscountInTheWay:
            text = self.tr("Give the discount on lines: on the whole it would reach the order")
            self.refused.emit(text)
        except BasketError:
            self.refused.emit(self.tr("Too many lines for one ticket: charge the rest first"))
        except NoOpenSession:
            self.refused.emit(self.tr("Open a shift first: there is money to take"))

    def _hand_over(self, order_id: str) -> None:
        sign_on = self._counter.sign_on
        done = attempt(
            self._counter,
            self._navigator,
            lambda: hand_over_payment.hand_over(sign_on, order_id),
        )
        if done is None:
            return
        self._counter.devices.sounds.play(Sound.DONE)
        self._counter.devices.link.nudge()
        print_acknowledgement(self._counter, self._navigator, order_id)
        self.handed_over.emit(done)

    def _go_to_payment(self, order_id: str) -> None:
        sign_on, ticket = self._counter.sign_on, self._counter.ticket
        paying = attempt(
            self._counter,
            self._navigator,
            lambda: hand_over_payment.to_ticket(sign_on, order_id, ticket),
        )
        if paying is None:
            return
        self._counter.put(paying)
        came_back = exchange.draft_of(sign_on.station, paying)
        if paying.payment.due or came_back is not None:  # which may be worth more
            self._navigator.go(Screen.PAYMENT)
            return
        paid = attempt(self._counter, self._navigator, lambda: pay.complete_free(sign_on, paying))
        if paid is not None:
            self._counter.record_sale(paid.sale)
            self._navigator.go(Screen.CHANGE)


def print_acknowledgement(counter: Counter, navigator: Navigator, order_id: str) -> None:
    """Print what the customer takes along; the handover is recorded, whatever comes of it."""
    sign_on = counter.sign_on
    job = attempt(counter, navigator, lambda: labels.print_acknowledgement(sign_on, order_id))
    if job is not None:
        counter.devices.printing.submit(job)
