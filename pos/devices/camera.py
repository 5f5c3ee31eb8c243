"""The camera as the till sees it: a scanner like any other, and a feed for its panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QPointF, Signal
from PySide6.QtGui import QImage

from hardware.barcode_scanner.port import RawScan, ScannerState
from hardware.camera.decoder import LiveDecoder, load_pyzbar
from hardware.camera.opencv import OpenCvCamera
from hardware.camera.port import Camera, FoundCode, Frame
from hardware.camera.scanner import CameraScanner
from hardware.errors import DeviceBusy, DeviceError
from pos.domain.scan import ScannedCode, ScanSource
from pos.screens.camera.view_model import CameraState, Sighting
from pos.widgets.scan_router import ScanRouter

FRAMES_PER_S = 15
BYTES_PER_PIXEL = 3


class CameraDesk(QObject):
    """Reads codes all the while; sends frames only while somebody watches."""

    framed = Signal(object, object)  # QImage, tuple[Sighting, ...]
    state_changed = Signal(object, str)  # CameraState, what the driver says

    def __init__(self, camera: Camera, router: ScanRouter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._router = router
        self._is_watched = False
        self._camera = _Remembering(camera)
        self._scanner = CameraScanner(
            self._camera,
            LiveDecoder(load_pyzbar()),
            on_frame=self._show,
            on_state=lambda _state: self.state_changed.emit(self.state, self._scanner.trouble),
            frames_per_s=FRAMES_PER_S,
        )

    @property
    def state(self) -> CameraState:
        """How the camera stands."""
        if self._scanner.state is ScannerState.READY:
            return CameraState.READY
        if self._scanner.state is ScannerState.STOPPED:
            return CameraState.STARTING
        return CameraState.TAKEN if self._camera.is_taken else CameraState.ABSENT

    def start(self) -> None:
        self._scanner.start(self._offer)

    def stop(self) -> None:
        self._scanner.stop()

    def watch(self, *, on: bool) -> None:
        """Send frames, or stop sending them; the camera goes on scanning."""
        self._is_watched = on

    def _offer(self, scan: RawScan) -> None:
        self._router.offer(ScannedCode(scan.text, scan.aim_id, ScanSource.CAMERA))

    def _show(self, frame: Frame, codes: Sequence[FoundCode]) -> None:
        if self._is_watched:
            self.framed.emit(_picture(frame), tuple(_sighting(code) for code in codes))


class _Remembering:
    """A camera that remembers whether it was another program that kept it."""

    def __init__(self, camera: Camera) -> None:
        self._camera = camera
        self.is_taken = False

    def open(self) -> None:
        try:
            self._camera.open()
        except DeviceError as error:
            self.is_taken = isinstance(error, DeviceBusy)
            raise
        self.is_taken = False

    def read(self) -> Frame | None:
        return self._camera.read()

    def close(self) -> None:
        self._camera.close()


def camera_of(settings: Mapping[str, Any]) -> Camera | None:
    """Return the camera that the settings name: ``device`` (a number) or ``film`` (a file)."""
    if "film" in settings:
        return OpenCvCamera(Path(str(settings["film"])))
    return OpenCvCamera(int(settings["device"])) if "device" in settings else None


def _picture(frame: Frame) -> QImage:
    stride = frame.width * BYTES_PER_PIXEL
    image = QImage(frame.bgr, frame.width, frame.height, stride, QImage.Format.Format_BGR888)
    return image.copy()  # the frame's bytes go with the frame


def _sighting(code: FoundCode) -> Sighting:
    return Sighting(tuple(QPointF(x, y) for x, y in code.polygon), code.text)
