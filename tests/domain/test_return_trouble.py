"""What of a purchase's returns cannot all be right is found, and names who was part of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.domain.quantity import THOUSAND
from pos.domain.return_ledger import Ledger, Returned, ReturnedLine, ledger_of
from pos.domain.return_purchase import Means
from pos.domain.return_trouble import Trouble, returns_in_trouble, troubles_of
from tests.builders import eur
from tests.return_builders import after_return, bought_line, came_back, paid_out, purchase


def _ledger() -> Ledger:
    return ledger_of(purchase(bought_line(1, 2, 20_00), bought_line(2, 1, 5_00)), ())


def test_returns_of_what_was_sold_are_no_trouble() -> None:
    ledger = after_return(_ledger(), (1, THOUSAND))
    ledger = after_return(ledger, (1, THOUSAND), (2, THOUSAND))

    assert troubles_of(ledger) == frozenset()
    assert returns_in_trouble(ledger) == ()


def _unknown_line(ledger: Ledger) -> Returned:
    line = ReturnedLine(9, THOUSAND, eur(1_00), eur(0))
    return came_back(ledger, lines=(line,), paid_out=(paid_out(eur(1_00)),))


def _beyond_its_value(ledger: Ledger) -> Returned:
    line = ReturnedLine(2, THOUSAND, eur(5_01), eur(0))
    return came_back(ledger, lines=(line,), paid_out=(paid_out(eur(5_01)),))


def _too_much_goodwill(ledger: Ledger) -> Returned:
    return came_back(ledger, goodwill=eur(25_01))


def _too_much_out(ledger: Ledger) -> Returned:
    return came_back(ledger, (2, THOUSAND), paid_out=(paid_out(eur(5_01)),))


def _same_piece_twice(ledger: Ledger) -> Returned:
    line = ReturnedLine(1, 2 * THOUSAND, eur(20_00), eur(0), ("A", "A"))
    return came_back(ledger, lines=(line,), paid_out=(paid_out(eur(20_00)),))


def _more_cash_than_was_paid(ledger: Ledger) -> Returned:
    out = (paid_out(eur(25_01)),)
    return came_back(ledger, (1, 2 * THOUSAND), (2, THOUSAND), paid_out=out)


@pytest.mark.parametrize(
    ("wrong", "troubles"),
    [
        (_unknown_line, {Trouble.UNKNOWN_LINE}),
        (_beyond_its_value, {Trouble.MORE_THAN_PAID}),
        (_too_much_goodwill, {Trouble.MORE_THAN_PAID}),
        (_too_much_out, {Trouble.OVER_DUE}),
        (_same_piece_twice, {Trouble.SERIAL_TWICE}),
        (_more_cash_than_was_paid, {Trouble.TENDER_OVERPAID, Trouble.OVER_DUE}),
    ],
)
def test_what_cannot_be_is_found(
    wrong: Callable[[Ledger], Returned], troubles: set[Trouble]
) -> None:
    ledger = _ledger()

    assert troubles_of(ledger_of(ledger.purchase, [wrong(ledger)])) == troubles


def test_a_piece_that_came_back_in_two_shops_names_both_and_nobody_else() -> None:
    alone = _ledger()
    other = came_back(alone, (2, THOUSAND), shop="SOL")
    both = [came_back(alone, (1, 2 * THOUSAND), shop=shop) for shop in ("FUEN", "GOYA")]

    ledger = ledger_of(alone.purchase, [other, *both])

    assert {Trouble.MORE_THAN_SOLD, Trouble.MORE_THAN_PAID} <= troubles_of(ledger)
    assert {one.shop for one in returns_in_trouble(ledger)} == {"FUEN", "GOYA"}


def test_where_only_money_is_wrong_everybody_who_paid_is_named() -> None:
    alone = _ledger()
    paid = came_back(alone, (1, THOUSAND), shop="SOL")
    credit = (paid_out(eur(25_00), Means.STORE_CREDIT),)
    gift = came_back(alone, shop="GOYA", goodwill=eur(25_00), paid_out=credit)
    nothing = replace(came_back(alone), paid_out=())

    ledger = ledger_of(alone.purchase, [paid, gift, nothing])

    assert {one.shop for one in returns_in_trouble(ledger)} == {"SOL", "GOYA"}
