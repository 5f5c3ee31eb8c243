"""What a photo is written as: small enough to keep, good enough to see the damage."""

from __future__ import annotations

import random
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtGui import QColor, QImage

from pos.domain.return_photo import LONGEST_PX, MOST_BYTES
from pos.screens.photo.jpeg import NoPicture, image_of, jpeg_of


def noise(width: int, height: int) -> QImage:
    """Return the picture that is hardest to write in few bytes."""
    data = random.Random(1).randbytes(width * height * 3)
    return QImage(data, width, height, width * 3, QImage.Format.Format_BGR888).copy()


def scene(width: int, height: int) -> QImage:
    image = QImage(width, height, QImage.Format.Format_BGR888)
    image.fill(QColor("#b04020"))
    return image


@pytest.mark.parametrize(
    ("image", "size"),
    [
        (scene(1920, 1080), (1280, 720)),
        (scene(1080, 1920), (720, 1280)),
        (scene(640, 480), (640, 480)),
    ],
)
def test_a_photo_is_a_jpeg_of_at_most_1280_pixels_that_any_program_reads(
    image: QImage, size: tuple[int, int]
) -> None:
    jpeg = jpeg_of(image)

    read = Image.open(BytesIO(jpeg))
    assert (read.format, read.size) == ("JPEG", size)
    assert max(read.size) <= LONGEST_PX
    assert not read.getexif()
    red, green, blue = read.convert("RGB").resize((1, 1)).tobytes()
    assert (red > 160, green < 90, blue < 60) == (True, True, True)
    assert image_of(jpeg).size().toTuple() == size


def test_no_picture_is_larger_than_a_till_keeps() -> None:
    assert len(jpeg_of(noise(1920, 1080))) <= MOST_BYTES


@pytest.mark.parametrize("nothing", [None, QImage(), "a picture"])
def test_of_nothing_there_is_no_photo(nothing: object) -> None:
    with pytest.raises(NoPicture):
        jpeg_of(nothing)
    assert image_of(None).isNull()
    assert image_of(b"no jpeg").isNull()
