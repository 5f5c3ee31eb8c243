"""Promotions and coupons at a hub, for tests."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from pos.domain.promotion import CouponUse, Goods, PercentOff, Promotion
from sync.hub.counter import coupons
from sync.hub.database import HubDatabase
from sync.hub.publishing import promotions
from sync.hub.publishing.promotions import Loaded, promotion_page
from sync.wire.v1.feeds import PromotionItem, PromotionPage
from tests.sync.facts import T0, TillJournal, sale

DAY_MS = 24 * 3_600_000


def offer(promotion_id: str = "verano", **changed: Any) -> Promotion:
    """Return ten per cent off the jams, from yesterday until in ten days."""
    made = Promotion(
        promotion_id,
        f"Promoción {promotion_id}",
        PercentOff(10_00),
        T0 - DAY_MS,
        T0 + 10 * DAY_MS,
        Goods(departments=frozenset({"Conservas"})),
    )
    return replace(made, **changed)


def single(promotion_id: str = "vale", **changed: Any) -> Promotion:
    """Return the same for codes that may be used once."""
    return offer(promotion_id, coupon=CouponUse.SINGLE, **changed)


def load(
    database: HubDatabase, *told: Promotion, now_ms: int = T0, replace_all: bool = False
) -> Loaded:
    with database.transaction() as connection:
        return promotions.load(connection, told, now_ms=now_ms, replace_all=replace_all)


def end(database: HubDatabase, promotion_id: str, now_ms: int = T0) -> bool:
    with database.transaction() as connection:
        return promotions.end(connection, promotion_id, now_ms)


def page(
    database: HubDatabase, cursor: int = 0, limit: int = 500, now_ms: int = T0
) -> PromotionPage:
    with database.reading() as connection:
        return promotion_page(connection, cursor, limit, now_ms)


def told(database: HubDatabase, cursor: int = 0, now_ms: int = T0) -> dict[str, PromotionItem]:
    """Return what a till is told after a cursor, by id."""
    return {item.promotion_id: item for item in page(database, cursor, now_ms=now_ms).items}


def in_turn() -> Callable[[str], str]:
    """Return a way to choose letters that never makes the same code twice."""
    numbers = itertools.count()

    def choose(alphabet: str) -> str:
        number = next(numbers)
        place = coupons.LENGTH - 1 - number % coupons.LENGTH
        return alphabet[number // coupons.LENGTH // len(alphabet) ** place % len(alphabet)]

    return choose


def make_codes(
    database: HubDatabase, promotion_id: str = "vale", count: int = 1, prefix: str = ""
) -> list[str]:
    with database.transaction() as connection:
        return coupons.make(
            connection, promotion_id, count, prefix=prefix, now_ms=T0, choose=in_turn()
        )


def sale_with(
    journal: TillJournal,
    *codes: str,
    taken_off: int = 50,
    fence: int = 0,
    promotion_id: str = "vale",
) -> dict[str, Any]:
    """Return the body of a sale of one jam at 2.00 with codes that took something off each."""
    body = sale(journal, [("8410000000017", 200)])
    given = [
        {
            "promotion_id": promotion_id,
            "name": "Vale",
            "coupon": code,
            "lines": [{"line": 1, "amount": taken_off}],
        }
        for code in codes
        if taken_off
    ]
    named = [{"code": code, "promotion_id": promotion_id, "fence": fence} for code in codes]
    return {**body, "promotions": given, "coupons": named}
