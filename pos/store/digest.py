"""What the till sold, in the few numbers that are compared with the hub."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.store.statements import Statements

_SALES = "SELECT count(*), coalesce(sum(s.total), 0) FROM sale s"
_TENDERS = "SELECT p.kind, sum(p.amount) FROM sale s JOIN sale_tender p ON p.sale_key = s.sale_key"
_OF_DAY = " JOIN till_session t ON t.session_id = s.session_id WHERE t.business_day = ?"


@dataclass(frozen=True, slots=True)
class Digest:
    """Count and sums in minor units; `by_tender` is what covered the tickets, change off."""

    sales: int
    total_minor: int
    by_tender: Mapping[str, int]


def digest(sql: Statements, business_day: str | None = None) -> Digest:
    """Sum up an accounting day (ISO date), or everything this till ever sold."""
    where, parameters = ("", ()) if business_day is None else (_OF_DAY, (business_day,))
    ((sales, total),) = sql.rows(f"{_SALES}{where}", parameters)
    tenders = sql.rows(f"{_TENDERS}{where} GROUP BY p.kind", parameters)
    return Digest(sales, total, dict(tenders))
