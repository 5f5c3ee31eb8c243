"""Forgets what is no longer needed of people; facts and their ids are kept for ever.

What goes: enrolment codes that nobody used in time, ended sessions of the pages, approvals older
than 90 days (a given one not before the fact that names it came), and from items resolved longer
ago than that the names and notes; of orders closed longer ago what their customers were sent and
which till claimed them, and after the guarantee who they were. What stays: every fact of every
till with its id and hash (a till may come back after any time, and books are kept six years:
Código de Comercio, art. 30), every used code (it says which epoch and key a till was given: else
another machine would give out the same numbers), and that an item was resolved, when and by which
staff id.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, Row, exists, or_, select

from sync.hub.background import Background, Rest
from sync.hub.conflicts.desk import STREAM
from sync.hub.database import HubDatabase
from sync.hub.orders.forgetting import forget_changes, forget_customers, forget_uses
from sync.hub.publishing.feed_numbers import of_shop, take_numbers
from sync.hub.tables import enrolment_code, inbox
from sync.hub.tables_counter import approval
from sync.hub.tables_desk import desk_fact, desk_item, desk_session
from sync.wire.v1.approvals import ApprovalState
from sync.wire.v1.desk import ItemState, RowKind

DAY_MS = 24 * 3_600_000
KEPT_MS = 90 * DAY_MS
EVERY_S = 3_600.0
AT_A_TIME = 200
# Rows of a side that people wrote or that name them.
PERSONAL = frozenset({RowKind.STAFF.value, RowKind.DETAIL.value})

log = logging.getLogger("sync.hub")


def forget(database: HubDatabase, now_ms: int) -> dict[str, int]:
    """Delete what is past its time; return how much of each kind went."""
    with database.transaction() as connection:
        gone = {
            "codes": connection.execute(
                enrolment_code.delete().where(
                    enrolment_code.c.used_at_ms == 0,
                    enrolment_code.c.expires_at_ms < now_ms - DAY_MS,
                )
            ).rowcount,
            "sessions": connection.execute(
                desk_session.delete().where(desk_session.c.expires_at_ms <= now_ms)
            ).rowcount,
            "approvals": _forget_approvals(connection, now_ms - KEPT_MS),
            "uses": forget_uses(connection, now_ms - KEPT_MS, now_ms),
            "changes": forget_changes(connection, now_ms - KEPT_MS),
        }
    gone["customers"] = forget_customers(database, now_ms)
    gone["items"] = _forget_people(database, now_ms - KEPT_MS)
    return gone


def forgetting(database: HubDatabase, now_ms: Callable[[], int]) -> Background:
    """Forget once an hour, until it is closed."""

    def work(_rest: Rest) -> None:
        gone = forget(database, now_ms())
        if any(gone.values()):
            log.info("forgot what is past its time", extra=gone)

    return Background("retention", work, every_s=EVERY_S)


def _forget_approvals(connection: Connection, before_ms: int) -> int:
    """Delete old approvals, but those given ones that no fact names yet.

    A till that comes back after any time must not be taken for one that made an approval up.
    """
    is_used = exists().where(inbox.c.op_id == approval.c.request_id)
    is_given = approval.c.state == ApprovalState.GRANTED.value
    return connection.execute(
        approval.delete().where(approval.c.requested_at_ms < before_ms, or_(~is_given, is_used))
    ).rowcount


def _forget_people(database: HubDatabase, before_ms: int) -> int:
    """Take names and notes out of items resolved before a moment, a few per transaction."""
    count = 0
    while True:
        with database.transaction() as connection:
            rows = _with_people(connection, before_ms)
            for row in rows:
                _strip(connection, row)
        count += len(rows)
        if len(rows) < AT_A_TIME:
            return count


def _with_people(connection: Connection, before_ms: int) -> list[Row[Any]]:
    rows = connection.execute(
        select(desk_item)
        .where(
            desk_item.c.state == ItemState.RESOLVED.value,
            desk_item.c.resolved_at_ms < before_ms,
            desk_item.c.body_json.not_like('%"forgotten": true%'),
        )
        .limit(AT_A_TIME)
    )
    return list(rows)


def _strip(connection: Connection, row: Row[Any]) -> None:
    """Take people out of an item and its acts, and have the tills told."""
    body = json.loads(row.body_json)
    for side in body["sides"]:
        side["rows"] = [said for said in side["rows"] if said["kind"] not in PERSONAL]
    body["forgotten"] = True
    (number,) = take_numbers(connection, of_shop(STREAM, row.shop), 1)
    connection.execute(
        desk_item.update()
        .where(desk_item.c.item_id == row.item_id)
        .values(body_json=json.dumps(body, ensure_ascii=False, sort_keys=True), change=number)
    )
    acts = connection.execute(select(desk_fact).where(desk_fact.c.item_id == row.item_id)).all()
    for act in acts:
        said = json.loads(act.body_json) | {"note": ""}
        connection.execute(
            desk_fact.update()
            .where(desk_fact.c.op_id == act.op_id)
            .values(body_json=json.dumps(said, ensure_ascii=False, sort_keys=True))
        )
