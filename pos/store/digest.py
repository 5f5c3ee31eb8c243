"""What the till sold and took back, in the few numbers that are compared with the hub."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from pos.store.statements import Statements

_SALES = "SELECT count(*), coalesce(sum(s.total), 0) FROM sale s"
_TENDERS = "SELECT p.kind, sum(p.amount) FROM sale s JOIN sale_tender p ON p.sale_key = s.sale_key"
_RETURNS = "SELECT count(*), coalesce(sum(s.total), 0) FROM return_document s"
_REFUNDS = (
    "SELECT r.means, sum(r.amount) FROM return_document s"
    " JOIN return_refund r ON r.return_key = s.return_key"
)
_REISSUES = "SELECT s.means, sum(s.amount) FROM return_reissue s"
_OF_DAY = " JOIN till_session t ON t.session_id = s.session_id WHERE t.business_day = ?"


@dataclass(frozen=True, slots=True)
class Digest:
    """Counts and sums in minor units; `by_tender` is what covered the tickets, change off.

    `by_refund` is by which means what came back goes back, whether or not it arrived yet;
    `by_reissue` what was paid for refunds that had failed.
    """

    sales: int
    total_minor: int
    by_tender: Mapping[str, int]
    returns: int = 0
    returns_minor: int = 0
    by_refund: Mapping[str, int] = field(default_factory=dict)
    by_reissue: Mapping[str, int] = field(default_factory=dict)


def digest(sql: Statements, business_day: str | None = None) -> Digest:
    """Sum up an accounting day (ISO date), or everything this till ever did."""
    where, parameters = ("", ()) if business_day is None else (_OF_DAY, (business_day,))
    ((sales, total),) = sql.rows(f"{_SALES}{where}", parameters)
    tenders = sql.rows(f"{_TENDERS}{where} GROUP BY p.kind", parameters)
    ((returns, returns_total),) = sql.rows(f"{_RETURNS}{where}", parameters)
    refunds = sql.rows(f"{_REFUNDS}{where} GROUP BY r.means", parameters)
    again = sql.rows(f"{_REISSUES}{where} GROUP BY s.means", parameters)
    return Digest(sales, total, dict(tenders), returns, returns_total, dict(refunds), dict(again))
