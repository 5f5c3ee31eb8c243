"""What web shops ask of the hub: orders placed, seen, cancelled, moved, sent, and a promise."""

from __future__ import annotations

from typing import Annotated, Any, Protocol

from fastapi import Body, FastAPI, Query, Request, Security
from fastapi import Path as InPath
from fastapi.responses import JSONResponse
from fastapi.security import HTTPBearer

from pos.domain.collection import Order
from pos.domain.collection_rules import Contradiction
from pos.signatures import SigningKey
from sync.hub.admin import check_shop
from sync.hub.bulk import ROW_ERRORS
from sync.hub.database import HubDatabase
from sync.hub.orders import book, cancelling, moving, sending
from sync.hub.orders.codes import pickup_code_of
from sync.hub.orders.goods import OP_ID_USED, Unplaceable
from sync.hub.orders.placing import Chance, place_order
from sync.hub.orders.promise import promise_minutes
from sync.wire.v1.base import Problem
from sync.wire.v1.placing import (
    CancelOrder,
    DispatchOrder,
    OrderLineView,
    OrderView,
    PlaceOrder,
    Promise,
    RerouteOrder,
)

OrderInPath = Annotated[str, InPath(pattern=r"^[A-Za-z0-9._\-]{1,64}$")]
ShopInQuery = Annotated[str, Query(pattern=r"^[A-Z0-9]{2,12}$")]

# Says in the description that a key is needed; `sync.hub.trust.authentication` asks for it.
KEY = Security(HTTPBearer(auto_error=False, description="mostrador hub shop-key NAME"))
CONFLICT: dict[int | str, dict[str, Any]] = {409: {"model": Problem}}

AN_ORDER = {
    "op_id": "cart-83f1-1",
    "shop": "FUEN",
    "currency": "EUR",
    "prepaid": True,
    "customer": {
        "id": "c-1042",
        "name": "Carmen Ortega",
        "phone": "+34 600 123 456",
        "email": "carmen@example.org",
    },
    "lines": [{"sku": "8436012340018", "quantity": 2000, "unit_price": 795, "paid": 1431}],
    "collectors": [{"name": "Pablo Ortega", "relation": "hijo"}],
    "hold_days": 10,
}


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def serve_placing(
    app: FastAPI, database: HubDatabase, clock: Clock, key: SigningKey, chance: Chance
) -> None:
    """Answer web shops; authentication has asked for their key."""
    _serve_orders(app, database, clock, key, chance)
    _serve_changes(app, database, clock, key, chance)
    app.add_exception_handler(Unplaceable, _unplaceable)
    app.add_exception_handler(Contradiction, _contradicted)
    app.add_exception_handler(book.NoSuchOrder, _no_such_order)
    app.add_exception_handler(book.OpIdUsed, _op_id_used)


def view_of(order: Order, key: SigningKey) -> OrderView:
    """Return what a web shop is told of an order."""
    return OrderView(
        order_id=order.order_id,
        number=order.number,
        state=order.state,
        shop=order.shop,
        currency=order.currency,
        total=order.total.minor,
        prepaid=order.is_prepaid,
        payment=order.payment,
        placed_at_ms=order.placed_at_ms,
        promised_at_ms=order.promised_at_ms,
        hold_until_ms=order.hold_until_ms,
        short_code=order.short_code,
        pickup_code=pickup_code_of(order, key),
        cancel_asked=order.cancel_asked,
        lines=tuple(
            OrderLineView(
                number=line.number,
                sku=line.sku,
                name=line.name,
                quantity=line.quantity,
                paid=line.paid,
                picked=line.picked,
                short=line.short,
                delivered=line.delivered,
                left=line.left,
            )
            for line in order.lines
        ),
    )


