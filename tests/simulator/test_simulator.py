"""The simulator itself: some worlds keep every promise, and the same seed is the same world."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.simulator import world
from tests.simulator.crashes import AGENT, HUB, TILL
from tests.simulator.network import WEATHER
from tests.simulator.plan import ACTS, EVERYWHERE, HUB_EVENTS, TILL_MISHAPS, Event, Size, plan
from tests.simulator.real import acts_of, compare
from tests.simulator.runner import never_happened, quiet, replay, run, simulator
from tests.simulator.shrink import shrink

SHORT = Size(days=6)
ONE_SHOP = Size(days=2, shops=1)


@pytest.mark.timeout(400)
def test_whatever_befalls_two_shops_every_promise_is_kept() -> None:
    outcomes = list(run(range(6), size=SHORT))

    assert {outcome.seed: outcome.faults for outcome in outcomes if outcome.faults} == {}
    done = sum((outcome.done for outcome in outcomes), outcomes[0].done)
    happened = ("sell", "return", "sync", "network lost after", "network forged")
    assert all(done[what] for what in happened)
    assert done["till killed"] + done["agent killed"]


def test_a_run_of_many_months_plans_every_kind_of_bad_luck_often() -> None:
    events = [event for seed in range(100) for event in plan(seed, Size())]

    planned = Counter(event.what for event in events)
    deaths = Counter(event.kill[0] for event in events if event.kill)
    weather = Counter(event.weather for event in events)
    assert min(planned[what] for what in (*ACTS, *TILL_MISHAPS, *HUB_EVENTS)) > 20
    assert min(deaths[program] for program in (TILL, AGENT, HUB)) > 20
    assert min(weather[each] for each in WEATHER) > 20


def test_what_no_world_met_is_told() -> None:
    everything = Counter(dict.fromkeys(never_happened(Counter()), 1))
    everything["clone"] = 0

    assert never_happened(everything) == ["clone"]


def test_a_ticket_that_waits_in_the_shop_goes_on_at_one_till() -> None:
    events = []
    for number in range(24):
        act = "park" if number % 4 == 0 else "resume"
        at = Event(number // 12, 600 + 10 * (number % 12), number % 3, act, f"shared/{number}")
        events += [at, *(replace(at, till=till, what="sync") for till in range(3))]

    with quiet(), simulator(ONE_SHOP) as made:
        outcome = made.run_events(0, events)

    assert outcome.faults == []
    assert outcome.done["resume"] == 18


@pytest.mark.parametrize("steps", [1, 2, 4])
def test_the_stock_is_looked_at_when_a_restored_hub_has_all_epochs_again(
    monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    monkeypatch.setattr(world, "STEPS_A_ROUND", steps)
    last_till = ONE_SHOP.all_tills - 1
    events = [
        Event(0, 600 + number, till, what, f"restored/{what}")
        for number, (till, what) in enumerate(
            [
                (EVERYWHERE, "hub backup"), (last_till, "sell"), (last_till, "sync"),
                (last_till, "back up"), (last_till, "burn"), (last_till, "sync"),
                (EVERYWHERE, "hub restore"),
            ]
        )
    ]  # fmt: skip

    with quiet(), simulator(ONE_SHOP) as made:
        outcome = made.run_events(0, events)

    assert outcome.faults == []
    assert outcome.done["restored"] == outcome.done["hub restored"] == 1


def test_a_seed_is_the_same_world_every_time() -> None:
    with simulator(SHORT) as made:
        first, again = (made.heads(3) for _ in range(2))

    assert first == again
    assert len(set(first.values())) == SHORT.all_tills


def test_a_failing_world_is_told_in_few_events() -> None:
    events = plan(5, Size())
    guilty = {events[40], events[80]}

    def fails(left: Sequence[Event]) -> bool:
        return guilty <= set(left)

    assert set(shrink(events, fails, patience_s=60)) == guilty


def test_a_healthy_seed_has_nothing_to_shrink() -> None:
    outcome, events = replay(1, Size(days=2))

    assert (outcome.faults, events) == ([], [])


@pytest.mark.timeout(400)
def test_real_processes_come_to_the_same(postgres_url: str) -> None:
    copied = next(seed for seed in range(10) if any(e.what == "clone" for e in acts_of(seed)))

    assert compare(copied, postgres_url) == []
