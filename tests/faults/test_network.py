"""R4: every trick of a bad network once, an answer cut at many places, and a short storm."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync import signed_http
from tests.faults import network
from tests.faults.tally import Tally

SEED = 26_11


@pytest.fixture
def between(tmp_path: Path) -> Iterator[network.Line]:
    """Return a till and its hub with a proxy between them."""
    with network.line(tmp_path, f"sqlite:///{tmp_path / 'hub.db'}") as made:
        yield made


def test_no_trick_marks_a_fact_and_in_the_end_the_hub_has_each_once(
    between: network.Line,
) -> None:
    tally = Tally("R4")

    network.every_trick(between, tally)

    assert tally.violations == []


def test_an_answer_cut_after_any_byte_marks_nothing_before_its_last(
    between: network.Line,
) -> None:
    tally = Tally("R4")

    network.every_cut(between, tally, every=19)

    assert tally.violations == []
    assert tally.total > 30


def test_through_a_storm_of_tricks_nothing_is_lost_and_nothing_is_there_twice(
    between: network.Line,
) -> None:
    tally = Tally("R4")

    network.storms(between, tally, SEED, 30)

    assert tally.violations == []


def test_a_till_that_does_not_look_at_signatures_would_be_found(
    between: network.Line, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = Tally("R4")
    monkeypatch.setattr(signed_http, "is_signed", lambda *_: True)

    network.every_trick(between, tally)

    assert any("without a verified answer" in each for each in tally.violations)
    assert any("P3" in each for each in tally.violations)
