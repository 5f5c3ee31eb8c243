"""An order of the queue in words: one row of the list, and what the right column says."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.collection import (
    MAY_BE_HANDED_OVER,
    TO_BE_PICKED,
    TO_BE_STAGED,
    Order,
    OrderLine,
    OrderState,
)
from pos.domain.pickup_queue import Entry, Light
from pos.screens import pickup_words, wording
from pos.screens.counter import Counter
from pos.screens.pickup_words import NOTHING, DueWords, PickupCounts


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One row of the list; every text is ready to be painted."""

    key: str
    due: DueWords
    title: str
    second: str
    units: str
    state: str
    state_second: str
    shelf: str
    to_pay: str
    is_new: bool = False
    is_marked: bool = False  # to be prepared together with others

    def spoken(self) -> str:
        new = QCoreApplication.translate("Pickup", "New") if self.is_new else ""
        parts = (self.title, new, self.due.first, self.due.second, self.state, self.state_second)
        return ", ".join(part for part in (*parts, self.shelf, self.to_pay) if part)


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """A line of the chosen order; amber where the stock is no more than what is wanted."""

    key: str
    quantity: str
    name: str
    place: str
    picture: str
    is_scarce: bool = False

    def spoken(self) -> str:
        return f"{self.quantity} {self.name}, {self.place}"


@dataclass(frozen=True, slots=True)
class Closing:
    """What the closing key does: `act` is prepare, stage, receive, hand_over or restock."""

    act: str
    word: str
    second: str = ""
    off: str = ""


def queue_row(counter: Counter, entry: Entry, *, is_marked: bool = False) -> QueueRow:
    """Write one entry."""
    order, now_ms = entry.order, counter.station.clock.now_ms()
    state, state_second = pickup_words.state_words(order, counter.pickups.board.people)
    amount = pickup_words.to_pay(order)
    return QueueRow(
        order.order_id,
        pickup_words.due_words(entry, now_ms),
        title(order),
        _second(order, now_ms),
        str(order.units),
        state,
        _asked(order) or state_second,
        ", ".join(order.shelves) or NOTHING,
        wording.money(amount) if amount else NOTHING,
        entry.is_new,
        is_marked,
    )


def title(order: Order) -> str:
    """Name an order as others may see it: `W-10497 · Javier M.`"""
    return " · ".join(part for part in (order.number, order.surname_initial_name) if part)


def _second(order: Order, now_ms: int) -> str:
    if len(order.notified_at_ms) > 1 and order.state is OrderState.READY:
        days = ", ".join(wording.short_day(at_ms) for at_ms in order.notified_at_ms[-3:])
        return QCoreApplication.translate("Pickup", "Told {days}").format(days=days)
    is_fresh = now_ms - order.placed_at_ms < 60 * 60_000
    placed = (
        wording.age(order.placed_at_ms, now_ms)
        if is_fresh
        else wording.when(order.placed_at_ms, now_ms)
    )
    return f"{pickup_words.channel(order)} · {placed}"


def _asked(order: Order) -> str:
    if not order.cancel_asked:
        return ""
    return QCoreApplication.translate("Pickup", "cancellation asked for")


def article_row(counter: Counter, line: OrderLine) -> ArticleRow:
    """Write a line with its place and the stock here."""
    stock = counter.station.catalogues.current().stock(line.sku)
    here = ""
    if stock is not None:
        level = wording.stock(stock.on_hand_thousandths, line.unit)
        here = QCoreApplication.translate("Pickup", "{level} here").format(level=level)
    return ArticleRow(
        str(line.number),
        pickup_words.how_many(line),
        line.name,
        " · ".join(part for part in (line.location, here) if part),
        line.picture,
        stock is not None and stock.on_hand_thousandths <= line.quantity,
    )


def figures(counter: Counter, order: Order) -> tuple[tuple[str, str], ...]:
    """Return what is paid and until when it is held, as (label, value)."""
    return (_money_figure(order), _hold_figure(counter, order))


def _money_figure(order: Order) -> tuple[str, str]:
    amount = pickup_words.to_pay(order)
    if amount is not None:
        label = QCoreApplication.translate("Pickup", "To pay in the shop")
        return label, wording.money(amount)
    return pickup_words.paid_on(order), wording.money(order.total)


def _hold_figure(counter: Counter, order: Order) -> tuple[str, str]:
    label = QCoreApplication.translate("Pickup", "Kept until")
    if order.hold_until_ms:
        return label, wording.day(order.hold_until_ms)
    days = counter.station.pickups.hold_days
    return label, PickupCounts().days_from_notice(days)


def closing(counter: Counter, entry: Entry, together: int = 0) -> Closing:
    """Return what is to be done next with an order; `together` orders are prepared at once."""
    order = entry.order
    if order.state in TO_BE_PICKED:
        return _prepare(counter, order, together)
    if order.state in TO_BE_STAGED:
        word = QCoreApplication.translate("Pickup", "Put on its shelf")
        return Closing("stage", word)
    if order.state is OrderState.IN_TRANSIT:
        return Closing("receive", QCoreApplication.translate("Pickup", "Receive"))
    if entry.due.light is Light.RESTOCK:
        return Closing("restock", QCoreApplication.translate("Pickup", "Back to stock"))
    if order.state in MAY_BE_HANDED_OVER:
        return Closing("hand_over", QCoreApplication.translate("Pickup", "Hand over"))
    nothing = pickup_words.state_words(order)[0]
    return Closing("", QCoreApplication.translate("Pickup", "Hand over"), off=nothing)


def _prepare(counter: Counter, order: Order, together: int) -> Closing:
    if together > 1:
        return Closing("prepare", PickupCounts().prepare(together))
    word = QCoreApplication.translate("Pickup", "Prepare")
    minutes = counter.station.pickups.lease_minutes
    yours = QCoreApplication.translate("Pickup", "yours for {minutes} min").format(minutes=minutes)
    signed_on = counter.signed_on
    if order.picker and signed_on and order.picker != signed_on.operator.staff_id:
        name = counter.pickups.board.people.get(order.picker, order.picker).split(" ")[0]
        yours = QCoreApplication.translate("Pickup", "{name} has begun it").format(name=name)
    if order.cancel_asked:
        yours = QCoreApplication.translate("Pickup", "cancellation asked for")
    return Closing("prepare", word, yours)
