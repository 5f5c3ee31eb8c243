"""The camera reads codes that are there, and none that are not."""

from __future__ import annotations

from pathlib import Path

import pytest
import zxingcpp
from PIL import Image, ImageOps

from hardware.camera.decoder import (
    LiveDecoder,
    StillDecoder,
    load_pyzbar,
    read_with_pyzbar,
    read_with_zxing,
)
from hardware.camera.looks import plain, scaled, turned
from hardware.camera.picture import open_grey
from hardware.camera.port import FoundCode

PHOTOS = Path(__file__).parent / "photos"
PICTURES = sorted(path for path in PHOTOS.iterdir() if path.suffix in (".png", ".webp", ".jpg"))
PYZBAR = load_pyzbar()


def expected(photo: Path) -> list[str]:
    text = photo.with_suffix(".txt")
    return [text.read_text("utf-8")] if text.exists() else []


def label(text: str, kind: str, **options: bool) -> Image.Image:
    """Return a label as printed, with white around it."""
    barcode = zxingcpp.create_barcode(text, getattr(zxingcpp.BarcodeFormat, kind), **options)
    bars = Image.fromarray(barcode.to_image(scale=3, add_quiet_zones=True))
    sheet = Image.new("L", (bars.width + 80, bars.height + 80), 255)
    sheet.paste(bars, (40, 40))
    return sheet


@pytest.fixture(params=["both decoders", "zxing-cpp alone"])
def decoder(request: pytest.FixtureRequest) -> StillDecoder:
    return StillDecoder(PYZBAR if request.param == "both decoders" else None)


@pytest.mark.parametrize("photo", PICTURES, ids=lambda photo: photo.stem)
def test_a_photograph_gives_its_code_and_nothing_else(decoder: StillDecoder, photo: Path) -> None:
    codes = decoder.read(open_grey(photo))

    assert [code.text for code in codes] == expected(photo)


def test_each_decoder_alone_misreads_one_of_the_photographs() -> None:
    assert PYZBAR is not None, "pyzbar needs the system library libzbar0"
    by_zxing = read_with_zxing(plain(open_grey(PHOTOS / "ean13-35.webp")))
    by_pyzbar = read_with_pyzbar(PYZBAR, plain(open_grey(PHOTOS / "code128-6.png")))

    assert "7034759003930" in [reading.text for reading in by_zxing]
    assert "ssss1234ssabszz" in [reading.text for reading in by_pyzbar]


@pytest.mark.parametrize(
    ("text", "kind", "read", "name", "aim_id"),
    [
        ("5449000039231", "EAN13", "5449000039231", "EAN-13", "]E0"),
        ("036000291452", "UPCA", "0036000291452", "EAN-13", "]E0"),
        ("01234565", "UPCE", "0012345000065", "UPC-E", "]E0"),
        ("96385074", "EAN8", "96385074", "EAN-8", "]E4"),
        ("AB-12", "Code128", "AB-12", "Code 128", "]C0"),
        ("hola ñ", "QRCode", "hola ñ", "QR Code", "]Q1"),
        ("x1", "DataMatrix", "x1", "Data Matrix", "]d1"),
        ("(01)09501101530003", "DataBarOmni", "0109501101530003", "GS1 DataBar", "]e0"),
        (
            "(01)09501101530003(10)AB(17)270101",
            "DataBarExp",
            "010950110153000310AB\x1d17270101",
            "GS1 DataBar",
            "]e0",
        ),
    ],
)
def test_every_kind_of_label_is_read_and_named(
    decoder: StillDecoder, text: str, kind: str, read: str, name: str, aim_id: str
) -> None:
    (code,) = decoder.read(label(text, kind))

    assert (code.text, code.format, code.aim_id) == (read, name, aim_id)


