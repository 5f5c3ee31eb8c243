"""Whose the ticket at the counter is: put on, taken off, and followed when the record moves."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import Basket
from pos.domain.customer_glance import KnownCustomer
from pos.domain.ticket import Ticket, TicketState
from pos.services import sell
from pos.services.ports import Records
from pos.services.workstation import SignOn, Workstation


class NoSuchCustomer(Exception):
    """This till has no record of that customer, or it was erased."""


def put_on_ticket(sign_on: SignOn, ticket: Ticket | None, customer_id: str) -> Ticket:
    """Make the ticket a customer's, opening one when there is none.

    Raises:
        NoSuchCustomer: There is no record of it here.
        TicketBusy: The ticket is being paid.
        StoreUnavailable: Nothing was recorded; the ticket is as it was.
    """
    station = sign_on.station
    with station.store.transaction() as records:
        known = records.customers.get(customer_id)
        if known is None:
            raise NoSuchCustomer(customer_id)
        name = known.customer.customer_id
        records.customers.note_used(name, at_ms=station.clock.now_ms())
    basket = ticket.basket if ticket else sell.opened_basket(sign_on)
    return sell.change_whole(sign_on, ticket, replace(basket, customer_id=name))


def take_off_ticket(sign_on: SignOn, ticket: Ticket) -> Ticket | None:
    """Make the ticket nobody's again; None for one that was begun for the customer alone.

    Raises:
        TicketBusy: It is being paid.
    """
    if _is_removed(sign_on, ticket):
        return None
    return sell.change_whole(sign_on, ticket, replace(ticket.basket, customer_id=""))


def customer_of(station: Workstation, ticket: Ticket | None) -> KnownCustomer | None:
    """Return whose the ticket is, as far as the till knows."""
    if ticket is None or not ticket.basket.customer_id:
        return None
    with station.store.reading() as records:
        return records.customers.get(ticket.basket.customer_id)


def followed(sign_on: SignOn, ticket: Ticket) -> Ticket | None:
    """Return an open ticket with its customer as the hub has it by now.

    One that was merged goes on under the other record, one that was erased leaves the ticket:
    None when there was nothing else on it, so that it stands in nobody's way. While it is
    being paid nothing moves: recording it looks again.
    """
    if ticket.state is not TicketState.OPEN or not ticket.basket.customer_id:
        return ticket
    with sign_on.station.store.reading() as records:
        basket = with_standing_customer(records, ticket.basket)
    if basket == ticket.basket:
        return ticket
    if not basket.customer_id and _is_removed(sign_on, ticket):
        return None
    return sell.change_whole(sign_on, ticket, basket)


def with_standing_customer(records: Records, basket: Basket) -> Basket:
    """Return the basket as that of the record its customer has by now, or of nobody."""
    if not basket.customer_id:
        return basket
    standing = records.customers.standing(basket.customer_id)
    return basket if standing == basket.customer_id else replace(basket, customer_id=standing)


def _is_removed(sign_on: SignOn, ticket: Ticket) -> bool:
    """Take away a ticket that was begun for its customer alone; False for any other."""
    basket = ticket.basket
    if basket.lines or basket.coupons or ticket.holds or ticket.tenders:
        return False
    with sign_on.station.store.transaction() as records:
        if records.exchanges.get(basket.basket_id) is not None:
            return False
        records.tickets.remove(basket.basket_id, TicketState.CANCELLED)
    return True
