"""What the law of each country lets a customer bring back, and until when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.country import load_country
from pos.domain.promotion import Channel
from pos.domain.return_law import (
    NO_LAW,
    guarantee_of,
    last_day,
    read_return_law,
    withdrawal_of,
    years_later,
)
from pos.domain.return_verdict import Approved, Basis, Remedy
from pos.domain.return_words import Condition, Reason

HANDED_OVER = date(2026, 11, 14)  # a Saturday


def withdrawal(
    country: str = "ES",
    *,
    after: int = 7,
    channel: Channel = Channel.WEB,
    category: str = "",
    condition: Condition = Condition.OPENED,
    handed_over: date | None = HANDED_OVER,
) -> Approved | None:
    return withdrawal_of(
        load_country(country).return_law,
        channel=channel,
        category=category,
        condition=condition,
        handed_over=handed_over,
        today=HANDED_OVER + timedelta(days=after),
    )


def guarantee(country: str = "ES", *, today: date, reason: Reason = Reason.FAULTY) -> object:
    law = load_country(country).return_law
    return guarantee_of(law, reason=reason, handed_over=HANDED_OVER, today=today)


@pytest.mark.parametrize("country", ["ES", "GB"])
@pytest.mark.parametrize(("after", "left"), [(0, 14), (7, 7), (14, 0)])
def test_a_distance_purchase_can_be_given_back_for_fourteen_days(
    country: str, after: int, left: int
) -> None:
    right = withdrawal(country, after=after)

    assert right is not None
    assert (right.basis, right.days_left) == (Basis.WITHDRAWAL, left)
    assert right.until == date(2026, 11, 28)
    assert right.source
    assert withdrawal(country, after=15) is None


def test_what_was_bought_in_the_shop_is_no_distance_purchase() -> None:
    assert withdrawal(channel=Channel.SHOP) is None


def test_while_the_handover_is_not_known_the_days_have_not_begun() -> None:
    right = withdrawal(after=100, handed_over=None)

    assert right is not None
    assert right.days_left == 14


@pytest.mark.parametrize("category", ["personalised", "perishable", "press"])
@pytest.mark.parametrize("condition", [Condition.SEALED, Condition.OPENED])
def test_goods_made_for_one_customer_and_such_are_excepted(
    category: str, condition: Condition
) -> None:
    assert withdrawal(category=category, condition=condition) is None


@pytest.mark.parametrize("category", ["hygiene", "recording"])
def test_sealed_goods_are_excepted_once_the_seal_is_broken(category: str) -> None:
    assert withdrawal(category=category, condition=Condition.SEALED) is not None
    assert withdrawal(category=category, condition=Condition.OPENED) is None


@pytest.mark.parametrize(
    ("condition", "may"),
    [(Condition.SEALED, False), (Condition.OPENED, False), (Condition.USED, True)],
)
def test_who_used_the_goods_answers_for_the_wear(condition: Condition, may: bool) -> None:
    right = withdrawal(condition=condition)

    assert right is not None
    assert right.may_deduct == may


def test_mexico_gives_five_working_days_from_the_delivery() -> None:
    right = withdrawal("MX", after=6)

    assert right is not None
    assert right.until == date(2026, 11, 20)  # Monday to Friday of the week after
    assert withdrawal("MX", after=7) is None


@pytest.mark.parametrize(
    ("country", "last"),
    [("ES", date(2029, 11, 14)), ("GB", date(2032, 11, 14)), ("MX", date(2027, 2, 12))],
)
def test_the_guarantee_holds_to_its_last_day(country: str, last: date) -> None:
    assert isinstance(guarantee(country, today=last), Approved)
    assert guarantee(country, today=last + timedelta(days=1)) is None


@pytest.mark.parametrize("reason", [Reason.SIZE, Reason.DISLIKED, Reason.OTHER])
def test_the_guarantee_is_for_goods_that_are_not_as_sold(reason: Reason) -> None:
    assert guarantee(today=HANDED_OVER, reason=reason) is None


def test_the_same_again_or_a_repair_is_offered_before_money() -> None:
    right = guarantee(today=date(2028, 1, 1))

    assert isinstance(right, Approved)
    assert right.offer_first == (Remedy.REPLACEMENT, Remedy.REPAIR)


def test_in_britain_goods_can_be_rejected_at_once_for_thirty_days() -> None:
    early = guarantee("GB", today=HANDED_OVER + timedelta(days=30))
    late = guarantee("GB", today=HANDED_OVER + timedelta(days=31))

    assert isinstance(early, Approved)
    assert isinstance(late, Approved)
    assert (early.offer_first, bool(late.offer_first)) == ((), True)


def test_every_rule_names_its_source() -> None:
    for country in ("ES", "MX", "GB"):
        law = load_country(country).return_law
        assert law.withdrawal is not None
        assert law.guarantee is not None
        assert law.withdrawal.source
        assert law.guarantee.source
        assert all(one.source for one in law.withdrawal.exceptions)


def test_a_country_without_such_a_law_gives_no_right() -> None:
    assert read_return_law({}) == NO_LAW
    assert guarantee_of(
        NO_LAW, reason=Reason.FAULTY, handed_over=HANDED_OVER, today=HANDED_OVER
    ) is None  # fmt: skip


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(1, 60))
def test_so_many_working_days_later_is_a_working_day_with_so_many_between(
    since: date, days: int
) -> None:
    until = last_day(since, days, working=True)

    between = [since + timedelta(days=n) for n in range(1, (until - since).days + 1)]
    assert sum(day.weekday() < 5 for day in between) == days
    assert until.weekday() < 5


def test_three_years_after_a_leap_day_is_the_end_of_february() -> None:
    assert years_later(date(2028, 2, 29), 3) == date(2031, 2, 28)
