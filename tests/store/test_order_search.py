"""People find an order by whatever they remember of it, among thousands."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.collection import Collector
from pos.store.engine import make_engine, transaction
from pos.store.orders import LIST_OPEN
from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.builders import KEY, MORNING_MS
from tests.order_builders import customer_order
from tests.store.orders_kit import found, tell


@pytest.mark.parametrize(
    "text",
    [
        "W-10497",
        "w10497",
        "10497",
        "q9",
        "jiménez",
        "JIMENEZ",
        "nuñez",
        "ibáñ",
        "maria jim",
        "612345678",
        "612 34 56",
        "+34 612 345",
        "0034612",
        "maria@exam",
        "card-77",
        "Paco",
        "  10497 ",
    ],
)
def test_people_find_an_order_by_whatever_they_remember_of_it(
    text: str, store: TillStore, agent: AgentStore
) -> None:
    order = customer_order(
        number="W-10497",
        serial=10497,
        short_code="Q9XA",
        customer_name="María Jiménez-Núñez Ibáñez",
        phone="+34 612 345 678",
        email="maria@example.com",
        member_card="CARD-7788",
        collectors=(Collector("Paco Gil", "hermano"),),
    )
    tell(agent, order, customer_order(number="W-1", serial=1))

    assert found(store, text) == ["W-10497"]


@pytest.mark.parametrize(
    "text", ["", "   ", "0497", "ortiz", "%", "' OR 1=1", "99 99 99", "maria zz"]
)
def test_what_no_order_begins_with_finds_none(
    text: str, store: TillStore, agent: AgentStore
) -> None:
    tell(agent, customer_order(customer_name="María 😀 محمد"))

    assert found(store, text) == []


def test_names_of_any_script_are_found(store: TillStore, agent: AgentStore) -> None:
    tell(agent, customer_order(customer_name="María 😀 محمد"))

    assert found(store, "محم") == found(store, "😀") == ["W-10482"]


def test_a_search_shows_the_oldest_first_and_no_more_than_asked_for(
    store: TillStore, agent: AgentStore
) -> None:
    tell(
        agent,
        *(
            customer_order(number=f"W-{n}", serial=n, placed_at_ms=MORNING_MS - n)
            for n in range(1, 6)
        ),
    )

    with store.reading() as records:
        shown = records.orders.search("carmen", limit=2)

    assert [order.number for order in shown] == ["W-5", "W-4"]


def test_a_search_reads_nothing_but_its_index(store: TillStore, tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "till.db", key=KEY, read_only=True)
    with transaction(engine) as connection:
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {LIST_OPEN} AND (instr(search, ' a') > 0)"
            " ORDER BY placed_at_ms, order_id LIMIT 50"
        ).all()
    engine.dispose()

    assert [row[3] for row in plan] == [
        "SCAN customer_order USING COVERING INDEX ix_customer_order_open"
    ]
