"""Every unit of a purchase comes back once, for what was paid for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.quantity import THOUSAND, QuantityNotPossible, Unit
from pos.domain.refund import RefundEvent, RefundState
from pos.domain.return_ledger import (
    Ledger,
    MoreThanReturnable,
    Returned,
    ReturnedLine,
    SerialCheck,
    ledger_of,
    with_refund,
)
from pos.domain.return_purchase import Means, PaidBy, Purchase
from tests.builders import eur
from tests.return_builders import after_return, bought_line, came_back, paid_out, purchase

THREE_FOR_TWO = purchase(bought_line(1, 3, 6_65))  # three at 3.325 each: no cent divides it


@st.composite
def purchases(draw: st.DrawFn) -> Purchase:
    pieces = draw(st.lists(st.tuples(st.integers(1, 6), st.integers(0, 99_99)), min_size=1))
    lines = (bought_line(at, *each) for at, each in enumerate(pieces[:5], 1))
    return purchase(*lines)


@st.composite
def orders_of_return(draw: st.DrawFn) -> tuple[Purchase, list[tuple[int, int]]]:
    """Every piece of a purchase, in some order."""
    bought = draw(purchases())
    each = [
        (line.number, THOUSAND) for line in bought.lines for _ in range(line.quantity // THOUSAND)
    ]
    return bought, draw(st.permutations(each))


@given(orders_of_return())
def test_pieces_in_every_order_are_worth_what_was_paid_for_all(
    case: tuple[Purchase, list[tuple[int, int]]],
) -> None:
    bought, pieces = case
    ledger = ledger_of(bought, ())

    for piece in pieces:
        ledger = after_return(ledger, piece)

    assert [row.value_returned for row in ledger.lines] == [line.net for line in bought.lines]
    assert all(row.returnable == row.excess == 0 for row in ledger.lines)
    assert ledger.refundable == ledger.overpaid == eur(0)


@given(orders_of_return(), st.data())
def test_what_came_back_never_passes_what_was_sold_or_paid(
    case: tuple[Purchase, list[tuple[int, int]]], data: st.DataObject
) -> None:
    bought, pieces = case
    ledger = ledger_of(bought, ())

    for piece in pieces[: data.draw(st.integers(0, len(pieces)))]:
        ledger = after_return(ledger, piece)
        for row in ledger.lines:
            assert 0 <= row.returned <= row.line.quantity
            assert 0 <= row.value_returned.minor <= row.line.net.minor
            assert row.value_left.minor == row.line.net.minor - row.value_returned.minor
        assert all(ledger.refunded_to(part) <= part.amount for part in bought.paid)
        assert not ledger.excess
        assert not ledger.tenders_overpaid


@given(st.integers(1, 40), st.integers(0, 99_99), st.data())
def test_parts_of_any_size_are_worth_the_same_as_piece_by_piece(
    pieces: int, net: int, data: st.DataObject
) -> None:
    ledger = ledger_of(purchase(bought_line(1, pieces, net)), ())
    first = data.draw(st.integers(1, pieces))

    at_once = ledger.line(1).value_of(first * THOUSAND)
    one_by_one = ledger
    for _ in range(first):
        one_by_one = after_return(one_by_one, (1, THOUSAND))

    assert one_by_one.line(1).value_returned == at_once


@given(st.permutations(range(3)))
def test_a_three_for_two_comes_back_to_the_cent_whoever_brings_which_piece(
    order: list[int],
) -> None:
    values, ledger = [], ledger_of(THREE_FOR_TWO, ())
    for _ in order:
        values.append(ledger.line(1).value_of(THOUSAND))
        ledger = after_return(ledger, (1, THOUSAND))

    assert [value.minor for value in values] == [2_22, 2_21, 2_22]


@given(orders_of_return(), st.data())
def test_it_does_not_matter_in_which_order_returns_are_heard_of_nor_how_often(
    case: tuple[Purchase, list[tuple[int, int]]], data: st.DataObject
) -> None:
    bought, pieces = case
    ledger = ledger_of(bought, ())
    for piece in pieces:
        ledger = after_return(ledger, piece)
    heard = data.draw(st.permutations([*ledger.returns, *ledger.returns]))

    assert ledger_of(bought, heard) == ledger


def test_what_two_dark_shops_valued_alike_still_comes_to_the_whole() -> None:
    bought = purchase(bought_line(1, 3, 2_00))
    alone = ledger_of(bought, ())
    both = [came_back(alone, (1, THOUSAND), shop=shop) for shop in ("FUEN", "GOYA")]

    ledger = ledger_of(bought, both)

    assert ledger.line(1).value_returned == eur(1_34)
    assert ledger.line(1).value_of(THOUSAND) == eur(66)
    assert ledger.line(1).by_shop == (("FUEN", 1000), ("GOYA", 1000))


def test_the_same_piece_taken_back_in_two_dark_shops_is_told_and_not_hidden() -> None:
    bought = purchase(bought_line(1, 1, 9_99), bought_line(2, 1, 5_00))
    alone = ledger_of(bought, ())
    both = [came_back(alone, (1, THOUSAND), shop=shop) for shop in ("FUEN", "GOYA")]

    ledger = ledger_of(bought, both)

    assert [(row.line.number, row.excess) for row in ledger.excess] == [(1, 1000)]
    assert ledger.overpaid == eur(4_99)
    assert [part.means for part in ledger.tenders_overpaid] == [Means.CASH]
    assert ledger.refundable == ledger.refundable_to(bought.paid[0]) == eur(0)


def test_a_line_that_was_free_comes_back_for_nothing() -> None:
    ledger = ledger_of(purchase(bought_line(1, 2, 0)), ())

    assert ledger.line(1).value_of(THOUSAND) == eur(0)
    assert after_return(ledger, (1, 2 * THOUSAND)).line(1).returnable == 0


@pytest.mark.parametrize(
    ("quantity", "error"),
    [(0, QuantityNotPossible), (-1000, QuantityNotPossible), (500, QuantityNotPossible),
     (4000, MoreThanReturnable)],
)  # fmt: skip
def test_nothing_half_pieces_and_more_than_is_left_cannot_come_back(
    quantity: int, error: type[ValueError]
) -> None:
    with pytest.raises(error):
        ledger_of(THREE_FOR_TWO, ()).line(1).value_of(quantity)


def test_part_of_what_was_weighed_can_come_back() -> None:
    line = bought_line(1, net=1_65, quantity=412, unit=Unit.KILOGRAM)
    ledger = after_return(ledger_of(purchase(line), ()), (1, 100))

    assert ledger.line(1).value_returned == eur(40)
    assert ledger.line(1).value_of(312) == eur(1_25)


def test_what_was_kept_for_wear_is_not_paid_for_the_next_piece() -> None:
    ledger = ledger_of(purchase(bought_line(1, 2, 20_00)), ())
    worn = ReturnedLine(1, THOUSAND, eur(10_00), eur(4_00))

    after = ledger_of(ledger.purchase, [replace(came_back(ledger), lines=(worn,))])

    assert after.returns[0].due == eur(6_00)
    assert after.line(1).value_of(THOUSAND) == eur(10_00)


def _paid_two_ways() -> Purchase:
    paid = (PaidBy(Means.CARD, eur(30_00), "c-1"), PaidBy(Means.CASH, eur(20_00)))
    return purchase(bought_line(1, 5, 50_00), paid=paid)


def test_each_tender_gets_back_no_more_than_it_paid_nor_than_is_left() -> None:
    bought = _paid_two_ways()
    ledger = ledger_of(bought, ())
    card, cash = bought.paid
    out = (paid_out(eur(30_00), Means.CARD, reference="c-1"), paid_out(eur(5_00), Means.GIFT_CARD))
    returned = came_back(ledger, (1, 4 * THOUSAND), paid_out=out, goodwill=eur(2_00))

    after = ledger_of(bought, [returned])

    assert after.refundable == eur(8_00)
    assert after.refundable_to(card) == eur(0)
    assert after.refundable_to(cash) == eur(8_00)


def test_a_refund_that_failed_is_owed_and_one_in_doubt_is_not() -> None:
    ledger = ledger_of(_paid_two_ways(), ())
    out = paid_out(eur(10_00), Means.CARD, reference="c-1", state=RefundState.REQUESTED)
    returned = came_back(ledger, (1, THOUSAND), paid_out=(out,))

    doubtful = with_refund(returned, out.refund_id, RefundEvent.ANSWER_LOST)
    failed = with_refund(doubtful, out.refund_id, RefundEvent.REFUSAL)

    card = ledger.purchase.paid[0]
    assert (doubtful.owed, failed.owed) == (eur(0), eur(10_00))
    assert ledger_of(ledger.purchase, [doubtful]).refundable_to(card) == eur(20_00)
    kept = ledger_of(ledger.purchase, [failed])
    assert (kept.refunded_to(card), kept.refundable_to(card)) == (eur(0), eur(20_00))
    with pytest.raises(KeyError):
        with_refund(returned, "another", RefundEvent.REFUSAL)


def test_returns_of_other_purchases_do_not_count() -> None:
    ledger = ledger_of(purchase(), ())
    other: Returned = replace(came_back(ledger, (1, THOUSAND)), purchase="another")

    assert ledger_of(ledger.purchase, [other]).returns == ()


def test_delivery_is_given_back_once() -> None:
    bought = purchase(bought_line(1, 2, 20_00), delivery=eur(4_95))
    ledger = ledger_of(bought, ())

    after = ledger_of(bought, [came_back(ledger, (1, 2 * THOUSAND), delivery=eur(4_95))])

    assert (ledger.delivery_left, after.delivery_left) == (eur(4_95), eur(0))
    assert after.refundable == eur(0)


def test_everything_is_back_when_nothing_is_left_of_any_line() -> None:
    ledger: Ledger = ledger_of(purchase(bought_line(1, 2), bought_line(2, 1)), ())

    assert not ledger.takes_everything([(1, 2 * THOUSAND)])
    assert after_return(ledger, (1, THOUSAND)).takes_everything([(1, THOUSAND), (2, THOUSAND)])


def test_the_piece_on_the_counter_is_one_of_those_sold() -> None:
    bought = purchase(bought_line(1, 2, serials=("A", "B")), bought_line(2, 1))
    ledger = ledger_of(bought, ())
    back = ReturnedLine(1, THOUSAND, eur(5_00), eur(0), ("A",))

    row = ledger_of(bought, [replace(came_back(ledger), lines=(back,))]).line(1)

    assert row.check_serial("B") is SerialCheck.FITS
    assert row.check_serial("A") is SerialCheck.RETURNED_BEFORE
    assert row.check_serial("C") is SerialCheck.OTHER
    assert ledger.line(2).check_serial("C") is SerialCheck.NOT_RECORDED
