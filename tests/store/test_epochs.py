"""A till goes on in another epoch: no number twice, and the chain says where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.journal import GENESIS_HASH, Fact, FactKind
from pos.signatures import Purpose, SigningKey, is_signed
from pos.store import trust
from pos.store.engine import make_engine, transaction
from pos.store.epochs import RESTORED, EpochTooLow, begin_epoch
from pos.store.fetched import begin_taking
from pos.store.outbox import AgentStore
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from pos.store.verify import verify
from tests.builders import IDENTITY, KEY, MORNING_MS, record, session
from tests.templates import new_till

LATER_MS = MORNING_MS + 1_000


def begin(folder: Path, epoch: int, reason: str = "copied") -> None:
    """Begin an epoch from another process's connection, as the agent does."""
    engine = make_engine(folder / "till.db", key=KEY)
    try:
        with transaction(engine) as connection:
            begin_epoch(Statements(connection), epoch, reason, LATER_MS)
    finally:
        engine.dispose()


def facts(folder: Path, epoch: int) -> list[FactKind]:
    agent = AgentStore(folder / "till.db", key=KEY)
    try:
        return [fact.kind for fact in agent.facts_from(epoch, 1, 100, 1 << 20)]
    finally:
        agent.close()


def test_the_epoch_changes_between_two_sales_of_an_open_till(
    store: TillStore, tmp_path: Path
) -> None:
    with store.transaction() as records:
        before = record(records)

    begin(tmp_path, 2)
    with store.transaction() as records:
        after = [record(records), record(records)]

    assert str(before.number) == "2-000001"
    assert [str(sale.number) for sale in after] == ["2.2-000001", "2.2-000002"]
    assert facts(tmp_path, 2) == [FactKind.EPOCH_BEGUN, *[FactKind.SALE_COMPLETED] * 2]
    assert verify(tmp_path / "till.db", key=KEY) == []


def test_the_first_fact_of_an_epoch_says_where_the_one_before_ended(
    store: TillStore, tmp_path: Path
) -> None:
    with store.transaction() as records:
        record(records)
        last = records.journal.head()

    begin(tmp_path, 5, "restored")

    agent = AgentStore(tmp_path / "till.db", key=KEY)
    (begun,) = agent.facts_from(5, 1, 10, 1 << 20)
    agent.close()
    assert begun.body == {
        "epoch": 5,
        "reason": "restored",
        "previous": {"epoch": 1, "seq": last.seq, "hash": last.hash},
    }
    assert (begun.seq, begun.prev_hash) == (1, GENESIS_HASH)


def test_what_begins_an_epoch_waits_for_the_hub_like_any_fact(
    store: TillStore, tmp_path: Path
) -> None:
    begin(tmp_path, 2)

    agent = AgentStore(tmp_path / "till.db", key=KEY)
    waiting = agent.pending(10, 1 << 20)
    agent.close()
    assert [fact.kind for fact in waiting] == [FactKind.EPOCH_BEGUN]


def test_a_till_with_a_key_signs_what_begins_an_epoch(store: TillStore, tmp_path: Path) -> None:
    key = SigningKey(bytes(range(32)))
    engine = make_engine(tmp_path / "till.db", key=KEY)
    with transaction(engine) as connection:
        sql = Statements(connection)
        trust.write(sql, trust.TILL_KEY, bytes(range(32)).hex())
        begin_epoch(sql, 2, "copied", LATER_MS)
    engine.dispose()

    agent = AgentStore(tmp_path / "till.db", key=KEY)
    (begun,) = agent.facts_from(2, 1, 10, 1 << 20)
    agent.close()
    assert is_signed(key.public, Purpose.FACT, begun.hash.encode(), begun.signature)


@pytest.mark.parametrize("epoch", [-1, 0, 1, 2, 3])
def test_an_epoch_the_till_has_been_in_is_never_begun_again(
    store: TillStore, tmp_path: Path, epoch: int
) -> None:
    begin(tmp_path, 3)

    with pytest.raises(EpochTooLow):
        begin(tmp_path, epoch)

    assert facts(tmp_path, 3) == [FactKind.EPOCH_BEGUN]


def test_an_epoch_that_is_not_linked_to_the_one_before_is_a_violation(
    store: TillStore, tmp_path: Path
) -> None:
    with store.transaction() as records:
        record(records)
    engine = make_engine(tmp_path / "till.db", key=KEY)
    with transaction(engine) as connection:
        connection.exec_driver_sql("UPDATE till_identity SET epoch = 2")
    engine.dispose()
    with store.transaction() as records:
        record(records)

    assert [found.code for found in verify(tmp_path / "till.db", key=KEY)] == ["I3"]


def begin_in_a_copy(folder: Path, *, sales: int) -> list[Fact]:
    """Sell in a copy of the till, begin epoch 2 there, and return what it says in it."""
    folder.mkdir()
    file = folder / "till.db"
    new_till(file, key=KEY, identity=IDENTITY)
    copy = TillStore(file, key=KEY)
    with copy.transaction() as records:
        records.sessions.save(session())
        for _ in range(sales):
            record(records)
    copy.close()
    begin(folder, 2)
    agent = AgentStore(file, key=KEY)
    said = agent.facts_from(2, 1, 10, 1 << 20)
    agent.close()
    return said


@pytest.mark.parametrize("sales_of_the_copy", [1, 3])
def test_a_restored_till_may_hold_an_epoch_that_a_copy_began_beside_its_chain(
    store: TillStore, tmp_path: Path, sales_of_the_copy: int
) -> None:
    with store.transaction() as records:
        record(records)
        record(records)
    of_the_copy = begin_in_a_copy(tmp_path / "copy", sales=sales_of_the_copy)

    engine = make_engine(tmp_path / "till.db", key=KEY)
    with transaction(engine) as connection:
        sql = Statements(connection)
        assert begin_taking(sql).take(sql, of_the_copy)
    engine.dispose()
    before = [found.code for found in verify(tmp_path / "till.db", key=KEY)]
    begin(tmp_path, 3, RESTORED)

    assert before == ["I3"]
    assert verify(tmp_path / "till.db", key=KEY) == []
