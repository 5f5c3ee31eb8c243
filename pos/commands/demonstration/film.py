"""A film for the till's camera: goods that somebody holds in front of it."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIZE = (640, 480)
FRAMES_PER_S = 15
LASTS_S = 240


def write_film(path: Path) -> Path:
    """Write a film of a cup with a crack, each frame the same, and return where it is.

    Raises:
        ImportError: The extra ``camera`` is not installed.
    """
    import cv2
    import numpy

    red_green_blue = numpy.asarray(_broken_cup())
    frame = cv2.cvtColor(red_green_blue, cv2.COLOR_RGB2BGR)
    # Each frame by itself: what is the same looks the same, and the screen comes to rest.
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), FRAMES_PER_S, SIZE)
    for _ in range(FRAMES_PER_S * LASTS_S):
        writer.write(frame)
    writer.release()
    return path


def _broken_cup() -> Image.Image:
    picture = Image.new("RGB", SIZE, (203, 191, 169))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((150, 150, 430, 410), fill=(63, 111, 160))
    pen.ellipse((150, 120, 430, 190), fill=(39, 68, 95))
    pen.arc((400, 200, 520, 350), -100, 100, fill=(63, 111, 160), width=26)
    crack = ((220, 156), (236, 226), (222, 260), (262, 330), (240, 250), (262, 206))
    pen.polygon(crack, fill=(244, 239, 226))
    return picture
