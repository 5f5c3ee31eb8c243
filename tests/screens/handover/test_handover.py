"""The handover as the cashier does it: scan, choose, sign, charge; and what stops it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from pos.domain.collection import IdentityMethod, Order, OrderState
from pos.domain.printing import PrintKind
from pos.domain.scan_codes import parcel_code
from pos.screens.handover.identity_view import IdentityPanel
from pos.screens.navigator import Screen
from pos.screens.override.view import OverridePanel
from pos.screens.payment.view import PaymentPage
from pos.screens.reason.view import ReasonPanel
from tests.order_builders import order_line
from tests.screens.handover.conftest import GRANTED, Till, shelf_order
from tests.screens.shop_floor import OIL

MINUTE_MS = 60_000


def pay(till: Till) -> None:
    """Take the money in cash, exactly."""
    page = cast(PaymentPage, till.window.page(Screen.PAYMENT))
    page.view_model.collect()


# -- the way through


def test_a_scanned_code_opens_the_order_with_its_bearer_known(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan_code(order)
    assert till.is_on(Screen.HANDOVER)
    assert till.page.who.text() == "May collect it: it is Carmen"
    assert till.hub.order_claims[0][1] == order.order_id
    assert till.page.closing.reason == "asking the central system"
    till.hub.answer(GRANTED)
    assert till.page.closing.reason == "2 parcels to scan"


def test_one_is_left_one_is_added_and_the_rest_is_paid_and_handed_over(till: Till) -> None:
    order = shelf_order()
    till.at_counter(order)
    till.touch(2, 1)
    assert isinstance(till.panel, ReasonPanel)
    till.panel.view_model.choose("Not convinced")
    till.press(Qt.Key.Key_Return)
    till.scan(OIL.sku)
    assert till.page.list.rows.rows[2].second == "Not convinced · goes back on sale"
    assert till.page.due.text() == "€68.80"
    assert till.page.closing.word == "Charge and hand over"
    till.press(Qt.Key.Key_F10)
    assert till.is_on(Screen.PAYMENT)
    pay(till)
    assert till.is_on(Screen.CHANGE)
    assert till.order(order).state is OrderState.PARTLY_COLLECTED
    told = till.facts("order.handed_over")[0]
    assert (told["balance"], told["fence"]) == (60_85, 7)
    assert till.facts("sale.completed")[0]["sale_id"] == told["sale_id"]


def test_back_from_the_payment_is_the_handover_again(till: Till) -> None:
    order = shelf_order()
    till.at_counter(order)
    till.press(Qt.Key.Key_F10)
    assert till.is_on(Screen.PAYMENT)
    cast(PaymentPage, till.window.page(Screen.PAYMENT)).view_model.back()
    assert till.is_on(Screen.HANDOVER)
    assert till.kit.counter.ticket is None
    till.hub.answer(GRANTED)
    assert till.page.closing.reason == ""


def test_a_prepaid_order_goes_without_money_and_its_paper_is_printed(till: Till) -> None:
    order = shelf_order(is_prepaid=True)
    till.at_counter(order)
    assert till.page.closing.word == "Hand over"
    till.press(Qt.Key.Key_F10)
    assert till.page.told.title.text() == "Handed over"
    assert [job.kind for job in till.kit.devices.printing.submitted] == [PrintKind.HANDOVER]
    assert till.order(order).state is OrderState.COLLECTED
    assert till.facts("sale.completed") == []
    till.press(Qt.Key.Key_Return)
    assert till.is_on(Screen.SALE)


def test_what_a_prepaid_customer_leaves_is_shown_as_refund(till: Till) -> None:
    till.at_counter(shelf_order(is_prepaid=True))
    till.touch(1, 1)
    assert till.page.refund.text() == "€27.95 go back by the way it was paid"
    assert till.page.due.text() == "€0.00"


def test_the_reason_may_be_kept_to_oneself(till: Till) -> None:
    order = shelf_order()
    till.at_counter(order)
    till.touch(0, 1)
    till.press(Qt.Key.Key_Escape)
    assert till.panel is None
    assert till.page.list.rows.rows[0].taken == 0


def test_pieces_of_a_line_are_counted_one_by_one(till: Till) -> None:
    order = replace(shelf_order(), lines=(order_line(1, 3, 5_00, picked=3000),))
    till.at_counter(order)
    till.touch(0, 0)
    till.kit.navigator.close_all()
    assert till.page.due.text() == "€10.00"
    till.touch(0, 1)
    assert till.page.due.text() == "€15.00"


def test_what_is_handed_over_is_not_chosen_again(till: Till) -> None:
    order = shelf_order(is_prepaid=True)
    till.at_counter(order)
    till.press(Qt.Key.Key_F10)
    till.touch(0, 1)
    till.press(Qt.Key.Key_S)
    assert till.panel is None
    assert till.is_on(Screen.HANDOVER)
    with till.kit.store.reading() as records:
        assert records.handovers.current() == ()


def test_leave_all_leaves_nothing_to_pay(till: Till) -> None:
    order = shelf_order()
    till.at_counter(order)
    till.press(Qt.Key.Key_D)
    assert till.page.closing.word == "Hand over"
    till.press(Qt.Key.Key_F10)
    assert till.order(order).line(1).left == 1000


def test_a_signature_is_kept_as_it_is_drawn(till: Till) -> None:
    till.at_counter(shelf_order())
    pad = till.page.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 40))
    QTest.mouseMove(pad, QPoint(90, 80))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(90, 80))
    assert till.model.seen is not None
    assert till.model.seen.draft.strokes[0][0] == (300, 400)
    till.press(Qt.Key.Key_B)
    assert till.model.seen.draft.strokes == ()


def test_trying_it_on_keeps_everything_for_later(till: Till) -> None:
    order = shelf_order()
    till.at_counter(order)
    till.press(Qt.Key.Key_S)
    assert till.is_on(Screen.SALE)
    assert till.hub.released_orders == []
    till.scan_code(order)
    assert till.page.counted.text() == "2 of 2 scanned"


def test_going_back_puts_the_order_and_its_claim_back(till: Till) -> None:
    order = shelf_order()
    till.at_counter(order)
    till.press(Qt.Key.Key_Escape)
    assert till.is_on(Screen.SALE)
    assert till.hub.released_orders == [(order.order_id, 7)]
    assert till.order(order).state is OrderState.READY


def test_a_parcel_is_named_by_touch_while_the_hub_is_seen(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan_code(order)
    till.hub.answer(GRANTED)
    till.page.parcels.tiles[1].click()
    assert till.page.counted.text() == "1 of 2 scanned"
    till.page.parcels.tiles[1].click()
    assert till.page.counted.text() == "0 of 2 scanned"


def test_a_parcels_label_opens_its_order(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan(parcel_code(order.number, 1, 1))
    assert till.is_on(Screen.HANDOVER)
    assert till.page.counted.text() == "1 of 2 scanned"
    assert till.page.who.text() == "Who collects it?"


# -- who collects


def test_another_person_shows_a_document_and_signs(till: Till) -> None:
    order = shelf_order(is_prepaid=True, identity=IdentityMethod.DOCUMENT)
    till.know(order)
    till.scan(parcel_code(order.number, 1, 1))
    till.hub.answer(GRANTED)
    till.scan_parcels(order)
    till.press(Qt.Key.Key_O)
    assert isinstance(till.panel, IdentityPanel)
    till.panel.view_model.write("678Z")
    till.press(Qt.Key.Key_Return)
    assert till.page.why.text() == "Identity card …678Z"
    assert till.page.closing.reason == "the signature is missing"
    till.model.sign([[(10, 10), (20, 20)]])
    till.press(Qt.Key.Key_F10)
    assert till.order(order).state is OrderState.COLLECTED


def test_a_wrong_short_code_is_refused(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan(parcel_code(order.number, 1, 1))
    till.hub.answer(GRANTED)
    till.press(Qt.Key.Key_O)
    assert isinstance(till.panel, IdentityPanel)
    till.panel.view_model.choose_way("code")
    till.panel.view_model.write("XXXX")
    till.panel.view_model.confirm()
    assert till.page.who.text() == "Who collects it?"
    assert till.model.said == "That is not what this order asks for"


def with_line(**changes: object) -> Order:
    return replace(
        shelf_order(is_prepaid=True), lines=(order_line(1, 1, 9_00, picked=1000, **changes),)
    )


def test_wine_asks_for_the_age(till: Till) -> None:
    till.at_counter(with_line(min_age=18))
    assert till.page.closing.reason == "look at the age first"
    till.press(Qt.Key.Key_A)
    assert till.page.closing.reason == ""


def test_a_serial_number_is_scanned(till: Till) -> None:
    till.at_counter(with_line(needs_serial=True))
    assert till.page.closing.reason == "a serial number is missing"
    till.scan("SN-4711-X")
    assert till.page.closing.reason == ""


# -- taking it back


def test_a_handover_is_taken_back_with_reason_and_permission(till: Till) -> None:
    order = shelf_order(is_prepaid=True)
    till.at_counter(order)
    till.press(Qt.Key.Key_F10)
    till.kit.clock.at_ms += MINUTE_MS
    till.press(Qt.Key.Key_D)
    assert isinstance(till.panel, ReasonPanel)
    till.panel.view_model.choose("Wrong customer")
    till.press(Qt.Key.Key_Return)
    assert isinstance(till.panel, OverridePanel)
    request = till.panel.view_model.request
    assert request.reason == "Wrong customer"


def test_the_page_speaks_whatever_size_it_has(till: Till) -> None:
    till.at_counter(shelf_order())
    till.window.resize(1024, 768)
    assert till.page.right.width() == 360
    assert till.page.left.geometry().right() < till.page.right.geometry().left()
