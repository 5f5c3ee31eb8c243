"""R1: a sample of the points at which till, agent and hub can be killed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import tracing, victims
from tests.faults.kill_sync import agent_points, hub_points, kill_agent_at, kill_hub_at, upstairs
from tests.faults.kill_till import Point, bench, kill_at, points_of, sample
from tests.faults.oracle import unmarked_twice
from tests.faults.tally import Tally

SEED = 26_11
MISSING = tracing.missing_tool()
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} is missing"),
]


def test_a_till_killed_before_any_system_call_kept_what_it_told_and_goes_on(
    tmp_path: Path,
) -> None:
    tally = Tally("R1")

    with bench(tmp_path) as here:
        for point in sample(points_of(tmp_path), 10, SEED):
            kill_at(here, point, tally)

    assert tally.violations == []
    assert (tally.total, tally.missed.total()) == (10, 0)


def test_an_agent_killed_before_any_system_call_marked_only_what_the_hub_has(
    tmp_path: Path,
) -> None:
    tally = Tally("R1")

    with upstairs(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}") as here:
        for point in sample(agent_points(here), 4, SEED):
            kill_agent_at(here, point, tally)

    assert tally.violations == []
    assert tally.total >= 3


def test_a_hub_killed_in_any_step_of_taking_facts_in_has_each_of_them_once_in_the_end(
    tmp_path: Path, postgres_url: str
) -> None:
    tally = Tally("R1")

    for number, url in enumerate([f"sqlite:///{tmp_path / 'hub.db'}", postgres_url]):
        root = tmp_path / str(number)
        root.mkdir()
        with upstairs(root, url) as here:
            for point in sample(hub_points(here), 3, SEED):
                kill_hub_at(here, point, tally)

    assert tally.violations == []
    assert tally.total >= 5


def test_a_sale_written_in_two_transactions_would_be_found(tmp_path: Path) -> None:
    tally = Tally("R1")
    spoilt = victims.Setting(mutation="sale in two transactions")

    with bench(tmp_path) as here:
        for when in range(6, 40):
            kill_at(here, Point("fsync", when), tally, spoilt)
            if tally.violations:
                break

    assert any("I5" in each or "I2" in each for each in tally.violations)


def test_a_return_written_in_two_transactions_would_be_found(tmp_path: Path) -> None:
    tally = Tally("R1")
    spoilt = victims.Setting(mutation="return in two transactions")

    with bench(tmp_path) as here:
        for when in range(29, 40):
            kill_at(here, Point("fsync", when), tally, spoilt)
            if tally.violations:
                break

    assert any("I10: return" in each for each in tally.violations)


def test_an_agent_that_marks_facts_when_it_sends_them_would_be_found(tmp_path: Path) -> None:
    tally = Tally("R1")

    with upstairs(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}") as here:
        for when in range(1, 4):
            kill_agent_at(here, Point("sendto", when), tally, mutation="acknowledged when sent")

    assert any("P3" in each for each in tally.violations)


def test_a_hub_that_answers_before_it_has_stored_would_be_found(tmp_path: Path) -> None:
    tally = Tally("R1")

    with upstairs(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}") as here:
        for when in (2, 10):
            kill_hub_at(here, Point("pwrite64", when), tally, mutation="answered before stored")

    assert any("P3" in each for each in tally.violations)


def test_a_receipt_that_came_out_twice_without_a_mark_would_be_found() -> None:
    original = "Ticket 1-000001\n[CODE128 MR:FUEN:1-000001Z5]\n"
    papers = [original, f"DUPLICADO\n{original}", "Z1-000001\nPrimer ticket 1-000001\n"]

    assert unmarked_twice(["1-000001"], papers) == []
    assert unmarked_twice(["1-000001"], [*papers, original]) != []
