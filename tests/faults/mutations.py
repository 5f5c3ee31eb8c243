"""Ways to spoil the program inside a victim, so that a rig has something to find.

Each is what a careless change would do. A rig that stays green with one of its own is blind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from threading import Thread
from typing import Any

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from pos.domain.errors import StoreUnavailable
from pos.domain.journal import Fact
from pos.store import engine as store_engine
from pos.store import returns, sales, till_store
from sync.agent import pushing
from sync.hub.intake import fact_routes
from sync.wire.v1.push import OpResult, Outcome, PushAnswer, PushRequest

NONE = ""


def _commit_waits_for_no_disk() -> None:
    """`synchronous = NORMAL`: a commit is in the operating system's memory, no further."""
    spoilt: Mapping[str, str | int] = {**store_engine.WRITER_PRAGMAS, "synchronous": 1}
    store_engine.WRITER_PRAGMAS = spoilt  # type: ignore[misc]


def _sale_in_two_transactions() -> None:
    """The rows of a sale are committed before its fact is."""
    add = sales.StoredSales.add

    def add_and_commit(self: sales.StoredSales, sale: Any) -> None:
        add(self, sale)
        self._sql.run("COMMIT")
        self._sql.run("BEGIN IMMEDIATE")

    sales.StoredSales.add = add_and_commit  # type: ignore[method-assign]


def _return_in_two_transactions() -> None:
    """The rows of a return are committed before its fact is."""
    add = returns.StoredReturns.add

    def add_and_commit(self: returns.StoredReturns, document: Any) -> None:
        add(self, document)
        self._sql.run("COMMIT")
        self._sql.run("BEGIN IMMEDIATE")

    returns.StoredReturns.add = add_and_commit  # type: ignore[method-assign]


def _failed_commit_is_called_good() -> None:
    """An error of the disk while committing is overlooked."""

    @contextmanager
    def careless(engine: Engine) -> Iterator[Connection]:
        with engine.connect() as connection:
            work = connection.begin()
            try:
                yield connection
            except BaseException:
                work.rollback()
                raise
            try:
                work.commit()
            except DBAPIError:
                connection.invalidate()

    till_store.transaction = careless  # type: ignore[attr-defined]


def _unknown_is_called_refused() -> None:
    """After an error of the disk while committing, the cashier is told that nothing was."""

    def hasty(engine: Engine, connection: Connection, error: DBAPIError) -> None:
        connection.invalidate()
        engine.dispose()
        raise StoreUnavailable(str(error)) from error

    store_engine._after_failed_commit = hasty


def _acknowledged_when_sent() -> None:
    """The agent marks facts as soon as they are on their way."""
    facts = pushing.Pushing._facts

    def hasty(self: pushing.Pushing) -> list[Fact]:
        found = facts(self)
        if found:
            last = found[-1]
            self._store.mark_acknowledged(last.epoch, last.seq, last.hash, 0)
        return found

    pushing.Pushing._facts = hasty  # type: ignore[method-assign]


def _answered_before_stored() -> None:
    """The hub answers a push, and stores it afterwards."""
    receive = fact_routes.receive  # type: ignore[attr-defined]

    def hasty(*said: Any, now_ms: int, **more: Any) -> PushAnswer:
        request: PushRequest = next(each for each in said if isinstance(each, PushRequest))
        till: str = next(each for each in said if isinstance(each, str))
        Thread(target=receive, args=said, kwargs={"now_ms": now_ms, **more}).start()
        return PushAnswer(
            till=till,
            epoch=request.epoch,
            received_through=request.ops[-1].seq,
            chain_head=request.ops[-1].hash,
            hub_time_ms=now_ms,
            results=tuple(
                OpResult(seq=op.seq, op_id=op.op_id, outcome=Outcome.APPLIED, code="")
                for op in request.ops
            ),
        )

    fact_routes.receive = hasty  # type: ignore[attr-defined]


MUTATIONS: dict[str, Callable[[], None]] = {
    "commit waits for no disk": _commit_waits_for_no_disk,
    "sale in two transactions": _sale_in_two_transactions,
    "return in two transactions": _return_in_two_transactions,
    "failed commit is called good": _failed_commit_is_called_good,
    "unknown is called refused": _unknown_is_called_refused,
    "acknowledged when sent": _acknowledged_when_sent,
    "answered before stored": _answered_before_stored,
}


def spoil(name: str) -> None:
    """Apply a mutation to this process; no name, no change."""
    if name:
        MUTATIONS[name]()
