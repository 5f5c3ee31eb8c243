"""Returns at a till for tests: what was sold there and a draft of what comes back."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.basket import EntryMethod
from pos.domain.catalogue import Product
from pos.domain.quantity import Quantity
from pos.domain.refund import RefundState
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import Means, purchase_of_sale
from pos.domain.returns import Refund, Return, amount_of
from pos.domain.sale import Sale
from pos.services import pay, sell
from pos.services.record_return import ReturnDraft, record_return
from pos.services.workstation import SignOn
from tests.return_builders import return_lines
from tests.services.conftest import OIL


def sold(sign_on: SignOn, pieces: int = 3, product: Product = OIL) -> Sale:
    """Return a sale of so many pieces on one line, paid exactly in cash."""
    ticket = sell.add_product(sign_on, None, product, Quantity.each(pieces), EntryMethod.SCANNED)
    step = pay.take_cash(sign_on, pay.begin(sign_on, ticket), ticket.basket.totals.total)
    assert isinstance(step, pay.Paid)
    return step.sale


def untouched(sale: Sale) -> Ledger:
    """Return the ledger of a sale of which nothing came back."""
    return ledger_of(purchase_of_sale(sale), ())


def draft(
    sign_on: SignOn,
    ledger: Ledger,
    *parts: tuple[int, int],
    means: Means = Means.CASH,
    state: RefundState = RefundState.CONFIRMED,
    **changes: object,
) -> ReturnDraft:
    """Return the draft of (line, thousandths) coming back, refunded by one means."""
    ids = sign_on.station.ids
    lines = return_lines(ledger, *parts)
    amount = amount_of(lines, (), ledger.purchase.currency)
    reference = ledger.purchase.reference
    refund = Refund(ids.new(), reference, means, amount, state=state) if amount else None
    made = ReturnDraft(
        return_id=ids.new(),
        ledgers=(ledger,),
        lines=lines,
        extras=(),
        refunds=(refund,) if refund else (),
        flags=frozenset(),
        approvals=(),
        began_at_ms=sign_on.station.clock.now_ms(),
        currency=ledger.purchase.currency,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def taken_back(sign_on: SignOn, made: ReturnDraft) -> Return:
    """Record a draft in a transaction of its own."""
    with sign_on.station.store.transaction() as records:
        return record_return(sign_on, records, made)


def own_ledger(sign_on: SignOn, sale: Sale) -> Ledger:
    """Return the ledger of a sale as its till alone knows it."""
    with sign_on.station.store.reading() as records:
        returns = records.returns.of_purchase(sale.sale_id)
    return ledger_of(purchase_of_sale(sale), returns)
