"""Parcels of orders that another place filled arrive by courier: seen, damaged, missing."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.collection import Order, OrderState, ParcelState
from pos.domain.collection_events import ParcelSeen, ParcelsReceived
from pos.domain.scan_codes import ParcelScan
from pos.services.order_acts import Changed, NotNow, known, record
from pos.services.workstation import SignOn


@dataclass(frozen=True, slots=True)
class ParcelReceived:
    """It is here, recorded; `waiting` parcels of its order are still on their way.

    `is_unexpected`: the order was not said to have such a parcel; the centre is told.
    """

    order: Order
    parcel: int
    waiting: int
    is_unexpected: bool = False


@dataclass(frozen=True, slots=True)
class SeenBefore:
    order: Order
    parcel: int


@dataclass(frozen=True, slots=True)
class Stranger:
    """No order of this shop has that number: the parcel stays apart."""

    order_number: str


@dataclass(frozen=True, slots=True)
class NotAwaited:
    """The order is past arriving, or nobody said yet that it is on its way here."""

    order: Order


SeenOutcome = ParcelReceived | SeenBefore | Stranger | NotAwaited | NotNow


def manifest(sign_on: SignOn) -> tuple[Order, ...]:
    """Return the orders that the courier brings or has brought in part, the oldest first."""
    with sign_on.station.store.reading() as records:
        return tuple(
            order
            for order in records.orders.open()
            if order.state in {OrderState.IN_TRANSIT, OrderState.RECEIVED}
        )


def see(sign_on: SignOn, label: ParcelScan) -> SeenOutcome:
    """Take in a parcel whose label was scanned.

    Raises:
        StoreUnavailable: Nothing was recorded.
    """
    with sign_on.station.store.reading() as records:
        order = records.orders.by_number(label.order_number)
    if order is None:
        return Stranger(label.order_number)
    if order.state not in {OrderState.IN_TRANSIT, OrderState.RECEIVED} or not order.parcels:
        return NotAwaited(order)
    parcel = order.parcel(label.parcel)
    if parcel is not None and parcel.state is ParcelState.RECEIVED:
        return SeenBefore(order, label.parcel)
    done = report(sign_on, order.order_id, label.parcel, ParcelState.RECEIVED)
    if isinstance(done, NotNow):
        return done
    return ParcelReceived(done.order, label.parcel, waiting(done.order), parcel is None)


def see_all(sign_on: SignOn, order_ids: tuple[str, ...]) -> Changed | NotNow:
    """Take in everything of orders that is on its way: the courier's list was ticked off."""
    who = sign_on.operator.staff_id
    events = []
    for order_id in order_ids:
        order = known(sign_on, order_id)
        coming = tuple(
            ParcelSeen(parcel.number, ParcelState.RECEIVED)
            for parcel in (order.parcels if order else ())
            if parcel.state is ParcelState.IN_TRANSIT
        )
        if coming or order is None:
            events.append(ParcelsReceived(order_id, who, coming))
    return record(sign_on, *events) if events else Changed(())


def report(sign_on: SignOn, order_id: str, parcel: int, state: ParcelState) -> Changed | NotNow:
    """Record one parcel as received, damaged or missing; the centre hears of trouble."""
    who = sign_on.operator.staff_id
    return record(sign_on, ParcelsReceived(order_id, who, (ParcelSeen(parcel, state),)))


def waiting(order: Order) -> int:
    """Return how many parcels of an order are still on their way."""
    return sum(parcel.state is ParcelState.IN_TRANSIT for parcel in order.parcels)
