"""Codes that may be used once: given out at the hub, used up by sales, told when two did.

A code that took nothing off stays the customer's. Which sale used one is decided here by which
fact came first; a second one happened too, and lies on the desk with both.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, func, select

from pos.domain.promotion import CouponUse
from pos.domain.promotion_content import CODE
from sync.hub.bulk import upsert_rows
from sync.hub.conflicts import desk
from sync.hub.counter import claims
from sync.hub.intake.fact_rows import MAX_TEXT, MOST_MONEY
from sync.hub.people import name_of
from sync.hub.publishing import promotions
from sync.hub.publishing.promotions import NoSuchPromotion
from sync.hub.tables import sale
from sync.hub.tables_promotions import coupon
from sync.wire.v1.claims import ClaimKind
from sync.wire.v1.desk import ItemKind, RowKind, Side
from sync.wire.v1.desk import Row as DeskRow

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # nothing that looks like something else
LENGTH = 10
MOST_AT_A_TIME = 100_000
AT_A_TIME = 500

# A hub that was restored from an older copy may have granted more than it knows.
MAX_LOST_GRANTS = 1_000_000
_KIND = ClaimKind.COUPON.value

Choose = Callable[[str], str]


class NotGivenOut(ValueError):
    """The promotion, or what is asked for, allows no such codes."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A code on a ticket; `taken_off` is what was given for it in minor units, 0: nothing."""

    code: str
    promotion_id: str
    fence: int
    taken_off: int


@dataclass(frozen=True, slots=True)
class CouponSale:
    """The sale that names codes, by the id of its row; `at_ms` by the till's clock (UTC)."""

    sale_id: str
    shop: str
    till: str
    number: str
    staff_id: str
    currency: str
    total: int
    at_ms: int


@dataclass(frozen=True, slots=True)
class Given:
    """How many codes of a promotion were given out, and how many of them were used."""

    made: int
    used: int


def make(
    connection: Connection,
    promotion_id: str,
    count: int,
    *,
    prefix: str,
    now_ms: int,
    choose: Choose,
) -> list[str]:
    """Give out codes that may be used once each.

    Args:
        prefix: What every code begins with: capitals, digits and ``-``.
        choose: Returns a letter of an alphabet that nobody can guess.

    Raises:
        NoSuchPromotion: The hub does not know it.
        NotGivenOut: It is over, it is no promotion for such codes, or the codes cannot be.
    """
    known = promotions.get(connection, promotion_id)
    if known is None:
        raise NoSuchPromotion(promotion_id)
    if known.is_over(now_ms):
        raise NotGivenOut(f"{promotion_id} is over")
    if known.promotion.coupon is not CouponUse.SINGLE:
        raise NotGivenOut(f"{promotion_id} is not for codes that may be used once")
    if not CODE.fullmatch(prefix + ALPHABET[0] * LENGTH):
        raise NotGivenOut(f"prefix {prefix!r}: capitals, digits and - only, at most 22 of them")
    if not 1 <= count <= MOST_AT_A_TIME:
        raise NotGivenOut(f"{count} codes: 1 to {MOST_AT_A_TIME}")
    made: list[str] = []
    while len(made) < count:
        wanted = min(count - len(made), AT_A_TIME)
        fresh = {prefix + "".join(choose(ALPHABET) for _ in range(LENGTH)) for _ in range(wanted)}
        made += _store(connection, sorted(fresh), promotion_id, now_ms)
    return made


def given_out(connection: Connection) -> dict[str, Given]:
    """Count the codes of each promotion."""
    used = func.count().filter(coupon.c.used_by_sale != "")
    rows = connection.execute(
        select(coupon.c.promotion_id, func.count(), used).group_by(coupon.c.promotion_id)
    )
    return {promotion_id: Given(made, used) for promotion_id, made, used in rows}


