"""What was set aside on cards for a ticket that they do not pay after all."""

from __future__ import annotations

from collections.abc import Iterable

from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.services import pay_value


def give_back(counter: Counter, holds: Iterable[str]) -> None:
    """Free amounts for others; what the hub does not hear of runs out by itself."""
    for hold in holds:
        counter.devices.hub.release_value(hold)


def give_back_left_over(counter: Counter, navigator: Navigator) -> None:
    """Free what no tender of the ticket names: asked for before the till ended, or taken off."""
    ticket = counter.ticket
    if ticket is None or not ticket.holds:
        return
    give_back(counter, ticket.holds)
    bare = attempt(counter, navigator, lambda: pay_value.forget_holds(counter.sign_on, ticket))
    if bare is not None:
        counter.put(bare)
