"""Whatever two tills say of an order, and however it arrives: goods are counted once."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.collection import Order, OrderState, ShortReason
from pos.domain.collection_events import (
    Event,
    HandoverUndone,
    LinePicked,
    LineShort,
    OrderPicked,
    OrderStaged,
    ParcelPlaced,
    PickingBegun,
    PickingLeft,
)
from sync.hub.database import HubDatabase
from sync.hub.orders.reserving import reserved_by
from tests.order_builders import LUCIA, handover
from tests.sync.hub.journal_kit import hub_with_till
from tests.sync.hub.order_kit import (
    OrderTill,
    deliver,
    items,
    now,
    on_hand,
    placed,
    reserved,
    stored,
    try_again,
)

STEPS = ("begin", "leave", "pick", "put back", "missing", "later", "done", "stage", "hand", "undo")
_steps = st.lists(
    st.tuples(st.integers(0, 1), st.sampled_from(STEPS), st.integers(1, 2), st.booleans()),
    max_size=25,
)


def test_stock_and_reservations_follow_from_what_the_order_is(tmp_path: Path) -> None:
    with hub_with_till(tmp_path) as database:
        tills = [OrderTill(database, "FUEN-1"), OrderTill(database, "FUEN-2")]

        @settings(max_examples=25)
        @given(_steps, st.booleans())
        def law(steps: list[tuple[int, str, int, bool]], is_prepaid: bool) -> None:
            before = on_hand(database)
            order = placed(database, is_prepaid=is_prepaid)
            _tell(database, tills, order, steps)
            try_again(database, 6)
            _check(database, order, before)

        deliver(database, "FUEN", sku_1=50_000, sku_2=50_000)
        law()


def _tell(
    database: HubDatabase,
    tills: list[OrderTill],
    order: Order,
    steps: list[tuple[int, str, int, bool]],
) -> None:
    """Have tills say what they did; what one said may be heard long after the other's."""
    handovers: list[str] = []
    for who, step, line, is_sent in steps:
        op_id = tills[who].tell(_event(step, now(database, order), line, handovers))
        if step == "hand":
            handovers.append(op_id)
        if is_sent:
            tills[who].push()
    for till in tills:
        if till.unsent:
            till.push()


def _event(step: str, order: Order, line: int, handovers: list[str]) -> Event:
    order_id = order.order_id
    match step:
        case "begin":
            return PickingBegun(order_id, LUCIA)
        case "leave":
            return PickingLeft(order_id, LUCIA)
        case "pick":
            return LinePicked(order_id, LUCIA, line, 1_000)
        case "put back":
            return LinePicked(order_id, LUCIA, line, -1_000)
        case "missing" | "later":
            return LineShort(order_id, LUCIA, line, 1_000, ShortReason(step))
        case "done":
            return OrderPicked(order_id, LUCIA)
        case "stage":
            return OrderStaged(order_id, LUCIA, (ParcelPlaced(1, "B3"),))
        case "undo":
            return HandoverUndone(order_id, LUCIA, handovers[-1] if handovers else "h", "wrong")
        case _:
            return handover(order, is_isolated=True)


def _check(database: HubDatabase, order: Order, before: dict[str, int]) -> None:
    known = now(database, order)
    gone = {
        line.sku: (line.short if line.short_reason is ShortReason.MISSING else 0)
        + (line.delivered if known.is_prepaid else 0)
        for line in known.lines
    }
    assert on_hand(database) == {sku: count - gone[sku] for sku, count in before.items()}
    assert reserved(database, order) == reserved_by(known)
    waiting = [how for till in ("FUEN-1", "FUEN-2") for how, _ in stored(database, till)]
    assert "waiting" not in waiting or items(database)
    if known.state is OrderState.PLACED:
        assert not any(line.delivered for line in known.lines)
