"""Paying a ticket."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.tender import (
    AmountNotPossible,
    CashLimitExceeded,
    CashPolicy,
    NothingDue,
    Payment,
    TenderKind,
)

NO_LIMIT = CashPolicy()


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def test_what_is_handed_over_above_the_total_is_change() -> None:
    paid = Payment(eur(52_00)).with_cash(eur(60_00), NO_LIMIT)

    assert paid.is_complete
    assert paid.change == eur(8_00)


def test_card_and_cash_pay_a_ticket_together() -> None:
    payment = Payment(eur(52_00)).with_exact(TenderKind.CARD, eur(30_00), reference="a")

    assert payment.due == eur(22_00)
    assert payment.with_cash(eur(50_00), NO_LIMIT).change == eur(28_00)


@given(total=st.integers(1, 10**6), handed=st.lists(st.integers(1, 10**6), max_size=8))
def test_tenders_less_change_are_the_total_once_it_is_paid(total: int, handed: list[int]) -> None:
    payment = Payment(eur(total))
    for minor in handed:
        if not payment.is_complete:
            payment = payment.with_cash(eur(minor), NO_LIMIT)

    tendered = sum(tender.tendered.minor for tender in payment.tenders)

    assert tendered - payment.change.minor == payment.paid.minor <= total
    assert payment.is_complete == (payment.paid.minor == total)


def test_only_cash_gives_change() -> None:
    with pytest.raises(AmountNotPossible):
        Payment(eur(10_00)).with_exact(TenderKind.CARD, eur(10_01), reference="a")


@pytest.mark.parametrize("minor", [0, -1])
def test_nothing_is_no_tender(minor: int) -> None:
    with pytest.raises(AmountNotPossible):
        Payment(eur(10_00)).with_cash(eur(minor), NO_LIMIT)


def test_a_paid_ticket_takes_no_more() -> None:
    paid = Payment(eur(5_00)).with_cash(eur(5_00), NO_LIMIT)

    with pytest.raises(NothingDue):
        paid.with_cash(eur(1), NO_LIMIT)


def test_an_operation_at_the_legal_limit_takes_no_cash_also_when_split() -> None:
    policy = CashPolicy(eur(1_000_00))
    payment = Payment(eur(1_000_00)).with_exact(TenderKind.CARD, eur(999_00), reference="a")

    with pytest.raises(CashLimitExceeded) as refused:
        payment.with_cash(eur(1_00), policy)

    assert refused.value.limit == eur(1_000_00)
    assert Payment(eur(999_99)).with_cash(eur(999_99), policy).is_complete


def test_cash_can_be_handed_back() -> None:
    payment = Payment(eur(10_00)).with_cash(eur(4_00), NO_LIMIT)

    assert payment.without(0).due == eur(10_00)
