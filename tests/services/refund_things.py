"""Sales by card and returns of them for tests, with a terminal that knows what really moved."""

from __future__ import annotations

from dataclasses import replace

from hardware.payment_terminal.port import Approved
from hardware.payment_terminal.simulator import SimulatedTerminal
from pos.devices.terminal import ask_for_refund
from pos.domain.basket import EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.card_refund import CardRefund
from pos.domain.catalogue import Product
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.returns import Return, ReturnFlag
from pos.domain.sale import Sale
from pos.services import pay, refund_card, sell
from pos.services.refund_card import RefundStep
from pos.services.workstation import SignOn
from tests.services.conftest import OIL
from tests.services.return_things import draft, own_ledger, taken_back


def sold_by_card(
    sign_on: SignOn, terminal: SimulatedTerminal, pieces: int = 3, *others: Product
) -> Sale:
    """Sell so many pieces on one line, one of each other product; the terminal took the money."""
    ticket = sell.add_product(sign_on, None, OIL, Quantity.each(pieces), EntryMethod.SCANNED)
    for other in others:
        ticket = sell.add_product(sign_on, ticket, other, Quantity.each(1), EntryMethod.SCANNED)
    paying, due = pay.begin(sign_on, ticket), ticket.basket.totals.total
    attempt = pay.request_card(sign_on, paying, due, terminal="simulator")
    said = terminal.pay(attempt.attempt_id, due.minor, due.currency)
    assert isinstance(said, Approved)
    step = pay.settle_card(
        sign_on, paying, attempt, AttemptEvent.APPROVAL, authorisation=said.auth_code
    )
    assert isinstance(step, pay.Paid)
    return step.sale


def card_of(sale: Sale) -> str:
    """Return the terminal's reference of the payment of a sale."""
    return sale.tenders[0].reference


def took_back(
    sign_on: SignOn, sale: Sale, pieces: int = 1, flags: frozenset[ReturnFlag] = frozenset()
) -> CardRefund:
    """Record that pieces came back, to be refunded to the card; the terminal was not asked."""
    made = draft(
        sign_on,
        own_ledger(sign_on, sale),
        (1, pieces * THOUSAND),
        means=Means.CARD,
        state=RefundState.REQUESTED,
    )
    refunds = (replace(made.refunds[0], reference=card_of(sale)),)
    document = taken_back(sign_on, replace(made, refunds=refunds, flags=flags))
    (asked,) = refund_card.to_ask(document)
    return asked


def asked_for(sign_on: SignOn, terminal: SimulatedTerminal, asked: CardRefund) -> RefundStep:
    """Ask the terminal and record what it says."""
    return refund_card.settle(sign_on, asked, ask_for_refund(terminal, asked))


def as_recorded(sign_on: SignOn, asked: CardRefund) -> Return:
    """Return the document of a refund as it is on the disk."""
    with sign_on.station.store.reading() as records:
        document = records.returns.get(asked.return_id)
    assert document is not None
    return document


def state_of(sign_on: SignOn, asked: CardRefund) -> RefundState:
    """Return how a refund stands on the disk."""
    (refund,) = as_recorded(sign_on, asked).refunds
    return refund.state
