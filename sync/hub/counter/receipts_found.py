"""Finds a sale by the number on its receipt, whichever till of whichever shop made it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

from pydantic import JsonValue
from sqlalchemy import Connection, func, select

from sync.hub.tables import conflict, inbox, sale, setting, staff, till
from sync.wire.v1.receipts import MAX_FOUND, FoundSale, FoundSales

# The series names the till by its number: 2-004318, and 2.3-000017 after a restore.
_NUMBER = re.compile(r"([1-9]\d{0,5})(?:\.\d{1,6})?-\d{1,12}")


def find_sales(connection: Connection, number: str, shop: str, now_ms: int) -> FoundSales:
    """Return the sales with that number, the latest first; none is an answer.

    The number begins with the till's, so that there is one till to look at in each shop: the
    index of a till's numbers answers, however many sales there are.

    Args:
        shop: Where to look; in all shops when empty.
    """
    named = _NUMBER.fullmatch(number)
    if named is None:
        return FoundSales(hub_time_ms=now_ms, sales=())
    tills = select(till.c.till).where(till.c.number == int(named[1]))
    if shop:
        tills = tills.where(till.c.shop == shop)
    rows = connection.execute(
        select(
            sale.c.till,
            sale.c.shop,
            func.coalesce(inbox.c.body_json, conflict.c.body_json).label("body_json"),
            func.coalesce(inbox.c.received_at_ms, conflict.c.received_at_ms).label("received"),
            staff.c.name,
        )
        .outerjoin(inbox, inbox.c.op_id == sale.c.op_id)
        # What a copy of a till sold lies beside the chain.
        .outerjoin(conflict, (conflict.c.op_id == sale.c.op_id) & (sale.c.fork > 0))
        .outerjoin(staff, (staff.c.shop == sale.c.shop) & (staff.c.staff_id == sale.c.staff_id))
        .where(sale.c.till.in_(connection.scalars(tills).all()), sale.c.number == number)
        .order_by(sale.c.completed_at_ms.desc())
        .limit(MAX_FOUND)
    ).all()
    return FoundSales(
        hub_time_ms=now_ms,
        sales=tuple(
            FoundSale(
                till=row.till,
                body_json=row.body_json,
                received_at_ms=row.received,
                staff_name=(row.name or "")[:200],
            )
            for row in rows
            if row.body_json
        ),
        shops=_on_paper(connection, {row.shop for row in rows}),
    )


def _on_paper(connection: Connection, shops: Iterable[str]) -> dict[str, dict[str, JsonValue]]:
    """Return what the receipts of these shops say about the shop."""
    rows = connection.execute(
        select(setting.c.shop, setting.c.value_json).where(
            setting.c.shop.in_(list(shops)), setting.c.key == "shop"
        )
    )
    told = ((row.shop, json.loads(row.value_json)) for row in rows)
    return {code: value for code, value in told if isinstance(value, dict)}