def _serve_orders(
    app: FastAPI, database: HubDatabase, clock: Clock, key: SigningKey, chance: Chance
) -> None:
    @app.post(
        "/v1/orders",
        status_code=201,
        responses=CONFLICT,
        dependencies=[KEY],
        tags=["web shops"],
    )
    def place(asked: Annotated[PlaceOrder, Body(examples=[AN_ORDER])]) -> OrderView:
        """Place an order to collect in a shop; the same `op_id` again is the same order."""
        try:
            with database.transaction() as connection:
                return view_of(place_order(connection, asked, clock.now_ms(), chance), key)
        except ROW_ERRORS as error:  # at two shops at the same moment
            raise Unplaceable(OP_ID_USED, asked.op_id) from error

    @app.get("/v1/orders/{order_id}", dependencies=[KEY], tags=["web shops"])
    def order(order_id: OrderInPath) -> OrderView:
        """Say how an order is."""
        with database.reading() as connection:
            return view_of(book.known(connection, order_id), key)

    @app.get("/v1/promise", dependencies=[KEY], tags=["web shops"])
    def promise(shop: ShopInQuery) -> Promise:
        """Say in how many minutes an order placed now would be ready in a shop."""
        now_ms = clock.now_ms()
        with database.reading() as connection:
            check_shop(connection, shop)
            minutes = promise_minutes(connection, shop, now_ms)
        return Promise(shop=shop, minutes=minutes, hub_time_ms=now_ms)


def _serve_changes(
    app: FastAPI, database: HubDatabase, clock: Clock, key: SigningKey, chance: Chance
) -> None:
    @app.post(
        "/v1/orders/{order_id}/cancel", responses=CONFLICT, dependencies=[KEY], tags=["web shops"]
    )
    def cancel(
        order_id: OrderInPath,
        asked: Annotated[
            CancelOrder, Body(examples=[{"op_id": "cancel-83f1", "reason": "no longer needed"}])
        ],
    ) -> OrderView:
        """Cancel an order; `cancel_asked` when it may be on its way over the counter."""
        happened = book.Happened(asked.op_id, clock.now_ms())
        with database.transaction() as connection:
            return view_of(cancelling.ask(connection, order_id, happened, asked.reason), key)

    @app.post(
        "/v1/orders/{order_id}/reroute", responses=CONFLICT, dependencies=[KEY], tags=["web shops"]
    )
    def reroute(
        order_id: OrderInPath,
        asked: Annotated[RerouteOrder, Body(examples=[{"op_id": "move-83f1", "to_shop": "SOL"}])],
    ) -> OrderView:
        """Have another shop prepare an order; it moves once its shop cannot hand it over."""
        happened = book.Happened(asked.op_id, clock.now_ms())
        with database.transaction() as connection:
            order = moving.ask(connection, order_id, asked.to_shop, happened, chance.random_bytes)
            return view_of(order, key)

    @app.post(
        "/v1/orders/{order_id}/dispatch", responses=CONFLICT, dependencies=[KEY],
        tags=["web shops"],
    )  # fmt: skip
    def dispatch(
        order_id: OrderInPath,
        asked: Annotated[DispatchOrder, Body(examples=[{"op_id": "sent-83f1", "parcels": 2}])],
    ) -> OrderView:
        """Say that the courier has an order that was filled elsewhere."""
        with database.transaction() as connection:
            return view_of(sending.dispatch(connection, order_id, asked, clock.now_ms()), key)


def _unplaceable(_request: Request, error: Exception) -> JSONResponse:
    code, detail = getattr(error, "code", ""), getattr(error, "detail", "")
    return _problem(409 if code == OP_ID_USED else 422, code, detail)


def _contradicted(_request: Request, error: Exception) -> JSONResponse:
    return _problem(409, getattr(error, "code", ""))


def _op_id_used(_request: Request, _error: Exception) -> JSONResponse:
    return _problem(409, OP_ID_USED)


def _no_such_order(_request: Request, _error: Exception) -> JSONResponse:
    return _problem(404, "unknown_order")


def _problem(status: int, code: str, detail: str = "") -> JSONResponse:
    return JSONResponse(Problem(code=code, detail=detail[:200]).model_dump(), status)
