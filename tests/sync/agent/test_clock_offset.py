"""How far the till's clock is off is known also when it was set while the hub was away."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.hub.database import HubDatabase
from tests.sync.till_data import ShopTill

DAY_MS = 24 * 3_600_000
A_LITTLE_MS = 60_000


class SetClock(AgentClock):
    """The machine's clocks; somebody may set the one people see."""

    ahead_ms = 0

    def now_ms(self) -> int:
        return super().now_ms() + self.ahead_ms


def test_a_clock_set_forward_while_the_hub_is_away_is_noticed(
    tmp_path: Path, hub_url: str, database: HubDatabase
) -> None:
    till, clock = ShopTill(tmp_path / "till", hub_url), SetClock()
    till.register(database)
    with closing(till.open_agent_store()) as store:
        hub = Hub(till.credentials.open(hub_url, deadline_s=30), till="FUEN-1", shop="FUEN")
        pulling = Pulling(store, hub, clock, till.folder.catalogue, lambda _: None)
        before = pulling.clock_offset_ms
        pulling.pull()
        right = pulling.clock_offset_ms

        clock.ahead_ms = 400 * DAY_MS
        wrong = pulling.clock_offset_ms
    till.close()

    assert before is None
    assert right is not None
    assert wrong is not None
    assert abs(right - wrong - 400 * DAY_MS) < A_LITTLE_MS
