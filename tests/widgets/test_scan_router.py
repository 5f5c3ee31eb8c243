"""Scans are caught on every screen; typing reaches the field it was meant for."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from hardware.barcode_scanner.wedge import WedgeDecoder
from pos.domain.scan import ScannedCode, ScanSource
from pos.widgets.scan_router import ScanRouter

PRODUCT = "5449000039231"

# The offscreen platform says so of every window with a layout.
pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints", extend=True)


class Keyboard:
    """A keyboard at the window, with a clock that only it moves."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self.now_ms = 1000

    def type(self, text: str, *, every_ms: int) -> None:
        for char in text:
            self.press(_key_of(char), after_ms=every_ms)

    def press(
        self,
        key: Qt.Key,
        *,
        after_ms: int,
        modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier,
    ) -> None:
        self.now_ms += after_ms
        QTest.keyClick(self._window.windowHandle(), key, modifier)

    def repeat(self, char: str, *, after_ms: int) -> None:
        """Press a key as the window system tells of one that is held down."""
        self.now_ms += after_ms
        no_modifier = Qt.KeyboardModifier.NoModifier
        press = QKeyEvent(QEvent.Type.KeyPress, _key_of(char), no_modifier, char, autorep=True)
        QCoreApplication.sendEvent(self._window.windowHandle(), press)


def _key_of(char: str) -> Qt.Key:
    named = {"\r": Qt.Key.Key_Return, "\t": Qt.Key.Key_Tab, " ": Qt.Key.Key_Space}
    return named.get(char) or Qt.Key(ord(char.upper()))


class Screen(QWidget):
    """A screen with a search field, a PIN field and a button."""

    def __init__(self) -> None:
        super().__init__()
        self.search = QLineEdit()
        self.pin = QLineEdit()
        self.pin.setEchoMode(QLineEdit.EchoMode.Password)
        self.pay = QPushButton("Pay")
        self.paid = 0
        self.pay.clicked.connect(self._count_payment)
        self.shortcut = QShortcut(QKeySequence("+"), self, self._count_payment)
        column = QVBoxLayout(self)
        for widget in (self.search, self.pin, self.pay):
            column.addWidget(widget)

    def _count_payment(self) -> None:
        self.paid += 1


@pytest.fixture
def screen(qtbot: QtBot) -> Screen:
    screen = Screen()
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitActive(screen)
    return screen


@pytest.fixture
def keyboard(screen: Screen) -> Keyboard:
    return Keyboard(screen)


@pytest.fixture
def router(keyboard: Keyboard, screen: Screen) -> Iterator[ScanRouter]:
    router = ScanRouter(WedgeDecoder(), clock_ms=lambda: keyboard.now_ms, parent=screen)
    yield router
    screen.windowHandle().removeEventFilter(router)


@pytest.fixture
def scans(router: ScanRouter) -> list[ScannedCode]:
    scans: list[ScannedCode] = []
    router.scanned.connect(scans.append)
    return scans


@pytest.mark.parametrize("suffix", ["\r", "\t"])
@pytest.mark.parametrize("field", ["search", "pin", "pay"])
def test_a_scan_is_caught_wherever_the_focus_is(
    screen: Screen, keyboard: Keyboard, scans: list[ScannedCode], field: str, suffix: str
) -> None:
    getattr(screen, field).setFocus()

    keyboard.type(PRODUCT + suffix, every_ms=4)

    assert scans == [ScannedCode(PRODUCT, None, ScanSource.WEDGE)]
    assert screen.search.text() == screen.pin.text() == ""
    assert screen.paid == 0
    assert getattr(screen, field).hasFocus()


