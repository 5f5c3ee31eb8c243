"""What the agent does about answers that no sound hub gives: its epochs are not used up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import cast

import pytest

from pos.domain.journal import FactKind
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from sync.agent.hub import Hub
from sync.agent.pushing import MOVE_AGAIN_AFTER_MS, Pushing
from sync.protocol.link import Link
from sync.protocol.pusher import Answer, Batch, OpResult, Reply
from tests.builders import IDENTITY, KEY, MORNING_MS, new_id
from tests.templates import new_till

DAY_MS = 24 * 3_600_000


class HandClock:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.ms = 1_000

    def now_ms(self) -> int:
        return MORNING_MS + self.ms

    def monotonic_ms(self) -> int:
        return self.ms


class HubThatSendsElsewhere:
    """Contradicts the last fact of each push, and names an epoch above the till's."""

    def push(self, batch: Batch, encoded: Sequence[bytes]) -> Reply:
        last = batch.ops[-1]
        results = tuple(
            OpResult(op.seq, op.op_id, "conflict" if op is last else "applied", "same_number")
            for op in batch.ops
        )
        answer = Answer(
            batch.till, batch.epoch, batch.through, last.hash, 5, results, batch.epoch + 1
        )
        return Reply(200, answer)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TillStore]:
    new_till(tmp_path / "till.db", key=KEY, identity=IDENTITY)
    opened = TillStore(tmp_path / "till.db", key=KEY)
    yield opened
    opened.close()


@pytest.fixture
def agent(store: TillStore, tmp_path: Path) -> Iterator[AgentStore]:
    opened = AgentStore(tmp_path / "till.db", key=KEY)
    yield opened
    opened.close()


def act(store: TillStore) -> None:
    with store.transaction() as records:
        records.journal.append(
            FactKind.SIGNED_IN, {}, op_id=new_id(), at_ms=MORNING_MS, session_id=None
        )


def test_a_hub_that_names_ever_higher_epochs_does_not_use_them_up(
    store: TillStore, agent: AgentStore
) -> None:
    clock = HandClock()
    hub = cast(Hub, HubThatSendsElsewhere())
    pushing = Pushing(agent, hub, clock, lambda: 0.0)

    act(store)
    pushing.step(Link(0))
    at_once = agent.epoch()
    while clock.ms < DAY_MS:
        act(store)
        pushing.step(Link(0))
        clock.ms += MOVE_AGAIN_AFTER_MS // 2

    assert at_once == IDENTITY.epoch + 1
    assert agent.epoch() <= IDENTITY.epoch + 12
    assert agent.queue_state().queued <= 1
