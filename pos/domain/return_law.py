"""What the law lets a customer bring back: data of a country, above the shop's policy.

Every rule names its source. The data are in `resources/legal`; each file says what of it a lawyer
must check. Days are calendar days of the shop, the day of the handover not counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from pos.domain.promotion import Channel
from pos.domain.return_verdict import Approved, Basis, Remedy
from pos.domain.return_words import NOT_AS_SOLD, Condition, Reason

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class StatutoryException:
    """Goods that whoever bought them at a distance may not simply give back.

    `only_unsealed`: only once the seal is broken.
    """

    category: str
    only_unsealed: bool
    source: str


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """The right to withdraw from a purchase made at a distance, without saying why.

    `counts_working_days`: Monday to Friday; public holidays are not known here, so that the last
    day is never later than the law's. `same_means`: money goes back the way it came unless the
    customer expressly agrees otherwise. `refunds_delivery`: the standard outbound delivery too,
    when everything comes back. `may_deduct`: the customer answers for more than trying it.
    """

    days: int
    counts_working_days: bool
    channels: frozenset[Channel]
    same_means: bool
    refunds_delivery: bool
    may_deduct: bool
    exceptions: tuple[StatutoryException, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Guarantee:
    """What the seller answers for goods that are not as sold: so many years and days.

    `offer_first` comes before money, in that order; but not within `reject_days` of the handover,
    where the law lets the customer reject the goods at once.
    """

    years: int
    days: int
    offer_first: tuple[Remedy, ...]
    reject_days: int
    source: str


@dataclass(frozen=True, slots=True)
class ReturnLaw:
    """What a country's law says; None where it gives no such right."""

    withdrawal: Withdrawal | None = None
    guarantee: Guarantee | None = None


NO_LAW = ReturnLaw()


def withdrawal_of(
    law: ReturnLaw,
    *,
    channel: Channel,
    category: str,
    condition: Condition,
    handed_over: date | None,
    today: date,
) -> Approved | None:
    """Return the right to withdraw from a purchase, None when there is none or no more.

    Args:
        category: The kind of goods as the law's exceptions name it, empty for any other.
        handed_over: None when it is not known yet: the days have not begun.
    """
    right = law.withdrawal
    if right is None or channel not in right.channels or is_excepted(right, category, condition):
        return None
    until = last_day(handed_over or today, right.days, working=right.counts_working_days)
    if today > until:
        return None
    return Approved(
        basis=Basis.WITHDRAWAL,
        until=until,
        days_left=(until - today).days,
        may_deduct=right.may_deduct and condition in {Condition.USED, Condition.DAMAGED},
        source=right.source,
    )


def guarantee_of(
    law: ReturnLaw, *, reason: Reason, handed_over: date | None, today: date
) -> Approved | None:
    """Return what the guarantee gives for goods that are not as sold; None when it gives none."""
    right = law.guarantee
    if right is None or reason not in NOT_AS_SOLD:
        return None
    since = handed_over or today
    until = years_later(since, right.years) + timedelta(days=right.days)
    if today > until:
        return None
    is_early = bool(right.reject_days) and (today - since).days <= right.reject_days
    return Approved(
        basis=Basis.GUARANTEE,
        until=until,
        days_left=(until - today).days,
        offer_first=() if is_early else right.offer_first,
        source=right.source,
    )


def is_excepted(right: Withdrawal, category: str, condition: Condition) -> bool:
    """True for goods that the law leaves out, as they come back."""
    return any(
        one.category == category and not (one.only_unsealed and condition is Condition.SEALED)
        for one in right.exceptions
    )


def last_day(since: date, days: int, *, working: bool = False) -> date:
    """Return the last of so many days, the first being the day after `since`."""
    if not working:
        return since + timedelta(days=days)
    day = since
    while days:
        day += timedelta(days=1)
        days -= day.weekday() < SATURDAY
    return day


def years_later(day: date, years: int) -> date:
    """Return the same day years later; 29 February becomes the 28th where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def read_return_law(data: Mapping[str, Any]) -> ReturnLaw:
    """Return the law as a file of `resources/legal` says it in its table ``returns``."""
    withdrawal, guarantee = data.get("withdrawal"), data.get("guarantee")
    return ReturnLaw(
        None if withdrawal is None else _withdrawal(withdrawal),
        None if guarantee is None else _guarantee(guarantee),
    )


def _withdrawal(data: Mapping[str, Any]) -> Withdrawal:
    return Withdrawal(
        days=data["days"],
        counts_working_days=data["counts_working_days"],
        channels=frozenset(Channel(name) for name in data["channels"]),
        same_means=data["same_means"],
        refunds_delivery=data["refunds_delivery"],
        may_deduct=data["may_deduct"],
        exceptions=tuple(
            StatutoryException(one["category"], one["only_unsealed"], one["source"])
            for one in data["exceptions"]
        ),
        source=data["source"],
    )


def _guarantee(data: Mapping[str, Any]) -> Guarantee:
    return Guarantee(
        years=data["years"],
        days=data["days"],
        offer_first=tuple(Remedy(name) for name in data["offer_first"]),
        reject_days=data["reject_days"],
        source=data["source"],
    )
