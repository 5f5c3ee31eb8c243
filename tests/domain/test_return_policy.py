"""What the shop takes back: the law first, then its own rules, and who may go beyond them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.country import load_country
from pos.domain.promotion import Channel
from pos.domain.quantity import THOUSAND
from pos.domain.return_law import NO_LAW, ReturnLaw
from pos.domain.return_ledger import SerialCheck, ledger_of
from pos.domain.return_policy import (
    GIFT_CARDS,
    IMPORT_POLICY,
    Case,
    Category,
    Kinds,
    ReturnPolicy,
    ReturnRule,
    judge,
    judge_cash,
    judge_goodwill,
    judge_no_receipt_amount,
    judge_offline,
    judge_without_receipt,
    rights,
)
from pos.domain.return_verdict import Approved, Basis, NeedsOverride, Refused, Remedy, Verdict, Why
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.staff import DEFAULT_PERMISSIONS, Capability, Role
from tests.builders import eur
from tests.return_builders import after_return, bought_line, purchase

SPAIN = load_country("ES").return_law
SOLD = date(2026, 11, 10)
OWN_NAME = Category("personalised", Kinds(skus=frozenset({"sku-1"})))
UNDERWEAR = Category("hygiene", Kinds(departments=frozenset({"ropa"})), returnable_sealed=True)


def case(*, after: int = 5, **changes: object) -> Case:
    """A cup bought in the shop comes back opened, days after, because of its size."""
    fields: dict[str, object] = {
        "line": bought_line(department="hogar"),
        "channel": Channel.SHOP,
        "sold": SOLD,
        "handed_over": SOLD,
        "today": SOLD + timedelta(days=after),
        "reason": Reason.SIZE,
        "condition": Condition.OPENED,
        "country": "ES",
    }
    return Case(**{**fields, **changes})  # type: ignore[arg-type]


def judged(
    asked: Case, policy: ReturnPolicy | None = None, law: ReturnLaw = SPAIN, returned: int = 0
) -> Verdict:
    ledger = ledger_of(purchase(asked.line), ())
    if returned:
        ledger = after_return(ledger, (1, returned * THOUSAND))
    return judge(asked, ledger.line(1), policy or ReturnPolicy(), law)


@pytest.mark.parametrize(("after", "left"), [(0, 30), (5, 25), (30, 0)])
def test_the_shop_takes_things_back_for_thirty_days(after: int, left: int) -> None:
    verdict = judged(case(after=after))

    assert verdict == Approved(Basis.COMMERCIAL, SOLD + timedelta(days=30), left)


def test_later_somebody_must_allow_it_and_learns_how_late_it_is() -> None:
    verdict = judged(case(after=42))

    assert isinstance(verdict, NeedsOverride)
    assert verdict.capability is Capability.RETURN_OUTSIDE_POLICY
    assert (verdict.ground.why, verdict.ground.days_over) == (Why.TOO_LATE, 12)
    assert verdict.ground.until == SOLD + timedelta(days=30)


def test_faulty_goods_come_back_long_after_and_the_same_again_is_offered_first() -> None:
    verdict = judged(case(after=800, reason=Reason.FAULTY, condition=Condition.FAULTY))

    assert isinstance(verdict, Approved)
    assert verdict.basis is Basis.GUARANTEE
    assert verdict.offer_first == (Remedy.REPLACEMENT, Remedy.REPAIR)
    late = judged(case(after=1200, reason=Reason.FAULTY, condition=Condition.FAULTY))
    assert isinstance(late, NeedsOverride)


def test_no_setting_of_the_shop_takes_the_right_to_withdraw_away() -> None:
    nothing = ReturnPolicy(rules=())

    verdict = judged(case(channel=Channel.WEB, after=14, condition=Condition.USED), nothing)

    assert isinstance(verdict, Approved)
    assert (verdict.basis, verdict.may_deduct) == (Basis.WITHDRAWAL, True)
    assert isinstance(judged(case(channel=Channel.WEB, after=15), nothing), NeedsOverride)
    assert isinstance(judged(case(channel=Channel.WEB, after=14), nothing, NO_LAW), NeedsOverride)


def test_faulty_goods_bought_at_a_distance_have_both_rights() -> None:
    asked = case(channel=Channel.WEB, reason=Reason.FAULTY)

    both = rights(asked, ReturnPolicy(), SPAIN)

    assert [right.basis for right in both] == [Basis.WITHDRAWAL, Basis.GUARANTEE]


@pytest.mark.parametrize("channel", list(Channel))
def test_what_was_made_for_the_customer_comes_back_by_exception_only(channel: Channel) -> None:
    verdict = judged(case(channel=channel), ReturnPolicy(categories=(OWN_NAME,)))

    assert isinstance(verdict, NeedsOverride)
    assert (verdict.ground.why, verdict.ground.category) == (Why.NOT_RETURNABLE, "personalised")


def test_but_not_when_it_is_faulty() -> None:
    asked = case(reason=Reason.FAULTY)

    assert isinstance(judged(asked, ReturnPolicy(categories=(OWN_NAME,))), Approved)


def test_underwear_comes_back_sealed() -> None:
    policy = ReturnPolicy(categories=(UNDERWEAR,))
    asked = case(line=bought_line(department="ropa"))

    opened = judged(asked, policy)

    assert isinstance(opened, NeedsOverride)
    assert opened.ground.why is Why.OPENED
    assert isinstance(judged(replace(asked, condition=Condition.SEALED), policy), Approved)
    taken = replace(UNDERWEAR, is_returnable=True)
    assert isinstance(judged(asked, ReturnPolicy(categories=(taken,))), Approved)


@pytest.mark.parametrize(
    ("condition", "why"), [(Condition.USED, Why.USED), (Condition.DAMAGED, Why.USED)]
)
def test_used_goods_need_somebody_s_word(condition: Condition, why: Why) -> None:
    verdict = judged(case(condition=condition))

    assert isinstance(verdict, NeedsOverride)
    assert verdict.ground.why is why


@pytest.mark.parametrize(
    ("changes", "returned", "why"),
    [
        ({"condition": Condition.NOT_OURS, "reason": Reason.FAULTY}, 0, Why.NOT_OURS),
        ({"reason": Reason.FAULTY}, 1, Why.NOTHING_LEFT),
        ({"serial": SerialCheck.RETURNED_BEFORE}, 0, Why.NOTHING_LEFT),
    ],
)
def test_what_is_not_ours_or_came_back_before_is_never_taken(
    changes: dict[str, object], returned: int, why: Why
) -> None:
    verdict = judged(case(**changes), returned=returned)  # type: ignore[arg-type]

    assert isinstance(verdict, Refused)
    assert verdict.ground.why is why


def test_money_put_onto_a_gift_card_never_comes_back_as_goods() -> None:
    policy = ReturnPolicy(stored_value_skus=frozenset({"sku-1"}))

    for verdict in (
        judged(case(), policy),
        judged(case(reason=Reason.FAULTY), policy),
        judged(case(channel=Channel.WEB, condition=Condition.SEALED), policy),
        judge_without_receipt(case(), policy),
    ):
        assert isinstance(verdict, Refused)
        assert (verdict.ground.why, verdict.ground.category) == (Why.NOT_RETURNABLE, GIFT_CARDS)


def test_another_piece_than_the_one_sold_needs_somebody_s_word() -> None:
    verdict = judged(case(serial=SerialCheck.OTHER))

    assert isinstance(verdict, NeedsOverride)
    assert verdict.ground.why is Why.OTHER_PIECE


CHRISTMAS = ReturnRule(
    sold_from=date(2026, 11, 1), sold_until=date(2026, 12, 24), open_until=date(2027, 1, 31)
)
ELECTRONICS = ReturnRule(goods=Kinds(departments=frozenset({"hogar"})), window_days=15)


def test_what_was_bought_before_christmas_comes_back_until_the_end_of_january() -> None:
    policy = ReturnPolicy(rules=(ReturnRule(), CHRISTMAS))

    verdict = judged(case(after=80), policy)

    assert isinstance(verdict, Approved)
    assert verdict.until == date(2027, 1, 31)
    early = case(after=9, sold=date(2026, 10, 20), handed_over=date(2026, 10, 20))
    assert isinstance(judged(early, policy), Approved)
    assert isinstance(judged(replace(early, today=date(2026, 11, 20)), policy), NeedsOverride)


def test_a_rule_for_some_goods_goes_before_one_for_all() -> None:
    policy = ReturnPolicy(rules=(ReturnRule(), ELECTRONICS))

    assert isinstance(judged(case(after=15), policy), Approved)
    assert isinstance(judged(case(after=16), policy), NeedsOverride)
    other = case(after=16, line=bought_line(department="libros"))
    assert isinstance(judged(other, policy), Approved)


def test_members_have_longer_and_other_channels_and_countries_their_own() -> None:
    members = ReturnRule(tiers=frozenset({"oro"}), window_days=60)
    abroad = ReturnRule(countries=frozenset({"MX"}), window_days=90)
    web = ReturnRule(channels=frozenset({Channel.WEB}), window_days=45)
    policy = ReturnPolicy(rules=(ReturnRule(), members, abroad, web))

    assert isinstance(judged(case(after=50), policy), NeedsOverride)
    assert isinstance(judged(case(after=50, tiers=frozenset({"oro"})), policy), Approved)
    assert isinstance(judged(case(after=50, country="MX"), policy), Approved)
    assert isinstance(judged(case(after=44, channel=Channel.WEB), policy), Approved)


def test_without_a_receipt_somebody_must_allow_it_and_what_is_not_ours_is_refused() -> None:
    asked = judge_without_receipt(case(), ReturnPolicy())
    barred = judge_without_receipt(case(), ReturnPolicy(categories=(OWN_NAME,)))

    assert isinstance(asked, NeedsOverride)
    assert asked.capability is Capability.RETURN_WITHOUT_RECEIPT
    assert isinstance(barred, NeedsOverride)
    assert barred.ground.why is Why.NOT_RETURNABLE
    other = judge_without_receipt(case(condition=Condition.NOT_OURS), ReturnPolicy())
    assert isinstance(other, Refused)


@given(st.integers(0, 400_00))
def test_cash_up_to_the_limit_nobody_is_asked(minor: int) -> None:
    verdict = judge_cash(ReturnPolicy(), eur(minor))

    assert isinstance(verdict, Approved) == (minor <= 200_00)
    assert isinstance(judge_cash(IMPORT_POLICY, eur(minor)), Approved)


@given(st.integers(0, 60_00), st.integers(0, 60_00), st.integers(0, 600_00))
def test_without_a_receipt_no_customer_and_no_shop_gets_beyond_its_day(
    minor: int, customer: int, shop: int
) -> None:
    verdict = judge_no_receipt_amount(
        ReturnPolicy(), eur(minor), customer_today=eur(customer), shop_today=eur(shop)
    )

    is_within = customer + minor <= 50_00 and shop + minor <= 500_00
    assert isinstance(verdict, NeedsOverride) == is_within
    assert isinstance(verdict, Refused) == (not is_within)


@given(st.integers(0, 150_00), st.integers(0, 400_00), st.booleans())
def test_an_isolated_till_stays_within_its_budget(
    minor: int, till_today: int, is_known: bool
) -> None:
    verdict = judge_offline(
        ReturnPolicy(), eur(minor), till_today=eur(till_today), is_known=is_known
    )

    is_within = minor <= 100_00 and till_today + minor <= 300_00
    assert isinstance(verdict, Refused) == (not is_within)
    assert isinstance(verdict, Approved) == (is_within and is_known)
    if isinstance(verdict, Refused):
        ticket = verdict.ground.why is Why.OFFLINE_TICKET_LIMIT
        assert verdict.ground.limit == eur(100_00 if ticket else 300_00)


@pytest.mark.parametrize(
    ("role", "alone"), [(Role.CASHIER, 10_00), (Role.SHIFT_LEAD, 30_00), (Role.MANAGER, 150_00)]
)
def test_goodwill_is_given_within_the_budget_of_the_role(role: Role, alone: int) -> None:
    able = DEFAULT_PERMISSIONS[role].capabilities

    within = judge_goodwill(ReturnPolicy(), eur(alone), able)
    above = judge_goodwill(ReturnPolicy(), eur(alone + 1), able)

    assert isinstance(within, Approved)
    assert isinstance(above, Refused if role is Role.MANAGER else NeedsOverride)
    assert above.ground.limit == eur(alone)


def test_whom_a_cashier_asks_for_goodwill_can_give_it() -> None:
    able = DEFAULT_PERMISSIONS[Role.CASHIER].capabilities

    asked = {minor: judge_goodwill(ReturnPolicy(), eur(minor), able) for minor in (20_00, 100_00)}

    assert [verdict.capability for verdict in asked.values()] == [  # type: ignore[union-attr]
        Capability.GOODWILL_RAISED,
        Capability.GOODWILL_HIGH,
    ]


@pytest.mark.parametrize(
    ("condition", "bin_of"),
    [
        (Condition.SEALED, Disposition.RESTOCK),
        (Condition.FAULTY, Disposition.QUARANTINE),
        (Condition.USED, Disposition.QUARANTINE),
    ],
)
def test_goods_go_where_their_condition_sends_them(
    condition: Condition, bin_of: Disposition
) -> None:
    policy = ReturnPolicy(
        department_dispositions={("ropa", Condition.OPENED): Disposition.DESTROY}
    )

    assert policy.disposition("hogar", condition) is bin_of
    assert policy.disposition("ropa", Condition.OPENED) is Disposition.DESTROY
    with pytest.raises(KeyError):
        policy.disposition("hogar", Condition.NOT_OURS)


def test_imported_history_is_never_too_late() -> None:
    assert isinstance(judged(case(after=9_000), IMPORT_POLICY, NO_LAW), Approved)
