"""How a refund can be paid: the way it was paid, never more, and credit when it is wished."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.country import load_country
from pos.domain.money import Money, total
from pos.domain.promotion import Channel
from pos.domain.quantity import THOUSAND
from pos.domain.refund import RefundState
from pos.domain.refund_options import (
    RefundCase,
    RefundOption,
    WhyNot,
    delivery_refund,
    lowest_recent_price,
    needs_wish,
    no_receipt_options,
    refund_options,
    split_refund,
)
from pos.domain.return_law import NO_LAW
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.return_verdict import Approved, NeedsOverride, Why
from pos.domain.staff import Capability
from tests.builders import eur
from tests.return_builders import (
    after_return,
    bought_line,
    came_back,
    paid_out,
    purchase,
    web_purchase,
)

SPAIN = load_country("ES").return_law


def options(
    ledger: Ledger, amount: int, policy: ReturnPolicy | None = None, **case: bool
) -> dict[Means, RefundOption]:
    """The ways of a refund by what they are; of two alike the way it was paid."""
    found = refund_options(ledger, RefundCase(eur(amount), **case), policy or ReturnPolicy())
    return {option.means: option for option in reversed(found)}


def _paid(*parts: PaidBy, net: int = 100_00) -> Ledger:
    return ledger_of(purchase(bought_line(1, 10, net), paid=parts), ())


def test_a_web_purchase_goes_back_to_the_web_payment_and_not_in_cash() -> None:
    ledger = ledger_of(web_purchase(bought_line(1, 2, 83_92), bought_line(2, 1, 19_95)), ())

    found = refund_options(ledger, RefundCase(eur(61_91), by_law=True), ReturnPolicy())

    assert [option.means for option in found] == [
        Means.WEB, Means.CASH, Means.STORE_CREDIT, Means.GIFT_CARD,
    ]  # fmt: skip
    web, cash, credit, card = found
    assert (web.most, web.label, web.state) == (eur(61_91), "Visa 7702", RefundState.REQUESTED)
    assert (cash.is_possible, cash.why_not) == (False, WhyNot.PAID_OTHERWISE)
    assert [one.by_wish for one in found] == [False, False, True, True]
    assert {one.state for one in (credit, card)} == {RefundState.CONFIRMED}


def test_no_tender_gets_back_more_than_it_paid_less_what_it_got() -> None:
    ledger = _paid(PaidBy(Means.CARD, eur(30_00), "c-1"), PaidBy(Means.CASH, eur(70_00)))
    out = (paid_out(eur(20_00), Means.CARD, reference="c-1"),)
    after = ledger_of(ledger.purchase, [came_back(ledger, (1, 2 * THOUSAND), paid_out=out)])

    found = options(after, 80_00)

    assert (found[Means.CARD].most, found[Means.CASH].most) == (eur(10_00), eur(70_00))


def test_a_tender_that_got_everything_back_says_so() -> None:
    ledger = _paid(PaidBy(Means.CARD, eur(30_00), "c-1"), PaidBy(Means.CASH, eur(70_00)))
    out = (paid_out(eur(30_00), Means.CARD, reference="c-1"),)
    after = ledger_of(ledger.purchase, [came_back(ledger, (1, 3 * THOUSAND), paid_out=out)])

    assert options(after, 10_00)[Means.CARD].why_not is WhyNot.ALL_BACK


def test_cash_above_the_limit_needs_somebody_s_word() -> None:
    ledger = _paid(PaidBy(Means.CASH, eur(500_00)), net=500_00)

    within, above = (options(ledger, amount)[Means.CASH] for amount in (200_00, 200_01))

    assert isinstance(within.verdict, Approved)
    assert isinstance(above.verdict, NeedsOverride)
    assert above.verdict.capability is Capability.REFUND_CASH_ABOVE_LIMIT
    assert (above.verdict.ground.why, above.verdict.ground.limit) == (Why.CASH_LIMIT, eur(200_00))


def test_the_bearer_of_a_gift_receipt_gets_credit_and_nothing_else() -> None:
    ledger = _paid(PaidBy(Means.CARD, eur(50_00), "c-1"), PaidBy(Means.CASH, eur(50_00)))

    found = options(ledger, 50_00, is_gift=True)

    assert [one.means for one in found.values() if one.is_possible] == [Means.STORE_CREDIT]
    assert not found[Means.STORE_CREDIT].by_wish
    assert found[Means.CASH].why_not is WhyNot.GIFT


def test_an_isolated_till_gives_credit_or_promises_and_no_cash() -> None:
    ledger = _paid(PaidBy(Means.CARD, eur(50_00), "c-1"), PaidBy(Means.CASH, eur(50_00)))

    found = options(ledger, 50_00, is_isolated=True)

    assert found[Means.CASH].why_not is WhyNot.OFFLINE
    assert (found[Means.CARD].waits, found[Means.CARD].state) == (True, RefundState.REQUESTED)
    assert found[Means.STORE_CREDIT].is_possible
    assert found[Means.GIFT_CARD].why_not is WhyNot.OFFLINE


def test_a_shop_that_gives_credit_only_cannot_do_so_against_the_law() -> None:
    ledger = _paid(PaidBy(Means.CARD, eur(100_00), "c-1"))
    policy = ReturnPolicy(means=frozenset({Means.STORE_CREDIT}))

    own = options(ledger, 50_00, policy)
    by_law = options(ledger, 50_00, policy, by_law=True)

    assert own[Means.CARD].why_not is WhyNot.NOT_HERE
    assert not own[Means.STORE_CREDIT].by_wish
    assert by_law[Means.CARD].is_possible
    assert by_law[Means.STORE_CREDIT].by_wish


def test_imported_history_is_paid_back_as_it_was_paid() -> None:
    ledger = _paid(PaidBy(Means.IMPORT, eur(100_00), "psd:C1"))

    assert options(ledger, 50_00)[Means.IMPORT].state is RefundState.CONFIRMED


def test_what_nobody_knows_how_it_was_paid_becomes_credit() -> None:
    ledger = _paid(PaidBy(Means.EXCHANGE, eur(100_00), "r-1"))

    found = refund_options(ledger, RefundCase(eur(50_00)), ReturnPolicy())
    parts, left = split_refund(found, eur(50_00))

    assert [(part.option.means, part.amount) for part in parts] == [
        (Means.STORE_CREDIT, eur(50_00))
    ]
    assert not left


def test_without_a_receipt_there_is_credit_and_a_reason_for_the_rest() -> None:
    found = no_receipt_options(eur(20_00))

    assert [one.means for one in found if one.is_possible] == [Means.STORE_CREDIT]
    assert {one.why_not for one in found[1:]} == {WhyNot.NO_RECEIPT}


@st.composite
def part_way(draw: st.DrawFn) -> Ledger:
    """A purchase paid in several ways, some of it back in some way already."""
    each = st.tuples(st.sampled_from([Means.CASH, Means.CARD, Means.WEB, Means.GIFT_CARD]),
                     st.integers(1, 80_00))  # fmt: skip
    paid = tuple(
        PaidBy(means, eur(minor), f"p-{at}")
        for at, (means, minor) in enumerate(draw(st.lists(each, min_size=1, max_size=4)))
    )
    net = sum(part.amount.minor for part in paid)
    ledger = ledger_of(purchase(bought_line(1, 6, net), paid=paid), ())
    for _ in range(draw(st.integers(0, 5))):
        ledger = _one_more(ledger, draw(st.booleans()))
    return ledger


def _one_more(ledger: Ledger, as_credit: bool) -> Ledger:
    amount = ledger.line(1).value_of(THOUSAND)
    found = refund_options(ledger, RefundCase(amount), ReturnPolicy())
    chosen = [option for option in found if option.by_wish] if as_credit else []
    parts, left = split_refund(found, amount, chosen[:1])
    assert not left
    out = tuple(
        paid_out(part.amount, part.option.means, reference=part.option.reference) for part in parts
    )
    return ledger_of(
        ledger.purchase, (*ledger.returns, came_back(ledger, (1, THOUSAND), paid_out=out))
    )


@given(part_way())
def test_nobody_gets_back_more_than_was_paid_whatever_way_they_choose(ledger: Ledger) -> None:
    assert not ledger.tenders_overpaid
    assert not ledger.overpaid
    assert all(one.owed == eur(0) for one in ledger.returns)


@given(part_way(), st.integers(0, 400_00))
def test_the_way_it_was_paid_always_suffices_for_what_is_left(ledger: Ledger, asked: int) -> None:
    amount = min(eur(asked), ledger.refundable)
    found = refund_options(ledger, RefundCase(amount), ReturnPolicy())

    parts, left = split_refund(found, amount)

    assert not left
    assert total((part.amount for part in parts), "EUR") == amount
    assert all(part.amount.minor > 0 for part in parts)
    assert not needs_wish(parts)


def test_what_was_chosen_goes_first_and_the_rest_the_way_it_was_paid() -> None:
    ledger = _paid(PaidBy(Means.CARD, eur(30_00), "c-1"), PaidBy(Means.CASH, eur(70_00)))
    found = refund_options(ledger, RefundCase(eur(90_00)), ReturnPolicy())
    cash = next(option for option in found if option.means is Means.CASH)

    parts, left = split_refund(found, eur(90_00), [cash])

    assert [(part.option.means, part.amount) for part in parts] == [
        (Means.CASH, eur(70_00)),
        (Means.CARD, eur(20_00)),
    ]
    refund = parts[1].option.refund("r-1", ledger.purchase.reference, parts[1].amount)
    assert (refund.reference, refund.state) == ("c-1", RefundState.REQUESTED)
    assert not left


def test_credit_that_the_customer_wished_is_known_as_such() -> None:
    ledger = _paid(PaidBy(Means.CARD, eur(100_00), "c-1"))
    found = refund_options(ledger, RefundCase(eur(90_00)), ReturnPolicy())
    credit = next(option for option in found if option.means is Means.STORE_CREDIT)

    parts, _ = split_refund(found, eur(90_00), [credit])

    assert needs_wish(parts)


def test_the_delivery_goes_back_when_the_customer_withdraws_from_all_of_it() -> None:
    bought = purchase(
        bought_line(1, 2, 20_00), bought_line(2), delivery=eur(4_95), channel=Channel.WEB
    )
    ledger = ledger_of(bought, ())
    everything, some = [(1, 2 * THOUSAND), (2, THOUSAND)], [(1, 2 * THOUSAND)]

    assert delivery_refund(ledger, everything, SPAIN, is_withdrawal=True) == eur(4_95)
    assert not delivery_refund(ledger, some, SPAIN, is_withdrawal=True)
    assert not delivery_refund(ledger, everything, SPAIN, is_withdrawal=False)
    assert not delivery_refund(ledger, everything, NO_LAW, is_withdrawal=True)
    later = after_return(ledger, (2, THOUSAND))
    assert delivery_refund(later, some, SPAIN, is_withdrawal=True) == eur(4_95)
    paid = replace(later.returns[0], delivery=eur(4_95))
    again = ledger_of(bought, [paid])
    assert not delivery_refund(again, some, SPAIN, is_withdrawal=True)


@pytest.mark.parametrize(
    ("since", "lowest"), [(0, 7_00), (15, 8_00), (25, 8_00), (35, 9_50), (100, 9_50)]
)
def test_without_a_receipt_the_lowest_price_lately_counts(since: int, lowest: int) -> None:
    prices = [(30, eur(9_50)), (10, eur(7_00)), (12, eur(9_00)), (20, eur(8_00))]

    assert lowest_recent_price(prices, since_ms=since) == eur(lowest)


def test_a_price_nobody_ever_asked_is_none() -> None:
    nothing: list[tuple[int, Money]] = []

    assert lowest_recent_price(nothing, since_ms=5) is None
