"""What is chosen on the screen becomes the lines of a return, each worth what was paid for it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.quantity import THOUSAND
from pos.domain.return_choices import Choice, chosen_lines, quantities_of
from pos.domain.return_ledger import Ledger, MoreThanReturnable, SerialCheck, ledger_of
from pos.domain.return_policy import ReturnPolicy
from pos.domain.return_words import Condition, Disposition, Reason
from pos.domain.returns import amount_of
from tests.builders import eur
from tests.return_builders import bought_line, came_back, purchase


def choice(line: int = 1, pieces: int = 1, **changes: object) -> Choice:
    made = Choice(line, pieces * THOUSAND, Reason.SIZE, Condition.SEALED)
    return replace(made, **changes)  # type: ignore[arg-type]


def ledger(pieces: int = 3, net: int = 6_65) -> Ledger:
    return ledger_of(purchase(bought_line(1, pieces, net, serials=("A", "B"))), ())


@given(st.integers(1, 9), st.integers(0, 99_99), st.data())
def test_pieces_in_different_states_are_worth_together_what_was_paid(
    pieces: int, net: int, data: st.DataObject
) -> None:
    states = data.draw(st.lists(st.sampled_from([Condition.SEALED, Condition.USED]),
                                min_size=pieces, max_size=pieces))  # fmt: skip

    lines = chosen_lines(
        ledger(pieces, net), [choice(condition=state) for state in states], ReturnPolicy()
    )

    assert amount_of(lines, (), "EUR") == eur(net)
    assert [line.condition for line in lines] == states
    assert [line.number for line in lines] == list(range(1, pieces + 1))


def test_goods_go_where_the_policy_or_somebody_sends_them() -> None:
    lines = chosen_lines(
        ledger(),
        [choice(condition=Condition.FAULTY), choice(disposition=Disposition.DESTROY)],
        ReturnPolicy(),
        first=4,
    )

    assert [line.disposition for line in lines] == [Disposition.QUARANTINE, Disposition.DESTROY]
    assert [line.number for line in lines] == [4, 5]


def test_all_choices_of_a_line_together_are_no_more_than_can_come_back() -> None:
    with pytest.raises(MoreThanReturnable):
        chosen_lines(ledger(), [choice(pieces=2), choice(pieces=2)], ReturnPolicy())
    with pytest.raises(KeyError):
        chosen_lines(ledger(), [choice(condition=Condition.NOT_OURS)], ReturnPolicy())
    with pytest.raises(KeyError):
        chosen_lines(ledger(), [choice(line=7)], ReturnPolicy())


def test_what_is_kept_for_wear_is_not_refunded_and_never_more_than_was_paid() -> None:
    (line,) = chosen_lines(ledger(), [choice(kept=1_00)], ReturnPolicy())

    assert (line.value, line.refund) == (eur(2_22), eur(1_22))
    with pytest.raises(ValueError, match="kept"):
        chosen_lines(ledger(), [choice(kept=2_23)], ReturnPolicy())


def test_after_goodwill_no_more_goes_back_than_is_left_of_what_was_paid() -> None:
    alone = ledger(1, 20_00)
    given_before = replace(came_back(alone), goodwill=eur(5_00))
    after = ledger_of(alone.purchase, [given_before])

    (line,) = chosen_lines(after, [choice()], ReturnPolicy())

    assert (line.value, line.deduction, line.refund) == (eur(20_00), eur(5_00), eur(15_00))


def test_with_the_delivery_no_more_goes_back_than_is_left_of_what_was_paid() -> None:
    bought = purchase(bought_line(1, 1, 20_00), delivery=eur(4_95))
    alone = ledger_of(bought, ())
    after = ledger_of(bought, [came_back(alone, goodwill=eur(5_00))])

    (line,) = chosen_lines(after, [choice()], ReturnPolicy(), beside=after.delivery_left)

    assert line.refund + after.delivery_left == after.refundable


def test_a_choice_says_how_much_of_which_line() -> None:
    assert quantities_of([choice(), choice(2, 3)]) == ((1, THOUSAND), (2, 3 * THOUSAND))


def test_a_piece_that_was_just_put_on_the_counter_is_not_there_a_second_time() -> None:
    row = ledger().line(1).after(THOUSAND, ("A",))

    assert row.check_serial("A") is SerialCheck.RETURNED_BEFORE
    assert row.check_serial("B") is SerialCheck.FITS
