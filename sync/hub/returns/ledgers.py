"""The ledger of a purchase: what was bought, and what came back of it in every shop."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, cast

from pydantic import JsonValue
from sqlalchemy import Connection, Row, select

from pos.domain.refund import RefundState
from pos.domain.return_ledger import Ledger, PaidOut, Returned, ledger_of
from pos.domain.return_purchase import Purchase
from pos.domain.return_purchase_content import ledger_content, read_returned
from sync.hub.returns.bought import purchase_of
from sync.hub.tables_returns import return_document, return_part, return_refund

MAX_RETURNS = 1_000


def ledger_for(connection: Connection, reference: str) -> Ledger | None:
    """Return the ledger of a purchase, None when the hub does not know what was bought.

    Raises:
        NothingBought: Nothing of it was both paid and handed over.
    """
    purchase = purchase_of(connection, reference)
    return None if purchase is None else ledger_of(purchase, returns_of(connection, purchase))


def returns_of(connection: Connection, purchase: Purchase) -> tuple[Returned, ...]:
    """Return what came back of a purchase, the first return first, with its refunds as they are.

    A return in another currency, which cannot be of it, is left out.
    """
    rows = connection.execute(
        select(return_part, return_document.c.currency)
        .join(return_document, return_document.c.return_id == return_part.c.return_id)
        .where(
            return_part.c.purchase == purchase.reference,
            return_document.c.currency == purchase.currency,
        )
        .order_by(return_document.c.completed_at_ms, return_part.c.return_id)
        .limit(MAX_RETURNS)
    ).all()
    refunds = _refunds(connection, purchase.reference)
    return tuple(_returned(row, refunds.get(row.return_id, {})) for row in rows)


def told(ledger: Ledger, shop: str) -> dict[str, JsonValue]:
    """Return a ledger as tills of `shop` get it; who buys in another is that shop's to know."""
    purchase = ledger.purchase
    if purchase.shop != shop:
        purchase = replace(purchase, customer_id="", customer_name="")
    content = ledger_content(replace(ledger, purchase=purchase))
    return cast("dict[str, JsonValue]", content)


def _refunds(connection: Connection, reference: str) -> dict[str, dict[str, Row[Any]]]:
    """Return how the refunds of a purchase stand, by return and id."""
    rows = connection.execute(
        select(return_refund)
        .where(return_refund.c.purchase == reference)
        .order_by(return_refund.c.position, return_refund.c.refund_id)
    )
    by_return: dict[str, dict[str, Row[Any]]] = {}
    for row in rows:
        by_return.setdefault(row.return_id, {})[row.refund_id] = row
    return by_return


def _returned(part: Row[Any], refunds: dict[str, Row[Any]]) -> Returned:
    returned = read_returned(json.loads(part.content_json), part.currency)
    paid_out = [_as_it_stands(out, refunds.get(out.refund_id)) for out in returned.paid_out]
    first = {out.refund_id: out for out in paid_out}
    paid_out += [
        replace(first[row.again_of], refund_id=row.refund_id, state=RefundState(row.state))
        for row in refunds.values()
        if row.again_of in first
    ]
    return replace(returned, paid_out=tuple(paid_out))


def _as_it_stands(out: PaidOut, row: Row[Any] | None) -> PaidOut:
    return out if row is None else replace(out, state=RefundState(row.state))
