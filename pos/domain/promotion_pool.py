"""Units of a ticket that are alike, gathered over its lines, and what promotions take off them.

Promotions are found for pools, not for lines. So the order of scanning cannot matter, nor
whether three units are one line or three.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pos.domain.money import Money, divide_half_up
from pos.domain.promotion import (
    AmountOff,
    GivenPromotion,
    OffTotal,
    PercentOff,
    PricedLine,
    Promotion,
    Share,
    UnitPrice,
)
from pos.domain.tax import BASIS_POINTS_PER_WHOLE


@dataclass(frozen=True, slots=True)
class Pool:
    """Units of one product at one price (`minor` each), and the lines they are on.

    A line that was weighed or measured, or whose amount its units do not divide, is one unit
    that costs the whole amount.
    """

    minor: int
    units: int
    is_counted: bool
    lines: tuple[PricedLine, ...]

    @property
    def like(self) -> PricedLine:
        """A line of these goods: product, department and brand are the same on all of them."""
        return self.lines[0]


@dataclass(frozen=True, slots=True)
class Applied:
    """A promotion on units of some pools; by number of the pool: units, and minor units off.

    `savings` is spread over all units that the promotion needed, by price: of a 3x2 each of
    the three costs less, because each of the three may come back alone.
    """

    promotion: Promotion
    units: Mapping[int, int]
    savings: Mapping[int, int]

    @property
    def saving(self) -> int:
        return sum(self.savings.values())


def spread(saving: int, weights: Sequence[int]) -> list[int]:
    """Return minor units allocated by `weights` (`Money.allocate`); no part exceeds its own."""
    if len(weights) == 1:
        return [saving]
    return [part.minor for part in Money(saving, "").allocate(weights)]


def pooled(lines: Iterable[PricedLine]) -> tuple[Pool, ...]:
    """Return the pools of what costs something, the dearest unit first, then by product."""
    gathered: dict[tuple[int, str, str, str, bool], list[PricedLine]] = {}
    for line in lines:
        if line.amount.minor <= 0 or line.units <= 0:
            continue
        minor, is_counted = _unit_of(line)
        key = (-minor, line.sku, line.department, line.brand, is_counted)
        gathered.setdefault(key, []).append(line)
    return tuple(
        Pool(-key[0], sum(line.units if key[4] else 1 for line in alike), key[4], tuple(alike))
        for key, alike in sorted(gathered.items())
    )


def _unit_of(line: PricedLine) -> tuple[int, bool]:
    each, left_over = divmod(line.amount.minor, line.units)
    return (each, True) if line.is_counted and not left_over else (line.amount.minor, False)


@dataclass(frozen=True, slots=True)
class UnitOffers:
    """The best that each unit of a pool can have for itself: a percentage, or an amount.

    Of all percentages only the highest can be the best, of all amounts and prices only what
    takes most off. Which of the two is better can depend on how many units share the rounding.
    """

    minor: int
    basis_points: int = 0
    by_percentage: Promotion | None = None
    amount: int = 0
    by_amount: Promotion | None = None

    def saving(self, units: int) -> int:
        """Return the minor units off `units` units, rounded half up once."""
        return max(self._of_percentage(units), self.amount * units)

    def promotion(self, units: int) -> Promotion | None:
        """Return what gives the best, of equals the one with the lower id; None: nothing."""
        percentage, amount = self._of_percentage(units), self.amount * units
        best = max(percentage, amount)
        found = [
            promotion
            for promotion, saving in (
                (self.by_percentage, percentage),
                (self.by_amount, amount),
            )
            if promotion is not None and saving == best > 0
        ]
        return min(found, key=lambda one: one.promotion_id, default=None)

    def _of_percentage(self, units: int) -> int:
        taken_off = self.minor * units * self.basis_points
        return divide_half_up(taken_off, BASIS_POINTS_PER_WHOLE) if taken_off else 0


def best_unit_offers(pool: Pool, promotions: Sequence[Promotion]) -> UnitOffers:
    """Return the best of the per-unit offers, of equals the first.

    Amounts and prices are per unit, and what is weighed has none: a kilogram and a half is not
    one and a half packs. A percentage is as good for it as for anything else.
    """
    basis_points, amount = 0, 0
    by_percentage: Promotion | None = None
    by_amount: Promotion | None = None
    for promotion in promotions:
        offer = promotion.offer
        if isinstance(offer, PercentOff):
            if offer.basis_points > basis_points:
                basis_points, by_percentage = offer.basis_points, promotion
        elif pool.is_counted and (saving := _off_each(pool.minor, offer)) > amount:
            amount, by_amount = saving, promotion
    return UnitOffers(pool.minor, basis_points, by_percentage, amount, by_amount)


def _off_each(minor: int, offer: object) -> int:
    if isinstance(offer, AmountOff):
        return min(offer.minor, minor)
    if isinstance(offer, UnitPrice):
        return max(0, minor - offer.minor)
    return 0


def shared_out(
    pools: Sequence[Pool], applied: Iterable[Applied], codes: Mapping[str, str], currency: str
) -> tuple[GivenPromotion, ...]:
    """Return what each promotion takes off which line, in the order the promotions came.

    What a promotion takes off a pool is allocated to its lines by what is left of them: so no
    line falls below zero. `codes` are the coupons by promotion.
    """
    left = {line.number: line.amount.minor for pool in pools for line in pool.lines}
    taken: dict[str, dict[int, int]] = {}
    promotions: dict[str, Promotion] = {}
    for one in applied:
        promotions[one.promotion.promotion_id] = one.promotion
        shares = taken.setdefault(one.promotion.promotion_id, {})
        for place, saving in one.savings.items():
            numbers = [line.number for line in pools[place].lines]
            for number, off in zip(
                numbers, spread(saving, [left[n] for n in numbers]), strict=True
            ):
                left[number] -= off
                shares[number] = shares.get(number, 0) + off
    return tuple(
        GivenPromotion(
            promotion_id,
            promotions[promotion_id].name,
            tuple(Share(n, Money(off, currency)) for n, off in sorted(shares.items()) if off),
            codes.get(promotion_id, ""),
            isinstance(promotions[promotion_id].offer, OffTotal),
        )
        for promotion_id, shares in taken.items()
        if any(shares.values())
    )
