"""From the bars of a period to the two plots of the page: how many orders, and how fast."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from pos.domain.pickup_figures import Bar
from pos.screens import wording

HOUR_MS, MINUTE_MS = 3_600_000, 60_000
FIRST_HOUR, LAST_HOUR = 8, 20  # shown on a day on which nothing happened outside of them
TIME_STEPS = (5, 10, 15, 30, 60, 120, 240, 480, 1440, 2880, 7200, 14400)  # minutes


@dataclass(frozen=True, slots=True)
class Bars:
    """One plot in words and numbers; `values` are orders, or minutes when `is_time`."""

    title: str
    places: tuple[str, ...]
    names: tuple[str, ...]
    values: tuple[tuple[int, ...], ...]
    spoken: str = ""
    is_time: bool = False

    @property
    def highest(self) -> int:
        return max((value for row in self.values for value in row), default=0)


@dataclass(frozen=True, slots=True)
class Plots:
    """What the page draws: orders placed and handed over, and the median time until ready."""

    orders: Bars
    times: Bars


def plots_of(bars: Sequence[Bar], days: int) -> Plots:
    """Return both plots of a period of so many days; one day is shown by the hour."""
    shown = _opening_hours(bars) if days == 1 else tuple(bars)
    places = tuple(_place(bar, days) for bar in shown)
    placed = tuple(bar.placed for bar in shown)
    taken = tuple(bar.handed_over for bar in shown)
    minutes = tuple(-(-bar.ready_ms // MINUTE_MS) for bar in shown)
    by_hour = days == 1
    return Plots(
        Bars(
            QCoreApplication.translate("PickupPlots", "Orders by the hour")
            if by_hour
            else QCoreApplication.translate("PickupPlots", "Orders by the day"),
            places,
            (
                QCoreApplication.translate("PickupPlots", "placed"),
                QCoreApplication.translate("PickupPlots", "handed over"),
            ),
            (placed, taken),
            QCoreApplication.translate(
                "PickupPlots", "{placed} placed, {taken} handed over"
            ).format(placed=sum(placed), taken=sum(taken)),
        ),
        Bars(
            QCoreApplication.translate("PickupPlots", "Until ready, by the hour")
            if by_hour
            else QCoreApplication.translate("PickupPlots", "Until ready, by the day"),
            places,
            (QCoreApplication.translate("PickupPlots", "until ready"),),
            (minutes,),
            is_time=True,
        ),
    )


def _opening_hours(bars: Sequence[Bar]) -> tuple[Bar, ...]:
    """Return the hours in which anything happened, and at least those of an ordinary day."""
    busy = [
        index for index, bar in enumerate(bars) if bar.placed or bar.handed_over or bar.ready_ms
    ]
    first = min([FIRST_HOUR, *busy])
    last = max([LAST_HOUR, *busy])
    return tuple(bars[first : last + 1])


def _place(bar: Bar, days: int) -> str:
    if days == 1:
        return str(wording.moment(bar.start_ms).hour)
    return wording.short_day(bar.start_ms)
