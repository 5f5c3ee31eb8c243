"""Parking a ticket and taking it up again, here or at another till (ARTS suspend, retrieve)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.free_text import checked_text
from pos.domain.journal import FactKind, Json
from pos.domain.printing import PrintJob, PrintKind
from pos.domain.shop_ticket import ShopTicket
from pos.domain.staff import Act, Approval, Capability
from pos.domain.ticket import Ticket, TicketEvent, TicketState, next_state
from pos.domain.ticket_content import (
    MAX_LABEL_LENGTH,
    UnreadableTicket,
    carried_content,
    read_ticket,
)
from pos.services.at_counter import GoodsCameBack, check_as_stored, open_shift
from pos.services.ports import Records
from pos.services.print_jobs import queued_job
from pos.services.sell import NoRoomForTicket
from pos.services.workstation import SignOn

__all__ = ["MAX_LABEL_LENGTH", "UnreadableTicket"]  # what screens need to know of them too


class CounterBusy(Exception):
    """There is a ticket at the counter; park or finish it first."""


class NoSuchTicket(Exception):
    """No parked ticket has that id (somebody took it up already)."""


class TakenElsewhere(NoSuchTicket):
    """Another till of the shop went on with it."""

    def __init__(self, till: str) -> None:
        super().__init__(till)
        self.till = till


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits in the shop, each the oldest first: tickets of this till, and of the others."""

    ours: tuple[Ticket, ...] = ()
    others: tuple[ShopTicket, ...] = ()

    def __len__(self) -> int:
        return len(self.ours) + len(self.others)


@dataclass(frozen=True, slots=True)
class Permit:
    """What the hub granted; `taken_from` is the till that held the claim and did not use it.

    A `fence` of 0 is no grant: the hub was away, or never heard of the ticket.
    """

    fence: int = 0
    taken_from: str = ""
    approval: Approval | None = None


