"""One handover for each order, and its sale: what a till's file is held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.domain.collection import Order
from pos.domain.collection_events import HandoverUndone
from pos.domain.journal import Fact
from pos.store.engine import make_engine, transaction
from pos.store.till_store import TillStore
from pos.store.verify import Violation, verify
from tests.builders import KEY, record
from tests.order_builders import LUCIA, customer_order, handover, staged
from tests.store.orders_kit import append


@pytest.fixture
def order() -> Order:
    return staged(customer_order())


def tell(store: TillStore, order: Order, **changes: object) -> Fact:
    with store.transaction() as records:
        return append(records, handover(order, **changes))


def undo(store: TillStore, order: Order, op_id: str) -> None:
    with store.transaction() as records:
        append(records, HandoverUndone(order.order_id, LUCIA, op_id, "se arrepiente"))


def found(folder: Path) -> list[Violation]:
    return verify(folder / "till.db", key=KEY)


def test_handovers_that_were_undone_or_paid_are_sound(
    store: TillStore, order: Order, tmp_path: Path
) -> None:
    undo(store, order, tell(store, order).op_id)
    with store.transaction() as records:
        sale = record(records)
    tell(store, order, sale_id=sale.sale_id, balance=sale.total.minor)
    tell(store, staged(customer_order()))

    assert found(tmp_path) == []


def test_an_order_that_came_to_the_shop_again_is_handed_over_again(
    store: TillStore, order: Order, tmp_path: Path
) -> None:
    tell(store, order)
    tell(store, order, assignment_epoch=2)

    assert found(tmp_path) == []


def test_an_order_handed_over_twice_is_named(
    store: TillStore, order: Order, tmp_path: Path
) -> None:
    first, second = tell(store, order), tell(store, order)

    assert found(tmp_path) == [
        Violation(
            "I11",
            f"order {order.order_id} was handed over twice: {first.op_id}, {second.op_id}",
        )
    ]


def test_an_undoing_of_another_handover_excuses_nothing(
    store: TillStore, order: Order, tmp_path: Path
) -> None:
    tell(store, order)
    undo(store, order, "another")
    tell(store, order)

    assert [violation.code for violation in found(tmp_path)] == ["I11"]


def test_a_handover_whose_sale_is_not_there_is_named(
    store: TillStore, order: Order, tmp_path: Path
) -> None:
    tell(store, order, sale_id="gone", balance=5)

    assert [violation.message for violation in found(tmp_path)] == [
        f"order {order.order_id} was paid by sale gone, which is not there"
    ]


def test_a_handover_that_was_paid_by_nothing_is_named(
    store: TillStore, order: Order, tmp_path: Path
) -> None:
    tell(store, order, balance=5)

    assert [violation.message for violation in found(tmp_path)] == [
        f"order {order.order_id} was paid by no sale"
    ]


def test_a_fact_that_is_not_kept_as_one_of_its_order_is_named(
    store: TillStore, order: Order, tmp_path: Path
) -> None:
    tell(store, order)
    engine = make_engine(tmp_path / "till.db", key=KEY)
    with transaction(engine) as connection:
        connection.exec_driver_sql("DELETE FROM order_fact")
    engine.dispose()

    assert [violation.message for violation in found(tmp_path)] == [
        "fact 1/1 is not kept as one of its order"
    ]
