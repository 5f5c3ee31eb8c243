"""Two copies of one till: what contradicts the chain is kept, told, and taken in when decided."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Row, select

from sync.connectors.port import Connector
from sync.hub.agreement.epochs import FORK, Copies, fork_key, grant_epoch
from sync.hub.bulk import upsert_rows
from sync.hub.conflicts import desk
from sync.hub.intake.applying import NOT_APPLIED, apply_now, stored_op
from sync.hub.intake.effects import Origin
from sync.hub.intake.fact_rows import currency_of, money_of, parked_item, said_by
from sync.hub.intake.sequence import FORKED, SAME_NUMBER
from sync.hub.tables import conflict, epoch_grant, inbox
from sync.hub.tables_desk import desk_item
from sync.wire.v1.base import Notice
from sync.wire.v1.desk import ItemKind, ItemState, Side
from sync.wire.v1.push import Op, Outcome

CLONED, STOPPED = "cloned", "stopped"
TAKEN_IN = "taken_in"  # the code of a fact beside the chain that has had its effect
NOT_TAKEN_IN = "not_taken_in"  # it could not have its effect: that is on the desk
OPEN_FORK = (SAME_NUMBER, FORKED)


def clone_key(till: str, epoch: int) -> str:
    """Return what a desk item about two copies of a till is found again by."""
    return f"{till}:{epoch}"


def keep_beside(
    connection: Connection, origin: Origin, epoch: int, op: Op, code: str, speaker: str
) -> None:
    """Keep a fact whose number or id is taken, with the agent that sent it."""
    row = (
        origin.till, epoch, op.seq, op.hash, op.op_id, op.kind, op.occurred_at_ms, op.body_json,
        op.prev_hash, origin.now_ms, code, op.signature, speaker,
    )  # fmt: skip
    upsert_rows(connection, conflict, [row], "(till, epoch, seq, hash) DO NOTHING")


def part_copies(connection: Connection, till: str, shop: str, copies: Copies, now_ms: int) -> None:
    """Two copies of a till speak in turns: tell the desk, and send the newcomer elsewhere."""
    if copies.are_in_one_epoch:
        send_elsewhere(connection, till, copies.newcomer, copies.epoch, now_ms)
    open_clone_item(connection, till, shop, copies.epoch, now_ms)


def send_elsewhere(
    connection: Connection, till: str, speaker: str, epoch: int, now_ms: int
) -> int:
    """Return the epoch in which a copy gives out numbers of its own from now on."""
    return grant_epoch(
        connection,
        till,
        key=fork_key(speaker, epoch),
        reason=FORK,
        now_ms=now_ms,
        base_epoch=epoch,
    )


def open_clone_item(connection: Connection, till: str, shop: str, epoch: int, now_ms: int) -> None:
    """Put a cloned till on the desk, with what each copy did under the same numbers."""
    beside = _beside(connection, till, epoch)
    shown = [_said(connection, till, epoch, row.seq) for row in beside]
    first = [row for row in shown if row is not None]
    sides = tuple(Side(shop=shop, till=till, rows=said_by(rows)) for rows in (first, beside))
    desk.open_item(
        connection,
        desk.Found(
            kind=ItemKind.TILL_CLONED,
            key=clone_key(till, epoch),
            shop=shop,
            till=till,
            subject=till,
            currency=currency_of(connection, shop),
            at_ms=now_ms,
            money=money_of(beside),
            sides=sides,
            data={"till": till, "epoch": epoch},
        ),
    )


def take_in_fork(
    connection: Connection, connector: Connector, till: str, epoch: int, now_ms: int
) -> int:
    """Let facts that are kept beside the chain have their effect; return how many did.

    They happened, whatever becomes of the copy. Each fork has a number, so that sales of two
    copies may bear the same receipt number. What cannot have its effect goes on the desk, one
    by one; doing it again takes in what came since.
    """
    numbered = _numbered(_beside(connection, till, epoch, every=True))
    return sum(
        _take_in(connection, connector, row, fork, now_ms)
        for fork, row in numbered
        if row.code in OPEN_FORK
    )


def take_in_again(
    connection: Connection, connector: Connector, till: str, epoch: int, digest: str, now_ms: int
) -> None:
    """Try a fact once more that could not be taken in; in vain, it is on the desk again."""
    for fork, row in _numbered(_beside(connection, till, epoch, every=True)):
        if row.code == NOT_TAKEN_IN and row.hash == digest:
            _take_in(connection, connector, row, fork, now_ms)


def _take_in(
    connection: Connection, connector: Connector, row: Row[Any], fork: int, now_ms: int
) -> bool:
    """Let one fact have its effect; False, and a person is told, when it cannot."""
    origin = Origin(row.till, row.till.rpartition("-")[0], now_ms, epoch=row.epoch, fork=fork)
    judgement = apply_now(connection, connector, origin, stored_op(row))
    is_taken = judgement is not None and judgement.outcome != Outcome.PARKED.value
    here = (conflict.c.till == row.till, conflict.c.epoch == row.epoch, conflict.c.seq == row.seq)
    connection.execute(
        conflict.update()
        .where(*here, conflict.c.hash == row.hash)
        .values(code=TAKEN_IN if is_taken else NOT_TAKEN_IN)
    )
    if not is_taken:
        why = judgement.code if judgement else NOT_APPLIED
        desk.open_item(connection, _not_taken_in(connection, row, why, now_ms))
    return is_taken


def _not_taken_in(connection: Connection, row: Row[Any], why: str, now_ms: int) -> desk.Found:
    """Return the desk's item about a copy's fact, beside what the other did under its number."""
    found = parked_item(connection, row, why, now_ms)
    other = _said(connection, row.till, row.epoch, row.seq)
    sides = (Side(shop=found.shop, till=row.till, rows=said_by([other])),) if other else ()
    return replace(
        found,
        key=f"{found.key}:{row.hash}",
        sides=(*sides, *found.sides),
        data={**found.data, "beside": row.hash},
    )


def stop_copy(connection: Connection, till: str, epoch: int, now_ms: int) -> None:
    """Let the copies that left `epoch` sell no more: they are told with each answer."""
    granted = epoch_grant.c
    connection.execute(
        epoch_grant.update()
        .where(
            granted.till == till,
            granted.base_epoch == epoch,
            granted.reason == FORK,
            granted.stopped_at_ms == 0,
        )
        .values(stopped_at_ms=now_ms)
    )


def is_decided(connection: Connection, till: str, epoch: int) -> bool:
    """True when a person said that both copies' facts of an epoch stand."""
    item_id = desk.item_id_of(ItemKind.TILL_CLONED, clone_key(till, epoch))
    wanted = select(desk_item.c.state).where(desk_item.c.item_id == item_id)
    return connection.scalar(wanted) == ItemState.RESOLVED.value


