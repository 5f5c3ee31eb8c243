"""What a prepaid order owes its customer: worked out from what happened, requested once.

What is owed is what was captured less what the order is still worth, or gave back at a counter,
less what was asked for already. Nobody says "refund this line": whoever changes an order calls
`owe`, as often as they like and in any order, and what comes out is never above what was paid and
counts no unit twice.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, func, select

from pos.domain.collection import Order, OrderLine, OrderState, PaymentState, ShortReason
from sync.hub.bulk import upsert_rows
from sync.hub.orders import book, unpaid
from sync.hub.tables_orders import order_payment, order_refund
from sync.hub.tables_returns import return_refund

HANDED_OVER = frozenset({OrderState.COLLECTED, OrderState.PARTLY_COLLECTED})
BACK_IN_STOCK = frozenset({OrderState.CANCELLED, OrderState.RESTOCKED})
STILL_PICKED = frozenset({OrderState.PLACED, OrderState.PICKING})


class RefundState(Enum):
    """Where a refund is; the values are stored."""

    REQUESTED = "requested"
    CONFIRMED = "confirmed"
    REFUSED = "refused"  # by the provider; a person decides
    WITHDRAWN = "withdrawn"  # before the provider was asked: the goods went out after all
    REPLACED = "replaced"  # refused, and asked for anew under another id


GAVE_NOTHING = "failed"  # the state of a return's refund of which no money moved
ASKED = frozenset({RefundState.REQUESTED, RefundState.CONFIRMED, RefundState.REFUSED})


def owe(connection: Connection, order_id: str, reason: str, now_ms: int) -> None:
    """Request the refund of what the order is worth less now, if anything; nothing else.

    Call it after the change of the order was saved, in the same transaction. Orders that are
    paid in the shop, and payments that were not captured, owe nothing.

    Args:
        order_id: An order the hub knows; of another one nothing is owed.
        reason: shortage | left | cancelled | expired | substitute.
        now_ms: UTC.
    """
    _bring_up_to_date(connection, order_id, reason, now_ms)


def ask_again(connection: Connection, order_id: str, refund_id: str, now_ms: int) -> None:
    """Request once more what the provider refused, under a new id: the old one is answered.

    Only that refund: another one that was refused may have been paid in cash meanwhile.
    """
    known = _locked(connection, order_id)
    if known is None:
        return
    refused = [
        row
        for row in _refunds(connection, order_id)
        if row.refund_id == refund_id and _state(row) is RefundState.REFUSED
    ]
    for row in refused:
        _set_state(connection, row, RefundState.REPLACED)
    if refused:
        _bring_up_to_date(connection, order_id, refused[0].reason, now_ms)


def worth(order: Order) -> int:
    """Return what the customer has or will get for what they paid, in minor units.

    A shortage counts once the picking is finished: until then it can be taken back.
    """
    if order.state in BACK_IN_STOCK:
        return 0
    return sum(_worth_of(line, order) for line in order.lines)


def paid_back(connection: Connection, order_id: str) -> int:
    """Return what was asked back of an order's payment and not refused, in minor units."""
    states = {RefundState.REQUESTED, RefundState.CONFIRMED}
    rows = _refunds(connection, order_id)
    return sum(row.amount for row in rows if _state(row) in states)


def show_on_order(connection: Connection, order_id: str) -> None:
    """Have the order say how its refunds are: tills and the customer read it there."""
    states = {_state(row) for row in _refunds(connection, order_id)}
    if RefundState.REQUESTED in states or RefundState.REFUSED in states:
        keep_payment_state(connection, order_id, PaymentState.REFUND_REQUESTED)
    elif RefundState.CONFIRMED in states:
        keep_payment_state(connection, order_id, PaymentState.REFUNDED)
    else:
        keep_payment_state(connection, order_id, PaymentState.CAPTURED)


