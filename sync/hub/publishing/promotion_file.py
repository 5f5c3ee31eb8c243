"""Reads promotions from a file that people write: TOML, money and percentages as decimals."""

from __future__ import annotations

import datetime
import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, NoReturn
from zoneinfo import ZoneInfo

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
from pos.domain.promotion_content import UnreadablePromotion, promotion_content, read_promotion

GOODS = ("skus", "departments", "brands", "except_skus")
ALWAYS = frozenset({"id", "name", "offer", "from", "until", "channels", "shops", "tier", "code",
                    "single_use", *GOODS})  # fmt: skip
_DECIMAL = re.compile(r"(\d{1,9})(?:\.(\d{1,2}))?", re.ASCII)


class BadPromotionFile(ValueError):
    """The file says something that cannot be; each line of the text says where and what."""


class _Refused(ValueError):
    """Why a field cannot be taken."""


def read_promotions(text: str, file_name: str, zone: ZoneInfo | None) -> tuple[Promotion, ...]:
    """Return the promotions of a file, all of them or none.

    Args:
        file_name: What the errors call it.
        zone: Where a day of the file begins and ends; None: in several, so that it has no days.

    Raises:
        BadPromotionFile: It names every promotion that cannot be, with the field.
    """
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadPromotionFile(f"{file_name}: {error}") from error
    told = tables.pop("promotion", None)
    if tables or not isinstance(told, list) or not all(isinstance(one, dict) for one in told):
        raise BadPromotionFile(f"{file_name}: [[promotion]] tables and nothing else")
    read: dict[str, Promotion] = {}
    faults: list[str] = []
    for place, table in enumerate(told, start=1):
        called = str(table.get("id") or f"no. {place}")
        try:
            promotion = _promotion(_Table(table), zone)
            if promotion.promotion_id in read:
                raise _Refused("id: it stands there twice")
            read[promotion.promotion_id] = promotion
        except (_Refused, UnreadablePromotion) as error:
            faults.append(f"{file_name}: promotion {called}: {error}")
    if faults:
        raise BadPromotionFile("\n".join(faults))
    return tuple(read.values())


