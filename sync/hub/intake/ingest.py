"""Takes ops in: every one is stored in sequence and acknowledged, whatever it says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Table, bindparam, select

from pos.domain.journal import GENESIS_HASH
from sync.connectors.port import Connector
from sync.hub import tables
from sync.hub.agreement import forks
from sync.hub.agreement.epochs import check_epoch, granted_to, note_speaker
from sync.hub.bulk import ROW_ERRORS, insert_rows, upsert_rows
from sync.hub.database import HubDatabase
from sync.hub.intake.applying import (
    CANNOT_HAVE_EFFECT,
    WAITING,
    Applying,
    outcome_on_wire,
)
from sync.hub.intake.effects import Effects, Origin
from sync.hub.intake.genuine import checking_signatures
from sync.hub.intake.overtaken import end_again, is_overtaken
from sync.hub.intake.readers import WITHHELD, Judgement, aggregate_of, as_found
from sync.hub.intake.sequence import SAME_OP_ID, Known, Mark, Sifted, check_hashes, sift
from sync.hub.tables_returns import return_document
from sync.wire.v1.push import Op, OpResult, Outcome, PushAnswer, PushRequest

APPLIED = (Outcome.APPLIED.value, Outcome.APPLIED_WITH_EXCEPTION.value)

_KNOWN = select(tables.till.c.till, tables.till.c.shop, tables.till.c.public_key).where(
    tables.till.c.till == bindparam("till_id")
)


class UnknownTill(Exception):
    """The till has not presented itself."""


@dataclass(frozen=True, slots=True)
class Till:
    """A till the hub knows; `public_key` is empty until it was enrolled with a code."""

    till: str
    shop: str
    public_key: str


class _Intake:
    """One push, inside its transaction."""

    def __init__(
        self,
        connection: Connection,
        connector: Connector,
        till: Till,
        request: PushRequest,
        speaker: str,
        now_ms: int,
    ) -> None:
        self._connection = connection
        self._connector = connector
        self._till = till
        self._request = request
        self._epoch = request.epoch
        self._speaker = speaker
        self._origin = Origin(till.till, till.shop, now_ms, epoch=request.epoch)
        self._applying = Applying(connection, connector, self._origin)
        self._judged: dict[int, Judgement] = {}
        self.has_fork = False

    def take(self, mark: Mark) -> Mark:
        """Store what is fresh or contradicts, apply what is fresh, and return the mark after.

        Raises:
            BrokenChain: An op follows nothing that is known.
            BadSignature: An op is not the till's.
        """
        ops = self._request.ops
        known = self._known(ops)
        sifted = sift(ops, mark, known, self._beside(ops))
        with checking_signatures(
            self._connection, self._till.till, self._epoch, self._till.public_key, ops, known
        ):
            self._take_in(sifted, known)
        self.has_fork = any(code != SAME_OP_ID for _, code in sifted.conflicts)
        return Mark(sifted.fresh[-1].seq, sifted.fresh[-1].hash) if sifted.fresh else mark

    def _take_in(self, sifted: Sifted, known: Mapping[int, Known]) -> None:
        for op in sifted.duplicates:
            has_body = op.body_json is not None or known[op.seq].has_body
            self._judged[op.seq] = Judgement(Outcome.DUPLICATE.value, "" if has_body else WITHHELD)
        for op, code in sifted.conflicts:
            self._keep_beside(op, code)
        self._store(sifted)
        for op in sifted.completed:
            self._complete(op)
        if self._request.is_repair:
            self._repair(sifted.duplicates)

    def results(self) -> tuple[OpResult, ...]:
        """Return the outcome of each op."""
        told = [(op, *outcome_on_wire(self._judged[op.seq])) for op in self._request.ops]
        return tuple(
            OpResult(seq=op.seq, op_id=op.op_id, outcome=outcome, code=code)
            for op, outcome, code in told
        )

    def _known(self, ops: Sequence[Op]) -> dict[int, Known]:
        inbox = tables.inbox.c
        rows = self._connection.execute(
            select(
                inbox.seq, inbox.hash, inbox.body_json.is_not(None), inbox.signature != ""
            ).where(
                inbox.till == self._till.till,
                inbox.epoch == self._epoch,
                inbox.seq.between(ops[0].seq, ops[-1].seq),
            )
        )
        return {seq: Known(digest, bool(body), bool(signed)) for seq, digest, body, signed in rows}

    def _beside(self, ops: Sequence[Op]) -> dict[str, str]:
        """Return why facts are kept beside the chain, from the one before `ops` on."""
        conflict = tables.conflict.c
        rows = self._connection.execute(
            select(conflict.hash, conflict.code).where(
                conflict.till == self._till.till,
                conflict.epoch == self._epoch,
                conflict.seq.between(ops[0].seq - 1, ops[-1].seq),
            )
        )
        return {row.hash: row.code for row in rows}

    def _store(self, sifted: Sifted) -> None:
        """Store and apply all fresh ops at once; when anything fails, each by itself."""
        fresh = sifted.fresh
        if not fresh:
            return
        if overtaken := is_overtaken(self._connection, self._till.till, self._epoch, fresh):
            self._origin = replace(self._origin, is_late=True)
            self._applying = Applying(self._connection, self._connector, self._origin)
        self._store_fresh(fresh)
        if overtaken:
            end_again(self._connection, self._applying, self._till.till, self._epoch)

    def _store_fresh(self, fresh: Sequence[Op]) -> None:
        self._applying.look_up(fresh)
        effects = Effects()
        judged = {op.seq: self._applying.read(op, effects) for op in fresh}
        rows = [self._inbox_row(op, judged[op.seq]) for op in fresh]
        try:
            with self._connection.begin_nested():
                insert_rows(self._connection, tables.inbox, rows)
                effects.write(self._connection, self._connector)
        except CANNOT_HAVE_EFFECT:
            for op in fresh:
                self._store_alone(op)
        else:
            self._judged.update(judged)
            self._keep_exceptions(fresh, effects)

    def _keep_exceptions(self, ops: Sequence[Op], effects: Effects) -> None:
        """Note what only acts found, after the facts were stored as applied."""
        for op in ops:
            if op.op_id in effects.exceptions:
                judgement = as_found(op, self._judged[op.seq], effects)
                values = {"outcome": judgement.outcome, "code": judgement.code}
                self._connection.execute(self._stored(op).values(**values))
                self._judged[op.seq] = judgement

    def _store_alone(self, op: Op) -> None:
        try:
            with self._connection.begin_nested():
                row = self._inbox_row(op, Judgement(WAITING))
                insert_rows(self._connection, tables.inbox, [row])
        except ROW_ERRORS:
            self._keep_beside(op, SAME_OP_ID)
            return
        self._apply(op, self._applying)

    def _complete(self, op: Op) -> None:
        """Apply an op that was stored before, without its body or its effect."""
        late = Applying(self._connection, self._connector, replace(self._origin, is_late=True))
        late.look_up([op])
        self._apply(op, late)

    def _apply(self, op: Op, applying: Applying) -> None:
        """Give a stored op its effect, or note that it waits."""
        judgement, is_tried = applying.apply_alone(op)
        is_waiting = judgement.outcome == WAITING
        self._connection.execute(
            self._stored(op).values(
                body_json=op.body_json,
                outcome=judgement.outcome,
                code=judgement.code,
                aggregate=aggregate_of(op) if is_waiting else "",
                tries=int(is_tried),
            )
        )
        self._judged[op.seq] = judgement

    def _repair(self, duplicates: Sequence[Op]) -> None:
        """Apply once more the sales and returns that the hub knows and lost the effect of."""
        lost = self._without_row(duplicates, "sale.completed", tables.sale)
        lost |= self._without_row(duplicates, "return.completed", return_document)
        for op in duplicates:
            if op.op_id in lost:
                self._complete(op)

    def _without_row(self, ops: Sequence[Op], kind: str, table: Table) -> set[str]:
        """Return the ids of ops of a kind that were applied and have no row in the table."""
        ids = [op.op_id for op in ops if op.kind == kind]
        inbox, row = tables.inbox.c, table.c
        known = select(inbox.op_id).outerjoin(table, row.op_id == inbox.op_id)
        lost = (inbox.op_id.in_(ids), inbox.outcome.in_(APPLIED), row.op_id.is_(None))
        return set(self._connection.scalars(known.where(*lost))) if ids else set()

    def _keep_beside(self, op: Op, code: str) -> None:
        forks.keep_beside(self._connection, self._origin, self._epoch, op, code, self._speaker)
        self._judged[op.seq] = Judgement(Outcome.CONFLICT.value, code)

    def _inbox_row(self, op: Op, judgement: Judgement) -> tuple[Any, ...]:
        aggregate = aggregate_of(op) if judgement.outcome == WAITING else ""
        return (
            self._till.till, self._epoch, op.seq, op.op_id, op.kind, op.occurred_at_ms,
            op.body_json, op.prev_hash, op.hash, self._origin.now_ms,
            judgement.outcome, judgement.code, op.signature, aggregate, 0,
        )  # fmt: skip

    def _stored(self, op: Op) -> Any:
        inbox = tables.inbox
        return inbox.update().where(
            inbox.c.till == self._till.till,
            inbox.c.epoch == self._epoch,
            inbox.c.seq == op.seq,
        )


def receive(
    database: HubDatabase,
    connector: Connector,
    till: str,
    request: PushRequest,
    *,
    now_ms: int,
    speaker: str = "",
) -> PushAnswer:
    """Take a push in and answer it; when this returns, everything it says is durable.

    A push that begins above the mark's successor stores nothing; its answer holds the mark,
    so that the till goes back to it.

    Args:
        speaker: Names the process that pushes, so that two copies of a till are told apart.

    Raises:
        UnknownTill: The till has not presented itself.
        BrokenChain: A hash is wrong; nothing was stored.
        BadSignature: A fact is not signed by the till; nothing was stored.
        EpochTooHigh: No till can be in that epoch; nothing was stored.
        OperationalError, StoreUnavailable: The database is away; nothing was stored, or, when
            the commit failed, it may have been: the same push again tells.
    """
    check_hashes(till, request.epoch, request.ops)
    results: tuple[OpResult, ...] = ()
    with database.transaction() as connection:
        known = known_till(connection, till)
        check_epoch(connection, till, request.epoch)
        mark = _locked_mark(connection, till, request.epoch)
        hear(connection, known, speaker, request.epoch, now_ms)
        if request.from_seq <= mark.through + 1:
            intake = _Intake(connection, connector, known, request, speaker, now_ms)
            mark = intake.take(mark)
            results = intake.results()
            if intake.has_fork:
                _part(connection, connector, known, request, speaker, now_ms)
        _save_mark(connection, till, request, mark, now_ms)
        move_to = granted_to(connection, till, fork_name(speaker, request), request.epoch)
        notices = forks.notices_of(connection, till, request.epoch)
    return PushAnswer(
        till=till,
        epoch=request.epoch,
        received_through=mark.through,
        chain_head=mark.head,
        hub_time_ms=now_ms,
        results=results,
        move_to_epoch=move_to,
        notices=notices,
    )


def hear(connection: Connection, till: Till, speaker: str, epoch: int, now_ms: int) -> None:
    """Note which process speaks for a till; two that take turns go on the desk.

    Raises:
        EpochTooHigh: No till can be in that epoch.
    """
    check_epoch(connection, till.till, epoch)
    if not speaker:
        return
    copies = note_speaker(connection, till.till, speaker, epoch, now_ms)
    if copies is not None:
        forks.part_copies(connection, till.till, till.shop, copies, now_ms)


def fork_name(speaker: str, request: PushRequest) -> str:
    """Return what a copy goes by: its process, or, unnamed, where its facts begin."""
    return speaker or request.ops[0].hash


def _part(
    connection: Connection,
    connector: Connector,
    till: Till,
    request: PushRequest,
    speaker: str,
    now_ms: int,
) -> None:
    """Facts contradict the chain: send who says so elsewhere, and tell the desk."""
    name = fork_name(speaker, request)
    forks.send_elsewhere(connection, till.till, name, request.epoch, now_ms)
    forks.open_clone_item(connection, till.till, till.shop, request.epoch, now_ms)
    if forks.is_decided(connection, till.till, request.epoch):
        forks.take_in_fork(connection, connector, till.till, request.epoch, now_ms)


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


def known_till(connection: Connection, till: str) -> Till:
    """Return a till.

    Raises:
        UnknownTill: It has not presented itself.
    """
    row = connection.execute(_KNOWN, {"till_id": till}).first()
    if row is None:
        raise UnknownTill(till)
    return Till(*row)


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


def _save_mark(
    connection: Connection, till: str, request: PushRequest, mark: Mark, now_ms: int
) -> None:
    marks = tables.till_mark.c
    values = {"received_through": mark.through, "chain_head": mark.head}
    here = (marks.till == till, marks.epoch == request.epoch)
    connection.execute(tables.till_mark.update().where(*here).values(**values))
    if request.is_repair:
        connection.execute(
            tables.till_mark.update()
            .where(*here, marks.send_again_from >= request.from_seq)
            .values(send_again_from=0)
        )
    connection.execute(
        tables.till.update().where(tables.till.c.till == till).values(last_seen_at_ms=now_ms)
    )