def test_a_scan_without_suffix_ends_by_silence(
    qtbot: QtBot, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    keyboard.type(PRODUCT, every_ms=4)

    qtbot.waitUntil(lambda: [scan.text for scan in scans] == [PRODUCT])


def test_ten_scans_in_a_row_are_ten_scans(
    screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setFocus()
    codes = [f"84{number:011d}" for number in range(10)]

    for code in codes:
        keyboard.press(_key_of(code[0]), after_ms=44)
        keyboard.type(code[1:] + "\r", every_ms=4)

    assert [scan.text for scan in scans] == codes
    assert screen.search.text() == ""


def test_typing_reaches_the_field_with_the_focus(
    qtbot: QtBot, screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setFocus()

    keyboard.type("jamon 3", every_ms=80)

    qtbot.waitUntil(lambda: screen.search.text() == "jamon 3")
    assert scans == []


def test_typing_goes_to_the_field_it_began_in(
    qtbot: QtBot, screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setFocus()
    keyboard.type("1", every_ms=80)

    screen.pin.setFocus()
    keyboard.type("2", every_ms=80)

    qtbot.waitUntil(lambda: screen.pin.text() == "2")
    assert screen.search.text() == "1"
    assert scans == []


def test_what_is_typed_before_a_scan_stays_typed(
    screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setFocus()

    keyboard.type("3", every_ms=200)
    keyboard.press(_key_of(PRODUCT[0]), after_ms=30)
    keyboard.type(PRODUCT[1:] + "\r", every_ms=4)

    assert screen.search.text() == "3"
    assert [scan.text for scan in scans] == [PRODUCT]


def test_a_group_separator_is_typed_with_ctrl(
    keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    keyboard.type("010950110153000310ab", every_ms=4)
    keyboard.press(
        Qt.Key.Key_BracketRight, after_ms=4, modifier=Qt.KeyboardModifier.ControlModifier
    )
    keyboard.type("2112\r", every_ms=4)

    assert [scan.text for scan in scans] == ["010950110153000310ab\x1d2112"]


def test_a_key_alone_still_is_a_shortcut(
    qtbot: QtBot, screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.pay.setFocus()

    keyboard.type("+", every_ms=80)

    qtbot.waitUntil(lambda: screen.paid == 1)
    assert scans == []


def test_a_shortcut_within_a_scan_belongs_to_the_scan(
    screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.pay.setFocus()

    keyboard.type("123+4567\r", every_ms=4)

    assert [scan.text for scan in scans] == ["123+4567"]
    assert screen.paid == 0


def test_a_space_typed_on_a_button_presses_it(
    qtbot: QtBot, screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.pay.setFocus()

    keyboard.type(" ", every_ms=80)

    qtbot.waitUntil(lambda: screen.paid == 1)
    assert scans == []


def test_keys_without_a_character_work_at_once(
    screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setText("ab")
    screen.search.setFocus()

    keyboard.type("c", every_ms=80)
    keyboard.press(Qt.Key.Key_Home, after_ms=20)

    assert screen.search.text() == "abc"
    assert screen.search.cursorPosition() == 0
    assert scans == []


def test_the_time_of_the_window_system_will_do(qtbot: QtBot, screen: Screen) -> None:
    router = ScanRouter(WedgeDecoder(), parent=screen)
    screen.search.setFocus()

    with qtbot.waitSignal(router.scanned) as heard:
        Keyboard(screen).type(PRODUCT + "\r", every_ms=0)

    assert heard.args == [ScannedCode(PRODUCT, None, ScanSource.WEDGE)]
    assert screen.search.text() == ""
    screen.windowHandle().removeEventFilter(router)


def test_a_scan_stays_whole_when_the_interface_is_busy_within_it(
    qtbot: QtBot, screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setFocus()

    keyboard.type(PRODUCT[:3], every_ms=4)
    busy = QElapsedTimer()
    busy.start()
    while not busy.hasExpired(120):
        pass
    QTimer.singleShot(20, lambda: keyboard.type(PRODUCT[3:] + "\r", every_ms=4))
    qtbot.waitUntil(lambda: bool(scans))

    assert scans == [ScannedCode(PRODUCT, None, ScanSource.WEDGE)]
    assert screen.search.text() == ""


def test_a_scanner_may_type_a_digit_twice_within_a_millisecond(
    screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setFocus()

    keyboard.type("844", every_ms=2)
    keyboard.repeat("4", after_ms=0)
    keyboard.type("9000039231\r", every_ms=2)

    assert [scan.text for scan in scans] == ["84449000039231"]
    assert screen.search.text() == ""


def test_a_key_held_down_is_typing(
    screen: Screen, keyboard: Keyboard, scans: list[ScannedCode]
) -> None:
    screen.search.setFocus()

    keyboard.type("4", every_ms=2)
    keyboard.repeat("4", after_ms=300)
    for _ in range(10):
        keyboard.repeat("4", after_ms=33)
    keyboard.press(Qt.Key.Key_Return, after_ms=33)

    assert screen.search.text() == "4" * 12
    assert scans == []


def test_other_scanners_may_speak_from_their_threads(qtbot: QtBot, router: ScanRouter) -> None:
    code = ScannedCode("96385074", "]E4", ScanSource.CAMERA)

    with qtbot.waitSignal(router.scanned) as heard:
        thread = threading.Thread(target=router.offer, args=(code,))
        thread.start()
    thread.join()

    assert heard.args == [code]
