"""What the handover screen tells instead of an order to hand over: done, refused, elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import MAY_BE_HANDED_OVER, Order, OrderState
from pos.domain.collection_rules import Contradiction
from pos.domain.handover_rules import CodeTrouble, Obstacle
from pos.domain.money import Money
from pos.domain.pickup_code import PickupCode
from pos.screens import wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.handover import words
from pos.screens.handover.ending import print_acknowledgement
from pos.screens.handover.undoing import Undoing
from pos.screens.navigator import Navigator, Screen
from pos.services import handover
from pos.services.handover_identity import CodeRefused
from pos.services.hub_calls import ClaimState, FoundOrder, FoundOrders, HubAway, OrderClaim

_ELSEWHERE = frozenset({CodeTrouble.OTHER_SHOP, CodeTrouble.UNKNOWN})


@dataclass(frozen=True)
class ToldAct:
    """A key under what is told."""

    word: str
    cap: str
    act: Callable[[], None] = field(compare=False)


@dataclass(frozen=True)
class Told:
    """Title, sentence, what can be done; `is_done` when the order went over the counter."""

    title: str
    text: str
    icon: str = "alert"
    tone: str = "amber"
    acts: tuple[ToldAct, ...] = ()
    is_done: bool = False


class Telling(QObject):
    """What is told now; None while an order is being handed over."""

    changed = Signal()

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.told: Told | None = None
        self._undoing = Undoing(counter, navigator, self)
        self._undoing.undone.connect(self._undone)
        self._asked_for = ""

    def clear(self) -> None:
        """Tell nothing."""
        self.told, self._asked_for = None, ""

    def close(self) -> None:
        """Go on with the next customer."""
        self._navigator.go(Screen.SALE)

    # -- what there is to tell

    def tell_done(self, order: Order) -> None:
        """Say that it is done; the paper can be had again, or the goods taken back."""
        self._tell(self._done(order))

    def tell_obstacle(self, obstacle: Obstacle, order: Order) -> None:
        """Say why the order is not handed over."""
        title, text = words.obstacle_words(obstacle, order, self._now_ms)
        acts: tuple[ToldAct, ...] = ()
        if obstacle is Obstacle.COLLECTED:
            acts = self._after(order)
        elif obstacle is Obstacle.NOT_STAGED:
            here = ToldAct(self.tr("The customer is here"), "C", lambda: self._arrived(order))
            acts = () if order.arrived_at_ms else (here,)
            if order.arrived_at_ms:
                text += " · " + self.tr("the customer waits")
        self._tell(Told(title, text, "clock" if acts else "alert", acts=acts))

    def tell_code(self, refused: CodeRefused, code: PickupCode) -> None:
        """Say why a code is of no use, and look for its order where the hub can be asked."""
        text = words.code_words(refused.trouble, refused.order, code.shop, self._now_ms)
        acts = self._after(refused.order) if refused.order else ()
        self._tell(Told(self.tr("The code is of no use here"), text, "qr", acts=acts))
        if refused.trouble in _ELSEWHERE:
            self._look_for(f"W-{code.serial}")

    def tell_unknown(self, number: str) -> None:
        """Say that this till knows no such order, and ask the hub for it."""
        text = self.tr("This till knows no order {number}.").format(number=number)
        self._tell(Told(self.tr("Unknown order"), text, "search"))
        if number:
            self._look_for(number)

    def tell_claim(self, claim: OrderClaim, order: Order, take_over: Callable[[], None]) -> None:
        """Say which other till has it or had it."""
        till = words.till_words(claim.holder)
        at = wording.clock(claim.since_ms) if claim.since_ms else ""
        if claim.state is ClaimState.HELD:
            text = self.tr("{till} is handing it over since {time}.").format(till=till, time=at)
            over = ToldAct(self.tr("Take it over"), "T", take_over)
            acts = (over,) if claim.may_be_taken_over else ()
            self._tell(Told(self.tr("Another till has it"), text, "people", acts=acts))
            return
        title, text = self._gone(claim, order, till, at)
        self._tell(Told(title, text))

    def _gone(self, claim: OrderClaim, order: Order, till: str, at: str) -> tuple[str, str]:
        match claim.detail:
            case "collected":
                text = self.tr("{till} handed it over at {time}.").format(till=till, time=at)
                return self.tr("Collected already"), text
            case "cancelled":
                return words.obstacle_words(Obstacle.CANCELLED, order, self._now_ms)
            case "moved":
                text = self.tr("It waits in {shop}.").format(shop=claim.holder)
                return self.tr("It is in another shop"), text
            case _:
                text = self.tr("The central system does not have it on a shelf: ask again soon.")
                return self.tr("Not ready yet"), text

    # -- after it is collected

    def _done(self, order: Order) -> Told:
        is_partly = order.state is OrderState.PARTLY_COLLECTED
        title = self.tr("Handed over in part") if is_partly else self.tr("Handed over")
        text = f"{order.number} · {order.surname_initial_name}"
        left = sum(line.value_of(line.left, order.currency).minor for line in order.lines)
        if order.is_prepaid and left:
            back = self.tr("{amount} go back by the way it was paid")
            amount = wording.money(Money(left, order.currency))
            text = f"{text}\n{back.format(amount=amount)}"
        return Told(title, text, "check-circle", "accent", self._after(order), is_done=True)

    def _after(self, order: Order) -> tuple[ToldAct, ...]:
        """Return what can be done with an order that this till handed over."""
        if order.state in MAY_BE_HANDED_OVER or not self._undoing.was_here(order):
            return ()
        again = ToldAct(
            self.tr("Print again"),
            "P",
            lambda: print_acknowledgement(self._counter, self._navigator, order.order_id),
        )
        if not self._undoing.is_possible(order.order_id):
            return (again,)
        undo = ToldAct(self.tr("Take it back"), "D", lambda: self._undoing.ask(order.order_id))
        return (again, undo)

    def _undone(self, order: Order) -> None:
        text = self.tr("{number} is on its shelf again, as if it had never left.")
        self._tell(Told(self.tr("Taken back"), text.format(number=order.number), "undo", "accent"))

    def _arrived(self, order: Order) -> None:
        sign_on = self._counter.sign_on
        try:
            changed = attempt(
                self._counter,
                self._navigator,
                lambda: handover.arrived(sign_on, order.order_id),
            )
        except Contradiction:
            return
        if changed is not None:
            self._counter.devices.link.nudge()
            self.tell_obstacle(Obstacle.NOT_STAGED, changed)

    # -- in another shop

    def _look_for(self, number: str) -> None:
        self._asked_for = number
        self._counter.devices.hub.find_orders(number, self._found)

    def _found(self, answer: FoundOrders | HubAway) -> None:
        number, self._asked_for = self._asked_for, ""
        if not number or self.told is None or isinstance(answer, HubAway):
            return
        exact = (found for found in answer.orders if found.order.number == number)
        found = next(exact, None)
        if found is not None:
            self._tell_found(found)

    def _tell_found(self, found: FoundOrder) -> None:
        order = found.order
        if order.shop == self._counter.station.shop:
            text = self.tr("{number} is of this shop and on its way to this till: ask again soon.")
            self._tell(Told(self.tr("Not here yet"), text.format(number=order.number), "clock"))
            return
        text = self.tr("{number} waits in {shop}.").format(
            number=order.number, shop=found.shop_name or order.shop
        )
        bring = ToldAct(self.tr("Ask for it here"), "A", lambda: self._ask_to_move(order))
        acts = (bring,) if order.is_open else ()
        self._tell(Told(self.tr("It is in another shop"), text, "store", acts=acts))

    def _ask_to_move(self, order: Order) -> None:
        sign_on = self._counter.sign_on

        def act() -> bool:
            handover.ask_to_move(sign_on, order.order_id)
            return True

        if attempt(self._counter, self._navigator, act):
            self._counter.devices.link.nudge()
            text = self.tr("The central system was asked to bring {number} here.")
            title = self.tr("Asked for")
            self._tell(Told(title, text.format(number=order.number), "truck", "accent"))

    # -- inside

    @property
    def _now_ms(self) -> int:
        return self._counter.station.clock.now_ms()

    def _tell(self, told: Told) -> None:
        self.told = told
        self.changed.emit()
