"""Tickets that another till of the shop parked, as the agent mirrors them."""

from __future__ import annotations

from pathlib import Path

from pos.domain.journal import Json
from pos.domain.ticket import Ticket, TicketState
from pos.domain.ticket_content import ticket_content
from pos.store.outbox import AgentStore
from pos.store.shop_tickets import MirroredTicket
from tests.builders import KEY, MORNING_MS, basket

MINUTE_MS = 60_000


def ticket_of(basket_id: str = "b-other", label: str = "La del perro") -> Ticket:
    """Return a ticket of three lines as another till parked it."""
    made = basket(3, basket_id=basket_id)
    return Ticket(made, TicketState.PARKED, label=label, changed_at_ms=MORNING_MS - 5 * MINUTE_MS)


def content_of(ticket: Ticket) -> dict[str, Json]:
    return ticket_content(ticket)


def mirrored(
    ticket: Ticket, *, till: str = "FUEN-1", taken_by: str = "", staff_id: str = "marta"
) -> MirroredTicket:
    """Return what the hub tells of a ticket."""
    total = ticket.basket.totals.total
    return MirroredTicket(
        ticket.basket.basket_id,
        till,
        ticket.label,
        total.currency,
        total.minor,
        len(ticket.basket.live_lines),
        staff_id,
        ticket.changed_at_ms,
        "resumed" if taken_by else "parked",
        taken_by,
    )


def tell(folder: Path, *tickets: MirroredTicket, cursor: int = 1) -> None:
    """Mirror tickets as the agent of the till does."""
    agent = AgentStore(folder / "till.db", key=KEY)
    try:
        agent.apply_shop_tickets(tickets, cursor, hub_time_ms=MORNING_MS)
    finally:
        agent.close()
