"""What will happen in a world, written down before it begins: a list made from the seed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tests.simulator.chance import Chance
from tests.simulator.crashes import AGENT, HUB, TILL

EVERYWHERE = -1
CONTACT_RATE = 0.13  # of a till's days on which its agent finds time, or a network, to sync
OPENS_AT, CLOSES_AT = 8 * 60, 21 * 60

# How often a till does a thing, per act.
ACTS: Mapping[str, float] = {
    "sell": 0.60, "park": 0.08, "resume": 0.08, "cancel": 0.04, "cash": 0.05, "x": 0.03,
    "close": 0.04, "return": 0.08,
}  # fmt: skip
# How often a thing happens to a till, per day.
TILL_MISHAPS: Mapping[str, float] = {
    "clock": 0.02, "power": 0.03, "back up": 0.06, "burn": 0.006, "clone": 0.004,
}  # fmt: skip
# How often a thing happens at the hub, per day.
HUB_EVENTS: Mapping[str, float] = {
    "price": 0.3, "stock": 0.15, "setting": 0.08, "staff": 0.04, "generation": 0.03,
    "hub restart": 0.05, "hub down": 0.04, "hub up": 0.3, "small bodies": 0.03,
    "hub backup": 0.06, "hub restore": 0.015, "revoke": 0.02, "admit": 0.3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Size:
    """How large a world is."""

    days: int = 30
    shops: int = 2
    tills: int = 3  # in each shop

    @property
    def all_tills(self) -> int:
        return self.shops * self.tills


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happens. `key` names its own chance; `kill` is (program, steps)."""

    day: int
    minute: int
    till: int
    what: str
    key: str
    weather: str = "fair"
    kill: tuple[str, int] | None = None

    def __str__(self) -> str:
        where = "hub" if self.till == EVERYWHERE else f"till {self.till}"
        death = f", {self.kill[0]} dies after {self.kill[1]} steps" if self.kill else ""
        clock = f"{self.minute // 60:02d}:{self.minute % 60:02d}"
        weather = "" if self.weather == "fair" else f", {self.weather}"
        return f"day {self.day} {clock} {where}: {self.what}{weather}{death}"


def plan(seed: int, size: Size) -> list[Event]:
    """Return what happens in the world of a seed, in order."""
    events = [
        event
        for day in range(size.days)
        for event in (*_hub_day(seed, day), *_shop_days(seed, day, size))
    ]
    return sorted(events, key=lambda event: (event.day, event.minute))


def _hub_day(seed: int, day: int) -> list[Event]:
    chance = Chance(seed, day, "hub")
    return [
        Event(day, chance.between(0, 24 * 60 - 1), EVERYWHERE, what, f"{seed}/{day}/{what}")
        for what, rate in HUB_EVENTS.items()
        if chance.happens(rate)
    ]


def _shop_days(seed: int, day: int, size: Size) -> list[Event]:
    return [event for till in range(size.all_tills) for event in _till_day(seed, day, till)]


def _till_day(seed: int, day: int, till: int) -> list[Event]:
    chance = Chance(seed, day, till)
    events = []
    for number in range(_how_busy(chance)):
        what = chance.weighted(dict(ACTS))
        kill = _kill(chance, TILL, 0.08, 16)
        key = f"{seed}/{day}/{till}/{number}"
        minute = chance.between(OPENS_AT, CLOSES_AT)
        events.append(Event(day, minute, till, what, key, kill=kill))
    for what, rate in TILL_MISHAPS.items():
        if chance.happens(rate):
            minute = chance.between(OPENS_AT, CLOSES_AT)
            events.append(Event(day, minute, till, what, f"{seed}/{day}/{till}/{what}"))
    if chance.happens(CONTACT_RATE):
        events.append(_contact(seed, day, till, chance))
    return events


def _contact(seed: int, day: int, till: int, chance: Chance) -> Event:
    """Return a moment in which the agent of a till looks for the hub."""
    weather = chance.weighted({"fair": 0.35, "flaky": 0.35, "storm": 0.22, "dark": 0.08})
    kill = _kill(chance, AGENT, 0.12, 25) or _kill(chance, HUB, 0.12, 12)
    key = f"{seed}/{day}/{till}/sync"
    return Event(day, chance.between(OPENS_AT, 23 * 60), till, "sync", key, weather, kill)


def _how_busy(chance: Chance) -> int:
    """Return how many acts a till does in a day: none when shut, many on a Saturday."""
    return int(chance.weighted({"0": 0.68, "1": 0.19, "2": 0.08, "3": 0.03, "6": 0.02}))


def _kill(chance: Chance, program: str, rate: float, longest: int) -> tuple[str, int] | None:
    return (program, chance.below(longest)) if chance.happens(rate) else None
