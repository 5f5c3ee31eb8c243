"""Goods taken in exchange go back to what first paid, in whatever order the hub hears of them."""

from __future__ import annotations

from typing import Any

import pytest

from pos.domain.exchange import balance_of, exchange_refunds
from pos.domain.journal import FactKind
from pos.domain.refund import RefundState
from pos.domain.return_content import return_body
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import Means
from pos.domain.returns import Refund, Return
from pos.domain.tender import TenderKind
from sync.hub.agreement.digests import compare
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import known_till
from sync.wire.v1.tills import Comparison, DayTotals, TillDigest
from tests.builders import new_id
from tests.sync.facts import DAY, T0
from tests.sync.hub.returns.kit import ReturnTill, euros, ledger_at, watch
from tests.sync.hub.returns.test_web_refunds import (
    OIL,
    bring_back,
    hub,
    order,
    payments,
    rest,
    simulator,
    states,
    till,
)

__all__ = ["hub", "order", "payments", "simulator", "till"]


@pytest.fixture
def one(database: HubDatabase) -> ReturnTill:
    return ReturnTill(database, "FUEN-1")


def exchanged(
    till: ReturnTill, ledger: Ledger, price: int, *, is_gift: bool = False
) -> tuple[str, Return]:
    """Take a piece back for new goods, without telling the hub; return the sale and the return."""
    sale_id, worth = new_id(), ledger.line(1).value_of(1000)
    balance = balance_of(worth, euros(price))
    refunds = exchange_refunds(
        [(ledger, worth)], balance, sale_id=sale_id, new_id=new_id, is_gift=is_gift
    )
    if balance.to_refund:
        cash = Refund(new_id(), ledger.purchase.reference, Means.CASH, balance.to_refund)
        refunds = (*refunds, cash)
    document = till.document(ledger, refunds=refunds, exchange_id=sale_id)
    tenders = [_tender(TenderKind.EXCHANGE, balance.exchanged.minor, document.return_id)]
    if balance.to_pay:
        tenders.append(_tender(TenderKind.CASH, balance.to_pay.minor, ""))
    till.sell(price, push=False, sale_id=sale_id, tenders=tenders)
    return sale_id, document


def tell(till: ReturnTill, document: Return) -> None:
    till.journal.append(FactKind.RETURN_COMPLETED, return_body(document))
    till.push()


def paid(database: HubDatabase, sale_id: str) -> list[tuple[Means, int]]:
    return [(p.means, p.amount.minor) for p in ledger_at(database, sale_id).purchase.paid]


def test_what_was_taken_in_exchange_was_paid_by_what_first_paid(one: ReturnTill) -> None:
    first = one.sell(30_00, pieces=3)
    sale_id, document = exchanged(one, ledger_at(one.database, first), 12_50)
    tell(one, document)

    assert paid(one.database, sale_id) == [(Means.CASH, 12_50)]
    again, second = exchanged(one, ledger_at(one.database, sale_id), 12_50)
    tell(one, second)

    assert paid(one.database, again) == [(Means.CASH, 12_50)]
    assert watch(one.database) == 0


def test_a_sale_whose_return_comes_later_is_whole_once_both_are_there(one: ReturnTill) -> None:
    first = one.sell(30_00, pieces=3)
    sale_id, document = exchanged(one, ledger_at(one.database, first), 10_00)
    one.push()
    assert paid(one.database, sale_id) == [(Means.EXCHANGE, 10_00)]

    tell(one, document)
    one.push(again=True)

    assert paid(one.database, sale_id) == [(Means.CASH, 10_00)]
    assert ledger_at(one.database, first).line(1).returned == 1000
    assert watch(one.database) == 0


def test_what_the_bearer_of_a_gift_took_comes_back_as_credit(one: ReturnTill) -> None:
    first = one.sell(30_00, pieces=3)
    sale_id, document = exchanged(one, ledger_at(one.database, first), 10_00, is_gift=True)
    tell(one, document)

    assert paid(one.database, sale_id) == [(Means.STORE_CREDIT, 10_00)]


def test_a_return_that_does_not_agree_with_the_sale_says_nothing_of_it(one: ReturnTill) -> None:
    first = one.sell(30_00, pieces=3)
    ledger = ledger_at(one.database, first)
    sale_id, document = exchanged(one, ledger, 10_00)
    other = one.document(ledger, return_id=document.return_id, exchange_id=sale_id)
    tell(one, other)

    assert paid(one.database, sale_id) == [(Means.EXCHANGE, 10_00)]


def test_a_day_with_exchanges_agrees_with_the_till(one: ReturnTill) -> None:
    first = one.sell(30_00, pieces=3)
    _, document = exchanged(one, ledger_at(one.database, first), 12_50)
    tell(one, document)
    day = DayTotals(
        day=DAY,
        sales=2,
        total_minor=42_50,
        by_tender={"cash": 32_50, "exchange": 10_00},
        returns=1,
        returns_minor=10_00,
        by_refund={"exchange": 10_00},
    )
    last = one.journal.facts[-1]
    said = TillDigest(epoch=last.epoch, through=last.seq, head=last.hash, days=(day,))

    with one.database.transaction() as connection:
        answer = compare(connection, known_till(connection, one.till), said, T0)

    assert answer.comparison is Comparison.AGREES


def test_goods_taken_for_those_of_a_web_order_are_refunded_by_its_payment_and_no_more(
    till: ReturnTill, order: Any, payments: Any, simulator: Any
) -> None:
    sale_id, document = exchanged(till, ledger_at(till.database, order.order_id), OIL)
    tell(till, document)
    assert paid(till.database, sale_id) == [(Means.WEB, OIL)]
    web = Refund(
        new_id(), sale_id, Means.WEB, euros(OIL), order.order_id, state=RefundState.REQUESTED
    )
    till.take_back(ledger_at(till.database, sale_id), refunds=(web,))
    bring_back(till, order, 2)

    payments.work(rest)

    assert simulator.ledger()["refunded"] == 3 * OIL
    (out,) = ledger_at(till.database, sale_id).returns[0].paid_out
    assert out.state is RefundState.CONFIRMED
    assert states(till.database, order) == [RefundState.CONFIRMED] * 2


def _tender(kind: TenderKind, amount: int, reference: str) -> dict[str, Any]:
    return {
        "kind": kind.value, "amount": amount, "tendered": amount, "reference": reference,
        "authorisation": "", "verified": True,
    }  # fmt: skip
