"""Refunds to cards of which a till did not say what became: shown like card payments are."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from pos.domain.return_purchase import Means
from pos.domain.returns import ReturnFlag
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk import Found
from sync.hub.conflicts.desk_cards import OPEN_STATES
from sync.hub.tables_desk import desk_item
from sync.hub.tables_returns import return_document, return_refund, return_reissue
from sync.wire.v1.desk import ItemKind, ItemState, RowKind, Side
from sync.wire.v1.desk import Row as SideRow

WAITS_MS = 5 * 60_000
KIND = ItemKind.CARD_REFUND_UNKNOWN


def open_refunds(connection: Connection, now_ms: int) -> list[Found]:
    """Return card refunds whose end nobody knew for five minutes.

    A time ahead of the hub's is a till's wrong clock and says nothing, as of a card payment. One
    that was promised without the hub the till asks for when it sees the hub again; it is found
    when it was asked and the answer was lost.
    """
    refund, document, again = return_refund.c, return_document.c, return_reissue.c
    at_ms = func.coalesce(again.at_ms, document.completed_at_ms)
    rows = connection.execute(
        select(
            return_refund,
            func.coalesce(again.till, document.till).label("till"),
            document.number,
            at_ms.label("completed_at_ms"),
        )
        .join(return_document, document.return_id == refund.return_id)
        .outerjoin(return_reissue, again.refund_id == refund.refund_id)
        .where(
            refund.means == Means.CARD.value,
            refund.state.in_(OPEN_STATES),
            or_(
                at_ms <= now_ms - WAITS_MS,
                at_ms > now_ms + WAITS_MS,
            ),
            or_(
                again.refund_id.is_not(None),
                refund.state != OPEN_STATES[0],
                document.flags.not_like(f"%{ReturnFlag.OFFLINE.value}%"),
            ),
        )
    )
    return [_found(row, now_ms) for row in rows]


def ended_refunds(connection: Connection) -> list[str]:
    """Return refunds that are on the desk although their end is known by now."""
    items = connection.execute(
        select(desk_item.c.dedupe_key).where(
            desk_item.c.kind == KIND.value,
            desk_item.c.state == ItemState.OPEN.value,
            desk_item.c.body_json.not_like('%"contradicted": true%'),
        )
    )
    on_desk = [key.partition(":")[2] for (key,) in items]
    ended = select(return_refund.c.refund_id).where(
        return_refund.c.refund_id.in_(on_desk), return_refund.c.state.not_in(OPEN_STATES)
    )
    return list(connection.scalars(ended))


def settle_ended(connection: Connection, refund_ids: list[str], now_ms: int) -> None:
    """Take refunds off the desk whose end is known."""
    for refund_id in refund_ids:
        desk.settle(connection, KIND, refund_id, now_ms)


def _found(row: Row[Any], now_ms: int) -> Found:
    shop = row.till.rpartition("-")[0]
    rows = (
        SideRow(kind=RowKind.AT, number=row.completed_at_ms),
        SideRow(kind=RowKind.TOTAL, number=row.amount),
        SideRow(kind=RowKind.DOCUMENT, text=row.number),
        SideRow(kind=RowKind.STATE, text=row.state),
    )
    return Found(
        KIND,
        row.refund_id,
        shop,
        row.till,
        row.number,
        row.currency,
        now_ms,
        row.amount,
        (Side(shop=shop, till=row.till, rows=rows),),
        {"return_id": row.return_id, "refund_id": row.refund_id},
    )
