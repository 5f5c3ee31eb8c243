"""Orders nobody came for, or nobody wants any more: held longer, back to stock, asked for."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain import pickup_queue
from pos.domain.collection import Order, OrderState
from pos.domain.collection_events import (
    CancelAsked,
    HoldExtended,
    NoticeAsked,
    OrderRestocked,
    RerouteAsked,
)
from pos.domain.free_text import MAX_REASON_LENGTH, checked_text
from pos.domain.pickup_policy import DAY_MS
from pos.domain.scan_codes import ParcelScan
from pos.domain.staff import Act, Approval, Capability
from pos.services.order_acts import Changed, NotNow, known, record
from pos.services.pickups import in_hand
from pos.services.workstation import SignOn, Workstation


@dataclass(frozen=True, slots=True)
class LongestHold:
    """It cannot be held any longer: as often, or as late, as the shop allows."""

    order: Order


@dataclass(frozen=True, slots=True)
class ToFetch:
    """A parcel that goes back to stock; `left` are the numbers still on their shelves."""

    order: Order
    parcel: int
    left: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class NotToRestock:
    """Its order is still to be collected, was collected, or is not known here."""

    order_number: str
    order: Order | None = None


def to_restock(station: Workstation) -> tuple[Order, ...]:
    """Return what goes back to stock by shelf, as one walks past them."""
    with station.store.reading() as records:
        orders = in_hand(station, records)
    waiting = [order for order in orders if pickup_queue.is_to_restock(order)]
    return tuple(sorted(waiting, key=lambda order: pickup_queue.place_key(_shelf(order))))


def fetch(
    sign_on: SignOn, label: ParcelScan, fetched: frozenset[tuple[str, int]]
) -> ToFetch | NotToRestock:
    """Say whether a parcel that was scanned goes back, and which of its order are left.

    `fetched` are (order id, parcel) scanned before; nothing is recorded yet.
    """
    with sign_on.station.store.reading() as records:
        order = records.orders.by_number(label.order_number)
    if order is None or not pickup_queue.is_to_restock(order):
        return NotToRestock(label.order_number, order)
    if order.parcel(label.parcel) is None:
        return NotToRestock(label.order_number, order)
    seen = {number for order_id, number in fetched if order_id == order.order_id}
    numbers = {parcel.number for parcel in order.parcels}
    return ToFetch(order, label.parcel, tuple(sorted(numbers - seen - {label.parcel})))


def restock(sign_on: SignOn, order_id: str) -> Changed | NotNow:
    """Record that everything of an order is back where it is sold from."""
    order = known(sign_on, order_id)
    parcels = tuple(parcel.number for parcel in order.parcels) if order else ()
    return record(sign_on, OrderRestocked(order_id, sign_on.operator.staff_id, parcels))


def longer_until(station: Workstation, order: Order) -> int | None:
    """Return until when an order would be held if asked for now (UTC, Unix ms), None for no."""
    policy, now_ms = station.pickups, station.clock.now_ms()
    if order.extensions >= policy.extensions:
        return None
    until_ms = max(order.hold_until_ms, now_ms) + policy.extension_days * DAY_MS
    if order.last_hold_ms:
        until_ms = min(until_ms, order.last_hold_ms)
    return until_ms if until_ms > max(order.hold_until_ms, now_ms) else None


def extend(sign_on: SignOn, order_id: str) -> Changed | LongestHold | NotNow:
    """Hold an order longer, as long and as often as the shop allows."""
    order = known(sign_on, order_id)
    until_ms = longer_until(sign_on.station, order) if order else 0
    if order is not None and until_ms is None:
        return LongestHold(order)
    return record(sign_on, HoldExtended(order_id, sign_on.operator.staff_id, until_ms or 0))


def ask_cancel(
    sign_on: SignOn, order_id: str, reason: str, approval: Approval | None = None
) -> Changed | NotNow:
    """Ask the centre to cancel an order; it decides, and refunds what was paid.

    Raises:
        NotAllowed: An override is needed and missing.
        LooksLikeCardNumber: The reason may hold the number of a card.
    """
    said = checked_text(reason, MAX_REASON_LENGTH)
    event = CancelAsked(order_id, sign_on.operator.staff_id, said)
    act = Act(Capability.CANCEL_ORDER)
    detail = {"order_id": order_id}
    return record(
        sign_on, event, first=lambda records: sign_on.authorise(records, act, approval, detail)
    )


def ask_reroute(sign_on: SignOn, order_id: str, to_shop: str) -> Changed | NotNow:
    """Ask the centre to move an order to another shop, by its code."""
    shop = to_shop.strip().upper()
    return record(sign_on, RerouteAsked(order_id, sign_on.operator.staff_id, shop))


def ask_notice(sign_on: SignOn, order_id: str) -> Changed | NotNow:
    """Ask the centre to tell the customer once more that the order is ready."""
    return record(sign_on, NoticeAsked(order_id, sign_on.operator.staff_id))


def can_be_told(order: Order) -> bool:
    """True when there is something to tell the customer again."""
    return order.state in {OrderState.STAGED, OrderState.READY}


def _shelf(order: Order) -> str:
    return order.shelves[0] if order.shelves else ""
