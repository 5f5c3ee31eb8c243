"""A shift: what the drawer must hold, and by how much it is off."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.tender import TenderKind
from pos.domain.till_session import (
    CashCount,
    CashMovement,
    MovementKind,
    SessionFigures,
    SessionReport,
    TillSession,
)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


def movement(kind: MovementKind, minor: int) -> CashMovement:
    return CashMovement("m", "s", kind, eur(minor), "cambio", "lucia", 0)


def report(
    *counts: CashCount, cash: int = 0, moves: tuple[CashMovement, ...] = ()
) -> SessionReport:
    session = TillSession("s", 1, "2026-11-22", 0, "lucia", CashCount("EUR", {50_00: 2}), counts)
    figures = SessionFigures("EUR", tenders={TenderKind.CASH: cash}, movements=moves)
    return SessionReport(session, "X", figures, 0, "Lucía", eur(0), 1, "ab")


def test_the_drawer_must_hold_float_sales_and_movements() -> None:
    moves = (
        movement(MovementKind.PAID_IN, 10_00),
        movement(MovementKind.PAID_OUT, 4_00),
        movement(MovementKind.DROP, 50_00),
    )

    assert report(cash=120_00, moves=moves).expected_cash == eur(176_00)


def test_before_the_count_there_is_no_difference() -> None:
    assert report().counted_cash is None
    assert report().difference is None


def test_short_cash_is_negative_and_the_last_count_decides() -> None:
    first, second = CashCount("EUR", {50_00: 1}), CashCount("EUR", {20_00: 4, 10_00: 1})

    assert report(first, second).difference == eur(-10_00)
    assert not report(first, second).session.may_recount
    assert report(first).session.may_recount


@given(st.dictionaries(st.integers(1, 50_000), st.integers(0, 1_000), max_size=15))
def test_a_count_is_the_sum_of_its_pieces(pieces: dict[int, int]) -> None:
    count = CashCount("EUR", pieces)

    assert count.total.minor == sum(minor * number for minor, number in pieces.items())
    assert count.body() == [[minor, pieces[minor]] for minor in sorted(pieces, reverse=True)]


@pytest.mark.parametrize("pieces", [{0: 1}, {100: -1}])
def test_a_count_that_cannot_be_is_refused(pieces: dict[int, int]) -> None:
    with pytest.raises(ValueError, match="cannot count"):
        CashCount("EUR", pieces)


def test_a_shift_is_open_until_it_is_closed() -> None:
    assert report().session.is_open
