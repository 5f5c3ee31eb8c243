"""Holds what this till did with orders against itself: one handover for each, and its sale.

A handover counts until it is undone, and once for each time the order was assigned to the shop.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pos.domain.journal import FactKind
from pos.store.statements import Statements, from_json

_HANDED_OVER = FactKind.ORDER_HANDED_OVER.value
_UNDONE = FactKind.ORDER_HANDOVER_UNDONE.value
_ACTS = (
    "SELECT f.order_id, f.kind, j.op_id, j.body_json FROM order_fact f"
    " CROSS JOIN journal j ON j.entry = f.entry WHERE f.kind IN (?, ?)"
    " ORDER BY f.order_id, f.entry"
)
_UNTOLD = (
    "SELECT j.epoch, j.seq FROM journal j LEFT JOIN order_fact f ON f.entry = j.entry"
    " WHERE j.kind GLOB 'order.*' AND f.entry IS NULL"
)
_NO_SALE = "SELECT 1 FROM sale WHERE sale_id = ?"


def order_violations(sql: Statements) -> Iterator[str]:
    """Yield what cannot be of the orders that were handed over here."""
    for epoch, seq in sql.rows(_UNTOLD):
        yield f"fact {epoch}/{seq} is not kept as one of its order"
    done: dict[tuple[str, int], str] = {}  # op id of the handover that stands
    for order_id, kind, op_id, body_json in sql.stream(_ACTS, (_HANDED_OVER, _UNDONE)):
        body: dict[str, Any] = from_json(body_json)
        if kind == _UNDONE:
            undone = body["handover"]
            done = {key: value for key, value in done.items() if value != undone}
            continue
        key = (order_id, body["assignment_epoch"])
        if key in done:
            yield f"order {order_id} was handed over twice: {done[key]}, {op_id}"
        done[key] = op_id
        sale_id = body.get("sale_id", "")
        if sale_id and sql.one(_NO_SALE, (sale_id,)) is None:
            yield f"order {order_id} was paid by sale {sale_id}, which is not there"
        if body.get("balance", 0) and not sale_id:
            yield f"order {order_id} was paid by no sale"