def notices_of(connection: Connection, till: str, epoch: int) -> tuple[Notice, ...]:
    """Return what a till in `epoch` must be told of itself."""
    granted = epoch_grant.c
    row = connection.execute(
        select(granted.base_epoch, granted.stopped_at_ms).where(
            granted.till == till, granted.epoch == epoch
        )
    ).first()
    base, stopped = row or (0, 0)
    ids = [
        desk.item_id_of(ItemKind.TILL_CLONED, clone_key(till, each))
        for each in (epoch, base)
        if each
    ]
    opened = connection.scalar(
        select(desk_item.c.opened_at_ms).where(
            desk_item.c.item_id.in_(ids), desk_item.c.state == ItemState.OPEN.value
        )
    )
    said = ((CLONED, opened), (STOPPED, stopped))
    return tuple(Notice(name=name, since_ms=since) for name, since in said if since)


def _beside(
    connection: Connection, till: str, epoch: int, *, every: bool = False
) -> Sequence[Row[Any]]:
    """Return the facts beside the chain, those with effect too when `every` is wanted."""
    codes = (*OPEN_FORK, TAKEN_IN, NOT_TAKEN_IN) if every else OPEN_FORK
    return connection.execute(
        select(conflict)
        .where(conflict.c.till == till, conflict.c.epoch == epoch, conflict.c.code.in_(codes))
        .order_by(conflict.c.received_at_ms, conflict.c.seq, conflict.c.hash)
    ).all()


def _numbered(rows: Sequence[Row[Any]]) -> list[tuple[int, Row[Any]]]:
    """Return facts in sequence, each with the number of its fork: the first to come is 1."""
    forks: dict[str, int] = {}
    numbered = []
    for row in sorted(rows, key=lambda row: row.seq):
        fork = forks.get(row.prev_hash)
        if fork is None:
            fork = 1 + _rank(rows, row, {each.hash for each in rows})
        forks[row.hash] = fork
        numbered.append((fork, row))
    return numbered


def _rank(rows: Sequence[Row[Any]], root: Row[Any], hashes: set[str]) -> int:
    """Return how many forks came to the hub before the one that begins with `root`."""
    roots = [row.hash for row in rows if row.prev_hash not in hashes]
    return roots.index(root.hash)


def _said(connection: Connection, till: str, epoch: int, seq: int) -> Row[Any] | None:
    return connection.execute(
        select(inbox).where(inbox.c.till == till, inbox.c.epoch == epoch, inbox.c.seq == seq)
    ).first()
