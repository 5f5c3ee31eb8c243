"""Parcels and their shelves: put there, moved, looked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain import pickup_queue
from pos.domain.collection import MAX_PARCELS, Order, ParcelState
from pos.domain.collection_events import OrderStaged, ParcelPlaced
from pos.domain.pickup_queue import ShelfUse
from pos.services.order_acts import Changed, NotNow, known, record
from pos.services.pickups import in_hand
from pos.services.workstation import SignOn, Workstation

_NOT_HERE = frozenset({ParcelState.DAMAGED, ParcelState.MISSING})


@dataclass(frozen=True, slots=True)
class NoShelf:
    """What was scanned or typed names no shelf."""

    text: str


@dataclass(frozen=True, slots=True)
class ParcelsLeft:
    """Not every parcel has its shelf yet."""

    parcels: tuple[int, ...]


def parcel_numbers(order: Order) -> tuple[int, ...]:
    """Return the numbers of the parcels that are here; a new order has one."""
    here = tuple(one.number for one in order.parcels if one.state not in _NOT_HERE)
    return here or (1,)


def place(
    sign_on: SignOn, order_id: str, shelves: Mapping[int, str], *, parcels: int
) -> Changed | ParcelsLeft | NoShelf | NotNow:
    """Record where each of an order's `parcels` stands; only then can the customer be told.

    Args:
        sign_on: Who does it.
        order_id: Of the order.
        shelves: Name of the shelf by number of parcel, as scanned or typed.
        parcels: How many there are, 1 to 99; where the courier's keep their numbers, ignored.

    Raises:
        StoreUnavailable: Nothing was recorded.
    """
    order = known(sign_on, order_id)
    numbers = range(1, min(max(parcels, 1), MAX_PARCELS) + 1)
    wanted = parcel_numbers(order) if order is not None and order.from_shop else tuple(numbers)
    left = tuple(number for number in wanted if not shelves.get(number))
    if left:
        return ParcelsLeft(left)
    placed = []
    for number in wanted:
        name = pickup_queue.shelf_name(shelves[number])
        if name is None:
            return NoShelf(shelves[number])
        placed.append(ParcelPlaced(number, name))
    who = sign_on.operator.staff_id
    return record(sign_on, OrderStaged(order_id, who, tuple(placed)))


def move(sign_on: SignOn, order_id: str, parcel: int, shelf: str) -> Changed | NoShelf | NotNow:
    """Record that one parcel stands on another shelf now."""
    name = pickup_queue.shelf_name(shelf)
    if name is None:
        return NoShelf(shelf)
    order = known(sign_on, order_id)
    placed = tuple(
        ParcelPlaced(one.number, name if one.number == parcel else one.shelf)
        for one in (order.parcels if order else ())
        if one.state not in _NOT_HERE
    )
    return record(sign_on, OrderStaged(order_id, sign_on.operator.staff_id, placed))


def shelf_map(station: Workstation) -> tuple[ShelfUse, ...]:
    """Return every shelf in use with what stands on it."""
    with station.store.reading() as records:
        return pickup_queue.shelves(in_hand(station, records))
