"""The camera of the till: its codes go the way of every scan, its frames to whoever watches."""

from __future__ import annotations

from collections.abc import Iterator

import zxingcpp
from PIL import Image
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hardware.barcode_scanner.wedge import WedgeDecoder
from hardware.camera.simulator import SimulatedCamera
from pos.devices.camera import CameraDesk, camera_of
from pos.domain.scan import ScannedCode, ScanSource
from pos.screens.camera.view_model import CameraState, Sighting
from pos.widgets.scan_router import ScanRouter

CODE = "8436012340018"


def film() -> Iterator[Image.Image]:
    symbol = zxingcpp.create_barcode(CODE, zxingcpp.BarcodeFormat.EAN13)
    bars = Image.fromarray(symbol.to_image(scale=3))
    picture = Image.new("RGB", (640, 480), "white")
    picture.paste(bars, (120, 140))
    while True:
        yield picture


def test_a_code_held_before_the_camera_is_scanned_and_outlined(
    qtbot: QtBot, qapp: QApplication
) -> None:
    router = ScanRouter(WedgeDecoder(), parent=qapp)
    desk = CameraDesk(SimulatedCamera(film()), router)
    scans: list[ScannedCode] = []
    seen: list[tuple[Sighting, ...]] = []
    router.scanned.connect(scans.append)
    desk.framed.connect(lambda _image, sightings: seen.append(sightings))
    desk.watch(on=True)

    desk.start()
    try:
        qtbot.waitUntil(lambda: bool(scans) and bool(seen and seen[-1]), timeout=20_000)
        assert desk.state is CameraState.READY
    finally:
        desk.stop()

    assert (scans[0].text, scans[0].source) == (CODE, ScanSource.CAMERA)
    assert seen[-1][0].text == CODE
    assert len(seen[-1][0].corners) == 4


def test_a_camera_that_is_not_there_is_absent_and_the_rest_goes_on(
    qtbot: QtBot, qapp: QApplication
) -> None:
    camera = SimulatedCamera(film())
    camera.is_plugged_in = False
    desk = CameraDesk(camera, ScanRouter(WedgeDecoder(), parent=qapp))

    desk.start()
    try:
        qtbot.waitUntil(lambda: desk.state is CameraState.ABSENT, timeout=20_000)
    finally:
        desk.stop()


def test_without_settings_there_is_no_camera() -> None:
    assert camera_of({}) is None
