"""Amounts as they are typed at the counter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.screens.amount_entry import AmountEntry
from tests.builders import eur


def typed(signs: str, currency: str = "EUR") -> AmountEntry:
    entry = AmountEntry(currency)
    for sign in signs:
        entry.press(sign)
    return entry


@pytest.mark.parametrize(
    ("signs", "minor", "shown"),
    [
        ("", 0, ""),
        ("6", 6_00, "€6"),
        ("60", 60_00, "€60"),
        ("60,", 60_00, "60."),
        ("60,5", 60_50, "60.5"),
        ("60.50", 60_50, "€60.50"),
        (",05", 5, "€0.05"),
        ("007", 7_00, "€7"),
    ],
)
def test_what_is_typed_is_shown_as_far_as_it_goes(signs: str, minor: int, shown: str) -> None:
    entry = typed(signs)

    assert entry.amount == eur(minor)
    assert entry.shown == shown


def test_a_third_decimal_and_a_second_sign_are_refused_and_change_nothing() -> None:
    entry = typed("60,50")

    assert not entry.press("1")
    assert not entry.press(",")
    assert not entry.press("x")
    assert entry.amount == eur(60_50)


def test_a_double_zero_is_taken_whole_or_not_at_all() -> None:
    entry = typed("1,5")

    assert not entry.press("00")
    assert entry.amount == eur(1_50)


@given(minor=st.integers(1, 9_999_999_99))
def test_an_amount_put_in_is_the_amount_that_comes_out(minor: int) -> None:
    entry = AmountEntry("EUR")

    entry.set(eur(minor))

    assert entry.amount == eur(minor)


@given(signs=st.text("0123456789,.", max_size=20), erased=st.integers(0, 20))
def test_whatever_is_typed_and_erased_is_an_amount_within_reach(signs: str, erased: int) -> None:
    entry = typed(signs)

    for _ in range(erased):
        entry.erase()

    assert 0 <= entry.amount.minor < 10_000_000_00
