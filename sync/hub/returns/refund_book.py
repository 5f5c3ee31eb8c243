"""How the refunds of returns stand: as tills say, and, of web payments, as the provider says.

A refund of a web payment is the hub's to carry out. It is written down that the provider is
asked before it is, and what it said after; a hub that is killed between the two asks again under
the same id, and the provider pays once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, and_, func, or_, select

from pos.domain.refund import IllegalRefundTransition, RefundEvent, RefundState, next_state
from pos.domain.return_purchase import Means, NothingBought
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk import Found
from sync.hub.orders import book, refunding
from sync.hub.orders.payment_book import MAX_ERROR, pause_ms
from sync.hub.returns.checking import ask_to_check
from sync.hub.returns.ledgers import ledger_for
from sync.hub.tables_orders import order_payment
from sync.hub.tables_returns import return_document, return_refund, return_reissue
from sync.payments.port import Answer, Outcome
from sync.wire.v1.desk import ItemKind, RowKind, Side
from sync.wire.v1.desk import Row as DeskRow
from sync.wire.v1.facts import RefundResolved

NOT_THE_TILLS = "refund_not_the_tills"
CONTRADICTED = "refund_contradicted"
NO_PAYMENT = "no_payment"  # nothing was paid on the web for that purchase
MORE_THAN_PAID = "more_than_paid"
RETURNED_TWICE = "returned_twice"  # what it is for had come back before: a person decides
OPEN = (RefundState.REQUESTED.value, RefundState.UNKNOWN.value)

_EVENTS = {
    RefundState.CONFIRMED: RefundEvent.CONFIRMATION,
    RefundState.FAILED: RefundEvent.REFUSAL,
    RefundState.UNKNOWN: RefundEvent.ANSWER_LOST,
}


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A refund that is asked of the provider now; `amount` is minor units.

    `refusal` is why it is not asked for at all; `asked_as` is the id it is asked for under.
    """

    return_id: str
    refund_id: str
    asked_as: str
    payment_id: str
    amount: int
    refusal: str = ""


# -- what tills say


def of_till(connection: Connection, till: str, refund_id: str) -> Sequence[Row[Any]]:
    """Return a refund that a till pays: two of them when copies of the till gave it.

    What replaced one that failed is the till's that paid it again.
    """
    again = select(return_reissue.c.refund_id).where(
        return_reissue.c.till == till, return_reissue.c.refund_id == refund_id
    )
    return connection.execute(
        select(return_refund)
        .join(return_document, return_document.c.return_id == return_refund.c.return_id)
        .where(
            return_refund.c.refund_id == refund_id,
            or_(
                and_(return_document.c.till == till, return_refund.c.replaces == ""),
                return_refund.c.refund_id.in_(again),
            ),
        )
    ).all()


def resolve(connection: Connection, row: Row[Any], told: RefundResolved, now_ms: int) -> str:
    """Keep what a till learned of a refund; return the code of an exception, empty for none."""
    if row.means == Means.WEB.value:
        return NOT_THE_TILLS
    event = _EVENTS.get(told.state)
    if event is None:
        return CONTRADICTED
    try:
        state = next_state(RefundState(row.state), event)
    except IllegalRefundTransition:
        return CONTRADICTED
    _put(connection, row, now_ms, state=state.value, detail=told.detail[:MAX_ERROR])
    ask_to_check(connection, [row.purchase])
    return ""


def is_known(connection: Connection, refund_id: str) -> bool:
    """True when a refund of that id was told of already."""
    found = select(return_refund.c.refund_id).where(return_refund.c.refund_id == refund_id)
    return connection.scalar(found.limit(1)) is not None


# -- web payments


def withdraw(connection: Connection, row: Row[Any], now_ms: int) -> bool:
    """Ask no more for a refund that the provider was not asked for; False when it was."""
    fresh = _locked(connection, row.return_id, row.refund_id)
    if fresh is None or fresh.state != RefundState.REQUESTED.value or fresh.tries:
        return False
    _put(connection, fresh, now_ms, state=RefundState.FAILED.value)
    return True


