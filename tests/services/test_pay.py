"""Taking money: recorded once, with the tender that completes it."""

from __future__ import annotations

import pytest

from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.card_payment import AttemptEvent, AttemptState
from pos.domain.money import Money
from pos.domain.quantity import Quantity
from pos.domain.tender import AmountNotPossible, CashLimitExceeded
from pos.domain.ticket import IllegalTicketTransition, Ticket, TicketState
from pos.services import park, pay, recover, sell
from pos.services.at_counter import TicketChanged
from pos.services.workstation import NotAllowed, SignOn
from tests.services.conftest import HUGO, OIL, Shop


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def to_pay(sign_on: SignOn, pieces: int = 1) -> Ticket:
    ticket = sell.add_product(sign_on, None, OIL, Quantity.each(pieces), EntryMethod.SCANNED)
    return pay.begin(sign_on, ticket)


def charged(sign_on: SignOn, ticket: Ticket, minor: int) -> pay.CardStep:
    attempt = pay.request_card(sign_on, ticket, eur(minor), terminal="t")
    return pay.settle_card(sign_on, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1")


def test_cash_that_covers_the_ticket_records_the_sale(shop: Shop, at_work: SignOn) -> None:
    step = pay.take_cash(at_work, to_pay(at_work), eur(10_00))

    assert isinstance(step, pay.Paid)
    assert step.sale.change == eur(2_05)
    assert str(step.sale.number) == "2-000001"
    with shop.station.store.reading() as records:
        assert records.sales.get(step.sale.sale_id) == step.sale
        assert records.tickets.current() is None
    assert shop.kinds()[-1] == "sale.completed"


def test_receipt_numbers_follow_each_other(at_work: SignOn) -> None:
    numbers = []
    for _ in range(3):
        step = pay.take_cash(at_work, to_pay(at_work), eur(7_95))
        assert isinstance(step, pay.Paid)
        numbers.append(step.sale.number.sequence)

    assert numbers == [1, 2, 3]


def test_part_of_the_cash_stays_with_the_ticket_over_a_restart(
    shop: Shop, at_work: SignOn
) -> None:
    step = pay.take_cash(at_work, to_pay(at_work), eur(5_00))

    assert isinstance(step, pay.StillDue)
    found = recover.look_around(shop.station)
    assert found.ticket == step.ticket
    assert found.ticket is not None
    assert found.ticket.payment.due == eur(2_95)


def test_cash_and_card_pay_together(at_work: SignOn) -> None:
    step = charged(at_work, to_pay(at_work), 5_00)
    assert isinstance(step, pay.StillDue)

    step = pay.take_cash(at_work, step.ticket, eur(5_00))

    assert isinstance(step, pay.Paid)
    assert [t.amount.minor for t in step.sale.tenders] == [5_00, 2_95]
    assert step.sale.cash_taken == eur(2_95)


def test_going_back_hands_cash_back_but_never_a_card(at_work: SignOn) -> None:
    partly = pay.take_cash(at_work, to_pay(at_work), eur(5_00))
    assert isinstance(partly, pay.StillDue)
    back = pay.back_to_ticket(at_work, partly.ticket)
    assert (back.state, back.tenders) == (TicketState.OPEN, ())

    carded = charged(at_work, pay.begin(at_work, back), 5_00)
    assert isinstance(carded, pay.StillDue)
    with pytest.raises(pay.TenderStays):
        pay.back_to_ticket(at_work, carded.ticket)
    with pytest.raises(pay.TenderStays):
        pay.remove_tender(at_work, carded.ticket, 0)


def test_a_cash_tender_can_be_handed_back(at_work: SignOn) -> None:
    partly = pay.take_cash(at_work, to_pay(at_work), eur(5_00))
    assert isinstance(partly, pay.StillDue)

    assert pay.remove_tender(at_work, partly.ticket, 0).payment.due == eur(7_95)


def test_the_intent_is_on_disk_before_the_terminal_is_asked(shop: Shop, at_work: SignOn) -> None:
    attempt = pay.request_card(at_work, to_pay(at_work), eur(7_95), terminal="t")

    found = recover.look_around(shop.station)
    assert found.open_cards == (attempt,)


def test_while_a_card_has_no_outcome_no_other_money_is_taken(at_work: SignOn) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, eur(7_95), terminal="t")
    step = pay.settle_card(at_work, ticket, attempt, AttemptEvent.ANSWER_LOST)

    assert isinstance(step, pay.OutcomeOpen)
    for act in (
        lambda: pay.take_cash(at_work, ticket, eur(10_00)),
        lambda: pay.request_card(at_work, ticket, eur(7_95), terminal="t"),
        lambda: pay.back_to_ticket(at_work, ticket),
    ):
        with pytest.raises(pay.CardOutcomeOpen):
            act()


