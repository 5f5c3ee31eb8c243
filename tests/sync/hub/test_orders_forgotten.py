"""What the hub forgets of orders and when: first what was sent and claimed, at last the people."""

from __future__ import annotations

from sqlalchemy import func, select

from pos.domain.collection import Collector, OrderState
from sync.hub.bulk import insert_rows
from sync.hub.database import HubDatabase
from sync.hub.orders import leases
from sync.hub.orders.forgetting import GUARANTEED_MS
from sync.hub.running.retention import DAY_MS, KEPT_MS, forget
from sync.hub.tables_counter import claim, claim_grant
from sync.hub.tables_orders import order_notice, pick_lease
from sync.wire.v1.claims import ClaimState
from sync.wire.v1.orders import LeaseLine, LeaseRequest
from tests.order_builders import LUCIA, handover
from tests.sync.facts import T0
from tests.sync.hub.order_kit import OrderTill, now, placed, staged


def counted(database: HubDatabase) -> list[int]:
    with database.reading() as connection:
        tables = (claim, claim_grant, order_notice, pick_lease)
        return [connection.scalar(select(func.count()).select_from(t)) or 0 for t in tables]


def test_claims_and_notices_go_ninety_days_after_an_order_closed_and_open_ones_stay(
    database: HubDatabase,
) -> None:
    till = OrderTill(database, "FUEN-1")
    done, waits = staged(database, till), staged(database, till)
    for order in (done, waits):
        till.claim(order.order_id)
        row = (
            order.order_id,
            order.order_id,
            "ready",
            "c@example.com",
            "{}",
            "sent",
            T0,
            T0,
            1,
            T0,
            "",
        )
        with database.transaction() as connection:
            insert_rows(connection, order_notice, [row])
    till.says(handover(done))
    closed_at_ms = now(database, done).closed_at_ms

    forget(database, closed_at_ms + KEPT_MS)
    lately = counted(database)
    gone = forget(database, closed_at_ms + KEPT_MS + 1)["uses"]

    assert lately == [2, 2, 2, 0]
    assert gone == 3
    assert counted(database) == [1, 1, 1, 0]
    assert till.claim(waits.order_id).state is ClaimState.GRANTED


def test_a_till_that_was_away_while_changes_went_begins_again_and_others_do_not(
    database: HubDatabase,
) -> None:
    till = OrderTill(database, "FUEN-1")
    placed(database)
    cursor = till.pull().cursor
    done = staged(database, till)
    till.says(handover(done))
    current = till.pull().cursor
    long_after_ms = current // 1000 + T0  # later than both the hub's clock and the database's

    kept = forget(database, now(database, done).closed_at_ms + KEPT_MS - DAY_MS)["changes"]
    gone = forget(database, long_after_ms)["changes"]

    assert (kept, gone) == (0, 1)
    assert cursor < till.pull(cursor).complete_after <= current
    assert till.pull(current).complete_after == 0
    assert till.pull(0).complete_after == 0


def test_leases_nobody_gave_back_go_after_a_day(database: HubDatabase) -> None:
    till = OrderTill(database, "FUEN-1")
    order_id = placed(database).order_id
    request = LeaseRequest(
        staff_id=LUCIA, order_ids=(order_id,), lines=(LeaseLine(order_id=order_id, line=1),)
    )
    with database.transaction() as connection:
        until_ms = leases.ask(
            connection, till=till.till, shop="FUEN", request=request, now_ms=T0
        ).until_ms

    forget(database, until_ms + DAY_MS)
    assert counted(database)[3] == 1
    forget(database, until_ms + DAY_MS + 1)
    assert counted(database)[3] == 0


def test_people_go_from_orders_once_their_goods_are_not_guaranteed_any_more(
    database: HubDatabase,
) -> None:
    fields = {"collectors": (Collector("Luis", "brother"),), "customer_id": "c-1"}
    old = placed(database, state=OrderState.COLLECTED, closed_at_ms=T0, **fields)
    open_one = placed(database, **fields)

    gone = [forget(database, T0 + GUARANTEED_MS + late)["customers"] for late in (0, 1, 2)]

    stripped = now(database, old)
    assert gone == [0, 1, 0]
    assert (stripped.customer_name, stripped.phone, stripped.email) == ("", "", "")
    assert (stripped.collectors, stripped.customer_id) == ((), "")
    assert (stripped.number, stripped.lines) == (old.number, old.lines)
    assert now(database, open_one) == open_one
