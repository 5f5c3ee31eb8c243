"""How a refund stands at the hub: asked of the provider until it is confirmed or refused."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from pos.domain.collection import Order
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk import Found
from sync.hub.orders import book
from sync.hub.orders.payment_book import MAX_ERROR, pause_ms
from sync.hub.orders.refunding import RefundState, show_on_order
from sync.hub.tables_orders import order_refund
from sync.payments.port import Answer, Outcome
from sync.wire.v1.desk import ItemKind, Row, RowKind, Side


@dataclass(frozen=True, slots=True)
class AskedBack:
    """A refund that is asked of the provider now; `amount` is minor units."""

    refund_id: str
    payment_id: str
    order_id: str
    amount: int


def due(connection: Connection, now_ms: int, limit: int) -> list[str]:
    """Return the refunds that are to be asked for now, the oldest first."""
    return list(
        connection.scalars(
            select(order_refund.c.refund_id)
            .where(
                order_refund.c.state == RefundState.REQUESTED.value,
                order_refund.c.next_try_at_ms <= now_ms,
            )
            .order_by(order_refund.c.next_try_at_ms)
            .limit(limit)
        )
    )


def ask(connection: Connection, refund_id: str, now_ms: int) -> AskedBack | None:
    """Write down that a refund is asked for now; None when it was withdrawn or just asked."""
    row = connection.execute(
        select(order_refund).where(order_refund.c.refund_id == refund_id).with_for_update()
    ).first()
    if row is None or row.state != RefundState.REQUESTED.value or row.next_try_at_ms > now_ms:
        return None
    connection.execute(
        order_refund.update()
        .where(order_refund.c.refund_id == refund_id)
        .values(tries=row.tries + 1, next_try_at_ms=now_ms + pause_ms(row.tries))
    )
    return AskedBack(refund_id, row.payment_id, row.order_id, row.amount)


def note(connection: Connection, asked: AskedBack, outcome: Outcome, now_ms: int) -> None:
    """Keep what the provider said; a refusal goes to the desk, what is pending is asked again."""
    if outcome.answer is Answer.PENDING:
        return
    is_confirmed = outcome.answer is Answer.APPROVED
    state = RefundState.CONFIRMED if is_confirmed else RefundState.REFUSED
    known = book.held(connection, asked.order_id)  # before the refund's own row, as everywhere
    changed = connection.execute(
        order_refund.update()
        .where(
            order_refund.c.refund_id == asked.refund_id,
            order_refund.c.state == RefundState.REQUESTED.value,
        )
        .values(
            state=state.value,
            confirmed_at_ms=now_ms if is_confirmed else 0,
            error=outcome.reason[:MAX_ERROR],
        )
    )
    if changed.rowcount == 0:
        return  # somebody else was told first
    show_on_order(connection, asked.order_id)
    if not is_confirmed:
        desk.open_item(connection, _refused(asked, known.order, outcome.reason, now_ms))


def _refused(asked: AskedBack, order: Order, reason: str, now_ms: int) -> Found:
    rows = (
        Row(kind=RowKind.AT, number=now_ms),
        Row(kind=RowKind.DOCUMENT, text=order.number),
        Row(kind=RowKind.TOTAL, number=asked.amount),
        Row(kind=RowKind.DETAIL, text=reason[:MAX_ERROR]),
    )
    return Found(
        kind=ItemKind.REFUND_REFUSED,
        key=asked.refund_id,
        shop=order.shop,
        till=desk.AT_THE_HUB,
        subject=order.number,
        currency=order.currency,
        at_ms=now_ms,
        money=asked.amount,
        sides=(Side(shop=order.shop, till=desk.AT_THE_HUB, rows=rows),),
        data={"order_id": asked.order_id, "refund_id": asked.refund_id},
    )
