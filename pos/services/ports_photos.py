"""What the services need to keep of photos of returned goods; `pos.services.ports` names it."""

from __future__ import annotations

from typing import Protocol

from pos.domain.return_photo import PhotoPlace, ReturnPhoto


class Photos(Protocol):
    """Photos of goods that came back; no fact knows of them, and they age out."""

    def add(self, photo: ReturnPhoto) -> None:
        """Store a photo; storing it again changes nothing."""

    def of_return(self, return_id: str) -> tuple[PhotoPlace, ...]:
        """Return which photos there are of a return, by line and in the order they were taken."""

    def jpeg(self, photo_id: str) -> bytes | None:
        """Return a picture; None for one that is not kept any more."""

    def forget_some(self, now_ms: int) -> int:
        """Delete a few of those that are kept no longer (now: UTC ms); return how many."""
