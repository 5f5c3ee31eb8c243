"""Parking a ticket and taking it up again (ARTS suspend, retrieve)."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.free_text import checked_text
from pos.domain.journal import FactKind, Json
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.ticket import Ticket, TicketEvent, next_state
from pos.services.at_counter import check_as_stored
from pos.services.print_jobs import queued_job
from pos.services.workstation import SignOn

MAX_LABEL_LENGTH = 40


class CounterBusy(Exception):
    """There is a ticket at the counter; park or finish it first."""


class NoSuchTicket(Exception):
    """No parked ticket has that id (somebody took it up already)."""


def park(sign_on: SignOn, ticket: Ticket, *, label: str = "") -> PrintJob:
    """Park the ticket and queue the slip with its code.

    Raises:
        IllegalTicketTransition: The ticket is being paid.
        TicketChanged: It was changed in the meantime.
        LooksLikeCardNumber: The label may hold the number of a card.
    """
    now_ms = sign_on.station.clock.now_ms()
    parked = replace(
        ticket,
        state=next_state(ticket.state, TicketEvent.PARK),
        label=checked_text(label, MAX_LABEL_LENGTH),
        changed_at_ms=now_ms,
    )
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        records.tickets.save(parked)
        sign_on.record(records, FactKind.BASKET_PARKED, _body(sign_on, parked))
        job = queued_job(sign_on, PrintKind.PARKED, parked.basket.basket_id)
        records.prints.save(job)
    return job


def parked_tickets(sign_on: SignOn) -> tuple[Ticket, ...]:
    """Return the parked tickets, the oldest first."""
    with sign_on.station.store.reading() as records:
        return records.tickets.parked()


def resume(sign_on: SignOn, basket_id: str) -> Ticket:
    """Take a parked ticket up again.

    Raises:
        CounterBusy: Another ticket is at the counter.
        NoSuchTicket: It is not parked any more.
    """
    with sign_on.station.store.transaction() as records:
        if records.tickets.current() is not None:
            raise CounterBusy
        parked = records.tickets.get(basket_id)
        if parked is None:
            raise NoSuchTicket(basket_id)
        ticket = Ticket(
            parked.basket,
            next_state(parked.state, TicketEvent.RESUME),
            changed_at_ms=sign_on.station.clock.now_ms(),
        )
        records.tickets.save(ticket)
        sign_on.record(records, FactKind.BASKET_RESUMED, _body(sign_on, ticket))
    return ticket


def _body(sign_on: SignOn, ticket: Ticket) -> dict[str, Json]:
    return {
        "basket_id": ticket.basket.basket_id,
        "total": ticket.basket.totals.total.minor,
        "lines": len(ticket.basket.live_lines),
        "staff_id": sign_on.operator.staff_id,
    }
