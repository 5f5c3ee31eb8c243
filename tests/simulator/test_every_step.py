"""One till, one act, and the power gone at every single step of it, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.simulator.crashes import AGENT, HUB, TILL
from tests.simulator.plan import EVERYWHERE, Event, Size
from tests.simulator.runner import Simulator, quiet, simulator

ALONE = Size(days=1, shops=1, tills=1)
MOST_STEPS = 120
TOLD_FIRST, TOLD_LAST = 6, 13  # the steps in which what the office set is fetched and stored
OFFICE = ("price", "setting", "stock")


@pytest.fixture(scope="module")
def shop() -> Iterator[Simulator]:
    with quiet(), simulator(ALONE) as made:
        yield made


def day(
    *acts: str, kill: tuple[str, int], office: tuple[str, ...] = OFFICE, then: str = "sell"
) -> list[Event]:
    """Return a day on which something dies in the last of `acts`; then it goes on."""
    told = [Event(0, 60 + n, EVERYWHERE, what, f"o{n}") for n, what in enumerate(office)]
    done = [
        Event(0, 600 + n, 0, what, f"a{n}", kill=kill if n == len(acts) - 1 else None)
        for n, what in enumerate(acts)
    ]
    return [*told, *done, Event(0, 900, 0, then, "later")]


def deaths_and_faults(
    shop: Simulator, program: str, stride: int, *acts: str, office: tuple[str, ...] = OFFICE
) -> tuple[int, dict[int, list[str]]]:
    """Kill `program` at its first step, its `stride`-th…, until it lives through them all."""
    faults: dict[int, list[str]] = {}
    deaths = 0
    for step in range(0, MOST_STEPS, stride):
        outcome = shop.run_events(step, day(*acts, kill=(program, step), office=office))
        if outcome.faults:
            faults[step] = outcome.faults
        if not outcome.done[f"{program} killed"]:
            break
        deaths += 1
    return deaths, faults


@pytest.mark.timeout(400)
def test_a_till_killed_at_any_step_of_a_sale_has_all_of_it_or_nothing(shop: Simulator) -> None:
    deaths, faults = deaths_and_faults(shop, TILL, 1, "sell")

    assert faults == {}
    assert deaths > 15


@pytest.mark.timeout(400)
@pytest.mark.parametrize(
    ("sales", "steps"), [pytest.param(1, 3, id="cash"), pytest.param(4, 7, id="card")]
)
def test_a_till_killed_at_any_step_of_a_return_has_all_of_it_or_nothing(
    shop: Simulator, sales: int, steps: int
) -> None:
    deaths, faults = deaths_and_faults(shop, TILL, 1, *["sell"] * sales, "return")

    assert faults == {}
    assert deaths > steps


@pytest.mark.timeout(400)
def test_an_agent_killed_at_any_step_neither_forgets_nor_doubles(shop: Simulator) -> None:
    deaths, faults = deaths_and_faults(shop, AGENT, 5, "sell", "sync")

    assert faults == {}
    assert deaths > 4


def test_an_agent_killed_while_it_is_told_something_is_told_again(shop: Simulator) -> None:
    steps = range(TOLD_FIRST, TOLD_LAST)
    outcomes = {
        step: shop.run_events(step, day("sync", kill=(AGENT, step), office=("staff",)))
        for step in steps
    }

    assert {step: each.faults for step, each in outcomes.items() if each.faults} == {}
    assert all(each.done["agent killed"] for each in outcomes.values())


@pytest.mark.timeout(400)
def test_a_hub_killed_at_any_step_neither_forgets_nor_doubles(shop: Simulator) -> None:
    deaths, faults = deaths_and_faults(shop, HUB, 3, "sell", "sync")

    assert faults == {}
    assert deaths > 2
