"""Closing the shift with a blind count."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from pos.domain.printing import PrintKind
from pos.domain.quantity import THOUSAND
from pos.domain.return_purchase import Means
from pos.screens.close_shift.view import CloseShiftPage
from pos.screens.close_shift.view_model import CloseShiftViewModel, Step
from pos.screens.navigator import Screen
from pos.widgets.text import Text
from tests.builders import eur
from tests.screens.counter_kit import Kit
from tests.services.return_things import draft, taken_back, untouched

# The shift of the kit opens with a float of five notes of 20.
EXPECTED_PIECES = {20_00: 5}


def entered(kit: Kit) -> CloseShiftViewModel:
    model = CloseShiftViewModel(kit.counter, kit.navigator, kit.navigator)
    kit.navigator.go(Screen.CLOSE_SHIFT)
    model.entered()
    return model


def count(model: CloseShiftViewModel, pieces: dict[int, int]) -> None:
    """Count these pieces, none of the others, and hand the count in."""
    for index, piece in enumerate(model.pieces):
        model.go_to(index)
        while model.typed(piece):
            model.erase()
        model.press(str(pieces.get(piece.minor, 0)))
    model.submit()


def words_on(page: QWidget) -> str:
    return " ".join(text.text() for text in page.findChildren(Text) if text.isVisible())


def test_nothing_on_the_page_tells_what_is_expected_before_the_count(kit: Kit) -> None:
    kit.sold(33_33)
    page = CloseShiftPage(CloseShiftViewModel(kit.counter, kit.navigator))
    kit.show(Screen.CLOSE_SHIFT, page)

    assert "133.33" not in words_on(page)
    assert "33.33" not in words_on(page)


def test_enter_walks_down_the_notes_then_the_coins_and_an_empty_one_is_none(kit: Kit) -> None:
    page = CloseShiftPage(CloseShiftViewModel(kit.counter, kit.navigator))
    kit.show(Screen.CLOSE_SHIFT, page)

    QTest.keyClicks(page, "2")
    QTest.keyClick(page, Qt.Key.Key_Return)
    QTest.keyClick(page, Qt.Key.Key_Return)

    model = page.view_model
    assert model.counted == eur(1_000_00)
    assert [row.count for row in page.notes.rows[:3]] == ["2", "0", ""]
    assert model.missing == len(model.pieces) - 2
    assert not page.keypad.closing.isEnabled()


def test_a_count_that_agrees_closes_the_shift_prints_the_z_and_leads_to_the_sign_in(
    kit: Kit,
) -> None:
    kit.sold(20_00)
    model = entered(kit)

    count(model, {20_00: 6})
    agreed = model.difference
    model.next()
    closed = model.step
    model.next()

    assert agreed == eur(0)
    assert closed is Step.CLOSED
    assert [job.kind for job in kit.devices.printing.submitted] == [PrintKind.Z_REPORT]
    assert kit.navigator.current is Screen.SIGN_IN
    assert kit.counter.signed_on is None
    with kit.store.reading() as records:
        assert records.sessions.current() is None


def test_a_difference_is_told_in_words_and_wants_a_reason(kit: Kit) -> None:
    page = CloseShiftPage(CloseShiftViewModel(kit.counter, kit.navigator))
    kit.show(Screen.CLOSE_SHIFT, page)
    model = page.view_model

    count(model, {20_00: 4})
    page.result.closing.click()
    still_open = model.step is Step.COUNTED
    page.result.reasons[0].click()
    page.result.closing.click()

    assert model.difference == eur(-20_00)
    assert still_open
    assert model.step is Step.CLOSED


def test_short_and_over_are_not_the_same_words(kit: Kit) -> None:
    page = CloseShiftPage(CloseShiftViewModel(kit.counter, kit.navigator))
    kit.show(Screen.CLOSE_SHIFT, page)

    count(page.view_model, {20_00: 4})
    short = page.result.said.text()
    page.view_model.recount()
    count(page.view_model, {20_00: 6})

    assert short == "Cash is short by"
    assert page.result.said.text() == "There is too much cash"
    assert page.result.amount.text() == "€20.00"


def test_it_may_be_recounted_once_and_no_more(kit: Kit) -> None:
    model = entered(kit)

    count(model, {20_00: 4})
    model.recount()
    count(model, {20_00: 5})
    model.recount()

    assert model.difference == eur(0)
    assert model.step is Step.COUNTED
    assert not model.may_recount


def test_a_count_that_was_handed_in_is_taken_up_where_it_was_left(kit: Kit) -> None:
    model = entered(kit)
    count(model, {20_00: 4})

    model.back()
    again = entered(kit)

    assert again.step is Step.COUNTED
    assert again.difference == eur(-20_00)
    assert again.may_recount


def test_a_ticket_at_the_counter_keeps_the_shift_open_and_says_so(kit: Kit) -> None:
    model = entered(kit)
    count(model, EXPECTED_PIECES)
    kit.sell(5_00)

    model.next()

    assert model.step is Step.COUNTED
    assert "ticket" in model.refusal
    assert kit.counter.sign_on.session is not None


def test_the_totals_follow_notes_and_coins(kit: Kit) -> None:
    model = entered(kit)
    model.go_to(3)
    model.press("4")
    model.go_to(len(model.notes))
    model.press("23")

    assert (model.in_notes, model.in_coins, model.counted) == (
        eur(200_00), eur(46_00), eur(246_00)
    )  # fmt: skip


def test_cash_given_back_is_not_expected_in_the_drawer_and_the_returns_are_said(
    kit: Kit,
) -> None:
    kit.sold(20_00)
    sign_on = kit.counter.sign_on
    with kit.store.reading() as records:
        (sale,) = records.sales.recent(1)
    taken_back(sign_on, draft(sign_on, untouched(sale), (1, THOUSAND), means=Means.CASH))
    kit.sold(40_00)
    page = CloseShiftPage(CloseShiftViewModel(kit.counter, kit.navigator, kit.navigator))
    kit.show(Screen.CLOSE_SHIFT, page)
    model = page.view_model
    model.entered()

    count(model, {20_00: 7})
    agreed = model.difference
    model.next()

    assert agreed == eur(0)
    assert model.step is Step.CLOSED
    assert "Returns: 1 −€20.00" in words_on(page)
    assert "€60.00" in words_on(page)
