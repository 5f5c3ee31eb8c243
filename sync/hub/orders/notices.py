"""What the customer of an order is told: queued with what happened, sent afterwards, recorded.

Every sending is a row of its own, kept with its text; a sending that fails is tried again with
pauses that grow, under the same message id. A customer without an e-mail address is told by
people: the row says so.
"""

from __future__ import annotations

import io
import json
import logging
from dataclasses import replace
from enum import Enum
from typing import Any

import segno
from sqlalchemy import Connection, Row, func, select

from pos.domain.collection import OPEN_STATES, Order, OrderState
from sync.hub.admin import get_setting
from sync.hub.bulk import upsert_rows
from sync.hub.database import HubDatabase
from sync.hub.orders import book
from sync.hub.orders.codes import pickup_code_of, signing_key
from sync.hub.orders.notice_texts import WITH_CODE, notice_text
from sync.hub.tables_orders import order_notice
from sync.messages.port import Mail, MailNotSent, Messenger

QUEUED, SENT, FAILED = "queued", "sent", "failed"
NO_ADDRESS, OVERTAKEN = "no_address", "overtaken"
FIRST_PAUSE_MS = 60_000
LONGEST_PAUSE_MS = 3_600_000
MOST_TRIES = 48  # about two days
AT_A_TIME = 50
QR_SCALE = 6  # pixels a module

log = logging.getLogger("sync.hub")


class Kind(Enum):
    """What is told; the values are stored."""

    PLACED = "placed"
    READY = "ready"
    REMINDER = "reminder"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    SUBSTITUTE = "substitute"
    EXTENDED = "extended"
    MOVED = "moved"


# What nobody wants to read once the order is past these states.
_TRUE_WHILE = {
    Kind.PLACED: OPEN_STATES,
    Kind.READY: frozenset({OrderState.READY, OrderState.EXPIRED}),
    Kind.REMINDER: frozenset({OrderState.READY}),
    Kind.EXTENDED: frozenset({OrderState.STAGED, OrderState.READY}),
    Kind.SUBSTITUTE: OPEN_STATES,
    Kind.MOVED: OPEN_STATES,
}


def queue(
    connection: Connection, order: Order, kind: Kind, now_ms: int, *, turn: int | None = None
) -> None:
    """Queue what the customer is to be told of an order as it is now.

    Args:
        turn: Which telling of this kind it is; one that was queued is not queued again. None:
            one more.
    """
    number = _told(connection, order.order_id, kind) + 1 if turn is None else turn
    told = notice_text(order, kind.value, get_setting(connection, order.shop, "shop"))
    body = {"subject": told.subject, "text": told.text, "has_code": kind.value in WITH_CODE}
    state, error = (QUEUED, "") if order.email else (FAILED, NO_ADDRESS)
    row = (
        f"{order.order_id}-{kind.value}-{number}", order.order_id, kind.value, order.email,
        json.dumps(body, ensure_ascii=False), state, now_ms, now_ms, 0, 0, error,
    )  # fmt: skip
    upsert_rows(connection, order_notice, [row], "(notice_id) DO NOTHING")


def ask_again(connection: Connection, order_id: str, now_ms: int) -> None:
    """Tell the customer once more that the order is ready, if it is.

    Raises:
        NoSuchOrder: The hub knows no such order.
    """
    known = book.held(connection, order_id)
    if known.order.state is not OrderState.READY:
        return
    order = replace(known.order, notified_at_ms=(*known.order.notified_at_ms, now_ms))
    book.save(connection, known, order)
    queue(connection, order, Kind.READY, now_ms)


def send_due(database: HubDatabase, messenger: Messenger, now_ms: int) -> int:
    """Send what waits; return how many were sent."""
    with database.reading() as connection:
        notice_ids = connection.scalars(
            select(order_notice.c.notice_id)
            .where(order_notice.c.state == QUEUED, order_notice.c.next_try_at_ms <= now_ms)
            .order_by(order_notice.c.next_try_at_ms)
            .limit(AT_A_TIME)
        ).all()
    return sum(_send(database, messenger, notice_id, now_ms) for notice_id in notice_ids)


def pause_ms(tries: int) -> int:
    """Return how long to wait after so many tries in vain."""
    return int(min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << min(tries, 16)))


def _send(database: HubDatabase, messenger: Messenger, notice_id: str, now_ms: int) -> bool:
    with database.transaction() as connection:
        row = _taken(connection, notice_id, now_ms)
        mail = None if row is None else _mail(connection, row, now_ms)
        if row is None or mail is None:
            return False
    try:
        messenger.send(mail)
    except MailNotSent as error:
        is_over = error.is_final or row.tries >= MOST_TRIES
        log.warning("notice not sent", extra={"notice": notice_id, "reason": str(error)[:100]})
        _note(database, notice_id, state=FAILED if is_over else QUEUED, error=str(error)[:200])
        return False
    _note(database, notice_id, state=SENT, sent_at_ms=now_ms, error="")
    return True


def _taken(connection: Connection, notice_id: str, now_ms: int) -> Row[Any] | None:
    """Count a try before it is made, so that no other hub process makes it too."""
    notice = order_notice.c
    row = connection.execute(
        select(order_notice)
        .where(notice.notice_id == notice_id, notice.state == QUEUED)
        .where(notice.next_try_at_ms <= now_ms)
        .with_for_update()
    ).first()
    if row is not None:
        connection.execute(
            order_notice.update()
            .where(notice.notice_id == notice_id)
            .values(tries=row.tries + 1, next_try_at_ms=now_ms + pause_ms(row.tries))
        )
    return row


def _mail(connection: Connection, row: Row[Any], now_ms: int) -> Mail | None:
    """Return the letter; None when it is no longer true, which is noted."""
    order = book.get(connection, row.order_id)
    if order is None or order.state not in _TRUE_WHILE.get(Kind(row.kind), {order.state}):
        connection.execute(
            order_notice.update()
            .where(order_notice.c.notice_id == row.notice_id)
            .values(state=FAILED, error=OVERTAKEN)
        )
        return None
    body = json.loads(row.body_json)
    picture = _picture(pickup_code_of(order, signing_key(connection))) if body["has_code"] else b""
    return Mail(row.notice_id, row.address, body["subject"], body["text"], b"", now_ms, picture)


def _picture(code: str) -> bytes:
    file = io.BytesIO()
    segno.make_qr(code, error="m").save(file, kind="png", scale=QR_SCALE)
    return file.getvalue()


def _note(database: HubDatabase, notice_id: str, **values: object) -> None:
    with database.transaction() as connection:
        connection.execute(
            order_notice.update().where(order_notice.c.notice_id == notice_id).values(**values)
        )


def _told(connection: Connection, order_id: str, kind: Kind) -> int:
    count = connection.scalar(
        select(func.count()).where(
            order_notice.c.order_id == order_id, order_notice.c.kind == kind.value
        )
    )
    return int(count or 0)
