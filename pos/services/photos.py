"""Photos of goods that came back: stored once the return is, and looked at again.

A return is recorded before and without them: whatever happens to a photo, the return stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.domain.return_photo import PhotoPlace, ReturnPhoto
from pos.services.workstation import Workstation


def keep(station: Workstation, photos: Iterable[ReturnPhoto]) -> int:
    """Store photos, each by itself, and return how many are stored.

    Nothing is raised when the store cannot be written: what is missing is not stored. Then a
    few that were kept long enough go.
    """
    stored = 0
    try:
        for photo in photos:
            with station.store.transaction() as records:
                records.photos.add(photo)
            stored += 1
        with station.store.transaction() as records:
            records.photos.forget_some(station.clock.now_ms())
    except (StoreUnavailable, OutcomeOfCommitUnknown):
        return stored
    return stored


def of_return(station: Workstation, return_id: str) -> tuple[PhotoPlace, ...]:
    """Return which photos there are of a return."""
    with station.store.reading() as records:
        return records.photos.of_return(return_id)


def picture(station: Workstation, photo_id: str) -> bytes | None:
    """Return the JPEG of a photo; None for one that is not kept any more."""
    with station.store.reading() as records:
        return records.photos.jpeg(photo_id)
