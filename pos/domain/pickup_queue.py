"""The queue of orders to collect: what is urgent, what is new, what belongs to which filter.

Pure and quick: a shop may hold 5,000 orders, and the queue is made anew after each change.
Times are UTC in Unix ms; where a day ends is given, because only the shop knows its zone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from pos.domain.collection import Order, OrderLine, OrderState

MINUTE_MS = 60_000
DAY_MS = 86_400_000
_ON_SHELF = frozenset({OrderState.STAGED, OrderState.READY})
_BEFORE_SHELF = frozenset(
    {OrderState.PLACED, OrderState.PICKING, OrderState.PICKED, OrderState.RECEIVED}
)
_FIGURES = re.compile(r"(\d+)")


class Filter(Enum):
    """What of the queue is looked at."""

    ALL = "all"
    NEW = "new"
    PREPARING = "preparing"
    TO_STAGE = "to_stage"
    READY = "ready"
    CUSTOMER_HERE = "customer_here"
    EXPIRING_TODAY = "expiring_today"
    TO_RESTOCK = "to_restock"


class Light(Enum):
    """How urgent an order is; the order of the list follows the order here."""

    LATE = "late"  # its time passed, and it is on no shelf
    HERE = "here"  # the customer waits at the counter
    SOON = "soon"
    IN_TIME = "in_time"
    UNPROMISED = "unpromised"  # nothing was promised
    COMING = "coming"  # the courier has it
    RESTOCK = "restock"  # expired or cancelled: goods go back to where they are sold
    EXPIRES_TODAY = "expires_today"
    HELD = "held"


_RANK = {light: rank for rank, light in enumerate(Light)}
_RANK[Light.IN_TIME] = _RANK[Light.SOON]  # both by the minute that was promised


@dataclass(frozen=True, slots=True)
class Due:
    """`minutes` are those left, or those it is late, or those the customer waits; `days` those
    of holding that are left; `at_ms` is the moment that is meant, 0 when there is none."""

    light: Light
    minutes: int = 0
    days: int = 0
    at_ms: int = 0


@dataclass(frozen=True, slots=True)
class Entry:
    """An order in the queue."""

    order: Order
    due: Due

    @property
    def is_new(self) -> bool:
        return is_new(self.order)


@dataclass(frozen=True, slots=True)
class Moment:
    """Now, and when the shop's day ends; an order is urgent from `soon_ms` before its time."""

    now_ms: int
    day_ends_ms: int
    soon_ms: int = 10 * MINUTE_MS


def is_new(order: Order) -> bool:
    """True while nobody began with it."""
    return order.state is OrderState.PLACED and not order.picker


def is_to_restock(order: Order) -> bool:
    """True when goods of it lie where nobody collects them any more."""
    if order.state is OrderState.CANCELLED:
        return any(line.picked for line in order.lines) or bool(order.parcels)
    return order.state is OrderState.EXPIRED


def due_of(order: Order, moment: Moment) -> Due:
    """Return how urgent an order is at a moment."""
    if order.arrived_at_ms and order.is_open:
        waits = max(0, moment.now_ms - order.arrived_at_ms) // MINUTE_MS
        return Due(Light.HERE, minutes=waits, at_ms=order.arrived_at_ms)
    if is_to_restock(order):
        return Due(Light.RESTOCK, at_ms=order.hold_until_ms or order.closed_at_ms)
    if order.state in _ON_SHELF:
        return _held(order, moment)
    if order.state not in _BEFORE_SHELF:
        return Due(Light.COMING, at_ms=order.promised_at_ms)
    return _promised(order, moment)


