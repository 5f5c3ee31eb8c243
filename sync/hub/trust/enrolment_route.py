"""Where a till presents itself with a code: the one address that asks for no signature."""

from __future__ import annotations

from typing import Protocol

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from sync.hub.database import HubDatabase
from sync.hub.trust.enrolment import EnrolmentRefused, enrol
from sync.hub.trust.keys import HubIdentity
from sync.wire.v1.base import Problem
from sync.wire.v1.enrolment import Enrolled, EnrolmentRequest


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def serve_enrolment(app: FastAPI, database: HubDatabase, hub: HubIdentity, clock: Clock) -> None:
    """Answer at ``/v1/enrol``."""

    @app.post("/v1/enrol", responses={403: {"model": Problem}})
    def enrol_till(request: EnrolmentRequest) -> Enrolled:
        """Make a till known that holds a code; see `sync.wire.v1.enrolment`."""
        with database.transaction() as connection:
            return enrol(connection, hub, request, clock.now_ms())

    @app.exception_handler(EnrolmentRefused)
    async def refused(request: Request, error: EnrolmentRefused) -> JSONResponse:
        return JSONResponse(Problem(code=error.code).model_dump(), 403)
