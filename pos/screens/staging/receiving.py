"""The courier brings parcels of orders that were filled elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QObject

from pos.domain.collection import Order, OrderState, Parcel, ParcelState
from pos.domain.scan_codes import ParcelScan
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.ports import Sound
from pos.screens.staging.job import Job, JobKey, Said, StageRow
from pos.services import receive_parcels
from pos.services.order_acts import Changed, NotNow
from pos.services.receive_parcels import (
    NotAwaited,
    ParcelReceived,
    SeenBefore,
    SeenOutcome,
    Stranger,
)


class Receiving(Job):
    """Each parcel by its label, or the whole list at once; what is wrong is reported."""

    def __init__(self, counter: Counter, navigator: Navigator, parent: QObject) -> None:
        super().__init__(counter, navigator, parent)
        self._orders: tuple[Order, ...] = ()
        self.read_again()

    @property
    def title(self) -> str:
        return self.tr("Receive parcels")

    @property
    def about(self) -> str:
        coming = sum(receive_parcels.waiting(order) for order in self._orders)
        return self.tr("%n still to come", "", coming) if self._orders else ""

    @property
    def columns(self) -> tuple[str, str]:
        return self.tr("Parcel"), self.tr("State")

    @property
    def rows(self) -> tuple[StageRow, ...]:
        return tuple(self._row(order, parcel) for order, parcel in self._parcels())

    @property
    def invitation(self) -> Said:
        return Said(self.tr("Scan each parcel"), self.tr("the label of the order on it"))

    @property
    def teaching(self) -> tuple[str, str]:
        return (
            self.tr("No parcels are on their way"),
            self.tr("Orders that another shop fills\nare listed here once they are sent."),
        )

    @property
    def keys(self) -> tuple[JobKey, ...]:
        none = "" if self.rows else self.tr("nothing comes")
        coming = "" if any(map(receive_parcels.waiting, self._orders)) else self.tr("all here")
        return (
            JobKey("all", "check", self.tr("All of them"), "F4", none or coming),
            JobKey("damaged", "alert", self.tr("Damaged"), "F6", none),
            JobKey("missing", "close", self.tr("Missing"), "F7", none),
        )

    @property
    def closing(self) -> tuple[str, str, str]:
        word = self.tr("Put on shelves")
        here = len(self._received())
        if not here:
            return word, "", self.tr("no order is whole yet")
        return word, self.tr("%n orders", "", here), ""

    def press(self, key: str) -> None:
        if key == "all":
            self._receive_all()
        elif self._parcels():
            order, parcel = self._parcels()[min(self.chosen, len(self._parcels()) - 1)]
            state = ParcelState.DAMAGED if key == "damaged" else ParcelState.MISSING
            sign_on = self._counter.sign_on
            done = self.act(
                lambda: receive_parcels.report(sign_on, order.order_id, parcel.number, state)
            )
            if done is not None:
                self.tell(
                    self.tr("Reported: parcel {parcel} of {number}").format(
                        parcel=parcel.number, number=order.number
                    ),
                    self.tr("the centre looks into it"),
                )

    def parcel(self, label: ParcelScan) -> None:
        """Take in a parcel."""
        sign_on = self._counter.sign_on
        outcome = attempt(
            self._counter, self._navigator, lambda: receive_parcels.see(sign_on, label)
        )
        if outcome is not None:
            self._follow(outcome)

    def go_on(self) -> None:
        """Give the orders that are whole their shelves."""
        if ids := self._received():
            self.place_next.emit(ids)

    def read_again(self) -> None:
        self._orders = receive_parcels.manifest(self._counter.sign_on)

    # -- inside

    def _follow(self, outcome: SeenOutcome) -> None:
        match outcome:
            case ParcelReceived(order, parcel, waiting, is_unexpected):
                self.show_changed((order,))
                title = self.tr("{number}, parcel {parcel}").format(
                    number=order.number, parcel=parcel
                )
                if is_unexpected:
                    self.tell(title, self.tr("nobody announced it: the centre is told"))
                elif waiting:
                    self.tell(title, self.tr("%n more to come", "", waiting))
                else:
                    self.tell(title, self.tr("the order is whole"), sound=Sound.DONE)
            case SeenBefore(order, parcel):
                text = self.tr("{number}, parcel {parcel} is here already")
                self.refuse(text.format(number=order.number, parcel=parcel))
            case Stranger(number):
                text = self.tr("Order {number} is not of this shop").format(number=number)
                self.refuse(text, self.tr("put the parcel apart and tell the centre"))
            case NotAwaited(order):
                text = self.tr("{number} is not on its way").format(number=order.number)
                self.refuse(text)
            case NotNow():
                self.refuse(self.why_not(outcome))

    def _receive_all(self) -> None:
        sign_on = self._counter.sign_on
        ids = tuple(order.order_id for order in self._orders)
        done = self.act(lambda: receive_parcels.see_all(sign_on, ids))
        if isinstance(done, Changed) and done.orders:
            count = len(done.orders)
            self.tell(self.tr("%n orders received", "", count), sound=Sound.DONE)

    def _received(self) -> tuple[str, ...]:
        return tuple(
            order.order_id for order in self._orders if order.state is OrderState.RECEIVED
        )

    def _parcels(self) -> tuple[tuple[Order, Parcel], ...]:
        return tuple((order, parcel) for order in self._orders for parcel in order.parcels)

    def _row(self, order: Order, parcel: Parcel) -> StageRow:
        words = {
            ParcelState.IN_TRANSIT: self.tr("on its way"),
            ParcelState.RECEIVED: self.tr("here"),
            ParcelState.DAMAGED: self.tr("damaged"),
            ParcelState.MISSING: self.tr("missing"),
        }
        whose = " · ".join(part for part in (order.number, order.surname_initial_name) if part)
        number = self.tr("parcel {number} of {all}").format(
            number=parcel.number, all=len(order.parcels)
        )
        came = self.tr("from {shop}").format(shop=order.from_shop) if order.from_shop else ""
        return StageRow(
            f"{order.order_id}/{parcel.number}",
            whose,
            " · ".join(part for part in (number, came) if part),
            words.get(parcel.state, parcel.state.value),
            icon="truck" if parcel.state is ParcelState.IN_TRANSIT else "parcel",
            is_done=parcel.state is ParcelState.RECEIVED,
            is_amber=parcel.state in {ParcelState.DAMAGED, ParcelState.MISSING},
            is_word=True,
        )