def _promised(order: Order, moment: Moment) -> Due:
    at_ms = order.promised_at_ms
    if not at_ms:
        return Due(Light.UNPROMISED)
    left_ms = at_ms - moment.now_ms
    if left_ms < 0:
        return Due(Light.LATE, minutes=max(1, -left_ms // MINUTE_MS), at_ms=at_ms)
    light = Light.SOON if left_ms <= moment.soon_ms else Light.IN_TIME
    return Due(light, minutes=left_ms // MINUTE_MS, at_ms=at_ms)


def _held(order: Order, moment: Moment) -> Due:
    until_ms = order.hold_until_ms
    if not until_ms:
        return Due(Light.HELD)  # the customer was not told yet, so no day counts
    if until_ms <= moment.day_ends_ms:
        return Due(Light.EXPIRES_TODAY, at_ms=until_ms)
    days = -(-(until_ms - moment.day_ends_ms) // DAY_MS)
    return Due(Light.HELD, days=days, at_ms=until_ms)


_OF_STATE = {
    OrderState.PLACED: Filter.NEW,
    OrderState.PICKING: Filter.PREPARING,
    OrderState.PICKED: Filter.TO_STAGE,
    OrderState.RECEIVED: Filter.TO_STAGE,
    OrderState.STAGED: Filter.READY,
    OrderState.READY: Filter.READY,
}
_OF_LIGHT = {
    Light.HERE: Filter.CUSTOMER_HERE,
    Light.EXPIRES_TODAY: Filter.EXPIRING_TODAY,
    Light.RESTOCK: Filter.TO_RESTOCK,
}


def filters_of(entry: Entry) -> tuple[Filter | None, Filter | None]:
    """Return the filters beside `ALL` that show an entry: by its state, and by its light."""
    order = entry.order
    by_state = _OF_STATE.get(order.state)
    if by_state is Filter.NEW and order.picker:
        by_state = None
    return by_state, _OF_LIGHT.get(entry.due.light)


def belongs(entry: Entry, to: Filter) -> bool:
    """Say whether an entry is one of a filter."""
    return to is Filter.ALL or to in filters_of(entry)


def queue(orders: Iterable[Order], moment: Moment) -> tuple[Entry, ...]:
    """Return the entries, the most urgent first; a finished order without goods is none."""
    entries = (
        Entry(order, due_of(order, moment))
        for order in orders
        if order.is_open or is_to_restock(order)
    )
    return tuple(sorted(entries, key=_urgency))


def with_orders(
    entries: Sequence[Entry], changed: Sequence[Order], moment: Moment
) -> tuple[Entry, ...]:
    """Return the queue with some orders as they are now; the others keep their lights."""
    gone = {order.order_id for order in changed}
    kept = [entry for entry in entries if entry.order.order_id not in gone]
    return tuple(sorted([*kept, *queue(changed, moment)], key=_urgency))


def _urgency(entry: Entry) -> tuple[int, int, int, str]:
    due, order = entry.due, entry.order
    return _RANK[due.light], due.at_ms or 2**53, order.placed_at_ms, order.order_id


def only(entries: Sequence[Entry], wanted: Filter) -> tuple[Entry, ...]:
    """Return the entries of a filter, in the same order."""
    return tuple(entry for entry in entries if belongs(entry, wanted))


def counts(entries: Sequence[Entry]) -> dict[Filter, int]:
    """Return how many entries each filter shows."""
    found = Counter(chain.from_iterable(map(filters_of, entries)))
    return {which: found[which] for which in Filter} | {Filter.ALL: len(entries)}


# -- the way through the shop


@dataclass(frozen=True, slots=True)
class Fetch:
    """A line of an order that is fetched."""

    order_id: str
    line: OrderLine

    @property
    def key(self) -> str:
        return f"{self.order_id}/{self.line.number}"


def by_place(orders: Iterable[Order]) -> tuple[Fetch, ...]:
    """Return the lines of orders in the order one walks past them; B-2 lies before B-14."""
    lines = [
        Fetch(order.order_id, line)
        for order in sorted(orders, key=lambda one: one.placed_at_ms)
        for line in order.lines
    ]
    return tuple(sorted(lines, key=lambda fetch: place_key(fetch.line.location)))


def place_key(location: str) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """Return what places and shelves are sorted by; what has none comes last."""
    parts = (part for part in _FIGURES.split(location.casefold()) if part)
    return (
        not location,
        tuple((int(part), "") if part.isdecimal() else (-1, part) for part in parts),
    )


# -- shelves

_SHELF = re.compile(r"[0-9A-Z](?:[0-9A-Z.-]{0,10}[0-9A-Z])?")


@dataclass(frozen=True, slots=True)
class ShelfUse:
    """A shelf with the (order number, parcel number) that stand on it."""

    shelf: str
    parcels: tuple[tuple[str, int], ...]


def shelf_name(text: str) -> str | None:
    """Return how a shelf is written, None for what is no shelf: letters and figures, 12 most."""
    name = text.strip().upper()
    return name if _SHELF.fullmatch(name) else None


def shelves(orders: Iterable[Order]) -> tuple[ShelfUse, ...]:
    """Return which parcels stand where, by shelf."""
    found: dict[str, list[tuple[str, int]]] = {}
    standing = _ON_SHELF | {OrderState.EXPIRED}
    for order in orders:
        if order.state in standing or is_to_restock(order):
            for parcel in order.parcels:
                if parcel.shelf:
                    found.setdefault(parcel.shelf, []).append((order.number, parcel.number))
    names = sorted(found, key=place_key)
    return tuple(ShelfUse(name, tuple(sorted(found[name]))) for name in names)
