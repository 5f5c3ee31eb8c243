"""What a page of a feed means for the cursor."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Advance:
    """Store the items and the cursor in one transaction; `more` asks for the next page."""

    cursor: int
    more: bool


@dataclass(frozen=True, slots=True)
class Resync:
    """Begin again: the hub knows less than was taken from it (it was restored), or has let go
    of changes that were not taken yet."""


def read_page(
    asked: int, *, cursor: int, more: bool, items: int, complete_after: int = 0
) -> Advance | Resync:
    """Say what to do with a page.

    Args:
        asked: The cursor that was sent.
        cursor: The cursor of the page.
        more: Whether the hub has further pages.
        items: How many items the page holds.
        complete_after: The hub has every change after this one, and perhaps not those before.

    A page that says "more" and does not move would be asked for again without end: it counts
    as the last one.
    """
    if cursor < asked or 0 < asked < complete_after:
        return Resync()
    moved = cursor > asked
    return Advance(cursor, more and moved and items > 0)
