"""How a payment of an order stands at the hub, and what is to be asked of the provider next.

Every step is written down before the provider is asked and its answer after: a hub that is
killed between the two asks how the payment stands before it asks for anything again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.collection import Order, OrderState, PaymentState
from pos.domain.collection_decisions import cancelled
from sync.hub.orders import book, notices, reserving, unpaid
from sync.hub.orders.refunding import (
    BACK_IN_STOCK,
    HANDED_OVER,
    keep_payment_state,
    owe,
    worth,
)
from sync.hub.tables import setting
from sync.hub.tables_orders import customer_order, order_payment

SETTING = "payments"  # {"capture": "placed" | "ready"}
FIRST_PAUSE_MS = 10_000  # longer than the provider is waited for
LONGEST_PAUSE_MS = 300_000
FULFILLED = (OrderState.READY, OrderState.COLLECTED, OrderState.PARTLY_COLLECTED)
MAX_ERROR = 200


class Step(Enum):
    """What is asked of the provider; the values are stored."""

    AUTHORISE = "authorise"
    CAPTURE = "capture"
    VOID = "void"
    NOTHING = ""


class State(Enum):
    """How a payment stands; the values are stored."""

    AUTHORISING = "authorising"
    AUTHORISED = "authorised"
    CAPTURED = "captured"
    DECLINED = "declined"
    VOIDED = "voided"
    UNKNOWN = "unknown"  # an answer was lost


@dataclass(frozen=True, slots=True)
class Asked:
    """A step that was written down and is to be carried out now; amounts are minor units."""

    payment_id: str
    order_id: str
    step: Step
    amount: int
    currency: str
    is_first: bool  # False: the provider may have done it already
    is_wanted: bool  # False: the order was cancelled meanwhile


@dataclass(frozen=True, slots=True)
class Told:
    """What became of a step; `state` None: nothing is known."""

    state: State | None
    captured: int = 0
    error: str = ""


def state_of(connection: Connection, order_id: str) -> State | None:
    """Return how an order's payment stands, None when it has none."""
    value = connection.scalar(
        select(order_payment.c.state).where(order_payment.c.order_id == order_id)
    )
    return None if value is None else State(value)


def due(connection: Connection, now_ms: int, limit: int) -> list[str]:
    """Return the orders whose payments have a step to be taken now, the oldest first."""
    return list(
        connection.scalars(
            select(order_payment.c.order_id)
            .where(
                order_payment.c.next_step != Step.NOTHING.value,
                order_payment.c.next_try_at_ms <= now_ms,
            )
            .order_by(order_payment.c.next_try_at_ms)
            .limit(limit)
        )
    )


def ask(connection: Connection, order_id: str, now_ms: int) -> Asked | None:
    """Write down that the next step is taken now; None when there is none, or it is too early.

    Nobody else takes it before the pause ends that begins now.
    """
    order, row = _locked(connection, order_id)
    if row is None or row.next_step == Step.NOTHING.value or row.next_try_at_ms > now_ms:
        return None
    is_wanted = order.state not in BACK_IN_STOCK
    if not is_wanted and row.tries == 0 and row.next_step == Step.AUTHORISE.value:
        _put(connection, row, now_ms, state=State.VOIDED.value, next_step="")
        return None
    step, amount = Step(row.next_step), row.amount
    if step is Step.CAPTURE:
        amount = min(row.amount, worth(order))
        step = step if amount else Step.VOID
    _put(
        connection,
        row,
        now_ms,
        next_step=step.value,
        tries=row.tries + 1,
        next_try_at_ms=now_ms + pause_ms(row.tries),
    )
    return Asked(row.payment_id, order_id, step, amount, row.currency, row.tries == 0, is_wanted)


def pause_ms(tries: int) -> int:
    """Return how long to wait before a step is tried again."""
    return min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS << min(tries, 10))


