"""Returns of one purchase that cannot all be right: on the desk, with every paper."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy import Row as DatabaseRow

from pos.domain.quantity import THOUSAND
from pos.domain.return_ledger import Ledger, LineStanding, Returned
from pos.domain.return_purchase import NothingBought
from pos.domain.return_trouble import Trouble, returns_in_trouble, troubles_of
from pos.domain.returns import ReturnFlag
from sync.hub.background import Rest
from sync.hub.conflicts import desk
from sync.hub.database import HubDatabase
from sync.hub.intake.fact_rows import MAX_TEXT, MOST_MONEY
from sync.hub.people import name_of
from sync.hub.returns import checking
from sync.hub.returns.ledgers import ledger_for
from sync.hub.tables_desk import desk_item
from sync.hub.tables_returns import return_document
from sync.wire.v1.desk import MAX_SIDES, ItemKind, Row, RowKind, Side

TOO_MANY_UNITS = frozenset({Trouble.MORE_THAN_SOLD, Trouble.SERIAL_TWICE, Trouble.UNKNOWN_LINE})
KINDS = (ItemKind.RETURNED_TWICE, ItemKind.REFUND_ABOVE_PAID)
ALONE, WITH_CLAIM = "alone", "with_claim"


def check_all(database: HubDatabase, now_ms: int, rest: Rest) -> int:
    """Look through the purchases that wait for it; return how many items were opened."""
    opened = 0
    while True:
        with database.reading() as connection:
            waiting = checking.to_check(connection)
        for purchase in waiting:
            with database.transaction() as connection:
                if checking.take(connection, purchase):
                    opened += check(connection, purchase, now_ms)
            rest(0)
        if len(waiting) < checking.AT_A_TIME:
            return opened


def check(connection: Connection, reference: str, now_ms: int) -> bool:
    """Open the item about a purchase's returns that contradict each other, or close it.

    One purchase is one item: what comes later of the same purchase opens it again with all of
    the papers. What the hub does not know to have been bought is looked at once it does.
    """
    try:
        ledger = ledger_for(connection, reference)
    except NothingBought:
        return False
    if ledger is None:
        return False
    kind = _kind_of(ledger)
    for other in KINDS:
        if other is not kind:
            desk.settle(connection, other, reference, now_ms)
    if kind is None or _is_told(connection, kind, ledger):
        return False
    return desk.open_item(connection, _found(connection, kind, ledger, now_ms))


def _kind_of(ledger: Ledger) -> ItemKind | None:
    troubles = troubles_of(ledger)
    if not troubles:
        return None
    return ItemKind.RETURNED_TWICE if troubles & TOO_MANY_UNITS else ItemKind.REFUND_ABOVE_PAID


def _is_told(connection: Connection, kind: ItemKind, ledger: Ledger) -> bool:
    """True when the item names every return there is, open or resolved by a person."""
    item_id = desk.item_id_of(kind, ledger.purchase.reference)
    row = connection.execute(select(desk_item).where(desk_item.c.item_id == item_id)).first()
    if row is None or row.resolution == desk.SETTLED:
        return False
    known = json.loads(row.body_json)["data"].get("returns", [])
    return set(_told_of(ledger)) <= set(known)


def _told_of(ledger: Ledger) -> list[str]:
    """Return what an item names: every return, and every refund that was paid again."""
    again = (out.refund_id for one in ledger.returns for out in one.paid_out if out.replaces)
    return sorted({one.return_id for one in ledger.returns} | set(again))


def _found(connection: Connection, kind: ItemKind, ledger: Ledger, now_ms: int) -> desk.Found:
    named = returns_in_trouble(ledger) or ledger.returns
    in_turn = sorted(named, key=lambda one: (one.at_ms, one.return_id))
    rows = connection.execute(
        select(return_document).where(
            return_document.c.return_id.in_([one.return_id for one in in_turn])
        )
    )
    papers = {row.return_id: row for row in rows}
    last = papers[in_turn[-1].return_id]
    shown = _shown(in_turn)
    return desk.Found(
        kind=kind,
        key=ledger.purchase.reference,
        shop=last.shop,
        till=last.till,
        subject=ledger.purchase.number[:MAX_TEXT],
        currency=ledger.purchase.currency,
        at_ms=now_ms,
        money=min(_at_stake(ledger), MOST_MONEY),
        sides=tuple(_side(connection, one, papers[one.return_id], ledger) for one in shown),
        data={
            "purchase": ledger.purchase.reference,
            "returns": _told_of(ledger),
        },
        reopens=True,
    )


def _shown(in_turn: Sequence[Returned]) -> Sequence[Returned]:
    """Return the returns there is room for: the first ones and the last."""
    if len(in_turn) <= MAX_SIDES:
        return in_turn
    return [*in_turn[: MAX_SIDES - 1], in_turn[-1]]


def _at_stake(ledger: Ledger) -> int:
    """Return what went out beyond what was paid, or for units that were not sold; minor units."""
    units = sum(_above(row) for row in ledger.lines)
    tenders = sum(
        ledger.refunded_to(part).minor - part.amount.minor for part in ledger.tenders_overpaid
    )
    over_due = sum(-one.owed.minor for one in ledger.returns if one.owed.minor < 0)
    return max(units, tenders, over_due, ledger.overpaid.minor)


def _above(row: LineStanding) -> int:
    above = max(0, row.value_returned.minor - row.line.net.minor)
    return max(above, row.line.net.scaled(row.excess, row.line.quantity).minor)


def _side(connection: Connection, one: Returned, paper: DatabaseRow[Any], ledger: Ledger) -> Side:
    sold = {line.number: line for line in ledger.purchase.lines}
    names = [sold[part.line].name for part in one.lines if part.line in sold]
    pieces = sum(part.quantity for part in one.lines) // THOUSAND
    is_alone = ReturnFlag.OFFLINE.value in paper.flags.split(",")
    rows = [
        Row(kind=RowKind.AT, number=paper.completed_at_ms),
        Row(kind=RowKind.STAFF, text=name_of(connection, paper.shop, paper.staff_id)[:MAX_TEXT]),
        Row(kind=RowKind.DOCUMENT, text=paper.number),
        Row(kind=RowKind.TOTAL, number=min(one.due.minor, MOST_MONEY)),
        Row(kind=RowKind.LINES, number=pieces),
        Row(kind=RowKind.STATE, text=ALONE if is_alone else WITH_CLAIM),
    ]
    if names:
        rows.insert(4, Row(kind=RowKind.PRODUCT, text=", ".join(dict.fromkeys(names))[:MAX_TEXT]))
    return Side(shop=paper.shop, till=paper.till, rows=tuple(rows))
