"""Photos of a recorded return, seen again one by one."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from pos.domain.print_subjects import Receipted
from pos.domain.return_photo import PhotoPlace
from pos.domain.returns import Return
from pos.screens import wording
from pos.screens.counter import Counter
from pos.screens.navigator import Navigator
from pos.services import photos


class PhotosOfReturns:
    """Knows which returns have photos; asks the store once for each that is looked at."""

    def __init__(self, counter: Counter, navigator: Navigator) -> None:
        self._counter, self._navigator = counter, navigator
        self._known: tuple[Receipted | None, tuple[PhotoPlace, ...]] = (None, ())

    def of(self, document: Receipted | None) -> tuple[PhotoPlace, ...]:
        """Return which photos there are of a document; a sale has none."""
        if self._known[0] is not document:
            found: tuple[PhotoPlace, ...] = ()
            if isinstance(document, Return):
                found = photos.of_return(self._counter.station, document.return_id)
            self._known = (document, found)
        return self._known[1]

    def show(self, document: Receipted | None) -> None:
        """Open the photos of a return; without any nothing happens."""
        places = self.of(document)
        if isinstance(document, Return) and places:
            panel = LookingViewModel(self._counter, self._navigator, document, places)
            self._navigator.open(panel)


class LookingViewModel(QObject):
    """One photo at a time, with what it is of."""

    changed = Signal()
    refuses_scans = True

    def __init__(
        self,
        counter: Counter,
        navigator: Navigator,
        document: Return,
        places: tuple[PhotoPlace, ...],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._counter, self._navigator = counter, navigator
        self._document, self._places = document, places
        self._place = 0
        self.jpeg: bytes | None = None
        self._read()

    @property
    def title(self) -> str:
        """Of which return, and the how many-eth of them."""
        text = self.tr("Photo {place} of {count} · {number}")
        return text.format(
            place=self._place + 1, count=len(self._places), number=self._document.number
        )

    @property
    def about(self) -> str:
        """What came back, and when the photo was taken."""
        shown = self._places[self._place]
        lines = (one.name for one in self._document.lines if one.number == shown.line)
        at_ms = shown.taken_at_ms
        moment = f"{wording.day(at_ms)}, {wording.clock(at_ms)}"
        return " · ".join(part for part in (next(lines, ""), moment) if part)

    @property
    def gone(self) -> str:
        """Why there is no picture; empty when there is one."""
        return "" if self.jpeg is not None else self.tr("This photo is not kept any more")

    @property
    def may_go(self) -> tuple[bool, bool]:
        """Whether there is one before, and one after."""
        return self._place > 0, self._place < len(self._places) - 1

    def go(self, by: int) -> None:
        """Look at the next one (1) or the one before (−1)."""
        place = min(max(self._place + by, 0), len(self._places) - 1)
        if place != self._place:
            self._place = place
            self._read()
            self.changed.emit()

    def close(self) -> None:
        """Go back to the receipts."""
        self._navigator.close(self)

    def _read(self) -> None:
        shown = self._places[self._place]
        self.jpeg = photos.picture(self._counter.station, shown.photo_id)
