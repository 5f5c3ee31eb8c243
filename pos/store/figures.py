"""What happened in a shift, summed by the database from its rows and its journal."""

from __future__ import annotations

from pos.domain.journal import FactKind
from pos.domain.money import Money
from pos.domain.return_purchase import Means
from pos.domain.tax import TaxAmount, TaxRate
from pos.domain.tender import TenderKind
from pos.domain.till_session import CashMovement, MovementKind, SessionFigures
from pos.store.statements import Row, Statements

_SALES = "SELECT count(*), coalesce(sum(total), 0) FROM sale WHERE session_id = ?"
_FIRST = "SELECT number FROM sale WHERE session_id = ? ORDER BY sale_key LIMIT 1"
_LAST = "SELECT number FROM sale WHERE session_id = ? ORDER BY sale_key DESC LIMIT 1"
# Counted goods count their pieces, measured goods count one each (Basket.article_count).
_LINES = (
    "SELECT coalesce(sum(CASE l.unit WHEN 'ea' THEN l.quantity / 1000 ELSE 1 END), 0),"
    " coalesce(sum(l.gross), 0),"
    " coalesce(sum(l.discount + l.promotion + l.ticket_discount), 0)"
    " FROM sale s CROSS JOIN sale_line l ON l.sale_key = s.sale_key"
    " WHERE s.session_id = ? AND l.void = 0"
)
_TENDERS = (
    "SELECT t.kind, sum(t.amount), count(*),"
    " sum(CASE WHEN t.kind = 'card' AND t.verified = 0 THEN t.amount ELSE 0 END)"
    " FROM sale s CROSS JOIN sale_tender t ON t.sale_key = s.sale_key"
    " WHERE s.session_id = ? GROUP BY t.kind"
)
_TAX = (
    "SELECT x.basis_points, x.name, sum(x.gross), sum(x.base), sum(x.tax)"
    " FROM sale s CROSS JOIN sale_tax x ON x.sale_key = s.sale_key"
    " WHERE s.session_id = ? GROUP BY x.basis_points, x.name"
    " ORDER BY x.basis_points DESC, x.name DESC"
)
_RETURNS = "SELECT count(*), coalesce(sum(total), 0) FROM return_document WHERE session_id = ?"
_FIRST_RETURN = (
    "SELECT number FROM return_document WHERE session_id = ? ORDER BY return_key LIMIT 1"
)
_LAST_RETURN = (
    "SELECT number FROM return_document WHERE session_id = ? ORDER BY return_key DESC LIMIT 1"
)
_REFUNDS = (
    "SELECT r.means, sum(r.amount), count(*)"
    " FROM return_document d CROSS JOIN return_refund r ON r.return_key = d.return_key"
    " WHERE d.session_id = ? GROUP BY r.means"
)
_REISSUES = (
    "SELECT means, sum(amount), count(*) FROM return_reissue WHERE session_id = ? GROUP BY means"
)
_RETURN_TAX = (
    "SELECT x.basis_points, x.name, sum(x.gross), sum(x.base), sum(x.tax)"
    " FROM return_document d CROSS JOIN return_tax x ON x.return_key = d.return_key"
    " WHERE d.session_id = ? GROUP BY x.basis_points, x.name"
    " ORDER BY x.basis_points DESC, x.name DESC"
)
# The condition on kinds repeats the index's own, or SQLite would not use it.
_FACTS = (
    "SELECT kind, count(*),"
    " coalesce(sum(CASE kind WHEN 'basket.line_voided' THEN body_json ->> '$.amount' END), 0)"
    " FROM journal WHERE session_id = ? AND kind NOT IN ('sale.completed', 'receipt.printed')"
    " GROUP BY kind"
)
_MOVEMENTS = (
    "SELECT movement_id, session_id, kind, amount, currency, reason, staff_id, at_ms"
    " FROM cash_movement WHERE session_id = ? ORDER BY at_ms, rowid"
)


def session_figures(sql: Statements, session_id: str, currency: str) -> SessionFigures:
    """Sum up a shift; all amounts in minor units of `currency`."""
    sales, total = sql.rows(_SALES, (session_id,))[0]
    articles, gross, discounts = sql.rows(_LINES, (session_id,))[0]
    tenders = {TenderKind(row[0]): row[1:] for row in sql.rows(_TENDERS, (session_id,))}
    facts = {row[0]: row[1:] for row in sql.rows(_FACTS, (session_id,))}
    returns, returns_total = sql.rows(_RETURNS, (session_id,))[0]
    refunds = {Means(row[0]): row[1:] for row in sql.rows(_REFUNDS, (session_id,))}
    again = {Means(row[0]): row[1:] for row in sql.rows(_REISSUES, (session_id,))}

    def count(kind: FactKind) -> int:
        return int(facts.get(kind.value, (0, 0))[0])

    return SessionFigures(
        currency=currency,
        sales=sales,
        articles=articles,
        gross=gross,
        discounts=discounts,
        total=total,
        tenders={kind: amount for kind, (amount, _, _) in tenders.items()},
        tender_counts={kind: number for kind, (_, number, _) in tenders.items()},
        tax=_tax(sql, _TAX, session_id, currency),
        movements=movements(sql, session_id),
        voided_lines=count(FactKind.LINE_VOIDED),
        voided_amount=int(facts.get(FactKind.LINE_VOIDED.value, (0, 0))[1]),
        cancelled_tickets=count(FactKind.BASKET_CANCELLED),
        drawer_openings=count(FactKind.DRAWER_OPENED),
        overrides=count(FactKind.OVERRIDE_GRANTED),
        reprints=count(FactKind.RECEIPT_REPRINTED),
        unverified_card=sum(unverified for _, _, unverified in tenders.values()),
        first_number=_number(sql, _FIRST, session_id),
        last_number=_number(sql, _LAST, session_id),
        returns=returns,
        returns_total=returns_total,
        refunds={means: amount for means, (amount, _) in refunds.items()},
        refund_counts={means: number for means, (_, number) in refunds.items()},
        return_tax=_tax(sql, _RETURN_TAX, session_id, currency),
        first_return=_number(sql, _FIRST_RETURN, session_id),
        last_return=_number(sql, _LAST_RETURN, session_id),
        reissues={means: amount for means, (amount, _) in again.items()},
        reissue_counts={means: number for means, (_, number) in again.items()},
    )


def movements(sql: Statements, session_id: str) -> tuple[CashMovement, ...]:
    """Return the cash movements of a shift, the oldest first."""
    return tuple(movement_from_row(row) for row in sql.rows(_MOVEMENTS, (session_id,)))


def movement_from_row(row: Row) -> CashMovement:
    """Return a movement from its columns in the order of the table."""
    movement_id, session_id, kind, amount, currency, reason, staff_id, at_ms = row
    return CashMovement(
        movement_id,
        session_id,
        MovementKind(kind),
        Money(amount, currency),
        reason,
        staff_id,
        at_ms,
    )


def _tax(sql: Statements, query: str, session_id: str, currency: str) -> tuple[TaxAmount, ...]:
    return tuple(
        TaxAmount(
            TaxRate(basis_points, name),
            Money(gross, currency),
            Money(base, currency),
            Money(tax, currency),
        )
        for basis_points, name, gross, base, tax in sql.rows(query, (session_id,))
    )


def _number(sql: Statements, query: str, session_id: str) -> str:
    row = sql.one(query, (session_id,))
    return "" if row is None else str(row[0])
