"""The hub's web interface: checks what comes in, calls what works, names what went wrong."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Annotated, Protocol

import psycopg
from fastapi import FastAPI, Header, Query, Request, Response
from fastapi import Path as InPath
from fastapi.exceptions import RequestValidationError
from fastapi.responses import FileResponse, JSONResponse
from sqlalchemy import Connection
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from pos.domain.errors import OutcomeOfCommitUnknown, StoreUnavailable
from pos.system import Uuid7
from sync.connectors.builtin import BuiltinConnector
from sync.connectors.port import Connector
from sync.hub.admin import NotKnown
from sync.hub.agreement.epochs import EpochTooHigh
from sync.hub.carts.cart_routes import serve_carts
from sync.hub.counter.counter_routes import serve_counter
from sync.hub.counter.parked import parked_page
from sync.hub.customers.customer_feed import customer_page
from sync.hub.customers.customer_routes import serve_customers
from sync.hub.database import HubDatabase
from sync.hub.intake.fact_routes import serve_facts
from sync.hub.intake.genuine import BadSignature
from sync.hub.intake.ingest import UnknownTill
from sync.hub.intake.sequence import BrokenChain
from sync.hub.office import serve_office
from sync.hub.orders.figures_routes import serve_figures
from sync.hub.orders.order_routes import serve_orders
from sync.hub.orders.placing import Chance
from sync.hub.orders.placing_routes import serve_placing
from sync.hub.publishing import feeds
from sync.hub.publishing.catalogue_stream import CatalogueFiles, NoCatalogue
from sync.hub.publishing.feed_numbers import note_start
from sync.hub.publishing.promotions import promotion_page
from sync.hub.returns.returns_routes import serve_returns
from sync.hub.suggestions.telling import suggestion_page
from sync.hub.trust.authentication import Authentication
from sync.hub.trust.bodies import BoundedBodies
from sync.hub.trust.enrolment_route import serve_enrolment
from sync.hub.trust.keys import hub_identity
from sync.hub.value.value_routes import serve_value
from sync.wire.v1.base import MAX_BODY_BYTES, MAX_FEED_ITEMS, Problem
from sync.wire.v1.catalogue import CatalogueInfo
from sync.wire.v1.customers import CustomerPage
from sync.wire.v1.feeds import (
    DeskPage,
    PricePage,
    PromotionPage,
    SettingPage,
    StaffPage,
    StockPage,
    Stream,
    SuggestionPage,
)
from sync.wire.v1.parking import ParkedPage

FeedPage = (
    PricePage
    | StockPage
    | StaffPage
    | SettingPage
    | DeskPage
    | ParkedPage
    | PromotionPage
    | SuggestionPage
    | CustomerPage
)

RETRY_AFTER_S = 2

ShopInPath = Annotated[str, InPath(pattern=r"^[A-Z0-9]{2,12}$")]
Generation = Annotated[int, InPath(ge=1, le=2**63 - 1)]
Cursor = Annotated[int, Query(ge=0, le=2**63 - 1)]
Limit = Annotated[int, Query(ge=1, le=MAX_FEED_ITEMS)]

PROBLEMS: dict[int | str, dict[str, object]] = {
    status: {"model": Problem} for status in (400, 401, 403, 404, 413, 422, 503)
}


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def create_app(
    database: HubDatabase,
    *,
    clock: Clock,
    cache_folder: Path,
    connector: Connector | None = None,
    max_body_bytes: int = MAX_BODY_BYTES,
    random_bytes: Callable[[int], bytes] = secrets.token_bytes,
) -> FastAPI:
    """Return the hub as an ASGI application.

    Args:
        database: Opened and up to date.
        clock: Time for what the hub notes and answers.
        cache_folder: Exists; of this process alone; takes the catalogue files.
        connector: Where products, prices and stock are kept; the hub itself by default.
        max_body_bytes: What a request may hold, unpacked.
        random_bytes: For the hub's key, when it has none yet.
    """
    hub = hub_identity(database.engine, random_bytes)
    note_start(database)
    app = FastAPI(
        title="Mostrador hub",
        version=version("mostrador"),
        responses=PROBLEMS,
        docs_url=None,  # pages that would run scripts of other hosts
        redoc_url=None,
    )
    app.add_middleware(BoundedBodies, limit=max_body_bytes)
    app.add_middleware(Authentication, database=database, key=hub.key, limit=max_body_bytes)
    used = connector or BuiltinConnector()
    _answer_problems(app)
    serve_enrolment(app, database, hub, clock)
    serve_facts(app, database, used, clock)
    _serve_catalogue(app, CatalogueFiles(database, used, cache_folder), clock)
    _serve_feeds(app, database, used, clock)
    serve_office(app, database, clock)
    serve_counter(app, database, clock)
    serve_orders(app, database, clock)
    serve_figures(app, database, clock)
    serve_returns(app, database, clock)
    serve_value(app, database, clock)
    serve_customers(app, database, clock)
    serve_carts(app, database, clock)
    serve_placing(app, database, clock, hub.key, Chance(Uuid7().new, random_bytes))

    return app


def _serve_catalogue(app: FastAPI, files: CatalogueFiles, clock: Clock) -> None:
    @app.get("/v1/shops/{shop}/catalogue", response_model=CatalogueInfo)
    def latest(
        shop: ShopInPath, response: Response, if_none_match: Annotated[str, Header()] = ""
    ) -> Response | CatalogueInfo:
        """Return the latest generation, or 304 to a till that names it."""
        if if_none_match and if_none_match == _tag(files.generation()):
            return Response(status_code=304)
        info = files.latest(shop, clock.now_ms())
        response.headers["ETag"] = _tag(info.generation)
        return info

    @app.get("/v1/shops/{shop}/catalogue/{generation}", response_class=FileResponse)
    def stream(shop: ShopInPath, generation: Generation) -> FileResponse:
        return FileResponse(files.file(shop, generation), media_type="application/gzip")


def _serve_feeds(app: FastAPI, database: HubDatabase, connector: Connector, clock: Clock) -> None:
    @app.get("/v1/shops/{shop}/feed/{stream}")
    def feed(shop: ShopInPath, stream: Stream, cursor: Cursor = 0, limit: Limit = 500) -> FeedPage:
        now_ms = clock.now_ms()
        if stream is Stream.STOCK:
            feeds.settle_stock(database, connector, shop, now_ms)
        with database.reading() as connection:
            return _page(connection, connector, stream, shop, cursor, limit, now_ms)


def _page(
    connection: Connection,
    connector: Connector,
    stream: Stream,
    shop: str,
    cursor: int,
    limit: int,
    now_ms: int,
) -> FeedPage:
    match stream:
        case Stream.PRICES:
            return feeds.price_page(connection, connector, cursor, limit, now_ms)
        case Stream.STOCK:
            return feeds.stock_page(connection, connector, shop, cursor, limit, now_ms)
        case Stream.STAFF:
            return feeds.staff_page(connection, shop, cursor, limit, now_ms)
        case Stream.SETTINGS:
            return feeds.setting_page(connection, shop, cursor, limit, now_ms)
        case Stream.DESK:
            return feeds.desk_page(connection, shop, cursor, limit, now_ms)
        case Stream.PARKED:
            return parked_page(connection, shop, cursor, limit, now_ms)
        case Stream.PROMOTIONS:
            return promotion_page(connection, cursor, limit, now_ms)
        case Stream.SUGGESTIONS:
            return suggestion_page(connection, cursor, limit, now_ms)
        case Stream.CUSTOMERS:
            return customer_page(connection, shop, cursor, limit, now_ms)


def _answer_problems(app: FastAPI) -> None:
    """Answer every expected failure with a code and without what was sent."""
    for kind, status, code in (
        (UnknownTill, 404, "unknown_till"),
        (NotKnown, 404, "unknown_shop"),
        (NoCatalogue, 404, "no_catalogue"),
        (BrokenChain, 422, "broken_chain"),
        (EpochTooHigh, 422, "epoch_too_high"),
        (BadSignature, 422, "bad_signature"),
        (StoreUnavailable, 503, "database_away"),
        (OutcomeOfCommitUnknown, 503, "database_away"),
        (OperationalError, 503, "database_away"),
        (InterfaceError, 503, "database_away"),
        (PoolTimeout, 503, "database_away"),
        (psycopg.OperationalError, 503, "database_away"),
    ):
        app.add_exception_handler(kind, _answer_with(status, code))

    @app.exception_handler(HTTPException)
    async def no_such_thing(request: Request, error: HTTPException) -> JSONResponse:
        # The framework's own: a body that is no JSON, an address or a method nobody serves.
        code = {400: "damaged_body", 405: "not_possible"}.get(error.status_code, "not_found")
        return _problem(error.status_code, code)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        return _problem(422, "invalid", f"{where}: {first['type']}")


def _answer_with(status: int, code: str) -> Callable[[Request, Exception], JSONResponse]:
    def answer(request: Request, error: Exception) -> JSONResponse:
        return _problem(status, code)

    return answer


def _problem(status: int, code: str, detail: str = "") -> JSONResponse:
    headers = {"Retry-After": str(RETRY_AFTER_S)} if status == 503 else None
    problem = Problem(code=code, detail=detail[:200])
    return JSONResponse(problem.model_dump(), status, headers)


def _tag(generation: int) -> str:
    return f'"{generation}"'
