"""Picture files of every kind, whole and damaged."""

from __future__ import annotations

import contextlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from hardware.camera.picture import NotAPicture, open_grey


def test_a_transparent_picture_is_seen_on_white(tmp_path: Path) -> None:
    path = tmp_path / "clear.png"
    Image.new("RGBA", (4, 4), (0, 0, 0, 0)).save(path)

    assert open_grey(path).tobytes() == b"\xff" * 16


def test_a_picture_of_sixteen_bits_keeps_its_shades(tmp_path: Path) -> None:
    path = tmp_path / "deep.png"
    Image.fromarray(np.array([[0, 0x8000, 0xFFFF]], dtype=np.uint16)).save(path)

    assert list(open_grey(path).tobytes()) == [0, 128, 255]


def test_a_picture_lying_on_its_side_is_turned(tmp_path: Path) -> None:
    path = tmp_path / "phone.jpg"
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("L", (20, 10)).save(path, exif=exif)

    assert open_grey(path).size == (10, 20)


def test_what_is_no_picture_is_said_in_words(tmp_path: Path) -> None:
    text = tmp_path / "list.png"
    text.write_text("bread, milk")

    for path, words in [
        (text, "is not a picture"),
        (tmp_path, "is a folder"),
        (tmp_path / "none.png", "no such file"),
    ]:
        with pytest.raises(NotAPicture, match=words):
            open_grey(path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    cut=st.integers(0, 300),
    junk=st.binary(max_size=20),
    suffix=st.sampled_from(["PNG", "WEBP", "JPEG", "GIF", "BMP", "TIFF"]),
)
def test_a_damaged_picture_is_a_picture_or_says_so(
    tmp_path: Path, cut: int, junk: bytes, suffix: str
) -> None:
    path = tmp_path / "photo"
    Image.new("L", (16, 16), 77).save(path, suffix)
    whole = path.read_bytes()
    path.write_bytes(whole[:cut] + junk + whole[cut + len(junk) :])

    with contextlib.suppress(NotAPicture):
        assert min(open_grey(path).size) > 0
