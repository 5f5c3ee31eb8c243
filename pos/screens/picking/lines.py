"""A line that is fetched, in words: its place, how many of how many, what is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.collection import Order, OrderLine, ShortReason, SubstituteState
from pos.domain.pickup_queue import Fetch
from pos.domain.quantity import THOUSAND
from pos.screens import wording
from pos.screens.counter import Counter
from pos.services import prepare

MAX_COUNT = 9_999


@dataclass(frozen=True, slots=True)
class PickRow:
    """One row; `status_tone` is accent, amber, text or text-muted."""

    key: str
    place: str
    place_second: str
    picture: str
    name: str
    second: str
    done: str
    status: str
    status_icon: str = ""
    status_tone: str = "text-muted"
    is_waiting: bool = False  # nothing of it was fetched

    def spoken(self) -> str:
        parts = (self.place, self.place_second, self.name, self.done, self.status)
        return ", ".join(part for part in parts if part)


def pick_row(
    counter: Counter, fetch: Fetch, order: Order, *, is_chosen: bool, holder: str, several: bool
) -> PickRow:
    """Write a line; `holder` is who else fetches it, `several` names its order too."""
    line = fetch.line
    place, _, rest = line.location.partition(" · ")
    status, icon, tone = _status(line, is_chosen=is_chosen, holder=holder)
    all_there = line.picked >= line.quantity
    return PickRow(
        fetch.key,
        place or QCoreApplication.translate("Picking", "No place"),
        rest,
        line.picture,
        line.name,
        _second(counter, line, order if several else None),
        f"{wording.number(line.picked)} / {wording.number(line.quantity)}",
        status,
        icon,
        tone,
        is_waiting=not (line.picked or all_there or is_chosen or line.short),
    )


def _second(counter: Counter, line: OrderLine, order: Order | None) -> str:
    number = order.number if order is not None else ""
    code = f"{line.gtin:013d}" if line.gtin is not None else line.sku
    currency = counter.station.currency
    price = wording.money(line.value_of(min(THOUSAND, line.quantity), currency))
    stock = counter.station.catalogues.current().stock(line.sku)
    is_last = stock is not None and stock.on_hand_thousandths <= line.quantity
    last = QCoreApplication.translate("Picking", "the last by the stock") if is_last else ""
    return " · ".join(part for part in (number, code, price, last) if part)


def _status(line: OrderLine, *, is_chosen: bool, holder: str) -> tuple[str, str, str]:
    if line.picked >= line.quantity:
        return QCoreApplication.translate("Picking", "Complete"), "check-circle", "accent-text"
    if prepare.is_open_offer(line):
        return QCoreApplication.translate("Picking", "Ask them"), "swap", "amber-text"
    if line.short_reason is not None:
        return short_word(line.short_reason), "alert", "amber-text"
    if holder:
        return holder, "lock", "text-muted"
    if is_chosen:
        left = wording.number(line.to_pick)
        text = QCoreApplication.translate("Picking", "Scan {count}").format(count=left)
        return text, "scan", "text"
    return QCoreApplication.translate("Picking", "To fetch"), "", "text-muted"


def short_word(reason: ShortReason) -> str:
    """Name why a piece is lacking."""
    return {
        ShortReason.MISSING: QCoreApplication.translate("Picking", "Missing"),
        ShortReason.DAMAGED: QCoreApplication.translate("Picking", "Damaged"),
        ShortReason.LATER: QCoreApplication.translate("Picking", "Later"),
    }[reason]


def counted(text: str) -> tuple[int, str]:
    """Return how many pieces and which code were typed: `12*8436…`, or the code alone."""
    count, star, code = text.partition("*")
    if star and count.strip().isdecimal() and 0 < int(count) <= MAX_COUNT:
        return int(count), code.strip()
    return 1, text


@dataclass(frozen=True, slots=True)
class Problem:
    """What the amber notice says of a line, and the ids of the keys beside it."""

    title: str
    text: str
    keys: tuple[str, ...]


def problem_of(order: Order, line: OrderLine) -> Problem | None:
    """Return what is to be told of a line that cannot be had; None when all is well."""
    offer = line.substitute
    if offer is not None and offer.state is SubstituteState.PROPOSED:
        title = QCoreApplication.translate("Picking", "{name} instead?").format(name=offer.name)
        text = QCoreApplication.translate(
            "Picking", "Call {phone} and ask. It costs them no more than what they ordered."
        ).format(phone=order.phone or order.surname_initial_name)
        return Problem(title, text, ("yes_phone", "yes_here", "no"))
    if line.short_reason is None:
        return None
    title = _problem_title(line.short_reason).format(name=line.name)
    if line.short_reason is ShortReason.LATER:
        text = QCoreApplication.translate(
            "Picking", "The line stays open: the order cannot be finished without it."
        )
        return Problem(title, text, ("have_it",))
    value = wording.money(line.value_of(line.short, order.currency))
    text = QCoreApplication.translate(
        "Picking",
        "Off sale everywhere. The customer gets {amount} back, or another article.",
    )
    if not order.is_prepaid:
        text = QCoreApplication.translate(
            "Picking", "Off sale everywhere. The customer does not pay {amount}."
        )
    return Problem(title, text.format(amount=value), ("propose", "have_it"))


def _problem_title(reason: ShortReason) -> str:
    return {
        ShortReason.MISSING: QCoreApplication.translate("Picking", "{name} is not in its place"),
        ShortReason.DAMAGED: QCoreApplication.translate("Picking", "{name} is damaged"),
        ShortReason.LATER: QCoreApplication.translate("Picking", "{name} comes later"),
    }[reason]
