"""What the agent takes out of the till, and what it marks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event
from sqlalchemy.engine import Engine

from pos.domain.journal import GENESIS_HASH, ChainHead, Fact, FactKind, is_genuine
from pos.domain.quantity import THOUSAND
from pos.domain.return_purchase import purchase_of_sale
from pos.store.engine import make_engine, transaction
from pos.store.outbox import FACT_OVERHEAD_BYTES, AgentStore, ChainDiffers, HubAck, QueueState
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from tests.builders import KEY, MORNING_MS, basket, new_id, record, till_store
from tests.return_builders import take_back

PLENTY = 512 * 1024


def say(store: TillStore, count: int = 1, text: str = "") -> list[Fact]:
    with store.transaction() as records:
        return [
            records.journal.append(
                FactKind.SIGNED_IN,
                {"staff_id": text or f"ana-{n}"},
                op_id=new_id(),
                at_ms=MORNING_MS + n,
                session_id=None,
            )
            for n in range(count)
        ]


def test_every_fact_waits_for_the_hub_in_sequence_and_chained(
    store: TillStore, agent: AgentStore
) -> None:
    facts = say(store, 3)

    assert agent.pending(10, PLENTY) == facts
    assert [fact.seq for fact in facts] == [1, 2, 3]
    assert facts[0].prev_hash == GENESIS_HASH
    assert all(is_genuine(fact) for fact in facts)
    assert agent.queue_state() == QueueState(queued=3, parked=0, oldest_ms=MORNING_MS)


def test_an_act_that_fails_leaves_no_fact(store: TillStore, agent: AgentStore) -> None:
    with pytest.raises(ZeroDivisionError), store.transaction() as records:
        record(records, basket()).total.minor // 0

    assert agent.pending(10, PLENTY) == []
    with store.reading() as records:
        assert records.journal.head() == ChainHead()


def test_an_acknowledgement_holds_a_till_of_many_years_up_no_longer_than_a_young_one(
    store: TillStore, tmp_path: Path
) -> None:
    steps = 0

    def count() -> int:
        nonlocal steps
        steps += 1
        return 0

    def watch(connection: Any, _: object) -> None:
        connection.set_progress_handler(count, 1)

    def steps_to_acknowledge(agent: AgentStore, facts: int) -> int:
        nonlocal steps
        last = say(store, facts)[-1]
        steps = 0
        assert agent.mark_acknowledged(last.epoch, last.seq, last.hash, MORNING_MS) == facts
        return steps

    event.listen(Engine, "connect", watch)
    try:
        with closing(AgentStore(tmp_path / "till.db", key=KEY)) as agent:
            young = [steps_to_acknowledge(agent, 1) for _ in range(3)][-1]
            steps_to_acknowledge(agent, 500)
            old = steps_to_acknowledge(agent, 1)
    finally:
        event.remove(Engine, "connect", watch)

    assert 0 < old < 2 * young


def test_what_the_hub_acknowledged_is_kept_and_not_sent_again(
    store: TillStore, agent: AgentStore
) -> None:
    facts = say(store, 5)

    marked = agent.mark_acknowledged(1, 3, facts[2].hash, hub_time_ms=77)

    assert marked == 3
    assert agent.pending(10, PLENTY) == facts[3:]
    assert agent.last_ack(1) == HubAck(3, facts[2].hash, 77)
    assert agent.facts_from(1, 2, 2, PLENTY) == facts[1:3]
    assert agent.mark_acknowledged(1, 3, facts[2].hash, hub_time_ms=78) == 0


@pytest.mark.parametrize(
    ("seq", "chain_head"),
    [
        pytest.param(2, "f" * 64, id="another chain"),
        pytest.param(9, "f" * 64, id="more than was ever said"),
        pytest.param(0, "f" * 64, id="another beginning"),
    ],
)
def test_an_acknowledgement_of_something_else_marks_nothing(
    store: TillStore, agent: AgentStore, seq: int, chain_head: str
) -> None:
    say(store, 2)

    with pytest.raises(ChainDiffers):
        agent.mark_acknowledged(1, seq, chain_head, hub_time_ms=1)

    assert agent.queue_state().queued == 2
    assert agent.last_ack(1) is None


def test_a_hub_that_has_nothing_yet_marks_nothing(store: TillStore, agent: AgentStore) -> None:
    say(store, 2)

    assert agent.mark_acknowledged(1, 0, GENESIS_HASH, hub_time_ms=1) == 0
    assert agent.queue_state().queued == 2


@given(limit=st.integers(1, 8), max_bytes=st.integers(1, 4000))
def test_a_batch_keeps_to_its_limits_and_is_never_empty(limit: int, max_bytes: int) -> None:
    facts = BATCHED.pending(limit, max_bytes)

    sizes = [len(fact.body_json) + FACT_OVERHEAD_BYTES for fact in facts]
    assert 1 <= len(facts) <= limit
    assert [fact.seq for fact in facts] == list(range(1, len(facts) + 1))
    assert len(facts) == 1 or sum(sizes) <= max_bytes


def test_a_fact_that_cannot_be_sent_is_set_aside_where_it_is_seen(
    store: TillStore, agent: AgentStore
) -> None:
    facts = say(store, 3)

    agent.park(1, 1, "too large")

    assert agent.queue_state() == QueueState(queued=2, parked=1, oldest_ms=MORNING_MS)
    assert agent.pending(10, PLENTY) == facts[1:]
    assert agent.release_parked() == 1
    assert agent.pending(10, PLENTY) == facts


def test_a_batch_never_jumps_over_a_fact(store: TillStore, agent: AgentStore) -> None:
    facts = say(store, 4)

    agent.park(1, 2, "unreadable")

    assert agent.pending(10, PLENTY) == facts[:1]


def test_the_digest_is_what_was_sold(store: TillStore, agent: AgentStore) -> None:
    with store.transaction() as records:
        sold = [record(records, basket(n)) for n in (1, 2, 3)]
    total = sum(sale.total.minor for sale in sold)

    for found in (agent.digest(), agent.digest("2026-11-22")):
        assert (found.sales, found.total_minor, found.by_tender) == (3, total, {"cash": total})
    assert agent.digest("2026-11-21").sales == 0


def test_the_digest_says_what_came_back_beside_it(store: TillStore, agent: AgentStore) -> None:
    with store.transaction() as records:
        sold = record(records, basket(2))
        returned = take_back(records, purchase_of_sale(sold), (1, THOUSAND))

    for found in (agent.digest(), agent.digest("2026-11-22")):
        assert (found.sales, found.total_minor) == (1, sold.total.minor)
        assert (found.returns, found.returns_minor) == (1, returned.total.minor)
        assert found.by_refund == {"cash": returned.total.minor}
    assert agent.digest("2026-11-21").returns == 0


@pytest.fixture(scope="module", autouse=True)
def _batched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep one till with facts of many sizes for the law on batches."""
    global BATCHED  # noqa: PLW0603
    folder = tmp_path_factory.mktemp("batched")
    store = till_store(folder)
    for size in (5, 900, 1, 300, 2000, 40, 40, 40):
        say(store, 1, "x" * size)
    BATCHED = AgentStore(folder / "till.db", key=KEY)
    yield
    BATCHED.close()
    store.close()


