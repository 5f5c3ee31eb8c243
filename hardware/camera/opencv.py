"""A camera, or a film in its place, through OpenCV.

OpenCV is used for capture only, on local devices and files, and is loaded when first
needed: the till runs without the camera extra.
Tried on: generated films; no camera yet (see the device table in hardware/README.md).
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from hardware.camera.port import Frame
from hardware.errors import DeviceBusy, DeviceNotConfigured, DeviceUnreachable

if TYPE_CHECKING:
    import cv2


class OpenCvCamera:
    """A camera by its index (0 is the first), or a video file.

    Args:
        source: Index of the device, or path of a film.
        width: Wished for in pixels; the camera gives the nearest it can.
        height: The same.
    """

    def __init__(self, source: int | Path, *, width: int = 1280, height: int = 720) -> None:
        self._source = source
        self._width = width
        self._height = height
        self._capture: cv2.VideoCapture | None = None

    def open(self) -> None:
        if self._capture is not None:
            return
        try:
            import cv2
        except ImportError as error:
            raise DeviceNotConfigured(
                "The camera needs the camera extra: pip install mostrador[camera]"
            ) from error
        self._refuse_a_missing_source()
        # It reports to stderr what is said in words below.
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
        given = self._source if isinstance(self._source, int) else str(self._source)
        capture = cv2.VideoCapture(given)
        if not capture.isOpened():
            raise self._cannot_open()
        if isinstance(self._source, int):
            capture.set(cv2.CAP_PROP_FRAME_WIDTH, self._width)
            capture.set(cv2.CAP_PROP_FRAME_HEIGHT, self._height)
        self._capture = capture

    def read(self) -> Frame | None:
        import cv2

        if self._capture is None:
            raise DeviceUnreachable("The camera is not open.")
        is_read, pixels = self._capture.read()
        if not is_read:
            if isinstance(self._source, Path):
                return None
            raise DeviceUnreachable(f"Camera {self._source} gives no pictures any more.")
        height, width = pixels.shape[:2]
        grey = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
        grey_image = Image.frombuffer("L", (width, height), grey.tobytes(), "raw", "L", 0, 1)
        return Frame(width, height, pixels.tobytes(), grey_image)

    def close(self) -> None:
        if self._capture is not None:
            self._capture.release()
            self._capture = None

    def _refuse_a_missing_source(self) -> None:
        if isinstance(self._source, Path):
            if not self._source.is_file():
                raise DeviceUnreachable(f"There is no film {self._source}.")
        elif Path("/dev").is_dir() and not self._device_file().exists():
            raise DeviceUnreachable(f"Camera {self._source} is not plugged in.")

    def _cannot_open(self) -> DeviceBusy | DeviceUnreachable:
        if isinstance(self._source, int):
            return DeviceBusy(
                f"Camera {self._source} does not open: another program or no permission."
            )
        return DeviceUnreachable(f"{self._source} is no film that OpenCV can read.")

    def _device_file(self) -> Path:
        return Path(f"/dev/video{self._source}")
