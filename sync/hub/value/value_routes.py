"""What tills ask about cards while a customer waits; authentication says which till asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse
from sqlalchemy import Connection

from pos.domain.scan_codes import StoredValueScan, read_own_code
from pos.domain.stored_value import CardRefusal
from sync.hub.database import HubDatabase
from sync.hub.value import guessing, holds
from sync.hub.value.ledger import OpIdUsed
from sync.wire.v1.base import Problem
from sync.wire.v1.claims import Released
from sync.wire.v1.value import (
    BalanceAnswer,
    BalanceRequest,
    ReleaseValueRequest,
    ReserveAnswer,
    ReserveRequest,
)

TOO_MANY: dict[int | str, dict[str, object]] = {429: {"model": Problem}}
CONFLICT: dict[int | str, dict[str, object]] = {409: {"model": Problem}}


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


class NotACode(Exception):
    """A code that was mistyped."""


class TooManyGuesses(Exception):
    """The till asked for too many cards there are none of."""


def serve_value(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer below ``/v1/value``."""

    @app.post("/v1/value/balance", responses=TOO_MANY)
    def balance(asked: BalanceRequest, request: Request) -> BalanceAnswer:
        """Say what is on a card."""
        till, now_ms = request.state.till, clock.now_ms()
        _check(asked.code)
        with database.reading() as connection:
            _check_tries(connection, till, now_ms)
            answer = holds.balance(connection, asked.code, now_ms)
        if answer.state is None:
            with database.transaction() as connection:
                guessing.count(connection, till, now_ms)
        return answer

    @app.post("/v1/value/reserve", responses=TOO_MANY | CONFLICT)
    def reserve(asked: ReserveRequest, request: Request) -> ReserveAnswer:
        """Set an amount aside for a ticket."""
        till, now_ms = request.state.till, clock.now_ms()
        _check(asked.code)
        with database.transaction() as connection:
            _check_tries(connection, till, now_ms)
            answer = holds.reserve(
                connection, till=till, shop=request.state.shop, request=asked, now_ms=now_ms
            )
            if answer.refusal is CardRefusal.UNKNOWN:
                guessing.count(connection, till, now_ms)
        return answer

    @app.post("/v1/value/release")
    def release(asked: ReleaseValueRequest, request: Request) -> Released:
        """Take back what was set aside and not used."""
        with database.transaction() as connection:
            return holds.release(connection, till=request.state.till, request=asked)

    app.add_exception_handler(OpIdUsed, _answer_with(409, "op_id_used"))
    app.add_exception_handler(NotACode, _answer_with(422, "wrong_code"))
    app.add_exception_handler(TooManyGuesses, _answer_with(429, "too_many_tries"))


def _check(code: str) -> None:
    if not isinstance(read_own_code(code), StoredValueScan):
        raise NotACode


def _check_tries(connection: Connection, till: str, now_ms: int) -> None:
    if guessing.is_locked(connection, till, now_ms):
        raise TooManyGuesses


def _answer_with(status: int, code: str) -> Callable[[Request, Exception], JSONResponse]:
    def answer(_request: Request, _error: Exception) -> JSONResponse:
        return JSONResponse(Problem(code=code).model_dump(), status)

    return answer
