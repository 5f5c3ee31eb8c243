"""Cancelling an order: at once when nobody can be handing it over, else once that is sure."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from pos.domain.collection import Order, OrderState
from pos.domain.collection_decisions import cancelled
from pos.domain.collection_rules import Contradiction, why_not
from sync.hub.orders import book, in_doubt, notices, reserving
from sync.hub.orders.refunding import owe

ASKED, DONE = "order.cancel_asked", "order.cancelled"
IS_CANCELLED = frozenset({OrderState.CANCELLED, OrderState.RESTOCKED})


def ask(connection: Connection, order_id: str, happened: book.Happened, reason: str) -> Order:
    """Cancel an order, or note that it is to be cancelled; return it as it is then.

    The same op id again, and an order that is cancelled already, change nothing.

    Raises:
        NoSuchOrder: There is none.
        Contradiction: It was collected already.
        OpIdUsed: The op id is of something else.
    """
    order = book.known(connection, order_id)
    is_noted = book.is_noted(connection, order_id, happened.op_id, {ASKED, DONE})
    if is_noted or order.state in IS_CANCELLED:
        return order
    if finish(connection, order_id, happened, reason):
        return book.known(connection, order_id)
    known = book.held(connection, order_id)
    order = replace(known.order, cancel_asked=True)
    book.save(connection, known, order)
    book.note(connection, order_id, ASKED, happened, {"order_id": order_id, "reason": reason})
    return order


def finish(connection: Connection, order_id: str, happened: book.Happened, reason: str) -> bool:
    """Cancel an order unless it may be on its way over a counter; return whether it is done.

    What was paid is owed, the goods that nobody picked may be sold, the customer is told.

    Raises:
        NoSuchOrder: There is none.
        Contradiction: It was collected meanwhile; nothing was changed.
    """
    seen = book.known(connection, order_id)
    is_being_handed_over = in_doubt.locked_claim(connection, seen, happened.at_ms)
    known = book.held(connection, order_id)
    if known.order.state in IS_CANCELLED:
        return True
    if not known.order.is_open:
        raise Contradiction(why_not(known.order.state))
    if is_being_handed_over or in_doubt.may_be_leaving(connection, known.order, happened.at_ms):
        return False
    order = cancelled(known.order, at_ms=happened.at_ms)
    book.save(connection, known, order)
    reserving.settle(connection, order)
    tell(connection, order, happened, reason, happened.at_ms)
    owe(connection, order_id, "cancelled", happened.at_ms)
    return True


def tell(
    connection: Connection, order: Order, happened: book.Happened, reason: str, now_ms: int
) -> None:
    """Note why an order was cancelled, and tell its customer."""
    book.note(connection, order.order_id, DONE, happened, {"reason": reason})
    notices.queue(connection, order, notices.Kind.CANCELLED, now_ms)


def give_up(connection: Connection, order_id: str) -> None:
    """Take back that an order is to be cancelled: the customer has it."""
    known = book.held(connection, order_id)
    if known.order.cancel_asked:
        book.save(connection, known, replace(known.order, cancel_asked=False))
