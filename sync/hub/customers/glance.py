"""All there is to know of a customer at one glance: what they bought anywhere, what waits."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select

from pos.domain.collection import Order
from pos.domain.stored_value import StoredValueKind
from sync.hub import tables
from sync.hub.customers import records
from sync.hub.customers.merging import duplicates
from sync.hub.orders import book
from sync.hub.orders.finding import shop_names
from sync.hub.returns.bought import HANDED_OVER
from sync.hub.tables_orders import customer_order, order_event
from sync.hub.tables_returns import return_document
from sync.hub.tables_value import value_account
from sync.wire.v1.base import without_nul
from sync.wire.v1.customers import (
    MAX_CREDIT,
    MAX_PURCHASES,
    MAX_SHOWN_ITEMS,
    MAX_WAITING,
    CustomerCredit,
    CustomerGlance,
    CustomerPurchase,
    PurchaseItem,
    PurchaseKind,
    WaitingOrder,
)

SHOP = "shop"
MOST_TEXT = 200
_ACTIVE = "active"


def glance(connection: Connection, customer_id: str, *, shop: str, now_ms: int) -> CustomerGlance:
    """Return what a till of `shop` shows of a customer; of one who was erased, only that.

    Raises:
        NoSuchCustomer: There is none.
    """
    record = records.current(connection, customer_id)
    if record is None:
        raise records.NoSuchCustomer(customer_id)
    content = records.content_of(record)
    if not record.is_live:
        return CustomerGlance(
            as_of_ms=now_ms, content=content, credit=(), purchases=(), waiting=(), duplicates=()
        )
    ids = records.ids_of(connection, record.customer_id)
    orders = _orders(connection, ids)
    return CustomerGlance(
        as_of_ms=now_ms,
        content=content,
        credit=_credit(connection, ids),
        purchases=purchases(connection, ids, orders),
        waiting=_waiting(connection, ids, shop),
        duplicates=tuple(map(records.content_of, duplicates(connection, record))),
    )


def purchases(
    connection: Connection, ids: Sequence[str], orders: Sequence[Order]
) -> tuple[CustomerPurchase, ...]:
    """Return what was bought and brought back, the latest first."""
    sales = _sales(connection, ids)
    found = [*sales, *_returns(connection, ids)]
    paid = _paid_at_a_counter(connection, orders, {row.sale_id for row in sales})
    found_orders = [order for order in orders if order.order_id not in paid]
    shops = {row.shop for row in (*found, *found_orders)}
    names = shop_names(connection, shops)
    latest = sorted(
        [
            *(_told(row, names) for row in found),
            *(_told_order(order, names) for order in found_orders),
        ],
        key=lambda one: (-one.at_ms, one.reference),
    )[:MAX_PURCHASES]
    return _with_items(connection, latest)


def _orders(connection: Connection, ids: Sequence[str]) -> list[Order]:
    order = customer_order.c
    texts = connection.scalars(
        select(order.content_json)
        .where(order.customer_id.in_(ids))
        .order_by(order.placed_at_ms.desc())
        .limit(MAX_PURCHASES)
    )
    return [book.read_order(text) for text in texts]


def _sales(connection: Connection, ids: Sequence[str]) -> Sequence[Any]:
    sale = tables.sale.c
    return connection.execute(
        select(tables.sale)
        .where(sale.customer_id.in_(ids), sale.customer_id != "")
        .order_by(sale.completed_at_ms.desc())
        .limit(MAX_PURCHASES)
    ).all()


def _returns(connection: Connection, ids: Sequence[str]) -> Sequence[Any]:
    document = return_document.c
    return connection.execute(
        select(return_document)
        .where(document.customer_id.in_(ids), document.customer_id != "")
        .order_by(document.completed_at_ms.desc())
        .limit(MAX_PURCHASES)
    ).all()


def _paid_at_a_counter(
    connection: Connection, orders: Sequence[Order], sales: set[str]
) -> set[str]:
    """Return the orders whose goods are shown already, by the sale they were paid with."""
    event = order_event.c
    rows = connection.execute(
        select(event.order_id, event.body_json).where(
            event.order_id.in_([order.order_id for order in orders if not order.is_prepaid]),
            event.kind == HANDED_OVER,
            event.outcome == book.APPLIED,
        )
    )
    return {row.order_id for row in rows if json.loads(row.body_json).get("sale_id") in sales}


def _told(row: Any, names: dict[str, str]) -> CustomerPurchase:
    is_return = hasattr(row, "return_id")
    return CustomerPurchase(
        kind=PurchaseKind.RETURN if is_return else PurchaseKind.SALE,
        reference=row.return_id if is_return else row.sale_id,
        number=row.number,
        shop=row.shop,
        shop_name=names.get(row.shop, row.shop),
        channel=SHOP,
        at_ms=row.completed_at_ms,
        total_minor=-row.total if is_return else row.total,
        currency=row.currency,
        item_count=0,
        items=(),
    )


def _told_order(order: Order, names: dict[str, str]) -> CustomerPurchase:
    return CustomerPurchase(
        kind=PurchaseKind.ORDER,
        reference=order.order_id,
        number=order.number,
        shop=order.shop,
        shop_name=names.get(order.shop, order.shop),
        channel=order.channel,
        at_ms=order.placed_at_ms,
        total_minor=order.total.minor,
        currency=order.currency,
        state=order.state.value,
        item_count=len(order.lines),
        items=tuple(
            PurchaseItem(sku=line.sku, name=line.name[:MOST_TEXT], quantity=line.quantity)
            for line in order.lines[:MAX_SHOWN_ITEMS]
        ),
    )


def _with_items(
    connection: Connection, latest: Sequence[CustomerPurchase]
) -> tuple[CustomerPurchase, ...]:
    items = _of_sales(connection, latest) | _of_returns(connection, latest)
    return tuple(
        one
        if one.kind is PurchaseKind.ORDER
        else one.model_copy(
            update={
                "item_count": len(items.get(one.reference, ())),
                "items": tuple(items.get(one.reference, ())[:MAX_SHOWN_ITEMS]),
            }
        )
        for one in latest
    )


def _of_sales(
    connection: Connection, latest: Sequence[CustomerPurchase]
) -> dict[str, list[PurchaseItem]]:
    line = tables.sale_line.c
    rows = connection.execute(
        select(line.sale_id, line.sku, line.name, line.quantity)
        .where(
            line.sale_id.in_([one.reference for one in latest if one.kind is PurchaseKind.SALE]),
            line.is_void.is_(False),
        )
        .order_by(line.sale_id, line.number)
    )
    return {
        sale_id: [
            PurchaseItem(sku=row.sku, name=row.name[:MOST_TEXT], quantity=row.quantity)
            for row in lines
        ]
        for sale_id, lines in groupby(rows, key=lambda row: str(row.sale_id))
    }


def _of_returns(
    connection: Connection, latest: Sequence[CustomerPurchase]
) -> dict[str, list[PurchaseItem]]:
    """Return what came back as the facts tell it: rows know lines by number only."""
    document = return_document.c
    ids = [one.reference for one in latest if one.kind is PurchaseKind.RETURN]
    rows = connection.execute(
        select(document.return_id, tables.inbox.c.body_json)
        .join(tables.inbox, tables.inbox.c.op_id == document.op_id)
        .where(document.return_id.in_(ids))
    )
    return {
        row.return_id: [
            PurchaseItem(
                sku=str(line["sku"]),
                name=str(line.get("name", ""))[:MOST_TEXT],
                quantity=line["quantity"],
            )
            for line in json.loads(without_nul(row.body_json))["lines"]
        ]
        for row in rows
    }


def _waiting(connection: Connection, ids: Sequence[str], shop: str) -> tuple[WaitingOrder, ...]:
    order = customer_order.c
    texts = connection.scalars(
        select(order.content_json)
        .where(order.customer_id.in_(ids), order.closed_at_ms == 0)
        .order_by(order.shop != shop, order.placed_at_ms)
        .limit(MAX_WAITING)
    )
    orders = [book.read_order(text) for text in texts]
    names = shop_names(connection, {one.shop for one in orders})
    return tuple(
        WaitingOrder(
            order_id=one.order_id,
            number=one.number,
            shop=one.shop,
            shop_name=names.get(one.shop, one.shop),
            state=one.state.value,
            is_here=one.shop == shop,
            is_prepaid=one.is_prepaid,
            total_minor=one.total.minor,
            currency=one.currency,
            item_count=len(one.lines),
            placed_at_ms=one.placed_at_ms,
            promised_at_ms=one.promised_at_ms,
            hold_until_ms=one.hold_until_ms,
        )
        for one in orders
    )


def _credit(connection: Connection, ids: Sequence[str]) -> tuple[CustomerCredit, ...]:
    account = value_account.c
    rows = connection.execute(
        select(value_account)
        .where(
            account.customer_id.in_(ids),
            account.kind == StoredValueKind.STORE_CREDIT.value,
            account.state == _ACTIVE,
            account.balance > 0,
        )
        .order_by(account.expires_at_ms, account.account_id)
        .limit(MAX_CREDIT)
    )
    return tuple(
        CustomerCredit(
            account_id=row.account_id,
            last4=row.last4,
            balance_minor=row.balance,
            currency=row.currency,
            expires_at_ms=row.expires_at_ms,
        )
        for row in rows
    )
