"""When a till is copied, and which copies are kept: decisions without a disk or a clock."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

LAST_KEPT = 3
DAYS_KEPT = 14
MONTHS_KEPT = 12
NIGHTLY = datetime.time(3)
QUIET_MS = 2 * 60_000
EVERY_SALES = 200


@dataclass(frozen=True, slots=True, order=True)
class Taken:
    """What a copy holds: everything up to fact `seq` of `epoch`; taken at UTC Unix ms.

    The order is that of what was recorded, whatever the clock said.
    """

    epoch: int
    seq: int
    taken_at_ms: int

    @property
    def day(self) -> datetime.date:
        """The day in UTC."""
        return _utc(self.taken_at_ms).date()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a decision is made on.

    `first_fact_ms` is when this till first recorded something, None when it never did;
    `quiet_ms` how long nothing has been recorded; `sales_since` how many sales no copy holds.
    """

    now_ms: int
    epoch: int
    seq: int
    first_fact_ms: int | None
    quiet_ms: int
    sales_since: int


def to_keep(copies: Iterable[Taken]) -> frozenset[Taken]:
    """Return the last three, and the last of each of 14 days and of 12 months with a copy.

    Counted in days that have a copy, not back from today: a clock that ran ahead for a night
    must not make every copy look old.
    """
    newest_first = sorted(copies, reverse=True)
    days = _first_of_each(newest_first, lambda copy: copy.day, DAYS_KEPT)
    months = _first_of_each(
        newest_first, lambda copy: (copy.day.year, copy.day.month), MONTHS_KEPT
    )
    return frozenset([*newest_first[:LAST_KEPT], *days, *months])


def is_due(
    standing: Standing, last: Taken | None, zone: datetime.tzinfo, every_sales: int
) -> bool:
    """Say whether a copy is to be taken now.

    Each night at three o'clock of the shop, or in the first quiet moment after; and whenever
    `every_sales` sales are in no copy. Never when the last copy holds everything.
    """
    if standing.first_fact_ms is None:
        return False
    if last is not None and (last.epoch, last.seq) == (standing.epoch, standing.seq):
        return False
    if standing.sales_since >= every_sales:
        return True
    since_ms = standing.first_fact_ms if last is None else last.taken_at_ms
    is_of_another_night = not _night(standing.now_ms, zone) <= since_ms <= standing.now_ms
    return is_of_another_night and standing.quiet_ms >= QUIET_MS


def _night(now_ms: int, zone: datetime.tzinfo) -> int:
    """Return the last time it was three o'clock in the shop, UTC Unix ms."""
    local = _utc(now_ms).astimezone(zone)
    night = datetime.datetime.combine(local.date(), NIGHTLY, zone)
    if night > local:
        night = datetime.datetime.combine(local.date() - datetime.timedelta(days=1), NIGHTLY, zone)
    return int(night.timestamp() * 1000)


def _first_of_each(
    copies: Sequence[Taken], key: Callable[[Taken], Hashable], limit: int
) -> list[Taken]:
    found: dict[Hashable, Taken] = {}
    for copy in copies:
        if key(copy) not in found and len(found) == limit:
            break
        found.setdefault(key(copy), copy)
    return list(found.values())


def _utc(at_ms: int) -> datetime.datetime:
    return datetime.datetime.fromtimestamp(at_ms / 1000, datetime.UTC)
