"""A refund that failed is owed, and paid once: by another way, in the shift that pays it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from hardware.payment_terminal.port import DeclineReason
from hardware.payment_terminal.simulator import Decline, LoseAnswer, SimulatedTerminal
from pos.domain.basket import EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.card_refund import CardRefund
from pos.domain.credit_code import credit_code
from pos.domain.desk import Resolution
from pos.domain.quantity import Quantity
from pos.domain.refund import RefundEvent, RefundState
from pos.domain.reissue import NotOwed, owed_of
from pos.domain.return_purchase import Means
from pos.domain.return_trouble import troubles_of
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.staff import Capability
from pos.domain.stored_value import StoredValueKind
from pos.domain.till_session import CashCount, SessionReport
from pos.services import (
    desk,
    find_purchase,
    pay,
    pay_again,
    refund_card,
    sell,
    take_back,
    till_session,
)
from pos.services.find_purchase import Known, Wanted
from pos.services.give_back import give_back
from pos.services.pay_again import OwedLacking, PayingAgain
from pos.services.refund_card import PaidBack
from pos.services.return_figures import figures_of
from pos.services.return_rules import ReturnRules
from pos.services.workstation import NotAllowed, SignOn
from pos.store.verify import verify
from tests.services.conftest import KEY, MARTA, OIL, Shop
from tests.services.refund_things import as_recorded, asked_for, card_of, sold_by_card, took_back
from tests.services.return_things import draft, own_ledger, taken_back
from tests.services.test_take_back import said


@pytest.fixture
def terminal() -> SimulatedTerminal:
    return SimulatedTerminal()


@pytest.fixture(autouse=True)
def gives_credit(shop: Shop, at_work: SignOn) -> None:
    rules = ReturnRules(
        credit_code=lambda one: credit_code(b"k", one),
        gift_code=lambda one: credit_code(b"k", one, StoredValueKind.GIFT_CARD),
        refunds_cards=True,
    )
    object.__setattr__(shop.station, "returns", rules)


def refused(
    sign_on: SignOn, terminal: SimulatedTerminal, pieces: int = 1
) -> tuple[Sale, CardRefund]:
    """Return a sale by card, and the refund of some of it that the terminal refused."""
    sale = sold_by_card(sign_on, terminal)
    terminal.script_refunds(Decline(DeclineReason.REFUSED))
    asked = took_back(sign_on, sale, pieces)
    asked_for(sign_on, terminal, asked)
    return sale, asked


def shift_of(sign_on: SignOn) -> SessionReport:
    """Return an X of the shift, which somebody may have who works here."""
    marta = replace(sign_on, operator=MARTA)
    return till_session.x_report(marta)


def known_here(sign_on: SignOn, sale: Sale) -> Known:
    found = find_purchase.here(sign_on.station, Wanted(sale.sale_id))
    assert isinstance(found, Known)
    return found


def begun(
    sign_on: SignOn, sale: Sale, means: Means | None = None, reference: str = ""
) -> PayingAgain:
    known = known_here(sign_on, sale)
    (owed,) = owed_of(known.ledger)
    state = pay_again.begin(sign_on.station, known, owed, number="D2-000001", is_isolated=False)
    return state if means is None else replace(state, way=(means, reference))


def paid(sign_on: SignOn, state: PayingAgain) -> tuple[Means, ...]:
    figures = pay_again.figures_of(sign_on.station, state)
    done = pay_again.pay_again(sign_on, state, figures, "la tarjeta no lo admite")
    return tuple(one.refund.means for one in done)


def test_what_the_card_refused_is_paid_in_cash_out_of_the_shift_that_pays_it(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale, asked = refused(at_work, terminal)
    before = shift_of(at_work).expected_cash

    assert paid(at_work, begun(at_work, sale, Means.CASH)) == (Means.CASH,)

    report = shift_of(at_work)
    assert before - report.expected_cash == asked.amount
    assert report.figures.reissues == {Means.CASH: 7_95}
    assert report.figures.refunds == {Means.CARD: 7_95}
    assert not owed_of(known_here(at_work, sale).ledger)
    refunds = as_recorded(at_work, asked).refunds
    assert [(one.means, one.state) for one in refunds] == [
        (Means.CARD, RefundState.FAILED), (Means.CASH, RefundState.CONFIRMED),
    ]  # fmt: skip
    assert as_recorded(at_work, asked).cash_paid_out.minor == 0
    assert verify(shop.path, key=KEY) == []


def test_it_is_paid_once_however_often_the_key_is_pressed(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale, _ = refused(at_work, terminal)
    state, other = begun(at_work, sale, Means.CASH), begun(at_work, sale, Means.STORE_CREDIT)

    paid(at_work, state)
    paid(at_work, state)
    with pytest.raises(NotOwed):
        paid(at_work, other)

    assert shop.kinds().count("refund.issued") == 1
    assert "value.issued" not in shop.kinds()


def test_the_same_card_is_asked_again_under_an_id_of_its_own(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale, asked = refused(at_work, terminal)
    state = begun(at_work, sale)
    figures = pay_again.figures_of(at_work.station, state)

    (again,) = pay_again.to_ask(pay_again.pay_again(at_work, state, figures))
    step = asked_for(at_work, terminal, again)

    assert isinstance(step, PaidBack)
    assert again.refund_id != asked.refund_id
    assert again.original == card_of(sale)
    assert terminal.given_back == {again.refund_id: 7_95}
    assert verify(shop.path, key=KEY) == []


def test_a_till_that_dies_before_the_answer_finds_out_by_the_same_id(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale, _ = refused(at_work, terminal)
    state = begun(at_work, sale)
    figures = pay_again.figures_of(at_work.station, state)
    terminal.script_refunds(LoseAnswer(None))
    (again,) = pay_again.to_ask(pay_again.pay_again(at_work, state, figures))
    asked_for(at_work, terminal, again)

    left = refund_card.left_open(at_work.station)

    assert [one.refund_id for one in left] == [again.refund_id]
    assert not owed_of(known_here(at_work, sale).ledger)
    step = refund_card.settle(at_work, left[0], refund_card.RefundAnswer(None))
    assert isinstance(step, refund_card.AnswerOpen)


def test_what_is_refused_twice_is_owed_still(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale, _ = refused(at_work, terminal)
    state = begun(at_work, sale)
    terminal.script_refunds(Decline(DeclineReason.REFUSED))
    reissues = pay_again.pay_again(at_work, state, pay_again.figures_of(at_work.station, state))
    asked_for(at_work, terminal, pay_again.to_ask(reissues)[0])

    (owed,) = owed_of(known_here(at_work, sale).ledger)

    assert owed.failed.refund_id == reissues[0].refund.refund_id
    assert paid(at_work, begun(at_work, sale, Means.GIFT_CARD)) == (Means.GIFT_CARD,)
    assert shop.kinds()[-1] == "value.issued"
    assert shop.facts()[-1].body["kind"] == "gift_card"
    assert verify(shop.path, key=KEY) == []


def test_cash_above_the_limit_needs_somebody(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    rules = shop.station.returns
    strict = replace(rules, policy=replace(rules.policy, cash_limit=5_00))
    object.__setattr__(shop.station, "returns", strict)
    sale, _ = refused(at_work, terminal)
    state = begun(at_work, sale, Means.CASH)
    figures = pay_again.figures_of(at_work.station, state)
    assert figures.lacking is OwedLacking.PERMISSION
    assert figures.permission is not None
    needed = figures.permission.capability

    allowed = replace(state, approvals=((needed, None),))
    with pytest.raises(NotAllowed):
        paid(at_work, allowed)

    assert "refund.issued" not in shop.kinds()
    assert needed is Capability.REFUND_CASH_ABOVE_LIMIT


def test_a_shift_that_counted_counts_again_after_paying(
    at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale, _ = refused(at_work, terminal)
    till_session.submit_count(at_work, CashCount("EUR", {100_00: 1}))

    paid(at_work, begun(at_work, sale, Means.CASH))

    with at_work.station.store.reading() as records:
        session = records.sessions.current()
    assert session is not None
    assert session.counts == ()


@hypothesis_settings(
    deadline=None, max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    ways=st.lists(
        st.sampled_from([Means.CASH, Means.STORE_CREDIT, Means.GIFT_CARD, None]),
        min_size=1,
        max_size=3,
    )
)
def test_what_is_owed_is_what_is_due_less_what_was_paid(
    at_work: SignOn, ways: list[Means | None]
) -> None:
    terminal = SimulatedTerminal()
    sale, asked = refused(at_work, terminal, pieces=2)
    for means in ways:
        known = known_here(at_work, sale)
        (returned,) = known.ledger.returns
        assert sum(one.amount.minor for one in owed_of(known.ledger)) == returned.owed.minor
        assert not troubles_of(known.ledger)
        if not owed_of(known.ledger):
            break
        state = begun(at_work, sale, means)
        figures = pay_again.figures_of(at_work.station, state)
        reissues = pay_again.pay_again(at_work, state, figures)
        for again in pay_again.to_ask(reissues):
            terminal.script_refunds(Decline(DeclineReason.REFUSED))
            asked_for(at_work, terminal, again)
    (returned,) = known_here(at_work, sale).ledger.returns
    counted = sum(one.amount.minor for one in returned.paid_out if one.counts)
    assert counted + returned.owed.minor == asked.amount.minor


@pytest.mark.parametrize("means", [Means.CARD, Means.WEB])
def test_what_only_the_hub_knows_to_have_failed_is_paid_and_adds_up_here(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal, means: Means
) -> None:
    sale = sold_by_card(at_work, terminal)
    made = draft(
        at_work, own_ledger(at_work, sale), (1, 1000), means=means, state=RefundState.REQUESTED
    )
    reference = card_of(sale) if means is Means.CARD else "pay-1"
    document = taken_back(
        at_work, replace(made, refunds=(replace(made.refunds[0], reference=reference),))
    )
    known = known_here(at_work, sale)
    assert not owed_of(known.ledger)
    (returned,) = known.ledger.returns
    failed = tuple(replace(one, state=RefundState.FAILED) for one in returned.paid_out)
    told = replace(known.ledger, returns=(replace(returned, paid_out=failed),))
    heard = replace(known, ledger=told, as_of_ms=1)
    (owed,) = owed_of(heard.ledger)
    state = pay_again.begin(at_work.station, heard, owed, number="", is_isolated=False)

    assert paid(at_work, replace(state, way=(Means.CASH, ""))) == (Means.CASH,)

    assert not owed_of(known_here(at_work, sale).ledger)
    assert not troubles_of(known_here(at_work, sale).ledger)
    assert not refund_card.left_open(at_work.station)
    with at_work.station.store.reading() as records:
        again = records.returns.get(document.return_id)
    assert again is not None
    assert [one.state for one in again.refunds] == [RefundState.FAILED, RefundState.CONFIRMED]
    assert verify(shop.path, key=KEY) == []


def sold_half_by_card(sign_on: SignOn, terminal: SimulatedTerminal) -> Sale:
    """Return a sale of two pieces, one paid by card and one in cash."""
    ticket = sell.add_product(sign_on, None, OIL, Quantity.each(2), EntryMethod.SCANNED)
    paying, half = pay.begin(sign_on, ticket), OIL.price
    attempt = pay.request_card(sign_on, paying, half, terminal="simulator")
    terminal.pay(attempt.attempt_id, half.minor, half.currency)
    step = pay.settle_card(sign_on, paying, attempt, AttemptEvent.APPROVAL)
    assert isinstance(step, pay.StillDue)
    done = pay.take_cash(sign_on, step.ticket, half)
    assert isinstance(done, pay.Paid)
    return done.sale


def one_back(sign_on: SignOn, sale: Sale) -> Return:
    """Take one piece back, paid the usual way."""
    known = known_here(sign_on, sale)
    state = said(take_back.begin(sign_on.station, known, is_isolated=False))
    state = take_back.count(state, 1, 1_000)
    return give_back(sign_on, state, figures_of(state))


def test_what_comes_back_later_leaves_a_failed_refund_its_tender(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal
) -> None:
    sale = sold_half_by_card(at_work, terminal)
    terminal.script_refunds(Decline(DeclineReason.REFUSED))
    asked_for(at_work, terminal, refund_card.to_ask(one_back(at_work, sale))[0])

    assert [one.means for one in one_back(at_work, sale).refunds] == [Means.CASH]
    assert paid(at_work, begun(at_work, sale, Means.STORE_CREDIT)) == (Means.STORE_CREDIT,)

    assert not owed_of(known_here(at_work, sale).ledger)
    assert verify(shop.path, key=KEY) == []


@pytest.mark.parametrize("decision", [None, Resolution.PAID_BACK, Resolution.NOT_PAID_BACK])
def test_what_the_terminal_says_it_paid_after_all_is_paid_again_only_if_it_did_not(
    shop: Shop, at_work: SignOn, terminal: SimulatedTerminal, decision: Resolution | None
) -> None:
    sale, asked = refused(at_work, terminal)
    late = refund_card.RefundAnswer(RefundEvent.CONFIRMATION, "R-1")
    assert isinstance(refund_card.settle(at_work, asked, late), refund_card.Contradicted)
    if decision is not None:
        (item,) = desk.items(shop.station)
        desk.resolve(replace(at_work, operator=MARTA), item.item_id, decision)

    if decision is Resolution.NOT_PAID_BACK:
        assert paid(at_work, begun(at_work, sale, Means.CASH)) == (Means.CASH,)
    else:
        with pytest.raises(NotOwed):
            paid(at_work, begun(at_work, sale, Means.CASH))
    assert shop.kinds().count("refund.issued") == (decision is Resolution.NOT_PAID_BACK)
    assert verify(shop.path, key=KEY) == []
