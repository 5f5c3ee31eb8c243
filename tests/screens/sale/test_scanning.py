"""What a scan does on the sale screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.scan_codes import ReceiptScan, badge_code, gift_receipt_code, receipt_code
from pos.screens.navigator import Screen
from pos.screens.ports import Sound
from pos.screens.search.view import SearchPanel
from pos.services.find_purchase import Wanted
from tests.screens.counter_kit import LUCIA, MARTA
from tests.screens.shop_floor import BLANKET, CHOCOLATE, COFFEE, OIL, OPEN, TWIN, Floor


def test_a_scan_puts_the_article_on_the_ticket_with_a_tick(floor: Floor) -> None:
    floor.scan(OIL)

    assert floor.lines == [("1", OIL.name, "7.95")]
    assert floor.kit.devices.sounds.played == [Sound.ACCEPTED]
    assert floor.sale_page.keypad.closing.content.amount == "€7.95"


def test_what_is_on_the_screen_is_on_the_disk(floor: Floor) -> None:
    floor.scan(OIL)
    floor.scan(BLANKET)

    with floor.kit.store.reading() as records:
        stored = records.tickets.current()
    assert stored is not None
    assert [line.product.sku for line in stored.basket.lines] == [OIL.sku, BLANKET.sku]


def test_three_star_before_a_scan_takes_three(floor: Floor) -> None:
    floor.type("3*")
    assert floor.entry == "3 × Scan or key in a code"

    floor.scan(CHOCOLATE)
    floor.scan(OIL)

    assert [line[0] for line in floor.lines] == ["3", "1"]


def test_a_quantity_that_cannot_be_is_refused_with_the_range(floor: Floor) -> None:
    floor.type("0*")

    assert floor.entry == "From 1 to 9999 pieces"
    assert floor.kit.devices.sounds.played == [Sound.REFUSED]


def test_a_code_is_keyed_in_without_touching_anything_first(floor: Floor) -> None:
    floor.type(OIL.sku)
    floor.press(Qt.Key.Key_Return)

    assert [line[1] for line in floor.lines] == [OIL.name]
    assert floor.sale_page.ticket.entry.text == ""


def test_an_unknown_code_opens_the_search_with_it_and_leaves_the_ticket(
    floor: Floor, qtbot: QtBot
) -> None:
    floor.scan(OIL)
    before = floor.lines

    floor.scan("8499999999990")

    panel = floor.panel
    assert isinstance(panel, SearchPanel)
    assert panel.edit.text() == "8499999999990"
    qtbot.waitUntil(lambda: panel.view_model.is_settled)
    assert "8499999999990" in panel.view_model.advice
    assert floor.lines == before
    assert floor.kit.devices.sounds.played[-1] is Sound.REFUSED


def test_a_misread_code_is_refused_in_the_entry_row(floor: Floor) -> None:
    floor.scan("8410000000018")

    assert floor.entry == "Misread: the check digit is wrong"
    assert floor.lines == []
    assert floor.kit.devices.sounds.played == [Sound.REFUSED]


def test_control_characters_and_endless_codes_are_refused(floor: Floor) -> None:
    for code, words in (("84\x1b10", "signs no label has"), ("9" * 4096, "too long")):
        floor.scan(code)

        assert words in floor.entry
    assert floor.lines == []


def test_two_products_with_one_code_are_a_question_for_the_cashier(floor: Floor) -> None:
    floor.scan("8410000000086")
    assert floor.lines == []

    floor.press(Qt.Key.Key_Down, Qt.Key.Key_Return)

    assert [line[1] for line in floor.lines] == ["Jarra de vidrio 1 l, tapa"]
    assert floor.panel is None


def test_a_scan_that_an_open_question_cannot_use_is_refused_aloud(floor: Floor) -> None:
    floor.scan("8410000000086")

    floor.scan(OIL)

    assert floor.lines == []
    assert floor.kit.devices.sounds.played[-1] is Sound.REFUSED
    assert floor.panel is not None


def test_a_weighed_article_asks_how_much(floor: Floor) -> None:
    floor.scan(COFFEE)
    assert floor.entry == f"How many kg of {COFFEE.name}"

    floor.type("0,412")
    floor.press(Qt.Key.Key_Return)

    assert floor.lines == [("0.412", COFFEE.name, "10.26")]


def test_a_weight_that_cannot_be_is_refused_and_asked_again(floor: Floor) -> None:
    floor.scan(COFFEE)

    floor.type("0")
    floor.press(Qt.Key.Key_Return)

    assert floor.entry.startswith("From 0.001 to")
    floor.type("0.2")
    floor.press(Qt.Key.Key_Return)
    assert [line[0] for line in floor.lines] == ["0.2"]


def test_an_open_price_is_asked_for_and_esc_takes_the_question_back(floor: Floor) -> None:
    floor.scan(OPEN)
    assert floor.entry == f"Price of {OPEN.name}"

    floor.press(Qt.Key.Key_Escape)
    assert floor.entry == "Scan or key in a code"

    floor.scan(OPEN)
    floor.type("12.50")
    floor.press(Qt.Key.Key_Return)
    assert floor.lines == [("1", OPEN.name, "12.50")]


def test_a_scan_while_a_price_is_asked_for_says_what_to_answer_first(floor: Floor) -> None:
    floor.scan(OPEN)

    floor.scan(OIL)

    assert floor.entry == f"First answer: Price of {OPEN.name}"
    assert floor.lines == []


def test_our_own_receipt_leads_to_the_receipts_with_that_sale(floor: Floor) -> None:
    floor.kit.sold(7_95)
    sale = floor.kit.counter.last_sale
    assert sale is not None
    floor.kit.navigator.go(Screen.SALE)

    floor.scan(receipt_code(str(sale.number)))

    assert floor.kit.navigator.current is Screen.RECEIPTS
    assert floor.kit.navigator.arguments["sale"] == sale


def test_a_receipt_of_another_till_is_looked_for_among_the_receipts(floor: Floor) -> None:
    floor.scan(receipt_code("7-000001"))

    assert floor.kit.navigator.current is Screen.RECEIPTS
    assert floor.kit.navigator.arguments["wanted"] == ReceiptScan("7-000001")


def test_the_paper_of_a_gift_leads_to_taking_it_back_and_not_to_what_was_paid(
    floor: Floor,
) -> None:
    floor.kit.sold(7_95)
    sale = floor.kit.counter.last_sale
    assert sale is not None
    floor.kit.navigator.go(Screen.SALE)

    floor.scan(gift_receipt_code(str(sale.number), sale.shop))

    assert floor.kit.navigator.current is Screen.RETURN
    wanted = Wanted(str(sale.number), sale.shop, is_gift=True)
    assert floor.kit.navigator.arguments["wanted"] == wanted


def test_a_badge_changes_the_cashier_and_keeps_the_ticket(floor: Floor) -> None:
    floor.scan(OIL)

    floor.scan(badge_code(MARTA.badge or ""))

    assert floor.kit.counter.sign_on.operator == MARTA
    assert [line[1] for line in floor.lines] == [OIL.name]


def test_the_badge_of_who_works_here_already_changes_nothing(floor: Floor) -> None:
    floor.scan(badge_code(LUCIA.badge or ""))

    assert floor.entry == "You are signed in already"


def test_the_sku_on_a_shelf_label_finds_the_one_of_two(floor: Floor) -> None:
    floor.scan(TWIN.sku)

    assert [line[1] for line in floor.lines] == [TWIN.name]
