"""A camera made of memory, for development, demos and tests."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image

from hardware.camera.port import Frame
from hardware.errors import DeviceUnreachable


class SimulatedCamera:
    """Shows the pictures it is given, one per frame; a test may unplug it."""

    def __init__(self, pictures: Iterable[Image.Image]) -> None:
        self._pictures = iter(pictures)
        self.is_plugged_in = True
        self.is_open = False

    def open(self) -> None:
        self._check()
        self.is_open = True

    def read(self) -> Frame | None:
        self._check()
        picture = next(self._pictures, None)
        return None if picture is None else frame_of(picture)

    def close(self) -> None:
        self.is_open = False

    def _check(self) -> None:
        if not self.is_plugged_in:
            self.is_open = False
            raise DeviceUnreachable("The camera is unplugged (simulated).")


def frame_of(picture: Image.Image) -> Frame:
    """Return a picture as a camera would give it."""
    red, green, blue = picture.convert("RGB").split()
    bgr = Image.merge("RGB", (blue, green, red)).tobytes()
    return Frame(picture.width, picture.height, bgr, picture.convert("L"))
