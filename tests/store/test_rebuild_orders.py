"""A till that was set up again knows what it did with orders, before any hub answers."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from pos.domain.collection import Order, OrderState
from pos.domain.collection_events import HandoverUndone, LinePicked, PickingBegun
from pos.domain.handover import HandoverDraft
from pos.domain.journal import Fact
from pos.store.engine import make_engine, transaction
from pos.store.outbox import AgentStore
from pos.store.rebuild import Rebuilder
from pos.store.statements import Statements
from pos.store.till_store import TillStore
from pos.store.verify import verify
from tests.builders import KEY, MORNING_MS
from tests.order_builders import LUCIA, customer_order, handover, order_line, staged
from tests.store.orders_kit import act, known, tell
from tests.store.scripted_day import dump


def copied(folder: Path) -> Path:
    """Return a copy of the till as a backup holds it."""
    copy = folder / "copy.db"
    engine = make_engine(folder / "till.db", key=KEY)
    with transaction(engine) as connection:
        connection.exec_driver_sql("SELECT 1")
    raw = engine.raw_connection()
    raw.driver_connection.execute("VACUUM INTO ?", (str(copy),))  # type: ignore[union-attr]
    raw.close()
    engine.dispose()
    return copy


def take(copy: Path, facts: list[Fact]) -> None:
    engine = make_engine(copy, key=KEY)
    with transaction(engine) as connection:
        rebuilder = Rebuilder(Statements(connection))
        for fact in facts:
            rebuilder.take(fact)
    engine.dispose()


def test_what_happened_to_orders_since_the_copy_comes_back(
    store: TillStore, agent: AgentStore, tmp_path: Path
) -> None:
    order = customer_order(order_line(1, 3))
    tell(agent, order)
    act(store, PickingBegun(order.order_id, LUCIA))
    copy = copied(tmp_path)
    since = [act(store, LinePicked(order.order_id, LUCIA, 1, 1000)) for _ in range(2)]

    take(copy, since)

    with closing(TillStore(copy, key=KEY)) as again:
        assert known(again, order.order_id) == known(store, order.order_id)
    assert dump(copy, ("order_fact",)) == dump(tmp_path / "till.db", ("order_fact",))
    assert verify(copy, key=KEY) == []


def test_a_handover_that_was_done_since_the_copy_is_off_the_counter(
    store: TillStore, agent: AgentStore, tmp_path: Path
) -> None:
    order = replace(staged(customer_order()), state=OrderState.READY)
    tell(agent, order)
    with store.transaction() as records:
        records.handovers.save(HandoverDraft(order.order_id, MORNING_MS))
    copy = copied(tmp_path)
    done = act(store, handover(order))

    take(copy, [done])

    with closing(TillStore(copy, key=KEY)) as again, again.reading() as records:
        assert records.handovers.current() == ()
        assert records.orders.handover_op(order.order_id) == done.op_id


@pytest.mark.parametrize("is_known", [True, False], ids=["contradicts", "of an unknown order"])
def test_a_fact_that_cannot_be_of_the_copys_order_is_kept_and_changes_nothing(
    is_known: bool, store: TillStore, agent: AgentStore, tmp_path: Path
) -> None:
    order: Order = customer_order()
    if is_known:
        tell(agent, order)
    copy = copied(tmp_path)
    tell(agent, staged(order))
    done = act(store, handover(staged(order)))
    undone = act(store, HandoverUndone(order.order_id, LUCIA, done.op_id, "no"))

    take(copy, [done, undone])

    with closing(TillStore(copy, key=KEY)) as again:
        assert known(again, order.order_id) == (order if is_known else None)
        with again.reading() as records:
            assert records.journal.head().seq == 2
