"""Takes ops in: every one is stored in sequence and acknowledged, whatever it says."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.journal import GENESIS_HASH
from sync.connectors.port import Connector
from sync.hub import tables
from sync.hub.bulk import ROW_ERRORS, insert_rows, upsert_rows
from sync.hub.database import HubDatabase
from sync.hub.effects import Effects, NotApplicable, Origin
from sync.hub.effects_sales import session_days
from sync.hub.readers import Judgement, read_effects
from sync.hub.sequence import SAME_OP_ID, Known, Mark, Sifted, check_hashes, sift
from sync.wire.v1.push import Op, OpResult, Outcome, PushAnswer, PushRequest

NOT_APPLIED = "not_applied"
CANNOT_HAVE_EFFECT = (*ROW_ERRORS, NotApplicable)


class UnknownTill(Exception):
    """The till has not presented itself."""


class _Intake:
    """One push, inside its transaction."""

    def __init__(
        self, connection: Connection, connector: Connector, origin: Origin, epoch: int, now_ms: int
    ) -> None:
        self._connection = connection
        self._connector = connector
        self._origin = origin
        self._epoch = epoch
        self._now_ms = now_ms
        self._judged: dict[int, Judgement] = {}

    def take(self, ops: Sequence[Op], mark: Mark) -> Mark:
        """Store what is fresh or contradicts, apply what is fresh, and return the mark after."""
        sifted = sift(ops, mark, self._known(ops), self._forks(ops[0].seq))
        for op in sifted.duplicates:
            self._judged[op.seq] = Judgement(Outcome.DUPLICATE.value)
        for op, code in sifted.conflicts:
            self._keep_beside(op, code)
        self._store(sifted)
        for op in sifted.completed:
            self._complete(op)
        return Mark(sifted.fresh[-1].seq, sifted.fresh[-1].hash) if sifted.fresh else mark

    def results(self, ops: Sequence[Op]) -> tuple[OpResult, ...]:
        """Return the outcome of each op."""
        return tuple(
            OpResult(
                seq=op.seq,
                op_id=op.op_id,
                outcome=Outcome(self._judged[op.seq].outcome),
                code=self._judged[op.seq].code,
            )
            for op in ops
        )

    def _known(self, ops: Sequence[Op]) -> dict[int, Known]:
        inbox = tables.inbox.c
        rows = self._connection.execute(
            select(inbox.seq, inbox.hash, inbox.body_json.is_not(None)).where(
                inbox.till == self._origin.till,
                inbox.epoch == self._epoch,
                inbox.seq.between(ops[0].seq, ops[-1].seq),
            )
        )
        return {seq: Known(digest, bool(has_body)) for seq, digest, has_body in rows}

    def _forks(self, first_seq: int) -> set[str]:
        """Return the facts kept beside the chain that an op at `first_seq` may follow."""
        conflict = tables.conflict.c
        return set(
            self._connection.scalars(
                select(conflict.hash).where(
                    conflict.till == self._origin.till,
                    conflict.epoch == self._epoch,
                    conflict.seq == first_seq - 1,
                )
            )
        )

    def _store(self, sifted: Sifted) -> None:
        """Store and apply all fresh ops at once; when anything fails, each by itself."""
        fresh = sifted.fresh
        if not fresh:
            return
        self._origin.days.update(session_days(self._connection, fresh))
        effects = Effects()
        judged = {op.seq: self._judge(op, effects) for op in fresh}
        try:
            with self._connection.begin_nested():
                insert_rows(
                    self._connection,
                    tables.inbox,
                    [self._inbox_row(op, judged[op.seq]) for op in fresh],
                )
                effects.write(self._connection, self._connector)
        except CANNOT_HAVE_EFFECT:
            for op in fresh:
                self._store_alone(op)
        else:
            self._judged.update(judged)

    def _store_alone(self, op: Op) -> None:
        effects = Effects()
        judgement = self._judge(op, effects)
        try:
            with self._connection.begin_nested():
                insert_rows(self._connection, tables.inbox, [self._inbox_row(op, judgement)])
        except ROW_ERRORS:
            self._keep_beside(op, SAME_OP_ID)
            return
        self._judged[op.seq] = self._apply(op, effects, judgement)

    def _apply(self, op: Op, effects: Effects, judgement: Judgement) -> Judgement:
        """Write the effects of a stored op, or note that they could not be."""
        try:
            with self._connection.begin_nested():
                effects.write(self._connection, self._connector)
        except CANNOT_HAVE_EFFECT:
            judgement = Judgement(Outcome.PARKED.value, NOT_APPLIED)
        self._connection.execute(
            self._stored(op).values(
                body_json=op.body_json, outcome=judgement.outcome, code=judgement.code
            )
        )
        return judgement

    def _complete(self, op: Op) -> None:
        """Apply an op that was stored without its body before."""
        self._origin.days.update(session_days(self._connection, [op]))
        effects = Effects()
        self._judged[op.seq] = self._apply(op, effects, self._judge(op, effects))

    def _judge(self, op: Op, effects: Effects) -> Judgement:
        return read_effects(op, self._origin, effects)

    def _keep_beside(self, op: Op, code: str) -> None:
        row = (
            self._origin.till, self._epoch, op.seq, op.hash, op.op_id, op.kind,
            op.occurred_at_ms, op.body_json, op.prev_hash, self._now_ms, code, "", "",
        )  # fmt: skip
        upsert_rows(
            self._connection, tables.conflict, [row], "(till, epoch, seq, hash) DO NOTHING"
        )
        self._judged[op.seq] = Judgement(Outcome.CONFLICT.value, code)

    def _inbox_row(self, op: Op, judgement: Judgement) -> tuple[Any, ...]:
        return (
            self._origin.till, self._epoch, op.seq, op.op_id, op.kind, op.occurred_at_ms,
            op.body_json, op.prev_hash, op.hash, self._now_ms,
            judgement.outcome, judgement.code, "", "", 0,
        )  # fmt: skip

    def _stored(self, op: Op) -> Any:
        inbox = tables.inbox
        return inbox.update().where(
            inbox.c.till == self._origin.till,
            inbox.c.epoch == self._epoch,
            inbox.c.seq == op.seq,
        )


def receive(
    database: HubDatabase, connector: Connector, till: str, request: PushRequest, *, now_ms: int
) -> PushAnswer:
    """Take a push in and answer it; when this returns, everything it says is durable.

    A push that begins above the mark's successor stores nothing; its answer holds the mark,
    so that the till goes back to it.

    Raises:
        UnknownTill: The till has not presented itself.
        BrokenChain: A hash is wrong; nothing was stored.
        OperationalError, StoreUnavailable: The database is away; nothing was stored, or, when
            the commit failed, it may have been: the same push again tells.
    """
    check_hashes(till, request.epoch, request.ops)
    results: tuple[OpResult, ...] = ()
    with database.transaction() as connection:
        known = _till(connection, till)
        mark = _locked_mark(connection, till, request.epoch)
        if request.from_seq <= mark.through + 1:
            intake = _Intake(
                connection, connector, Origin(till, known.shop, now_ms), request.epoch, now_ms
            )
            mark = intake.take(request.ops, mark)
            results = intake.results(request.ops)
        _save_mark(connection, till, request.epoch, mark, now_ms)
    return PushAnswer(
        till=till,
        epoch=request.epoch,
        received_through=mark.through,
        chain_head=mark.head,
        hub_time_ms=now_ms,
        results=results,
    )


def latest_mark(connection: Connection, till: str) -> tuple[int, Mark]:
    """Return a till's latest epoch and how far its facts have arrived there."""
    marks = tables.till_mark.c
    row = connection.execute(
        select(marks.epoch, marks.received_through, marks.chain_head)
        .where(marks.till == till)
        .order_by(marks.epoch.desc())
        .limit(1)
    ).first()
    return (row[0], Mark(row[1], row[2])) if row else (1, Mark(0, GENESIS_HASH))


def _till(connection: Connection, till: str) -> Row[Any]:
    row = connection.execute(select(tables.till.c.shop).where(tables.till.c.till == till)).first()
    if row is None:
        raise UnknownTill(till)
    return row


def _locked_mark(connection: Connection, till: str, epoch: int) -> Mark:
    """Return the mark; pushes of the same till wait here for each other."""
    upsert_rows(
        connection,
        tables.till_mark,
        [(till, epoch, 0, GENESIS_HASH, 0, 0)],
        "(till, epoch) DO NOTHING",
    )
    marks = tables.till_mark.c
    row = connection.execute(
        select(marks.received_through, marks.chain_head)
        .where(marks.till == till, marks.epoch == epoch)
        .with_for_update()
    ).one()
    return Mark(*row)


def _save_mark(connection: Connection, till: str, epoch: int, mark: Mark, now_ms: int) -> None:
    marks = tables.till_mark
    connection.execute(
        marks.update()
        .where(marks.c.till == till, marks.c.epoch == epoch)
        .values(received_through=mark.through, chain_head=mark.head)
    )
    connection.execute(
        tables.till.update().where(tables.till.c.till == till).values(last_seen_at_ms=now_ms)
    )
