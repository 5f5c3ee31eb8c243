"""What was bought, made from what the hub keeps: the fact of a sale, or an order."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from pydantic import ValidationError
from sqlalchemy import Connection, func, select

from pos.domain.collection import Order
from pos.domain.free_text import one_line
from pos.domain.money import Money
from pos.domain.numbering import ReceiptNumber
from pos.domain.promotion import Channel
from pos.domain.return_purchase import (
    NothingBought,
    PaidBy,
    Purchase,
    PurchasedLine,
    PurchaseSource,
    merged,
    purchase_of_order,
)
from pos.domain.tax import TaxRate
from sync.hub.orders import book
from sync.hub.returns.exchanged import paid_by
from sync.hub.tables import conflict, inbox, product, sale
from sync.hub.tables_orders import order_event
from sync.wire.v1.base import without_nul
from sync.wire.v1.paper import LineOnPaper, SaleOnPaper

LINE_PICKED = "order.line_picked"
HANDED_OVER = "order.handed_over"
# What the rows of a sale that two copies of a till made are found by, after its own id.
_BESIDE, _AFTER_BESIDE = "~", "\x7f"


def purchase_of(connection: Connection, reference: str) -> Purchase | None:
    """Return what was bought by the sale or order of that id, None when the hub has none.

    Raises:
        NothingBought: Nothing of it was both paid and handed over.
    """
    body_json = _sale_json(connection, reference)
    if body_json is not None:
        return _of_sale(connection, reference, body_json)
    order = book.get(connection, reference)
    if order is None:
        return None
    skus = {line.substitute.sku for line in order.lines if line.substitute}
    departments = _departments(connection, skus.union(line.sku for line in order.lines))
    return purchase_of_order(
        order, departments=departments, serials=_serials_of(connection, order)
    )


def is_known(connection: Connection, reference: str) -> bool:
    """True when the hub has a sale or an order of that id."""
    return _sale_json(connection, reference) is not None or (
        book.get(connection, reference) is not None
    )


def _sale_json(connection: Connection, reference: str) -> str | None:
    """Return the fact of a sale: that of the ticket's own id, else one that a copy made of it."""
    beside = (sale.c.sale_id > reference + _BESIDE, sale.c.sale_id < reference + _AFTER_BESIDE)
    for wanted in ((sale.c.sale_id == reference,), beside):
        row = connection.execute(
            select(func.coalesce(inbox.c.body_json, conflict.c.body_json))
            .select_from(sale)
            .outerjoin(inbox, inbox.c.op_id == sale.c.op_id)
            # What a copy of a till sold lies beside the chain.
            .outerjoin(conflict, (conflict.c.op_id == sale.c.op_id) & (sale.c.fork > 0))
            .where(*wanted)
            .order_by(sale.c.sale_id)
            .limit(1)
        ).first()
        if row is not None:
            return row[0] or ""
    return None


def _of_sale(connection: Connection, reference: str, body_json: str) -> Purchase | None:
    """Return a sale as a purchase, None when its fact cannot be one."""
    try:
        told = SaleOnPaper.model_validate_json(without_nul(body_json))
        sold = [line for line in told.lines if not line.void]
        if not sold:
            raise NothingBought(reference)
        departments = _departments(connection, (line.sku for line in sold))
        paid = [part for one in told.tenders for part in paid_by(connection, told, one)]
        return _made(told, sold, departments, merged(paid))
    except NothingBought:
        raise
    except (ValidationError, ValueError):
        return None


def _made(
    told: SaleOnPaper,
    sold: Iterable[LineOnPaper],
    departments: Mapping[str, str],
    paid: tuple[PaidBy, ...],
) -> Purchase:
    tax_names = {entry.basis_points: entry.name for entry in reversed(told.tax)}
    return Purchase(
        reference=told.sale_id,
        number=str(ReceiptNumber(told.series, told.sequence)),
        source=PurchaseSource.SALE,
        channel=Channel.SHOP,
        shop=told.shop,
        currency=told.currency,
        sold_at_ms=told.completed_at_ms,
        handed_over_at_ms=told.completed_at_ms,
        lines=tuple(_line(line, told.currency, tax_names, departments) for line in sold),
        paid=paid,
        delivery=Money(0, told.currency),
    )


def _line(
    line: LineOnPaper,
    currency: str,
    tax_names: Mapping[int, str],
    departments: Mapping[str, str],
) -> PurchasedLine:
    tax_name = line.tax_name
    if tax_name is None:
        tax_name = tax_names.get(line.tax_basis_points, "")
    return PurchasedLine(
        number=line.number,
        sku=line.sku,
        gtin=line.gtin,
        name=one_line(line.name),
        quantity=line.quantity,
        unit=line.unit,
        net=Money(line.net, currency),
        tax_rate=TaxRate(line.tax_basis_points, one_line(tax_name)),
        promotion=Money(line.promotion, currency),
        department=departments.get(line.sku, ""),
    )


def _departments(connection: Connection, skus: Iterable[str]) -> dict[str, str]:
    """Return the departments of products, as far as the catalogue still knows them."""
    rows = connection.execute(
        select(product.c.sku, product.c.department).where(product.c.sku.in_(set(skus)))
    )
    return {row.sku: row.department for row in rows}


def _serials_of(connection: Connection, order: Order) -> dict[int, tuple[str, ...]]:
    """Return the serial numbers that were handed over, by line, as far as that is known."""
    noted = [line.number for line in order.lines if line.needs_serial and line.delivered]
    if not noted:
        return {}
    rows = connection.execute(
        select(order_event)
        .where(
            order_event.c.order_id == order.order_id,
            order_event.c.kind.in_((LINE_PICKED, HANDED_OVER)),
            order_event.c.outcome == book.APPLIED,
        )
        .order_by(order_event.c.at_ms, order_event.c.op_id)
    ).all()
    events = [(row.kind, json.loads(row.body_json)) for row in rows]
    given = [str(one) for kind, body in events if kind == HANDED_OVER for one in body["serials"]]
    if len(noted) == 1:
        return {noted[0]: tuple(dict.fromkeys(given))}
    picked = [(body["line"], body["serial"]) for kind, body in events if kind == LINE_PICKED]
    return {
        number: tuple(dict.fromkeys(s for line, s in picked if line == number and s in given))
        for number in noted
    }
