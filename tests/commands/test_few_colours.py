"""Pictures of screens become small without their fills changing."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageChops

from pos.commands.few_colours import save_small

WHITE, INK, RED = (255, 255, 255), (23, 33, 45), (176, 32, 37)


def test_fills_stay_exactly_and_rare_colours_nearly(tmp_path: Path) -> None:
    picture = Image.linear_gradient("L").convert("RGB")
    picture.paste(WHITE, (0, 0, 256, 100))
    picture.paste(INK, (0, 100, 256, 160))
    picture.putpixel((5, 5), RED)
    file = tmp_path / "few.png"

    save_small(picture, file)

    few = Image.open(file)
    seen = few.convert("RGB")
    assert few.mode == "P"
    assert (seen.getpixel((9, 9)), seen.getpixel((9, 120))) == (WHITE, INK)
    assert seen.getpixel((5, 5)) == RED
    assert max(ImageChops.difference(picture, seen).tobytes()) <= 4
