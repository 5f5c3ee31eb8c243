"""The ledger of a purchase: what was bought, and what came back of it in every shop."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, cast

from pydantic import JsonValue
from sqlalchemy import Connection, Row, select

from pos.domain.refund import RefundState
from pos.domain.reissue import with_reissues
from pos.domain.return_content import ReturnFields
from pos.domain.return_ledger import Ledger, PaidOut, Returned, ledger_of
from pos.domain.return_purchase import Purchase
from pos.domain.return_purchase_content import ledger_content, read_paid_out, read_returned
from sync.hub.returns.bought import purchase_of
from sync.hub.tables_returns import (
    return_document,
    return_part,
    return_refund,
    return_reissue,
)

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
    states = _states(connection, purchase.reference)
    again = _paid_again(connection, purchase)
    return tuple(
        with_reissues(_returned(row, states), again.get(row.return_id, ())) for row in rows
    )


def told(ledger: Ledger, shop: str) -> dict[str, JsonValue]:
    """Return a ledger as tills of `shop` get it; who buys in another is that shop's to know."""
    purchase = ledger.purchase
    if purchase.shop != shop:
        purchase = replace(purchase, customer_id="", customer_name="")
    content = ledger_content(replace(ledger, purchase=purchase))
    return cast("dict[str, JsonValue]", content)


def _paid_again(connection: Connection, purchase: Purchase) -> dict[str, list[PaidOut]]:
    """Return what was paid for refunds that had failed, by return, as it stands."""
    again, refund = return_reissue.c, return_refund.c
    rows = connection.execute(
        select(again.return_id, again.content_json, refund.state)
        .join(
            return_refund,
            (refund.return_id == again.return_id) & (refund.refund_id == again.refund_id),
        )
        .where(again.purchase == purchase.reference, again.currency == purchase.currency)
        .order_by(again.at_ms, again.refund_id)
        .limit(MAX_RETURNS)
    )
    found: dict[str, list[PaidOut]] = {}
    for return_id, content, state in rows:
        out = read_paid_out(ReturnFields(json.loads(content), purchase.currency))
        found.setdefault(return_id, []).append(replace(out, state=RefundState(state)))
    return found


def _states(connection: Connection, reference: str) -> dict[tuple[str, str], RefundState]:
    """Return how the refunds of a purchase stand, by return and refund."""
    refund = return_refund.c
    rows = connection.execute(
        select(refund.return_id, refund.refund_id, refund.state).where(
            refund.purchase == reference
        )
    )
    return {(return_id, refund_id): RefundState(state) for return_id, refund_id, state in rows}


def _returned(part: Row[Any], states: Mapping[tuple[str, str], RefundState]) -> Returned:
    returned = read_returned(json.loads(part.content_json), part.currency)
    paid_out = tuple(
        replace(out, state=states.get((part.return_id, out.refund_id), out.state))
        for out in returned.paid_out
    )
    return replace(returned, paid_out=paid_out)
