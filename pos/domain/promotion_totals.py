"""Offers on what goods come to together, after the item promotions and on what those left.

Each is given at most once, in the order that is best for the customer. What `stands_alone`
counts only goods that no other promotion is on, and no other is on them afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pos.domain.money import Money, divide_half_up
from pos.domain.promotion import OffTotal, Promotion
from pos.domain.promotion_pool import Applied, Pool
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


@dataclass(frozen=True, slots=True)
class _Part:
    """What is left of the units of a pool that share one fate."""

    place: int
    minor: int
    is_free: bool  # no promotion is on it
    is_closed: bool = False  # one that stands alone is on it


_Order = list[Applied]


def totals_given(
    pools: Sequence[Pool], items: Iterable[Applied], offers: Sequence[TotalOffer]
) -> list[Applied]:
    """Return the offers on totals that take most off what `items` left, as they follow.

    Up to `MOST_IN_EVERY_ORDER` offers are tried in every order, with each left out or not.
    Of more, the one that saves most is given first, and so on.
    """
    if not offers:
        return []
    parts = _parts(pools, items)
    if len(offers) > MOST_IN_EVERY_ORDER:
        return _by_saving(parts, offers)
    return _best_order(parts, offers)


def _parts(pools: Sequence[Pool], items: Iterable[Applied]) -> list[_Part]:
    used = [0] * len(pools)
    left = [0] * len(pools)  # of the units that item promotions are on
    for one in items:
        for place, units in one.units.items():
            used[place] += units
            left[place] += units * pools[place].minor - one.savings[place]
    parts = []
    for place, pool in enumerate(pools):
        free = (pool.units - used[place]) * pool.minor
        parts += [_Part(place, free, True)] if free else []
        parts += [_Part(place, left[place], False)] if left[place] else []
    return parts


def _best_order(parts: list[_Part], offers: Sequence[TotalOffer]) -> _Order:
    best: _Order = []
    for number, offer in enumerate(offers):
        applied, left = _given(parts, offer)
        if applied is not None:
            others = [*offers[:number], *offers[number + 1 :]]
            order = [applied, *_best_order(left, others)]
            best = max(best, order, key=_saving)
    return best


def _by_saving(parts: list[_Part], offers: Sequence[TotalOffer]) -> _Order:
    order: _Order = []
    waiting = list(offers)
    while waiting:
        offer = max(waiting, key=lambda one: one.saving(_base(parts, one)))
        waiting.remove(offer)
        applied, parts = _given(parts, offer)
        order += [applied] if applied is not None else []
    return order


def _saving(order: _Order) -> int:
    return sum(one.saving for one in order)


def _counts(part: _Part, offer: TotalOffer) -> bool:
    if part.is_closed or part.place not in offer.places:
        return False
    return part.is_free or not offer.promotion.stands_alone


def _base(parts: list[_Part], offer: TotalOffer) -> int:
    return sum(part.minor for part in parts if _counts(part, offer))


def _given(parts: list[_Part], offer: TotalOffer) -> tuple[Applied | None, list[_Part]]:
    """Return the offer on what it counts of `parts`, and the parts after it."""
    counted = [part for part in parts if _counts(part, offer)]
    saving = offer.saving(sum(part.minor for part in counted))
    if not saving:
        return None, parts
    shares = Money(saving, "").allocate([part.minor for part in counted])
    savings: dict[int, int] = {}
    after = [part for part in parts if not _counts(part, offer)]
    for part, share in zip(counted, shares, strict=True):
        savings[part.place] = savings.get(part.place, 0) + share.minor
        left = part.minor - share.minor
        if left:
            after.append(_Part(part.place, left, False, offer.promotion.stands_alone))
    after.sort(key=lambda part: (part.place, not part.is_free, part.is_closed))
    return Applied(offer.promotion, dict.fromkeys(savings, 0), savings), after
