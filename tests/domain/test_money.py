"""Money: whole minor units, split without losing a cent."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import CurrencyMismatch, Money, divide_half_up, total

amounts = st.integers(-(10**12), 10**12)
weights = st.lists(st.integers(0, 10**6), min_size=1, max_size=40).filter(any)


@given(minor=amounts, shares=weights)
def test_a_split_amount_adds_up_to_itself(minor: int, shares: list[int]) -> None:
    parts = Money(minor, "EUR").allocate(shares)

    assert total(parts, "EUR") == Money(minor, "EUR")


@given(shares=weights, data=st.data())
def test_no_share_of_a_discount_exceeds_its_line(shares: list[int], data: st.DataObject) -> None:
    minor = data.draw(st.integers(0, sum(shares)))

    parts = Money(minor, "EUR").allocate(shares)

    assert all(0 <= part.minor <= weight for part, weight in zip(parts, shares, strict=True))


@given(minor=amounts, shares=weights)
def test_a_refund_is_split_as_the_mirror_of_the_sale(minor: int, shares: list[int]) -> None:
    sold = Money(minor, "EUR").allocate(shares)

    assert Money(-minor, "EUR").allocate(shares) == [-part for part in sold]


def test_the_cents_left_over_go_to_the_largest_remainders_first() -> None:
    parts = Money(100, "EUR").allocate([1, 1, 1])

    assert [part.minor for part in parts] == [34, 33, 33]


@pytest.mark.parametrize("shares", [[0, 0], [], [3, -1]])
def test_nothing_can_carry_an_amount(shares: list[int]) -> None:
    with pytest.raises(ValueError, match="cannot allocate"):
        Money(5, "EUR").allocate(shares)


def test_nothing_is_split_over_nothing() -> None:
    assert Money(0, "EUR").allocate([0, 0]) == [Money(0, "EUR")] * 2


@pytest.mark.parametrize(
    ("numerator", "denominator", "rounded"),
    [(1, 2, 1), (-1, 2, -1), (3, 2, 2), (149, 100, 1), (150, 100, 2), (-149, 100, -1), (0, 7, 0)],
)
def test_halves_are_rounded_away_from_zero(numerator: int, denominator: int, rounded: int) -> None:
    assert divide_half_up(numerator, denominator) == rounded


def test_dividing_by_nothing_is_a_bug() -> None:
    with pytest.raises(ValueError, match="denominator"):
        divide_half_up(1, 0)


@pytest.mark.parametrize("act", ["__add__", "__sub__", "__lt__", "__le__", "__gt__", "__ge__"])
def test_two_currencies_never_mix(act: str) -> None:
    with pytest.raises(CurrencyMismatch):
        getattr(Money(1, "EUR"), act)(Money(1, "MXN"))


def test_amounts_compare_by_size() -> None:
    one, two, also_one = Money(1, "EUR"), Money(2, "EUR"), Money(1, "EUR")

    assert one < two
    assert one <= also_one
    assert two > one
    assert also_one >= one
    assert not Money(0, "EUR")
