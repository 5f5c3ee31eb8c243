"""All that the hub holds of a customer, for the customer: GDPR art. 15 and 20, one JSON object."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Table, select

from pos.domain.customer_content import customer_body
from sync.hub import tables
from sync.hub.customers import records
from sync.hub.customers.erasing import traces_of
from sync.hub.tables_customers import customer_change
from sync.hub.tables_orders import customer_order, order_notice, store_cart, store_session
from sync.hub.tables_returns import return_document, return_part
from sync.hub.tables_value import value_account, value_entry

_SECRET = frozenset({"token_hash", "csrf"})


def export(connection: Connection, customer_id: str) -> dict[str, Any]:
    """Return everything kept of a customer: times in UTC ms, amounts in minor units.

    Raises:
        NoSuchCustomer: There is none, or they were forgotten.
    """
    record = records.live(connection, customer_id)
    ids = records.ids_of(connection, record.customer_id)
    sales = _rows(connection, tables.sale, "customer_id", ids)
    returns = _rows(connection, return_document, "customer_id", ids)
    orders = _rows(connection, customer_order, "customer_id", ids)
    credit = _rows(connection, value_account, "customer_id", ids)
    sale_ids = [row["sale_id"] for row in sales]
    return_ids = [row["return_id"] for row in returns]
    return {
        "customer": customer_body(record),
        "records": list(ids),
        "sales": sales,
        "sale_lines": _rows(connection, tables.sale_line, "sale_id", sale_ids),
        "sale_tenders": _rows(connection, tables.sale_tender, "sale_id", sale_ids),
        "returns": returns,
        "return_parts": _rows(connection, return_part, "return_id", return_ids),
        "orders": [json.loads(row["content_json"]) for row in orders],
        "messages": _rows(
            connection, order_notice, "order_id", [row["order_id"] for row in orders]
        ),
        "credit": credit,
        "credit_entries": _rows(
            connection, value_entry, "account_id", [row["account_id"] for row in credit]
        ),
        "carts": _rows(connection, store_cart, "customer_id", ids),
        "sessions": _rows(connection, store_session, "customer_id", ids),
        "shops": _rows(connection, customer_change, "customer_id", ids),
        "facts": [
            {"till": one.till, "epoch": one.epoch, "seq": one.seq, "kind": one.kind}
            for one in traces_of(connection, record)
        ],
    }


def _rows(
    connection: Connection, table: Table, column: str, values: list[str] | tuple[str, ...]
) -> list[dict[str, Any]]:
    rows = connection.execute(
        select(table).where(table.c[column].in_(values)).order_by(*table.primary_key.columns)
    )
    return [
        {name: value for name, value in row._asdict().items() if name not in _SECRET}
        for row in rows
    ]
