"""Orders at a hub of a test, and tills of its shops that say what happened to them."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from pos.domain.collection import Order
from pos.domain.collection_events import Event, OrderStaged, ParcelPlaced, event_body, kind_of
from sync.connectors.builtin import BuiltinConnector, change_levels
from sync.hub.counter import claims
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.hub.intake.retrying import retry_waiting
from sync.hub.orders import book, reserving
from sync.hub.orders.book import Happened
from sync.hub.orders.order_feed import Asker, order_page
from sync.hub.publishing.feeds import desk_page
from sync.hub.tables import inbox, stock_level
from sync.hub.tables_orders import stock_reserved
from sync.wire.v1.claims import ClaimAnswer, ClaimKind, ClaimRequest, ReleaseRequest
from sync.wire.v1.desk import DeskItem
from sync.wire.v1.orders import OrderPage
from sync.wire.v1.push import PushRequest
from tests.order_builders import LUCIA, customer_order, picking
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal, push_of

_ids = itertools.count(1)
_serials = itertools.count(20_001)


class OrderTill:
    """A till whose facts about orders the test writes; `push` brings what is new to the hub."""

    def __init__(self, database: HubDatabase, till: str) -> None:
        enrolled(database, till)
        self.database, self.till = database, till
        self.shop = till.rpartition("-")[0]
        self.journal = TillJournal(till)
        self._sent = 0
        self.now_ms = T0

    def tell(self, *events: Event) -> str:
        """Journal what happened; return the op id of the last fact."""
        for event in events:
            fact = self.journal.append(kind_of(event), event_body(event))
        return fact.op_id

    def push(self) -> list[tuple[str, str]]:
        """Bring the hub what it has not heard; return outcome and code of each fact."""
        fresh = self.journal.facts[self._sent :]
        request = PushRequest.model_validate(push_of(fresh))
        answer = receive(self.database, BuiltinConnector(), self.till, request, now_ms=self.now_ms)
        self._sent = len(self.journal.facts)
        return [(result.outcome.value, result.code) for result in answer.results]

    @property
    def unsent(self) -> int:
        """Return how many facts the hub has not heard."""
        return len(self.journal.facts) - self._sent

    def says(self, *events: Event) -> list[tuple[str, str]]:
        """Journal and push; return outcome and code of each fact."""
        self.tell(*events)
        return self.push()

    def claim(self, order_id: str, *, op_id: str = "", takes_over: bool = False) -> ClaimAnswer:
        """Ask the hub to hand an order over."""
        request = ClaimRequest(
            op_id=op_id or f"{self.till}-op-{next(_ids)}",
            kind=ClaimKind.PICKUP,
            key=order_id,
            takes_over=takes_over,
        )
        with self.database.transaction() as connection:
            return claims.ask(
                connection, till=self.till, shop=self.shop, request=request, now_ms=self.now_ms
            )

    def release(self, order_id: str, fence: int) -> bool:
        request = ReleaseRequest(kind=ClaimKind.PICKUP, key=order_id, fence=fence)
        with self.database.transaction() as connection:
            return claims.release(
                connection, till=self.till, request=request, now_ms=self.now_ms
            ).was_held

    def pull(
        self, cursor: int = 0, limit: int = 200, *, shop: str = "", epoch: int = 0
    ) -> OrderPage:
        """Return what the till is told of the orders of its shop."""
        asker = Asker(self.till, epoch)
        with self.database.reading() as connection:
            return order_page(connection, shop or self.shop, asker, cursor, limit, self.now_ms)


def placed(database: HubDatabase, *lines: Any, **changes: Any) -> Order:
    """Place an order with a number of its own; its goods are reserved."""
    serial = next(_serials)
    fields = {"serial": serial, "number": f"W-{serial}", "placed_at_ms": T0}
    order = customer_order(*lines, **{**fields, **changes})
    with database.transaction() as connection:
        book.add(connection, order, Happened(f"web-{order.order_id}", T0))
        reserving.settle(connection, order)
    return order


def staged(database: HubDatabase, till: OrderTill, *lines: Any, **changes: Any) -> Order:
    """Place an order and have a till pick it and bring it to its shelf."""
    order = placed(database, *lines, **changes)
    shelf = OrderStaged(order.order_id, LUCIA, (ParcelPlaced(1, "B3"),))
    outcomes = till.says(*picking(order), shelf)
    assert {how for how, _ in outcomes} == {"applied"}
    return now(database, order)


def now(database: HubDatabase, order: Order) -> Order:
    """Return an order as the hub has it."""
    with database.reading() as connection:
        known = book.get(connection, order.order_id)
    assert known is not None
    return known


def deliver(database: HubDatabase, shop: str, **thousandths: int) -> None:
    """Put goods on the stock of a shop, by SKU with ``_`` for ``-``."""
    with database.transaction() as connection:
        goods = {sku.replace("_", "-"): count for sku, count in thousandths.items()}
        change_levels(connection, shop, goods, T0)


def on_hand(database: HubDatabase, shop: str = "FUEN") -> dict[str, int]:
    """Return the stock of a shop in thousandths, sales included."""
    with database.transaction() as connection:
        BuiltinConnector().settle(connection, shop, T0)
        rows = connection.execute(select(stock_level).where(stock_level.c.shop == shop))
        return {row.sku: row.on_hand for row in rows}


def reserved(database: HubDatabase, order: Order) -> dict[int, int]:
    """Return what an order has reserved: thousandths by line."""
    with database.reading() as connection:
        rows = connection.execute(
            select(stock_reserved).where(stock_reserved.c.order_id == order.order_id)
        )
        return {row.line: row.thousandths for row in rows}


def history(database: HubDatabase, order: Order) -> list[tuple[str, str]]:
    """Return kind and outcome of what happened to an order."""
    with database.reading() as connection:
        return [(row.kind, row.outcome) for row in book.events_of(connection, order.order_id)]


def stored(database: HubDatabase, till: str) -> list[tuple[str, str]]:
    """Return outcome and code of a till's facts as they are stored."""
    with database.reading() as connection:
        rows = connection.execute(
            select(inbox.c.outcome, inbox.c.code).where(inbox.c.till == till).order_by(inbox.c.seq)
        )
        return [(row.outcome, row.code) for row in rows]


def items(database: HubDatabase, shop: str = "FUEN") -> Sequence[DeskItem]:
    """Return what lies on a shop's desk."""
    with database.reading() as connection:
        return desk_page(connection, shop, 0, 500, T0).items


def try_again(database: HubDatabase, times: int = 1) -> None:
    """Let the hub try what waits, as it does every few seconds."""
    for _ in range(times):
        retry_waiting(database, BuiltinConnector(), T0)
