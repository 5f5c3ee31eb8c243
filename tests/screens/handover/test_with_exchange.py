"""An order is collected, something comes back, and one payment settles both."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.domain.collection import OrderState
from pos.domain.printing import PrintKind
from pos.domain.tender import TenderKind
from pos.screens.exchange.rest_view import RestPanel
from pos.screens.navigator import Screen
from pos.screens.payment.view import PaymentPage
from pos.screens.returns.view import ReturnPage
from pos.services.hub_calls import ClaimState, FoundPurchases, PurchaseClaim
from tests.screens.handover.conftest import Till, shelf_order

TO_COLLECT = 78_85


def let_pay(till: Till, worth: int) -> None:
    """Bring something of that worth (cents) back, and let it pay for what is taken."""
    till.kit.sold(worth)
    sale = till.kit.counter.last_sale
    till.kit.navigator.go(Screen.RETURN, sale=sale)
    till.hub.answer(FoundPurchases((), till.kit.clock.at_ms))
    till.press(Qt.Key.Key_Plus)
    for answer in "21":
        QTest.keyClicks(QApplication.focusWidget() or till.window, answer)
    shown = cast(ReturnPage, till.window.page(Screen.RETURN)).view_model.shown
    assert shown is not None
    till.press(Qt.Key.Key_F9)
    claim = PurchaseClaim(ClaimState.GRANTED, 3, ledger=shown.state.known.ledger)
    till.hub.answer(claim)


def payment(till: Till) -> PaymentPage:
    return cast(PaymentPage, till.window.page(Screen.PAYMENT))


def test_what_came_back_pays_for_a_part_of_an_order_that_is_collected(till: Till) -> None:
    let_pay(till, 10_00)
    order = shelf_order()
    till.at_counter(order)
    till.press(Qt.Key.Key_F10)
    due = payment(till).view_model.due.minor
    till.press(Qt.Key.Key_Return)

    sale = till.kit.counter.last_sale
    assert sale is not None
    assert due == TO_COLLECT - 10_00
    assert [one.kind for one in sale.tenders] == [TenderKind.EXCHANGE, TenderKind.CASH]
    assert till.order(order).state is OrderState.COLLECTED
    assert len(till.facts("return.completed")) == 1


def test_what_came_back_may_be_worth_more_than_an_order_that_is_collected(till: Till) -> None:
    let_pay(till, 100_00)
    order = shelf_order()
    till.at_counter(order)
    till.press(Qt.Key.Key_F10)
    word = payment(till).keypad.closing.word
    till.press(Qt.Key.Key_Return)
    asks = isinstance(till.panel, RestPanel)
    till.press(Qt.Key.Key_F10)

    assert (word, asks) == ("Give back", True)
    papers = {job.kind for job in till.kit.devices.printing.submitted}
    assert papers == {PrintKind.HANDOVER, PrintKind.ORIGINAL, PrintKind.RETURN, PrintKind.BINS}
    assert till.is_on(Screen.RETURN)
    assert till.order(order).state is OrderState.COLLECTED
    (told,) = till.facts("return.completed")
    refunds = cast(list[dict[str, object]], told["refunds"])
    assert {one["means"]: one["amount"] for one in refunds} == {
        "exchange": TO_COLLECT,
        "cash": 100_00 - TO_COLLECT,
    }
