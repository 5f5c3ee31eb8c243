"""Where tills ask for overrides: ask, look, take back."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import FastAPI, Request
from fastapi import Path as InPath
from fastapi.responses import JSONResponse

from sync.hub.counter import approvals
from sync.hub.database import HubDatabase
from sync.wire.v1.approvals import ApprovalAnswer, ApprovalRequest
from sync.wire.v1.base import Problem

RequestId = Annotated[str, InPath(min_length=1, max_length=64, pattern=r"^[A-Za-z0-9._:\-]+$")]


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


class NoSuchRequest(LookupError):
    """The till never asked under this id."""


def serve_approvals(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    """Answer below ``/v1/approvals``; the middleware has said which till asks."""

    @app.post("/v1/approvals")
    def ask(request: Request, asked: ApprovalRequest) -> ApprovalAnswer:
        """Put an override before the managers of the till's shop."""
        with database.transaction() as connection:
            return approvals.ask(
                connection, request.state.till, request.state.shop, asked, clock.now_ms()
            )

    @app.get("/v1/approvals/{request_id}")
    def look(request: Request, request_id: RequestId) -> ApprovalAnswer:
        """Say what became of a request."""
        with database.reading() as connection:
            return _found(
                approvals.look(connection, request.state.till, request_id, clock.now_ms())
            )

    @app.post("/v1/approvals/{request_id}/withdraw")
    def withdraw(request: Request, request_id: RequestId) -> ApprovalAnswer:
        """Take a request back that nobody decided yet."""
        with database.transaction() as connection:
            return _found(
                approvals.withdraw(connection, request.state.till, request_id, clock.now_ms())
            )

    @app.exception_handler(approvals.NotAsked)
    async def not_asked(request: Request, error: approvals.NotAsked) -> JSONResponse:
        return JSONResponse(Problem(code=error.code).model_dump(), 422)

    @app.exception_handler(NoSuchRequest)
    async def not_found(request: Request, error: NoSuchRequest) -> JSONResponse:
        return JSONResponse(Problem(code="unknown_request").model_dump(), 404)


def _found(answer: ApprovalAnswer | None) -> ApprovalAnswer:
    if answer is None:
        raise NoSuchRequest
    return answer
