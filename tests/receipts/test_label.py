"""The label of a parcel: what it says, and that it scans from any paper it is printed on."""

from __future__ import annotations

from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image as Picture
from PySide6.QtWidgets import QApplication

from hardware.receipt_printer.document import Image
from pos.domain.scan_codes import parcel_code
from pos.receipts.label import draw_label, parcel_label, picture_of
from tests.receipts.examples import paper
from tests.receipts.order_examples import HOLD_MS, staged

CODE = parcel_code("W-10482", 1, 2)


def seen(image: Image) -> Picture.Image:
    """Return a printed label as a camera sees it, a margin of white around it."""
    dots = Picture.frombytes("1", (image.width, image.height), image.bits, "raw", "1;I")
    page = Picture.new("L", (image.width + 40, image.height + 40), 255)
    page.paste(dots.convert("L"), (20, 20))
    return page


def codes_on(image: Image) -> set[tuple[str, str]]:
    return {(code.format.name, code.text) for code in zxingcpp.read_barcodes(seen(image))}


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("es", ("Guardar hasta 28/11/2026", "Impresión 2")),
        ("en", ("Keep until 28/11/2026", "Print 2")),
    ],
)
def test_a_label_says_which_parcel_of_whom_where_and_until_when(
    language: str, said: tuple[str, str]
) -> None:
    label = parcel_label(staged(), 1, 2, paper(language=language), hold_until_ms=HOLD_MS)

    assert label.lines == ("K7M4", "1/2", "W-10482", "Carmen O.", "B3", *said, CODE)


def test_a_label_printed_before_its_parcel_has_a_shelf_leaves_the_shelf_out() -> None:
    label = parcel_label(replace(staged(), parcels=()), 1, 1, paper())

    assert (label.shelf, label.hold, label.part) == ("", "", "1/1")


@pytest.mark.parametrize(
    ("width", "height", "has_bars"),
    [
        (576, 0, True),  # 80 mm roll
        (504, 0, True),
        (384, 0, False),  # 58 mm roll: bars would be too thin
        (800, 400, True),  # 100 × 50 mm at 203 dpi
        (1200, 1800, True),  # 4 × 6 inches at 300 dpi
    ],
)
def test_a_label_scans_from_every_paper(
    qapp: QApplication, width: int, height: int, has_bars: bool
) -> None:
    label = parcel_label(staged(), 1, 2, paper(), hold_until_ms=HOLD_MS)

    image = draw_label(label, width, height)

    assert image.width == width
    assert not height or image.height == height
    expected = {("QRCode", CODE)} | ({("Code128", CODE)} if has_bars else set())
    assert codes_on(image) == expected


def test_the_newest_print_of_a_label_reads_as_such(qapp: QApplication) -> None:
    label = parcel_label(staged(), 2, 12, paper())

    assert ("QRCode", parcel_code("W-10482", 2, 12)) in codes_on(draw_label(label, 576))


@pytest.mark.parametrize("name", ["محمد علي", "🎁 Regalo Pérez", "A" * 190, "", "X\u202eY\nZ W"])
def test_a_name_of_any_writing_keeps_to_its_place(qapp: QApplication, name: str) -> None:
    plain = parcel_label(replace(staged(), customer_name=""), 1, 2, paper())
    label = parcel_label(replace(staged(), customer_name=name), 1, 2, paper())

    without, with_name = seen(draw_label(plain, 576)), seen(draw_label(label, 576))

    assert "\u202e" not in label.name
    assert "\n" not in label.name
    unit = 12
    above, beside = (0, 0, 616, 20 + 17 * unit), (20 + 33 * unit, 0, 616, without.height)
    assert with_name.crop(above).tobytes() == without.crop(above).tobytes()
    assert with_name.crop(beside).tobytes() == without.crop(beside).tobytes()


def test_the_preview_is_the_printed_picture_dot_by_dot(qapp: QApplication) -> None:
    image = draw_label(parcel_label(staged(), 1, 2, paper()), 576)

    picture = picture_of(image)

    assert (picture.width(), picture.height()) == (image.width, image.height)
    for x, y in ((14, 30), (300, 100), (450, 60), (500, 300)):
        is_black = bool(image.bits[y * image.width // 8 + x // 8] >> (7 - x % 8) & 1)
        assert (picture.pixelColor(x, y).lightness() == 0) is is_black
