"""Which readings of a picture are believed: votes of independent looks.

Bars carry at most one check digit, so a decoder alone now and then reads a text that is
not there, with a valid check digit. A second look (the other decoder, another scale, a
few degrees of rotation) repeats a real code and hardly ever repeats a misreading.
Matrix codes correct their own errors: one look is enough.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hardware.camera.port import MATRIX_FORMATS, FoundCode, Point

ZXING = "zxing-cpp"
PYZBAR = "pyzbar"
LOOKS_NEEDED = 2
LOOKS_TO_SETTLE = 3  # both decoders can misread the same bad print the same way


@dataclass(frozen=True, slots=True)
class Reading:
    """What one decoder read in one look at the picture."""

    text: str
    format: str
    aim_id: str | None
    decoder: str
    look: str
    polygon: tuple[Point, ...]

    @property
    def is_linear(self) -> bool:
        return self.format not in MATRIX_FORMATS

    @property
    def ballot(self) -> str:
        """The text as far as both decoders can tell it.

        zbar knows no FNC4 (the upper half of Latin-1 in Code 128) and reads ``s`` for ``ó``:
        the same seven bits. It may also leave the group separator out.
        """
        if not self.is_linear:
            return self.text
        return "".join(chr(ord(char) & 0x7F) for char in self.text if char != "\x1d")


@dataclass(frozen=True, slots=True)
class _Candidate:
    readings: tuple[Reading, ...]

    @property
    def votes(self) -> int:
        return len({(reading.decoder, reading.look) for reading in self.readings})

    @property
    def is_linear(self) -> bool:
        return self.readings[0].is_linear

    @property
    def is_confirmed(self) -> bool:
        if not self.is_linear:
            return True
        seen_by_zxing = any(reading.decoder == ZXING for reading in self.readings)
        return seen_by_zxing and self.votes >= LOOKS_NEEDED

    @property
    def is_settled(self) -> bool:
        return self.is_confirmed and (not self.is_linear or self.votes >= LOOKS_TO_SETTLE)

    @property
    def best(self) -> Reading:
        """The reading to report: zxing-cpp's, which knows FNC1 and FNC4."""
        return min(self.readings, key=lambda reading: reading.decoder != ZXING)

    def found(self) -> FoundCode:
        best = self.best
        decoders = tuple(sorted({reading.decoder for reading in self.readings}, reverse=True))
        return FoundCode(best.text, best.format, best.aim_id, decoders, best.polygon)


def believed(readings: Iterable[Reading]) -> list[FoundCode]:
    """Return the codes that are believed, each text once, the surest first.

    Bars need two looks, one of them by zxing-cpp (zbar, asked twice, repeats its own
    misreadings). Of two texts in one place the one with more votes stands; with as many
    votes for each, neither does.
    """
    candidates = sorted(_candidates(readings), key=lambda each: -each.votes)
    confirmed = [each for each in candidates if each.is_confirmed]
    return [each.found() for each in confirmed if not _is_outvoted(each, candidates)]


def is_settled(readings: Sequence[Reading]) -> bool:
    """True when something was read and no further look would change the verdict."""
    candidates = _candidates(readings)
    return bool(candidates) and all(
        each.is_settled and not _rivals(each, candidates) for each in candidates
    )


def _candidates(readings: Iterable[Reading]) -> list[_Candidate]:
    by_ballot: dict[tuple[bool, str], list[Reading]] = {}
    for reading in readings:
        by_ballot.setdefault((reading.is_linear, reading.ballot), []).append(reading)
    return [_Candidate(tuple(group)) for group in by_ballot.values()]


def _rivals(candidate: _Candidate, candidates: Sequence[_Candidate]) -> list[_Candidate]:
    return [
        other
        for other in candidates
        if other is not candidate
        and other.is_linear == candidate.is_linear
        and _share_a_place(candidate, other)
    ]


def _is_outvoted(candidate: _Candidate, candidates: Sequence[_Candidate]) -> bool:
    rivals = _rivals(candidate, candidates)
    if not candidate.is_linear:
        return any(_rank(rival) < _rank(candidate) for rival in rivals)
    return any(rival.votes >= candidate.votes for rival in rivals)


def _rank(candidate: _Candidate) -> tuple[bool, int]:
    """Order of matrix codes in one place: zxing-cpp knows their character sets better."""
    return candidate.best.decoder != ZXING, -candidate.votes


def _share_a_place(one: _Candidate, other: _Candidate) -> bool:
    return any(
        _overlap(mine.polygon, theirs.polygon)
        for mine in one.readings
        for theirs in other.readings
    )


def _overlap(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """True when the upright boxes around two polygons touch."""
    left, top, right, bottom = _box(one)
    left_2, top_2, right_2, bottom_2 = _box(other)
    return left <= right_2 and left_2 <= right and top <= bottom_2 and top_2 <= bottom


def _box(polygon: Sequence[Point]) -> tuple[int, int, int, int]:
    across = [x for x, _ in polygon]
    down = [y for _, y in polygon]
    return min(across), min(down), max(across), max(down)
