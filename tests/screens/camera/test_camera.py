"""What the camera sees, with the code it found outlined."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from pos.screens.camera.view import CameraPanel
from pos.screens.camera.view_model import CameraState, CameraViewModel, Sighting
from pos.screens.navigator import Navigator
from pos.theme.theme import current


class FakeFeed(QObject):
    """A camera whose frames the test gives."""

    framed = Signal(object, object)
    state_changed = Signal(object)

    def __init__(self, state: CameraState = CameraState.STARTING) -> None:
        super().__init__()
        self.state = state
        self.is_watched = False

    def watch(self, *, on: bool) -> None:
        self.is_watched = on


def white(width: int = 320, height: int = 180) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    return image


def square(left: int, top: int, side: int) -> tuple[QPointF, ...]:
    right, bottom = left + side, top + side
    corners = ((left, top), (right, top), (right, bottom), (left, bottom))
    return tuple(QPointF(x, y) for x, y in corners)


def test_the_code_in_the_frame_is_outlined_where_it_is(qtbot: QtBot) -> None:
    feed = FakeFeed()
    panel = CameraPanel(CameraViewModel(Navigator(), feed))
    qtbot.addWidget(panel)
    panel.resize(782, 396)
    panel.show()

    feed.framed.emit(white(), (Sighting(square(40, 40, 100), "8410000000017"),))

    preview = panel.preview
    shown = preview.grab().toImage()
    scale = min((preview.width() - 2) / 320, (preview.height() - 2) / 180)
    left = (preview.width() - 320 * scale) / 2
    top = (preview.height() - 180 * scale) / 2
    at = (round(left + 40 * scale), round(top + 90 * scale))
    away = (round(left + 250 * scale), round(top + 90 * scale))
    assert shown.pixelColor(*at) == current().color("accent")
    assert shown.pixelColor(*away) == QColor("white")
    assert "8410000000017" in panel.found.text()


def test_a_camera_that_is_absent_or_taken_is_said_and_starts_by_itself(qtbot: QtBot) -> None:
    feed = FakeFeed(CameraState.ABSENT)
    model = CameraViewModel(Navigator(), feed)
    panel = CameraPanel(model)
    qtbot.addWidget(panel)
    panel.show()
    absent = model.title

    feed.state_changed.emit(CameraState.TAKEN)
    taken = model.title
    feed.framed.emit(white(), ())

    assert (absent, taken) == ("There is no camera", "Another program uses the camera")
    assert model.state is CameraState.READY
    assert panel.preview.isVisible()


def test_a_till_without_a_camera_says_so(qtbot: QtBot) -> None:
    model = CameraViewModel(Navigator(), None)
    panel = CameraPanel(model)
    qtbot.addWidget(panel)
    panel.show()

    assert panel.teach.isVisible()
    assert model.title == "No camera is set up"


def test_frames_are_asked_for_only_while_the_panel_is_open(qapp: object) -> None:
    feed, navigator = FakeFeed(), Navigator()
    model = CameraViewModel(navigator, feed)
    navigator.open(model)
    watched = feed.is_watched

    model.close()

    assert watched
    assert not feed.is_watched
    assert navigator.panel is None
