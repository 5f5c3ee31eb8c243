"""Parcels of orders nobody collects go back to where their goods are sold."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain.collection import Order, OrderState
from pos.domain.scan_codes import ParcelScan
from pos.screens import pickup_words, wording
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.staging.job import Job, JobKey, Said, StageRow
from pos.services import no_show
from pos.services.no_show import LongestHold, NotToRestock, ToFetch
from pos.services.order_acts import Changed


class Restocking(Job):
    """The list by shelf; an order is back once each of its parcels was scanned."""

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(counter, navigator, parent)
        self._orders: tuple[Order, ...] = ()
        self._fetched: set[tuple[str, int]] = set()
        self.read_again()

    @property
    def title(self) -> str:
        return self.tr("Back to stock")

    @property
    def about(self) -> str:
        return self.tr("%n orders, by shelf", "", len(self._orders)) if self._orders else ""

    @property
    def columns(self) -> tuple[str, str]:
        return self.tr("Order"), self.tr("Shelf")

    @property
    def rows(self) -> tuple[StageRow, ...]:
        return tuple(self._row(order) for order in self._orders)

    @property
    def invitation(self) -> Said:
        return Said(self.tr("Scan the parcels"), self.tr("as you take them off the shelf"))

    @property
    def teaching(self) -> tuple[str, str]:
        return self.tr("Nothing goes back to stock"), self.tr("Everybody came for their order.")

    @property
    def keys(self) -> tuple[JobKey, ...]:
        order = self._chosen_order()
        none = "" if order else self.tr("nothing waits")
        can = order is not None and self._can_extend(order)
        return (
            JobKey("unlabelled", "parcel", self.tr("Without label"), "F4", none),
            JobKey("extend", "calendar", self.tr("Keep longer"), "F6",
                   none or ("" if can else self.tr("not any more"))),
        )  # fmt: skip

    @property
    def closing(self) -> tuple[str, str, str]:
        word, order = self.tr("Back to stock"), self._chosen_order()
        if order is None:
            return word, "", self.tr("nothing waits")
        left = len(self._left(order))
        if left:
            return word, order.number, self.tr("%n parcels to scan", "", left)
        return word, order.number, ""

    def press(self, key: str) -> None:
        order = self._chosen_order()
        if order is None:
            return
        if key == "unlabelled":
            self._fetched.update((order.order_id, one.number) for one in order.parcels)
            self.changed.emit()
        elif key == "extend":
            self._extend(order)

    def parcel(self, label: ParcelScan) -> None:
        """Tick a parcel off; with the last one its order is back in stock."""
        sign_on, fetched = self._counter.sign_on, frozenset(self._fetched)
        outcome = attempt(
            self._counter, self._navigator, lambda: no_show.fetch(sign_on, label, fetched)
        )
        match outcome:
            case ToFetch(order, parcel, left):
                self._fetched.add((order.order_id, parcel))
                self.chosen = [one.order_id for one in self._orders].index(order.order_id)
                if left:
                    title = self.tr("{number}, parcel {parcel}").format(
                        number=order.number, parcel=parcel
                    )
                    self.tell(title, self.tr("%n more of it", "", len(left)))
                else:
                    self._restock(order)
            case NotToRestock(number, order):
                state = pickup_words.state_words(order)[0] if order else ""
                text = self.tr("{number} stays where it is").format(number=number)
                self.refuse(text, state)

    def go_on(self) -> None:
        """Record that the chosen order is back in stock."""
        order = self._chosen_order()
        if order is not None and not self._left(order):
            self._restock(order)

    def read_again(self) -> None:
        self._orders = no_show.to_restock(self._counter.station)
        self.chosen = min(self.chosen, max(0, len(self._orders) - 1))

    # -- inside

    def _restock(self, order: Order) -> None:
        sign_on = self._counter.sign_on
        done = self.act(lambda: no_show.restock(sign_on, order.order_id))
        if isinstance(done, Changed):
            text = self.tr("{number} is back in stock").format(number=order.number)
            self.tell(text, sound=Sound.DONE)

    def _extend(self, order: Order) -> None:
        sign_on = self._counter.sign_on
        done = self.act(lambda: no_show.extend(sign_on, order.order_id))
        if isinstance(done, LongestHold):
            self.refuse(self.tr("It is held as long as the shop allows"))
        elif isinstance(done, Changed):
            until = wording.day(done.order.hold_until_ms)
            self.tell(self.tr("Kept until {day}").format(day=until), order.number)

    def _can_extend(self, order: Order) -> bool:
        longer = no_show.longer_until(self._counter.station, order)
        return order.state is OrderState.EXPIRED and longer is not None

    def _chosen_order(self) -> Order | None:
        return self._orders[self.chosen] if self.chosen < len(self._orders) else None

    def _left(self, order: Order) -> tuple[int, ...]:
        return tuple(
            one.number
            for one in order.parcels
            if (order.order_id, one.number) not in self._fetched
        )

    def _row(self, order: Order) -> StageRow:
        left = len(self._left(order))
        state = pickup_words.state_words(order)[0]
        parcels = pickup_words.parcels_words(order) or self.tr("no parcel: loose goods")
        name = order.surname_initial_name
        return StageRow(
            order.order_id,
            " · ".join(part for part in (order.number, name) if part),
            f"{state} · {parcels}",
            ", ".join(order.shelves) or "—",
            icon="return",
            is_done=bool(order.parcels) and not left,
        )
