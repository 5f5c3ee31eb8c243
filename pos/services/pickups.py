"""The orders of this shop that are to be collected: the queue, and finding one of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from zoneinfo import ZoneInfo

from pos.domain import pickup_queue
from pos.domain.collection import TO_BE_PICKED, Order
from pos.domain.collection_events import CustomerArrived
from pos.domain.pickup_code import PickupCode
from pos.domain.pickup_policy import PickupPolicy
from pos.domain.pickup_queue import DAY_MS, MINUTE_MS, Entry, Filter, Moment
from pos.domain.scan import (
    GtinScan,
    ParcelScan,
    PickupScan,
    ScannedCode,
    ShelfScan,
    parse,
)
from pos.services.order_acts import Changed, NotNow, record
from pos.services.ports import Records
from pos.services.workstation import SignOn, Workstation

CANCELLED_FOR_MS = 30 * DAY_MS  # how long goods of a cancelled order are looked for


@dataclass(frozen=True, slots=True)
class Board:
    """The queue at a moment; `mirrored_at_ms` is how old what others did is (UTC, Unix ms)."""

    entries: tuple[Entry, ...] = ()
    counts: Mapping[Filter, int] = field(default_factory=lambda: dict.fromkeys(Filter, 0))
    mirrored_at_ms: int = 0
    people: Mapping[str, str] = field(default_factory=dict)  # names by staff id

    def only(self, wanted: Filter) -> tuple[Entry, ...]:
        return pickup_queue.only(self.entries, wanted)

    def entry(self, order_id: str) -> Entry | None:
        return next((one for one in self.entries if one.order.order_id == order_id), None)


@dataclass(frozen=True, slots=True)
class OrderFound:
    """An order that was scanned; with `code` by a customer's pickup code: somebody is here.

    Nobody has checked the code's signature yet.
    """

    order: Order
    code: PickupCode | None = None


@dataclass(frozen=True, slots=True)
class OrderNotHere:
    """No order of this shop that is known here; `text` is what the code names, if it is ours."""

    text: str
    code: PickupCode | None = None


@dataclass(frozen=True, slots=True)
class ShelfSeen:
    """A shelf with the orders that stand on it."""

    shelf: str
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class WantedBy:
    """A product with the orders that still want it, the most urgent first."""

    gtin: int
    orders: tuple[Order, ...]


@dataclass(frozen=True, slots=True)
class NothingToCollect:
    """The code is none that belongs to an order."""


Scanned = OrderFound | OrderNotHere | ShelfSeen | WantedBy | NothingToCollect


def policy(station: Workstation) -> PickupPolicy:
    """Return what the shop decided about orders to collect."""
    return station.pickups


def moment(station: Workstation) -> Moment:
    """Return now, and when the shop's day ends."""
    now_ms = station.clock.now_ms()
    zone = ZoneInfo(station.time_zone)
    today = datetime.datetime.fromtimestamp(now_ms / 1000, zone).date()
    midnight = datetime.datetime.combine(
        today + datetime.timedelta(days=1), datetime.time(), tzinfo=zone
    )
    soon_ms = policy(station).soon_minutes * MINUTE_MS
    return Moment(now_ms, int(midnight.timestamp() * 1000), soon_ms)


def board(station: Workstation) -> Board:
    """Return the queue, the most urgent first."""
    with station.store.reading() as records:
        orders = in_hand(station, records)
        mirrored_at_ms = records.orders.mirrored_at_ms()
        people = {member.staff_id: member.name for member in records.staff.all()}
    entries = pickup_queue.queue(orders, moment(station))
    return Board(entries, pickup_queue.counts(entries), mirrored_at_ms, people)


def with_orders(station: Workstation, known: Board, changed: tuple[Order, ...] = ()) -> Board:
    """Return the board as it stands now, with orders as acts here have just left them."""
    now = moment(station)
    if changed:
        entries = pickup_queue.with_orders(known.entries, changed, now)
    else:
        entries = pickup_queue.queue((entry.order for entry in known.entries), now)
    return replace(known, entries=entries, counts=pickup_queue.counts(entries))


def in_hand(station: Workstation, records: Records) -> tuple[Order, ...]:
    """Return open orders, and cancelled ones whose goods may lie about."""
    since_ms = station.clock.now_ms() - CANCELLED_FOR_MS
    closed = records.orders.closed_since(since_ms)
    return (
        *records.orders.open(),
        *(order for order in closed if pickup_queue.is_to_restock(order)),
    )


def find(station: Workstation, text: str, *, limit: int = 50) -> tuple[Entry, ...]:
    """Return what a number, short code, name, phone, e-mail or card names, the best first."""
    wanted = text.strip()
    if not wanted:
        return ()
    with station.store.reading() as records:
        exact = records.orders.by_number(wanted.upper())
        found = records.orders.search(wanted, limit=limit)
    orders = {order.order_id: order for order in found}
    now = moment(station)
    entries = pickup_queue.queue(orders.values(), now)
    if exact is None:
        return entries
    first = Entry(exact, pickup_queue.due_of(exact, now))
    return (first, *(entry for entry in entries if entry.order.order_id != exact.order_id))


def scan(station: Workstation, code: ScannedCode) -> Scanned:
    """Say what a code that was scanned among the orders means."""
    catalogue = station.catalogues.current()
    read = parse(code, station.scan_rules, is_in_catalogue=catalogue.contains)
    with station.store.reading() as records:
        match read:
            case PickupScan(pickup):
                order = records.orders.by_serial(pickup.serial)
                if order is None or not pickup.is_of(order.order_id):
                    return OrderNotHere("", pickup)
                return OrderFound(order, pickup)
            case ParcelScan(number):
                order = records.orders.by_number(number)
                return OrderFound(order) if order else OrderNotHere(number)
            case ShelfScan(shelf):
                return ShelfSeen(shelf, _on(records, shelf))
            case GtinScan(gtin):
                return WantedBy(gtin, _wanting(station, records, gtin))
    return NothingToCollect()


def arrived(sign_on: SignOn, order_id: str, *, is_here: bool = True) -> Changed | NotNow:
    """Record that the customer waits at the counter, or went away again."""
    return record(sign_on, CustomerArrived(order_id, sign_on.operator.staff_id, is_here))


def _on(records: Records, shelf: str) -> tuple[Order, ...]:
    return tuple(order for order in records.orders.open() if shelf in order.shelves)


def _wanting(station: Workstation, records: Records, gtin: int) -> tuple[Order, ...]:
    entries = pickup_queue.queue(records.orders.open(), moment(station))
    return tuple(
        entry.order
        for entry in entries
        if any(line.gtin == gtin and line.to_pick for line in entry.order.lines)
        and entry.order.state in TO_BE_PICKED
    )
