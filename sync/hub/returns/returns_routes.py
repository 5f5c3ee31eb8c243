"""What tills ask about purchases that something may come back of."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse

from sync.hub.database import HubDatabase
from sync.hub.returns.finding import WrongCode, find_purchases
from sync.wire.v1.base import STORABLE, Problem
from sync.wire.v1.purchases import FoundPurchases

SearchText = Annotated[str, Query(min_length=1, max_length=100, pattern=STORABLE)]
ShopInQuery = Annotated[str, Query(pattern=r"^([A-Z0-9]{2,12})?$")]


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def serve_returns(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer at ``/v1/purchases``; authentication says which till of which shop asks."""

    @app.get("/v1/purchases")
    def purchases(request: Request, text: SearchText, shop: ShopInQuery = "") -> FoundPurchases:
        """Find what was bought, in any shop or channel, with what came back of it."""
        with database.reading() as connection:
            return find_purchases(
                connection,
                text,
                asking_shop=request.state.shop,
                shop=shop,
                now_ms=clock.now_ms(),
            )

    @app.exception_handler(WrongCode)
    def wrong_code(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse(Problem(code="wrong_code").model_dump(), 422)
