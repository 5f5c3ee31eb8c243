"""The way from the ticket to the payment."""

from __future__ import annotations

from pos.domain.ticket import Ticket
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator, Screen
from pos.services import pay


def go_to_payment(counter: Counter, navigator: Navigator, ticket: Ticket) -> None:
    """Begin the payment; a ticket that costs nothing is recorded at once."""
    sign_on = counter.sign_on
    begun = attempt(counter, navigator, lambda: pay.begin(sign_on, ticket))
    if begun is None:
        return
    counter.put(begun)
    if begun.payment.due:
        navigator.go(Screen.PAYMENT)
        return
    paid = attempt(counter, navigator, lambda: pay.complete_free(sign_on, begun))
    if paid is not None:
        counter.record_sale(paid.sale)
        navigator.go(Screen.CHANGE)
