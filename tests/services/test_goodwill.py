"""Goodwill: money back although nothing comes back, within somebody's budget and what was paid."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from pos.domain.credit_code import credit_code
from pos.domain.money import Money
from pos.domain.quantity import THOUSAND
from pos.domain.return_purchase import Means
from pos.domain.return_trouble import troubles_of
from pos.domain.sale import Sale
from pos.domain.staff import Act, Approval, Capability
from pos.services import find_purchase, goodwill, till_session
from pos.services.find_purchase import Known, Wanted
from pos.services.goodwill import Goodwill, GoodwillFigures, GoodwillLacking
from pos.services.paying_out import NotComplete
from pos.services.return_rules import ReturnRules
from pos.services.workstation import SignOn
from pos.store.verify import verify
from tests.services.conftest import KEY, MARTA, TWIN, Shop
from tests.services.return_things import draft, sold, taken_back


@pytest.fixture(autouse=True)
def gives_credit(shop: Shop) -> None:
    rules = ReturnRules(credit_code=lambda one: credit_code(b"k", one))
    object.__setattr__(shop.station, "returns", rules)


def euros(minor: int) -> Money:
    return Money(minor, "EUR")


def known_here(sign_on: SignOn, sale: Sale) -> Known:
    found = find_purchase.here(sign_on.station, Wanted(sale.sale_id))
    assert isinstance(found, Known)
    return found


def wanted(
    sign_on: SignOn, sale: Sale, minor: int, reason: str = "Retraso", **changes: object
) -> Goodwill:
    state = goodwill.begin(sign_on.station, known_here(sign_on, sale), is_isolated=False)
    return replace(state, amount=euros(minor), reason=reason, **changes)  # type: ignore[arg-type]


def looked(sign_on: SignOn, state: Goodwill) -> GoodwillFigures:
    return goodwill.figures_of(sign_on, state)


def test_a_little_is_given_alone_and_taken_off_what_can_still_come_back(
    shop: Shop, at_work: SignOn
) -> None:
    sale = sold(at_work, 3)
    state = wanted(at_work, sale, 5_00)

    document = goodwill.give(at_work, state, looked(at_work, state))
    again = goodwill.give(at_work, state, looked(at_work, state))

    assert again == document
    assert document.lines == ()
    assert [one.reason for one in document.extras] == ["Retraso"]
    assert document.cash_paid_out == euros(5_00)
    ledger = known_here(at_work, sale).ledger
    assert ledger.refundable == euros(3 * 7_95 - 5_00)
    report = till_session.x_report(replace(at_work, operator=MARTA))
    assert (report.figures.returns_total, report.figures.refunds) == (5_00, {Means.CASH: 5_00})
    assert verify(shop.path, key=KEY) == []


def test_it_needs_a_reason_an_amount_and_no_more_than_is_left(at_work: SignOn) -> None:
    sale = sold(at_work, 1)

    def lacking(minor: int, reason: str = "Retraso") -> GoodwillLacking | None:
        return looked(at_work, wanted(at_work, sale, minor, reason)).lacking

    assert lacking(0) is GoodwillLacking.AMOUNT
    assert lacking(7_96) is GoodwillLacking.TOO_MUCH
    assert lacking(5_00, reason="") is GoodwillLacking.REASON
    assert lacking(7_95) is None
    state = wanted(at_work, sale, 5_00, reason="")
    with pytest.raises(NotComplete):
        goodwill.give(at_work, state, looked(at_work, state))


def test_above_the_cashiers_budget_somebody_else_allows_it(shop: Shop, at_work: SignOn) -> None:
    sale = sold(at_work, 2, TWIN)
    state = wanted(at_work, sale, 25_00)
    figures = looked(at_work, state)
    assert figures.lacking is GoodwillLacking.PERMISSION
    assert figures.permission is not None
    needed = figures.permission.capability
    assert needed is Capability.GOODWILL_RAISED
    approval = Approval(
        Act(needed), at_work.operator.staff_id, MARTA.staff_id, "ok", "ap-1",
        at_work.station.clock.now_ms(), "pin",
    )  # fmt: skip

    allowed = replace(state, approvals=((needed, approval, euros(25_00)),))
    document = goodwill.give(at_work, allowed, looked(at_work, allowed))

    assert document.total == euros(25_00)
    assert "override.granted" in shop.kinds()
    assert looked(at_work, replace(allowed, amount=euros(26_00))).permission is not None
    assert looked(at_work, wanted(at_work, sale, 200_00)).lacking is not None


def test_one_budget_is_not_given_twice_for_one_purchase(at_work: SignOn) -> None:
    sale = sold(at_work, 4)
    first = wanted(at_work, sale, 6_00)
    goodwill.give(at_work, first, looked(at_work, first))

    assert looked(at_work, wanted(at_work, sale, 4_00)).lacking is None
    second = looked(at_work, wanted(at_work, sale, 6_00))
    assert second.lacking is GoodwillLacking.PERMISSION
    assert looked(at_work, wanted(at_work, sold(at_work, 4), 6_00)).lacking is None


def test_nobody_gives_more_than_the_shop_lets_anybody(at_work: SignOn) -> None:
    sale = sold(at_work, 5, TWIN)

    assert looked(at_work, wanted(at_work, sale, 151_00)).lacking is GoodwillLacking.OVER_LIMIT


def test_it_can_be_credit_when_the_customer_prefers_it(shop: Shop, at_work: SignOn) -> None:
    sale = sold(at_work, 1)
    state = wanted(at_work, sale, 4_00, way=(Means.STORE_CREDIT, ""))

    document = goodwill.give(at_work, state, looked(at_work, state))

    assert [one.means for one in document.refunds] == [Means.STORE_CREDIT]
    assert "value.issued" in shop.kinds()
    assert verify(shop.path, key=KEY) == []


@hypothesis_settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(acts=st.lists(st.one_of(st.integers(1, 10_00), st.none()), min_size=1, max_size=4))
def test_goods_and_goodwill_together_never_come_to_more_than_was_paid(
    at_work: SignOn, acts: list[int | None]
) -> None:
    sale = sold(at_work, 3)
    for minor in acts:
        ledger = known_here(at_work, sale).ledger
        if minor is None:
            row = ledger.line(1)
            if row.returnable and row.value_of(THOUSAND) <= ledger.refundable:
                taken_back(at_work, draft(at_work, ledger, (1, THOUSAND)))
            continue
        state = wanted(at_work, sale, minor)
        figures = looked(at_work, state)
        assert (figures.lacking is GoodwillLacking.TOO_MUCH) is (minor > ledger.refundable.minor)
        if figures.lacking is None:
            goodwill.give(at_work, state, figures)
    ledger = known_here(at_work, sale).ledger
    assert not troubles_of(ledger)
    assert sum(one.due.minor for one in ledger.returns) + ledger.refundable.minor == 3 * 7_95
