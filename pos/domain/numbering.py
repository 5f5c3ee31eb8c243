"""Receipt numbers: gapless within a series, never reused, also after a restore."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

DIGITS = 6


class DocumentKind(Enum):
    """Documents that are numbered, each in a series of its own."""

    SALE = "sale"
    RETURN = "return"
    SESSION = "session"  # the Z report


_PREFIX = {DocumentKind.SALE: "", DocumentKind.RETURN: "D", DocumentKind.SESSION: "Z"}


@dataclass(frozen=True, slots=True)
class ReceiptNumber:
    """A number such as ``2-004318``: series (till, kind, epoch) and sequence from 1."""

    series: str
    sequence: int

    def __str__(self) -> str:
        return f"{self.series}-{self.sequence:0{DIGITS}d}"


def series_of(kind: DocumentKind, *, till_number: int, epoch: int) -> str:
    """Return the series of a till and document kind.

    The epoch rises when a till is restored from a backup, so that numbers given out after
    the backup was made cannot come again.
    """
    base = f"{_PREFIX[kind]}{till_number}"
    return base if epoch == 1 else f"{base}.{epoch}"
