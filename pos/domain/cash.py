"""Notes and coins: what to offer as quick notes, and how to hand out the change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.money import Money

QUICK_NOTES = 4
NOTES_ABOVE_MINOR = 5_00


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

    `due` itself is not among them. For each note and for sums of notes, the next amount
    that covers `due`: 52.00 gives 55, 60, 70, 100.
    """
    notes = sorted(d.minor for d in denominations if d.is_note)
    if not notes or due.minor <= 0:
        return ()
    candidates = {-(-due.minor // note) * note for note in notes}
    tens = -(-due.minor // notes[0]) * notes[0]
    candidates.update(tens + note for note in notes[:3] if tens + note > due.minor)
    candidates.discard(due.minor)
    largest = max(notes[-1], max(candidates))
    useful = sorted(amount for amount in candidates if amount <= largest)
    return tuple(Money(amount, due.currency) for amount in useful[:QUICK_NOTES])
