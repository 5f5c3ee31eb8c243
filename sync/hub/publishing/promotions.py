"""Promotions at the hub: taken in whole, ended by decision, told to every till in one feed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.promotion import KEPT_ENDED_MS, CouponUse, Promotion
from pos.domain.promotion_content import promotion_content, read_promotion
from sync.hub.bulk import upsert_rows
from sync.hub.publishing.feed_numbers import (
    PROMOTIONS,
    complete_after,
    last_number,
    take_numbers,
)
from sync.hub.tables import feed
from sync.hub.tables_promotions import promotion
from sync.wire.v1.feeds import MAX_PROMOTIONS, PromotionItem, PromotionPage

MAX_PAGE_BYTES = 4_000_000  # one promotion may name thousands of products


class NoSuchPromotion(ValueError):
    """The hub knows no promotion of that id."""


class CodeTaken(ValueError):
    """A code that anybody may use would stand for two promotions."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many promotions were new or differed, and how many ended because none named them."""

    changed: int
    ended: int


@dataclass(frozen=True, slots=True)
class KnownPromotion:
    """A promotion as the hub has it; `is_gone` when it was taken back before it began."""

    promotion: Promotion
    is_gone: bool

    def is_over(self, now_ms: int) -> bool:
        """True once no ticket that is begun now (UTC ms) gets it."""
        return self.is_gone or self.promotion.valid_until_ms <= now_ms


def load(
    connection: Connection, promotions: Sequence[Promotion], *, now_ms: int, replace_all: bool
) -> Loaded:
    """Take promotions in; the same again changes nothing.

    Args:
        replace_all: End every promotion that is not among them.

    Raises:
        CodeTaken: Nothing was changed.
    """
    _wait_for_others(connection)
    known = {one.promotion.promotion_id: one for one in all_promotions(connection)}
    told = {one.promotion_id: one for one in promotions}
    others = [one for name, one in known.items() if name not in told and not one.is_over(now_ms)]
    ended = [_ended(one, now_ms) for one in others] if replace_all else []
    staying = [] if replace_all else [one.promotion for one in others]
    _check_codes([*staying, *told.values()])
    fresh = [KnownPromotion(one, is_gone=False) for one in told.values()]
    changed = [one for one in fresh if known.get(one.promotion.promotion_id) != one]
    _put(connection, [*changed, *ended])
    return Loaded(len(changed), len(ended))


def end(connection: Connection, promotion_id: str, now_ms: int) -> bool:
    """End a promotion now (UTC ms), or take it back before it begins; False when it is over.

    Tickets that were begun before keep it.

    Raises:
        NoSuchPromotion: The hub does not know it.
    """
    _wait_for_others(connection)
    known = get(connection, promotion_id)
    if known is None:
        raise NoSuchPromotion(promotion_id)
    if known.is_over(now_ms):
        return False
    _put(connection, [_ended(known, now_ms)])
    return True


def get(connection: Connection, promotion_id: str) -> KnownPromotion | None:
    """Return a promotion, None when the hub never heard of it."""
    wanted = select(promotion).where(promotion.c.promotion_id == promotion_id)
    row = connection.execute(wanted).first()
    return None if row is None else _known(row)


def all_promotions(connection: Connection) -> list[KnownPromotion]:
    """Return every promotion there ever was, the one that began first before the others."""
    order = (promotion.c.valid_from_ms, promotion.c.promotion_id)
    return [_known(row) for row in connection.execute(select(promotion).order_by(*order))]


def current(connection: Connection, now_ms: int) -> tuple[Promotion, ...]:
    """Return the promotions that are not over (UTC ms)."""
    return tuple(one.promotion for one in all_promotions(connection) if not one.is_over(now_ms))


def promotion_page(connection: Connection, cursor: int, limit: int, now_ms: int) -> PromotionPage:
    """Return the promotions that changed after `cursor`, the oldest change first.

    A till that begins (cursor 0) is told of what is not over for longer than tickets stay open.
    """
    limit = min(limit, MAX_PROMOTIONS)
    wanted = [promotion.c.change > cursor]
    if cursor == 0:
        wanted += [
            promotion.c.valid_until_ms > now_ms - KEPT_ENDED_MS,
            promotion.c.is_gone.is_(other=False),
        ]
    rows = connection.execute(
        select(promotion).where(*wanted).order_by(promotion.c.change).limit(limit + 1)
    ).all()
    shown = _fitting(rows[:limit])
    more = len(shown) < len(rows)
    return PromotionPage(
        cursor=shown[-1].change if more else last_number(connection, PROMOTIONS),
        complete_after=complete_after(connection, PROMOTIONS, cursor),
        more=more,
        hub_time_ms=now_ms,
        items=tuple(_item(row) for row in shown),
    )


def _wait_for_others(connection: Connection) -> None:
    """Let nobody else change promotions until the commit."""
    connection.execute(select(feed).where(feed.c.name == PROMOTIONS).with_for_update())


def _fitting(rows: Sequence[Row[Any]]) -> Sequence[Row[Any]]:
    """Return the first rows that fit on a page together, one at least."""
    room = MAX_PAGE_BYTES
    for place, row in enumerate(rows):
        room -= len(row.content_json)
        if room < 0 and place:
            return rows[:place]
    return rows


def _item(row: Row[Any]) -> PromotionItem:
    content = None if row.is_gone else json.loads(row.content_json)
    return PromotionItem(promotion_id=row.promotion_id, content=content)


def _known(row: Row[Any]) -> KnownPromotion:
    return KnownPromotion(read_promotion(json.loads(row.content_json)), bool(row.is_gone))


def _ended(known: KnownPromotion, now_ms: int) -> KnownPromotion:
    if known.promotion.valid_from_ms >= now_ms:
        return replace(known, is_gone=True)
    return replace(known, promotion=replace(known.promotion, valid_until_ms=now_ms))


def _check_codes(promotions: Iterable[Promotion]) -> None:
    """Let no code stand for two.

    Raises:
        CodeTaken: It would.
    """
    taken: dict[str, str] = {}
    for one in promotions:
        if one.coupon is not CouponUse.SHARED:
            continue
        other = taken.setdefault(one.code, one.promotion_id)
        if other != one.promotion_id:
            raise CodeTaken(f"{one.promotion_id}: code: {one.code} is that of {other}")


def _put(connection: Connection, promotions: Sequence[KnownPromotion]) -> None:
    numbers = take_numbers(connection, PROMOTIONS, len(promotions))
    rows = [
        (
            known.promotion.promotion_id,
            _json(known.promotion),
            known.promotion.valid_from_ms,
            known.promotion.valid_until_ms,
            known.is_gone,
            number,
        )
        for known, number in zip(promotions, numbers, strict=True)
    ]
    upsert_rows(
        connection,
        promotion,
        rows,
        "(promotion_id) DO UPDATE SET content_json = excluded.content_json,"
        " valid_from_ms = excluded.valid_from_ms, valid_until_ms = excluded.valid_until_ms,"
        " is_gone = excluded.is_gone, change = excluded.change",
    )


def _json(promotion: Promotion) -> str:
    return json.dumps(promotion_content(promotion), ensure_ascii=False, separators=(",", ":"))
