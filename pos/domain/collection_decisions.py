"""What only the hub decides about an order: ready, cancelled, expired, moved to another shop."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import Order, OrderState
from pos.domain.collection_rules import Contradiction, why_not


def made_ready(order: Order, *, at_ms: int, hold_ms: int) -> Order:
    """Return the order once its customer was told; held for `hold_ms` from the first time."""
    if order.state is not OrderState.STAGED:
        raise Contradiction(why_not(order.state))
    hold_until_ms = order.hold_until_ms or at_ms + hold_ms
    return replace(
        order,
        state=OrderState.READY,
        ready_at_ms=order.ready_at_ms or at_ms,
        hold_until_ms=hold_until_ms,
        notified_at_ms=(*order.notified_at_ms, at_ms),
    )


def cancelled(order: Order, *, at_ms: int) -> Order:
    """Return the cancelled order; what was picked waits to go back to stock."""
    if not order.is_open:
        raise Contradiction(why_not(order.state))
    return replace(
        order,
        state=OrderState.CANCELLED,
        version=order.version + 1,
        closed_at_ms=at_ms,
        cancel_asked=False,
    )


def expired(order: Order) -> Order:
    """Return the order after its last day passed and nobody came."""
    if order.state is not OrderState.READY:
        raise Contradiction(why_not(order.state))
    return replace(order, state=OrderState.EXPIRED)


def moved(order: Order, shop: str) -> Order:
    """Return the order as the other shop gets it: to be prepared anew, old codes void."""
    if not order.is_open:
        raise Contradiction(why_not(order.state))
    return replace(
        order,
        shop=shop,
        state=OrderState.PLACED,
        assignment_epoch=order.assignment_epoch + 1,
        version=order.version + 1,
        lines=tuple(
            replace(line, picked=0, short=0, short_reason=None, location="")
            for line in order.lines
        ),
        parcels=(),
        picker="",
        ready_at_ms=0,
        hold_until_ms=0,
        arrived_at_ms=0,
    )
