"""Offers on what goods come to together, after the item promotions and on what those left.

Each is given at most once, in the order that is best for the customer. What `stands_alone`
counts only goods that no other promotion is on, and no other is on them afterwards.

What is left of the goods is kept in heaps: all goods that the same offers count, apart by
whether a promotion is on them. There are few heaps, whatever is on the ticket; what an offer
takes off is allocated to the heaps first, and within a heap to its pools.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pos.domain.money import divide_half_up
from pos.domain.promotion import OffTotal, Promotion
from pos.domain.promotion_pool import Applied, Pool, spread
from pos.domain.tax import BASIS_POINTS_PER_WHOLE

MOST_IN_EVERY_ORDER = 3


@dataclass(frozen=True, slots=True)
class TotalOffer:
    """An offer on a total with the pools it counts."""

    promotion: Promotion
    offer: OffTotal
    places: frozenset[int]

    def could_be_given(self, pools: Sequence[Pool]) -> bool:
        """True when the goods come to the minimum before anything is taken off."""
        return self.saving(sum(pools[p].units * pools[p].minor for p in self.places)) > 0

    def saving(self, base: int) -> int:
        """Return the minor units off goods that come to `base`, rounded half up once."""
        if base < max(1, self.offer.minimum_minor):
            return 0
        if self.offer.minor:
            return min(self.offer.minor, base)
        return divide_half_up(base * self.offer.basis_points, BASIS_POINTS_PER_WHOLE)


class _Fate(IntEnum):
    FREE = 0  # no promotion is on it
    TAKEN = 1
    CLOSED = 2  # one that stands alone is on it


_Heap = tuple[int, _Fate]  # bits of the offers that count it
Left = dict[_Heap, int]


@dataclass(frozen=True, slots=True)
class Order:
    """Numbers of offers in the order they are given, and minor units off in all."""

    numbers: tuple[int, ...] = ()
    saving: int = 0


class Totals:
    """The offers on totals of one ticket."""

    def __init__(self, pools: Sequence[Pool], offers: Sequence[TotalOffer]) -> None:
        self._pools = pools
        self._offers = offers
        self._bits = [
            sum(1 << number for number, offer in enumerate(offers) if place in offer.places)
            for place in range(len(pools))
        ]

    def left(self, items: Iterable[Applied]) -> Left:
        """Return what is left of all goods after `items`."""
        left: Left = {}
        for pool, bits in zip(self._pools, self._bits, strict=True):
            heap = (bits, _Fate.FREE)
            left[heap] = left.get(heap, 0) + pool.units * pool.minor
        for one in items:
            left = self._with(left, one, 1)
        return left

    def without(self, left: Left, one: Applied) -> Left:
        """Return what is left when an item promotion is not given after all."""
        return self._with(left, one, -1)

    def _with(self, left: Left, one: Applied, sign: int) -> Left:
        changed = dict(left)
        for place, units in one.units.items():
            worth, bits = units * self._pools[place].minor, self._bits[place]
            free, taken = (bits, _Fate.FREE), (bits, _Fate.TAKEN)
            changed[free] = changed.get(free, 0) - sign * worth
            changed[taken] = changed.get(taken, 0) + sign * (worth - one.savings[place])
        return changed

    def best_order(self, left: Left) -> Order:
        """Return the offers that take most off, of equals the first.

        Up to `MOST_IN_EVERY_ORDER` offers are tried in every order, with each left out or not.
        Of more, the one that saves most is given first, and so on.
        """
        numbers = range(len(self._offers))
        if len(numbers) > MOST_IN_EVERY_ORDER:
            return self._by_saving(left)
        return self._of_all_orders(left, frozenset(numbers))

    def _of_all_orders(self, left: Left, numbers: frozenset[int]) -> Order:
        best = Order()
        for number in sorted(numbers):
            shares = self._shares(left, number)
            if shares:
                more = self._of_all_orders(self._after(left, number, shares), numbers - {number})
                saving = sum(shares.values()) + more.saving
                if saving > best.saving:
                    best = Order((number, *more.numbers), saving)
        return best

    def _by_saving(self, left: Left) -> Order:
        order = Order()
        waiting = list(range(len(self._offers)))
        while waiting:
            number = max(waiting, key=lambda one: self._offers[one].saving(self._base(left, one)))
            waiting.remove(number)
            shares = self._shares(left, number)
            if shares:
                left = self._after(left, number, shares)
                order = Order((*order.numbers, number), order.saving + sum(shares.values()))
        return order

    def _counts(self, heap: _Heap, number: int) -> bool:
        bits, fate = heap
        stands_alone = self._offers[number].promotion.stands_alone
        return bool(bits >> number & 1) and fate <= (_Fate.FREE if stands_alone else _Fate.TAKEN)

    def _base(self, left: Left, number: int) -> int:
        return sum(minor for heap, minor in left.items() if self._counts(heap, number))

    def _shares(self, left: Left, number: int) -> dict[_Heap, int]:
        """Return what an offer takes off each heap it counts; empty when it is not given."""
        heaps = sorted(heap for heap in left if self._counts(heap, number))
        saving = self._offers[number].saving(sum(left[heap] for heap in heaps))
        if not saving:
            return {}
        return dict(zip(heaps, spread(saving, [left[heap] for heap in heaps]), strict=True))

    def _after(self, left: Left, number: int, shares: Mapping[_Heap, int]) -> Left:
        after = {heap: minor for heap, minor in left.items() if heap not in shares}
        for heap, share in shares.items():
            moved = self._moved(heap, number)
            after[moved] = after.get(moved, 0) + left[heap] - share
        return after

    def _moved(self, heap: _Heap, number: int) -> _Heap:
        stands_alone = self._offers[number].promotion.stands_alone
        return heap[0], _Fate.CLOSED if stands_alone else _Fate.TAKEN

    def applied(self, items: Sequence[Applied], order: Order) -> list[Applied]:
        """Return the offers of `order` with what they take off each pool after `items`."""
        left = self.left(items)
        parts = self._parts(items)
        applied = []
        for number in order.numbers:
            shares = self._shares(left, number)
            left = self._after(left, number, shares)
            savings: dict[int, int] = {}
            for heap, share in shares.items():
                own = [part for part in parts if part.heap == heap]
                for part, off in zip(own, spread(share, [one.minor for one in own]), strict=True):
                    part.minor -= off
                    savings[part.place] = savings.get(part.place, 0) + off
            for part in parts:
                part.heap = self._moved(part.heap, number) if part.heap in shares else part.heap
            applied.append(Applied(self._offers[number].promotion, {}, savings))
        return applied

    def _parts(self, items: Iterable[Applied]) -> list[_Part]:
        free = [pool.units * pool.minor for pool in self._pools]
        taken = [0] * len(self._pools)
        for one in items:
            for place, units in one.units.items():
                worth = units * self._pools[place].minor
                free[place] -= worth
                taken[place] += worth - one.savings[place]
        return [
            _Part(place, (bits, fate), minors[place])
            for place, bits in enumerate(self._bits)
            for fate, minors in ((_Fate.FREE, free), (_Fate.TAKEN, taken))
        ]


@dataclass(slots=True)
class _Part:
    """What is left of units of a pool that are in the same heap."""

    place: int
    heap: _Heap
    minor: int
