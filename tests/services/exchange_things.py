"""Goods that came back for a ticket, at a till on a real file: for tests of exchanges."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import EntryMethod
from pos.domain.catalogue import Product
from pos.domain.exchange import is_pair
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.tender import TenderKind
from pos.domain.ticket import Ticket
from pos.domain.till_session import expected_cash
from pos.services import exchange, goodwill, sell, take_back
from pos.services.find_purchase import Known, Wanted, here
from pos.services.return_figures import figures_of
from pos.services.take_back import TakingBack
from pos.services.workstation import SignOn
from pos.store.verify import verify
from tests.builders import eur
from tests.services.conftest import KEY, MARTA, Shop
from tests.services.test_take_back import said


def bought(sign_on: SignOn, sale: Sale, *, is_gift: bool = False) -> TakingBack:
    """Return a sale of this till on the page of returns."""
    known = here(sign_on.station, Wanted(str(sale.number)))
    assert isinstance(known, Known)
    return take_back.begin(sign_on.station, known, is_isolated=False, is_gift=is_gift)


def attached(sign_on: SignOn, state: TakingBack, ticket: Ticket | None = None) -> Ticket:
    """Keep what was chosen with the ticket."""
    return exchange.attach(sign_on, state, figures_of(state), ticket)


def drawer(sign_on: SignOn) -> Money:
    """Return what the shift must have in its drawer above the float."""
    with sign_on.station.store.reading() as records:
        return expected_cash(eur(0), records.sessions.figures(sign_on.session_id))


def given_all_back(sign_on: SignOn, sale: Sale) -> None:
    """Give all that was paid for a sale back out of goodwill."""
    state = goodwill.begin(sign_on.station, bought(sign_on, sale).known, is_isolated=False)
    state = replace(state, amount=sale.total, reason="broken")
    manager = replace(sign_on, operator=MARTA)
    goodwill.give(manager, state, goodwill.figures_of(manager, state))


def with_back(sign_on: SignOn, sale: Sale, *wanted: Product, pieces: int = 1) -> Ticket:
    """Return a ticket of products that pieces of a sale's first line pay for."""
    state = take_back.count(said(bought(sign_on, sale)), 1, pieces * 1000)
    ticket = attached(sign_on, state)
    for product in wanted:
        ticket = sell.add_product(sign_on, ticket, product, Quantity.each(1), EntryMethod.SCANNED)
    return ticket


def waiting(sign_on: SignOn) -> int:
    """Return for how many tickets goods came back and wait."""
    with sign_on.station.store.reading() as records:
        return len(records.exchanges.waiting())


def sales_and_returns(sign_on: SignOn) -> tuple[int, int]:
    """Return how many sales and returns are recorded."""
    with sign_on.station.store.reading() as records:
        return len(records.sales.recent(100)), len(records.returns.recent(100))


def is_whole(sale: Sale, document: Return) -> bool:
    """True when both documents of an exchange name each other and agree."""
    (given,) = (one for one in sale.tenders if one.kind is TenderKind.EXCHANGE)
    return (
        is_pair(document, sale.sale_id, [(given.reference, given.amount)])
        and given.authorisation == str(document.number)
        and document.exchange_number == str(sale.number)
    )


def faults(shop: Shop) -> list[str]:
    """Return what verify finds wrong with the till's file."""
    return [str(one) for one in verify(shop.path, key=KEY)]
