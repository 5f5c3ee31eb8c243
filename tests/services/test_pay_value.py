"""Paying with gift cards and store credit: what is on the ticket, and what is to be given back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.basket import EntryMethod
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import (
    CODE_LENGTH,
    OfflineRedemption,
    OfflineRefusal,
    Reservation,
    StoredValueKind,
    holds_of,
    read_left,
    value_reference,
)
from pos.domain.tender import AmountNotPossible, TenderKind
from pos.domain.ticket import Ticket, TicketState
from pos.services import pay, pay_value, sell
from pos.services.at_counter import TicketChanged
from pos.services.workstation import SignOn
from tests.services.conftest import TWIN, Shop

GIFT, CREDIT = StoredValueKind.GIFT_CARD, StoredValueKind.STORE_CREDIT
CARD = stored_value_code(GIFT, "7" * CODE_LENGTH)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def paying(at_work: SignOn) -> Ticket:
    """A blanket of 39.90 that is being paid."""
    ticket = sell.add_product(at_work, None, TWIN, Quantity.each(1), EntryMethod.SCANNED)
    return pay.begin(at_work, ticket)


def reserved(hold: str, minor: int, left: int = 0) -> Reservation:
    return Reservation(
        hold, amount=eur(minor), available=eur(left), reference=value_reference(CARD, hold)
    )


def paid_in_part(sign_on: SignOn, ticket: Ticket, minor: int = 10_00) -> Ticket:
    asking, hold = pay_value.ask_to_hold(sign_on, ticket, eur(minor))
    step = pay_value.take_value(sign_on, asking, GIFT, reserved(hold, minor, 5_00))
    assert isinstance(step, pay.StillDue)
    return step.ticket


def stored(sign_on: SignOn, ticket: Ticket) -> Ticket | None:
    with sign_on.station.store.reading() as records:
        return records.tickets.get(ticket.basket.basket_id)


def test_what_the_hub_is_asked_for_is_on_the_disk_before_it_is_asked(
    at_work: SignOn, paying: Ticket
) -> None:
    asking, hold = pay_value.ask_to_hold(at_work, paying, eur(10_00))

    found = stored(at_work, paying)
    assert found is not None
    assert found.holds == asking.holds == (hold,)


def test_a_card_pays_a_part_and_the_rest_is_paid_in_cash(
    shop: Shop, at_work: SignOn, paying: Ticket
) -> None:
    partly = paid_in_part(at_work, paying)
    assert partly.payment.due == eur(29_90)
    assert partly.holds == ()

    done = pay.take_cash(at_work, partly, eur(30_00))

    assert isinstance(done, pay.Paid)
    first, second = done.sale.tenders
    assert (first.kind, first.amount, second.kind) == (
        TenderKind.GIFT_CARD, eur(10_00), TenderKind.CASH,
    )  # fmt: skip
    assert read_left(first.authorisation, "EUR") == eur(5_00)
    tenders = shop.facts()[-1].body["tenders"]
    assert isinstance(tenders, list)
    assert CARD not in str(shop.facts()[-1].body)
    assert value_reference(CARD, holds_of(done.sale.tenders)[0]).text in str(tenders[0])


def test_a_card_that_covers_the_ticket_makes_it_a_sale_without_change(
    at_work: SignOn, paying: Ticket
) -> None:
    asking, hold = pay_value.ask_to_hold(at_work, paying, eur(39_90))

    done = pay_value.take_value(at_work, asking, CREDIT, reserved(hold, 39_90))

    assert isinstance(done, pay.Paid)
    assert done.sale.tenders[0].kind is TenderKind.STORE_CREDIT
    assert not done.sale.change


def test_more_than_is_due_is_never_asked_for_and_never_taken(
    at_work: SignOn, paying: Ticket
) -> None:
    with pytest.raises(AmountNotPossible):
        pay_value.ask_to_hold(at_work, paying, eur(39_91))
    asking, hold = pay_value.ask_to_hold(at_work, paying, eur(39_90))
    with pytest.raises(AmountNotPossible):
        pay_value.take_value(at_work, asking, GIFT, reserved(hold, 39_91))


def test_a_card_taken_off_again_is_to_be_given_back_after_a_crash_too(
    at_work: SignOn, paying: Ticket
) -> None:
    partly = paid_in_part(at_work, paying)
    hold = holds_of(partly.tenders)

    shorter = pay.remove_tender(at_work, partly, 0)

    assert shorter.payment.due == eur(39_90)
    found = stored(at_work, paying)
    assert found is not None
    assert pay_value.given_back(found) == hold
    assert pay_value.given_back(pay_value.forget_holds(at_work, found)) == ()


def test_going_back_to_the_ticket_hands_back_what_cards_would_pay(
    at_work: SignOn, paying: Ticket
) -> None:
    partly = paid_in_part(at_work, paying)

    back = pay.back_to_ticket(at_work, partly)

    assert back.state is TicketState.OPEN
    assert (back.tenders, back.holds) == ((), holds_of(partly.tenders))


def test_a_second_press_takes_nothing_twice(at_work: SignOn, paying: Ticket) -> None:
    asking, hold = pay_value.ask_to_hold(at_work, paying, eur(10_00))
    pay_value.take_value(at_work, asking, GIFT, reserved(hold, 10_00))

    with pytest.raises(TicketChanged):
        pay_value.take_value(at_work, asking, GIFT, reserved(hold, 10_00))


def test_nothing_is_taken_that_the_hub_did_not_set_aside(at_work: SignOn, paying: Ticket) -> None:
    with pytest.raises(pay_value.NotSetAside):
        pay_value.take_value(at_work, paying, GIFT, Reservation("hold"))


def test_without_the_hub_nothing_is_taken_unless_the_shop_allows_an_amount(
    at_work: SignOn, paying: Ticket
) -> None:
    with pytest.raises(pay_value.NotOffline) as refused:
        pay_value.take_value_offline(at_work, paying, GIFT, CARD, eur(10_00))
    assert refused.value.why is OfflineRefusal.NOT_ALLOWED
    assert pay_value.most_offline(at_work, paying) == eur(0)


def test_the_amount_allowed_without_the_hub_is_for_all_cards_of_a_ticket_together(
    at_work: SignOn, paying: Ticket
) -> None:
    station = replace(at_work.station, stored_value=OfflineRedemption(30_00))
    trusting = replace(at_work, station=station)
    assert pay_value.most_offline(trusting, paying) == eur(30_00)

    step = pay_value.take_value_offline(trusting, paying, CREDIT, CARD, eur(20_00))

    assert isinstance(step, pay.StillDue)
    assert not step.ticket.tenders[0].is_verified
    assert pay_value.most_offline(trusting, step.ticket) == eur(10_00)
    with pytest.raises(pay_value.NotOffline) as refused:
        pay_value.take_value_offline(trusting, step.ticket, CREDIT, CARD, eur(10_01))
    assert refused.value.why is OfflineRefusal.ABOVE_LIMIT
