"""Makes the list of events of a failing seed shorter, for as long as it goes on failing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence

from tests.simulator.plan import Event

Fails = Callable[[Sequence[Event]], bool]


def shrink(events: Sequence[Event], fails: Fails, *, patience_s: float) -> list[Event]:
    """Return fewer events that still fail: whole days first, then tills, kinds, single ones.

    Args:
        fails: Says whether a world with those events breaks a promise.
        patience_s: After that long the shortest list so far is good enough.
    """
    until = time.monotonic() + patience_s
    left = list(events)
    for groups in (_by_day, _by_till, _by_kind, _by_halves):
        left = _without_needless(left, groups, fails, until)
    return left


def _without_needless(
    events: list[Event],
    groups: Callable[[Sequence[Event]], Iterator[set[Event]]],
    fails: Fails,
    until: float,
) -> list[Event]:
    left = events
    for group in groups(events):
        shorter = [event for event in left if event not in group]
        if time.monotonic() < until and len(shorter) < len(left) and fails(shorter):
            left = shorter
    return left


def _by_day(events: Sequence[Event]) -> Iterator[set[Event]]:
    """Yield longer and longer ends, then each day."""
    days = sorted({event.day for event in events})
    for place in (len(days) // 4, len(days) // 2):
        yield {event for event in events if event.day in days[-place or len(days) :]}
    for day in reversed(days):
        yield {event for event in events if event.day == day}


def _by_till(events: Sequence[Event]) -> Iterator[set[Event]]:
    for till in sorted({event.till for event in events}):
        yield {event for event in events if event.till == till}


def _by_kind(events: Sequence[Event]) -> Iterator[set[Event]]:
    for what in sorted({event.what for event in events}):
        yield {event for event in events if event.what == what}


def _by_halves(events: Sequence[Event]) -> Iterator[set[Event]]:
    """Yield halves, quarters… down to single events."""
    size = len(events) // 2
    while size:
        for start in range(0, len(events), size):
            yield set(events[start : start + size])
        size //= 2
