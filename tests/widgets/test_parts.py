"""Header, tabs, fields, PIN, notices, sounds, and where everything lies."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from pos.theme import theme
from pos.theme.tokens import ThemeName
from pos.widgets.choices import Segment, Stepper
from pos.widgets.field import Field
from pos.widgets.gallery import SHEETS, sample_header
from pos.widgets.grid import page_places, places
from pos.widgets.header import Header, State
from pos.widgets.key import Key
from pos.widgets.labels import Chip, PinDots
from pos.widgets.sounds import SOUNDS, Sound, Sounds, at_volume
from pos.widgets.tab_strip import Tab, TabStrip

# The offscreen platform says so of every window with a least size.
pytestmark = pytest.mark.qt_log_ignore("does not support propagateSizeHints")


def box(rect: QRect) -> tuple[int, int, int, int]:
    """Return left, top, right, bottom in window coordinates, below a header of 56."""
    return rect.x(), rect.y() + 56, rect.x() + rect.width(), rect.y() + 56 + rect.height()


@pytest.mark.parametrize(
    ("size", "ticket", "tabs", "lower"),
    [
        ((1024, 768), (12, 468), (480, 68, 1012, 328), (340, 756)),
        ((1366, 768), (12, 560), (572, 68, 1354, 464), (476, 756)),
        ((1920, 1080), (12, 732), (744, 68, 1908, 712), (724, 1068)),
    ],
)
def test_everything_lies_where_the_design_puts_it(
    size: tuple[int, int],
    ticket: tuple[int, int],
    tabs: tuple[int, int, int, int],
    lower: tuple[int, int],
) -> None:
    found = places(size[0], size[1] - 56)

    assert box(found.ticket)[::2] == ticket
    assert box(found.tabs) == tabs
    assert box(found.lower)[1::2] == lower
    assert found.lower.contains(found.acts)
    assert found.lower.contains(found.keypad)
    assert not found.acts.intersects(found.keypad)


@pytest.mark.parametrize("size", [(1024, 712), (1366, 712), (1920, 1024), (1440, 900)])
def test_left_handed_is_the_mirror(size: tuple[int, int]) -> None:
    plain, mirrored = places(*size), places(*size, mirrored=True)

    for name in ("ticket", "tabs", "acts", "keypad"):
        one, other = getattr(plain, name), getattr(mirrored, name)
        assert other.x() == size[0] - one.x() - one.width()
        assert (other.y(), other.size()) == (one.y(), one.size())


def test_a_page_keeps_its_right_column() -> None:
    page = page_places(1366, 712)

    assert box(page.bar) == (12, 68, 1354, 124)
    assert box(page.main) == (12, 136, 836, 756)
    assert box(page.right) == (848, 136, 1354, 756)


def pixel(widget: QWidget, x: int, y: int) -> str:
    return widget.grab().toImage().pixelColor(x, y).name()


def token(name: str) -> str:
    return QColor(theme.current().color(name)).name()


@pytest.mark.parametrize(
    ("state", "ground"),
    [
        (State.ONLINE, "surface-header"),
        (State.DELAYED, "surface-header"),
        (State.OFFLINE, "amber"),
        (State.TRAINING, "training"),
    ],
)
def test_the_header_changes_colour_and_words_with_its_state(
    qtbot: QtBot, state: State, ground: str
) -> None:
    header = sample_header(state)
    qtbot.addWidget(header)
    header.resize(1366, 56)
    header.show()

    assert pixel(header, 2, 50) == token(ground)
    assert header.cell("message").isVisible() == (state in (State.OFFLINE, State.TRAINING))
    assert header.cell("link").accessibleName()


def test_the_cells_of_the_header_are_targets(qtbot: QtBot) -> None:
    header = sample_header(State.ONLINE)
    qtbot.addWidget(header)
    header.resize(1366, 56)
    header.show()
    clicked = QSignalSpy(header.cell_clicked)

    for name in ("cashier", "link"):
        QTest.mouseClick(header.cell(name), Qt.MouseButton.LeftButton)

    assert [clicked.at(index)[0] for index in range(clicked.count())] == ["cashier", "link"]


def test_nobody_signed_in_leaves_no_empty_cell(qtbot: QtBot) -> None:
    header = Header()
    qtbot.addWidget(header)
    header.set_place("Nogal", "Caja 2")
    header.show()

    assert not header.cell("cashier").isVisible()
    assert not header.cell("pickups").isVisible()


def test_tabs_are_chosen_by_touch_and_by_arrow_keys(qtbot: QtBot) -> None:
    strip = TabStrip((Tab("keys", "Teclas"), Tab("search", "Buscar", "F2"), Tab("c", "Cliente")))
    qtbot.addWidget(strip)
    strip.resize(780, 57)
    strip.show()
    chosen = QSignalSpy(strip.chosen)

    QTest.mouseClick(strip, Qt.MouseButton.LeftButton, pos=strip.rect().center())
    QTest.keyClick(strip, Qt.Key.Key_Right)
    QTest.keyClick(strip, Qt.Key.Key_Right)

    assert [chosen.at(index)[0] for index in range(chosen.count())] == ["search", "c", "keys"]


def test_a_field_takes_keypad_and_keyboard_and_says_what_is_wrong(qtbot: QtBot) -> None:
    field = Field(right=True, name="Efectivo")
    qtbot.addWidget(field)
    edited = QSignalSpy(field.edited)

    field.press("12")
    field.press(",")
    QTest.keyClicks(field.edit, "555")
    field.set_wrong("dos decimales")
    assert field.edit.accessibleDescription() == "dos decimales"
    field.erase()

    assert field.text() == "12,55"
    assert field.reason == ""
    assert edited.at(edited.count() - 1) == ["12,55"]


def test_a_pin_shows_how_many_and_never_which(qtbot: QtBot) -> None:
    dots = PinDots()
    qtbot.addWidget(dots)
    dots.resize(240, 60)

    dots.set_count(2)
    two = dots.grab().toImage()
    dots.set_count(2)
    assert dots.grab().toImage() == two
    dots.set_count(6)

    assert dots.grab().toImage() != two
    assert dots.accessibleName() == ""
    assert dots.accessibleDescription() == "6"


def test_a_segment_moves_with_the_arrow_keys(qtbot: QtBot) -> None:
    segment = Segment((("hand", "Entregar"), ("leave", "Dejar")))
    qtbot.addWidget(segment)
    chosen = QSignalSpy(segment.chosen)

    QTest.keyClick(segment, Qt.Key.Key_Right)

    assert chosen.at(0) == ["leave"]
    assert segment.accessibleName() == "Dejar"


def test_a_stepper_stops_at_its_ends(qtbot: QtBot) -> None:
    stepper = Stepper(1, least=0, most=2)
    qtbot.addWidget(stepper)
    changed = QSignalSpy(stepper.changed)

    for _ in range(3):
        QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)

    assert stepper.value == 2
    assert changed.count() == 1
    assert not stepper.more.isEnabled()


def test_a_chip_is_as_wide_as_its_words(qtbot: QtBot) -> None:
    short, long = Chip("2 h", icon="clock", tone="amber"), Chip("Carmen Ortega · Oro")
    qtbot.addWidget(short)
    qtbot.addWidget(long)

    assert short.sizeHint().width() < long.sizeHint().width()
    assert short.sizeHint().height() == 32


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("sheet", sorted(SHEETS))
@pytest.mark.parametrize("size", [(1366, 768), (1024, 768), (1920, 1080)])
def test_every_component_is_painted_in_both_themes_without_a_warning(
    qtbot: QtBot, qapp: QApplication, name: ThemeName, sheet: str, size: tuple[int, int]
) -> None:
    theme.apply(qapp, name)
    window = SHEETS[sheet]()
    qtbot.addWidget(window)
    window.resize(*size)

    picture = window.grab().toImage()

    names = {picture.pixelColor(x, y).name() for x in range(0, 900, 3) for y in range(0, 760, 3)}
    assert {token("surface-app"), token("surface-panel")} <= names


def test_every_key_of_the_sale_screen_is_a_target_and_has_a_name(qtbot: QtBot) -> None:
    window = SHEETS["sale"]()
    qtbot.addWidget(window)
    window.resize(1024, 768)
    window.show()

    for key in window.findChildren(Key):
        assert key.accessibleName(), key.content
        assert min(key.width(), key.height()) >= 56, key.content


@pytest.mark.parametrize("sound", list(Sound))
def test_a_sound_is_short(sound: Sound) -> None:
    with wave.open(str(SOUNDS / f"{sound.value}.wav")) as file:
        seconds = file.getnframes() / file.getframerate()

    assert 0.03 <= seconds <= 0.2


def test_the_volume_is_that_of_the_till() -> None:
    def loudest(volume: int) -> int:
        with wave.open(io.BytesIO(at_volume(Sound.DONE, volume))) as file:
            data = memoryview(file.readframes(file.getnframes())).cast("h")
        return max(abs(value) for value in data)

    assert loudest(50) == pytest.approx(loudest(100) / 2, rel=0.01)
    assert loudest(0) == 0


def test_a_sound_is_handed_to_the_player(qtbot: QtBot, tmp_path: Path) -> None:
    player, heard = tmp_path / "aplay", tmp_path / "heard.wav"
    player.write_text(f"#!/bin/sh\ncp $2 {heard}.part && mv {heard}.part {heard}\n")
    player.chmod(0o755)
    sounds = Sounds(volume=100, player=str(player))

    sounds.play(Sound.ACCEPTED)
    qtbot.waitUntil(heard.exists)

    assert heard.read_bytes() == at_volume(Sound.ACCEPTED, 100)


def test_a_player_that_is_missing_disturbs_nobody(qtbot: QtBot, tmp_path: Path) -> None:
    sounds = Sounds(player=str(tmp_path / "aplay"))

    sounds.play(Sound.REFUSED)

    qtbot.waitUntil(lambda: not sounds.pending)
