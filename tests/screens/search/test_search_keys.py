"""While the search is open over the tabs, the keys drawn below it work from the keyboard too."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.screens.navigator import Screen
from pos.screens.search.view import SearchPanel
from tests.screens.shop_floor import OIL, Floor


def test_the_charge_key_that_is_shown_beside_the_search_charges(floor: Floor) -> None:
    floor.scan(OIL)
    floor.press(Qt.Key.Key_F2)
    assert isinstance(floor.panel, SearchPanel)

    floor.press(Qt.Key.Key_F10)

    assert floor.kit.navigator.current is Screen.PAYMENT
