"""The photos of the return in hand, until it is recorded; then they are stored beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QObject, Signal

from pos.domain.return_photo import MOST_PHOTOS, PhotoPlace, ReturnPhoto
from pos.screens.counter import Counter
from pos.services import photos


class Keeping(Enum):
    """How it stands with the photos of a return that is recorded."""

    NONE = "none"
    UNDER_WAY = "under way"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Taken:
    """A photo that is not stored yet; the time is UTC Unix ms."""

    photo_id: str
    at_ms: int
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class _Kept:
    return_id: str = ""
    of: int = 0
    stored: int | None = None  # None while they are written


class HeldPhotos(QObject):
    """Photos by the line of the page they are of; those of another return are let go of."""

    changed = Signal()

    def __init__(self, counter: Counter, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._counter = counter
        self._return_id = ""
        self._held: dict[int, tuple[Taken, ...]] = {}
        self._kept = _Kept()

    def of_line(self, return_id: str, line: int) -> tuple[Taken, ...]:
        """Return what was taken of a line, the first first."""
        return self._held.get(line, ()) if return_id == self._return_id else ()

    def add(self, return_id: str, line: int, jpeg: bytes) -> bool:
        """Hold one more photo of a line; False when it has as many as it may."""
        if return_id != self._return_id:
            self._return_id, self._held = return_id, {}
        before = self._held.get(line, ())
        if len(before) >= MOST_PHOTOS:
            return False
        station = self._counter.station
        taken = Taken(station.ids.new(), station.clock.now_ms(), jpeg)
        self._held[line] = (*before, taken)
        self.changed.emit()
        return True

    def throw_away(self, line: int, photo_id: str) -> None:
        """Forget a photo of a line."""
        before = self._held.get(line, ())
        self._held[line] = tuple(one for one in before if one.photo_id != photo_id)
        self.changed.emit()

    def keep(self, return_id: str, numbers: Mapping[int, int]) -> None:
        """Store what is held of a return, meanwhile: nobody waits for it.

        Args:
            numbers: The number in the return of each line of the page that came back. What was
                taken of any other line is thrown away.
        """
        rows = [
            ReturnPhoto(PhotoPlace(one.photo_id, numbers[line], one.at_ms), return_id, one.jpeg)
            for line, taken in self._held.items()
            if return_id == self._return_id and line in numbers
            for one in taken
        ]
        self._return_id, self._held = "", {}
        if not rows:
            return
        station = self._counter.station
        self._kept = _Kept(return_id, len(rows))
        self._counter.background.run(lambda: (return_id, photos.keep(station, rows)), self._ended)

    def keeping(self, return_id: str) -> Keeping:
        """Return what became of the photos of a return."""
        kept = self._kept
        if kept.return_id != return_id:
            return Keeping.NONE
        if kept.stored is None:
            return Keeping.UNDER_WAY
        return Keeping.DONE if kept.stored == kept.of else Keeping.FAILED

    def told(self, return_id: str) -> str:
        """Say what became of the photos of a return; empty when there were none."""
        kept = self._kept
        match self.keeping(return_id):
            case Keeping.DONE:
                return self.tr("%n photos stored", "", kept.of)
            case Keeping.FAILED if kept.stored:
                text = self.tr(
                    "Only {stored} of {taken} photos could be stored: the return stands"
                )
                return text.format(stored=kept.stored, taken=kept.of)
            case Keeping.FAILED:
                return self.tr("The photos could not be stored: the return stands")
            case _:
                return ""

    def _ended(self, told: tuple[str, int]) -> None:
        return_id, stored = told
        if return_id == self._kept.return_id:
            self._kept = _Kept(return_id, self._kept.of, stored)
            self.changed.emit()
