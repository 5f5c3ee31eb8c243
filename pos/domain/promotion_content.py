"""A promotion as JSON, and read back: strictly, because others publish and hand it on.

The same form is stored by the hub, sent to tills and web shops, and used by the test vectors in
`resources/vectors`. Amounts are minor units, percentages basis points, times UTC milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from pos.domain.basket import MAX_PRICE_MINOR
from pos.domain.fields import IDENTIFIER, Fields
from pos.domain.journal import Json
from pos.domain.promotion import (
    AmountOff,
    Bundle,
    BundlePart,
    Channel,
    CouponUse,
    Goods,
    MultiBuy,
    NthUnit,
    Offer,
    OffTotal,
    PercentOff,
    Promotion,
    UnitPrice,
)
from pos.domain.tax import BASIS_POINTS_PER_WHOLE

MAX_NAME_LENGTH = 60
MAX_SKUS = 5_000
MAX_GROUPS = 500  # departments or brands of one set of goods
MAX_GROUP_LENGTH = 400
MAX_SKU_LENGTH = 64
MAX_SHOPS = 1_000
MAX_TAKE = 20
MAX_NTH = 10
MAX_PARTS = 8
MAX_COUNT = 20
LATEST_MS = 253_402_300_799_999  # the end of the year 9999
CODE = re.compile(r"[A-Z0-9-]{3,32}")
_TIER = re.compile(r"|[A-Za-z0-9._:\-]{1,64}")


class UnreadablePromotion(ValueError):
    """Something of the content is missing or cannot be; the promotion is not given."""


def promotion_content(promotion: Promotion) -> dict[str, Json]:
    """Return everything of a promotion; sets are sorted, so that equal ones read the same."""
    return {
        "promotion_id": promotion.promotion_id,
        "name": promotion.name,
        "offer": _offer_of(promotion.offer),
        "valid_from_ms": promotion.valid_from_ms,
        "valid_until_ms": promotion.valid_until_ms,
        "goods": _goods_of(promotion.goods),
        "channels": _sorted(channel.value for channel in promotion.channels),
        "shops": _sorted(promotion.shops),
        "tier": promotion.tier,
        "coupon": None if promotion.coupon is None else promotion.coupon.value,
        "code": promotion.code,
        "stands_alone": promotion.stands_alone,
    }


def read_promotion(content: object) -> Promotion:
    """Return the promotion that a content describes.

    Raises:
        UnreadablePromotion: It describes none that could be given.
    """
    told = _Fields(content)
    valid_from_ms = told.number("valid_from_ms", 0, LATEST_MS - 1)
    coupon = None if told.maybe("coupon") is None else told.choice("coupon", CouponUse)
    offer = _offer(told.object("offer"))
    stands_alone = told.flag("stands_alone")
    if stands_alone and not isinstance(offer, OffTotal):
        told.refuse("only what is off a total can stand alone")
    return Promotion(
        promotion_id=told.text("promotion_id", IDENTIFIER),
        name=told.name("name", MAX_NAME_LENGTH),
        offer=offer,
        valid_from_ms=valid_from_ms,
        valid_until_ms=told.number("valid_until_ms", valid_from_ms + 1, LATEST_MS),
        goods=_goods(told.object("goods")),
        channels=_channels(told),
        shops=told.names("shops", MAX_SHOPS, 64),
        tier=told.text("tier", _TIER),
        coupon=coupon,
        code=_code(told, coupon),
        stands_alone=stands_alone,
    )


class _Fields(Fields):
    refusal = UnreadablePromotion

    def object(self, name: str) -> _Fields:
        return _Fields(self.maybe(name))

    def name(self, name: str, most: int) -> str:
        """Return a text that is not empty and not above `most` characters."""
        words = self.words(name, most + 1)
        return words if 1 <= len(words) <= most else self.refuse(f"{name}: {len(words)} letters")

    def names(self, name: str, most: int, length: int) -> frozenset[str]:
        """Return at most `most` different printable texts of 1 to `length` characters."""
        rows = self.rows(name, most)
        texts = {row for row in rows if isinstance(row, str) and row.isprintable()}
        if len(texts) < len(rows) or not all(1 <= len(text) <= length for text in texts):
            self.refuse(name)
        return frozenset(texts)

    def basis_points(self, least: int = 1) -> int:
        return self.number("basis_points", least, BASIS_POINTS_PER_WHOLE)

    def minor(self, name: str = "minor", least: int = 1) -> int:
        return self.number(name, least, MAX_PRICE_MINOR)


def _channels(told: _Fields) -> frozenset[Channel]:
    texts = told.names("channels", len(Channel), 10)
    if not texts:
        told.refuse("a promotion for no channel")
    return told.possible(lambda: frozenset(map(Channel, texts)))


def _code(told: _Fields, coupon: CouponUse | None) -> str:
    """Return the code of a coupon that anybody may use; nothing else has one."""
    if coupon is CouponUse.SHARED:
        return told.text("code", CODE)
    return told.text("code", re.compile(""))


def _goods_of(goods: Goods) -> dict[str, Json]:
    return {
        "skus": _sorted(goods.skus),
        "departments": _sorted(goods.departments),
        "brands": _sorted(goods.brands),
        "except_skus": _sorted(goods.except_skus),
    }


def _goods(told: _Fields) -> Goods:
    return Goods(
        skus=told.names("skus", MAX_SKUS, MAX_SKU_LENGTH),
        departments=told.names("departments", MAX_GROUPS, MAX_GROUP_LENGTH),
        brands=told.names("brands", MAX_GROUPS, MAX_GROUP_LENGTH),
        except_skus=told.names("except_skus", MAX_SKUS, MAX_SKU_LENGTH),
    )


def _offer_of(offer: Offer) -> dict[str, Json]:
    match offer:
        case PercentOff(basis_points):
            return {"kind": "percent_off", "basis_points": basis_points}
        case AmountOff(minor):
            return {"kind": "amount_off", "minor": minor}
        case UnitPrice(minor):
            return {"kind": "unit_price", "minor": minor}
        case MultiBuy(take, pay):
            return {"kind": "multi_buy", "take": take, "pay": pay}
        case NthUnit(nth, basis_points):
            return {"kind": "nth_unit", "nth": nth, "basis_points": basis_points}
        case Bundle(parts, minor):
            return {"kind": "bundle", "parts": [_part_of(part) for part in parts], "minor": minor}
        case OffTotal(minimum, basis_points, minor):
            return {
                "kind": "off_total",
                "minimum_minor": minimum,
                "basis_points": basis_points,
                "minor": minor,
            }


def _part_of(part: BundlePart) -> dict[str, Json]:
    return {"goods": _goods_of(part.goods), "count": part.count}


def _offer(told: _Fields) -> Offer:
    kind = told.text("kind", re.compile(r"[a-z_]{1,20}"))
    read = _READERS.get(kind)
    return read(told) if read else told.refuse(f"an offer {kind}")


def _multi_buy(told: _Fields) -> MultiBuy:
    take = told.number("take", 2, MAX_TAKE)
    return MultiBuy(take, told.number("pay", 1, take - 1))


def _bundle(told: _Fields) -> Bundle:
    rows = [_Fields(row) for row in told.rows("parts", MAX_PARTS)]
    parts = tuple(
        BundlePart(_goods(row.object("goods")), row.number("count", 1, MAX_COUNT)) for row in rows
    )
    if sum(part.count for part in parts) < 2:
        told.refuse("a bundle of less than two")
    return Bundle(parts, told.minor(least=0))


def _off_total(told: _Fields) -> OffTotal:
    offer = OffTotal(
        told.minor("minimum_minor", least=0),
        told.basis_points(least=0),
        told.minor(least=0),
    )
    if (offer.basis_points > 0) == (offer.minor > 0):
        told.refuse("a total needs a percentage or an amount, and not both")
    return offer


_READERS: dict[str, Callable[[_Fields], Offer]] = {
    "percent_off": lambda told: PercentOff(told.basis_points()),
    "amount_off": lambda told: AmountOff(told.minor()),
    "unit_price": lambda told: UnitPrice(told.minor(least=0)),
    "multi_buy": _multi_buy,
    "nth_unit": lambda told: NthUnit(
        told.number("nth", 2, MAX_NTH),
        told.basis_points(),
    ),
    "bundle": _bundle,
    "off_total": _off_total,
}


def _sorted(texts: Iterable[str]) -> list[str]:
    return sorted(texts)
