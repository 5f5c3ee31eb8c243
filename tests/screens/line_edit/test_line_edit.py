"""Changing one line of the ticket."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.domain.scan_codes import badge_code
from pos.screens.discount.view import DiscountPanel
from pos.screens.line_edit.view import LineEditPanel
from pos.screens.line_edit.view_model import Editing, LineEditViewModel
from pos.screens.override.view import OverridePanel
from tests.screens.counter_kit import MARTA, OSCAR
from tests.screens.shop_floor import BLANKET, CHOCOLATE, COFFEE, Floor


def begin(floor: Floor) -> LineEditViewModel:
    floor.press(Qt.Key.Key_Return)
    assert isinstance(floor.panel, LineEditPanel)
    return floor.panel.view_model


def test_the_quantity_is_keyed_over_the_one_that_stands_there(floor: Floor) -> None:
    floor.scan(CHOCOLATE)
    begin(floor)

    floor.type("6")
    floor.press(Qt.Key.Key_Return)

    assert floor.lines == [("6", CHOCOLATE.name, "14.94")]
    assert floor.panel is None


def test_one_more_and_one_less_are_recorded_at_once(floor: Floor) -> None:
    floor.scan(CHOCOLATE)
    begin(floor)
    assert isinstance(floor.panel, LineEditPanel)

    floor.panel.value.more.click()
    floor.panel.value.more.click()
    floor.panel.value.less.click()
    floor.panel.value.less.click()
    floor.panel.value.less.click()

    assert floor.lines == [("1", CHOCOLATE.name, "2.49")]
    assert isinstance(floor.panel, LineEditPanel)


def test_half_a_bar_of_chocolate_is_refused(floor: Floor) -> None:
    floor.scan(CHOCOLATE)
    model = begin(floor)

    floor.type("0.5")

    assert model.wrong == "whole pieces, from 1"
    assert not model.can_confirm


def test_a_weighed_line_takes_three_decimals_and_no_more(floor: Floor) -> None:
    floor.scan(COFFEE)
    floor.type("0.4")
    floor.press(Qt.Key.Key_Return)
    model = begin(floor)

    floor.type("0.4125")
    assert model.wrong == "at most 3 decimals"
    floor.press(Qt.Key.Key_Backspace)
    floor.press(Qt.Key.Key_Return)

    assert floor.lines[0][0] == "0.412"


def test_another_price_needs_a_manager_and_keeps_the_reason(floor: Floor) -> None:
    floor.scan(BLANKET)
    model = begin(floor)

    model.edit(Editing.PRICE)
    floor.type("29.90")
    floor.press(Qt.Key.Key_Return)
    assert isinstance(floor.panel, OverridePanel)
    floor.scan(badge_code(MARTA.badge or ""))
    assert isinstance(floor.panel, OverridePanel)
    floor.scan(badge_code(OSCAR.badge or ""))

    assert floor.lines == [("1", BLANKET.name, "29.90")]
    ticket = floor.kit.counter.ticket
    assert ticket is not None
    override = ticket.basket.lines[0].price_override
    assert override is not None
    assert (override.reason, override.approved_by) == ("Shelf label differs", OSCAR.staff_id)
    assert "was €39.90" in floor.sale_page.ticket.lines.rows.rows[0].accent


def test_taking_the_question_back_leads_to_the_price_that_was_keyed(floor: Floor) -> None:
    floor.scan(BLANKET)
    model = begin(floor)
    model.edit(Editing.PRICE)
    floor.type("29.90")
    floor.press(Qt.Key.Key_Return)

    floor.press(Qt.Key.Key_Escape)

    assert isinstance(floor.panel, LineEditPanel)
    assert floor.panel.value.field.text() == "29.90"


def test_a_price_beyond_the_range_is_refused_with_the_range(floor: Floor) -> None:
    floor.scan(BLANKET)
    model = begin(floor)

    model.edit(Editing.PRICE)
    floor.type("99999999")

    assert model.wrong == "from 0 to €10,000.00"


def test_a_note_is_written_on_the_line(floor: Floor) -> None:
    floor.scan(BLANKET)
    begin(floor).note()

    floor.type("Gift for Ana")
    floor.press(Qt.Key.Key_Return)

    assert floor.sale_page.ticket.lines.rows.rows[0].detail.endswith("· Gift for Ana")


def test_voiding_from_the_panel_closes_it(floor: Floor) -> None:
    floor.scan(BLANKET)
    begin(floor)
    assert isinstance(floor.panel, LineEditPanel)

    floor.panel.void.click()

    assert floor.panel is None
    assert floor.sale_page.ticket.lines.rows.rows[0].voided == "VOIDED"


def test_the_discount_is_one_touch_away(floor: Floor) -> None:
    floor.scan(BLANKET)
    begin(floor)
    assert isinstance(floor.panel, LineEditPanel)

    floor.panel.discount.click()

    assert isinstance(floor.panel, DiscountPanel)
