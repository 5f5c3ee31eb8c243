"""A shift from float to Z."""

from __future__ import annotations

import json

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.staff import Act, Approval, Capability
from pos.domain.tender import TenderKind
from pos.domain.till_session import CashCount, MovementKind
from pos.services import park, pay, sell, till_session
from pos.services.workstation import NoOpenSession, NotAllowed, SignOn
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


def test_what_is_sold_after_a_count_makes_the_count_void(shop: Shop, at_work: SignOn) -> None:
    till_session.submit_count(at_work, CashCount("EUR", {50_00: 2}))
    sell_one(at_work)

    with pytest.raises(till_session.NotCounted):
        till_session.close_session(at_work)

    again = till_session.submit_count(at_work, CashCount("EUR", {50_00: 2}))
    assert (again.difference, again.may_recount) == (eur(-7_95), True)
    assert till_session.close_session(at_work, reason="x").difference == eur(-7_95)
    assert shop.kinds().count("session.counted") == 2


def test_cash_that_moves_after_a_count_makes_the_count_void(lead: SignOn) -> None:
    till_session.submit_count(lead, CashCount("EUR", {50_00: 2}))
    till_session.move_cash(lead, MovementKind.DROP, eur(50_00), reason="banco")

    with pytest.raises(till_session.NotCounted):
        till_session.close_session(lead)


def test_nothing_happens_in_a_shift_that_is_closed(shop: Shop, lead: SignOn) -> None:
    ticket = sell.add_product(lead, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    park.park(lead, ticket)
    till_session.submit_count(lead, CashCount("EUR", {50_00: 2}))
    till_session.close_session(lead)
    resumed = park.resume(lead, ticket.basket.basket_id)
    before = shop.kinds()

    for act in (
        lambda: pay.begin(lead, resumed),
        lambda: till_session.move_cash(lead, MovementKind.DROP, eur(5_00), reason="banco"),
        lambda: till_session.open_drawer(lead, reason="cambio"),
        lambda: till_session.x_report(lead),
    ):
        with pytest.raises(NoOpenSession):
            act()
    assert shop.kinds() == before

    park.park(lead, resumed)
    with pytest.raises(NoOpenSession):
        sell.add_product(lead, None, OIL, Quantity.each(1), EntryMethod.SCANNED)


@pytest.mark.parametrize("day", ["", "22/11/2026", "2026-02-30", "20261122", "2026-W47-7"])
def test_a_business_day_is_a_day(shop: Shop, day: str) -> None:
    with pytest.raises(till_session.BusinessDayNotPossible):
        till_session.open_session(
            SignOn(shop.station, LUCIA), CashCount("EUR", {}), business_day=day
        )


def test_a_drawer_is_not_opened_without_a_reason(lead: SignOn) -> None:
    with pytest.raises(till_session.MovementNotPossible):
        till_session.open_drawer(lead, reason="  ")


def test_a_z_says_what_the_facts_say(shop: Shop, at_work: SignOn, lead: SignOn) -> None:
    for _ in range(3):
        sell_one(at_work)
    ticket = sell.add_product(at_work, None, OIL, Quantity.each(2), EntryMethod.SCANNED)
    ticket = sell.add_product(at_work, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)
    ticket = sell.void_line(at_work, ticket, 2)
    ticket = pay.begin(at_work, ticket)
    attempt = pay.request_card(at_work, ticket, eur(5_00), terminal="t")
    step = pay.settle_card(at_work, ticket, attempt, AttemptEvent.APPROVAL)
    assert isinstance(step, pay.StillDue)
    pay.take_cash(at_work, step.ticket, eur(20_00))
    till_session.move_cash(lead, MovementKind.DROP, eur(20_00), reason="banco")
    till_session.submit_count(at_work, CashCount("EUR", {1: 114_75}))

    report = till_session.close_session(at_work)

    facts = shop.facts()
    sales = [json.loads(f.body_json) for f in facts if f.kind is FactKind.SALE_COMPLETED]
    tenders: dict[str, int] = {}
    for tender in [tender for sale in sales for tender in sale["tenders"]]:
        tenders[tender["kind"]] = tenders.get(tender["kind"], 0) + tender["amount"]
    closed = json.loads(facts[-1].body_json)
    assert closed["tenders"] == tenders == {"cash": 3 * 7_95 + 10_90, "card": 5_00}
    assert closed["total"] == sum(sale["total"] for sale in sales)
    assert closed["sales"] == 4
    assert report.expected_cash == eur(100_00 + 3 * 7_95 + 10_90 - 20_00)
    assert closed["difference"] == 0
    assert report.figures.voided_amount == 7_95
