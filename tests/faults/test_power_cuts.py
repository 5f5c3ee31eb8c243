"""R2: a sample of power cuts, and two ways of writing that do not survive them."""

from __future__ import annotations

import pytest

from tests.faults import disks, power
from tests.faults.tally import Tally

SEED = 26_11
MISSING = disks.missing_tool()
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(MISSING), reason=f"missing: {MISSING}"),
]


@pytest.mark.parametrize("run", power.RUNS, ids=lambda run: run.name)
def test_after_a_power_cut_everything_that_was_told_is_there_and_the_till_goes_on(
    run: power.Run,
) -> None:
    tally = Tally("R2")

    power.cut(run, 4, SEED, tally)

    assert tally.violations == []
    assert tally.total == 4


@pytest.mark.parametrize(
    "careless", [power.NOT_FULL, power.NO_FSYNC_AT_ALL], ids=lambda run: run.name
)
def test_a_till_that_does_not_wait_for_its_disk_would_be_found(careless: power.Run) -> None:
    tally = Tally("R2")

    power.cut(careless, 2, SEED, tally)

    assert any("I1: told sale" in each for each in tally.violations)
