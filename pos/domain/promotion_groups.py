"""Offers that need several units together: 3x2, the second unit at 50 %, a bundle.

All three are counted in one way. Units come to a `Slot` of the offer, the dearest first; of
every `size` units the first `paid` cost what they cost, the others have the percentage off; a
complete group may cost a `fee`. A 3x2 is a slot of three of which two are paid. A bundle is a
slot for each part, all of it off, and the price of the bundle is the fee of its first part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from pos.domain.money import divide_half_up
from pos.domain.promotion import Bundle, MultiBuy, NthUnit, Promotion
from pos.domain.promotion_pool import Applied, Pool, spread
from pos.domain.tax import BASIS_POINTS_PER_WHOLE

_Run = tuple[dict[int, int], int]  # units by pool, and what they save


@dataclass(frozen=True, slots=True)
class Slot:
    """Where units go; `places` are the pools that may come here, the dearest first.

    Of the only slot of an offer it is enough to know how many units began a group (`is_only`);
    several slots must come to equally many groups in the end, so theirs are counted whole.
    """

    size: int
    paid: int
    basis_points: int
    fee: int
    places: tuple[int, ...]
    is_only: bool

    def move(self, before: int, units: int, minor: int) -> tuple[int, int]:
        """Return what to remember when `units` come after `before` others, and the gain."""
        after = before + units
        return after % self.size if self.is_only else after, self.gain(before, units, minor)

    def gain(self, before: int, units: int, minor: int) -> int:
        """Return the minor units off when `units` of `minor` each come after `before` others."""
        whole, over = divmod(before, self.size)
        groups, more = divmod(before + units, self.size)
        groups -= whole
        reduced = groups * (self.size - self.paid)
        reduced += more - self.paid if more > self.paid else 0
        reduced -= over - self.paid if over > self.paid else 0
        saving = reduced * minor
        if saving and self.basis_points != BASIS_POINTS_PER_WHOLE:
            saving = divide_half_up(saving * self.basis_points, BASIS_POINTS_PER_WHOLE)
        return saving - self.fee * groups


@dataclass(frozen=True, slots=True)
class Group:
    """A promotion with its slots, as far as the goods of the ticket can fill them."""

    promotion: Promotion
    slots: tuple[Slot, ...]
    places: frozenset[int]

    @property
    def is_bundle(self) -> bool:
        return isinstance(self.promotion.offer, Bundle)

    def does_as_well(self, other: Group) -> bool:
        """True when units of `other` would save as much here; neither is a bundle."""
        own, its = self.slots[0], other.slots[0]
        return (
            (own.size, own.paid) == (its.size, its.paid)
            and own.basis_points >= its.basis_points
            and not self.is_bundle
            and other.places <= self.places
        )

    def is_complete(self, units: Sequence[int]) -> bool:
        """True when `units` (one count for each slot) are whole groups."""
        groups, over = divmod(units[0], self.slots[0].size)
        return not over and all(
            count == groups * slot.size for count, slot in zip(units, self.slots, strict=True)
        )

    def most(self, units: Sequence[int]) -> int:
        """Return how many whole groups `units` of each pool could be at most."""
        return min(sum(units[p] for p in slot.places) // slot.size for slot in self.slots)

    def rough_saving(self, pools: Sequence[Pool]) -> int:
        """Return what the dearest goods would save if every slot had its own of them."""
        groups = self.most([pool.units for pool in pools])
        saving = 0
        for slot in self.slots:
            before, wanted = 0, groups * slot.size
            for place in slot.places:
                count = min(wanted - before, pools[place].units)
                if not count:
                    break
                saving += slot.gain(before, count, pools[place].minor)
                before += count
        return saving

    def dearest(self, groups: int, units: Sequence[int]) -> list[dict[int, int]]:
        """Return whole groups of the dearest of `units`, those with least choice first.

        Fewer than `groups` when slots want the same goods; then nothing is taken.
        """
        left = list(units)
        taken: list[dict[int, int]] = [{} for _ in self.slots]
        for number in sorted(range(len(taken)), key=lambda n: len(self.slots[n].places)):
            wanted = groups * self.slots[number].size
            for place in self.slots[number].places:
                count = min(wanted, left[place])
                if count:
                    taken[number][place] = count
                    left[place] -= count
                    wanted -= count
            if wanted:
                return [{} for _ in self.slots]
        return taken

    def applied(self, pools: Sequence[Pool], taken: Sequence[Mapping[int, int]]) -> Applied | None:
        """Return what the promotion takes off for the units `taken` by pool for each slot.

        What a group saves is spread over its own units only: of six for four the dear three
        share what the dear one saves. Groups with units of the same pool share alike.
        """
        has_one_slot = len(self.slots) == 1
        runs = self._runs(pools, taken[0]) if has_one_slot else [self._bundled(pools, taken)]
        units: dict[int, int] = {}
        savings: dict[int, int] = {}
        for run, saving in runs:
            if saving > 0:
                units |= run
                weights = [count * pools[place].minor for place, count in run.items()]
                savings |= zip(run, spread(saving, weights), strict=True)
        return Applied(self.promotion, units, savings) if units else None

    def _runs(self, pools: Sequence[Pool], taken: Mapping[int, int]) -> list[_Run]:
        """Return the units of groups that no pool joins, with what they save."""
        (slot,) = self.slots
        runs: list[_Run] = []
        run: dict[int, int] = {}
        saving = before = 0
        for place, count in sorted(taken.items()):
            run[place] = count
            saving += slot.gain(before, count, pools[place].minor)
            before += count
            if before % slot.size == 0:
                runs.append((run, saving))
                run, saving = {}, 0
        return runs

    def _bundled(self, pools: Sequence[Pool], taken: Sequence[Mapping[int, int]]) -> _Run:
        saving = 0
        units: dict[int, int] = {}
        for slot, counts in zip(self.slots, taken, strict=True):
            before = 0
            for place, count in sorted(counts.items()):
                saving += slot.gain(before, count, pools[place].minor)
                before += count
                units[place] = units.get(place, 0) + count
        return units, saving


def group_of(
    promotion: Promotion, places: Sequence[Sequence[int]], pools: Sequence[Pool]
) -> Group | None:
    """Return a group offer on the pools in `places` (for each part), None when it lacks units.

    Only what is counted can be grouped: of weighed goods nobody can say what three units are.
    """
    slots = tuple(
        Slot(*shape, tuple(sorted(p for p in part if pools[p].is_counted)), len(places) == 1)
        for shape, part in zip(_shapes(promotion), places, strict=True)
    )
    group = Group(promotion, slots, frozenset(chain(*(slot.places for slot in slots))))
    return group if group.most([pool.units for pool in pools]) else None


def _shapes(promotion: Promotion) -> list[tuple[int, int, int, int]]:
    """Return size, paid, percentage and fee for each slot."""
    whole = BASIS_POINTS_PER_WHOLE
    match promotion.offer:
        case MultiBuy(take, pay):
            return [(take, pay, whole, 0)]
        case NthUnit(nth, basis_points):
            return [(nth, nth - 1, basis_points, 0)]
        case Bundle(parts, minor):
            fees = [minor] + [0] * (len(parts) - 1)
            return [(part.count, 0, whole, fee) for part, fee in zip(parts, fees, strict=True)]
        case _:
            return []


def undominated(groups: Sequence[Group]) -> list[Group]:
    """Return the groups without those that another does as well: as much off, on more goods.

    Bundles all stay, and of equals the first.
    """
    kept: list[Group] = []
    for group in sorted(groups, key=lambda one: (-len(one.places), -one.slots[0].basis_points)):
        if group.is_bundle or not any(other.does_as_well(group) for other in kept):
            kept.append(group)
    return sorted(kept, key=lambda one: one.promotion.promotion_id)
