"""What tills ask about carts; who may go on with one is asked as for other things."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import FastAPI, Request
from fastapi import Path as InPath
from fastapi.responses import JSONResponse

from sync.hub.carts import cart as carts
from sync.hub.carts import holding
from sync.hub.carts.cart import CartLine
from sync.hub.carts.telling import Asking, Teller
from sync.hub.customers import records
from sync.hub.database import HubDatabase
from sync.wire.v1.base import Problem
from sync.wire.v1.carts import MAX_CART_LINES, CartAnswer, SendToCart

CustomerId = Annotated[str, InPath(pattern=r"^[A-Za-z0-9._:\-]{1,64}$")]


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


class CartFull(Exception):
    """The ticket and the cart together have too many lines."""


def serve_carts(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer at ``/v1/carts``; authentication says which till of which shop asks."""
    teller = Teller()

    @app.get("/v1/carts/{customer_id}")
    def look(request: Request, customer_id: CustomerId) -> CartAnswer:
        """Return a customer's cart; who holds it keeps it by asking."""
        asking = Asking(customer_id, request.state.shop, clock.now_ms())
        with database.transaction() as connection:
            holder = holding.look(connection, customer_id, request.state.till, asking.now_ms)
            return teller.tell(connection, asking, carts.read(connection, customer_id), holder)

    @app.post("/v1/carts/{customer_id}/lines", responses={409: {"model": Problem}})
    def send(request: Request, customer_id: CustomerId, asked: SendToCart) -> CartAnswer:
        """Put what is on a ticket into a customer's cart."""
        asking = Asking(customer_id, request.state.shop, clock.now_ms())
        lines = [CartLine(line.sku, line.quantity) for line in asked.lines]
        with database.transaction() as connection:
            records.live(connection, customer_id)
            cart = carts.read(connection, customer_id, is_locked=True)
            if holding.is_new_ticket(connection, asked.op_id, customer_id, asking.now_ms):
                both = cart.with_more(lines)
                known = {line.sku for line in (*cart.lines, *lines)}
                if len(known) > MAX_CART_LINES:
                    raise CartFull(customer_id)
                carts.keep(connection, customer_id, both, asking.now_ms)
                cart = carts.read(connection, customer_id)
            holder = holding.holder_of(connection, customer_id, asking.now_ms)
            return teller.tell(connection, asking, cart, holder)

    @app.exception_handler(CartFull)
    def full(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse(Problem(code="cart_full").model_dump(), 409)