def due(connection: Connection, now_ms: int, limit: int) -> list[tuple[str, str]]:
    """Return the refunds to be asked for now, by return and id, the oldest first."""
    refund = return_refund.c
    rows = connection.execute(
        select(refund.return_id, refund.refund_id)
        .where(
            refund.means == Means.WEB.value,
            refund.state.in_(OPEN),
            refund.next_try_at_ms <= now_ms,
        )
        .order_by(refund.next_try_at_ms, refund.return_id, refund.refund_id)
        .limit(limit)
    )
    return [(return_id, refund_id) for return_id, refund_id in rows]


def ask(connection: Connection, return_id: str, refund_id: str, now_ms: int) -> AskedBack | None:
    """Write down that a refund is asked for now; None when it was answered or just asked."""
    row = _locked(connection, return_id, refund_id)
    if row is None or row.state not in OPEN or row.next_try_at_ms > now_ms:
        return None
    payment = _payment(connection, row)
    refusal = _why_not(connection, row, payment)
    payment_id = "" if payment is None else str(payment.payment_id)
    asked = AskedBack(return_id, refund_id, row.asked_as, payment_id, row.amount, refusal)
    if not refusal:
        _put(
            connection,
            row,
            now_ms,
            tries=row.tries + 1,
            next_try_at_ms=now_ms + pause_ms(row.tries),
        )
    return asked


def note(connection: Connection, asked: AskedBack, outcome: Outcome, now_ms: int) -> None:
    """Keep what the provider said; a refusal goes to the desk, what is pending is asked again."""
    row = _locked(connection, asked.return_id, asked.refund_id)
    if row is None or row.state not in OPEN or row.asked_as != asked.asked_as:
        return  # somebody else was told first
    if outcome.answer is Answer.PENDING:
        return
    is_paid = outcome.answer is Answer.APPROVED
    event = RefundEvent.CONFIRMATION if is_paid else RefundEvent.REFUSAL
    state = next_state(RefundState(row.state), event)
    _put(connection, row, now_ms, state=state.value, detail=outcome.reason[:MAX_ERROR])
    ask_to_check(connection, [row.purchase])
    if not is_paid:
        desk.open_item(connection, _refused(connection, row, outcome.reason, now_ms))


def lost(connection: Connection, asked: AskedBack, reason: str, now_ms: int) -> None:
    """Keep that nothing was heard: it may have been paid, and counts so until it is known."""
    row = _locked(connection, asked.return_id, asked.refund_id)
    if row is not None and row.state in OPEN and row.asked_as == asked.asked_as:
        state = next_state(RefundState(row.state), RefundEvent.ANSWER_LOST)
        _put(connection, row, now_ms, state=state.value, detail=reason[:MAX_ERROR])


def ask_again(connection: Connection, return_id: str, refund_id: str, now_ms: int) -> None:
    """Have a refused refund asked for once more, under another id: the old one is answered.

    Nothing happens when a till paid it another way meanwhile.
    """
    row = _locked(connection, return_id, refund_id)
    if row is not None and _is_replaced(connection, row):
        return
    if row is None or row.state != RefundState.FAILED.value or row.means != Means.WEB.value:
        return
    _put(
        connection,
        row,
        now_ms,
        state=RefundState.REQUESTED.value,
        asked_as=_next_id(row.refund_id, row.asked_as),
        next_try_at_ms=now_ms,
        tries=0,
        detail="",
    )
    ask_to_check(connection, [row.purchase])


# -- pieces


def _locked(connection: Connection, return_id: str, refund_id: str) -> Row[Any] | None:
    refund = return_refund.c
    return connection.execute(
        select(return_refund)
        .where(refund.return_id == return_id, refund.refund_id == refund_id)
        .with_for_update()
    ).first()


