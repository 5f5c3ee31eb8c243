"""Finds what somebody bought, by what is on paper or what they can say, with its returns."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import Connection, Row, select

from pos.domain.collection import OrderState
from pos.domain.fields import IDENTIFIER
from pos.domain.return_ledger import Ledger
from pos.domain.return_purchase import NothingBought
from pos.domain.scan_codes import GiftReceiptScan, ParcelScan, ReceiptScan, read_own_code
from sync.hub.orders import book
from sync.hub.orders.finding import LEAST_LETTERS, by_number, matching, shop_names
from sync.hub.returns.bought import HANDED_OVER
from sync.hub.returns.ledgers import ledger_for, told
from sync.hub.tables import sale, till
from sync.hub.tables_orders import customer_order, order_event
from sync.hub.tables_returns import return_document, return_part
from sync.wire.v1.purchases import MAX_FOUND, FoundPurchase, FoundPurchases

# The series names the till by its number: 2-004318, and 2.3-000017 after a restore.
_NUMBER = re.compile(r"([1-9]\d{0,5})(?:\.\d{1,6})?-\d{1,12}")
_RETURN = re.compile(r"[Dd]([1-9]\d{0,5})(?:\.\d{1,6})?-\d{1,12}")
_OVER = (OrderState.COLLECTED.value, OrderState.PARTLY_COLLECTED.value)


class WrongCode(Exception):
    """A printed code that was mistyped, or that names nothing that was bought."""


def find_purchases(
    connection: Connection, text: str, *, asking_shop: str, shop: str, now_ms: int
) -> FoundPurchases:
    """Return at most 20 purchases, the latest first; none is an answer.

    Args:
        text: The code or number of a receipt, the label of a parcel, the number of an order, the
            id of a sale or order, or what a customer of the asking shop can say of an order.
        asking_shop: Customers of other shops are found by number only, and not named.
        shop: Where the number of a receipt is looked up; in all shops when empty.

    Raises:
        WrongCode: A code of ours that names nothing that was bought, or was mistyped.
    """
    said = text.strip()
    if ":" in said:
        said, shop = _named_by(said, shop)
    references = dict.fromkeys(_references(connection, said, asking_shop, shop))
    ledgers = [one for key in references if (one := _ledger(connection, key)) is not None]
    ledgers.sort(key=lambda one: -one.purchase.sold_at_ms)
    names = shop_names(connection, {one.purchase.shop for one in ledgers})
    return FoundPurchases(
        hub_time_ms=now_ms,
        purchases=tuple(
            FoundPurchase(
                shop_name=names.get(one.purchase.shop, one.purchase.shop),
                content=told(one, asking_shop),
            )
            for one in ledgers[:MAX_FOUND]
        ),
    )


def _named_by(code: str, shop: str) -> tuple[str, str]:
    """Return the number a code names, and the shop when it names one."""
    match read_own_code(code):
        case ReceiptScan(number, of_shop) | GiftReceiptScan(number, of_shop):
            return number, of_shop or shop
        case ParcelScan(order_number):
            return order_number, shop
        case None:  # an id with a colon in it, say
            return code, shop
        case _:
            raise WrongCode(code)


def _references(connection: Connection, said: str, asking_shop: str, shop: str) -> Iterator[str]:
    if IDENTIFIER.fullmatch(said):
        yield said
    yield from _sales(connection, said, shop)
    yield from _returned_from(connection, said.upper(), shop)
    folded = book.folded(said)
    orders = list(by_number(connection, folded))
    if len(folded) >= LEAST_LETTERS:
        orders += _of_customers(connection, asking_shop, folded)
    for row in orders:
        yield from _of_order(connection, row)


def _sales(connection: Connection, number: str, shop: str) -> Iterable[str]:
    """Return the sales with that number: an index of each till's numbers answers."""
    named = _NUMBER.fullmatch(number)
    if named is None:
        return ()
    tills = select(till.c.till).where(till.c.number == int(named[1]))
    if shop:
        tills = tills.where(till.c.shop == shop)
    return connection.scalars(
        select(sale.c.sale_id)
        .where(sale.c.till.in_(connection.scalars(tills).all()), sale.c.number == number)
        .order_by(sale.c.completed_at_ms.desc())
        .limit(MAX_FOUND)
    ).all()


def _returned_from(connection: Connection, number: str, shop: str) -> Iterable[str]:
    """Return the purchases that the returns with that number are of."""
    named = _RETURN.fullmatch(number)
    if named is None:
        return ()
    tills = select(till.c.till).where(till.c.number == int(named[1]))
    if shop:
        tills = tills.where(till.c.shop == shop)
    document = return_document.c
    return connection.scalars(
        select(return_part.c.purchase)
        .join(return_document, document.return_id == return_part.c.return_id)
        .where(document.till.in_(connection.scalars(tills).all()), document.number == number)
        .order_by(document.completed_at_ms.desc(), return_part.c.purchase)
        .limit(MAX_FOUND)
    ).all()


def _of_customers(connection: Connection, shop: str, said: str) -> list[Row[Any]]:
    order = customer_order.c
    rows = connection.execute(
        select(customer_order)
        .where(order.shop == shop, order.state.in_(_OVER), *matching(said))
        .order_by(order.closed_at_ms.desc(), order.order_id)
        .limit(MAX_FOUND)
    )
    return list(rows)


def _of_order(connection: Connection, row: Row[Any]) -> Iterator[str]:
    """Yield the order, and the sales it was paid for with when it was handed over."""
    yield row.order_id
    bodies = connection.scalars(
        select(order_event.c.body_json).where(
            order_event.c.order_id == row.order_id,
            order_event.c.kind == HANDED_OVER,
            order_event.c.outcome == book.APPLIED,
        )
    )
    for body in bodies:
        if sale_id := json.loads(body).get("sale_id"):
            yield str(sale_id)


def _ledger(connection: Connection, reference: str) -> Ledger | None:
    try:
        return ledger_for(connection, reference)
    except NothingBought:
        return None
