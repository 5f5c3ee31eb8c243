"""Runs an act of a screen and shows the error panel when it cannot be done."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.free_text import LooksLikeCardNumber
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.screens.trouble.view_model import Trouble, TroubleViewModel
from pos.services.at_counter import TicketChanged

T = TypeVar("T")


def attempt(counter: Counter, navigator: Navigator, act: Callable[[], T]) -> T | None:
    """Run an act; None when it was not done, with the error panel open.

    When nobody can say whether the act was recorded, the ticket is read again from the
    disk before a word is said, so that screen and disk agree.
    """
    try:
        return act()
    except StoreUnavailable as error:
        show_trouble(counter, navigator, Trouble.NOTHING_RECORDED, str(error))
    except OutcomeOfCommitUnknown as error:
        show_trouble(counter, navigator, look_again(counter), str(error))
    except TicketChanged as error:
        looked_up = look_again(counter)
        is_known = looked_up is Trouble.LOOKED_UP
        trouble = Trouble.TICKET_CHANGED if is_known else looked_up
        show_trouble(counter, navigator, trouble, str(error))
    except LooksLikeCardNumber as error:
        show_trouble(counter, navigator, Trouble.CARD_NUMBER, str(error))
    return None


def or_as_recorded(act: Callable[[], T], look_up: Callable[[], T | None]) -> T:
    """Run an act; when nobody can say whether it was recorded, return what is found of it.

    Raises:
        StoreUnavailable: Nothing is found, so that nothing was recorded.
    """
    try:
        return act()
    except OutcomeOfCommitUnknown as error:
        found = look_up()
        if not found:
            raise StoreUnavailable(str(error)) from error
        return found


def look_again(counter: Counter) -> Trouble:
    """Take the ticket from the disk as it is there, and say what became of the act."""
    before = counter.ticket
    try:
        with counter.station.store.reading() as records:
            found = records.tickets.current()
            sale = records.sales.get(before.basket.basket_id) if before else None
    except (StoreUnavailable, OutcomeOfCommitUnknown):
        return Trouble.CANNOT_TELL
    if sale is not None:
        counter.record_sale(sale)
        return Trouble.SALE_RECORDED
    counter.put(found)
    return Trouble.LOOKED_UP


def show_trouble(counter: Counter, navigator: Navigator, trouble: Trouble, detail: str) -> None:
    """Open the error panel."""
    navigator.open(TroubleViewModel(counter, navigator, trouble, detail))
