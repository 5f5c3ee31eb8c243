"""What else can be done with an order, and with the shelves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import MAY_BE_HANDED_OVER, TO_BE_PICKED, Order
from pos.domain.pickup_queue import Entry, Filter
from pos.domain.staff import Act, Approval, Capability
from pos.screens import pickup_words, wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.ports import Sound
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services import no_show, pickups
from pos.services.no_show import LongestHold
from pos.services.order_acts import Changed, NotNow

MAX_SHOP = 12


@dataclass(frozen=True, slots=True)
class MoreEntry:
    """One key; `off` is why it cannot be used."""

    id: str
    icon: str
    word: str
    off: str = ""


class MoreViewModel(QObject):
    """The keys for one order, then those for all; `told` carries what became of an act."""

    changed = Signal()
    told = Signal(str)
    marked = Signal()

    refuses_scans = True

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        entry: Entry | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self.order = entry.order if entry else None
        self._order_id = self.order.order_id if self.order else ""

    @property
    def title(self) -> str:
        return self.order.number if self.order else self.tr("More")

    @property
    def entries(self) -> tuple[MoreEntry, ...]:
        """The keys in reading order."""
        of_order = self._of_order(self.order) if self.order else ()
        restock = self._counter.pickups.board.counts[Filter.TO_RESTOCK]
        return (
            *of_order,
            MoreEntry("shelves", "shelf", self.tr("Shelves")),
            MoreEntry("receive", "truck", self.tr("Receive parcels")),
            MoreEntry(
                "restock",
                "return",
                self.tr("Back to stock"),
                off="" if restock else self.tr("nothing waits"),
            ),
            *self._figures(),
        )

    def press(self, entry: str) -> None:
        """Do what a key says."""
        go: dict[str, Callable[[], None]] = {
            "here": self._here,
            "mark": self._mark,
            "hand_over": self._hand_over,
            "move": lambda: self._stage("move"),
            "extend": self._extend,
            "notice": self._notice,
            "reroute": self._reroute,
            "cancel": self._cancel,
            "shelves": lambda: self._navigator.go(Screen.STAGING, job="shelves"),
            "receive": lambda: self._navigator.go(Screen.STAGING, job="receive"),
            "restock": lambda: self._navigator.go(Screen.STAGING, job="restock"),
            "figures": self._go_to_figures,
        }
        go[entry]()

    def close(self) -> None:
        """Go back to the queue."""
        self._navigator.close(self)

    # -- which keys there are

    def _of_order(self, order: Order) -> tuple[MoreEntry, ...]:
        here = self.tr("Customer left") if order.arrived_at_ms else self.tr("Customer is here")
        staged = order.state in MAY_BE_HANDED_OVER
        unstaged = "" if staged else self.tr("not on its shelf")
        to_pick = "" if order.state in TO_BE_PICKED else self.tr("prepared already")
        held = "" if self._can_extend(order) else self.tr("held as long as can be")
        done = "" if order.is_open else pickup_words.state_words(order)[0]
        asked = self.tr("asked for already") if order.cancel_asked else ""
        told = "" if no_show.can_be_told(order) else self.tr("not ready")
        return (
            MoreEntry("here", "user", here, done),
            MoreEntry("mark", "plus", self.tr("Prepare with others"), to_pick),
            MoreEntry("move", "shelf", self.tr("Move, labels"), unstaged),
            MoreEntry("hand_over", "bag", self.tr("Hand over"), unstaged),
            MoreEntry("notice", "mail", self.tr("Tell again"), told),
            MoreEntry("extend", "calendar", self.tr("Keep longer"), unstaged or held),
            MoreEntry("reroute", "truck", self.tr("To another shop"), done),
            MoreEntry("cancel", "trash", self.tr("Ask to cancel"), done or asked),
        )

    def _can_extend(self, order: Order) -> bool:
        return no_show.longer_until(self._counter.station, order) is not None

    def _figures(self) -> tuple[MoreEntry, ...]:
        if not hasattr(Screen, "FIGURES"):
            return ()
        return (MoreEntry("figures", "balance", self.tr("Figures")),)

    # -- what they do

    def _here(self) -> None:
        order_id, sign_on = self._order_id, self._counter.sign_on
        is_here = self.order is not None and not self.order.arrived_at_ms
        self._do(
            lambda: pickups.arrived(sign_on, order_id, is_here=is_here),
            self.tr("The customer waits at the counter") if is_here else "",
        )

    def _mark(self) -> None:
        self._navigator.close(self)
        self.marked.emit()

    def _hand_over(self) -> None:
        self._navigator.go(Screen.HANDOVER, order_id=self._order_id, back=Screen.PICKUPS)

    def _stage(self, job: str) -> None:
        self._navigator.go(Screen.STAGING, job=job, order_id=self._order_id)

    def _extend(self) -> None:
        order_id, sign_on = self._order_id, self._counter.sign_on
        done = attempt(self._counter, self._navigator, lambda: no_show.extend(sign_on, order_id))
        if isinstance(done, LongestHold):
            self._end(self.tr("It is held as long as the shop allows"), Sound.REFUSED)
        elif done is not None:
            until = done.order.hold_until_ms if isinstance(done, Changed) else 0
            self._after(done, self.tr("Kept until {day}").format(day=wording.day(until)))

    def _notice(self) -> None:
        order_id, sign_on = self._order_id, self._counter.sign_on
        text = self.tr("The customer will be told once more")
        self._do(lambda: no_show.ask_notice(sign_on, order_id), text)

    def _reroute(self) -> None:
        entry = TextEntryViewModel(
            self._navigator,
            self.tr("To which shop?"),
            "",
            hint=self.tr("Its code, such as GOYA. The centre moves the order."),
            max_length=MAX_SHOP,
        )
        entry.written.connect(self._reroute_to)
        self._navigator.open(entry)

    def _reroute_to(self, shop: str) -> None:
        order_id, sign_on = self._order_id, self._counter.sign_on
        text = self.tr("The centre is asked to move it to {shop}").format(shop=shop.upper())
        self._do(lambda: no_show.ask_reroute(sign_on, order_id, shop), text)

    def _cancel(self) -> None:
        entry = TextEntryViewModel(
            self._navigator,
            self.tr("Why is it cancelled?"),
            "",
            hint=self.tr("The centre cancels the order and pays back what was paid."),
        )
        entry.written.connect(self._ask_permission)
        self._navigator.open(entry)

    def _ask_permission(self, reason: str) -> None:
        if (order := self.order) is None:
            return
        ask_permission(
            self._counter,
            self._navigator,
            OverrideRequest(
                Act(Capability.CANCEL_ORDER),
                self.tr("Cancel order {number}").format(number=order.number),
                reason,
                order.total,
                None,
                lambda approval: self._cancel_now(reason, approval),
                reason=reason,
            ),
        )

    def _cancel_now(self, reason: str, approval: Approval | None) -> None:
        order_id, sign_on = self._order_id, self._counter.sign_on
        text = self.tr("The centre is asked to cancel it")
        self._do(lambda: no_show.ask_cancel(sign_on, order_id, reason, approval), text)

    def _go_to_figures(self) -> None:
        self._navigator.go(Screen["FIGURES"], back=Screen.PICKUPS)

    # -- how it went

    def _do(self, act: Callable[[], Changed | NotNow], text: str) -> None:
        done = attempt(self._counter, self._navigator, act)
        if done is not None:
            self._after(done, text)

    def _after(self, done: Changed | NotNow, text: str) -> None:
        if isinstance(done, NotNow):
            now_ms = self._counter.station.clock.now_ms()
            self._end(pickup_words.why_not(done.code, done.order, now_ms), Sound.REFUSED)
            return
        self._counter.pickups.put(done.orders)
        self._counter.devices.link.nudge()
        self._end(text, Sound.ACCEPTED)

    def _end(self, text: str, sound: Sound) -> None:
        self._counter.devices.sounds.play(sound)
        self.told.emit(text)
        self._navigator.close(self)