def keep_payment_state(connection: Connection, order_id: str, state: PaymentState) -> None:
    """Have the order say how its payment is."""
    order = book.get(connection, order_id)
    if order is None or order.payment is state:
        return
    known = book.held(connection, order_id)
    book.save(connection, known, replace(known.order, payment=state))


# -- pieces


def _bring_up_to_date(connection: Connection, order_id: str, reason: str, now_ms: int) -> None:
    known = _locked(connection, order_id)
    if known is None:
        return
    order, payment = known
    # What came back at a counter was part of what the order was worth, and is not owed again.
    spent = max(worth(order), _given_back_at_tills(connection, order_id))
    due = payment.captured - spent - _asked(connection, order_id)
    if due < 0:  # worth more than before: a handover was undone
        due += _withdraw_unsent(connection, order_id)
    if due > 0:
        _request(connection, payment, due, reason, now_ms)
    if due > 0 or _refunds(connection, order_id):
        show_on_order(connection, order_id)
    missing = worth(order) + paid_back(connection, order_id) - payment.captured
    unpaid.report(connection, order, missing if order.state in HANDED_OVER else 0, now_ms)


def _locked(connection: Connection, order_id: str) -> tuple[Order, Row[Any]] | None:
    """Return a prepaid order and its captured payment, both locked; None when nothing can be due.

    The order comes first, as everywhere: two who ask at once follow each other.
    """
    seen = book.get(connection, order_id)
    if seen is None or not seen.is_prepaid:
        return None
    order = book.held(connection, order_id).order
    payment = connection.execute(
        select(order_payment).where(order_payment.c.order_id == order_id).with_for_update()
    ).first()
    return None if payment is None or payment.captured == 0 else (order, payment)


def _worth_of(line: OrderLine, order: Order) -> int:
    if order.state in HANDED_OVER:
        return line.value_of(line.delivered, order.currency).minor
    is_short = order.state not in STILL_PICKED and line.short_reason is not ShortReason.LATER
    there = line.quantity - (line.short if is_short else 0)
    return line.value_of(there, order.currency).minor


def _asked(connection: Connection, order_id: str) -> int:
    return sum(row.amount for row in _refunds(connection, order_id) if _state(row) in ASKED)


def _given_back_at_tills(connection: Connection, order_id: str) -> int:
    """Return what returns of the order gave or promised back, by whatever means."""
    given = select(func.coalesce(func.sum(return_refund.c.amount), 0)).where(
        return_refund.c.purchase == order_id, return_refund.c.state != GAVE_NOTHING
    )
    return int(connection.scalar(given) or 0)


def _refunds(connection: Connection, order_id: str) -> list[Row[Any]]:
    rows = connection.execute(
        select(order_refund)
        .where(order_refund.c.order_id == order_id)
        .order_by(order_refund.c.requested_at_ms, order_refund.c.refund_id)
    )
    return list(rows)


def _withdraw_unsent(connection: Connection, order_id: str) -> int:
    """Take back refunds the provider was not asked for yet; return their sum."""
    unsent = [
        row
        for row in _refunds(connection, order_id)
        if _state(row) is RefundState.REQUESTED and row.tries == 0
    ]
    for row in unsent:
        _set_state(connection, row, RefundState.WITHDRAWN)
    return sum(row.amount for row in unsent)


def _request(
    connection: Connection, payment: Row[Any], amount: int, reason: str, now_ms: int
) -> None:
    number = len(_refunds(connection, payment.order_id)) + 1
    row = (
        f"{payment.payment_id}-r{number}", payment.payment_id, payment.order_id, amount, reason,
        RefundState.REQUESTED.value, now_ms, now_ms, 0, 0, "",
    )  # fmt: skip
    upsert_rows(connection, order_refund, [row], "(refund_id) DO NOTHING")


def _state(row: Row[Any]) -> RefundState:
    return RefundState(row.state)


def _set_state(connection: Connection, row: Row[Any], state: RefundState) -> None:
    connection.execute(
        order_refund.update()
        .where(order_refund.c.refund_id == row.refund_id)
        .values(state=state.value)
    )
