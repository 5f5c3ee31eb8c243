"""How a Z is kept as it was taken, for reprinting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pos.domain.money import Money
from pos.domain.return_purchase import Means
from pos.domain.tax import TaxAmount, TaxRate
from pos.domain.tender import TenderKind
from pos.domain.till_session import (
    CashCount,
    CashMovement,
    MovementKind,
    SessionFigures,
    SessionReport,
    TillSession,
)
from pos.store.statements import from_json, to_json

# Counters of SessionFigures that are plain numbers or texts and keep their names.
_PLAIN = (
    "currency", "sales", "articles", "gross", "discounts", "total", "voided_lines",
    "voided_amount", "cancelled_tickets", "drawer_openings", "overrides", "reprints",
    "unverified_card", "first_number", "last_number",
)  # fmt: skip
# Those that reports from before there were returns do not have.
_OF_RETURNS = ("returns", "returns_total", "first_return", "last_return")


def count_to_json(count: CashCount) -> str:
    """Return counted pieces as pairs, largest denomination first."""
    return to_json(count.body())


def count_from_json(text: str, currency: str) -> CashCount:
    """Return the count that `count_to_json` wrote."""
    return _count(from_json(text), currency)


def counts_to_json(counts: tuple[CashCount, ...]) -> str:
    """Return the counts of a shift, the first one first."""
    return to_json([count.body() for count in counts])


def counts_from_json(text: str, currency: str) -> tuple[CashCount, ...]:
    """Return the counts that `counts_to_json` wrote."""
    return tuple(_count(pairs, currency) for pairs in from_json(text))


def report_to_json(report: SessionReport) -> str:
    """Return everything a Z shows; its number is kept beside."""
    session = report.session
    return to_json(
        {
            "session": {
                "session_id": session.session_id,
                "number": session.number,
                "business_day": session.business_day,
                "opened_at_ms": session.opened_at_ms,
                "opened_by": session.opened_by,
                "closed_at_ms": session.closed_at_ms,
                "currency": session.opening_float.currency,
                "float": session.opening_float.body(),
                "counts": [count.body() for count in session.counts],
            },
            "figures": _figures(report.figures),
            "taken_at_ms": report.taken_at_ms,
            "staff_name": report.staff_name,
            "grand_total": report.grand_total.minor,
            "grand_total_returns": report.grand_total_returns,
            "chain": [report.chain_seq, report.chain_head],
        }
    )


def report_from_json(number: str, text: str) -> SessionReport:
    """Return the Z that `report_to_json` wrote."""
    body = from_json(text)
    session = body["session"]
    currency = session["currency"]
    return SessionReport(
        session=TillSession(
            session_id=session["session_id"],
            number=session["number"],
            business_day=session["business_day"],
            opened_at_ms=session["opened_at_ms"],
            opened_by=session["opened_by"],
            opening_float=_count(session["float"], currency),
            counts=tuple(_count(pairs, currency) for pairs in session["counts"]),
            closed_at_ms=session["closed_at_ms"],
        ),
        number=number,
        figures=_figures_from(body["figures"], session["session_id"]),
        taken_at_ms=body["taken_at_ms"],
        staff_name=body["staff_name"],
        grand_total=Money(body["grand_total"], currency),
        chain_seq=body["chain"][0],
        chain_head=body["chain"][1],
        grand_total_returns=body.get("grand_total_returns", 0),
    )


def _count(pairs: list[tuple[int, int]], currency: str) -> CashCount:
    return CashCount(currency, dict(pairs))


def _figures(figures: SessionFigures) -> dict[str, object]:
    return {
        **{name: getattr(figures, name) for name in (*_PLAIN, *_OF_RETURNS)},
        "tenders": {kind.value: amount for kind, amount in figures.tenders.items()},
        "tender_counts": {kind.value: count for kind, count in figures.tender_counts.items()},
        "tax": _tax_rows(figures.tax),
        "refunds": _by_means(figures.refunds),
        "refund_counts": _by_means(figures.refund_counts),
        "return_tax": _tax_rows(figures.return_tax),
        "reissues": _by_means(figures.reissues),
        "reissue_counts": _by_means(figures.reissue_counts),
        "movements": [
            [move.movement_id, move.kind.value, move.amount.minor, move.reason, move.staff_id,
             move.at_ms]
            for move in figures.movements
        ],
    }  # fmt: skip


def _figures_from(body: dict[str, Any], session_id: str) -> SessionFigures:
    currency = body["currency"]
    return SessionFigures(
        **{name: body[name] for name in _PLAIN},
        **{name: body[name] for name in _OF_RETURNS if name in body},
        tenders={TenderKind(kind): amount for kind, amount in body["tenders"].items()},
        tender_counts={TenderKind(kind): count for kind, count in body["tender_counts"].items()},
        tax=_tax_from(body["tax"], currency),
        return_tax=_tax_from(body.get("return_tax", []), currency),
        refunds=_from_means(body, "refunds"),
        refund_counts=_from_means(body, "refund_counts"),
        reissues=_from_means(body, "reissues"),
        reissue_counts=_from_means(body, "reissue_counts"),
        movements=tuple(
            CashMovement(
                movement_id,
                session_id,
                MovementKind(kind),
                Money(minor, currency),
                reason,
                who,
                at,
            )
            for movement_id, kind, minor, reason, who, at in body["movements"]
        ),
    )


def _by_means(numbers: Mapping[Means, int]) -> dict[str, int]:
    return {means.value: number for means, number in numbers.items()}


def _from_means(body: Mapping[str, Any], name: str) -> dict[Means, int]:
    """Return numbers by means; reports from before there were any have none."""
    return {Means(means): number for means, number in body.get(name, {}).items()}


def _tax_rows(taxes: tuple[TaxAmount, ...]) -> list[list[object]]:
    return [
        [tax.rate.basis_points, tax.rate.name, tax.gross.minor, tax.base.minor, tax.tax.minor]
        for tax in taxes
    ]


def _tax_from(rows: list[list[Any]], currency: str) -> tuple[TaxAmount, ...]:
    return tuple(
        TaxAmount(
            TaxRate(basis_points, name),
            Money(gross, currency),
            Money(base, currency),
            Money(tax, currency),
        )
        for basis_points, name, gross, base, tax in rows
    )
