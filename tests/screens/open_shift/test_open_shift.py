"""Beginning a shift with its float."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.screens.navigator import Screen
from pos.screens.ports import Sound
from tests.screens.conftest import OpenFloor
from tests.screens.shop_floor import OIL


def test_the_float_is_counted_by_denomination(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)

    floor.type("1")
    floor.press(Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Return)
    floor.type("3")

    assert floor.open_shift.total.minor == 500_00 + 3 * 50_00


def test_the_shift_opens_with_what_was_counted_and_selling_begins(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)
    floor.type("1")

    floor.press(Qt.Key.Key_F10)

    with floor.kit.store.reading() as records:
        session = records.sessions.current()
    assert session is not None
    assert session.opening_float.total.minor == 500_00
    assert session.business_day == floor.open_shift.business_day.isoformat()
    assert floor.kit.counter.sign_on.session == session
    assert floor.kit.navigator.current is Screen.SALE


def test_the_business_day_moves_by_one_day_at_most(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)
    page, model = floor.open_shift_page, floor.open_shift
    today = model.business_day

    page.day_before.click()
    page.day_before.click()

    assert (today - model.business_day).days == 1
    assert not page.day_before.isEnabled()
    assert model.day_words[1] == "yesterday"


def test_a_float_of_nothing_is_possible(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)

    floor.press(Qt.Key.Key_F10)

    assert floor.kit.navigator.current is Screen.SALE


def test_letters_are_no_pieces(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)

    floor.type("1x2")

    assert floor.open_shift.total.minor == 12 * 500_00


def test_scans_wait_until_the_shift_is_open(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)

    floor.scan(OIL)

    assert floor.open_shift.message == "Open the shift first"
    assert floor.kit.devices.sounds.played == [Sound.REFUSED]


def test_esc_lets_somebody_else_sign_in(open_till: OpenFloor) -> None:
    floor = open_till(has_session=False)

    floor.press(Qt.Key.Key_Escape)

    assert floor.kit.navigator.current is Screen.SIGN_IN