def note(connection: Connection, asked: Asked, told: Told, now_ms: int) -> None:
    """Keep what became of a step, on the order too, and what follows from it."""
    order, row = _locked(connection, asked.order_id)
    if row is None or row.next_step != asked.step.value:
        return  # somebody else was told first
    if told.state is None:
        _nothing_known(connection, row, told.error, now_ms)
        return
    step = _next(connection, order, told.state)
    _put(
        connection,
        row,
        now_ms,
        state=told.state.value,
        captured=told.captured,
        next_step=step.value,
        next_try_at_ms=now_ms,
        tries=0,
        error=told.error[:MAX_ERROR],
    )
    if told.state in _SHOWN:
        keep_payment_state(connection, order.order_id, _SHOWN[told.state])
    was_let_go = told.state is State.VOIDED and asked.step is Step.CAPTURE  # by the provider
    if told.state is State.DECLINED or was_let_go:
        _cancel_unpaid(connection, row, now_ms)
    if told.state is State.CAPTURED:
        owe(connection, order.order_id, "cancelled", now_ms)


def plan_later_steps(connection: Connection, now_ms: int, limit: int) -> None:
    """Have taken what is authorised for orders that are ready, and let go what is cancelled."""
    waiting = connection.execute(
        select(order_payment.c.payment_id, customer_order.c.state)
        .join(customer_order, customer_order.c.order_id == order_payment.c.order_id)
        .where(
            order_payment.c.state == State.AUTHORISED.value,
            order_payment.c.next_step == Step.NOTHING.value,
            customer_order.c.state.in_([each.value for each in (*FULFILLED, *BACK_IN_STOCK)]),
        )
        .limit(limit)
    ).all()
    for payment_id, state in waiting:
        step = Step.VOID if OrderState(state) in BACK_IN_STOCK else Step.CAPTURE
        connection.execute(
            order_payment.update()
            .where(
                order_payment.c.payment_id == payment_id,
                order_payment.c.next_step == Step.NOTHING.value,
            )
            .values(next_step=step.value, next_try_at_ms=now_ms, tries=0)
        )


_SHOWN = {
    State.AUTHORISED: PaymentState.AUTHORISED,
    State.CAPTURED: PaymentState.CAPTURED,
    State.DECLINED: PaymentState.DECLINED,
    State.VOIDED: PaymentState.NONE,
}


def _next(connection: Connection, order: Order, state: State) -> Step:
    if state is not State.AUTHORISED:
        return Step.NOTHING
    if order.state in BACK_IN_STOCK:
        return Step.VOID
    is_time = order.state in FULFILLED or _captures_at_placing(connection, order.shop)
    return Step.CAPTURE if is_time else Step.NOTHING


def _captures_at_placing(connection: Connection, shop: str) -> bool:
    text = connection.scalar(
        select(setting.c.value_json).where(setting.c.shop == shop, setting.c.key == SETTING)
    )
    said = json.loads(text) if text else {}
    return not (isinstance(said, dict) and said.get("capture") == "ready")


def _cancel_unpaid(connection: Connection, payment: Row[Any], now_ms: int) -> None:
    """Cancel an order that nobody pays; of what was collected already people are told."""
    known = book.held(connection, payment.order_id)
    if known.order.state in HANDED_OVER:
        unpaid.report(connection, known.order, worth(known.order), now_ms)
    if not known.order.is_open:
        return
    order = cancelled(known.order, at_ms=now_ms)
    book.save(connection, known, order)
    reserving.settle(connection, order)
    happened = book.Happened(f"{payment.payment_id}-declined", now_ms)
    book.note(connection, order.order_id, "order.cancelled", happened, {"reason": "not_paid"})
    notices.queue(connection, order, notices.Kind.CANCELLED, now_ms)


def _nothing_known(connection: Connection, row: Row[Any], error: str, now_ms: int) -> None:
    values: dict[str, object] = {"error": error[:MAX_ERROR]}
    if row.next_step == Step.AUTHORISE.value:
        values["state"] = State.UNKNOWN.value
        keep_payment_state(connection, row.order_id, PaymentState.UNKNOWN)
    _put(connection, row, now_ms, **values)


def _locked(connection: Connection, order_id: str) -> tuple[Order, Row[Any] | None]:
    """Return an order and its payment, locked in that order, as everywhere.

    Raises:
        NoSuchOrder: The hub knows none of that id.
    """
    order = book.held(connection, order_id).order
    row = connection.execute(
        select(order_payment).where(order_payment.c.order_id == order_id).with_for_update()
    ).first()
    return order, row


def _put(connection: Connection, row: Row[Any], now_ms: int, **values: object) -> None:
    connection.execute(
        order_payment.update()
        .where(order_payment.c.payment_id == row.payment_id)
        .values(changed_at_ms=now_ms, **values)
    )
