"""What the screens of orders to collect say of an order: how long is left, its state, why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QObject

from pos.domain.collection import TO_BE_PICKED, Order, OrderLine, OrderState, ParcelState
from pos.domain.collection_rules import (
    CANCELLED_BEFORE,
    COLLECTED_BEFORE,
    MOVED_BEFORE,
    TOO_MUCH,
)
from pos.domain.money import Money
from pos.domain.pickup_queue import Due, Entry, Light
from pos.domain.quantity import THOUSAND, Quantity
from pos.screens import wording
from pos.services.order_acts import UNKNOWN_ORDER

MINUTE_MS = 60_000
DAY_MS = 86_400_000
NOTHING = "—"
_ICONS = {
    Light.LATE: "sla-late",
    Light.HERE: "user",
    Light.SOON: "sla-soon",
    Light.IN_TIME: "sla-ok",
    Light.UNPROMISED: "sla-ok",
    Light.COMING: "truck",
    Light.RESTOCK: "return",
    Light.EXPIRES_TODAY: "calendar",
    Light.HELD: "calendar",
}
_AMBER = frozenset({Light.LATE, Light.SOON, Light.EXPIRES_TODAY})


class PickupCounts(QObject):
    """Words with a number in them; their plural forms are found by `tr` only."""

    def days_left(self, days: int) -> str:
        """Say how many days of holding are left."""
        return self.tr("%n days left", "", days)

    def parcels(self, count: int) -> str:
        """Say how many parcels there are."""
        return self.tr("%n parcels", "", count)

    def days_from_notice(self, days: int) -> str:
        """Say how long it will be held."""
        return self.tr("%n days from the notice", "", days)

    def prepare(self, orders: int) -> str:
        """Name the key that prepares several orders at once."""
        return self.tr("Prepare %n orders", "", orders)


@dataclass(frozen=True, slots=True)
class DueWords:
    """The light in words: icon, `Quedan 9 min`, `para las 17:51`; amber when it presses."""

    icon: str
    first: str
    second: str
    is_amber: bool = False


def due_words(entry: Entry, now_ms: int) -> DueWords:
    """Say how long is left."""
    due = entry.due
    first, second = _due_texts(due, entry.order, now_ms)
    return DueWords(_ICONS[due.light], first, second, due.light in _AMBER)


def _due_texts(due: Due, order: Order, now_ms: int) -> tuple[str, str]:
    span = wording.span(due.minutes * MINUTE_MS)
    at = wording.when(due.at_ms, now_ms) if due.at_ms else ""
    match due.light:
        case Light.LATE:
            late = QCoreApplication.translate("Pickup", "{span} late").format(span=span)
            return late, QCoreApplication.translate("Pickup", "promised {time}").format(time=at)
        case Light.HERE:
            waits = QCoreApplication.translate("Pickup", "waits {span}").format(span=span)
            return QCoreApplication.translate("Pickup", "Is here"), waits
        case Light.SOON | Light.IN_TIME:
            left = QCoreApplication.translate("Pickup", "{span} left").format(span=span)
            return left, QCoreApplication.translate("Pickup", "for {time}").format(time=at)
        case Light.UNPROMISED:
            placed = wording.age(order.placed_at_ms, now_ms)
            return QCoreApplication.translate("Pickup", "No time promised"), placed
        case Light.COMING:
            where = QCoreApplication.translate("Pickup", "from {shop}")
            from_shop = where.format(shop=order.from_shop) if order.from_shop else ""
            return QCoreApplication.translate("Pickup", "On its way"), from_shop
        case Light.RESTOCK:
            back = QCoreApplication.translate("Pickup", "goes back to stock")
            return state_words(order)[0], back
        case _:
            return _held_texts(due, now_ms)


def _held_texts(due: Due, now_ms: int) -> tuple[str, str]:
    if not due.at_ms:
        untold = QCoreApplication.translate("Pickup", "customer not told yet")
        return QCoreApplication.translate("Pickup", "On its shelf"), untold
    if due.light is Light.EXPIRES_TODAY:
        at = QCoreApplication.translate("Pickup", "at {time}")
        today = QCoreApplication.translate("Pickup", "Expires today")
        return today, at.format(time=wording.when(due.at_ms, now_ms))
    until = QCoreApplication.translate("Pickup", "Until {day}")
    day = wording.short_day(due.at_ms)
    return until.format(day=day), PickupCounts().days_left(due.days)


def state_words(order: Order, people: Mapping[str, str] | None = None) -> tuple[str, str]:
    """Say where an order is, and what is next or who has it."""
    who = (people or {}).get(order.picker, order.picker).split(" ")[0]
    match order.state:
        case OrderState.PLACED:
            nobody = QCoreApplication.translate("Pickup", "nobody has it")
            return QCoreApplication.translate("Pickup", "To prepare"), who or nobody
        case OrderState.PICKING:
            done = QCoreApplication.translate("Pickup", "{done} of {all}").format(
                done=picked_pieces(order), all=order.units
            )
            being = QCoreApplication.translate("Pickup", "Preparing")
            return being, f"{who}, {done}" if who else done
        case OrderState.PICKED:
            return QCoreApplication.translate("Pickup", "Prepared"), _needs_shelf()
        case OrderState.RECEIVED:
            return QCoreApplication.translate("Pickup", "Arrived"), _needs_shelf()
        case OrderState.IN_TRANSIT:
            return QCoreApplication.translate("Pickup", "On its way"), _arrived(order)
        case _:
            return _later_state(order.state), parcels_words(order)


def _later_state(state: OrderState) -> str:
    return {
        OrderState.STAGED: QCoreApplication.translate("Pickup", "On its shelf"),
        OrderState.READY: QCoreApplication.translate("Pickup", "Ready"),
        OrderState.EXPIRED: QCoreApplication.translate("Pickup", "Expired"),
        OrderState.CANCELLED: QCoreApplication.translate("Pickup", "Cancelled"),
        OrderState.COLLECTED: QCoreApplication.translate("Pickup", "Collected"),
        OrderState.PARTLY_COLLECTED: QCoreApplication.translate("Pickup", "Partly collected"),
        OrderState.RESTOCKED: QCoreApplication.translate("Pickup", "Back in stock"),
    }.get(state, state.value)


def _needs_shelf() -> str:
    return QCoreApplication.translate("Pickup", "needs its shelf")


def _arrived(order: Order) -> str:
    here = sum(one.state is not ParcelState.IN_TRANSIT for one in order.parcels)
    text = QCoreApplication.translate("Pickup", "{here} of {all} parcels here")
    return text.format(here=here, all=len(order.parcels))


def parcels_words(order: Order) -> str:
    """Say how many parcels there are; nothing when it was never put into any."""
    count = len(order.parcels)
    return PickupCounts().parcels(count) if count else ""


def picked_pieces(order: Order) -> int:
    """Return how many pieces were picked; a measured line counts once it is whole."""
    return sum(
        line.picked // THOUSAND if line.unit.is_counted else int(line.picked >= line.quantity)
        for line in order.lines
    )


def channel(order: Order) -> str:
    """Name where an order was placed, or which shop sent it."""
    if order.from_shop:
        shop = QCoreApplication.translate("Pickup", "Shop {name}")
        return shop.format(name=order.from_shop.capitalize())
    known = {
        "web": QCoreApplication.translate("Pickup", "Web"),
        "app": QCoreApplication.translate("Pickup", "App"),
        "phone": QCoreApplication.translate("Pickup", "Phone"),
    }
    return known.get(order.channel, order.channel)


def paid_on(order: Order) -> str:
    """Say where an order was paid before it is collected."""
    return {
        "app": QCoreApplication.translate("Pickup", "Paid in the app"),
        "web": QCoreApplication.translate("Pickup", "Paid on the web"),
    }.get(order.channel, QCoreApplication.translate("Pickup", "Paid"))


def how_many(line: OrderLine) -> str:
    """Write what was ordered of a line: `2`, `0,5 kg`."""
    return wording.measured(Quantity(line.quantity, line.unit))


def to_pay(order: Order) -> Money | None:
    """Return what is to be paid in the shop; None for an order that was paid before."""
    if order.is_prepaid:
        return None
    return order.total if order.state in TO_BE_PICKED else order.to_collect


def nothing_there(orders: tuple[Order, ...]) -> str:
    """Say that nothing of some orders was to be had, and what follows from it."""
    numbers = ", ".join(order.number for order in orders)
    text = QCoreApplication.translate(
        "Pickup", "{numbers}: nothing was to be had, so it is cancelled and the customer is told"
    )
    return text.format(numbers=numbers)


def why_not(code: str, order: Order | None, now_ms: int) -> str:
    """Say why an act on an order was not recorded, by the code of the refusal."""
    if code == CANCELLED_BEFORE:
        return QCoreApplication.translate(
            "Pickup", "The order was cancelled meanwhile: put the goods back"
        )
    if code == COLLECTED_BEFORE:
        when = wording.when(order.closed_at_ms, now_ms) if order and order.closed_at_ms else ""
        text = QCoreApplication.translate("Pickup", "The order was collected already {time}")
        return text.format(time=when).strip()
    if code == MOVED_BEFORE:
        return QCoreApplication.translate("Pickup", "Another shop has the order now")
    if code == UNKNOWN_ORDER:
        return QCoreApplication.translate("Pickup", "This till does not know that order any more")
    if code == TOO_MUCH:
        return QCoreApplication.translate("Pickup", "That is more than the order says")
    return QCoreApplication.translate("Pickup", "Not now: {state}").format(
        state=state_words(order)[0] if order else ""
    )
