"""Two tills that were alone come back at the same moment with handovers of the same orders."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy.exc import OperationalError

from pos.domain.errors import StoreUnavailable
from sync.hub.database import HubDatabase
from sync.wire.v1.desk import ItemKind
from tests.order_builders import handover
from tests.sync.hub.order_kit import OrderTill, deliver, items, now, on_hand, placed, staged

ORDERS = 24


def _push(till: OrderTill, together: threading.Barrier) -> list[tuple[str, str]]:
    """Push as an agent does: what the hub is too busy for is sent again."""
    together.wait(30)
    while True:
        try:
            return till.push()
        except (StoreUnavailable, OperationalError):
            continue


@pytest.mark.parametrize("is_reversed", [False, True])
def test_each_order_is_handed_over_once_and_the_other_handover_is_on_the_desk(
    database: HubDatabase, is_reversed: bool
) -> None:
    deliver(database, "FUEN", sku_1=100_000, sku_2=100_000)
    one, two = OrderTill(database, "FUEN-1"), OrderTill(database, "FUEN-2")
    shelf = staged(database, one)
    orders = [
        placed(database, *shelf.lines, state=shelf.state, parcels=shelf.parcels)
        for _ in range(ORDERS)
    ]
    one.tell(*(handover(order, is_isolated=True) for order in orders))
    # The other way round, each would wait for what the other holds.
    later = reversed(orders) if is_reversed else iter(orders)
    two.tell(*(handover(order, is_isolated=True) for order in later))
    together = threading.Barrier(2)

    with ThreadPoolExecutor(2) as pool:
        said = [each.result() for each in [pool.submit(_push, t, together) for t in (one, two)]]

    outcomes = sorted(how for told in said for how, _ in told)
    assert outcomes == ["applied"] * ORDERS + ["applied_with_exception"] * ORDERS
    assert [item.kind for item in items(database)] == [ItemKind.HANDED_OVER_TWICE] * ORDERS
    for item in items(database):
        assert {side.till for side in item.sides} == {"FUEN-1", "FUEN-2"}
    assert {now(database, order).closed_at_till for order in orders} <= {"FUEN-1", "FUEN-2"}
    assert on_hand(database) == {
        "sku-1": 100_000 - 2_000 * ORDERS,
        "sku-2": 100_000 - 1_000 * ORDERS,
    }
