"""What tills ask about customers; their feed is with the others."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import FastAPI, Query, Request
from fastapi import Path as InPath
from fastapi.responses import JSONResponse

from sync.hub.admin import get_setting
from sync.hub.customers import finding
from sync.hub.customers.glance import glance
from sync.hub.customers.records import NoSuchCustomer
from sync.hub.database import HubDatabase
from sync.wire.v1.base import STORABLE, Problem
from sync.wire.v1.customers import CustomerGlance, FoundCustomer, FoundCustomers

SearchText = Annotated[str, Query(min_length=1, max_length=250, pattern=STORABLE)]
Country = Annotated[str, Query(pattern=r"^([A-Z]{2})?$")]
CustomerId = Annotated[str, InPath(pattern=r"^[A-Za-z0-9._:\-]{1,64}$")]


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def serve_customers(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer at ``/v1/customers``; authentication says which till of which shop asks."""

    @app.get("/v1/customers")
    def customers(request: Request, text: SearchText, country: Country = "") -> FoundCustomers:
        """Find customers of the chain by card, phone, mail address or name, also mistyped."""
        shop = request.state.shop
        with database.reading() as connection:
            details = {} if country else get_setting(connection, shop, "shop") or {}
            found = finding.find(
                connection, text, shop=shop, country=country or str(details.get("country", ""))
            )
        return FoundCustomers(
            hub_time_ms=clock.now_ms(),
            customers=tuple(
                FoundCustomer(
                    content=dict(one.content),
                    is_near=one.is_near,
                    seen_at_ms=one.seen_at_ms,
                )
                for one in found
            ),
        )

    @app.get("/v1/customers/{customer_id}/glance")
    def at_a_glance(request: Request, customer_id: CustomerId) -> CustomerGlance:
        """Return what there is to know of a customer."""
        with database.reading() as connection:
            return glance(connection, customer_id, shop=request.state.shop, now_ms=clock.now_ms())

    @app.exception_handler(NoSuchCustomer)
    def nobody(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse(Problem(code="no_such_customer").model_dump(), 404)
