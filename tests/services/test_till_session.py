"""A shift from float to Z."""

from __future__ import annotations

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.staff import Act, Approval, Capability
from pos.domain.tender import TenderKind
from pos.domain.till_session import CashCount, MovementKind
from pos.services import park, pay, sell, till_session
from pos.services.workstation import NotAllowed, SignOn
from tests.services.conftest import LUCIA, OIL, Shop


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def sell_one(sign_on: SignOn, tendered: int = 10_00) -> None:
    ticket = sell.add_product(sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    step = pay.take_cash(sign_on, pay.begin(sign_on, ticket), eur(tendered))
    assert isinstance(step, pay.Paid)


def test_a_second_shift_cannot_be_opened(at_work: SignOn) -> None:
    with pytest.raises(till_session.SessionAlreadyOpen):
        till_session.open_session(at_work, CashCount("EUR", {}), business_day="2026-11-22")


def test_an_x_says_what_was_sold_and_resets_nothing(at_work: SignOn, lead: SignOn) -> None:
    sell_one(at_work)
    till_session.move_cash(lead, MovementKind.PAID_OUT, eur(3_00), reason="pan")

    first, second = till_session.x_report(at_work), till_session.x_report(at_work)

    assert first.figures.sales == second.figures.sales == 1
    assert first.figures.tenders == {TenderKind.CASH: 7_95}
    assert first.expected_cash == eur(100_00 + 7_95 - 3_00)


def test_the_count_is_blind_and_may_be_repeated_once(at_work: SignOn) -> None:
    sell_one(at_work)
    wrong = CashCount("EUR", {100_00: 1})
    right = CashCount("EUR", {50_00: 2, 5_00: 1, 2_00: 1, 50: 1, 20: 2, 5: 1})

    first = till_session.submit_count(at_work, wrong)
    second = till_session.submit_count(at_work, right)

    assert (first.difference, first.may_recount) == (eur(-7_95), True)
    assert (second.difference, second.may_recount) == (eur(0), False)
    with pytest.raises(till_session.NotCounted):
        till_session.submit_count(at_work, right)


def test_a_shift_closes_with_a_z_that_carries_its_number(shop: Shop, at_work: SignOn) -> None:
    sell_one(at_work)
    till_session.submit_count(at_work, CashCount("EUR", {100_00: 1}))

    report = till_session.close_session(at_work, reason="falta cambio")

    assert report.number == "Z2-000001"
    assert report.difference == eur(-7_95)
    assert report.grand_total == eur(7_95)
    body = shop.facts()[-1].body
    assert (body["difference"], body["reason"]) == (-7_95, "falta cambio")
    with shop.station.store.reading() as records:
        assert records.sessions.current() is None
        assert records.sessions.report(report.session.session_id) == report


def test_the_grand_total_never_resets_and_shifts_are_numbered(shop: Shop, at_work: SignOn) -> None:
    sell_one(at_work)
    till_session.submit_count(at_work, CashCount("EUR", {}))
    till_session.close_session(at_work)

    again = till_session.open_session(
        SignOn(shop.station, LUCIA), CashCount("EUR", {}), business_day="2026-11-23"
    )
    sell_one(again)
    report = till_session.x_report(again)

    assert report.session.number == 2
    assert report.figures.total == 7_95
    assert report.grand_total == eur(2 * 7_95)


def test_a_shift_does_not_close_over_an_open_ticket_but_over_a_parked_one(
    at_work: SignOn,
) -> None:
    ticket = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    till_session.submit_count(at_work, CashCount("EUR", {}))

    with pytest.raises(till_session.TicketsLeft):
        till_session.close_session(at_work)
    park.park(at_work, ticket, label="vuelve")
    assert till_session.close_session(at_work).figures.sales == 0


def test_nothing_is_closed_uncounted(at_work: SignOn) -> None:
    with pytest.raises(till_session.NotCounted):
        till_session.close_session(at_work)


@pytest.mark.parametrize(("minor", "reason"), [(0, "x"), (-1, "x"), (10**9, "x"), (5, "  ")])
def test_a_movement_that_cannot_be_is_refused(lead: SignOn, minor: int, reason: str) -> None:
    with pytest.raises(till_session.MovementNotPossible):
        till_session.move_cash(lead, MovementKind.DROP, eur(minor), reason=reason)


def test_a_cashier_moves_cash_only_with_an_approval(at_work: SignOn, shop: Shop) -> None:
    with pytest.raises(NotAllowed):
        till_session.move_cash(at_work, MovementKind.PAID_IN, eur(5_00), reason="cambio")

    approval = Approval(Act(Capability.CASH_MOVEMENT), "lucia", "hugo", "cambio")
    till_session.move_cash(
        at_work, MovementKind.PAID_IN, eur(5_00), reason="cambio", approval=approval
    )

    assert shop.kinds()[-2:] == ["override.granted", "cash.paid_in"]


def test_a_drawer_opened_without_a_sale_leaves_its_reason(lead: SignOn, shop: Shop) -> None:
    till_session.open_drawer(lead, reason="cambio de billete")

    assert shop.facts()[-1].body["reason"] == "cambio de billete"
