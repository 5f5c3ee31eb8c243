"""Goods on the counter without a receipt: scanned, searched for, refused, allowed, given back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.return_purchase import Means
from pos.domain.returns import ReturnFlag
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.search.view_model import SearchViewModel
from pos.services import pay
from tests.screens.counter_kit import PIN
from tests.screens.returns.conftest import Returns, count, recorded
from tests.screens.returns.test_returns import allow
from tests.screens.shop_floor import CHOCOLATE, COFFEE, CUP, FREE, MOKA, OIL, TWIN


def unproven(till: Returns, *codes: str) -> None:
    """Take these goods back without a receipt."""
    till.kit.navigator.go(Screen.RETURN)
    till.press(Qt.Key.Key_F8)
    for code in codes:
        till.scan(code)


def because(till: Returns, *rows: int) -> None:
    """Say of these lines that they are not liked and opened."""
    for row in rows:
        if till.model.chosen != row:
            till.model.choose(row)
        till.say("Not liked")
        till.say("Opened")


def test_goods_are_scanned_allowed_and_given_back_as_credit(till: Returns, qtbot: QtBot) -> None:
    till.kit.navigator.go(Screen.RETURN)
    QTest.mouseClick(till.page.finding.unproven, Qt.MouseButton.LeftButton)
    for code in (OIL.sku, OIL.sku, CUP.sku):
        till.scan(code)
    asked_why = till.why_off
    because(till, 2, 1)
    till.press(Qt.Key.Key_F10)
    asked = till.kit.navigator.panel
    assert isinstance(asked, OverrideViewModel)
    allow(till, qtbot)

    document = recorded(till)
    assert asked_why == "choose a reason"
    assert document.total.minor == 2 * 7_95 + 9_95
    assert document.flags == {ReturnFlag.NO_RECEIPT}
    assert [one.means for one in document.refunds] == [Means.STORE_CREDIT]
    assert till.kit.devices.hub.purchase_claims == []
    assert till.kit.devices.printing.drawer_openings == 0


def test_the_permission_is_asked_for_after_everything_else_is_said(till: Returns) -> None:
    unproven(till, OIL.sku)
    till.press(Qt.Key.Key_F10)

    assert till.kit.navigator.panel is None
    assert till.said == "choose a reason"


def test_goods_are_searched_for_by_name(till: Returns, qtbot: QtBot) -> None:
    unproven(till)
    till.press(Qt.Key.Key_F2)
    panel = till.kit.navigator.panel
    assert isinstance(panel, SearchViewModel)
    panel.write("cafetera")
    qtbot.waitUntil(lambda: panel.is_settled and bool(panel.shown))
    panel.add()

    assert till.kit.navigator.panel is None
    assert [row.name for row in till.model.shown.rows] == [MOKA.name]  # type: ignore[union-attr]
    assert till.model.chosen == 1


def test_two_products_of_one_code_are_a_question(till: Returns) -> None:
    unproven(till, f"{TWIN.gtin:013d}")

    panel = till.kit.navigator.panel
    assert isinstance(panel, SearchViewModel)
    assert panel.text == f"{TWIN.gtin:013d}"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("4006381333931", "4006381333931 is no article of this shop: it is not taken back"),
        ("NO-SUCH", "NO-SUCH is no article of this shop: it is not taken back"),
        (COFFEE.sku, "Café en grano Colombia, a granel is sold by measure: it comes back"),
        (FREE.sku, "Muestra de jabón has no fixed price: it comes back"),
    ],
)
def test_what_cannot_come_back_without_a_receipt_is_said(
    till: Returns, code: str, said: str
) -> None:
    unproven(till, code)

    assert till.said.startswith(said)
    assert till.rows == []


def test_what_is_sold_no_more_comes_back_with_its_receipt_only(till: Returns) -> None:
    old = replace(CHOCOLATE, sku="8410000009996", gtin=8410000009996)
    sign_on, ticket = till.kit.counter.sign_on, till.kit.add(None, old)
    pay.take_cash(sign_on, pay.begin(sign_on, ticket), old.price)
    unproven(till, old.sku)

    assert "is not sold any more" in till.said


def test_nothing_but_credit_can_be_chosen_and_the_rest_says_why(till: Returns) -> None:
    unproven(till, OIL.sku)
    shown = till.model.shown
    assert shown is not None

    ways = {way.title: (way.is_on, way.second) for way in shown.ways}
    assert ways["Store credit"] == (True, "At once")
    assert ways["Cash"] == (False, "No: there is no receipt")
    assert (shown.rows[0].sold, shown.rows[0].returned, shown.rows[0].returnable) == ("", "", "")


def test_too_much_is_said_with_its_limit(till: Returns) -> None:
    unproven(till, MOKA.sku, MOKA.sku)
    because(till, 1)
    till.press(Qt.Key.Key_F10)

    assert till.why_off == "too much without a receipt"
    assert "up to €50" in till.page.right.notes.text()
    assert till.kit.navigator.panel is None
    count(till, 0, "-")
    assert till.why_off == ""


def test_alone_the_budget_counts_and_two_permissions_are_asked(
    till: Returns, qtbot: QtBot
) -> None:
    till.go_offline()
    unproven(till, OIL.sku)
    because(till, 1)
    till.press(Qt.Key.Key_F10)
    allow_next = till.kit.navigator.panel
    assert isinstance(allow_next, OverrideViewModel)
    for digit in PIN:
        allow_next.press(digit)
    allow_next.submit()
    qtbot.waitUntil(lambda: till.kit.navigator.panel is not allow_next, timeout=30_000)
    allow(till, qtbot)

    assert recorded(till).flags == {ReturnFlag.NO_RECEIPT, ReturnFlag.OFFLINE}


def test_going_back_leaves_nothing_behind(till: Returns) -> None:
    unproven(till, OIL.sku)
    till.press(Qt.Key.Key_Escape)

    assert till.model.shown is None
    assert till.model.document is None
    till.press(Qt.Key.Key_F8)
    assert till.rows == []
