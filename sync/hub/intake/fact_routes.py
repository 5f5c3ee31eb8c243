"""Where tills bring their facts, compare them with the hub's, and get them back."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import FastAPI, Query, Request, Response
from fastapi import Path as InPath

from sync.connectors.port import Connector
from sync.hub.agreement import desk_of_tills, digests, held_facts, tills
from sync.hub.agreement.epochs import marks_of
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import hear, known_till, receive
from sync.hub.intake.reading import PushRoute
from sync.wire.v1.base import LARGEST, MAX_OPS
from sync.wire.v1.push import OpsPage, PushAnswer, PushRequest
from sync.wire.v1.tills import (
    Digest,
    DigestAnswer,
    EpochGranted,
    EpochRequest,
    EpochsHeld,
    ReportAnswer,
    TillDigest,
    TillReport,
)

TillInPath = Annotated[str, InPath(pattern=r"^[A-Z0-9]{2,12}-[1-9][0-9]{0,5}$")]
Day = Annotated[str, Query(pattern=r"^(all|\d{4}-\d{2}-\d{2})$")]
EpochInQuery = Annotated[int, Query(ge=1, le=1_000_000)]
SeqInQuery = Annotated[int, Query(ge=1, le=LARGEST)]
OpsInQuery = Annotated[int, Query(ge=1, le=MAX_OPS)]


class Clock(Protocol):
    """Time from outside."""

    def now_ms(self) -> int:
        """Return UTC as Unix milliseconds."""


def serve_facts(app: FastAPI, database: HubDatabase, connector: Connector, clock: Clock) -> None:
    """Answer below ``/v1/tills/{till}``; authentication says which process of a till asks."""
    desk_of_tills.register(connector)
    _serve_pushes(app, database, connector, clock)
    _serve_journal(app, database, clock)
    _serve_standing(app, database, clock)


def _serve_pushes(app: FastAPI, database: HubDatabase, connector: Connector, clock: Clock) -> None:
    def push(till: TillInPath, push: PushRequest, request: Request) -> Response:
        """Store facts in sequence, each once, and say what became of each."""
        answer = receive(
            database,
            connector,
            till,
            push,
            now_ms=clock.now_ms(),
            speaker=request.state.incarnation,
        )
        # Written here: FastAPI would take the answer of two hundred facts apart first.
        return Response(answer.model_dump_json(), media_type="application/json")

    app.router.add_api_route(
        "/v1/tills/{till}/ops",
        push,
        methods=["POST"],
        response_model=PushAnswer,
        route_class_override=PushRoute,
    )


def _serve_journal(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    @app.get("/v1/tills/{till}/ops")
    def ops(
        till: TillInPath,
        epoch: EpochInQuery,
        from_seq: SeqInQuery = 1,
        limit: OpsInQuery = MAX_OPS,
    ) -> OpsPage:
        """Give facts back to a till that was set up again."""
        with database.reading() as connection:
            known_till(connection, till)
            now_ms = clock.now_ms()
            return held_facts.facts_page(connection, till, epoch, from_seq, limit, now_ms)

    @app.post("/v1/tills/{till}/epochs")
    def begin_epoch(till: TillInPath, asked: EpochRequest) -> EpochGranted:
        """Give a till an epoch that nobody has given out numbers in."""
        with database.transaction() as connection:
            known_till(connection, till)
            return held_facts.next_epoch(connection, till, asked, clock.now_ms())

    @app.get("/v1/tills/{till}/epochs")
    def epochs(till: TillInPath) -> EpochsHeld:
        """Say how far the facts of each epoch have arrived."""
        with database.reading() as connection:
            known_till(connection, till)
            return EpochsHeld(known=marks_of(connection, till), hub_time_ms=clock.now_ms())


def _serve_standing(app: FastAPI, database: HubDatabase, clock: Clock) -> None:
    @app.get("/v1/tills/{till}/digest")
    def digest(till: TillInPath, day: Day = tills.ALL_DAYS) -> Digest:
        """Say what the hub holds of a till, in all its epochs."""
        with database.reading() as connection:
            return tills.digest(connection, till, day)

    @app.post("/v1/tills/{till}/digest")
    def compare(till: TillInPath, said: TillDigest, request: Request) -> DigestAnswer:
        """Compare what a till holds with what the hub holds."""
        with database.transaction() as connection:
            known = known_till(connection, till)
            now_ms = clock.now_ms()
            hear(connection, known, request.state.incarnation, said.epoch, now_ms)
            return digests.compare(connection, known, said, now_ms)

    @app.post("/v1/tills/{till}/report")
    def report(till: TillInPath, said: TillReport, request: Request) -> ReportAnswer:
        """Keep how a till stands."""
        with database.transaction() as connection:
            known = known_till(connection, till)
            speaker = request.state.incarnation
            return held_facts.take_report(connection, known, said, speaker, clock.now_ms())
