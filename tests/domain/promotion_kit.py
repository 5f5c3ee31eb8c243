"""Promotions, lines and shoppers for tests, with what does not matter filled in."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.money import Money
from pos.domain.promotion import (
    AmountOff,
    Bundle,
    BundlePart,
    Channel,
    Coupon,
    Goods,
    MultiBuy,
    NthUnit,
    Offer,
    OffTotal,
    PercentOff,
    PricedLine,
    Promotion,
    Shopper,
    UnitPrice,
)

FROM_MS, UNTIL_MS = 1_000, 2_000
SHOPPER = Shopper(Channel.SHOP, "FUEN", 1_500)
ALL_OFFERS: tuple[Offer, ...] = (
    PercentOff(1_500),
    AmountOff(50),
    UnitPrice(99),
    MultiBuy(3, 2),
    NthUnit(2, 5_000),
    Bundle((BundlePart(Goods(frozenset({"a"})), 1), BundlePart(Goods(), 2)), 10_00),
    OffTotal(50_00, basis_points=500),
    OffTotal(0, minor=3_00),
)


def promotion(
    offer: Offer, promotion_id: str = "p", goods: Goods | None = None, **changes: object
) -> Promotion:
    """Return a promotion for everybody, valid from 1,000 until before 2,000 ms."""
    made = Promotion(
        promotion_id, promotion_id.upper(), offer, FROM_MS, UNTIL_MS, goods or Goods()
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def of(*skus: str) -> Goods:
    return Goods(skus=frozenset(skus))


def line(number: int, sku: str, unit_minor: int, units: int = 1) -> PricedLine:
    """Return a line of counted goods without department or brand."""
    return PricedLine(number, sku, "", "", units, True, Money(unit_minor * units, "EUR"))


def weighed(number: int, sku: str, minor: int) -> PricedLine:
    return PricedLine(number, sku, "", "", 1, False, Money(minor, "EUR"))


def with_coupons(*coupons: Coupon) -> Shopper:
    return replace(SHOPPER, coupons=coupons)