def test_a_lost_answer_that_turns_out_approved_completes_the_sale(at_work: SignOn) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, eur(7_95), terminal="t")
    lost = pay.settle_card(at_work, ticket, attempt, AttemptEvent.ANSWER_LOST)
    assert isinstance(lost, pay.OutcomeOpen)

    step = pay.settle_card(
        at_work, ticket, lost.attempt, AttemptEvent.APPROVAL, authorisation="A1"
    )

    assert isinstance(step, pay.Paid)
    assert step.sale.tenders[0].reference == attempt.attempt_id


@pytest.mark.parametrize(
    ("event", "state"),
    [
        (AttemptEvent.DECLINE, AttemptState.DECLINED),
        (AttemptEvent.CANCELLATION, AttemptState.CANCELLED),
        (AttemptEvent.NEVER_REACHED, AttemptState.CANCELLED),
    ],
)
def test_a_card_that_was_not_charged_leaves_the_ticket_due(
    at_work: SignOn, event: AttemptEvent, state: AttemptState
) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, eur(7_95), terminal="t")

    step = pay.settle_card(at_work, ticket, attempt, event)

    assert isinstance(step, pay.NotTaken)
    assert step.attempt.state is state
    assert isinstance(pay.take_cash(at_work, ticket, eur(7_95)), pay.Paid)


def test_only_somebody_who_may_settles_a_lost_answer_by_the_slip(
    at_work: SignOn, lead: SignOn
) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, eur(7_95), terminal="t")
    lost = pay.settle_card(at_work, ticket, attempt, AttemptEvent.ANSWER_LOST)
    assert isinstance(lost, pay.OutcomeOpen)

    with pytest.raises(NotAllowed):
        pay.resolve_card_by_hand(
            at_work, ticket, lost.attempt, was_charged=True, authorisation="A1"
        )
    step = pay.resolve_card_by_hand(
        lead, ticket, lost.attempt, was_charged=True, authorisation="A1"
    )

    assert isinstance(step, pay.Paid)
    assert not step.sale.tenders[0].is_verified


def test_more_than_is_due_is_never_charged(at_work: SignOn) -> None:
    with pytest.raises(AmountNotPossible):
        pay.request_card(at_work, to_pay(at_work), eur(7_96), terminal="t")


def test_the_legal_limit_for_cash_counts_the_whole_operation(at_work: SignOn) -> None:
    ticket = to_pay(at_work, pieces=126)  # 1,001.70

    with pytest.raises(CashLimitExceeded):
        pay.take_cash(at_work, ticket, eur(1_00))


def test_an_empty_ticket_is_not_paid(at_work: SignOn) -> None:
    ticket = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    empty = sell.void_line(at_work, ticket, 1)

    with pytest.raises(pay.EmptyTicket):
        pay.begin(at_work, empty)


def test_an_imported_sale_counts_in_no_drawer(shop: Shop, at_work: SignOn) -> None:
    sale = pay.pay_imported(at_work, to_pay(at_work, pieces=200), source="replay:1")

    assert sale.cash_taken == eur(0)
    with shop.station.store.reading() as records:
        assert records.sales.by_source("replay:1") == sale


def test_a_second_press_of_pay_is_no_second_payment(shop: Shop, at_work: SignOn) -> None:
    ticket = to_pay(at_work)
    pay.take_cash(at_work, ticket, eur(5_00))

    with pytest.raises(TicketChanged):
        pay.take_cash(at_work, ticket, eur(5_00))

    found = recover.look_around(shop.station).ticket
    assert found is not None
    assert found.payment.paid == eur(5_00)