class _Table:
    """One table of the file; every value is of the kind asked for, or refused by its name."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def refuse(self, name: str, what: str) -> NoReturn:
        raise _Refused(f"{name}: {what}")

    def only(self, names: frozenset[str]) -> None:
        """Refuse what has another name: a mistyped one would be passed over in silence."""
        for name in sorted(set(self._values) - names):
            self.refuse(name, "there is no such field here")

    def has(self, name: str) -> bool:
        return name in self._values

    def value(self, name: str) -> Any:
        return self._values[name] if name in self._values else self.refuse(name, "is missing")

    def text(self, name: str, default: str | None = None) -> str:
        if default is not None and name not in self._values:
            return default
        value = self.value(name)
        return value if isinstance(value, str) else self.refuse(name, "must be a text")

    def texts(self, name: str) -> frozenset[str]:
        value = self._values.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self.refuse(name, "must be a list of texts")
        return frozenset(value)

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        return value if isinstance(value, bool) else self.refuse(name, "must be true or false")

    def count(self, name: str) -> int:
        value = self.value(name)
        is_count = isinstance(value, int) and not isinstance(value, bool)
        return int(value) if is_count else self.refuse(name, "must be a whole number")

    def hundredths(self, name: str, default: int | None = None) -> int:
        """Return a decimal in hundredths: minor units of money, basis points of a percentage."""
        if default is not None and name not in self._values:
            return default
        found = _DECIMAL.fullmatch(self.text(name))
        if found is None:
            self.refuse(name, 'must be a decimal in quotes, such as "12.50"')
        return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))

    def moment(self, name: str, zone: ZoneInfo | None, *, is_end: bool) -> int:
        """Return a time in UTC ms; a day means its beginning, or its end."""
        value = self.value(name)
        if not isinstance(value, datetime.date):  # a time is a date too
            self.refuse(name, "must be a day such as 2026-11-30, or a time, without quotes")
        if isinstance(value, datetime.datetime) and value.tzinfo is not None:
            return round(value.timestamp()) * 1000
        if zone is None:
            self.refuse(name, "the shops are in several time zones: say a time with its offset")
        try:
            local = value if isinstance(value, datetime.datetime) else _midnight(value, is_end)
            return round(local.replace(tzinfo=zone).timestamp()) * 1000
        except (OverflowError, ValueError):
            self.refuse(name, "there is no such day")

    def tables(self, name: str) -> list[_Table]:
        value = self.value(name)
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.refuse(name, "must be a list of tables")
        return [_Table(one) for one in value]


def _midnight(day: datetime.date, is_end: bool) -> datetime.datetime:
    following = datetime.timedelta(days=1 if is_end else 0)
    return datetime.datetime.combine(day + following, datetime.time())


def _promotion(told: _Table, zone: ZoneInfo | None) -> Promotion:
    kind = told.text("offer")
    if kind not in _OFFERS:
        told.refuse("offer", f"{kind!r} is none of {', '.join(_OFFERS)}")
    read, names = _OFFERS[kind]
    told.only(ALWAYS | names)
    from_ms = told.moment("from", zone, is_end=False)
    until_ms = told.moment("until", zone, is_end=True)
    if until_ms <= from_ms:
        told.refuse("until", "is not after from")
    coupon = _coupon(told)
    promotion = Promotion(
        promotion_id=told.text("id"),
        name=told.text("name"),
        offer=read(told),
        valid_from_ms=from_ms,
        valid_until_ms=until_ms,
        goods=_goods(told),
        channels=_channels(told),
        shops=told.texts("shops"),
        tier=told.text("tier", ""),
        coupon=coupon,
        code=told.text("code") if coupon is CouponUse.SHARED else "",
        stands_alone=told.flag("stands_alone"),
    )
    return read_promotion(promotion_content(promotion))


def _goods(told: _Table) -> Goods:
    skus, departments, brands, except_skus = (told.texts(name) for name in GOODS)
    return Goods(skus, departments, brands, except_skus)


def _channels(told: _Table) -> frozenset[Channel]:
    if not told.has("channels"):
        return frozenset(Channel)
    try:
        return frozenset(Channel(name) for name in told.texts("channels"))
    except ValueError:
        told.refuse("channels", f"only {', '.join(channel.value for channel in Channel)}")


def _coupon(told: _Table) -> CouponUse | None:
    is_single = told.flag("single_use")
    if is_single and told.has("code"):
        told.refuse("code", "codes that may be used once are given out by `coupons make`")
    if is_single:
        return CouponUse.SINGLE
    return CouponUse.SHARED if told.has("code") else None


def _bundle(told: _Table) -> Bundle:
    parts = []
    for part in told.tables("parts"):
        part.only(frozenset({"count", *GOODS}))
        parts.append(BundlePart(_goods(part), part.count("count")))
    return Bundle(tuple(parts), told.hundredths("price"))


def _total(told: _Table) -> OffTotal:
    if told.has("percent") == told.has("amount"):
        told.refuse("percent", "either percent or amount must be there")
    return OffTotal(
        told.hundredths("minimum", 0), told.hundredths("percent", 0), told.hundredths("amount", 0)
    )


_OFFERS: dict[str, tuple[Callable[[_Table], Offer], frozenset[str]]] = {
    "percent": (lambda told: PercentOff(told.hundredths("percent")), frozenset({"percent"})),
    "amount": (lambda told: AmountOff(told.hundredths("amount")), frozenset({"amount"})),
    "price": (lambda told: UnitPrice(told.hundredths("price")), frozenset({"price"})),
    "take_pay": (
        lambda told: MultiBuy(told.count("take"), told.count("pay")),
        frozenset({"take", "pay"}),
    ),
    "nth_unit": (
        lambda told: NthUnit(told.count("nth"), told.hundredths("percent")),
        frozenset({"nth", "percent"}),
    ),
    "bundle": (_bundle, frozenset({"parts", "price"})),
    "total": (_total, frozenset({"minimum", "percent", "amount", "stands_alone"})),
}
