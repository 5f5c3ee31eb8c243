"""How well a shop prepares and hands over orders: times, rates, and bars over a day or a month.

Each figure counts what ended within its period: orders that were put on a shelf, handed over,
given up. Times are UTC in Unix ms, 0 for never; lengths of time are ms.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from pos.domain.product_note import NoteTally

MAX_DAYS = 31
LARGEST = 2**53


@dataclass(frozen=True, slots=True)
class Journey:
    """What became of one order; `wanted` and `short` are pieces.

    `handed_over_at_ms` is 0 again once a handover was undone. `is_waiting`: its customer stands
    at the counter now; `is_to_prepare`, `is_on_shelf`: where it is now.
    """

    placed_at_ms: int
    staged_at_ms: int = 0
    arrived_at_ms: int = 0
    handed_over_at_ms: int = 0
    expired_at_ms: int = 0
    wanted: int = 0
    short: int = 0
    is_waiting: bool = False
    is_to_prepare: bool = False
    is_on_shelf: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """From `since_ms` to `until_ms`, cut at `starts`: hours of one day, or whole days."""

    days: int
    since_ms: int
    until_ms: int
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took: `count` times, half of them within `median_ms`, nine in ten
    within `ninth_ms`."""

    count: int = 0
    median_ms: int = 0
    ninth_ms: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One hour or day from `start_ms`; `ready_ms` is the median time to ready, 0 for none."""

    start_ms: int
    placed: int = 0
    handed_over: int = 0
    ready_ms: int = 0


@dataclass(frozen=True, slots=True)
class PickupFigures:
    """The figures of a period, as they were at `until_ms`.

    `no_shows` of `finished` orders were never collected; `short` of `wanted` pieces could not be
    had. `waiting` customers stand at the counter, `to_prepare` and `on_shelf` count orders.
    `noted` is what customers of the shop said about products in the last `TALLY_DAYS` days,
    whatever the period; None where only a till counted.
    """

    days: int
    since_ms: int
    until_ms: int
    ready: Spread
    handover: Spread
    waiting: int
    to_prepare: int
    on_shelf: int
    no_shows: int
    finished: int
    short: int
    wanted: int
    bars: tuple[Bar, ...]
    noted: NoteTally | None = None

    def __post_init__(self) -> None:
        counts = (
            self.waiting, self.to_prepare, self.on_shelf, self.no_shows, self.finished,
            self.short, self.wanted, self.ready.median_ms, self.ready.ninth_ms,
            self.handover.median_ms, self.handover.ninth_ms, self.since_ms, self.until_ms,
            *(value for bar in self.bars for value in (bar.placed, bar.handed_over, bar.ready_ms)),
        )  # fmt: skip
        if not 1 <= self.days <= MAX_DAYS or len(self.bars) > MAX_DAYS:
            raise ValueError(f"{self.days} days, {len(self.bars)} bars")
        if any(not 0 <= count <= LARGEST for count in counts):
            raise ValueError("a figure that cannot be")

    @property
    def is_empty(self) -> bool:
        """True when nothing happened and nothing waits: there is nothing to show yet."""
        now = self.waiting + self.to_prepare + self.on_shelf
        return not (now or self.finished or self.ready.count or any(b.placed for b in self.bars))

    @property
    def no_show_basis_points(self) -> int:
        """How many of the finished orders nobody came for; rounded half up."""
        return _rate(self.no_shows, self.finished)

    @property
    def short_basis_points(self) -> int:
        """How many of the wanted pieces could not be had; rounded half up."""
        return _rate(self.short, self.wanted)


def period_of(days: int, now_ms: int, zone: str) -> Period:
    """Return today by the hour, or the last `days` with today by the day.

    Args:
        zone: IANA name of the shop's time zone: its days begin at its midnight, and are an hour
            longer or shorter when its clocks are changed.

    Raises:
        ValueError: Not 1 to 31 days.
        ZoneInfoNotFoundError: There is no such zone.
    """
    if not 1 <= days <= MAX_DAYS:
        raise ValueError(f"{days} days")
    there = ZoneInfo(zone)
    today = datetime.datetime.fromtimestamp(now_ms / 1000, there).date()
    if days == 1:
        midnight, next_midnight = _midnight(today, there), _midnight(_after(today, 1), there)
        starts = tuple(range(midnight, next_midnight, 3_600_000))
        return Period(1, midnight, now_ms, starts)
    starts = tuple(_midnight(_after(today, day - days + 1), there) for day in range(days))
    return Period(days, starts[0], now_ms, starts)


def figures_of(journeys: Iterable[Journey], period: Period) -> PickupFigures:
    """Return the figures of a period from everything that happened to its orders."""
    known = tuple(journeys)
    staged = [one for one in known if _within(one.staged_at_ms, period)]
    handed = [one for one in known if _within(one.handed_over_at_ms, period)]
    given_up = [one for one in known if _within(one.expired_at_ms, period)]
    came = [one for one in handed if 0 < one.arrived_at_ms <= one.handed_over_at_ms]
    no_shows = sum(1 for one in given_up if not one.handed_over_at_ms)
    return PickupFigures(
        days=period.days,
        since_ms=period.since_ms,
        until_ms=period.until_ms,
        ready=spread([one.staged_at_ms - one.placed_at_ms for one in staged]),
        handover=spread([one.handed_over_at_ms - one.arrived_at_ms for one in came]),
        waiting=sum(one.is_waiting for one in known),
        to_prepare=sum(one.is_to_prepare for one in known),
        on_shelf=sum(one.is_on_shelf for one in known),
        no_shows=no_shows,
        finished=no_shows + len(handed),
        short=sum(one.short for one in staged),
        wanted=sum(one.wanted for one in staged),
        bars=_bars(known, staged, handed, period),
    )


def spread(lengths: Sequence[int]) -> Spread:
    """Return the spread of some lengths of time by nearest rank; one below 0 counts as 0.

    A length below 0 comes of clocks that were put right in between.
    """
    if not lengths:
        return Spread()
    ordered = sorted(max(0, length) for length in lengths)
    return Spread(len(ordered), _rank(ordered, 50), _rank(ordered, 90))


def _rank(ordered: Sequence[int], percent: int) -> int:
    return ordered[-(-len(ordered) * percent // 100) - 1]


def _bars(
    known: Iterable[Journey],
    staged: Iterable[Journey],
    handed: Iterable[Journey],
    period: Period,
) -> tuple[Bar, ...]:
    starts = period.starts
    placed, taken = [0] * len(starts), [0] * len(starts)
    lengths: list[list[int]] = [[] for _ in starts]
    for one in known:
        if _within(one.placed_at_ms, period):
            placed[_place(starts, one.placed_at_ms)] += 1
    for one in handed:
        taken[_place(starts, one.handed_over_at_ms)] += 1
    for one in staged:
        lengths[_place(starts, one.staged_at_ms)].append(one.staged_at_ms - one.placed_at_ms)
    return tuple(
        Bar(start, placed[index], taken[index], spread(lengths[index]).median_ms)
        for index, start in enumerate(starts)
    )


def _place(starts: Sequence[int], at_ms: int) -> int:
    return bisect_right(starts, at_ms) - 1


def _within(at_ms: int, period: Period) -> bool:
    return period.since_ms <= at_ms <= period.until_ms and at_ms > 0


def _rate(part: int, whole: int) -> int:
    return (part * 20_000 + whole) // (2 * whole) if whole else 0


def _after(day: datetime.date, days: int) -> datetime.date:
    return day + datetime.timedelta(days=days)


def _midnight(day: datetime.date, there: ZoneInfo) -> int:
    moment = datetime.datetime.combine(day, datetime.time(), there)
    return int(moment.timestamp() * 1000)
