"""Taking something back, from the receipt on the counter to what is recorded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from pos.country import load_country
from pos.domain.credit_code import credit_code
from pos.domain.money import Money
from pos.domain.refund import RefundState
from pos.domain.refund_options import WhyNot
from pos.domain.return_law import ReturnLaw
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_policy import Category, Kinds, ReturnPolicy
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.return_verdict import Approved, Basis, NeedsOverride, Refused, Why
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import ExtraKind, ReturnFlag
from pos.domain.staff import Act, Approval, Capability
from pos.domain.stored_value import value_reference
from pos.services import take_back
from pos.services.find_purchase import Known, Wanted, here
from pos.services.give_back import NotComplete, give_back
from pos.services.record_return import PurchaseChanged
from pos.services.return_figures import Figures, Lacking, figures_of
from pos.services.return_rules import ReturnRules
from pos.services.take_back import WHOLE, TakingBack
from pos.services.workstation import APPROVAL_LASTS_MS, NotAllowed, SignOn
from tests.return_builders import bought_line, purchase, web_purchase
from tests.services.conftest import HUGO, LUCIA, Shop
from tests.services.return_things import sold

SPAIN: ReturnLaw = load_country("ES").return_law
DAY_MS = int(timedelta(days=1).total_seconds() * 1000)


def with_rules(sign_on: SignOn, **changes: object) -> SignOn:
    """Return the same person in a shop with the law of Spain and credit to give."""
    usual = ReturnRules(law=SPAIN, country="ES", credit_code=lambda one: credit_code(b"k", one))
    rules = replace(usual, **changes)  # type: ignore[arg-type]
    return replace(sign_on, station=replace(sign_on.station, returns=rules))


@pytest.fixture
def counter(at_work: SignOn) -> SignOn:
    return with_rules(at_work)


def opened(sign_on: SignOn, pieces: int = 3, *, is_isolated: bool = False) -> TakingBack:
    """Return a receipt of this till on the screen, just sold for cash."""
    known = here(sign_on.station, Wanted(str(sold(sign_on, pieces).number)))
    assert isinstance(known, Known)
    return take_back.begin(sign_on.station, known, is_isolated=is_isolated)


def of_ledger(sign_on: SignOn, ledger: Ledger, *, is_isolated: bool = False) -> TakingBack:
    return take_back.begin(sign_on.station, Known(ledger, 1), is_isolated=is_isolated)


def said(
    state: TakingBack,
    line: int = 1,
    reason: Reason = Reason.SIZE,
    condition: Condition = Condition.SEALED,
) -> TakingBack:
    return take_back.in_condition(take_back.because(state, line, reason), line, condition)


def approval(capability: Capability, sign_on: SignOn) -> Approval:
    station = sign_on.station
    return Approval(
        Act(capability), LUCIA.staff_id, HUGO.staff_id, "known customer",
        approval_id=station.ids.new(), granted_at_ms=station.clock.now_ms(),
    )  # fmt: skip


def options(figures: Figures) -> dict[Means, WhyNot | None]:
    return {option.means: option.why_not for option in figures.options}


def test_a_piece_comes_back_for_what_was_paid_and_the_cash_goes_out(counter: SignOn) -> None:
    state = said(opened(counter))

    document = give_back(counter, state, figures_of(state))

    assert document.total == Money(7_95, "EUR")
    assert document.cash_paid_out == document.total
    assert [(one.reason, one.condition, one.disposition) for one in document.lines] == [
        (Reason.SIZE, Condition.SEALED, Disposition.RESTOCK)
    ]


def test_what_is_lacking_is_asked_for_in_order(counter: SignOn) -> None:
    state = opened(counter)
    one = take_back.add_one(state, 1)
    why = take_back.because(one, 1, Reason.SIZE)
    how = take_back.in_condition(why, 1, Condition.OPENED)

    asked = [figures_of(step).lacking for step in (state, one, why, how)]

    assert asked == [Lacking.NOTHING_CHOSEN, Lacking.REASON, Lacking.CONDITION, None]
    with pytest.raises(NotComplete):
        give_back(counter, opened(counter), figures_of(opened(counter)))


def test_no_more_can_be_counted_than_can_still_come_back(counter: SignOn) -> None:
    state = take_back.count(opened(counter, pieces=2), 1, 9_000)

    assert state.of_line(1).quantity == 2_000
    assert take_back.count(state, 1, -1).of_line(1).quantity == 0


def test_faulty_goods_go_to_quarantine_and_the_guarantee_asks_nobody(
    counter: SignOn, shop: Shop
) -> None:
    state = opened(counter)
    later = replace(state, today=state.today + timedelta(days=400))
    state = take_back.because(later, 1, Reason.FAULTY)

    figures = figures_of(state)

    verdict = figures.line(1).verdict
    assert isinstance(verdict, Approved)
    assert verdict.basis is Basis.GUARANTEE
    assert state.of_line(1).condition is Condition.FAULTY
    assert figures.chosen[0].disposition is Disposition.QUARANTINE
    assert ReturnFlag.GUARANTEE in figures.flags


def test_too_late_needs_somebody_s_word_which_is_recorded_with_the_return(
    counter: SignOn,
) -> None:
    early = opened(counter)
    state = said(replace(early, today=early.today + timedelta(days=31)))
    before = figures_of(state)
    given = approval(Capability.RETURN_OUTSIDE_POLICY, counter)

    state = take_back.allow(state, 1, Why.TOO_LATE, Capability.RETURN_OUTSIDE_POLICY, given)
    document = give_back(counter, state, figures_of(state))

    assert before.lacking is Lacking.PERMISSION
    assert [one.verdict.capability for one in before.permissions] == [
        Capability.RETURN_OUTSIDE_POLICY
    ]
    assert document.approvals == (given,)


def test_a_permission_that_ran_out_is_asked_for_again(counter: SignOn, shop: Shop) -> None:
    early = opened(counter)
    state = said(replace(early, today=early.today + timedelta(days=31)))
    given = approval(Capability.RETURN_OUTSIDE_POLICY, counter)
    state = take_back.allow(state, 1, Why.TOO_LATE, Capability.RETURN_OUTSIDE_POLICY, given)

    shop.clock.ms += APPROVAL_LASTS_MS + 1

    with pytest.raises(NotAllowed):
        give_back(counter, state, figures_of(state))
    fresh = take_back.without_stale(state, shop.clock.ms)
    assert figures_of(fresh).lacking is Lacking.PERMISSION


def test_goods_that_are_not_ours_are_refused_whoever_allows_it(counter: SignOn) -> None:
    figures = figures_of(said(opened(counter), condition=Condition.NOT_OURS))

    assert isinstance(figures.line(1).verdict, Refused)
    assert (figures.lacking, figures.lacking_line) == (Lacking.REFUSED, 1)
    assert not figures.total


def test_cash_above_the_limit_is_asked_for_when_everything_else_is_said(
    at_work: SignOn,
) -> None:
    counter = with_rules(at_work, policy=ReturnPolicy(cash_limit=5_00))
    figures = figures_of(said(opened(counter)))

    assert figures.lacking is None
    (permission,) = figures.permissions
    assert (permission.line, permission.verdict.ground.why) == (WHOLE, Why.CASH_LIMIT)


def test_credit_is_given_when_the_customer_wishes_it_and_its_code_is_kept_nowhere(
    counter: SignOn, shop: Shop
) -> None:
    state = take_back.pay_by(said(opened(counter)), Means.STORE_CREDIT, "")

    document = give_back(counter, state, figures_of(state))

    (refund,) = document.refunds
    code = credit_code(b"k", refund.refund_id)
    assert refund.reference == value_reference(code).text
    assert document.flags == {ReturnFlag.CREDIT_WISHED}
    issued = [fact.body for fact in shop.facts() if fact.kind.value == "value.issued"]
    assert [(body["amount"], body["document"]) for body in issued] == [
        (7_95, str(document.number))
    ]
    assert code not in str([fact.body for fact in shop.facts()])


def test_a_card_that_paid_gets_it_back_once_the_terminal_was_asked(at_work: SignOn) -> None:
    counter = with_rules(at_work, refunds_cards=True)
    paid = (PaidBy(Means.CARD, Money(10_00, "EUR"), "attempt-1"),)
    state = said(of_ledger(counter, ledger_of(purchase(paid=paid), ())))

    document = give_back(counter, state, figures_of(state))

    (refund,) = document.refunds
    assert (refund.means, refund.reference) == (Means.CARD, "attempt-1")
    assert refund.state is RefundState.REQUESTED


def test_a_card_that_paid_is_named_with_the_reason_why_it_cannot_be_refunded(
    counter: SignOn,
) -> None:
    paid = (PaidBy(Means.CARD, Money(10_00, "EUR"), "attempt-1"),)
    state = said(of_ledger(counter, ledger_of(purchase(paid=paid), ())))

    figures = figures_of(state)

    assert options(figures)[Means.CARD] is WhyNot.NOT_HERE
    assert options(figures)[Means.CASH] is WhyNot.PAID_OTHERWISE
    assert figures.lacking is Lacking.NO_WAY
    wished = figures_of(take_back.pay_by(state, Means.STORE_CREDIT, ""))
    assert wished.lacking is None


def web(counter: SignOn, **changes: object) -> TakingBack:
    """Return an order of two lines with its delivery, handed over yesterday."""
    at_ms = counter.station.clock.now_ms() - DAY_MS
    lines = (bought_line(1, pieces=2, net=41_96), bought_line(2, net=19_95))
    paid = (PaidBy(Means.WEB, Money(66_86, "EUR"), "pay-1", "Visa 7702"),)
    bought = web_purchase(
        *lines, paid=paid, delivery=Money(4_95, "EUR"),
        sold_at_ms=at_ms, handed_over_at_ms=at_ms, **changes,
    )  # fmt: skip
    return of_ledger(counter, ledger_of(bought, ()))


def test_a_web_order_that_comes_back_whole_brings_its_delivery_back(counter: SignOn) -> None:
    state = web(counter)
    for line in (1, 2):
        state = said(take_back.count(state, line, 2_000), line, Reason.OTHER, Condition.OPENED)
    part = said(web(counter), 2)

    whole = figures_of(state)

    assert [(one.kind, one.amount.minor) for one in whole.extras] == [(ExtraKind.DELIVERY, 4_95)]
    assert whole.total == Money(66_86, "EUR")
    assert [split.option.means for split in whole.splits] == [Means.WEB]
    assert figures_of(part).delivery_left == Money(4_95, "EUR")
    assert not figures_of(part).extras


def test_made_to_order_goods_need_an_exception_but_not_when_they_are_faulty(
    at_work: SignOn,
) -> None:
    mug = Category("personalised", Kinds(skus=frozenset({"sku-2"})))
    counter = with_rules(at_work, policy=ReturnPolicy(categories=(mug,)))

    plain = figures_of(web(counter)).line(2)
    faulty = figures_of(take_back.because(web(counter), 2, Reason.FAULTY)).line(2)

    assert isinstance(plain.verdict, NeedsOverride)
    assert plain.verdict.ground.category == "personalised"
    assert isinstance(faulty.verdict, Approved)


def test_an_isolated_till_gives_no_cash_and_no_more_than_its_budget(at_work: SignOn) -> None:
    counter = with_rules(at_work, policy=ReturnPolicy(offline_ticket=10_00, offline_day=20_00))
    state = said(opened(counter, is_isolated=True))
    figures = figures_of(state)

    document = give_back(counter, state, figures)

    assert options(figures)[Means.CASH] is WhyNot.OFFLINE
    assert [one.means for one in document.refunds] == [Means.STORE_CREDIT]
    assert document.flags == {ReturnFlag.OFFLINE}
    two = figures_of(take_back.add_one(said(opened(counter, is_isolated=True)), 1))
    assert two.lacking is Lacking.OFFLINE_LIMIT
    give_back(counter, *_ready(counter))
    third = figures_of(said(opened(counter, is_isolated=True)))
    assert third.lacking is Lacking.OFFLINE_LIMIT  # 7.95 twice, and 20 euros for the day


def _ready(counter: SignOn) -> tuple[TakingBack, Figures]:
    state = said(opened(counter, is_isolated=True))
    return state, figures_of(state)


def test_the_same_return_recorded_twice_is_one(counter: SignOn, shop: Shop) -> None:
    state = said(opened(counter))

    first = give_back(counter, state, figures_of(state))
    again = give_back(counter, state, figures_of(state))

    assert again == first
    assert shop.kinds().count("return.completed") == 1


def test_two_screens_with_one_receipt_take_a_piece_back_once(counter: SignOn) -> None:
    state = said(opened(counter, pieces=1))
    other = replace(state, return_id="other-screen")
    give_back(counter, state, figures_of(state))

    with pytest.raises((ValueError, PurchaseChanged)):
        give_back(counter, other, figures_of(other))

    known = here(counter.station, Wanted(state.known.ledger.purchase.number))
    assert isinstance(known, Known)
    fresh = take_back.refreshed(other, known, is_isolated=False)
    assert fresh.of_line(1).quantity == 0
    assert not take_back.is_as_before(other, fresh)


def test_serials_that_were_sold_must_be_shown_and_another_piece_needs_a_word(
    counter: SignOn,
) -> None:
    ledger = ledger_of(purchase(bought_line(serials=("S1", "S2"), pieces=2, net=20_00)), ())
    now = counter.station.clock.now_ms()
    recent = replace(ledger.purchase, sold_at_ms=now, handed_over_at_ms=now)
    state = said(of_ledger(counter, ledger_of(recent, ())))

    shown = take_back.with_serial(state, 1, "S2")
    wrong = take_back.with_serial(state, 1, "X9")

    assert figures_of(state).lacking is Lacking.SERIAL
    assert figures_of(shown).lacking is None
    assert figures_of(wrong).lacking is Lacking.PERMISSION


def test_wear_is_kept_up_to_what_was_paid(counter: SignOn) -> None:
    state = take_back.keep(said(web(counter), 2, condition=Condition.USED), 2, 5_00)

    assert figures_of(state).total == Money(14_95, "EUR")
    assert not figures_of(take_back.keep(state, 2, 99_00)).total
