"""Noting what a customer says, from the price check, in one tap."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.product_note import NoteKind
from pos.screens.note.view import NotePanel
from pos.screens.price_check.view import PriceCheckPanel
from pos.screens.text_entry.view import TextEntryPanel
from pos.store.outbox import AgentStore
from tests.builders import KEY
from tests.screens.shop_floor import CUP, OIL, Floor

Said = tuple[str, str, str, str]


def said(floor: Floor) -> list[Said]:
    agent = AgentStore(floor.folder / "till.db", key=KEY)
    try:
        facts = agent.facts_from(1, 1, 10_000, 10_000_000)
    finally:
        agent.close()
    bodies = [fact.body for fact in facts if fact.kind.value == "product.noted"]
    return [(str(b["kind"]), str(b["sku"]), str(b["name"]), str(b["text"])) for b in bodies]


def asked(floor: Floor) -> NotePanel:
    floor.press(Qt.Key.Key_Insert)
    assert isinstance(floor.panel, NotePanel)
    return floor.panel


@pytest.fixture
def check(floor: Floor) -> PriceCheckPanel:
    floor.scan(OIL)
    floor.press(Qt.Key.Key_F8)
    assert isinstance(floor.panel, PriceCheckPanel)
    return floor.panel


def test_one_tap_notes_it_a_second_changes_nothing_and_the_ticket_stays(
    floor: Floor, check: PriceCheckPanel
) -> None:
    floor.scan(CUP)
    panel = asked(floor)

    QTest.mouseClick(panel.keys[NoteKind.COMPLAINT], Qt.MouseButton.LeftButton)
    floor.press(Qt.Key.Key_3)

    assert said(floor) == [("complaint", CUP.sku, CUP.name, "")]
    assert panel.view_model.said == "Noted: a complaint"
    assert [line[1] for line in floor.lines] == [OIL.name]
    floor.press(Qt.Key.Key_Return)
    assert isinstance(floor.panel, PriceCheckPanel)
    assert floor.panel.view_model is check.view_model


def test_words_go_with_it_but_no_number_of_a_card(floor: Floor, check: PriceCheckPanel) -> None:
    floor.scan(CUP)
    panel = asked(floor)
    panel.view_model.write()
    assert isinstance(floor.panel, TextEntryPanel)
    floor.type("4111 1111 1111 1111")
    floor.press(Qt.Key.Key_Return, Qt.Key.Key_1)
    assert said(floor) == []
    assert not isinstance(floor.panel, NotePanel)  # it says why
    floor.press(Qt.Key.Key_Escape)

    panel.view_model.words = "in blue"
    floor.press(Qt.Key.Key_1)

    assert said(floor) == [("wish", CUP.sku, CUP.name, "in blue")]


def test_what_the_shop_does_not_have_is_wished_for_by_its_code_or_in_words(
    floor: Floor, check: PriceCheckPanel, qtbot: QtBot
) -> None:
    floor.scan("8499999999990")
    asked(floor)
    floor.press(Qt.Key.Key_Return, Qt.Key.Key_Escape)
    floor.type("tetera")
    qtbot.waitUntil(lambda: check.view_model.search.is_settled)
    assert check.view_model.message == "Nothing is called “tetera”"

    panel = asked(floor)
    floor.press(Qt.Key.Key_1)

    assert list(panel.keys) == [NoteKind.WISH]
    assert said(floor) == [("wish", "", "8499999999990", ""), ("wish", "", "", "tetera")]
    floor.press(Qt.Key.Key_Escape)
    assert isinstance(floor.panel, PriceCheckPanel)
    assert floor.panel.field.text() == "tetera"


def test_a_customers_card_is_no_wish(floor: Floor, check: PriceCheckPanel) -> None:
    floor.scan("NOGAL-000101")

    assert not check.view_model.can_note
    assert not check.note.isVisible()
