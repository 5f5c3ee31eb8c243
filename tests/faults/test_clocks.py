"""R9: wrong clocks and jumping ones, in the till's services and in real processes."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from datetime import UTC
from pathlib import Path

import pytest

from pos.domain.till_session import CashCount
from pos.services import till_session
from pos.services.workstation import SignOn
from tests.faults import clocks
from tests.faults.syncing import RunningHub, running_hub
from tests.faults.tally import Tally

MISSING = clocks.missing_tool()


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    """Return a hub whose clock is right."""
    with running_hub(f"sqlite:///{tmp_path / 'hub.db'}") as running:
        yield running


def test_by_any_clock_a_till_sells_in_order_and_agrees_with_its_hub(
    hub: RunningHub, tmp_path: Path
) -> None:
    tally = Tally("R9")

    clocks.every_clock(tmp_path, hub, tally, range(2))

    assert tally.violations == []


@pytest.mark.skipif(bool(MISSING), reason=f"{MISSING} is missing")
def test_processes_of_another_year_sell_send_and_tell_how_far_their_clock_is_off(
    hub: RunningHub, tmp_path: Path
) -> None:
    tally = Tally("R9")

    clocks.real_processes(tmp_path, hub, tally, ["2099"])

    assert tally.violations == []


def test_a_till_that_takes_the_day_from_its_clock_would_be_found(
    hub: RunningHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tally = Tally("R9")
    as_it_is = till_session.open_session

    def by_the_clock(sign_on: SignOn, opening: CashCount, *, business_day: str) -> SignOn:
        moment = datetime.datetime.fromtimestamp(sign_on.station.clock.now_ms() / 1000, UTC)
        return as_it_is(sign_on, opening, business_day=moment.date().isoformat())

    monkeypatch.setattr(till_session, "open_session", by_the_clock)
    clocks.every_clock(tmp_path, hub, tally, range(0))

    assert any("business days" in each for each in tally.violations)
