"""Goodwill is given from the page of returns: how much and why, then how."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.domain.printing import PrintKind
from pos.domain.return_purchase import Means
from pos.domain.returns import ExtraKind
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.returns.goodwill import GoodwillViewModel, GoodwillWays
from pos.services.hub_calls import HubAway
from tests.return_builders import after_return
from tests.screens.returns.conftest import Returns, recorded


def asked(till: Returns) -> GoodwillViewModel:
    panel = till.kit.navigator.panel
    assert isinstance(panel, GoodwillViewModel)
    return panel


def ways_of(till: Returns) -> GoodwillWays:
    panel = till.kit.navigator.panel
    assert isinstance(panel, GoodwillWays)
    return panel


def test_goodwill_is_typed_given_and_printed(till: Returns) -> None:
    till.open_sale(till.sold(20_00))
    till.press(Qt.Key.Key_F7)
    panel = asked(till)
    assert panel.missing == "type the amount"
    till.type("25")
    assert panel.missing == "at most €20.00"
    till.press(Qt.Key.Key_Backspace, Qt.Key.Key_Backspace)
    till.type("5m")
    assert panel.reason == "Delay"
    till.press(Qt.Key.Key_Return)
    ways = ways_of(till)
    assert ways.closing == "€5.00 in cash"

    till.press(Qt.Key.Key_F10)
    shown = till.model.shown
    assert shown is not None
    till.grant(shown.state.known.ledger)

    document = recorded(till)
    assert till.kit.navigator.panel is None
    assert document.lines == ()
    assert {one.kind for one in document.extras} == {ExtraKind.GOODWILL}
    assert [one.means for one in document.refunds] == [Means.CASH]
    assert [job.kind for job in till.kit.devices.printing.submitted][-1] is PrintKind.RETURN
    assert "€5.00" in till.model.done.amount


def test_above_the_budget_somebody_is_asked_in_place(till: Returns) -> None:
    till.open_sale(till.sold(80_00))
    till.press(Qt.Key.Key_F7)
    till.type("25")
    asked(till).choose("Small flaw")
    till.press(Qt.Key.Key_Return, Qt.Key.Key_F10)

    panel = till.kit.navigator.panel
    assert isinstance(panel, OverrideViewModel)
    assert till.kit.devices.hub.purchase_claims == []


def test_what_came_back_elsewhere_leaves_less_to_give(till: Returns) -> None:
    ledger = till.web_order()
    till.open_order(ledger)
    till.press(Qt.Key.Key_F7)
    till.type("9")
    asked(till).choose("Delay")
    till.press(Qt.Key.Key_Return, Qt.Key.Key_F10)
    gone = after_return(after_return(ledger, (1, 2000)), (2, 1000), (3, 1000))
    till.grant(gone)

    assert till.model.document is None
    assert ways_of(till).said
    assert till.kit.devices.hub.released_purchases == [(ledger.purchase.reference, 3)]


def test_without_the_hub_cash_is_no_way_and_it_is_said_first(till: Returns) -> None:
    till.open_sale(till.sold(20_00))
    till.press(Qt.Key.Key_F7)
    till.type("5")
    asked(till).choose("Delay")
    till.press(Qt.Key.Key_Return, Qt.Key.Key_F10)
    till.kit.devices.hub.answer(HubAway())

    assert "does not answer" in ways_of(till).said
    assert ways_of(till).closing == "€5.00 as store credit"
    assert till.model.document is None


def test_goods_that_are_chosen_are_finished_first(till: Returns) -> None:
    till.open_sale(till.sold(20_00))
    till.press(Qt.Key.Key_Plus)
    till.press(Qt.Key.Key_F7)

    assert till.kit.navigator.panel is None
    assert till.said == "Finish or leave this return first"
    assert till.kit.navigator.current is Screen.RETURN
