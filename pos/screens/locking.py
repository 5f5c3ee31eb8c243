"""Leaving the till to somebody else with the ticket kept as it is."""

from __future__ import annotations

from pos.domain.ticket import TicketState
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.services import sign_in


def may_lock(counter: Counter) -> bool:
    """True while somebody works here and no money is being taken."""
    ticket = counter.ticket
    is_paying = ticket is not None and ticket.state is TicketState.PAYING
    return counter.signed_on is not None and not is_paying


def lock(counter: Counter, navigator: Navigator) -> None:
    """Lock the till: the ticket stays, whoever signs in next goes on with it."""
    if may_lock(counter) and _recorded(counter, navigator, leaves=False):
        counter.work_as(None)
        navigator.go(Screen.SIGN_IN)


def change_person(counter: Counter, navigator: Navigator) -> None:
    """Sign off, so that somebody else signs in; the ticket stays."""
    if may_lock(counter) and _recorded(counter, navigator, leaves=True):
        counter.work_as(None)
        navigator.go(Screen.SIGN_IN)


def _recorded(counter: Counter, navigator: Navigator, *, leaves: bool) -> bool:
    record = sign_in.sign_off if leaves else sign_in.lock

    def act() -> bool:
        record(counter.sign_on)
        return True

    return bool(attempt(counter, navigator, act))
