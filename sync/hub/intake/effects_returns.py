"""What returns do at the hub: rows, goods on the shelf again, and what became of refunds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import Connection

from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Disposition
from sync.hub import tables
from sync.hub.counter import claims
from sync.hub.intake import effects_customers
from sync.hub.intake.effects import Act, Effects, NotApplicable, Origin, Reader
from sync.hub.intake.effects_sales import OTHER_SHOP, TOTALS_DIFFER, utc_day
from sync.hub.returns import refund_book
from sync.hub.returns.checking import ask_to_check
from sync.hub.returns.parts import parts_of
from sync.hub.tables_returns import return_document, return_part, return_refund
from sync.wire.v1 import facts
from sync.wire.v1.claims import ClaimKind
from sync.wire.v1.push import Op

_KIND = ClaimKind.PURCHASE.value
BACK_ON_SHELF = "return"  # the reason of the movement of stock


def _return(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    told = facts.ReturnCompleted.model_validate_json(body)
    return_id = _row_id(told, op, origin)
    day = origin.days.get(told.session_id) or utc_day(told.completed_at_ms)
    effects.insert(
        return_document,
        return_id, op.op_id, origin.till, origin.shop, told.number, told.session_id,
        told.staff_id, day, told.completed_at_ms, told.currency, told.total,
        ",".join(sorted(told.flags)), told.exchange_id, told.source, origin.fork,
        told.customer_id,
    )  # fmt: skip
    parts = parts_of(told, body, return_id)
    for purchase, content in parts.by_purchase.items():
        effects.insert(return_part, return_id, purchase, content)
    _refunds(told, return_id, origin, effects)
    _restock(told, op, origin, effects)
    effects.act(_seen(tuple(sorted(parts.by_purchase)), told.exchange_id, origin))
    if told.customer_id:
        effects.act(effects_customers.seen(told.customer_id, origin))
    if told.shop != origin.shop:
        return OTHER_SHOP
    return "" if parts.add_up else TOTALS_DIFFER


def _row_id(told: facts.ReturnCompleted, op: Op, origin: Origin) -> str:
    """Return what the return's rows are found by: its own id, which both copies of a till may
    have used; beside the other's it is that of its fact.
    """
    return op.op_id if origin.fork or origin.is_beside else told.return_id


def _refunds(
    told: facts.ReturnCompleted, return_id: str, origin: Origin, effects: Effects
) -> None:
    for position, refund in enumerate(told.refunds, start=1):
        effects.insert(
            return_refund,
            return_id, refund.refund_id, position, refund.purchase, refund.means.value,
            refund.amount, told.currency, refund.reference, _state_of(refund).value,
            refund.refund_id, origin.now_ms, origin.now_ms, 0, "", "",
        )  # fmt: skip


def _state_of(refund: facts.ReturnRefund) -> RefundState:
    """Return how a refund stands; of a web payment only the hub knows, which asks for it."""
    is_ours = refund.means is Means.WEB and refund.state is not RefundState.FAILED
    return RefundState.REQUESTED if is_ours else refund.state


def _restock(told: facts.ReturnCompleted, op: Op, origin: Origin, effects: Effects) -> None:
    """Put back what can be sold again: it left the shop less than was sold."""
    sold = effects.sold.setdefault(origin.shop, Counter())
    for number, line in enumerate(told.lines, start=1):
        if line.disposition is Disposition.RESTOCK:
            sold[line.sku] -= line.quantity
            effects.insert(
                tables.stock_movement,
                f"{op.op_id}:{number}", origin.shop, line.sku, line.quantity, BACK_ON_SHELF,
                origin.now_ms,
            )  # fmt: skip


def _seen(purchases: tuple[str, ...], exchange_id: str, origin: Origin) -> Act:
    """Return what follows for the purchases: others may take back, and somebody looks.

    What was taken for them is looked at too: only now is known what first paid for it.
    """

    def act(connection: Connection) -> None:
        claims.free_of_till(connection, _KIND, purchases, till=origin.till, at_ms=origin.now_ms)
        ask_to_check(connection, (*purchases, exchange_id))

    return act


def _resolved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    told = facts.RefundResolved.model_validate_json(body)

    def act(connection: Connection) -> None:
        known = refund_book.of_till(connection, origin.till, told.refund_id)
        if not known:
            raise NotApplicable(told.refund_id)
        for row in known:
            if code := refund_book.resolve(connection, row, told, origin.now_ms):
                effects.note_exception(op.op_id, code)

    effects.act(act)
    return ""


READERS: Mapping[str, Reader] = {
    "return.completed": _return,
    "refund.resolved": _resolved,
}
AGGREGATES: Mapping[str, str] = {
    "return.completed": "return_id",
    "refund.resolved": "return_id",
}
