"""The page that shows how a shop does with orders that are collected: a table and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.responses import Response

from pos.domain.pickup_figures import Bar, PickupFigures, Spread
from sync.hub.counter import approvals
from sync.hub.orders.figures import pickup_figures
from sync.hub.pages.desk_pages import count_open
from sync.hub.pages.rendering import page
from sync.hub.pages.serving import Desk
from sync.hub.pages.visit import Visit
from sync.hub.pages.wording import Words

PERIODS = (1, 7, 30)
NOTHING = "–"
HEIGHT, SLOT, BAR = 120, 20, 8  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Value:
    """A figure of one period, and what it is made of."""

    figure: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class DayView:
    """The bars of one day in a drawing: where they begin and how high they are, and in words."""

    x: int
    placed: int
    handed_over: int
    title: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars of the last days; `highest` is what the upper edge stands for."""

    width: int
    height: int
    bar: int
    highest: int
    first: str
    last: str
    days: tuple[DayView, ...]


class FigurePages:
    """Shows the figures of the shop somebody signed in to."""

    def __init__(self, desk_of_hub: Desk) -> None:
        self._desk = desk_of_hub

    def index(self, visit: Visit) -> Response:
        """Show today, the last seven days and the last thirty side by side."""
        shop, say, now_ms = visit.session.shop, visit.words, visit.now_ms
        with self._desk.database.reading() as connection:
            found = [
                pickup_figures(connection, shop, days=days, zone=say.zone, now_ms=now_ms)
                for days in PERIODS
            ]
            counts = {
                "open": count_open(connection, shop),
                "approvals": approvals.count_waiting(connection, shop, now_ms),
            }
        longest = found[-1]
        return page(
            visit,
            "pickups.html",
            tab="pickups",
            counts=counts,
            rows=() if longest.is_empty else _rows(found, say),
            now=longest,
            drawing=_drawing(longest.bars, say),
        )


def _rows(found: Sequence[PickupFigures], say: Words) -> tuple[tuple[str, tuple[Value, ...]], ...]:
    """Return each figure with its value for every period."""

    def row(name: str, values: list[Value]) -> tuple[str, tuple[Value, ...]]:
        return name, tuple(values)

    return (
        row(say("pickups.ready"), [_time(each.ready, say) for each in found]),
        row(say("pickups.handover"), [_time(each.handover, say) for each in found]),
        row(
            say("pickups.no_show"),
            [
                _rate(each.no_show_basis_points, each.no_shows, each.finished, say)
                for each in found
            ],
        ),
        row(
            say("pickups.short"),
            [_rate(each.short_basis_points, each.short, each.wanted, say) for each in found],
        ),
    )


def _time(spread: Spread, say: Words) -> Value:
    if not spread.count:
        return Value(NOTHING)
    detail = say("pickups.spread", ninth=say.span(spread.ninth_ms), count=spread.count)
    return Value(say.span(spread.median_ms), detail)


def _rate(basis_points: int, part: int, whole: int, say: Words) -> Value:
    if not whole:
        return Value(NOTHING)
    rate = say.percent(round(basis_points, -1))
    return Value(rate, say("pickups.rate", part=part, whole=whole))


def _drawing(bars: Sequence[Bar], say: Words) -> Drawing:
    highest = max([1, *(max(bar.placed, bar.handed_over) for bar in bars)])

    def high(value: int) -> int:
        return -(-value * HEIGHT // highest)

    days = tuple(
        DayView(
            index * SLOT + 1,
            high(bar.placed),
            high(bar.handed_over),
            say(
                "pickups.day",
                day=say.day(bar.start_ms),
                placed=bar.placed,
                handed_over=bar.handed_over,
            ),
        )
        for index, bar in enumerate(bars)
    )
    first, last = (say.day(bars[place].start_ms) for place in (0, -1))
    return Drawing(len(bars) * SLOT, HEIGHT, BAR, highest, first, last, days)
