"""Holds an act to what is on the disk: the ticket as it is there, and a shift that is open."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.ticket import Ticket
from pos.domain.till_session import TillSession
from pos.services.ports import Records
from pos.services.workstation import NoOpenSession, SignOn


class TicketChanged(Exception):
    """The ticket is not what the caller believes: paid, parked or changed in the meantime."""


class GoodsCameBack(Exception):
    """Goods came back that pay for the ticket: it stays at this counter until it is done."""


def check_as_stored(records: Records, ticket: Ticket) -> None:
    """Make sure that an act that moves money or ends a ticket is done to the ticket as it is.

    A second press of a key, or a screen that missed a change, would otherwise pay, park or
    cancel what is no longer there.

    Raises:
        TicketChanged: It is another by now, or gone.
    """
    stored = records.tickets.get(ticket.basket.basket_id)
    if stored is None:
        raise TicketChanged(f"{ticket.basket.basket_id} is gone")
    believed = (ticket.state, ticket.tenders, ticket.basket)
    if (stored.state, stored.tenders, stored.basket) != believed:
        raise TicketChanged(f"{ticket.basket.basket_id} is {stored.state.value} by now")


def check_not_sold(records: Records, ticket: Ticket) -> None:
    """Make sure that a line is not put on a ticket that is a recorded sale already.

    Raises:
        TicketChanged: It is.
    """
    if records.sales.get(ticket.basket.basket_id) is not None:
        raise TicketChanged(f"{ticket.basket.basket_id} is sold")


def open_shift(sign_on: SignOn, records: Records) -> TillSession:
    """Return the operator's shift as it is on the disk.

    Raises:
        NoOpenSession: There is none, or it is closed by now.
    """
    session = records.sessions.current()
    if session is None or session.session_id != sign_on.session_id:
        raise NoOpenSession
    return session


def business_in_shift(sign_on: SignOn, records: Records) -> None:
    """Note that something is done in the shift: a count made before is no count any more.

    The count stays in the journal; to close, the cash is counted again, so that a Z never
    sets what came in after a count against it.

    Raises:
        NoOpenSession: There is none, or it is closed by now.
    """
    session = open_shift(sign_on, records)
    if session.counts:
        records.sessions.save(replace(session, counts=()))
