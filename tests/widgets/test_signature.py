"""A signature is what was drawn, by pen or by mouse."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QInputDevice, QPointingDevice, QTabletEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.theme import theme
from pos.widgets.signature import SignaturePad, Stroke


@pytest.fixture
def pad(qapp: QApplication) -> Iterator[SignaturePad]:
    theme.apply(qapp, "light")
    made = SignaturePad()
    made.resize(400, 214)
    made.show()
    yield made
    made.close()
    made.deleteLater()


def signed(pad: SignaturePad) -> list[tuple[Stroke, ...]]:
    """Return what the pad says from now on."""
    said: list[tuple[Stroke, ...]] = []
    pad.signed.connect(said.append)
    return said


def draw(pad: SignaturePad, *points: tuple[int, int]) -> None:
    left = Qt.MouseButton.LeftButton
    first, *rest = (QPoint(x, y) for x, y in points)
    QTest.mousePress(pad, left, pos=first)
    for point in rest:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, left, pos=(rest or [first])[-1])


def test_each_stroke_is_told_with_those_before(pad: SignaturePad) -> None:
    said = signed(pad)
    draw(pad, (10, 20), (30, 40))
    draw(pad, (50, 60))
    assert said[-1] == (((100, 200), (300, 400)), ((500, 600),))


def test_what_leaves_the_pad_stays_on_its_edge(pad: SignaturePad) -> None:
    said = signed(pad)
    draw(pad, (390, 10), (900, -50))
    assert said[-1][0][-1] == (4000, 0)


def test_clearing_begins_anew_and_says_so(pad: SignaturePad) -> None:
    draw(pad, (10, 20), (30, 40))
    said = signed(pad)
    pad.clear()
    assert said == [()]
    assert pad.strokes == ()


def test_a_pen_draws_as_the_mouse_does(pad: SignaturePad) -> None:
    said = signed(pad)
    device = QPointingDevice(
        "pen", 1, QInputDevice.DeviceType.Stylus, QPointingDevice.PointerType.Pen,
        QInputDevice.Capability.Position, 1, 1,
    )  # fmt: skip
    kinds = QEvent.Type
    steps = ((kinds.TabletPress, 10), (kinds.TabletMove, 30), (kinds.TabletRelease, 30))
    for kind, x in steps:
        at = QPointF(x, 20)
        event = QTabletEvent(
            kind, device, at, at, 0.5, 0, 0, 0.0, 0.0, 0.0,
            Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton,
        )  # fmt: skip
        QApplication.sendEvent(pad, event)
        assert event.isAccepted()
    assert said == [(((100, 200), (300, 200)),)]


def test_what_was_drawn_before_is_painted_and_not_told_again(pad: SignaturePad) -> None:
    said = signed(pad)
    empty = pad.grab().toImage()
    pad.set_strokes([[(100, 100), (2000, 1000)], [(3000, 500)]])
    assert pad.grab().toImage() != empty
    assert said == []