def test_a_ticket_that_is_paid_is_not_paid_parked_or_cancelled_again(
    shop: Shop, at_work: SignOn
) -> None:
    opened = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    ticket = pay.begin(at_work, opened)
    assert isinstance(pay.take_cash(at_work, ticket, eur(10_00)), pay.Paid)
    before = len(shop.facts())

    for act in (
        lambda: pay.take_cash(at_work, ticket, eur(10_00)),
        lambda: pay.request_card(at_work, ticket, eur(7_95), terminal="t"),
        lambda: pay.back_to_ticket(at_work, ticket),
        lambda: pay.begin(at_work, opened),
        lambda: park.park(at_work, opened),
        lambda: sell.cancel(at_work, opened, reason="x"),
        lambda: sell.set_note(at_work, opened, 1, "x"),
    ):
        with pytest.raises(TicketChanged):
            act()

    assert len(shop.facts()) == before
    assert recover.look_around(shop.station).ticket is None


def test_a_charged_card_is_not_cancelled_away_by_a_screen_that_is_behind(
    shop: Shop, at_work: SignOn
) -> None:
    opened = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    step = charged(at_work, pay.begin(at_work, opened), 5_00)
    assert isinstance(step, pay.StillDue)

    for act in (
        lambda: sell.cancel(at_work, opened, reason="x"),
        lambda: park.park(at_work, opened),
    ):
        with pytest.raises(TicketChanged):
            act()

    assert recover.look_around(shop.station).ticket == step.ticket


def test_no_money_is_taken_for_a_ticket_that_is_still_open(at_work: SignOn) -> None:
    opened = sell.add_product(at_work, None, OIL, Quantity.each(1), EntryMethod.SCANNED)

    with pytest.raises(IllegalTicketTransition):
        pay.take_cash(at_work, opened, eur(5_00))
    with pytest.raises(IllegalTicketTransition):
        pay.request_card(at_work, opened, eur(5_00), terminal="t")


def test_the_same_approval_told_twice_counts_once(shop: Shop, at_work: SignOn) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, eur(3_00), terminal="t")
    first = pay.settle_card(at_work, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1")
    assert isinstance(first, pay.StillDue)
    before = len(shop.facts())

    again = pay.settle_card(
        at_work, first.ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1"
    )

    assert isinstance(again, pay.StillDue)
    assert again.ticket.payment.paid == eur(3_00)
    assert len(shop.facts()) == before


def test_an_approval_retried_after_its_sale_was_recorded_finds_the_sale(at_work: SignOn) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, eur(7_95), terminal="t")
    first = pay.settle_card(at_work, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1")

    again = pay.settle_card(at_work, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1")

    assert again == first


def test_a_card_that_was_settled_is_not_settled_otherwise(at_work: SignOn) -> None:
    ticket = to_pay(at_work)
    attempt = pay.request_card(at_work, ticket, eur(7_95), terminal="t")
    declined = pay.settle_card(at_work, ticket, attempt, AttemptEvent.DECLINE)

    said = pay.settle_card(at_work, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1")
    assert isinstance(said, pay.Contradicted)
    assert pay.settle_card(at_work, ticket, attempt, AttemptEvent.ANSWER_LOST) == declined


def test_an_approval_joins_the_tenders_on_the_disk_not_those_of_a_screen_that_is_behind(
    at_work: SignOn,
) -> None:
    ticket = to_pay(at_work)
    partly = pay.take_cash(at_work, ticket, eur(2_00))
    assert isinstance(partly, pay.StillDue)
    attempt = pay.request_card(at_work, partly.ticket, eur(5_95), terminal="t")

    step = pay.settle_card(at_work, ticket, attempt, AttemptEvent.APPROVAL, authorisation="A1")

    assert isinstance(step, pay.Paid)
    assert [tender.amount.minor for tender in step.sale.tenders] == [2_00, 5_95]


def test_a_scanned_barcode_is_no_cash(at_work: SignOn) -> None:
    with pytest.raises(AmountNotPossible):
        pay.take_cash(at_work, to_pay(at_work), eur(8_410_000_000_009_00))


def test_cash_is_taken_up_to_the_last_cent_below_the_limit(at_work: SignOn) -> None:
    ticket = to_pay(at_work, pieces=126)  # 1,001.70
    lead = SignOn(at_work.station, HUGO, at_work.session)
    for off, is_taken in ((1_70, False), (1_71, True)):
        opened = sell.give_discount(
            lead,
            pay.back_to_ticket(at_work, ticket),
            sell.WHOLE_TICKET,
            Discount(DiscountKind.AMOUNT, off, "x"),
        )
        ticket = pay.begin(at_work, opened)
        if is_taken:
            assert isinstance(pay.take_cash(at_work, ticket, eur(999_99)), pay.Paid)
        else:
            with pytest.raises(CashLimitExceeded):
                pay.take_cash(at_work, ticket, eur(1))
