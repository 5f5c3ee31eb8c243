"""One till, one act, and the power gone at every single step of it, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.crashes import AGENT, HUB, TILL
from tests.simulator.plan import EVERYWHERE, Event, Size
from tests.simulator.runner import Simulator, quiet, simulator

ALONE = Size(days=1, shops=1, tills=1)
MOST_STEPS = 120
OFFICE = ("price", "setting", "stock")


@pytest.fixture(scope="module")
def shop() -> Iterator[Simulator]:
    with quiet(), simulator(ALONE) as made:
        yield made


def day(*acts: str, kill: tuple[str, int], then: tuple[str, ...] = ()) -> list[Event]:
    """Return a day on which something dies in the last of `acts`; then it goes on."""
    office = [Event(0, 60 + n, EVERYWHERE, what, f"o{n}") for n, what in enumerate(OFFICE)]
    done = [
        Event(0, 600 + n, 0, what, f"a{n}", kill=kill if n == len(acts) - 1 else None)
        for n, what in enumerate(acts)
    ]
    later = [Event(0, 900 + n, 0, what, f"l{n}") for n, what in enumerate(then)]
    return [*office, *done, *later]


def deaths_and_faults(
    shop: Simulator, stride: int, *acts: str, program: str
) -> tuple[int, dict[int, list[str]]]:
    """Kill `program` at its first step, its `stride`-th…, until it lives through them all."""
    faults: dict[int, list[str]] = {}
    deaths = 0
    for step in range(0, MOST_STEPS, stride):
        outcome = shop.run_events(step, day(*acts, kill=(program, step), then=("sell",)))
        if outcome.faults:
            faults[step] = outcome.faults
        if not outcome.done[f"{program} killed"]:
            break
        deaths += 1
    return deaths, faults


def test_a_till_killed_at_any_step_of_a_sale_has_all_of_it_or_nothing(shop: Simulator) -> None:
    deaths, faults = deaths_and_faults(shop, 2, "sell", program=TILL)

    assert faults == {}
    assert deaths > 7


def test_an_agent_killed_at_any_step_neither_forgets_nor_doubles(shop: Simulator) -> None:
    deaths, faults = deaths_and_faults(shop, 7, "sell", "sync", program=AGENT)

    assert faults == {}
    assert deaths > 4


def test_a_hub_killed_at_any_step_neither_forgets_nor_doubles(shop: Simulator) -> None:
    deaths, faults = deaths_and_faults(shop, 7, "sell", "sync", program=HUB)

    assert faults == {}
    assert deaths > 2
