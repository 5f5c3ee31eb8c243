"""Notes and coins at the drawer."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cash import Denomination, change_in_pieces, quick_notes
from pos.domain.money import Money

EUROS = [
    Denomination(minor, is_note=minor >= 500)
    for minor in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10000, 20000, 50000)
]


def test_eight_euros_are_a_note_and_two_coins() -> None:
    pieces, left = change_in_pieces(Money(8_00, "EUR"), EUROS)

    assert [(p.count, p.denomination.minor) for p in pieces] == [(1, 500), (1, 200), (1, 100)]
    assert not left


@given(st.integers(0, 10**6))
def test_the_pieces_handed_out_are_the_change(minor: int) -> None:
    pieces, left = change_in_pieces(Money(minor, "EUR"), EUROS)

    assert sum(p.minor for p in pieces) + left.minor == minor
    assert left.minor == 0


def test_what_no_coin_can_make_up_is_said() -> None:
    _, left = change_in_pieces(Money(103, "MXN"), [Denomination(50, is_note=False)])

    assert left.minor == 3


@pytest.mark.parametrize(
    ("due", "offered"),
    [
        (52_00, [55_00, 60_00, 70_00, 100_00]),
        (12_30, [15_00, 20_00, 50_00, 100_00]),
        (89_50, [90_00, 100_00, 200_00, 500_00]),
        (500_00, []),
        (0, []),
    ],
)
def test_quick_notes_are_what_customers_hand_over(due: int, offered: list[int]) -> None:
    assert [m.minor for m in quick_notes(Money(due, "EUR"), EUROS)] == offered


@given(st.integers(1, 10**6))
def test_every_quick_note_covers_the_ticket(due: int) -> None:
    assert all(note.minor > due for note in quick_notes(Money(due, "EUR"), EUROS))
