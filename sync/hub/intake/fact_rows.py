"""What stored facts say, in the few rows that the desk shows of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row

from sync.hub.admin import get_setting
from sync.hub.conflicts import desk
from sync.wire.v1.base import without_nul
from sync.wire.v1.desk import ItemKind, RowKind, Side
from sync.wire.v1.desk import Row as SideRow

SALE = "sale.completed"
MAX_TEXT = 200
LARGEST_SALE = 10**15  # minor units; more is no amount
MOST_MONEY = 10**18


def body_of(row: Row[Any]) -> Mapping[str, object]:
    """Return the body of a row of `inbox` or `conflict`, empty when it is none."""
    try:
        body = json.loads(without_nul(row.body_json or "{}"))
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def money_of(rows: Sequence[Row[Any]]) -> int:
    """Return what the sales among facts add up to, without signs, in minor units."""
    totals = (body_of(row).get("total") for row in rows if row.kind == SALE)
    sound = (abs(total) for total in totals if isinstance(total, int) and not _is_absurd(total))
    return min(MOST_MONEY, sum(sound))


def document_of(row: Row[Any]) -> str:
    """Return what people call a fact: the number of a receipt, or the fact's own id."""
    return _shown(body_of(row).get("number") or row.op_id)


def said_by(rows: Sequence[Row[Any]]) -> tuple[SideRow, ...]:
    """Return what facts in sequence say together."""
    if not rows:
        return ()
    said = [
        SideRow(kind=RowKind.AT, number=min(row.occurred_at_ms for row in rows)),
        SideRow(kind=RowKind.NUMBERS, text=f"{rows[0].seq}-{rows[-1].seq}", number=len(rows)),
    ]
    sales = [row for row in rows if row.kind == SALE]
    if sales:
        documents = dict.fromkeys((document_of(sales[0]), document_of(sales[-1])))
        staff = _shown(body_of(sales[0]).get("staff_id") or "")
        said += [
            SideRow(kind=RowKind.DOCUMENT, text=" - ".join(documents)[:MAX_TEXT]),
            SideRow(kind=RowKind.STAFF, text=staff),
            SideRow(kind=RowKind.TOTAL, number=money_of(sales)),
        ]
    return tuple(said)


def parked_item(connection: Connection, row: Row[Any], why: str, now_ms: int) -> desk.Found:
    """Return the desk's item about a fact that cannot have its effect."""
    shop = row.till.rpartition("-")[0]
    said = (
        *said_by([row]),
        SideRow(kind=RowKind.STATE, text=why),
        SideRow(kind=RowKind.DETAIL, text=row.kind),
    )
    return desk.Found(
        kind=ItemKind.FACT_PARKED,
        key=f"{row.till}:{row.epoch}:{row.seq}",
        shop=shop,
        till=row.till,
        subject=document_of(row),
        currency=currency_of(connection, shop),
        at_ms=now_ms,
        money=money_of([row]),
        sides=(Side(shop=shop, till=row.till, rows=said),),
        data={"till": row.till, "epoch": row.epoch, "seq": row.seq},
    )


def currency_of(connection: Connection, shop: str) -> str:
    """Return the currency of a shop, empty when nobody knows it."""
    details = get_setting(connection, shop, "shop") or {}
    return str(details.get("currency", ""))


def _shown(value: object) -> str:
    """Return what a fact says as a text that can be kept: half a pair of surrogates is none."""
    return str(value).encode("utf-8", "replace").decode()[:MAX_TEXT]


def _is_absurd(total: int) -> bool:
    return abs(total) > LARGEST_SALE
