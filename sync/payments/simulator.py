"""A payment provider to try things with: a process of its own that misbehaves when told to.

Its state is in a file and survives being killed. ``POST /control`` says how it is to misbehave,
``GET /ledger`` what money moved: what a test holds the hub's own books against.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Annotated

import uvicorn
from fastapi import FastAPI, Request, Response
from fastapi import Path as InPath
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from sync.payments.http_provider import FoundMessage, OutcomeMessage
from sync.payments.ledger import Ledger, NoSuchPayment
from sync.payments.port import Outcome

MAX_MINOR = 10**12
MAX_SLOW_MS = 60_000
Id = Annotated[str, InPath(min_length=1, max_length=200)]
Minor = Annotated[int, Field(ge=0, le=MAX_MINOR)]
Times = Annotated[int | None, Field(ge=0, le=1_000_000)]


class Message(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Authorise(Message):
    amount: Minor
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Capture(Message):
    amount: Minor


class Refund(Message):
    payment_id: Annotated[str, Field(min_length=1, max_length=200)]
    amount: Annotated[int, Field(gt=0, le=MAX_MINOR)]


class Control(Message):
    """How to misbehave from now on; what is not named stays as it is.

    Attributes:
        decline: How many of the next payments are declined.
        refuse_refund: How many of the next refunds are refused.
        refunds_pending: 1: refunds wait until they are confirmed.
        confirm_refunds: Confirm those that wait, now.
        errors: How many of the next requests fail before anything is done.
        lose_answer: How many of the next requests are done and not answered.
        die: How many of the next requests are done, and the process killed before it answers.
        slow_ms: For how long every answer is held back.
    """

    decline: Times = None
    refuse_refund: Times = None
    refunds_pending: Annotated[int | None, Field(ge=0, le=1)] = None
    confirm_refunds: bool = False
    errors: Times = None
    lose_answer: Times = None
    die: Times = None
    slow_ms: Annotated[int | None, Field(ge=0, le=MAX_SLOW_MS)] = None


class LostAnswer(Response):
    """Promises more than it sends, so that the connection breaks."""

    def init_headers(self, headers: object = None) -> None:
        self.raw_headers = [(b"content-length", b"1000"), (b"content-type", b"application/json")]


def create_simulator(ledger: Ledger) -> FastAPI:
    """Return the provider as an ASGI application."""
    app = FastAPI(title="Payment simulator", docs_url=None, redoc_url=None)
    app.add_exception_handler(NoSuchPayment, _unknown)
    _serve_payments(app, ledger)
    _serve_control(app, ledger)
    return app


async def _unknown(request: Request, error: Exception) -> JSONResponse:
    return JSONResponse({"code": "no_such_payment"}, 404)


def _serve_payments(app: FastAPI, ledger: Ledger) -> None:
    @app.post("/payments/{payment_id}/authorise")
    def authorise(payment_id: Id, said: Authorise) -> Response:
        return _done(ledger, lambda: ledger.authorise(payment_id, said.amount, said.currency))

    @app.post("/payments/{payment_id}/capture")
    def capture(payment_id: Id, said: Capture) -> Response:
        return _done(ledger, lambda: ledger.capture(payment_id, said.amount))

    @app.post("/payments/{payment_id}/void")
    def void(payment_id: Id) -> Response:
        return _done(ledger, lambda: ledger.void(payment_id))

    @app.post("/refunds/{refund_id}")
    def refund(refund_id: Id, said: Refund) -> Response:
        return _done(ledger, lambda: ledger.refund(refund_id, said.payment_id, said.amount))

    @app.get("/payments/{payment_id}")
    def look_up(payment_id: Id) -> FoundMessage:
        found = ledger.look_up(payment_id)
        return FoundMessage(
            standing=found.standing, captured=found.captured, refunded=found.refunded
        )


def _done(ledger: Ledger, act: Callable[[], Outcome]) -> Response:
    """Do something unless it is to fail, and answer unless the answer is to be lost."""
    if ledger.takes("errors"):
        return JSONResponse({"code": "broken"}, 500)
    outcome = act()
    if ledger.takes("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(ledger.level("slow_ms") / 1000)
    if ledger.takes("lose_answer"):
        return LostAnswer()
    message = OutcomeMessage(answer=outcome.answer, reason=outcome.reason)
    return JSONResponse(message.model_dump(mode="json"))


def _serve_control(app: FastAPI, ledger: Ledger) -> None:
    @app.get("/ledger")
    def totals() -> dict[str, int]:
        return ledger.totals()

    @app.post("/control")
    def control(said: Control) -> dict[str, bool]:
        for name, value in said.model_dump(exclude={"confirm_refunds"}).items():
            if value is not None:
                ledger.behave(name, value)
        if said.confirm_refunds:
            ledger.confirm_refunds()
        return {"ok": True}


def run(data: Path, port: int = 0) -> None:
    """Serve on this machine until told to end; prints ``payments ready URL`` when it answers.

    Args:
        data: The file its state is in.
        port: 0 takes a free one.

    Raises:
        OSError: The port is taken.
        StoreUnavailable: The file cannot be opened.
    """
    data.parent.mkdir(parents=True, exist_ok=True)
    with (
        closing(Ledger(data)) as ledger,
        socket.create_server(("127.0.0.1", port)) as listener,
    ):
        config = uvicorn.Config(
            create_simulator(ledger), log_config=None, access_log=False, lifespan="off"
        )
        sys.stdout.write(f"payments ready http://127.0.0.1:{listener.getsockname()[1]}\n")
        sys.stdout.flush()  # the socket takes connections already
        uvicorn.Server(config).run(sockets=[listener])
