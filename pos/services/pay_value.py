"""Paying with a gift card or store credit: set aside at the hub first, then put on the ticket.

What the hub is asked to set aside is written on the ticket before it is asked, so that a till
that ends in between gives it back when it is up again. A tender names what was set aside for
it; the recorded sale takes it off the card.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.domain.money import Money, total
from pos.domain.stored_value import (
    OfflineRefusal,
    Reservation,
    StoredValueKind,
    holds_of,
    left_text,
    value_reference,
)
from pos.domain.tender import STORED_VALUE, Payment, TenderKind
from pos.domain.ticket import Ticket
from pos.services.at_counter import check_as_stored
from pos.services.pay import PaymentStep, check_no_open_card, check_paying, settle
from pos.services.workstation import SignOn

TakesValue = Callable[[], PaymentStep]


class NotSetAside(Exception):
    """The hub set nothing aside: there is nothing to pay with."""


class NotOffline(Exception):
    """Without the hub this is not taken off a card; `why` says by which rule."""

    def __init__(self, why: OfflineRefusal) -> None:
        super().__init__(why.value)
        self.why = why


def ask_to_hold(sign_on: SignOn, ticket: Ticket, amount: Money) -> tuple[Ticket, str]:
    """Write on the ticket that the hub is going to be asked, and return the id to ask with.

    Raises:
        TenderRefused: More than is due, zero, or nothing due.
        CardOutcomeOpen: A card attempt has no outcome yet.
        IllegalTicketTransition: The ticket is not being paid.
        TicketChanged: It was paid or changed in the meantime.
    """
    check_paying(ticket)
    ticket.payment.with_exact(TenderKind.GIFT_CARD, amount, reference="")
    hold = sign_on.station.ids.new()
    asking = replace(
        ticket,
        holds=(*ticket.holds, hold),
        changed_at_ms=sign_on.station.clock.now_ms(),
    )
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        check_no_open_card(records, ticket)
        records.tickets.save(asking)
    return asking, hold


def take_value(
    sign_on: SignOn, ticket: Ticket, kind: StoredValueKind, reserved: Reservation
) -> PaymentStep:
    """Put what was set aside on the ticket; when it covers it the sale is recorded with it.

    Raises:
        NotSetAside: Nothing was.
        TenderRefused: More than is due by now, or nothing due.
        CardOutcomeOpen, IllegalTicketTransition, TicketChanged: As `ask_to_hold`.
    """
    reference = reserved.reference
    if reserved.amount is None or reference is None:
        raise NotSetAside
    payment = ticket.payment.with_exact(
        TenderKind(kind.value),
        reserved.amount,
        reference=reference.text,
        authorisation=left_text(reserved.available),
    )
    held = tuple(hold for hold in ticket.holds if hold != reference.hold)
    return _take(sign_on, ticket, replace(ticket, holds=held), payment)


def most_offline(sign_on: SignOn, ticket: Ticket) -> Money:
    """Return what may still be taken off cards for a ticket while the hub is away."""
    limit = Money(sign_on.station.stored_value.limit, ticket.basket.currency)
    left = limit - _unchecked(ticket)
    nothing = Money(0, ticket.basket.currency)
    return max(nothing, min(left, ticket.payment.due))


def take_value_offline(
    sign_on: SignOn, ticket: Ticket, kind: StoredValueKind, code: str, amount: Money
) -> PaymentStep:
    """Take an amount off a card that nobody can look at now, as far as the shop allows it.

    Raises:
        NotOffline: The shop does not allow it, or not so much.
        TenderRefused, CardOutcomeOpen, IllegalTicketTransition, TicketChanged: As `ask_to_hold`.
    """
    why = sign_on.station.stored_value.refusal(amount, _unchecked(ticket))
    if why is not None:
        raise NotOffline(why)
    payment = ticket.payment.with_exact(
        TenderKind(kind.value), amount, reference=value_reference(code).text, is_verified=False
    )
    return _take(sign_on, ticket, ticket, payment)


def forget_holds(sign_on: SignOn, ticket: Ticket) -> Ticket:
    """Take off the ticket what was given back to its cards.

    Raises:
        TicketChanged: It was paid or changed in the meantime.
    """
    if not ticket.holds:
        return ticket
    bare = replace(ticket, holds=())
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        records.tickets.save(bare)
    return bare


def given_back(ticket: Ticket) -> tuple[str, ...]:
    """Return what is to be given back when a ticket is not paid after all."""
    return (*ticket.holds, *holds_of(ticket.tenders))


def _take(sign_on: SignOn, ticket: Ticket, settled: Ticket, payment: Payment) -> PaymentStep:
    check_paying(ticket)
    with sign_on.station.store.transaction() as records:
        check_as_stored(records, ticket)
        check_no_open_card(records, ticket)
        return settle(sign_on, records, settled, payment)


def _unchecked(ticket: Ticket) -> Money:
    """Return what cards pay of a ticket without the hub having set it aside."""
    amounts = (
        tender.amount
        for tender in ticket.tenders
        if tender.kind in STORED_VALUE and not holds_of((tender,))
    )
    return total(amounts, ticket.basket.currency)
