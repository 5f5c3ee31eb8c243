"""One key and its states."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from pytestqt.qtbot import QtBot

from pos.theme import theme
from pos.widgets.key import Key, Kind
from pos.widgets.key_faces import Content, Face, Ink, centre, tender
from pos.widgets.paint import width_of, wrapped

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def shown(qtbot: QtBot, key: Key) -> Key:
    qtbot.addWidget(key)
    key.resize(200, 88)
    key.show()
    return key


def colours(key: Key) -> set[str]:
    image = key.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(200) for y in range(88)}


def token(name: str) -> str:
    return QColor(theme.current().color(name)).name()


def test_a_touch_is_a_click(qtbot: QtBot) -> None:
    key = shown(qtbot, Key("Cobrar"))
    clicks = QSignalSpy(key.clicked)

    QTest.mouseClick(key, Qt.MouseButton.LeftButton)

    assert clicks.count() == 1


@pytest.mark.parametrize("pressed", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_intro_and_space_press_the_key_that_has_the_focus(qtbot: QtBot, pressed: Qt.Key) -> None:
    key = shown(qtbot, Key("Cobrar"))
    clicks = QSignalSpy(key.clicked)

    QTest.keyClick(key, pressed)

    assert clicks.count() == 1


def test_a_touch_does_not_take_the_focus_from_the_entry_row() -> None:
    assert Key("7").focusPolicy() == Qt.FocusPolicy.TabFocus


def test_a_key_that_is_off_says_why_and_refuses(qtbot: QtBot) -> None:
    key = shown(qtbot, Key("Cobrar", face=Face.BIG, kind=Kind.PAY))
    clicks, refusals = QSignalSpy(key.clicked), QSignalSpy(key.refused)

    key.set_off("ticket vacío")
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)

    assert (clicks.count(), refusals.count()) == (0, 1)
    assert key.reason == "ticket vacío"
    assert "ticket vacío" in key.accessibleDescription()
    assert token("pay") not in colours(key)


def test_a_key_switched_on_again_forgets_its_reason(qtbot: QtBot) -> None:
    key = shown(qtbot, Key("Cobrar", kind=Kind.PAY))
    key.set_off("ticket vacío")

    key.set_on()

    assert key.reason == ""
    assert token("pay") in colours(key)


def test_the_chosen_key_carries_a_tick_and_not_only_a_colour(qtbot: QtBot) -> None:
    key = shown(qtbot, Key(""))
    key.set_chosen(True)
    image = key.grab().toImage()

    corner = {image.pixelColor(x, y).name() for x in range(178, 196) for y in range(6, 22)}

    assert token("accent-text") in corner
    assert token("accent-soft") in corner


def test_a_busy_key_ignores_the_second_touch(qtbot: QtBot) -> None:
    key = shown(qtbot, Key("Guardar"))
    clicks = QSignalSpy(key.clicked)

    key.set_busy("Guardando…")
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    QTest.keyClick(key, Qt.Key.Key_Return)
    assert clicks.count() == 0
    assert key.accessibleName() == "Guardando…"

    key.set_busy("")
    QTest.mouseClick(key, Qt.MouseButton.LeftButton)
    assert clicks.count() == 1


@pytest.mark.parametrize(("kind", "ring"), [(Kind.NORMAL, "focus"), (Kind.PAY, "focus-on-solid")])
def test_the_focus_is_a_ring_in_a_tone_that_stands_out(
    qtbot: QtBot, kind: Kind, ring: str
) -> None:
    key = shown(qtbot, Key("", kind=kind))
    assert token(ring) not in colours(key)

    with qtbot.waitActive(key):
        key.activateWindow()
    key.setFocus(Qt.FocusReason.TabFocusReason)

    assert token(ring) in colours(key)


def test_the_word_of_a_narrow_key_is_cut_but_read_aloud_whole(qtbot: QtBot) -> None:
    key = shown(qtbot, Key("Una palabra que no cabe de ninguna manera"))
    key.resize(80, 56)

    assert key.accessibleName() == "Una palabra que no cabe de ninguna manera"
    assert not key.grab().isNull()


def test_a_pressed_key_is_seen_pressed_at_once(qtbot: QtBot) -> None:
    key = shown(qtbot, Key("", kind=Kind.PAY))

    QTest.mousePress(key, Qt.MouseButton.LeftButton)

    assert token("pay-pressed") in colours(key)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("Alimentación 10 %", ("Alimentación", "10\u00a0%")),
        ("Tarro de vidrio 1 l", ("Tarro de vidrio", "1\u00a0l")),
        ("Cojín de lino 45 × 45", ("Cojín de lino", "45\u00a0×\u00a045")),
    ],
)
def test_a_number_is_never_parted_from_its_unit(name: str, rows: tuple[str, ...]) -> None:
    assert wrapped(name, "strong", round(width_of(rows[0], "strong")) + 20) == rows


def test_a_cap_without_room_beside_the_word_goes_below_it() -> None:
    content = Content("Sign in", cap="Enter")
    ink = Ink("text", "text-muted", "text-muted", "surface-sunken", "border")

    beside, below = centre(content, ink, 200), centre(content, ink, 90)

    assert below.width < beside.width
    assert below.height > beside.height


def test_a_cap_that_would_cut_the_word_short_is_left_out() -> None:
    content, ink = Content("Otra etiqueta", cap="F7"), Ink("text", "text", "text", "", "")
    with_cap = tender(content, ink, 400).width
    word = width_of("Otra etiqueta", "strong")

    assert with_cap > word
    assert tender(content, ink, word + 1).width == pytest.approx(word, abs=1)
