"""What first paid for goods that were taken in exchange, from the return of those given back."""

from __future__ import annotations

import json
from collections.abc import Iterator

from sqlalchemy import Connection, select

from pos.domain.money import Money, total
from pos.domain.return_content import UnreadableReturn
from pos.domain.return_ledger import PaidOut
from pos.domain.return_purchase import Means, PaidBy
from pos.domain.return_purchase_content import read_returned
from pos.domain.tender import TenderKind
from sync.hub.tables_returns import return_document, return_part
from sync.wire.v1.paper import SaleOnPaper, TenderOnPaper


def paid_by(
    connection: Connection, told: SaleOnPaper, tender: TenderOnPaper
) -> tuple[PaidBy, ...]:
    """Return what a tender of a sale paid; of goods that came back, what first paid for them.

    Until their return is heard of, or where it does not agree with the sale, it is known by the
    goods alone, and nothing but credit can be given back for it.
    """
    amount = Money(tender.amount, told.currency)
    known = PaidBy(Means(tender.kind.value), amount, tender.reference)
    if tender.kind is not TenderKind.EXCHANGE:
        return (known,)
    parts = tuple(_first_paid(connection, told, tender.reference))
    return parts if total((part.amount for part in parts), told.currency) == amount else (known,)


def _first_paid(connection: Connection, told: SaleOnPaper, return_id: str) -> Iterator[PaidBy]:
    for out in _exchanged(connection, told, return_id):
        means, reference = out.origin or (Means.STORE_CREDIT, "")
        yield PaidBy(means, out.amount, reference)


def _exchanged(connection: Connection, told: SaleOnPaper, return_id: str) -> Iterator[PaidOut]:
    """Yield the refunds of the return that went into the sale."""
    rows = connection.execute(
        select(return_part.c.content_json)
        .join(return_document, return_document.c.return_id == return_part.c.return_id)
        .where(
            return_part.c.return_id == return_id,
            return_document.c.exchange_id == told.sale_id,
            return_document.c.currency == told.currency,
        )
        .order_by(return_part.c.purchase)
    )
    for (content,) in rows:
        try:
            returned = read_returned(json.loads(content), told.currency)
        except UnreadableReturn:
            continue
        for out in returned.paid_out:
            if out.means is Means.EXCHANGE and out.reference == told.sale_id:
                yield out
