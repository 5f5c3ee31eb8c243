"""Carries out what was asked for of orders and could not be decided at once.

Staff at a till and web shops ask (cancel, move, tell once more); what they asked is an event of
the order. It is done when an event with the same op id and `DONE` behind it says what became of
it: so that no ask is carried out twice or forgotten, whichever hub process ends in between.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, exists, or_, select

from pos.domain.collection_rules import Contradiction
from sync.hub.admin import NotKnown
from sync.hub.database import HubDatabase
from sync.hub.orders import book, cancelling, moving, notices
from sync.hub.orders.goods import Unplaceable
from sync.hub.orders.order_numbers import RandomBytes
from sync.hub.tables_orders import customer_order, order_event

DONE = "/done"
REFUSED = "order.ask_refused"
TOLD = "order.notice_queued"
AT_A_TIME = 200
LOOKED_BACK_MS = 90 * 24 * 3_600_000

log = logging.getLogger("sync.hub")


@dataclass(frozen=True, slots=True)
class Ask:
    """An event that asks for something, and how its answer is noted."""

    order_id: str
    kind: str
    body: Mapping[str, Any]
    answer: book.Happened


Handler = Callable[[Connection, Ask, RandomBytes], bool]  # False: not yet


def carry_out_asks(database: HubDatabase, now_ms: int, random_bytes: RandomBytes) -> int:
    """Do what can be done of what was asked; return how many were answered."""
    with database.reading() as connection:
        rows = _open_asks(connection, now_ms)
    return sum(_carry_out(database, row, now_ms, random_bytes) for row in rows)


def _open_asks(connection: Connection, now_ms: int) -> Sequence[Row[Any]]:
    answer = order_event.alias()
    is_open = exists().where(
        customer_order.c.order_id == order_event.c.order_id, customer_order.c.closed_at_ms == 0
    )
    return connection.execute(
        select(order_event)
        .where(
            order_event.c.kind.in_(HANDLERS),
            # The clock of a till may be years behind: what is open is looked at in any case.
            or_(order_event.c.at_ms > now_ms - LOOKED_BACK_MS, is_open),
            order_event.c.outcome == book.APPLIED,
            ~exists().where(answer.c.op_id == order_event.c.op_id.concat(DONE)),
        )
        .order_by(order_event.c.at_ms)
        .limit(AT_A_TIME)
    ).all()


def _carry_out(
    database: HubDatabase, row: Row[Any], now_ms: int, random_bytes: RandomBytes
) -> bool:
    ask = Ask(
        row.order_id,
        row.kind,
        json.loads(row.body_json),
        book.Happened(row.op_id + DONE, now_ms, staff_id=row.staff_id),
    )
    try:
        with database.transaction() as connection:
            if not HANDLERS[row.kind](connection, ask, random_bytes):
                return False
            _note_done(connection, ask)
    except (Contradiction, NotKnown, Unplaceable, book.NoSuchOrder) as error:
        with database.transaction() as connection:
            _refuse(connection, ask, error)
    return True


def _note_done(connection: Connection, ask: Ask) -> None:
    """Note that an ask was answered; what noted it already under that op id stands."""
    book.note(connection, ask.order_id, TOLD, ask.answer, {})


def _refuse(connection: Connection, ask: Ask, error: Exception) -> None:
    code = error.code if isinstance(error, Contradiction | Unplaceable) else "unknown_shop"
    log.info("ask refused", extra={"kind": ask.kind, "code": code})
    if ask.kind == cancelling.ASKED:
        cancelling.give_up(connection, ask.order_id)
    book.note(connection, ask.order_id, REFUSED, ask.answer, {"asked": ask.kind}, outcome=code)


def _cancel(connection: Connection, ask: Ask, _random_bytes: RandomBytes) -> bool:
    return cancelling.finish(connection, ask.order_id, ask.answer, str(ask.body.get("reason", "")))


def _move(connection: Connection, ask: Ask, random_bytes: RandomBytes) -> bool:
    to_shop = str(ask.body.get("to_shop", ""))
    return moving.finish(connection, ask.order_id, to_shop, ask.answer, random_bytes)


def _tell_again(connection: Connection, ask: Ask, _random_bytes: RandomBytes) -> bool:
    notices.ask_again(connection, ask.order_id, ask.answer.at_ms)
    return True


def _tell(kind: notices.Kind) -> Handler:
    def tell(connection: Connection, ask: Ask, _random_bytes: RandomBytes) -> bool:
        order = book.held(connection, ask.order_id).order
        notices.queue(connection, order, kind, ask.answer.at_ms)
        return True

    return tell


HANDLERS: Mapping[str, Handler] = {
    cancelling.ASKED: _cancel,
    moving.ASKED: _move,
    "order.notice_asked": _tell_again,
    "order.hold_extended": _tell(notices.Kind.EXTENDED),
    "order.substitute_proposed": _tell(notices.Kind.SUBSTITUTE),
}
