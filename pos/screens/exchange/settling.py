"""The end of an exchange: on to the payment, recorded at once when it is even, or money back."""

from __future__ import annotations

from pos.domain.exchange_draft import ExchangeDraft
from pos.domain.ticket import Ticket
from pos.screens.acting import attempt
from pos.screens.counter import Counter
from pos.screens.exchange.recording import record
from pos.screens.exchange.rest import RestViewModel
from pos.screens.navigator import Navigator, Screen
from pos.screens.ports import Sound
from pos.screens.sale.charging import go_to_payment


def settle(counter: Counter, navigator: Navigator, ticket: Ticket, draft: ExchangeDraft) -> None:
    """Do what is left to be done between the customer and the shop."""
    balance = draft.balance_with(ticket.basket)
    if balance.to_pay:
        go_to_payment(counter, navigator, ticket)
    elif balance.to_refund:
        navigator.close_all()
        navigator.open(RestViewModel(counter, navigator, ticket, draft))
    else:
        done = attempt(counter, navigator, lambda: record(counter.sign_on, ticket))
        if done is not None:
            counter.record_sale(done.sale)
            counter.devices.sounds.play(Sound.DONE)
            navigator.go(Screen.CHANGE)
