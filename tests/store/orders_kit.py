"""Orders on a till's disk for tests: what the hub tells, and acts of the till."""

from __future__ import annotations

from pos.domain.collection import Order
from pos.domain.collection_events import Event, event_body, kind_of
from pos.domain.collection_rules import applied
from pos.domain.journal import Fact
from pos.store.orders import OrdersTold
from pos.store.outbox import AgentStore
from pos.store.till_store import StoredRecords, TillStore
from tests.builders import IDENTITY, MORNING_MS, new_id

HUB_MS = MORNING_MS + 60_000


def tell(agent: AgentStore, *orders: Order, hub_time_ms: int = HUB_MS, **about: object) -> None:
    """Let the hub tell of orders; `about` are fields of `OrdersTold`."""
    told = OrdersTold(hub_time_ms, orders, **about)  # type: ignore[arg-type]
    agent.apply_orders(told, cursor=1, at_ms=hub_time_ms)


def act(store: TillStore, event: Event, *, at_ms: int = MORNING_MS) -> Fact:
    """Let something happen to an order at the till, as the services do."""
    with store.transaction() as records:
        order = records.orders.get(event.order_id)
        assert order is not None
        records.orders.save(applied(order, event, at_ms=at_ms, till=IDENTITY.till))
        return append(records, event, at_ms=at_ms)


def append(records: StoredRecords, event: Event, *, at_ms: int = MORNING_MS) -> Fact:
    """Journal an event."""
    return records.journal.append(
        kind_of(event), event_body(event), op_id=new_id(), at_ms=at_ms, session_id="session-1"
    )


def known(store: TillStore, order_id: str) -> Order | None:
    """Return an order as the till has it."""
    with store.reading() as records:
        return records.orders.get(order_id)


def found(store: TillStore, text: str) -> list[str]:
    """Return the numbers of the open orders that a search finds."""
    with store.reading() as records:
        return [order.number for order in records.orders.search(text)]
