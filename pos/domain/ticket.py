"""The ticket at the counter: a basket with its state and the tenders taken so far."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from pos.domain.basket import Basket
from pos.domain.tender import Payment, Tender


class TicketState(Enum):
    """The life of a ticket (ARTS RetailTransaction: suspended, cancelled, completed)."""

    OPEN = "open"
    PARKED = "parked"
    PAYING = "paying"
    RECORDED = "recorded"
    CANCELLED = "cancelled"


class TicketEvent(Enum):
    PARK = "park"
    RESUME = "resume"
    BEGIN_PAYMENT = "begin payment"
    BACK_TO_TICKET = "back to ticket"
    RECORD = "record"
    CANCEL = "cancel"


class IllegalTicketTransition(Exception):
    """An event reached a ticket that cannot take it."""


TRANSITIONS = {
    (TicketState.OPEN, TicketEvent.PARK): TicketState.PARKED,
    (TicketState.OPEN, TicketEvent.BEGIN_PAYMENT): TicketState.PAYING,
    (TicketState.OPEN, TicketEvent.CANCEL): TicketState.CANCELLED,
    (TicketState.PARKED, TicketEvent.RESUME): TicketState.OPEN,
    (TicketState.PAYING, TicketEvent.BACK_TO_TICKET): TicketState.OPEN,
    (TicketState.PAYING, TicketEvent.RECORD): TicketState.RECORDED,
}


def next_state(state: TicketState, event: TicketEvent) -> TicketState:
    """Return the state after `event`.

    Raises:
        IllegalTicketTransition: The pair is not in `TRANSITIONS`.
    """
    try:
        return TRANSITIONS[state, event]
    except KeyError:
        raise IllegalTicketTransition(f"{event.value!r} while {state.value!r}") from None


@dataclass(frozen=True, slots=True)
class Ticket:
    """A basket, where it is in its life, and the tenders already taken for it.

    `label` is what a parked ticket is recognised by; `changed_at_ms` is UTC, Unix ms. `holds`
    names what the hub was asked to set aside on gift cards and credit for this ticket and no
    tender of it names: not answered yet, or handed back.
    """

    basket: Basket
    state: TicketState = TicketState.OPEN
    tenders: tuple[Tender, ...] = ()
    label: str = ""
    changed_at_ms: int = 0
    holds: tuple[str, ...] = ()

    @property
    def payment(self) -> Payment:
        return Payment(self.basket.totals.total, self.tenders)
