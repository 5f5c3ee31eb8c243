"""What facts do to the hub's tables: read from their bodies first, then written all at once."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Connection, Table, Update, select

from sync.connectors.port import Connector, SoldGoods
from sync.hub import tables
from sync.hub.bulk import insert_rows
from sync.wire.v1 import facts
from sync.wire.v1.push import Op, Outcome

UNKNOWN_KIND = "unknown_kind"
UNREADABLE = "unreadable_body"
TOTALS_DIFFER = "totals_differ"
OTHER_SHOP = "other_shop"
NOT_APPLIED = "not_applied"

# Stored and chained, and nothing more: the journal itself is what the shop looks them up in.
KEPT_AS_THEY_ARE = frozenset(
    {"session.counted", "session.x_report", "staff.signed_in", "staff.signed_out",
     "staff.locked_till", "staff.pin_failed", "override.granted", "basket.line_voided",
     "basket.parked", "basket.resumed", "basket.cancelled", "drawer.opened",
     "receipt.printed", "receipt.reprinted", "receipt.emailed", "till.epoch_begun"}
)  # fmt: skip


@dataclass(slots=True)
class Effects:
    """Rows to insert per table, then rows to change, and the goods that left each shop."""

    rows: dict[str, list[tuple[Any, ...]]] = field(default_factory=dict)
    updates: list[Update] = field(default_factory=list)
    sold: dict[str, Counter[str]] = field(default_factory=dict)

    def insert(self, table: Table, *values: object) -> None:
        """Note a row, its values in the order of the table's columns."""
        self.rows.setdefault(table.name, []).append(values)

    def write(self, connection: Connection, connector: Connector) -> None:
        """Write everything.

        Raises:
            ROW_ERRORS: Something is there already, or does not fit; roll the savepoint back.
        """
        for name, rows in self.rows.items():
            insert_rows(connection, tables.metadata.tables[name], rows)
        for update in self.updates:
            connection.execute(update)
        for shop, quantities in sorted(self.sold.items()):
            connector.post_sold(connection, SoldGoods(shop, quantities))


@dataclass(frozen=True, slots=True)
class Origin:
    """Where facts come from, and the business day of each shift known there."""

    till: str
    shop: str
    days: dict[str, str]


@dataclass(frozen=True, slots=True)
class Judgement:
    outcome: Outcome
    code: str = ""


def read_effects(op: Op, origin: Origin, effects: Effects) -> Judgement:
    """Add what `op` does to `effects` and say how the hub takes it; a bad body adds nothing."""
    reader = _READERS.get(op.kind)
    if reader is None:
        if op.kind in KEPT_AS_THEY_ARE:
            return Judgement(Outcome.APPLIED)
        return Judgement(Outcome.PARKED, UNKNOWN_KIND)
    try:
        # PostgreSQL's texts hold no NUL.
        code = reader(op, (op.body_json or "").replace("\\u0000", "\\ufffd"), origin, effects)
    except ValidationError:
        return Judgement(Outcome.PARKED, UNREADABLE)
    return Judgement(Outcome.APPLIED_WITH_EXCEPTION if code else Outcome.APPLIED, code)


def session_days(connection: Connection, ops: Iterable[Op]) -> dict[str, str]:
    """Return the business day of every shift that sales in `ops` belong to, where known."""
    wanted = {
        session_id
        for op in ops
        if op.kind == "sale.completed" and op.body_json
        if (session_id := _session_of(op.body_json))
    }
    session = tables.till_session.c
    rows = connection.execute(
        select(session.session_id, session.business_day).where(session.session_id.in_(wanted))
    )
    return {row.session_id: row.business_day for row in rows}


def _session_of(body: str) -> str:
    """Return the shift a sale names; only a hint, the body is checked when it is read."""
    marker = '"session_id":"'
    start = body.find(marker)
    if start < 0:
        return ""
    start += len(marker)
    return body[start : body.find('"', start)][:64]


