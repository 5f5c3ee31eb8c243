"""Notes and coins: what to offer as quick notes, and how to hand out the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.money import Money

QUICK_NOTES = 4


@dataclass(frozen=True, slots=True)
class Denomination:
    """A note or coin of a currency, in minor units."""

    minor: int
    is_note: bool


@dataclass(frozen=True, slots=True)
class Pieces:
    """So many pieces of one denomination."""

    denomination: Denomination
    count: int

    @property
    def minor(self) -> int:
        return self.denomination.minor * self.count


def change_in_pieces(
    change: Money, denominations: Sequence[Denomination]
) -> tuple[tuple[Pieces, ...], Money]:
    """Return the fewest pieces that make up `change`, and what no piece can make up.

    Greedy from the largest down, which is minimal for the currencies in
    ``resources/legal`` (each piece is at least twice the next but one).
    """
    left = change.minor
    pieces: list[Pieces] = []
    for denomination in sorted(denominations, key=lambda d: -d.minor):
        count, left = divmod(left, denomination.minor)
        if count:
            pieces.append(Pieces(denomination, count))
    return tuple(pieces), Money(left, change.currency)


def quick_notes(due: Money, denominations: Sequence[Denomination]) -> tuple[Money, ...]:
    """Return amounts a customer is likely to hand over for `due`, smallest first.

    As people pay: the largest notes that fit, then one note that covers the rest, and no
    note that could have stayed in the purse. `due` itself is not among them. 52.00 gives
    55, 60, 70 and 100; 89.50 gives 90 and 100 first.
    """
    notes = sorted((d.minor for d in denominations if d.is_note), reverse=True)
    likely: set[int] = set()
    laid_down, smallest = 0, 0
    for largest in (0, *notes):
        fits = (due.minor - laid_down) // largest if largest else 0
        laid_down, smallest = laid_down + fits * largest, largest if fits else smallest
        for note in notes:
            handed = laid_down + note
            if handed > due.minor > handed - min(note, smallest or note):
                likely.add(handed)
    return tuple(Money(amount, due.currency) for amount in sorted(likely)[:QUICK_NOTES])
