"""Finds codes in pictures: zxing-cpp first, pyzbar as second opinion when installed.

Measured in tests/bench/RESULTS.md: each decoder alone misreads some pictures; the votes of
`verdict` keep the readings of both and drop the misreadings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import ModuleType

import zxingcpp
from PIL import Image, ImageOps

from hardware.camera.looks import Look, plain, scaled, turned
from hardware.camera.port import FoundCode
from hardware.camera.verdict import PYZBAR, ZXING, Reading, believed, is_settled

_ZXING_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EAN13,  # includes UPC-A
        zxingcpp.BarcodeFormat.EAN8,
        zxingcpp.BarcodeFormat.UPCE,
        zxingcpp.BarcodeFormat.Code128,
        zxingcpp.BarcodeFormat.DataBar,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.DataMatrix,
    ]
)
_GS1_NAMES = {"]C1": "GS1-128", "]d2": "GS1 DataMatrix", "]Q3": "GS1 QR Code"}
# zbar's UPC-A and UPC-E are left off: asked for, it gives 12 digits and finds UPC-E in halves
# of other codes. Its DataBar writes assertions to stderr.
_ZBAR_NAMES = {"EAN13": "EAN-13", "EAN8": "EAN-8", "CODE128": "Code 128", "QRCODE": "QR Code"}
_ZBAR_AIM_IDS = {"EAN13": "]E0", "EAN8": "]E4"}

_SECOND_LOOKS: tuple[Callable[[Image.Image], Look], ...] = (
    lambda image: scaled(image, 2),
    lambda image: scaled(image, 3),
    lambda image: turned(image, 3),
    lambda image: turned(image, -3),
)


def load_pyzbar() -> ModuleType | None:
    """Return pyzbar, or None when it or the system's libzbar is not installed."""
    try:
        from pyzbar import pyzbar
    except ImportError:
        return None
    return pyzbar  # type: ignore[no-any-return]


class StillDecoder:
    """Reads single pictures with all the care there is time for."""

    def __init__(self, second_opinion: ModuleType | None) -> None:
        """Take `load_pyzbar()`, or None to do without a second opinion."""
        self._pyzbar = second_opinion

    def read(self, grey: Image.Image) -> list[FoundCode]:
        """Return the codes of a picture of mode ``L``, the surest first."""
        first = plain(grey)
        readings = read_with_zxing(first)
        if self._pyzbar is not None:
            readings += read_with_pyzbar(self._pyzbar, first)
        for look in _SECOND_LOOKS:
            if is_settled(readings):
                break
            readings += read_with_zxing(look(grey))
        return believed(readings)


class LiveDecoder:
    """Reads frames fast; what it finds in bars is to be confirmed by a second frame.

    Every frame is read by zxing-cpp. When it finds nothing, the frames take turns at what
    helps hard codes and costs more: light bars on dark, the middle of the picture twice as
    large, and pyzbar.
    """

    def __init__(self, second_opinion: ModuleType | None, *, turns_every: int = 4) -> None:
        """Take `load_pyzbar()` or None, and how many frames pass between costly looks."""
        self._turns_every = turns_every
        self._empty_frames = 0
        self._costly_looks = [_light_on_dark, _middle_twice_as_large]
        if second_opinion is not None:
            self._costly_looks.append(lambda grey: read_with_pyzbar(second_opinion, plain(grey)))

    def read(self, grey: Image.Image) -> list[FoundCode]:
        """Return what this frame shows, unconfirmed; one call per frame, in order."""
        readings = read_with_zxing(plain(grey), try_invert=False)
        if not readings:
            readings = self._costly_look(grey)
        return [_single(reading) for reading in _each_ballot_once(readings)]

    def _costly_look(self, grey: Image.Image) -> list[Reading]:
        self._empty_frames += 1
        turn, frames_to_go = divmod(self._empty_frames, self._turns_every)
        if frames_to_go:
            return []
        return self._costly_looks[turn % len(self._costly_looks)](grey)


def read_with_zxing(look: Look, *, try_invert: bool = True) -> list[Reading]:
    """Return everything zxing-cpp reads in one look, light bars on dark too unless told."""
    found = zxingcpp.read_barcodes(
        look.image,
        formats=_ZXING_FORMATS,
        text_mode=zxingcpp.TextMode.Plain,
        try_invert=try_invert,
    )
    return [_zxing_reading(barcode, look) for barcode in found]


def _zxing_reading(barcode: zxingcpp.Barcode, look: Look) -> Reading:
    corners = barcode.position
    points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
    aim_id = barcode.symbology_identifier or None
    return Reading(
        text=barcode.text,
        format=_zxing_name(barcode.format, aim_id),
        aim_id=aim_id,
        decoder=ZXING,
        look=look.name,
        polygon=tuple(look.to_picture(point.x, point.y) for point in points),
    )


def _zxing_name(barcode_format: zxingcpp.BarcodeFormat, aim_id: str | None) -> str:
    name = str(barcode_format)
    if name.startswith("DataBar"):
        return "GS1 DataBar"
    return _GS1_NAMES.get(aim_id or "", name)


def read_with_pyzbar(pyzbar: ModuleType, look: Look) -> list[Reading]:
    """Return what zbar reads in one look, of the kinds it is good at."""
    symbols = [pyzbar.ZBarSymbol[name] for name in _ZBAR_NAMES]
    return [
        Reading(
            text=_text_of(found.data),
            format=_ZBAR_NAMES[found.type],
            aim_id=_ZBAR_AIM_IDS.get(found.type),
            decoder=PYZBAR,
            look=look.name,
            polygon=tuple(look.to_picture(point.x, point.y) for point in found.polygon),
        )
        for found in pyzbar.decode(look.image, symbols=symbols)
        if found.type in _ZBAR_NAMES and found.polygon
    ]


def _text_of(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _light_on_dark(grey: Image.Image) -> list[Reading]:
    return read_with_zxing(plain(ImageOps.invert(grey)), try_invert=False)


def _middle_twice_as_large(grey: Image.Image) -> list[Reading]:
    """Return what zxing-cpp reads in the middle quarter of the picture, at twice the size."""
    left, top = grey.width // 4, grey.height // 4
    middle = grey.crop((left, top, grey.width - left, grey.height - top))
    return [_moved(reading, left, top) for reading in read_with_zxing(scaled(middle, 2))]


def _moved(reading: Reading, across: int, down: int) -> Reading:
    polygon = tuple((x + across, y + down) for x, y in reading.polygon)
    return Reading(
        reading.text, reading.format, reading.aim_id, reading.decoder, reading.look, polygon
    )


def _each_ballot_once(readings: Iterable[Reading]) -> list[Reading]:
    return list({reading.ballot: reading for reading in readings}.values())


def _single(reading: Reading) -> FoundCode:
    return FoundCode(
        reading.text, reading.format, reading.aim_id, (reading.decoder,), reading.polygon
    )
