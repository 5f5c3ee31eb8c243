"""An exchange is a return and a sale that name each other; what was paid with stays known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.basket import Basket, EntryMethod
from pos.domain.exchange import (
    balance_of,
    carried,
    exchange_refunds,
    is_pair,
    with_exchanged,
)
from pos.domain.money import Money
from pos.domain.quantity import THOUSAND, Quantity
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase import Means, PaidBy, Purchase, purchase_of_sale
from pos.domain.returns import Refund, Return, checked_return, returned_parts
from pos.domain.sale import Sale
from pos.domain.tender import CashPolicy, Payment, TenderKind
from tests.builders import MORNING_MS, eur, new_id, product, sale
from tests.return_builders import bought_line, purchase, return_document, return_lines

VISA = PaidBy(Means.CARD, eur(30_00), "c-1", "Visa 7702")


def _bought() -> Purchase:
    paid = (VISA, PaidBy(Means.CASH, eur(10_00)))
    return purchase(bought_line(1, 2, 40_00), paid=paid)


def _exchanged(
    ledger: Ledger, new_price: int, pieces: int = 1, *, is_gift: bool = False
) -> tuple[Return, Sale]:
    """Pieces come back, another product is taken; the difference is paid or given in cash."""
    basket = Basket(new_id(), "EUR", MORNING_MS, "ana").with_product(
        product(price=new_price), Quantity.each(1), EntryMethod.SCANNED
    )
    lines = return_lines(ledger, (1, pieces * THOUSAND))
    given_back = lines[0].value
    balance = balance_of(given_back, basket.totals.total)
    refunds = exchange_refunds(
        [(ledger, given_back)], balance, sale_id=basket.basket_id, new_id=new_id, is_gift=is_gift
    )
    if balance.to_refund:
        back = Refund(new_id(), ledger.purchase.reference, Means.CASH, balance.to_refund)
        refunds = (*refunds, back)
    document = checked_return(
        return_document(ledger, lines, refunds=refunds, exchange_id=basket.basket_id)
    )
    payment = with_exchanged(Payment(basket.totals.total), balance, document.return_id)
    if balance.to_pay:
        payment = payment.with_cash(balance.to_pay, CashPolicy())
    return document, sale(basket, payment=payment)


def _tendered(sold: Sale) -> list[tuple[str, Money]]:
    return [(one.reference, one.amount) for one in sold.tenders if one.kind is TenderKind.EXCHANGE]


@given(st.integers(0, 999_99), st.integers(0, 999_99))
def test_a_difference_is_paid_or_refunded_and_never_both(back: int, taken: int) -> None:
    balance = balance_of(eur(back), eur(taken))

    assert balance.exchanged + balance.to_refund == eur(back)
    assert balance.exchanged + balance.to_pay == eur(taken)
    assert not (balance.to_pay and balance.to_refund)
    assert balance.is_even == (back == taken)


@pytest.mark.parametrize("price", [15_00, 20_00, 26_50])
def test_both_papers_stand_for_themselves_and_name_each_other(price: int) -> None:
    document, sold = _exchanged(ledger_of(_bought(), ()), price)

    assert is_pair(document, sold.sale_id, _tendered(sold))
    assert document.total == eur(20_00)
    assert sold.total == eur(price)
    assert not is_pair(document, "another", _tendered(sold))
    assert not is_pair(document, sold.sale_id, [])


def test_an_even_exchange_moves_no_money() -> None:
    document, sold = _exchanged(ledger_of(_bought(), ()), 20_00)

    assert {one.means for one in document.refunds} == {Means.EXCHANGE}
    assert {one.kind for one in sold.tenders} == {TenderKind.EXCHANGE}
    assert (document.cash_paid_out, sold.cash_taken) == (eur(0), eur(0))


def test_what_was_exchanged_goes_back_to_the_card_it_was_first_paid_with() -> None:
    document, sold = _exchanged(ledger_of(_bought(), ()), 26_50)

    again = purchase_of_sale(sold, exchanged={document.return_id: carried(document)})

    assert again.paid == (replace(VISA, amount=eur(20_00)), PaidBy(Means.CASH, eur(6_50)))


def test_a_card_never_gives_back_more_over_any_chain_of_exchanges() -> None:
    ledger = ledger_of(_bought(), ())
    document, _ = _exchanged(ledger, 20_00)
    after = ledger_of(ledger.purchase, returned_parts(document))

    assert after.refundable_to(VISA) == eur(10_00)
    assert after.refundable == eur(20_00)

    second, _ = _exchanged(after, 20_00)
    both = ledger_of(ledger.purchase, (*after.returns, *returned_parts(second)))
    assert [(part.means, part.amount) for part in carried(second)] == [
        (Means.CARD, eur(10_00)),
        (Means.CASH, eur(10_00)),
    ]
    assert not both.refundable
    assert not both.tenders_overpaid


def test_what_the_bearer_of_a_gift_receipt_takes_comes_back_as_credit() -> None:
    document, _ = _exchanged(ledger_of(_bought(), ()), 20_00, is_gift=True)

    assert carried(document) == (PaidBy(Means.STORE_CREDIT, eur(20_00)),)


def test_goods_without_a_receipt_can_be_exchanged_too() -> None:
    balance = balance_of(eur(12_00), eur(10_00))

    refunds = exchange_refunds([(None, eur(12_00))], balance, sale_id="s-1", new_id=new_id)

    assert [(one.purchase, one.amount, one.origin) for one in refunds] == [("", eur(10_00), None)]


def test_new_goods_that_cost_nothing_need_no_tender() -> None:
    balance = balance_of(eur(20_00), eur(0))
    payment = Payment(eur(0))

    assert with_exchanged(payment, balance, "r-1") is payment
    assert exchange_refunds([], balance, sale_id="s-1", new_id=new_id) == ()


def test_no_more_is_exchanged_than_came_back() -> None:
    with pytest.raises(ValueError, match="beyond"):
        exchange_refunds(
            [(ledger_of(_bought(), ()), eur(5_00))],
            balance_of(eur(10_00), eur(10_00)),
            sale_id="s-1",
            new_id=new_id,
        )