def _payment(connection: Connection, row: Row[Any]) -> Row[Any] | None:
    """Return the web payment of the order that is returned from; others wait for it.

    What was taken in exchange for goods of an order was paid by the order's payment.
    """
    order_ids = (row.purchase, row.reference)
    return connection.execute(
        select(order_payment).where(order_payment.c.order_id.in_(order_ids)).with_for_update()
    ).first()


def _why_not(connection: Connection, row: Row[Any], payment: Row[Any] | None) -> str:
    """Return why the provider need not be asked, empty when it is to be.

    One that was asked already may have paid: only the provider can say that it did not.
    """
    if row.tries:
        return ""
    if payment is None or payment.captured == 0 or payment.currency != row.currency:
        return NO_PAYMENT
    refund = return_refund.c
    others = connection.scalar(
        select(func.coalesce(func.sum(refund.amount), 0)).where(
            or_(refund.purchase == payment.order_id, refund.reference == payment.order_id),
            refund.means == Means.WEB.value,
            refund.state != RefundState.FAILED.value,
            refund.tries > 0,
            refund.asked_as != row.asked_as,
        )
    )
    back = int(others or 0) + refunding.paid_back(connection, payment.order_id)
    if back + row.amount > payment.captured:
        return MORE_THAN_PAID
    return RETURNED_TWICE if _came_before(connection, row) else ""


def _came_before(connection: Connection, row: Row[Any]) -> bool:
    """True when goods of a refund's return came back that were all back before it.

    Whoever asks for it once more looked at it, and wants it paid.
    """
    try:
        ledger = ledger_for(connection, row.purchase)
    except NothingBought:
        return False
    if ledger is None or row.asked_as != row.refund_id:
        return False
    left = {line.line.number: line.line.quantity for line in ledger.excess}
    for one in sorted(ledger.returns, key=lambda each: (each.at_ms, each.return_id)):
        for part in one.lines:
            if part.line in left:
                left[part.line] -= part.quantity
                if left[part.line] < 0 and one.return_id == row.return_id:
                    return True
    return False


def _is_replaced(connection: Connection, row: Row[Any]) -> bool:
    refund = return_refund.c
    found = select(refund.refund_id).where(
        refund.return_id == row.return_id, refund.replaces == row.refund_id
    )
    return connection.scalar(found.limit(1)) is not None


def _next_id(refund_id: str, asked_as: str) -> str:
    """Return another id for the same refund, the same whoever works it out."""
    return hashlib.sha256(f"{refund_id}:{asked_as}".encode()).hexdigest()[:32]


def _refused(connection: Connection, row: Row[Any], reason: str, now_ms: int) -> Found:
    document = connection.execute(
        select(return_document).where(return_document.c.return_id == row.return_id)
    ).one()
    order = book.get(connection, row.purchase)
    rows = (
        DeskRow(kind=RowKind.AT, number=now_ms),
        DeskRow(kind=RowKind.DOCUMENT, text=document.number),
        DeskRow(kind=RowKind.TOTAL, number=row.amount),
        DeskRow(kind=RowKind.DETAIL, text=reason[:MAX_ERROR]),
    )
    return Found(
        kind=ItemKind.REFUND_REFUSED,
        key=f"{row.return_id}:{row.refund_id}",
        shop=document.shop,
        till=document.till,
        subject=document.number if order is None else order.number,
        currency=row.currency,
        at_ms=now_ms,
        money=row.amount,
        sides=(Side(shop=document.shop, till=desk.AT_THE_HUB, rows=rows),),
        data={"return_id": row.return_id, "refund_id": row.refund_id},
    )


def _put(connection: Connection, row: Row[Any], now_ms: int, **values: object) -> None:
    connection.execute(
        return_refund.update()
        .where(
            return_refund.c.return_id == row.return_id,
            return_refund.c.refund_id == row.refund_id,
        )
        .values(changed_at_ms=now_ms, **values)
    )
