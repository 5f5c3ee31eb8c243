"""R3: a sample of writes and fsyncs that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults import tracing
from tests.faults.disk import ERRORS, FROM_THEN_ON, ONCE, Fault, fail_at, faults_of, sample
from tests.faults.tally import Tally

SEED = 26_11
MISSING = tracing.missing_tool()
pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} is missing"),
]


def test_whatever_write_fails_nothing_false_is_told_and_the_till_goes_on(tmp_path: Path) -> None:
    tally = Tally("R3")

    for fault in sample(faults_of(tmp_path), 12, SEED):
        fail_at(tmp_path, fault, tally)

    assert tally.violations == []
    assert tally.total == 12


@pytest.mark.parametrize("error", ERRORS)
def test_a_till_opens_although_it_cannot_write_who_it_is_beside_its_lock(
    tmp_path: Path, error: str
) -> None:
    tally = Tally("R3")

    for call in ("ftruncate", "pwrite64"):
        fail_at(tmp_path, Fault(call, error, 1, ONCE), tally)

    assert tally.violations == []
    assert tally.total == 2


def test_a_till_that_overlooks_a_failed_commit_would_be_found(tmp_path: Path) -> None:
    tally = Tally("R3")

    fault = Fault("fsync", "EIO", 12, ONCE)
    fail_at(tmp_path, fault, tally, mutation="failed commit is called good")

    assert tally.violations != []


def test_a_till_that_says_refused_when_nobody_knows_would_be_found(tmp_path: Path) -> None:
    tally = Tally("R3")

    for when in range(5, 25):
        fault = Fault("fsync", "EIO", when, FROM_THEN_ON)
        fail_at(tmp_path, fault, tally, mutation="unknown is called refused")
        if tally.violations:
            break

    assert any("R3" in each for each in tally.violations)
