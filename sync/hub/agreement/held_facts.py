"""What the hub holds of a till, for a till that was set up again; and how a till says it is."""

from __future__ import annotations

from sqlalchemy import Connection, select

from sync.hub.agreement.digests import asked_again
from sync.hub.agreement.epochs import check_epoch, grant_epoch, marks_of
from sync.hub.agreement.forks import notices_of
from sync.hub.intake.applying import stored_op
from sync.hub.intake.ingest import Till, hear
from sync.hub.tables import inbox, till
from sync.wire.v1.push import Op, OpsPage
from sync.wire.v1.tills import EpochGranted, EpochRequest, ReportAnswer, TillReport

PAGE_BYTES = 4 * 1024 * 1024
ROWS_AT_A_TIME = 20  # a fact may be a mebibyte long


def facts_page(
    connection: Connection, till_id: str, epoch: int, from_seq: int, limit: int, now_ms: int
) -> OpsPage:
    """Return facts of an epoch from a number on, about `PAGE_BYTES` of them and at least one.

    The inbox keeps every fact for ever, so that a till can be set up again at any time. Facts
    beside the chain, of a copy of the till, are not among them.
    """
    wanted = (
        select(inbox)
        .where(inbox.c.till == till_id, inbox.c.epoch == epoch, inbox.c.seq >= from_seq)
        .order_by(inbox.c.seq)
        .limit(limit + 1)
    )
    ops: list[Op] = []
    room, more = PAGE_BYTES, False
    with connection.execution_options(yield_per=ROWS_AT_A_TIME).execute(wanted) as rows:
        for row in rows:
            room -= len(row.body_json or "")
            if len(ops) == limit or (ops and room < 0):
                more = True
                break
            ops.append(stored_op(row))
    return OpsPage(till=till_id, epoch=epoch, ops=tuple(ops), more=more, hub_time_ms=now_ms)


def next_epoch(
    connection: Connection, till_id: str, asked: EpochRequest, now_ms: int
) -> EpochGranted:
    """Give a till an epoch to go on in: it was restored, and cannot know its last number.

    Raises:
        EpochTooHigh: No till can have been where it says.
    """
    check_epoch(connection, till_id, asked.above)
    epoch = grant_epoch(
        connection,
        till_id,
        key=f"asked:{asked.op_id}",
        reason=asked.reason,
        now_ms=now_ms,
        above=max(1, asked.above),
    )
    return EpochGranted(epoch=epoch, known=marks_of(connection, till_id), hub_time_ms=now_ms)


def take_report(
    connection: Connection, known: Till, report: TillReport, speaker: str, now_ms: int
) -> ReportAnswer:
    """Keep what a till says of itself, and tell it what it must know."""
    hear(connection, known, speaker, report.epoch, now_ms)
    epoch, from_seq = asked_again(connection, known.till, report.epoch)
    connection.execute(
        till.update()
        .where(till.c.till == known.till)
        .values(
            report=report.model_dump_json(),
            app_version=report.app_version,
            last_seen_at_ms=now_ms,
        )
    )
    return ReportAnswer(
        hub_time_ms=now_ms,
        notices=notices_of(connection, known.till, report.epoch),
        send_again_from=from_seq,
        send_again_epoch=epoch,
    )
