"""What promotions come to for a ticket or a cart: the best combination for the customer.

Which promotions may be given is decided by channel, shop, time, tier and coupon. First come the
item promotions, at most one on each unit (`promotion_search`); then the offers on totals, on
what is left (`promotion_totals`). Where an item promotion costs the customer more than it
brings, because a total falls below its minimum or because the total stands alone, it is left
out (`_weighed_up`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import chain

from pos.domain.promotion import (
    AmountOff,
    Bundle,
    GivenPromotion,
    Goods,
    OffTotal,
    PercentOff,
    PricedLine,
    Promotion,
    Shopper,
    UnitPrice,
)
from pos.domain.promotion_groups import Group, group_of
from pos.domain.promotion_pool import Applied, Pool, best_unit_offers, pooled, shared_out
from pos.domain.promotion_search import best_combination
from pos.domain.promotion_totals import MOST_IN_EVERY_ORDER, TotalOffer, Totals

ANY_MEMBER = "member"
MOST_LEFT_OUT = 12  # item promotions that are tried without

MOST_REMEMBERED = 20_000  # products whose promotions are kept at hand

_Part = tuple[Promotion, int]  # a promotion and which of its parts (0 but for bundles)


class Withheld(Enum):
    """Why a shopper may not have a promotion, whatever the goods."""

    NOT_YET = "not yet"
    OVER = "over"
    NOT_HERE = "not here"  # for other shops, or for another channel
    MEMBERS_ONLY = "members only"


def why_withheld(promotion: Promotion, shopper: Shopper) -> Withheld | None:
    """Return why `shopper` may not have a promotion; coupons and goods are not looked at.

    Dates are held to when the ticket was begun.
    """
    if promotion.valid_from_ms > shopper.opened_at_ms:
        return Withheld.NOT_YET
    if promotion.valid_until_ms <= shopper.opened_at_ms:
        return Withheld.OVER
    if shopper.channel not in promotion.channels:
        return Withheld.NOT_HERE
    if promotion.shops and shopper.shop not in promotion.shops:
        return Withheld.NOT_HERE
    is_of_tier = promotion.tier in shopper.tiers or (
        promotion.tier == ANY_MEMBER and bool(shopper.tiers)
    )
    return Withheld.MEMBERS_ONLY if promotion.tier and not is_of_tier else None


class PromotionBook:
    """Promotions by the goods they are on, so that others cost nothing."""

    def __init__(self, promotions: Iterable[Promotion]) -> None:
        by_id = {promotion.promotion_id: promotion for promotion in promotions}
        self.promotions = tuple(by_id[promotion_id] for promotion_id in sorted(by_id))
        self._by_id = by_id
        self._by_code: dict[str, list[Promotion]] = {}
        for one in self.promotions:
            if one.code:
                self._by_code.setdefault(one.code, []).append(one)
        self._by_sku: dict[str, list[_Part]] = {}
        self._by_department: dict[str, list[_Part]] = {}
        self._by_brand: dict[str, list[_Part]] = {}
        self._on_everything: list[_Part] = []
        self._remembered: dict[tuple[str, str, str], tuple[_Part, ...]] = {}
        for promotion in self.promotions:
            for part, goods in enumerate(_goods_of(promotion)):
                self._enter(goods, (promotion, part))

    def get(self, promotion_id: str) -> Promotion | None:
        return self._by_id.get(promotion_id)

    def by_code(self, code: str, at_ms: int) -> Promotion | None:
        """Return the promotion of a code that anybody may use.

        A code may have stood for another that ended: the one valid at `at_ms` (UTC) counts, of
        none valid the last.
        """
        return max(
            self._by_code.get(code, ()),
            key=lambda one: (one.valid_from_ms <= at_ms < one.valid_until_ms, one.valid_until_ms),
            default=None,
        )

    def offered(self, line: PricedLine, shopper: Shopper) -> tuple[Promotion, ...]:
        """Return what is on the goods of a line and `shopper` may have, alone or with others."""
        on = dict.fromkeys(promotion for promotion, _ in self._on(line))
        return tuple(promotion for promotion in on if _may_have(promotion, shopper))

    def price(
        self, lines: Sequence[PricedLine], shopper: Shopper, currency: str
    ) -> tuple[GivenPromotion, ...]:
        """Return what is given for `lines`, in the order it is taken off.

        Args:
            lines: What takes promotions; no two with the same number.
            shopper: Who buys, where, and since when.
            currency: Of all amounts (ISO 4217).
        """
        pools = pooled(lines)
        found = _Found(pools)
        may_have: dict[str, bool] = {}
        for place, pool in enumerate(pools):
            for promotion, part in self._on(pool.like):
                promotion_id = promotion.promotion_id
                if promotion_id not in may_have:
                    may_have[promotion_id] = _may_have(promotion, shopper)
                if may_have[promotion_id]:
                    found.add(promotion, part, place)
        units = [best_unit_offers(*pair) for pair in zip(pools, found.by_unit, strict=True)]
        items = best_combination(pools, found.groups(), units)
        codes = {coupon.promotion_id: coupon.code for coupon in reversed(shopper.coupons)}
        return shared_out(pools, _weighed_up(pools, items, found.totals()), codes, currency)

    def _enter(self, goods: Goods, part: _Part) -> None:
        if goods.is_everything:
            self._on_everything.append(part)
        for index, names in (
            (self._by_sku, goods.skus - goods.except_skus),
            (self._by_department, goods.departments),
            (self._by_brand, goods.brands),
        ):
            for name in names:
                index.setdefault(name, []).append(part)

    def _on(self, line: PricedLine) -> tuple[_Part, ...]:
        """Return what is on the goods of a line, by id."""
        key = (line.sku, line.department, line.brand)
        found = self._remembered.get(key)
        if found is None:
            if len(self._remembered) >= MOST_REMEMBERED:
                self._remembered.clear()
            found = self._remembered[key] = self._looked_up(line)
        return found

    def _looked_up(self, line: PricedLine) -> tuple[_Part, ...]:
        named = {
            (promotion.promotion_id, part): (promotion, part)
            for promotion, part in chain(
                self._by_sku.get(line.sku, ()),
                self._by_department.get(line.department, ()),
                self._by_brand.get(line.brand, ()),
                self._on_everything,
            )
            if line.sku not in _goods_of(promotion)[part].except_skus
        }
        return tuple(named[key] for key in sorted(named))


EMPTY_BOOK = PromotionBook(())


class _Found:
    """The promotions that a shopper may have, with the pools they are on."""

    def __init__(self, pools: Sequence[Pool]) -> None:
        self._pools = pools
        self._joint: dict[str, tuple[Promotion, list[list[int]]]] = {}
        self.by_unit: list[list[Promotion]] = [[] for _ in pools]

    def add(self, promotion: Promotion, part: int, place: int) -> None:
        if isinstance(promotion.offer, PercentOff | AmountOff | UnitPrice):
            self.by_unit[place].append(promotion)
            return
        known = self._joint.get(promotion.promotion_id)
        if known is None:
            known = promotion, [[] for _ in _goods_of(promotion)]
            self._joint[promotion.promotion_id] = known
        known[1][part].append(place)

    def groups(self) -> list[Group]:
        """Return the group offers that the goods can fill, by id."""
        made = [
            group_of(promotion, places, self._pools)
            for promotion, places in self._by_id()
            if not isinstance(promotion.offer, OffTotal)
        ]
        return [group for group in made if group is not None]

    def totals(self) -> list[TotalOffer]:
        """Return the offers on totals, by id."""
        return [
            TotalOffer(promotion, promotion.offer, frozenset(places[0]))
            for promotion, places in self._by_id()
            if isinstance(promotion.offer, OffTotal)
        ]

    def _by_id(self) -> list[tuple[Promotion, list[list[int]]]]:
        return [self._joint[promotion_id] for promotion_id in sorted(self._joint)]


def _goods_of(promotion: Promotion) -> tuple[Goods, ...]:
    """Return the goods of each part: one, but for a bundle."""
    if isinstance(promotion.offer, Bundle):
        return tuple(part.goods for part in promotion.offer.parts)
    return (promotion.goods,)


def _may_have(promotion: Promotion, shopper: Shopper) -> bool:
    has_coupon = promotion.coupon is None or any(
        coupon.promotion_id == promotion.promotion_id for coupon in shopper.coupons
    )
    return has_coupon and why_withheld(promotion, shopper) is None


def _weighed_up(
    pools: Sequence[Pool], items: list[Applied], totals: Sequence[TotalOffer]
) -> list[Applied]:
    """Return the item promotions that are worth having beside the offers on totals, and those.

    The smallest `MOST_LEFT_OUT` item promotions are left out one by one where that is better
    for the customer, unless there are too many offers on totals to try; and all item
    promotions at once, always.
    """
    within_reach = [one for one in totals if one.could_be_given(pools)]
    if not within_reach:
        return items
    offers = Totals(pools, within_reach)
    left = offers.left(items)
    kept, order = items, offers.best_order(left)
    stands_alone = any(one.promotion.stands_alone for one in within_reach)
    if len(order.numbers) == len(within_reach) and not stands_alone:
        return kept + offers.applied(kept, order)
    if len(within_reach) <= MOST_IN_EVERY_ORDER:
        for one in sorted(items, key=lambda one: one.saving)[:MOST_LEFT_OUT]:
            left_without = offers.without(left, one)
            tried = offers.best_order(left_without)
            if tried.saving > order.saving + one.saving:
                kept = [other for other in kept if other is not one]
                left, order = left_without, tried
    bare = offers.best_order(offers.left([]))
    if bare.saving > order.saving + sum(one.saving for one in kept):
        kept, order = [], bare
    return kept + offers.applied(kept, order)