BATCHED: AgentStore


def test_facts_fetched_back_from_the_hub_acknowledge_none_of_the_epoch_that_was_begun(
    store: TillStore, agent: AgentStore, tmp_path: Path
) -> None:
    say(store, 2)
    agent.begin_epoch(2, "restored", MORNING_MS)
    say(store, 1)
    engine = make_engine(tmp_path / "till.db", key=KEY)
    with transaction(engine) as connection:
        sql = Statements(connection)
        ((digest,),) = sql.rows("SELECT hash FROM journal WHERE epoch = 1 AND seq = 2")
        entry = sql.insert(
            "INSERT INTO journal (epoch, seq, op_id, kind, occurred_at_ms, body_json, prev_hash,"
            " hash, signature) VALUES (1, 3, 'fetched', 'staff.signed_in', 1, '{}', ?, 'h3', '')",
            (digest,),
        )
        sql.run("INSERT INTO outbox (entry, state, reason) VALUES (?, 'queued', '')", (entry,))
    engine.dispose()

    marked = agent.mark_acknowledged(1, 3, "h3", hub_time_ms=1)

    assert marked == 3
    assert [(fact.epoch, fact.seq) for fact in agent.pending(10, PLENTY)] == [(2, 1), (2, 2)]


def test_what_the_hub_says_of_the_till_holds_as_long_as_it_says_so(agent: AgentStore) -> None:
    agent.apply_notices({"cloned": 5, "something later": 6})
    agent.begin_epoch(2, "copied", 7)
    told = agent.notices()
    agent.apply_notices({"stopped": 8})

    assert told == [("cloned", 5), ("epoch_moved", 7)]
    assert agent.notices() == [("epoch_moved", 7), ("stopped", 8)]
