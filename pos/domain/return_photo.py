"""Photos of goods that came back: beside the return, at the till that took it, nowhere else."""

from __future__ import annotations

from dataclasses import dataclass

MOST_PHOTOS = 3  # of a line
LONGEST_PX = 1_280
MOST_BYTES = 200_000
# What a till keeps in all: every copy of the till holds them too. The oldest go first.
MOST_KEPT_BYTES = 256 << 20


@dataclass(frozen=True, slots=True)
class PhotoPlace:
    """Which photo there is: `line` is the number of the return's line, the time UTC Unix ms."""

    photo_id: str
    line: int
    taken_at_ms: int


@dataclass(frozen=True, slots=True)
class ReturnPhoto:
    """A photo of a line of a return, whole."""

    place: PhotoPlace
    return_id: str
    jpeg: bytes
