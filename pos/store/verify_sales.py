"""Holds every recorded sale against itself and against its fact.

The database adds up; what only Python can say (the tax of an amount, what a fact says) is asked
once per rate and once per fact.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from operator import itemgetter
from typing import Any

from pos.domain.money import Money
from pos.domain.tax import TaxRate, tax_in_gross
from pos.store.statements import Row, Statements, from_json

SALES_AT_A_TIME = 1_000

_HEAD_KEYS = (
    "sale_id", "number", "series", "sequence", "shop", "session_id", "staff_id", "staff_name",
    "currency", "opened_at_ms", "completed_at_ms", "total", "ticket_discount_reason", "source",
    "customer_id",
)  # fmt: skip
_LINE_KEYS = (
    "number", "sku", "gtin", "name", "quantity", "unit", "unit_price", "list_price", "gross",
    "discount", "promotion", "ticket_discount", "net", "tax_basis_points", "tax_name", "entry",
    "note", "discount_reason", "override_reason", "approved_by", "void",
)  # fmt: skip
_PROMOTION_KEYS = ("promotion_id", "name", "coupon", "on_total", "lines")
_SHARE_KEYS = ("line", "amount")
_TAX_KEYS = ("basis_points", "name", "gross", "base", "tax")
_TENDER_KEYS = ("kind", "amount", "tendered", "reference", "authorisation", "verified")

# What facts did not say before tills could be set up again from them.
_HEAD_LATER, _LINE_LATER = "staff_name", "tax_name"
# What facts did not say before there were promotions.
_NO_PROMOTIONS: dict[str, Any] = {"promotions": [], "coupons": []}

_PROMOTION_OF, _SHARE_OF = itemgetter(*_PROMOTION_KEYS), itemgetter(*_SHARE_KEYS)

_FISCAL_KEYS = ("module", "legend", "qr")
_LIST_KEYS = ("lines", "promotions", "coupons", "tax", "tenders", "fiscal")
_HEAD_OF, _LINE_OF, _TAX_OF, _TENDER_OF, _FISCAL_OF = (
    itemgetter(*keys) for keys in (_HEAD_KEYS, _LINE_KEYS, _TAX_KEYS, _TENDER_KEYS, _FISCAL_KEYS)
)

_WRONG_LINES = (
    "SELECT s.number, l.number FROM sale_line l JOIN sale s ON s.sale_key = l.sale_key"
    " WHERE l.void = 0 AND l.net <> l.gross - l.discount - l.promotion - l.ticket_discount"
)
_WRONG_PROMOTIONS = (
    "SELECT s.number, coalesce(l.number, p.line) FROM ("
    "SELECT sale_key, number, promotion FROM sale_line WHERE promotion <> 0) l"
    " FULL JOIN (SELECT sale_key, line, sum(amount) AS amount, min(amount) AS least"
    " FROM sale_promotion GROUP BY sale_key, line) p"
    " ON p.sale_key = l.sale_key AND p.line = l.number"
    " JOIN sale s ON s.sale_key = coalesce(l.sale_key, p.sale_key)"
    " WHERE l.promotion IS NOT p.amount OR p.least <= 0"
)
_WRONG_SUMS = (
    "SELECT * FROM (SELECT s.number, s.total,"
    " (SELECT coalesce(sum(l.net), 0) FROM sale_line l"
    " WHERE l.sale_key = s.sale_key AND l.void = 0) AS lines,"
    " (SELECT coalesce(sum(t.amount), 0) FROM sale_tender t"
    " WHERE t.sale_key = s.sale_key) AS tenders FROM sale s)"
    " WHERE lines <> total OR tenders <> total"
)
_TAX_OF_LINES = (
    "SELECT s.number, s.currency, l.basis_points, l.name, l.net, x.gross, x.base, x.tax FROM ("
    "SELECT sale_key, tax_basis_points AS basis_points, tax_name AS name,"
    " sum(net) AS net FROM sale_line WHERE void = 0 GROUP BY sale_key, 2, 3) l"
    " FULL JOIN sale_tax x ON x.sale_key = l.sale_key AND x.basis_points = l.basis_points"
    " AND x.name = l.name JOIN sale s ON s.sale_key = coalesce(l.sale_key, x.sale_key)"
)
# The names are our own constants; every value is a parameter.
_HEADS = (
    f"SELECT sale_key, fiscal, {', '.join(_HEAD_KEYS)} FROM sale"  # noqa: S608
    " WHERE sale_key > ? ORDER BY sale_key LIMIT ?"
)
_OF_THOSE = "WHERE sale_key BETWEEN ? AND ? ORDER BY sale_key"
_LINES = f"SELECT sale_key, {', '.join(_LINE_KEYS)} FROM sale_line {_OF_THOSE}, number"  # noqa: S608
_TAXES = (
    f"SELECT sale_key, {', '.join(_TAX_KEYS)} FROM sale_tax"  # noqa: S608
    f" {_OF_THOSE}, basis_points DESC, name DESC"
)
_PROMOTIONS = (
    "SELECT sale_key, position, promotion_id, name, coupon, on_total, line, amount"  # noqa: S608
    f" FROM sale_promotion {_OF_THOSE}, position, line"
)
_TENDERS = (
    f"SELECT sale_key, {', '.join(_TENDER_KEYS)} FROM sale_tender"  # noqa: S608
    f" {_OF_THOSE}, position"
)
_FACTS = "SELECT body_json FROM journal WHERE kind = 'sale.completed' ORDER BY entry"

# Head, lines, promotions, tax, tenders, fiscal.
Said = tuple[Row, list[Row], list[Row], list[Row], list[Row], Row]


def sale_violations(sql: Statements) -> Iterator[str]:
    """Yield what is wrong with the sales: not adding up, or not what their facts say."""
    yield from _sums(sql)
    yield from _taxes(sql)
    yield from _facts(sql)


def _sums(sql: Statements) -> Iterator[str]:
    for number, line in sql.rows(_WRONG_LINES):
        yield f"sale {number}: line {line} does not add up"
    for number, line in sql.rows(_WRONG_PROMOTIONS):
        yield f"sale {number}: line {line} is not what its promotions take off it"
    for number, total, lines, tenders in sql.rows(_WRONG_SUMS):
        yield f"sale {number}: lines {lines}, tenders {tenders}, total {total}"


def _taxes(sql: Statements) -> Iterator[str]:
    rates: dict[tuple[int, str], TaxRate] = {}
    for number, currency, basis_points, name, net, *stored in sql.stream(_TAX_OF_LINES):
        if net is not None and stored[0] is not None:
            rate = rates.get((basis_points, name))
            if rate is None:
                rate = rates[basis_points, name] = TaxRate(basis_points, name)
            tax = tax_in_gross(Money(net, currency), rate)
            if stored == [tax.gross.minor, tax.base.minor, tax.tax.minor]:
                continue
        yield f"sale {number}: the tax is not that of its lines"


def _facts(sql: Statements) -> Iterator[str]:
    facts = iter(sql.stream(_FACTS))
    for key, sale_id, number, rows in _recorded(sql):
        fact = _parsed(next(facts, None))
        if fact.get("sale_id") != sale_id:
            yield f"sale {number} (row {key}) has no fact in its place"
            return
        if _said(_completed(fact, rows)) != rows:
            yield f"sale {number}: rows and fact differ"
    for extra in facts:
        yield f"the fact of sale {_parsed(extra).get('number')} has no rows"


def _recorded(sql: Statements) -> Iterator[tuple[int, str, str, Said]]:
    """Yield key, id and number of each sale, and its rows as its fact must say them."""
    last = 0
    while heads := sql.rows(_HEADS, (last, SALES_AT_A_TIME)):
        bounds = (heads[0][0], heads[-1][0])
        lines, promotions, taxes, tenders = (
            _grouped(sql.rows(query, bounds)) for query in (_LINES, _PROMOTIONS, _TAXES, _TENDERS)
        )
        for last, fiscal, *head in heads:
            rows = (
                tuple(head), lines[last], promotions[last], taxes[last], tenders[last],
                tuple(from_json(fiscal)),
            )  # fmt: skip
            yield last, head[0], head[1], rows


def _grouped(rows: list[Row]) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[0]].append(row[1:])
    return found


def _parsed(row: Row | None) -> dict[str, Any]:
    """Return what a fact says; nothing when it is missing or no JSON object."""
    try:
        body = from_json(row[0]) if row else {}
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _completed(fact: dict[str, Any], rows: Said) -> dict[str, Any]:
    """Return an older fact with what it did not say yet, as its rows have it."""
    lines = fact.get("lines")
    fact = {"customer_id": "", **fact}  # said of a sale that is somebody's only
    if "promotions" not in fact and isinstance(lines, list):
        lines = [{**line, "promotion": 0} if isinstance(line, dict) else line for line in lines]
        fact = {**_NO_PROMOTIONS, **fact, "lines": lines}
    if _HEAD_LATER in fact or not isinstance(lines, list) or len(lines) != len(rows[1]):
        return fact
    names = [row[_LINE_KEYS.index(_LINE_LATER)] for row in rows[1]]
    return {
        **fact,
        _HEAD_LATER: rows[0][_HEAD_KEYS.index(_HEAD_LATER)],
        "lines": [{**line, _LINE_LATER: name} for line, name in zip(lines, names, strict=True)]
        if all(isinstance(line, dict) and _LINE_LATER not in line for line in lines)
        else lines,
    }


def _said(fact: dict[str, Any]) -> Said | None:
    """Return what a fact says in the order of the rows, None when it says more or less."""
    if len(fact) != len(_HEAD_KEYS) + len(_LIST_KEYS):
        return None
    try:
        return (
            _HEAD_OF(fact),
            _values(fact["lines"], _LINE_OF, len(_LINE_KEYS)),
            _promotion_rows(fact["promotions"], fact["coupons"]),
            _values(fact["tax"], _TAX_OF, len(_TAX_KEYS)),
            _values(fact["tenders"], _TENDER_OF, len(_TENDER_KEYS)),
            *_values([fact["fiscal"]], _FISCAL_OF, len(_FISCAL_KEYS)),
        )
    except (KeyError, TypeError):
        return None


def _promotion_rows(promotions: list[Any], coupons: list[Any]) -> list[Row]:
    """Return what the promotions of a fact come to as rows.

    Raises:
        KeyError: One says more than its rows, or is for a coupon that was not on the ticket.
    """
    codes = {"", *(coupon["code"] for coupon in coupons)}
    rows: list[Row] = []
    for position, given in enumerate(promotions):
        ((promotion_id, name, coupon, on_total, shares),) = _values(
            [given], _PROMOTION_OF, len(_PROMOTION_KEYS)
        )
        if coupon not in codes or not shares:
            raise KeyError
        rows.extend(
            (position, promotion_id, name, coupon, on_total, *share)
            for share in sorted(_values(shares, _SHARE_OF, len(_SHARE_KEYS)))
        )
    return rows


def _values(entries: list[Any], values_of: Callable[[Any], Row], size: int) -> list[Row]:
    """Return the values of each entry.

    Raises:
        KeyError: An entry says more than its row.
    """
    if any(len(entry) != size for entry in entries):
        raise KeyError
    return [values_of(entry) for entry in entries]