def take_in(connection: Connection, use: CouponSale, brought: Sequence[Brought]) -> None:
    """Note which codes a sale used up, and free those that it was given nothing for.

    The same sale again changes nothing. A code that another sale used goes to the desk.
    """
    for each in sorted(brought, key=lambda one: one.code):
        if not _is_single(connection, each):
            continue
        known = claims.locked(connection, _KIND, each.code, use.shop)
        if each.taken_off <= 0:
            claims.give_back(
                connection, _KIND, each.code, till=use.till, fence=each.fence, at_ms=use.at_ms
            )
            continue
        _use_up(connection, use, each)
        claims.settle(
            connection,
            _KIND,
            each.code,
            till=use.till,
            fence=max(known.fence, min(each.fence, known.fence + MAX_LOST_GRANTS)),
            at_ms=use.at_ms,
        )


def _store(
    connection: Connection, codes: Sequence[str], promotion_id: str, now_ms: int
) -> list[str]:
    """Store codes; return those that nobody has yet."""
    taken = set(connection.scalars(select(coupon.c.code).where(coupon.c.code.in_(codes))))
    free = [code for code in codes if code not in taken]
    rows = [(code, promotion_id, now_ms, "", 0, "") for code in free]
    upsert_rows(connection, coupon, rows, "(code) DO NOTHING")
    return free


def _is_single(connection: Connection, brought: Brought) -> bool:
    """True for a code that may be used once: this hub gave it out, or lost that it did."""
    if brought.fence or _get(connection, brought.code) is not None:
        return True
    known = promotions.get(connection, brought.promotion_id)
    return known is not None and known.promotion.coupon is CouponUse.SINGLE


def _use_up(connection: Connection, use: CouponSale, brought: Brought) -> None:
    lost = (brought.code, brought.promotion_id, 0, "", 0, "")
    upsert_rows(connection, coupon, [lost], "(code) DO NOTHING")
    is_first = connection.execute(
        coupon.update()
        .where(coupon.c.code == brought.code, coupon.c.used_by_sale == "")
        .values(used_by_sale=use.sale_id, used_at_ms=use.at_ms, used_till=use.till)
    )
    if is_first.rowcount == 1:
        return
    known = _get(connection, brought.code)
    if known is not None and known.used_by_sale != use.sale_id:
        _open_item(connection, known, use, brought)


def _open_item(connection: Connection, known: Row[Any], use: CouponSale, brought: Brought) -> None:
    desk.open_item(
        connection,
        desk.Found(
            kind=ItemKind.COUPON_USED_TWICE,
            key=f"{brought.code}:{use.sale_id}",
            shop=use.shop,
            till=use.till,
            subject=brought.code[:MAX_TEXT],
            currency=use.currency,
            at_ms=use.at_ms,
            money=min(brought.taken_off, MOST_MONEY),
            sides=(_side(connection, _first(connection, known, use)), _side(connection, use)),
        ),
    )


def _first(connection: Connection, known: Row[Any], use: CouponSale) -> CouponSale:
    """Return the sale that used a code before."""
    row = connection.execute(select(sale).where(sale.c.sale_id == known.used_by_sale)).first()
    if row is None:
        shop = known.used_till.rpartition("-")[0]
        return CouponSale(
            known.used_by_sale, shop, known.used_till, "", "", use.currency, 0, known.used_at_ms
        )
    return CouponSale(
        row.sale_id, row.shop, row.till, row.number, row.staff_id, row.currency, row.total,
        row.completed_at_ms,
    )  # fmt: skip


def _side(connection: Connection, use: CouponSale) -> Side:
    name = name_of(connection, use.shop, use.staff_id)
    return Side(
        shop=use.shop,
        till=use.till,
        rows=(
            DeskRow(kind=RowKind.AT, number=use.at_ms),
            DeskRow(kind=RowKind.STAFF, text=name[:MAX_TEXT]),
            DeskRow(kind=RowKind.DOCUMENT, text=use.number),
            DeskRow(kind=RowKind.TOTAL, number=use.total),
        ),
    )


def _get(connection: Connection, code: str) -> Row[Any] | None:
    return connection.execute(select(coupon).where(coupon.c.code == code)).first()
