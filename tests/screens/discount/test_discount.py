"""Giving discounts at the counter."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.domain.basket import DiscountKind
from pos.domain.money import Money
from pos.domain.scan_codes import badge_code
from pos.screens.discount.view import DiscountPanel
from pos.screens.discount.view_model import DiscountViewModel
from pos.screens.override.view import OverridePanel
from tests.screens.conftest import OpenFloor
from tests.screens.counter_kit import MARTA, OSCAR
from tests.screens.shop_floor import BLANKET, CANDLE, Floor


def begin(floor: Floor) -> DiscountViewModel:
    floor.press(Qt.Key.Key_F7)
    assert isinstance(floor.panel, DiscountPanel)
    return floor.panel.view_model


def test_a_manager_gives_a_discount_on_a_line(open_till: OpenFloor) -> None:
    floor = open_till(operator=OSCAR)
    floor.scan(BLANKET)

    model = begin(floor)
    floor.type("10")
    model.choose_reason("Visible defect")
    floor.press(Qt.Key.Key_Return)

    row = floor.sale_page.ticket.lines.rows.rows[0]
    assert row.amount == "35.91"
    assert row.accent == "Discount 10% −€3.99 · visible defect"
    assert floor.panel is None


def test_a_discount_without_a_reason_is_not_given(open_till: OpenFloor) -> None:
    floor = open_till(operator=OSCAR)
    floor.scan(BLANKET)

    model = begin(floor)
    floor.type("10")
    floor.press(Qt.Key.Key_Return)

    assert model.missing == "choose a reason"
    assert isinstance(floor.panel, DiscountPanel)


def test_a_cashiers_discount_needs_somebody_and_both_are_kept(floor: Floor) -> None:
    floor.scan(BLANKET)

    model = begin(floor)
    floor.type("15")
    model.choose_reason("Match the web")
    floor.press(Qt.Key.Key_Return)
    assert isinstance(floor.panel, OverridePanel)
    assert floor.panel.view_model.request.title == f"Discount of 15% on {BLANKET.name}"
    floor.scan(badge_code(MARTA.badge or ""))

    ticket = floor.kit.counter.ticket
    assert ticket is not None
    discount = ticket.basket.lines[0].discount
    assert discount is not None
    assert (discount.value, discount.reason) == (15_00, "Match the web")
    assert discount.approved_by == MARTA.staff_id


def test_taking_the_question_back_leads_to_the_discount_again(floor: Floor) -> None:
    floor.scan(BLANKET)
    model = begin(floor)
    floor.type("15")
    model.choose_reason("Match the web")
    floor.press(Qt.Key.Key_Return)

    floor.press(Qt.Key.Key_Escape)

    assert isinstance(floor.panel, DiscountPanel)
    assert floor.panel.view_model.text == "15"
    assert floor.panel.value.field.text() == "15"


def test_taking_the_question_back_keeps_an_amount_too(floor: Floor) -> None:
    floor.scan(BLANKET)
    model = begin(floor)
    model.count_as(DiscountKind.AMOUNT)
    floor.type("3.99")
    model.choose_reason("Match the web")
    floor.press(Qt.Key.Key_Return)

    floor.press(Qt.Key.Key_Escape)

    assert isinstance(floor.panel, DiscountPanel)
    assert floor.panel.value.field.text() == "3.99"
    assert model.taken_off == Money(399, "EUR")


def test_the_first_key_after_taking_the_question_back_begins_another_value(floor: Floor) -> None:
    floor.scan(BLANKET)
    model = begin(floor)
    floor.type("15")
    model.choose_reason("Match the web")
    floor.press(Qt.Key.Key_Return)
    floor.press(Qt.Key.Key_Escape)

    floor.type("10")

    assert model.text == "10"


def test_an_amount_on_the_whole_ticket_is_a_row_of_its_own(open_till: OpenFloor) -> None:
    floor = open_till(operator=OSCAR)
    floor.scan(BLANKET)
    floor.scan(CANDLE)

    model = begin(floor)
    model.on_whole_ticket(True)
    model.count_as(DiscountKind.AMOUNT)
    floor.type("5")
    model.choose_reason("After a complaint")
    floor.press(Qt.Key.Key_Return)

    assert floor.lines[-1] == ("", "Discount on the ticket", "−5.00")
    assert floor.sale_page.keypad.closing.content.amount == "€49.40"


def test_more_than_it_costs_is_refused_with_the_largest(open_till: OpenFloor) -> None:
    floor = open_till(operator=OSCAR)
    floor.scan(BLANKET)

    model = begin(floor)
    floor.type("101")
    assert model.wrong == "at most 100%"
    model.count_as(DiscountKind.AMOUNT)
    floor.type("39.91")

    assert model.wrong == "at most €39.90"
    assert model.taken_off is None


def test_a_discount_is_taken_back(open_till: OpenFloor) -> None:
    floor = open_till(operator=OSCAR)
    floor.scan(BLANKET)
    model = begin(floor)
    floor.type("10")
    model.choose_reason("Visible defect")
    floor.press(Qt.Key.Key_Return)

    begin(floor).remove()

    assert floor.lines == [("1", BLANKET.name, "39.90")]


def test_an_empty_ticket_has_nothing_to_discount(floor: Floor) -> None:
    floor.press(Qt.Key.Key_F7)

    assert floor.panel is None
    assert floor.entry == "The ticket is empty"
