"""R10: a few calls of each of the hub's operations, a crowd of pushes, a hammered file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults import contract, crowds
from tests.faults.kill_sync import Upstairs, upstairs
from tests.faults.tally import Tally

SEED = 26_11
PATH = "/v1/tills/{till}/digest"
pytestmark = pytest.mark.timeout(300)


@pytest.fixture
def here(postgres_url: str, tmp_path: Path) -> Iterator[Upstairs]:
    """Return a hub on a real PostgreSQL."""
    with upstairs(tmp_path, postgres_url) as made:
        yield made


def test_the_hub_answers_as_it_describes_itself_and_never_fails(
    here: Upstairs, tmp_path: Path
) -> None:
    tally = Tally("R10")

    caller = contract.strangers(tmp_path, here.hub)
    contract.every_operation(caller, tally, examples=2, seed_=SEED)

    assert tally.violations == []
    assert tally.notes["signed"][200] > 5


def test_a_hundred_identical_pushes_at_once_have_one_effect(
    here: Upstairs, tmp_path: Path
) -> None:
    tally = Tally("R10")

    crowds.identical_pushes(here, tally)
    beside = tmp_path / "beside"
    beside.mkdir()
    with upstairs(beside, f"sqlite:///{beside / 'hub.db'}") as embedded:
        crowds.identical_pushes(embedded, tally)

    assert tally.violations == []
    assert tally.total == 2


@pytest.mark.parametrize("pages", [0, 1])
def test_a_till_and_an_agent_that_hammer_one_file_lose_nothing(tmp_path: Path, pages: int) -> None:
    tally = Tally("R10")

    crowds.hammer(tmp_path, tally, 1.0, checkpoint_pages=pages)

    assert tally.violations == []


def test_an_answer_the_description_does_not_know_would_be_found(
    here: Upstairs, tmp_path: Path
) -> None:
    tally = Tally("R10")
    described = contract.description_of(here.hub)
    described["paths"] = {PATH: described["paths"][PATH]}
    for operation in described["paths"][PATH].values():
        operation["responses"].pop("401")

    caller = contract.strangers(tmp_path, here.hub)
    contract.every_operation(caller, tally, examples=1, seed_=SEED, description=described)

    assert any("Undocumented status code" in each for each in tally.violations)


def test_a_hub_that_answers_before_it_has_stored_would_be_found(tmp_path: Path) -> None:
    tally = Tally("R10")

    url = f"sqlite:///{tmp_path / 'hub.db'}"
    with upstairs(tmp_path, url, "answered before stored") as here:
        crowds.identical_pushes(here, tally, pushes=10)

    assert any("duplicate" in each or "answers" in each for each in tally.violations)
