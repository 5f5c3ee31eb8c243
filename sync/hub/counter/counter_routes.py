"""What a till asks while a customer waits: who may go on with a ticket, and where a sale is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Protocol

from fastapi import FastAPI, Query, Request
from fastapi.responses import JSONResponse

from pos.domain.scan_codes import ReceiptScan, read_own_code
from sync.hub.counter import claims
from sync.hub.counter.receipts_found import find_sales
from sync.hub.database import HubDatabase
from sync.wire.v1.base import Problem
from sync.wire.v1.claims import ClaimAnswer, ClaimRequest, Released, ReleaseRequest
from sync.wire.v1.receipts import FoundSales

Code = Annotated[str, Query(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z:.\-]+$")]
ShopInQuery = Annotated[str, Query(pattern=r"^([A-Z0-9]{2,12})?$")]


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


class WrongCode(Exception):
    """A printed code that was mistyped, or that names no receipt."""


def serve_counter(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer at ``/v1/claims`` and ``/v1/sales``; authentication says which till asks."""

    @app.post("/v1/claims", responses={409: {"model": Problem}})
    def claim(asked: ClaimRequest, request: Request) -> ClaimAnswer:
        """Let one till go on with a thing that several could take."""
        with database.transaction() as connection:
            return claims.ask(
                connection,
                till=request.state.till,
                shop=request.state.shop,
                request=asked,
                now_ms=clock.now_ms(),
            )

    @app.post("/v1/claims/release")
    def release(asked: ReleaseRequest, request: Request) -> Released:
        """Take a claim back that was not used."""
        with database.transaction() as connection:
            return claims.release(
                connection, till=request.state.till, request=asked, now_ms=clock.now_ms()
            )

    @app.get("/v1/sales")
    def sales(code: Code, shop: ShopInQuery = "") -> FoundSales:
        """Find a sale by the code or the number on its receipt."""
        number, named_shop = _number_of(code)
        with database.reading() as connection:
            return find_sales(connection, number, named_shop or shop, clock.now_ms())

    app.add_exception_handler(claims.OpIdUsed, _answer_with(409, "op_id_used"))
    app.add_exception_handler(WrongCode, _answer_with(422, "wrong_code"))


def _number_of(code: str) -> tuple[str, str]:
    """Return the number a code names, and the shop when it names one.

    Raises:
        WrongCode: It was mistyped, or names something else.
    """
    if ":" not in code:
        return code, ""
    read = read_own_code(code)
    if not isinstance(read, ReceiptScan):
        raise WrongCode(code)
    return read.number, read.shop


def _answer_with(status: int, code: str) -> Callable[[Request, Exception], JSONResponse]:
    def answer(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse(Problem(code=code).model_dump(), status)

    return answer
