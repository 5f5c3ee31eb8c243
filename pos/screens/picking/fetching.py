"""The orders that are fetched now, which line is looked at, and how acts on them end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from pos.domain.collection import Order, OrderState
from pos.domain.pickup_queue import Fetch
from pos.screens import pickup_words
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.services import prepare
from pos.services.order_acts import Changed, NotNow
from pos.services.prepare import OtherMeasure


@dataclass(frozen=True, slots=True)
class LastScan:
    """What became of the last scan."""

    title: str
    second: str
    at_ms: int
    is_right: bool


class Fetching(QObject):
    """What `PickingViewModel` stands on; `changed` follows all of it."""

    changed = Signal()

    def __init__(
        self, counter: Counter, navigator: Navigator, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._ids: tuple[str, ...] = ()
        self.orders: tuple[Order, ...] = ()
        self._chosen = ""
        self.last: LastScan | None = None
        counter.pickups.changed.connect(self._look_again)

    @property
    def fetches(self) -> tuple[Fetch, ...]:
        return prepare.way(self.orders)

    @property
    def chosen_index(self) -> int:
        keys = [fetch.key for fetch in self.fetches]
        return keys.index(self._chosen) if self._chosen in keys else -1

    @property
    def chosen(self) -> Fetch | None:
        return self._fetch(self._chosen)

    @property
    def progress(self) -> tuple[int, int, int]:
        """Pieces that are picked, of how many, and lines with a problem."""
        lines = [fetch.line for fetch in self.fetches]
        picked = sum(prepare.pieces(line, line.picked) for line in lines)
        wanted = sum(prepare.pieces(line, line.quantity) for line in lines)
        return picked, wanted, sum(line.short_reason is not None for line in lines)

    def _act(
        self, act: Callable[[], Changed | OtherMeasure | NotNow]
    ) -> Changed | OtherMeasure | None:
        """Run an act, show what it made of the orders; None when it was not done."""
        done = attempt(self._counter, self._navigator, act)
        if isinstance(done, NotNow):
            self._refuse(done)
            return None
        if isinstance(done, Changed):
            self._counter.pickups.put(done.orders)
            self._counter.devices.link.nudge()
            self._look_again()
        return done

    def _go_on(self, done: tuple[Order, ...]) -> None:
        """Go and put on a shelf what there is; say it when of an order there is nothing."""
        filled = tuple(order.order_id for order in done if order.state is OrderState.PICKED)
        gone = tuple(order for order in done if order.state is OrderState.CANCELLED)
        if not gone:
            self._navigator.go(Screen.STAGING, job="stage", order_ids=filled)
            return
        shown = filled[0] if filled else gone[0].order_id
        said = pickup_words.nothing_there(gone)
        self._navigator.go(Screen.PICKUPS, order_id=shown, said=said)

    def _refuse(self, why: NotNow) -> None:
        now_ms = self._counter.station.clock.now_ms()
        text = pickup_words.why_not(why.code, why.order, now_ms)
        number = why.order.number if why.order else ""
        self._tell(text, number, is_right=False)

    def _tell(self, title: str, second: str, *, is_right: bool) -> None:
        sound = Sound.ACCEPTED if is_right else Sound.REFUSED
        self._counter.devices.sounds.play(sound)
        now_ms = self._counter.station.clock.now_ms()
        self.last = LastScan(title, second, now_ms, is_right)
        self._look_again()

    def _look_again(self) -> None:
        if self._navigator.current is Screen.PICKING and self._counter.signed_on is not None:
            self._read()
            self.changed.emit()

    def _read(self) -> None:
        sign_on, ids = self._counter.sign_on, self._ids
        known = attempt(self._counter, self._navigator, lambda: prepare.orders(sign_on, ids))
        self.orders = known if known is not None else self.orders

    def _choose_next(self) -> None:
        self._read()
        fetches = self.fetches
        waiting = [one for one in fetches if one.line.to_pick and not one.line.short]
        if waiting:
            self._chosen = waiting[0].key

    def _fetch(self, key: str) -> Fetch | None:
        return next((fetch for fetch in self.fetches if fetch.key == key), None)

    def _order(self, fetch: Fetch) -> Order:
        return next(order for order in self.orders if order.order_id == fetch.order_id)
