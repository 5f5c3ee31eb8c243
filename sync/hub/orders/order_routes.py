"""What tills ask about orders: the feed of their shop, leases, and an order of anywhere."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import FastAPI, Query, Request
from fastapi import Path as InPath

from sync.hub.database import HubDatabase
from sync.hub.orders import leases
from sync.hub.orders.finding import find_orders
from sync.hub.orders.order_feed import Asker, order_page
from sync.wire.v1.base import STORABLE
from sync.wire.v1.orders import MAX_ORDERS, FoundOrders, LeaseAnswer, LeaseRequest, OrderPage

ShopInPath = Annotated[str, InPath(pattern=r"^[A-Z0-9]{2,12}$")]
Cursor = Annotated[int, Query(ge=0, le=2**63 - 1)]
Epoch = Annotated[int, Query(ge=0, le=2**31 - 1)]
Limit = Annotated[int, Query(ge=1, le=MAX_ORDERS)]
SearchText = Annotated[str, Query(min_length=1, max_length=100, pattern=STORABLE)]


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def serve_orders(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer tills about orders; authentication says which till of which shop asks."""

    @app.get("/v1/shops/{shop}/orders")
    def orders(
        request: Request,
        shop: ShopInPath,
        cursor: Cursor = 0,
        limit: Limit = MAX_ORDERS,
        epoch: Epoch = 0,
    ) -> OrderPage:
        """Return the orders of the shop that changed, and what was heard of the till's epoch."""
        asker = Asker(request.state.till, epoch)
        with database.reading() as connection:
            return order_page(connection, shop, asker, cursor, limit, clock.now_ms())

    @app.post("/v1/pick-leases")
    def lease(asked: LeaseRequest, request: Request) -> LeaseAnswer:
        """Let one till at a time fetch a line."""
        with database.transaction() as connection:
            return leases.ask(
                connection,
                till=request.state.till,
                shop=request.state.shop,
                request=asked,
                now_ms=clock.now_ms(),
            )

    @app.get("/v1/found-orders")
    def found(text: SearchText, request: Request) -> FoundOrders:
        """Find an order by what a customer can say of it."""
        with database.reading() as connection:
            return find_orders(connection, request.state.shop, text, clock.now_ms())