@pytest.mark.parametrize(
    ("kind", "name", "aim_id"),
    [
        ("Code128", "GS1-128", "]C1"),
        ("DataMatrix", "GS1 DataMatrix", "]d2"),
        ("QRCode", "GS1 QR Code", "]Q3"),
    ],
)
def test_gs1_labels_are_known_and_keep_their_separators(
    decoder: StillDecoder, kind: str, name: str, aim_id: str
) -> None:
    picture = label("(01)09501101530003(10)AB(17)270101", kind, gs1=True)

    (code,) = decoder.read(picture)

    assert (code.format, code.aim_id) == (name, aim_id)
    assert code.text == "010950110153000310AB\x1d17270101"


def test_two_labels_in_one_picture_are_both_read(decoder: StillDecoder) -> None:
    left, right = label("5449000039231", "EAN13"), label("hola", "QRCode")
    sheet = Image.new("L", (left.width + right.width, max(left.height, right.height)), 255)
    sheet.paste(left, (0, 0))
    sheet.paste(right, (left.width, 0))

    assert {code.text for code in decoder.read(sheet)} == {"5449000039231", "hola"}


def outline(code: FoundCode) -> tuple[int, int, int, int]:
    across, down = [x for x, _ in code.polygon], [y for _, y in code.polygon]
    return min(across), min(down), max(across), max(down)


def test_the_outline_lies_on_the_code(decoder: StillDecoder) -> None:
    bars = label("5449000039231", "EAN13")
    sheet = Image.new("L", (1280, 720), 255)
    sheet.paste(bars, (600, 300))

    (code,) = decoder.read(sheet)

    left, top, right, bottom = outline(code)
    assert 600 < left < right < 600 + bars.width
    assert 300 < top < bottom < 300 + bars.height


@pytest.mark.parametrize("look", [lambda i: scaled(i, 2), lambda i: turned(i, 3), plain])
def test_every_look_finds_the_way_back_to_the_picture(look) -> None:  # type: ignore[no-untyped-def]
    sheet = Image.new("L", (900, 700), 255)
    sheet.paste(label("hola", "QRCode"), (500, 400))
    (direct,) = read_with_zxing(plain(sheet))

    (again,) = read_with_zxing(look(sheet))

    for (x, y), (other_x, other_y) in zip(direct.polygon, again.polygon, strict=True):
        assert abs(x - other_x) <= 4
        assert abs(y - other_y) <= 4


def test_a_picture_too_large_to_grow_is_looked_at_smaller() -> None:
    look = scaled(Image.new("L", (4000, 3000)), 2)

    assert look.image.width < 4000
    assert look.to_picture(look.image.width / 2, look.image.height / 2) == (2000, 1500)


def test_a_live_frame_is_read_at_once_and_outlined() -> None:
    decoder = LiveDecoder(PYZBAR)
    sheet = Image.new("L", (1280, 720), 255)
    sheet.paste(label("5449000039231", "EAN13"), (600, 300))

    (code,) = decoder.read(sheet)

    assert code.text == "5449000039231"
    assert outline(code)[0] > 600


@pytest.mark.parametrize("photo", ["ean13-34", "nothing-07"])
def test_live_frames_that_are_hard_take_turns_at_costly_looks(photo: str) -> None:
    decoder = LiveDecoder(PYZBAR, turns_every=1)
    (path,) = PHOTOS.glob(f"{photo}.webp")

    seen = [code.text for _ in range(6) for code in decoder.read(open_grey(path))]

    assert set(seen) == set(expected(path))


def test_a_small_code_in_the_middle_is_found_on_its_turn() -> None:
    small = label("5449000039231", "EAN13").resize((132, 74), Image.Resampling.BICUBIC)
    frame = Image.new("L", (640, 480), 200)
    frame.paste(small, (250, 200))
    decoder = LiveDecoder(None, turns_every=1)

    seen = [decoder.read(frame) for _ in range(4)]

    texts = {code.text for codes in seen for code in codes}
    assert texts <= {"5449000039231"}
    assert all(250 <= outline(code)[0] <= 382 for codes in seen for code in codes)


def test_a_light_code_on_dark_is_found_on_its_turn() -> None:
    frame = ImageOps.invert(label("5449000039231", "EAN13"))
    decoder = LiveDecoder(None, turns_every=1)

    seen = [code.text for _ in range(4) for code in decoder.read(frame)]

    assert set(seen) == {"5449000039231"}
