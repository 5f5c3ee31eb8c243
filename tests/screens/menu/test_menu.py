"""What is behind the cashier's name."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.domain.journal import FactKind
from pos.screens.menu.view import MenuPanel
from pos.screens.navigator import Screen
from pos.screens.reason.view import ReasonPanel
from tests.screens.shop_floor import OIL, Floor


def begin(floor: Floor) -> MenuPanel:
    floor.press(Qt.Key.Key_F11)
    assert isinstance(floor.panel, MenuPanel)
    return floor.panel


def test_the_cashiers_cell_opens_the_menu(floor: Floor) -> None:
    floor.window.header.cell("cashier").click()

    assert isinstance(floor.panel, MenuPanel)


def test_each_place_is_one_touch_away(floor: Floor) -> None:
    for entry, screen in (
        ("receipts", Screen.RECEIPTS),
        ("cash", Screen.CASH_OFFICE),
        ("close", Screen.CLOSE_SHIFT),
    ):
        floor.kit.navigator.go(Screen.SALE)

        begin(floor).key(entry).click()

        assert floor.kit.navigator.current is screen


def test_the_shift_cannot_be_closed_over_an_open_ticket(floor: Floor) -> None:
    floor.scan(OIL)

    key = begin(floor).key("close")

    assert not key.isEnabled()
    assert key.reason == "a ticket is open"


def test_a_ticket_is_cancelled_with_a_reason_in_the_journal(floor: Floor) -> None:
    floor.scan(OIL)

    begin(floor).key("cancel").click()
    assert isinstance(floor.panel, ReasonPanel)
    floor.panel.view_model.choose("The customer leaves")
    floor.press(Qt.Key.Key_Return)

    assert floor.kit.counter.ticket is None
    assert floor.lines == []
    assert floor.last_fact() == (FactKind.BASKET_CANCELLED.value, "The customer leaves")


def test_language_theme_and_sound_are_announced_to_who_applies_them(floor: Floor) -> None:
    heard: list[object] = []
    floor.preferences.language_changed.connect(heard.append)
    floor.preferences.theme_changed.connect(heard.append)
    floor.preferences.sound_changed.connect(heard.append)
    panel = begin(floor)

    for entry in ("language", "theme", "sound"):
        panel.key(entry).click()

    assert heard == ["en", "dark", False]
    assert panel.key("theme").word == "Light"