def _sale(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    sale = facts.SaleCompleted.model_validate_json(body)
    day = origin.days.get(sale.session_id) or _utc_day(sale.completed_at_ms)
    effects.insert(
        tables.sale,
        sale.sale_id, op.op_id, origin.till, origin.shop, sale.number, sale.session_id,
        sale.staff_id, day, sale.completed_at_ms, sale.currency, sale.total, sale.source, 0,
    )  # fmt: skip
    lines = effects.rows.setdefault(tables.sale_line.name, [])
    sold = effects.sold.setdefault(origin.shop, Counter())
    net = 0
    for line in sale.lines:
        lines.append(
            (sale.sale_id, line.number, line.sku, line.gtin, line.name, line.quantity, line.unit,
             line.unit_price, line.gross, line.discount + line.ticket_discount, line.net,
             line.tax_basis_points, line.void)
        )  # fmt: skip
        if not line.void:
            net += line.net
            sold[line.sku] += line.quantity
    for position, tender in enumerate(sale.tenders, start=1):
        effects.insert(
            tables.sale_tender, sale.sale_id, position, tender.kind, tender.amount,
            tender.tendered, tender.reference, tender.verified,
        )  # fmt: skip
    if sale.shop != origin.shop:
        return OTHER_SHOP
    paid = sum(tender.amount for tender in sale.tenders)
    return "" if sale.total == net == paid else TOTALS_DIFFER


def _session_opened(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    session = facts.SessionOpened.model_validate_json(body)
    origin.days[session.session_id] = session.business_day
    effects.insert(
        tables.till_session,
        session.session_id, origin.till, session.number, session.business_day,
        session.staff_id, op.occurred_at_ms, session.currency, session.float_total,
        None, None, None, None, None, None,
    )  # fmt: skip
    return ""


def _session_closed(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    closed = facts.SessionClosed.model_validate_json(body)
    effects.updates.append(
        tables.till_session.update()
        .where(
            tables.till_session.c.session_id == closed.session_id,
            tables.till_session.c.till == origin.till,
        )
        .values(
            closed_at_ms=op.occurred_at_ms,
            sales=closed.sales,
            total=closed.total,
            expected=closed.expected,
            counted=closed.counted,
            difference=closed.difference,
        )
    )
    return ""


def _cash_moved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    moved = facts.CashMoved.model_validate_json(body)
    kind = {"cash.paid_in": "paid_in", "cash.paid_out": "paid_out", "cash.dropped": "drop"}
    effects.insert(
        tables.cash_movement,
        moved.movement_id, origin.till, moved.session_id, kind[op.kind], moved.amount,
        moved.currency, moved.reason, moved.staff_id, op.occurred_at_ms,
    )  # fmt: skip
    return ""


def _card_requested(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    card = facts.CardRequested.model_validate_json(body)
    effects.insert(
        tables.card_attempt,
        card.attempt_id, origin.till, card.basket_id, card.amount, card.currency, "requested",
        "", False, op.occurred_at_ms, None,
    )  # fmt: skip
    return ""


def _card_resolved(op: Op, body: str, origin: Origin, effects: Effects) -> str:
    card = facts.CardResolved.model_validate_json(body)
    effects.updates.append(
        tables.card_attempt.update()
        .where(
            tables.card_attempt.c.attempt_id == card.attempt_id,
            tables.card_attempt.c.till == origin.till,
        )
        .values(
            state=card.state,
            authorisation=card.authorisation,
            is_verified=card.verified,
            resolved_at_ms=op.occurred_at_ms,
        )
    )
    return ""


def _utc_day(at_ms: int) -> str:
    """Return the UTC date of a sale whose shift the hub does not know."""
    moment = datetime.datetime.fromtimestamp(min(at_ms, 253_402_300_799_999) / 1000, datetime.UTC)
    return moment.date().isoformat()


_READERS: Mapping[str, Callable[[Op, str, Origin, Effects], str]] = {
    "sale.completed": _sale,
    "session.opened": _session_opened,
    "session.closed": _session_closed,
    "cash.paid_in": _cash_moved,
    "cash.paid_out": _cash_moved,
    "cash.dropped": _cash_moved,
    "card.requested": _card_requested,
    "card.resolved": _card_resolved,
}
