"""Sets open and parked tickets up again, as far as facts carry them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos.domain.card_payment import CardAttempt
from pos.domain.journal import Fact
from pos.domain.tender import TenderKind
from pos.domain.ticket import TicketState
from pos.domain.ticket_content import read_ticket
from pos.store.statements import Statements
from pos.store.tickets import StoredTickets


class RebuiltTickets:
    """What facts say of tickets; a ticket whose content no fact carries stays away."""

    def __init__(self, sql: Statements) -> None:
        self._tickets = StoredTickets(sql)
        self.remove = self._tickets.remove

    def knows(self, basket_id: str) -> bool:
        """True for a ticket that is open, being paid or parked."""
        return self._tickets.get(basket_id) is not None

    def parked(self, fact: Fact, body: dict[str, Any]) -> None:
        """Park the ticket."""
        self._put(fact, body, TicketState.PARKED)

    def resumed(self, fact: Fact, body: dict[str, Any]) -> None:
        """Put the ticket at the counter."""
        self._put(fact, body, TicketState.OPEN)

    def being_paid(self, fact: Fact, body: dict[str, Any]) -> None:
        """Put the ticket that a card is asked for at the counter."""
        self._put(fact, body, TicketState.PAYING)

    def charged(self, attempt: CardAttempt) -> None:
        """Note that a card paid for a part of the ticket, or for all of it."""
        ticket = self._tickets.get(attempt.basket_id)
        if ticket is None or ticket.state is not TicketState.PAYING:
            return
        payment = ticket.payment.with_exact(
            TenderKind.CARD,
            attempt.amount,
            reference=attempt.attempt_id,
            authorisation=attempt.authorisation,
            is_verified=attempt.is_verified,
        )
        self._tickets.save(replace(ticket, tenders=payment.tenders))

    def cancelled(self, _: Fact, body: dict[str, Any]) -> None:
        """Forget the ticket."""
        self._tickets.remove(body["basket_id"], TicketState.CANCELLED)

    def _put(self, fact: Fact, body: dict[str, Any], state: TicketState) -> None:
        basket_id = body["basket_id"]
        known = self._tickets.get(basket_id)
        content = body.get("content")
        if content is not None:
            told = read_ticket(content, state=state)
            if told.basket.basket_id != basket_id:
                raise ValueError(f"ticket {told.basket.basket_id} in a fact of {basket_id}")
            if known is not None:  # its lines may be others by now
                self._tickets.remove(basket_id, TicketState.CANCELLED)
            known = told
        if known is not None:
            label = known.label if state is TicketState.PARKED else ""
            at_ms = fact.occurred_at_ms
            self._tickets.save(replace(known, state=state, label=label, changed_at_ms=at_ms))