def park(sign_on: SignOn, ticket: Ticket, *, label: str = "") -> PrintJob:
    """Park the ticket and queue the slip with its code.

    The fact carries all that is on the ticket, so that another till can go on with it.

    Raises:
        IllegalTicketTransition: The ticket is being paid.
        TicketChanged: It was changed in the meantime.
        GoodsCameBack: It is part of an exchange.
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
        if records.exchanges.get(ticket.basket.basket_id) is not None:
            raise GoodsCameBack
        records.tickets.save(parked)
        body = {**_body(sign_on, parked), **_whole(parked)}
        sign_on.record(records, FactKind.BASKET_PARKED, body, at_ms=now_ms)
        job = queued_job(sign_on, PrintKind.PARKED, parked.basket.basket_id)
        records.prints.save(job)
    return job


def parked_tickets(sign_on: SignOn) -> tuple[Ticket, ...]:
    """Return the tickets parked here, the oldest first."""
    with sign_on.station.store.reading() as records:
        return records.tickets.parked()


def waiting(sign_on: SignOn) -> Waiting:
    """Return the tickets that wait here and at the other tills of the shop."""
    with sign_on.station.store.reading() as records:
        return Waiting(records.tickets.parked(), records.shop_tickets.waiting())


def is_ours(sign_on: SignOn, basket_id: str) -> bool:
    """True for a ticket that was parked here and not finished since."""
    with sign_on.station.store.reading() as records:
        return records.tickets.get(basket_id) is not None


def resume(sign_on: SignOn, basket_id: str, permit: Permit | None = None) -> Ticket:
    """Take a ticket up again that was parked here.

    Raises:
        CounterBusy: Another ticket is at the counter.
        TakenElsewhere: Another till went on with it.
        NoSuchTicket: It is not parked any more.
    """
    permit = permit or Permit()
    with sign_on.station.store.transaction() as records:
        _check_counter(records)
        parked = records.tickets.get(basket_id)
        if parked is None:
            raise NoSuchTicket(basket_id)
        if taker := records.shop_tickets.taker_of(parked):
            raise TakenElsewhere(taker)
        ticket = Ticket(
            parked.basket,
            next_state(parked.state, TicketEvent.RESUME),
            changed_at_ms=sign_on.station.clock.now_ms(),
        )
        records.tickets.save(ticket)
        _record_resumed(sign_on, records, ticket, parked, sign_on.station.till, permit)
    return ticket


def resume_from_shop(sign_on: SignOn, basket_id: str, content: object, permit: Permit) -> Ticket:
    """Go on with a ticket of another till under an id of this till's own.

    Prices, discounts and overrides stay what they were when it was parked; who allowed them
    is part of it.

    Args:
        content: The ticket as the hub handed it on; read as if a stranger had written it.
        permit: The hub's grant.

    Raises:
        CounterBusy: Another ticket is at the counter.
        NoSuchTicket: This till went on with it already.
        UnreadableTicket: The content is no ticket that could be sold here.
        NoOpenSession: There is no shift.
        NotAllowed: It is taken from a till that held it, and nobody who may allowed that.
        StoreUnavailable: Nothing was recorded.
    """
    parked = _checked(sign_on, basket_id, content)
    station = sign_on.station
    if not station.has_room():
        raise NoRoomForTicket("disk nearly full")
    with station.store.transaction() as records:
        open_shift(sign_on, records)
        _check_counter(records)
        if records.shop_tickets.is_taken_here(basket_id, parked.changed_at_ms):
            raise NoSuchTicket(basket_id)
        known = records.shop_tickets.get(basket_id)
        ticket = _as_ours(sign_on, parked)
        records.tickets.save(ticket)
        till = known.till if known else ""
        records.shop_tickets.take(_taken(parked, till))
        _record_resumed(sign_on, records, ticket, parked, till, permit)
    return ticket


def _checked(sign_on: SignOn, basket_id: str, content: object) -> Ticket:
    parked = read_ticket(content)
    basket = parked.basket
    if basket.basket_id != basket_id:
        raise UnreadableTicket("another ticket")
    if basket.currency != sign_on.station.currency:
        raise UnreadableTicket(f"in {basket.currency}")
    if parked.tenders or basket.is_empty:
        raise UnreadableTicket("nothing to sell, or paid in part")
    return parked


def _as_ours(sign_on: SignOn, parked: Ticket) -> Ticket:
    station = sign_on.station
    info = station.catalogues.current().info()
    now_ms = station.clock.now_ms()
    basket = replace(
        parked.basket,
        basket_id=station.ids.new(),
        opened_at_ms=min(
            parked.basket.opened_at_ms, now_ms
        ),  # the other till's clock may be wrong
        catalogue_generation=info.generation if info else 0,
    )
    return Ticket(basket, TicketState.OPEN, changed_at_ms=now_ms)


def _taken(parked: Ticket, till: str) -> ShopTicket:
    basket = parked.basket
    return ShopTicket(
        basket.basket_id,
        till,
        parked.label,
        basket.totals.total,
        len(basket.live_lines),
        parked.changed_at_ms,
        basket.opened_by,
    )


def _check_counter(records: Records) -> None:
    if records.tickets.current() is not None:
        raise CounterBusy


def _record_resumed(
    sign_on: SignOn, records: Records, ticket: Ticket, parked: Ticket, till: str, permit: Permit
) -> None:
    source = parked.basket.basket_id
    if permit.taken_from:
        sign_on.authorise(
            records,
            Act(Capability.RESOLVE_CONFLICT),
            permit.approval,
            {"basket_id": source, "till": permit.taken_from},
        )
    body: dict[str, Json] = {
        **_body(sign_on, ticket),
        "from_basket": source,
        "from_till": till,
        "parked_at_ms": parked.changed_at_ms,  # which of its parkings, should there be several
        "fence": permit.fence,
        "taken_from": permit.taken_from,
    }
    if source != ticket.basket.basket_id:
        body["content"] = carried_content(ticket)  # no fact of this till has it yet
    sign_on.record(records, FactKind.BASKET_RESUMED, body, at_ms=ticket.changed_at_ms)


def _body(sign_on: SignOn, ticket: Ticket) -> dict[str, Json]:
    return {
        "basket_id": ticket.basket.basket_id,
        "total": ticket.basket.totals.total.minor,
        "lines": len(ticket.basket.live_lines),
        "staff_id": sign_on.operator.staff_id,
    }


def _whole(ticket: Ticket) -> dict[str, Json]:
    """Return the ticket for who goes on with it; without its content where that is too long."""
    return {
        "label": ticket.label,
        "currency": ticket.basket.currency,
        "content": carried_content(ticket),
    }
