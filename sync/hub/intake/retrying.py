"""Tries again what could not be applied; after five times in vain a person must look."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, and_, exists, or_, select

from sync.connectors.port import Connector
from sync.hub.background import Background, Rest
from sync.hub.conflicts import desk
from sync.hub.conflicts.watch_findings import (
    Knowledge,
    is_not_understood,
    not_read,
    stored_fact,
)
from sync.hub.database import HubDatabase
from sync.hub.intake.applying import NOT_APPLIED, WAITING, apply_now, stored_op
from sync.hub.intake.effects import Origin
from sync.hub.intake.fact_rows import currency_of, parked_item
from sync.hub.intake.readers import aggregate_of
from sync.hub.tables import inbox
from sync.wire.v1.push import Outcome

TRIES = 5
EVERY_S = 10.0
AT_A_TIME = 1_000
KEPT_ASIDE = "kept_aside"
DECIDED = "decided"  # the code of what waits because a person wants it applied

log = logging.getLogger("sync.hub")


def retry_waiting(database: HubDatabase, connector: Connector, now_ms: int) -> int:
    """Try each fact that waits once more, the oldest first; return how many were applied.

    A fact that fails holds up those about the same thing and no others.
    """
    blocked: set[tuple[str, str]] = set()
    applied = 0
    for till, epoch, seq, aggregate in _waiting(database):
        if (till, aggregate) in blocked:
            continue
        with database.transaction() as connection:
            is_applied = _try_again(connection, connector, till, epoch, seq, now_ms)
        if is_applied:
            applied += 1
        else:
            blocked.add((till, aggregate))
    return applied


def _waiting(database: HubDatabase) -> Sequence[tuple[str, int, int, str]]:
    """Return the oldest facts that wait, but those behind one that waits for a person."""
    first = inbox.alias()
    is_held_up = exists().where(
        first.c.till == inbox.c.till,
        first.c.aggregate == inbox.c.aggregate,
        first.c.aggregate != "",
        first.c.outcome != WAITING,
        or_(
            first.c.epoch < inbox.c.epoch,
            and_(first.c.epoch == inbox.c.epoch, first.c.seq < inbox.c.seq),
        ),
    )
    with database.reading() as connection:
        rows = connection.execute(
            select(inbox.c.till, inbox.c.epoch, inbox.c.seq, inbox.c.aggregate)
            .where(inbox.c.aggregate != "", inbox.c.outcome == WAITING, ~is_held_up)
            .order_by(inbox.c.till, inbox.c.epoch, inbox.c.seq)
            .limit(AT_A_TIME)
        ).all()
    return [(till, epoch, seq, aggregate) for till, epoch, seq, aggregate in rows]


def apply_again(connection: Connection, till: str, epoch: int, seq: int) -> None:
    """Have a parked fact tried again, by a person's decision.

    A sale counts then also when another fact sold the same ticket: both were paid.
    """
    row = _stored(connection, till, epoch, seq)
    if row is not None and row.outcome == Outcome.PARKED.value and row.body_json is not None:
        _change(
            connection,
            row,
            outcome=WAITING,
            code=DECIDED,
            tries=0,
            aggregate=aggregate_of(stored_op(row)),
        )


def keep_aside(connection: Connection, till: str, epoch: int, seq: int) -> None:
    """Leave a parked fact without effect; what is about the same goes on."""
    row = _stored(connection, till, epoch, seq)
    if row is not None and row.outcome == Outcome.PARKED.value:
        _change(connection, row, code=KEPT_ASIDE, aggregate="")


def retrying(
    database: HubDatabase,
    connector: Connector,
    now_ms: Callable[[], int],
    *,
    every_s: float = EVERY_S,
) -> Background:
    """Try again now and then, until it is closed."""

    def work(_rest: Rest) -> None:
        if applied := retry_waiting(database, connector, now_ms()):
            log.info("applied what waited", extra={"facts": applied})

    return Background("retrier", work, every_s=every_s)


def _try_again(
    connection: Connection, connector: Connector, till: str, epoch: int, seq: int, now_ms: int
) -> bool:
    row = _stored(connection, till, epoch, seq)
    if row is None or row.outcome != WAITING:
        return True  # another hub process was here
    shop = till.rpartition("-")[0]
    origin = Origin(till, shop, now_ms, epoch=epoch, is_late=True, is_beside=row.code == DECIDED)
    judgement = apply_now(connection, connector, origin, stored_op(row))
    tries = row.tries + 1
    if judgement is not None:
        _change(
            connection,
            row,
            outcome=judgement.outcome,
            code=judgement.code,
            aggregate="",
            tries=tries,
        )
        _tell_not_understood(connection, till, epoch, seq, now_ms)
        return True
    if tries < TRIES:
        _change(connection, row, tries=tries)
        return False
    log.error("fact parked", extra={"till": till, "epoch": epoch, "seq": seq, "kind": row.kind})
    _change(connection, row, outcome=Outcome.PARKED.value, code=NOT_APPLIED, tries=tries)
    desk.open_item(connection, parked_item(connection, row, NOT_APPLIED, now_ms))
    return False


def _tell_not_understood(
    connection: Connection, till: str, epoch: int, seq: int, now_ms: int
) -> None:
    """Put on the desk what was found to be unreadable: the watch went past it while it waited."""
    fact = stored_fact(_stored(connection, till, epoch, seq))
    if is_not_understood(fact):
        known = Knowledge(
            prices=None, names={}, currency=currency_of(connection, fact.shop), now_ms=now_ms
        )
        desk.open_item(connection, not_read(fact, known))


def _stored(connection: Connection, till: str, epoch: int, seq: int) -> Row[Any] | None:
    return connection.execute(
        select(inbox)
        .where(inbox.c.till == till, inbox.c.epoch == epoch, inbox.c.seq == seq)
        .with_for_update()
    ).first()


def _change(connection: Connection, row: Row[Any], **values: object) -> None:
    connection.execute(
        inbox.update()
        .where(inbox.c.till == row.till, inbox.c.epoch == row.epoch, inbox.c.seq == row.seq)
        .values(**values)
    )
