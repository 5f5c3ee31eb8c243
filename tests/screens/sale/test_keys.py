"""Keys, lines and the way to the payment on the sale screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos.domain.staff import Role
from pos.domain.ticket import TicketState
from pos.screens.help.view import HelpPanel
from pos.screens.line_edit.view import LineEditPanel
from pos.screens.menu.view import MenuPanel
from pos.screens.navigator import Screen
from pos.screens.override.view import OverridePanel
from pos.screens.reason.view import ReasonPanel
from pos.screens.search.view import SearchPanel
from tests.screens.conftest import OpenFloor
from tests.screens.counter_kit import OSCAR
from tests.screens.shop_floor import BAG, BLANKET, CHOCOLATE, FREE, OIL, Floor


def test_f10_goes_to_the_payment(floor: Floor) -> None:
    floor.scan(OIL)

    floor.press(Qt.Key.Key_F10)

    assert floor.kit.navigator.current is Screen.PAYMENT
    assert floor.kit.counter.ticket is not None
    assert floor.kit.counter.ticket.state is TicketState.PAYING


def test_plus_goes_to_the_payment_too(floor: Floor) -> None:
    floor.scan(OIL)

    floor.type("+")

    assert floor.kit.navigator.current is Screen.PAYMENT


def test_an_empty_ticket_cannot_be_charged_and_the_key_says_why(floor: Floor) -> None:
    closing = floor.sale_page.keypad.closing

    floor.press(Qt.Key.Key_F10)

    assert not closing.isEnabled()
    assert closing.reason == "empty ticket"
    assert floor.kit.navigator.current is Screen.SALE
    assert floor.entry == "The ticket is empty"


def test_a_ticket_that_costs_nothing_is_recorded_at_once(floor: Floor) -> None:
    floor.scan(FREE)

    floor.press(Qt.Key.Key_F10)

    assert floor.kit.navigator.current is Screen.CHANGE
    assert floor.kit.counter.last_sale is not None
    assert floor.kit.counter.last_sale.total.minor == 0


def test_a_voided_line_stays_struck_and_costs_nothing(floor: Floor) -> None:
    floor.scan(OIL)
    floor.scan(BLANKET)

    floor.press(Qt.Key.Key_Up, Qt.Key.Key_Delete)

    rows = floor.sale_page.ticket.lines.rows.rows
    assert [row.voided for row in rows] == ["VOIDED", ""]
    assert floor.sale_page.keypad.closing.content.amount == "€39.90"
    assert floor.sale.chosen_row == 1


def test_with_every_line_voided_there_is_nothing_to_charge(floor: Floor) -> None:
    floor.scan(OIL)

    floor.press(Qt.Key.Key_Delete)

    assert floor.sale_page.keypad.closing.reason == "empty ticket"
    assert not floor.sale_page.acts.key("void").isEnabled()


def test_a_touch_on_a_line_opens_it(floor: Floor) -> None:
    floor.scan(OIL)
    floor.scan(BLANKET)
    lines = floor.sale_page.ticket.lines

    QTest.mouseClick(lines.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(200, 20))

    assert isinstance(floor.panel, LineEditPanel)
    assert floor.panel.view_model.title == OIL.name


def test_intro_with_nothing_typed_opens_the_chosen_line(floor: Floor) -> None:
    floor.scan(OIL)

    floor.press(Qt.Key.Key_Return)

    assert isinstance(floor.panel, LineEditPanel)


def test_scanning_goes_on_while_a_line_is_open(floor: Floor) -> None:
    floor.scan(OIL)
    floor.press(Qt.Key.Key_Return)

    floor.scan(BLANKET)

    assert len(floor.lines) == 2
    assert floor.panel is None


def test_a_quantity_and_intro_change_the_chosen_line(floor: Floor) -> None:
    floor.scan(CHOCOLATE)

    floor.type("4*")
    floor.press(Qt.Key.Key_Return)

    assert floor.lines == [("4", CHOCOLATE.name, "9.96")]


def test_a_quick_key_adds_its_article(floor: Floor) -> None:
    floor.sale_page.quick_keys.tile("Bolsa papel").click()

    assert floor.lines == [("1", BAG.name, "0.15")]


def test_another_page_of_quick_keys_shows_other_articles(floor: Floor) -> None:
    floor.sale_page.quick_keys.page_key("Hogar").click()
    floor.sale_page.quick_keys.tile("Manta").click()

    assert [line[1] for line in floor.lines] == [BLANKET.name]


def test_on_a_narrow_till_the_last_key_leads_to_the_other_quick_keys(
    open_till: OpenFloor,
) -> None:
    floor = open_till(size=(1024, 768))
    keys = floor.sale_page.quick_keys
    seen = {"Bolsa papel"} & {key.word for key in keys._tiles if key.isVisible()}

    keys._more_tiles.click()

    assert seen == {"Bolsa papel"}
    assert keys.tile("Aceite").isVisible()


def test_the_drawer_opens_with_a_reason_when_the_operator_may(open_till: OpenFloor) -> None:
    floor = open_till(operator=OSCAR)

    floor.press(Qt.Key.Key_F9)
    panel = floor.panel
    assert isinstance(panel, ReasonPanel)
    assert not panel.closing.isEnabled()
    panel.view_model.choose(panel.view_model.reasons[0])
    floor.press(Qt.Key.Key_Return)

    assert floor.kit.devices.printing.drawer_openings == 1
    assert floor.panel is None


def test_a_cashier_needs_a_permission_to_open_the_drawer(floor: Floor) -> None:
    assert floor.kit.counter.sign_on.operator.role is Role.CASHIER

    floor.press(Qt.Key.Key_F9)
    assert isinstance(floor.panel, ReasonPanel)
    floor.panel.view_model.choose("Give change")
    floor.press(Qt.Key.Key_Return)

    assert isinstance(floor.panel, OverridePanel)
    assert floor.kit.devices.printing.drawer_openings == 0


def test_f12_locks_and_keeps_the_ticket(floor: Floor) -> None:
    floor.scan(OIL)

    floor.press(Qt.Key.Key_F12)

    assert floor.kit.navigator.current is Screen.SIGN_IN
    assert floor.kit.counter.signed_on is None
    assert floor.kit.counter.ticket is not None


def test_an_idle_till_locks_by_itself(floor: Floor) -> None:
    floor.scan(OIL)
    assert floor.window.idle.isActive()

    floor.window.idle.timeout.emit()

    assert floor.kit.navigator.current is Screen.SIGN_IN
    assert floor.kit.counter.ticket is not None


def test_a_till_that_takes_money_does_not_lock_by_itself(floor: Floor) -> None:
    floor.scan(OIL)
    floor.press(Qt.Key.Key_F10)

    floor.window.idle.timeout.emit()

    assert floor.kit.navigator.current is Screen.PAYMENT


def test_the_keys_that_work_everywhere_open_and_close_their_panels(floor: Floor) -> None:
    floor.press(Qt.Key.Key_F1)
    assert isinstance(floor.panel, HelpPanel)
    floor.press(Qt.Key.Key_Escape)
    assert floor.panel is None

    floor.press(Qt.Key.Key_F11)
    assert isinstance(floor.panel, MenuPanel)
    floor.press(Qt.Key.Key_F11)
    assert floor.panel is None


def test_f2_opens_the_search_and_typing_goes_there(floor: Floor) -> None:
    floor.press(Qt.Key.Key_F2)
    floor.type("taza")

    assert isinstance(floor.panel, SearchPanel)
    assert floor.panel.edit.text() == "taza"
    assert floor.entry == "Scanning goes on adding here"


def test_typing_reaches_the_entry_row_from_wherever_the_focus_is(floor: Floor) -> None:
    floor.sale_page.acts.key("help").setFocus()

    floor.type("84")

    assert floor.sale_page.ticket.entry.text == "84"


def test_without_a_shift_the_sale_screen_leads_to_opening_one(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)

    assert floor.kit.navigator.current is Screen.OPEN_SHIFT


def test_the_empty_ticket_teaches_and_tells_of_parked_ones(floor: Floor) -> None:
    floor.scan(OIL)
    floor.press(Qt.Key.Key_F4, Qt.Key.Key_Return)

    assert floor.lines == []
    assert floor.sale.parking.waiting == 1
    assert floor.sale_page.acts.key("park").word == "Resume (1)"


def test_f6_takes_something_back_and_leaves_the_ticket_as_it_is(floor: Floor) -> None:
    floor.scan(OIL)

    floor.press(Qt.Key.Key_F6)

    assert floor.kit.navigator.current is Screen.RETURN
    assert floor.kit.navigator.arguments == {"back": Screen.SALE}
    assert floor.kit.counter.ticket is not None
