"""The addresses of the demonstration web shop below ``/store``."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from sync.hub.database import HubDatabase
from sync.hub.orders.paying import Payments
from sync.hub.orders.placing import Chance
from sync.hub.pages.visit import Refused
from sync.hub.storefront import customers
from sync.hub.storefront.cart_pages import CartPages
from sync.hub.storefront.checkout import Checkout
from sync.hub.storefront.door_pages import DoorPages
from sync.hub.storefront.goods_pages import GoodsPages
from sync.hub.storefront.order_pages import OrderPages
from sync.hub.storefront.serving import Clock, Storefront
from sync.hub.trust.authentication import DATABASE_AWAY

Handler = Callable[[Request, Exception], Awaitable[Response]]
ID_BYTES = 16
GET, POST = ["GET"], ["POST"]


def serve_storefront(
    app: FastAPI,
    database: HubDatabase,
    payments: Payments,
    clock: Clock,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Add the web shop to a hub.

    Args:
        app: The hub.
        database: The hub's.
        payments: Where orders that are paid at once are paid.
        clock: For sessions and orders.
        random_bytes: For session tokens and ids; must be unpredictable.
    """
    chance = Chance(lambda: random_bytes(ID_BYTES).hex(), random_bytes)
    customers.load(database, clock.now_ms())
    store = Storefront(database, payments, clock, random_bytes)
    checkout = Checkout(database, payments, chance, store.offers)
    app.mount("/store", _pages(store, checkout))


def _pages(store: Storefront, checkout: Checkout) -> Starlette:
    refused: dict[type[Exception] | int, Handler] = {
        Refused: store.refused,
        HTTPException: store.refused,
        500: store.refused,
        **dict.fromkeys(DATABASE_AWAY, store.database_away),
    }
    return Starlette(
        routes=[*_open_routes(store), *_routes(store, checkout)], exception_handlers=refused
    )


def _open_routes(store: Storefront) -> list[Route]:
    door, goods = DoorPages(store), GoodsPages(store)
    return [
        Route("/", store.page(goods.index, is_open=True), methods=GET),
        Route("/products/{sku:path}", store.page(goods.product, is_open=True), methods=GET),
        Route("/sign-in", store.page(door.ask, is_open=True), methods=GET),
        Route("/sign-in", store.page(door.sign_in, is_open=True), methods=POST),
        Route("/sign-out", store.page(door.sign_out), methods=POST),
    ]


def _routes(store: Storefront, checkout: Checkout) -> list[Route]:
    cart, orders = CartPages(store, checkout), OrderPages(store, checkout)
    return [
        Route("/cart", store.page(cart.index), methods=GET),
        Route("/cart/add", store.page(cart.add), methods=POST),
        Route("/cart/put", store.page(cart.put), methods=POST),
        Route("/cart/shop", store.page(cart.choose_shop), methods=POST),
        Route("/cart/take-what-is", store.page(cart.take_what_is), methods=POST),
        Route("/checkout", store.page(cart.ask), methods=GET),
        Route("/checkout", store.page(cart.order), methods=POST),
        Route("/orders", store.page(orders.index), methods=GET),
        Route("/orders/{order_id}", store.page(orders.order), methods=GET),
        Route("/orders/{order_id}/cancel", store.page(orders.cancel), methods=POST),
        Route("/orders/{order_id}/again", store.page(orders.again), methods=POST),
    ]
