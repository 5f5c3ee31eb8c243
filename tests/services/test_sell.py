"""Building the ticket: durable before it is shown, and nobody does more than they may."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.basket import Discount, DiscountKind, DiscountNotPossible, EntryMethod
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.staff import Act, Approval, Capability
from pos.domain.ticket import Ticket, TicketState
from pos.services import pay, sell
from pos.services.override import CannotApprove, approve, approve_by_badge, approvers
from pos.services.sign_in import PinWrong
from pos.services.workstation import NoOpenSession, NotAllowed, SignOn
from tests.services.conftest import LUCIA, MARTA, OIL, TWIN, Shop

TEN_PERCENT = Discount(DiscountKind.PERCENT, 10_00, "tara")


def one_oil(sign_on: SignOn) -> Ticket:
    return sell.add_product(sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)


def stored(shop: Shop) -> Ticket | None:
    with shop.station.store.reading() as records:
        return records.tickets.current()


def test_every_line_is_on_disk_as_it_is_shown(shop: Shop, at_work: SignOn) -> None:
    ticket = one_oil(at_work)
    ticket = sell.add_product(at_work, ticket, TWIN, Quantity.each(2), EntryMethod.KEYED)
    ticket = sell.set_quantity(at_work, ticket, 1, Quantity.each(3))
    ticket = sell.set_note(at_work, ticket, 2, "para regalo")

    assert stored(shop) == ticket
    assert ticket.basket.totals.total == Money(3 * 7_95 + 2 * 39_90, "EUR")


def test_without_an_open_shift_nothing_is_sold(shop: Shop) -> None:
    with pytest.raises(NoOpenSession):
        one_oil(SignOn(shop.station, LUCIA))

    assert stored(shop) is None


def test_on_a_full_disk_no_ticket_is_begun_and_the_open_one_goes_on(
    shop: Shop, at_work: SignOn
) -> None:
    ticket = one_oil(at_work)
    full = replace(at_work, station=replace(shop.station, has_room=lambda: False))

    with pytest.raises(sell.NoRoomForTicket):
        one_oil(full)

    longer = sell.add_product(full, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)
    assert len(longer.basket.lines) == 2


def test_a_cashier_alone_gives_no_discount(at_work: SignOn, shop: Shop) -> None:
    ticket = one_oil(at_work)

    with pytest.raises(NotAllowed):
        sell.give_discount(at_work, ticket, 1, TEN_PERCENT)

    assert stored(shop) == ticket


def test_an_approved_discount_names_who_asked_and_who_allowed(at_work: SignOn, shop: Shop) -> None:
    ticket = one_oil(at_work)
    act = sell.discount_act(ticket, 1, TEN_PERCENT)
    approval = approve(at_work, act, MARTA, "3333", reason="tara visible")
    assert isinstance(approval, Approval)

    ticket = sell.give_discount(at_work, ticket, 1, TEN_PERCENT, approval)

    assert ticket.basket.lines[0].discount == replace(TEN_PERCENT, approved_by="marta")
    fact = shop.facts()[-1]
    assert fact.kind.value == "override.granted"
    assert (fact.body["requested_by"], fact.body["approved_by"]) == ("lucia", "marta")


def test_an_approval_does_not_stretch_to_a_larger_discount(at_work: SignOn) -> None:
    ticket = one_oil(at_work)
    small = sell.discount_act(ticket, 1, TEN_PERCENT)
    approval = Approval(small, "lucia", "marta", "tara")

    with pytest.raises(NotAllowed):
        sell.give_discount(at_work, ticket, 1, replace(TEN_PERCENT, value=20_00), approval)


def test_a_wrong_pin_is_no_approval(at_work: SignOn) -> None:
    act = Act(Capability.PRICE_OVERRIDE)

    assert isinstance(approve(at_work, act, MARTA, "0000", reason="web"), PinWrong)


def test_a_scanned_badge_approves(at_work: SignOn) -> None:
    act = Act(Capability.PRICE_OVERRIDE)

    approval = approve_by_badge(at_work, act, "B3", reason="web")

    assert approval == Approval(act, "lucia", "marta", "web", way="badge")
    assert approve_by_badge(at_work, act, "nobody", reason="web") is None
    with pytest.raises(CannotApprove):
        approve_by_badge(at_work, act, "B1", reason="web")


def test_whoever_may_not_approve_is_named_with_the_limit(at_work: SignOn) -> None:
    shown = approvers(at_work, Act(Capability.DISCOUNT, 20_00))

    assert [member.staff_id for member, _ in shown] == ["marta", "hugo"]


def test_a_shift_lead_discounts_the_whole_ticket_alone(lead: SignOn) -> None:
    ticket = one_oil(lead)

    ticket = sell.give_discount(lead, ticket, sell.WHOLE_TICKET, TEN_PERCENT)
    assert ticket.basket.totals.total == Money(7_15, "EUR")

    ticket = sell.remove_discount(lead, ticket, sell.WHOLE_TICKET)
    assert ticket.basket.totals.total == Money(7_95, "EUR")


def test_a_discount_that_cannot_be_leaves_no_trace(lead: SignOn, shop: Shop) -> None:
    ticket, before = one_oil(lead), len(shop.facts())

    with pytest.raises(DiscountNotPossible):
        sell.give_discount(lead, ticket, 1, replace(TEN_PERCENT, value=0))

    assert len(shop.facts()) == before


def test_a_price_override_needs_the_manager_and_is_journalled(at_work: SignOn, shop: Shop) -> None:
    ticket, act = one_oil(at_work), Act(Capability.PRICE_OVERRIDE)
    approval = Approval(act, "lucia", "marta", "web")

    ticket = sell.override_price(
        at_work, ticket, 1, Money(7_00, "EUR"), reason="web", approval=approval
    )

    assert ticket.basket.totals.total == Money(7_00, "EUR")
    assert shop.facts()[-1].body["detail"] == {
        "basket_id": ticket.basket.basket_id,
        "line": 1,
        "price": 7_00,
    }


def test_a_voided_line_is_in_the_journal(at_work: SignOn, shop: Shop) -> None:
    ticket = sell.void_line(at_work, one_oil(at_work), 1)

    assert ticket.basket.is_empty
    assert shop.facts()[-1].body["amount"] == 7_95
    assert stored(shop) == ticket


def test_a_cancelled_ticket_is_gone_and_journalled(at_work: SignOn, shop: Shop) -> None:
    sell.cancel(at_work, one_oil(at_work), reason="se lo piensa")

    assert stored(shop) is None
    assert shop.kinds()[-1] == "basket.cancelled"


def test_a_ticket_that_is_being_paid_takes_no_lines(at_work: SignOn) -> None:
    paying = pay.begin(at_work, one_oil(at_work))

    with pytest.raises(sell.TicketBusy):
        sell.add_product(at_work, paying, OIL, Quantity.each(1), EntryMethod.SCANNED)
    assert paying.state is TicketState.PAYING


def test_many_lines_are_added_as_one_act(at_work: SignOn, shop: Shop) -> None:
    wanted = [(OIL, Quantity.each(2), None), (TWIN, Quantity.each(1), Money(30_00, "EUR"))]

    ticket = sell.add_many(at_work, None, wanted, EntryMethod.IMPORTED)

    assert ticket.basket.totals.total == Money(2 * 7_95 + 30_00, "EUR")
    assert stored(shop) == ticket


def euros_off(minor: int) -> Discount:
    return Discount(DiscountKind.AMOUNT, minor, "tara")


def test_an_amount_off_does_not_outgrow_the_limit_when_the_line_shrinks(
    lead: SignOn, shop: Shop
) -> None:
    ticket = sell.add_product(lead, None, OIL, Quantity.each(10), EntryMethod.SCANNED)
    ticket = sell.give_discount(lead, ticket, 1, euros_off(10_00))  # 12.6 % of 79.50

    kept = sell.set_quantity(lead, ticket, 1, Quantity.each(9))  # 14.0 %
    lost = sell.set_quantity(lead, kept, 1, Quantity.each(2))

    assert kept.basket.totals.savings == Money(10_00, "EUR")
    assert lost.basket.totals.savings == Money(0, "EUR")
    assert stored(shop) == lost


def test_an_amount_off_the_ticket_does_not_outgrow_the_limit_when_lines_go(
    lead: SignOn, shop: Shop
) -> None:
    ticket = one_oil(lead)
    ticket = sell.add_product(lead, ticket, TWIN, Quantity.each(1), EntryMethod.SCANNED)
    ticket = sell.give_discount(lead, ticket, sell.WHOLE_TICKET, euros_off(7_00))

    ticket = sell.void_line(lead, ticket, 2)

    assert ticket.basket.ticket_discount is None
    assert stored(shop) == ticket
    assert ticket.basket.totals.total == Money(7_95, "EUR")


def test_an_amount_off_does_not_wait_on_an_empty_ticket_for_another_product(
    lead: SignOn,
) -> None:
    ticket = sell.add_product(lead, None, TWIN, Quantity.each(1), EntryMethod.SCANNED)
    ticket = sell.give_discount(lead, ticket, sell.WHOLE_TICKET, euros_off(5_00))
    ticket = sell.void_line(lead, ticket, 1)

    ticket = sell.add_product(lead, ticket, OIL, Quantity.each(1), EntryMethod.SCANNED)

    assert ticket.basket.totals.total == Money(7_95, "EUR")


def test_an_amount_off_allowed_by_the_manager_is_asked_again_when_it_weighs_more(
    at_work: SignOn,
) -> None:
    ticket = sell.add_product(at_work, None, OIL, Quantity.each(4), EntryMethod.SCANNED)
    half = euros_off(15_90)
    approval = approve(at_work, sell.discount_act(ticket, 1, half), MARTA, "3333", reason="x")
    assert isinstance(approval, Approval)
    ticket = sell.give_discount(at_work, ticket, 1, half, approval)

    more = sell.set_quantity(at_work, ticket, 1, Quantity.each(5))
    fewer = sell.set_quantity(at_work, ticket, 1, Quantity.each(3))

    assert more.basket.totals.savings == Money(15_90, "EUR")
    assert fewer.basket.totals.savings == Money(0, "EUR")


def test_a_percentage_stays_whatever_becomes_of_the_line(lead: SignOn) -> None:
    ticket = sell.add_product(lead, None, OIL, Quantity.each(10), EntryMethod.SCANNED)
    ticket = sell.give_discount(lead, ticket, 1, TEN_PERCENT)

    ticket = sell.set_quantity(lead, ticket, 1, Quantity.each(1))

    assert ticket.basket.totals.savings == Money(80, "EUR")
