"""The best combination of promotions for the customer, by a bounded search.

Each unit gets at most one promotion of the item kinds. What no group offer takes has the best
per-unit offer. The pools are gone through from the dearest to the cheapest, and of all ways
that led to equally many units in the slots of the group offers only the best is kept: that
finds the best of all, without trying every order. Goods that no group offer joins are searched
apart. Above `MOST_STEPS` the offers are taken one after the other, see
`_Search._one_by_one`: then another offer can make a ticket dearer, and only then.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import comb

from pos.domain.promotion_groups import Group, Slot, undominated
from pos.domain.promotion_pool import Applied, Pool, UnitOffers

MOST_STEPS = 800
MOST_STEPS_OF_ONE = 400
MOST_TOGETHER = 3  # offers tried together when there are too many for all
MOST_WAYS = 120  # ways to share the units of one slice among slots

_Way = tuple[tuple[int, int], ...]  # (slot, units) where units go
_Trail = tuple["_Trail", int, _Way] | None
_Layer = dict[tuple[int, ...], tuple[int, _Trail]]
Taken = list[dict[int, int]]  # for each slot of a group: units by pool


def best_combination(
    pools: Sequence[Pool], groups: Sequence[Group], unit_offers: Sequence[UnitOffers]
) -> list[Applied]:
    """Return the promotions that take most off together, of equals those with lower ids.

    Args:
        pools: From the dearest unit to the cheapest.
        groups: In the order of their ids.
        unit_offers: For each pool.
    """
    applied: list[Applied] = []
    units = [pool.units for pool in pools]
    budget = MOST_STEPS
    for joined in _joined(groups):
        found, spent = _Search(pools, unit_offers, units).best(joined, budget)
        budget = max(0, budget - spent)
        applied += found
    return applied + list(_by_unit(unit_offers, _left(units, applied)))


def _left(units: Sequence[int], applied: Iterable[Applied]) -> list[int]:
    left = list(units)
    for one in applied:
        for place, count in one.units.items():
            left[place] -= count
    return left


def _by_unit(unit_offers: Sequence[UnitOffers], units: Sequence[int]) -> Iterator[Applied]:
    for place, (offers, count) in enumerate(zip(unit_offers, units, strict=True)):
        promotion = offers.promotion(count) if count else None
        if promotion is not None:
            yield Applied(promotion, {place: count}, {place: offers.saving(count)})


def _joined(groups: Sequence[Group]) -> list[list[Group]]:
    """Return the groups in sets that have no pool in common."""
    sets: list[tuple[set[int], list[Group]]] = []
    for group in groups:
        places, members = set(group.places), [group]
        apart = []
        for others in sets:
            if places.isdisjoint(others[0]):
                apart.append(others)
            else:
                places |= others[0]
                members = others[1] + members
        sets = [*apart, (places, members)]
    return [sorted(members, key=lambda one: one.promotion.promotion_id) for _, members in sets]


@dataclass(frozen=True, slots=True)
class _Slice:
    """Units of one pool that are shared out at once; `slots` may take them."""

    place: int
    units: int
    slots: tuple[int, ...]
    is_last_of: tuple[int, ...]  # groups that find no more goods after this one


class _Search:
    """The search in one ticket, from `units` of each pool."""

    def __init__(
        self, pools: Sequence[Pool], unit_offers: Sequence[UnitOffers], units: Sequence[int]
    ) -> None:
        self._pools = pools
        self._offers = unit_offers
        self._units = units
        self._known_alone: dict[tuple[int, int], list[int]] = {}

    def best(self, groups: list[Group], budget: int) -> tuple[list[Applied], int]:
        """Return the best for `groups`, and how many steps it took."""
        found, spent = self._together(groups, self._units, budget)
        return self._one_by_one(groups) if found is None else found, spent

    def _one_by_one(self, groups: list[Group]) -> list[Applied]:
        """Return what the offers save one after the other, those that save most first.

        Each takes what is best for it of what those before it left. The first few are also
        tried together; the better of the two stays.
        """
        order = sorted(undominated(groups), key=lambda one: -one.rough_saving(self._pools))
        tried = [self._in_order(order, self._units)]
        together, _ = self._together(order[:MOST_TOGETHER], self._units, MOST_STEPS)
        if together is not None:
            left = _left(self._units, together)
            tried.append(together + self._in_order(order[MOST_TOGETHER:], left))
        return max(tried, key=self._worth)

    def _in_order(self, groups: list[Group], units: Sequence[int]) -> list[Applied]:
        left, applied = list(units), list[Applied]()
        for group in groups:
            if group.most(left):
                found, _ = self._together([group], left, MOST_STEPS_OF_ONE)
                found = self._dearest(group, left) if found is None else found
                left = _left(left, found)
                applied += found
        return applied

    def _dearest(self, group: Group, units: Sequence[int]) -> list[Applied]:
        """Return whole groups of the dearest goods: as many as there can be, half of them…"""
        found, groups = [list[Applied]()], group.most(units)
        while groups:
            applied = group.applied(self._pools, group.dearest(groups, units))
            found += [[applied]] if applied else []
            groups //= 2
        return max(found, key=self._worth)

    def _worth(self, applied: list[Applied]) -> int:
        """Return what is saved more than with per-unit offers only."""
        left = _left(self._units, applied)
        return sum(one.saving for one in applied) + sum(
            offers.saving(now) - offers.saving(before)
            for offers, now, before in zip(self._offers, left, self._units, strict=True)
            if now != before
        )

    def _together(
        self, groups: list[Group], units: Sequence[int], budget: int | None
    ) -> tuple[list[Applied] | None, int]:
        """Return the best for `groups` in `units`, None when it takes more than `budget`."""
        slots = [slot for group in groups for slot in group.slots]
        slices = _slices(groups, slots, units)
        if not slices:
            return [], 0
        least = sum(comb(piece.units + len(piece.slots), piece.units) for piece in slices)
        if budget is not None and least > budget:
            return None, least  # however few ways there are to come to each slice
        layer: _Layer = {(0,) * len(slots): (0, None)}
        spent = 0
        for number, piece in enumerate(slices):
            spent += len(layer) * comb(piece.units + len(piece.slots), piece.units)
            if budget is not None and spent > budget:
                return None, spent
            layer = self._after(layer, number, piece, slots)
            layer = _without_halves(layer, piece, groups)
        _, trail = next(iter(layer.values()))
        return self._applied(groups, slices, trail), spent

    def _after(self, layer: _Layer, number: int, piece: _Slice, slots: list[Slot]) -> _Layer:
        minor, alone = self._pools[piece.place].minor, self._alone(piece)
        if len(piece.slots) == 1:
            return _after_one_slot(layer, number, piece, slots[piece.slots[0]], minor, alone)
        ways = [(alone[piece.units - used], way) for used, way in _ways(piece.slots, piece.units)]
        known_moves: dict[tuple[int, int, int], tuple[int, int]] = {}
        following: _Layer = {}
        for state, (value, trail) in layer.items():
            for apart, way in ways:
                worth, counts = value + apart, state
                for slot, count in way:
                    move = (slot, counts[slot], count)
                    moved = known_moves.get(move)
                    if moved is None:
                        moved = known_moves[move] = slots[slot].move(counts[slot], count, minor)
                    counts = (*counts[:slot], moved[0], *counts[slot + 1 :])
                    worth += moved[1]
                known = following.get(counts)
                if known is None or known[0] < worth:
                    following[counts] = (worth, (trail, number, way) if way else trail)
        return following

    def _alone(self, piece: _Slice) -> list[int]:
        """Return what units of a slice save by themselves, for none of them to all."""
        key = piece.place, piece.units
        alone = self._known_alone.get(key)
        if alone is None:
            saving = self._offers[piece.place].saving
            alone = self._known_alone[key] = [saving(left) for left in range(piece.units + 1)]
        return alone

    def _applied(self, groups: list[Group], slices: list[_Slice], trail: _Trail) -> list[Applied]:
        taken: list[dict[int, int]] = [{} for group in groups for _ in group.slots]
        while trail is not None:
            trail, number, way = trail
            place = slices[number].place
            for slot, count in way:
                taken[slot][place] = taken[slot].get(place, 0) + count
        applied, first = [], 0
        for group in groups:
            found = group.applied(self._pools, taken[first : first + len(group.slots)])
            first += len(group.slots)
            if found is not None:
                applied.append(found)
        return applied


def _after_one_slot(
    layer: _Layer, number: int, piece: _Slice, slot: Slot, minor: int, alone: list[int]
) -> _Layer:
    """Do as `_Search._after` does with units that only one slot may take: most are so."""
    (place,), units = piece.slots, piece.units
    ways: list[_Way] = [((place, count),) if count else () for count in range(units + 1)]
    known_moves: dict[int, list[tuple[int, int, _Way]]] = {}
    following: _Layer = {}
    is_alone = len(next(iter(layer))) == 1
    for state, (value, trail) in layer.items():
        before = state[place]
        moves = known_moves.get(before)
        if moves is None:
            moves = known_moves[before] = [
                (after, gain + alone[units - count], ways[count])
                for count in range(units + 1)
                for after, gain in (slot.move(before, count, minor),)
            ]
        first, rest = state[:place], state[place + 1 :]
        for after, gain, way in moves:
            counts = (after,) if is_alone else (*first, after, *rest)
            worth = value + gain
            known = following.get(counts)
            if known is None or known[0] < worth:
                following[counts] = (worth, (trail, number, way) if way else trail)
    return following


def _slices(groups: list[Group], slots: list[Slot], units: Sequence[int]) -> list[_Slice]:
    """Return the units in the order they are shared out, large pools in several slices."""
    takers: dict[int, list[int]] = {}
    for number, slot in enumerate(slots):
        for place in slot.places:
            if units[place]:
                takers.setdefault(place, []).append(number)
    pieces = [
        (place, count, tuple(takers[place]))
        for place in sorted(takers)
        for count in _cut(units[place], len(takers[place]))
    ]
    last: dict[int, int] = {}
    first = 0
    for number, group in enumerate(groups):
        own = set(range(first, first + len(group.slots)))
        first += len(group.slots)
        places = [at for at, piece in enumerate(pieces) if not own.isdisjoint(piece[2])]
        last[number] = max(places, default=-1)
    return [
        _Slice(*piece, tuple(group for group, at in last.items() if at == number))
        for number, piece in enumerate(pieces)
    ]


def _cut(units: int, slots: int) -> list[int]:
    """Return parts of `units` that are few enough to try each way to share them."""
    size = units
    while size > 1 and comb(size + slots, slots) > MOST_WAYS:
        size -= 1
    whole, rest = divmod(units, size)
    return [size] * whole + [rest] * (rest > 0)


@lru_cache(maxsize=2_000)
def _ways(slots: tuple[int, ...], units: int) -> tuple[tuple[int, _Way], ...]:
    """Return every way to give up to `units` to `slots`: how many in all, and where they go."""
    if not slots:
        return ((0, ()),)
    return tuple(
        (used + count, ((slots[0], count), *way) if count else way)
        for count in range(units + 1)
        for used, way in _ways(slots[1:], units - count)
    )


def _without_halves(layer: _Layer, piece: _Slice, groups: list[Group]) -> _Layer:
    """Drop what left a group half full that finds no more goods, and forget its counts."""
    for number in piece.is_last_of:
        first = sum(len(group.slots) for group in groups[:number])
        after = first + len(groups[number].slots)
        nothing = (0,) * (after - first)
        kept: _Layer = {}
        for counts, found in layer.items():
            if groups[number].is_complete(counts[first:after]):
                settled = counts[:first] + nothing + counts[after:]
                known = kept.get(settled)
                if known is None or known[0] < found[0]:
                    kept[settled] = found
        layer = kept
    return layer
