"""Digits, function keys and letters."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from pos.widgets.function_keys import Act, FunctionKeys
from pos.widgets.grid import KEY_GAP, MIDDLE, NARROW, WIDE, Grid
from pos.widgets.key import Key
from pos.widgets.keypad import Keypad, Mode
from pos.widgets.letters import Letters

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def touch(qtbot: QtBot, key: Key) -> None:
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)


def signs(spy: QSignalSpy) -> list[str]:
    return [spy.at(index)[0] for index in range(spy.count())]


def test_the_digits_say_what_they_type(qtbot: QtBot) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    typed = QSignalSpy(keypad.digit)

    for sign in ("7", "0", "00", ","):
        touch(qtbot, keypad.digits[sign])

    assert signs(typed) == ["7", "0", "00", ","]


def test_the_keys_beside_the_digits_say_what_they_do(qtbot: QtBot) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    pressed = (keypad.multiplied, keypad.erased, keypad.third_pressed, keypad.accepted)
    spies = [QSignalSpy(signal) for signal in pressed]

    for key in (keypad.quantity, keypad.erase, keypad.third, keypad.closing):
        touch(qtbot, key)

    assert [spy.count() for spy in spies] == [1, 1, 1, 1]


@pytest.mark.parametrize("mode", [Mode.PIN, Mode.SIGN_IN])
def test_where_a_pin_is_typed_there_are_only_single_digits(qtbot: QtBot, mode: Mode) -> None:
    keypad = Keypad(mode)
    qtbot.addWidget(keypad)

    assert set(keypad.digits) == set("0123456789")


@pytest.mark.parametrize(
    ("grid", "width", "digit", "closing"),
    [(MIDDLE, 494, (76, 64), (242, 136)), (NARROW, 532, (92, 64), (232, 136)),
     (WIDE, 752, (112, 80), (392, 168))],
    ids=["1366", "1024", "1920"],
)  # fmt: skip
def test_the_keys_have_the_sizes_of_the_design(
    qtbot: QtBot, grid: Grid, width: int, digit: tuple[int, int], closing: tuple[int, int]
) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    keypad.set_grid(grid)

    keypad.resize(width, grid.keypad_height)
    keypad.show()

    assert keypad.digits["7"].size().toTuple() == digit
    assert keypad.closing.size().toTuple() == closing
    assert keypad.digits["8"].x() - keypad.digits["7"].geometry().right() - 1 == KEY_GAP


def test_for_a_left_handed_cashier_the_closing_key_is_at_the_left(qtbot: QtBot) -> None:
    keypad = Keypad()
    qtbot.addWidget(keypad)
    keypad.set_grid(MIDDLE)
    keypad.set_mirrored(True)

    keypad.resize(494, 280)
    keypad.show()

    assert keypad.closing.x() == 0
    assert keypad.digits["9"].geometry().right() == 493
    assert keypad.digits["7"].x() < keypad.digits["8"].x()


def test_function_keys_keep_their_widgets_when_their_words_change(qtbot: QtBot) -> None:
    keys = FunctionKeys((Act("park", "park", "Aparcar", "F4"), Act("help", "help", "Ayuda", "F1")))
    qtbot.addWidget(keys)
    pressed = QSignalSpy(keys.pressed)
    park = keys.key("park")

    keys.set_acts((Act("park", "park", "Recuperar (2)", "F4"), Act("help", "help", "Help", "F1")))
    touch(qtbot, park)

    assert keys.key("park") is park
    assert park.accessibleName() == "Recuperar (2)"
    assert signs(pressed) == ["park"]


def test_a_function_key_that_is_off_is_refused_by_name(qtbot: QtBot) -> None:
    keys = FunctionKeys((Act("discount", "percent", "Descuento", "F7"),))
    qtbot.addWidget(keys)
    refused = QSignalSpy(keys.refused)

    keys.key("discount").set_off("ticket vacío")
    touch(qtbot, keys.key("discount"))

    assert signs(refused) == ["discount"]


def test_letters_turn_into_signs_and_back(qtbot: QtBot) -> None:
    letters = Letters()
    qtbot.addWidget(letters)
    letters.resize(782, 280)
    letters.show()
    typed = QSignalSpy(letters.letter)
    first = next(key for key in letters.findChildren(Key) if key.word == "q")

    touch(qtbot, first)
    touch(qtbot, letters.toggle)
    touch(qtbot, first)
    touch(qtbot, letters.space)
    touch(qtbot, letters.toggle)
    touch(qtbot, first)

    assert signs(typed) == ["q", "1", " ", "q"]
