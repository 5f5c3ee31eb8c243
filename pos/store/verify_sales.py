"""Holds every recorded sale against itself and against its fact, a thousand at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from pos.domain.money import Money
from pos.domain.tax import TaxRate, tax_in_gross
from pos.store.statements import Row, Statements, from_json

SALES_AT_A_TIME = 1_000

_HEAD_KEYS = (
    "sale_id", "number", "series", "sequence", "shop", "session_id", "staff_id", "currency",
    "opened_at_ms", "completed_at_ms", "total", "ticket_discount_reason", "source",
)  # fmt: skip
_LINE_KEYS = (
    "number", "sku", "gtin", "name", "quantity", "unit", "unit_price", "list_price", "gross",
    "discount", "ticket_discount", "net", "tax_basis_points", "entry", "note", "discount_reason",
    "override_reason", "approved_by", "void",
)  # fmt: skip
_TAX_KEYS = ("basis_points", "name", "gross", "base", "tax")
_TENDER_KEYS = ("kind", "amount", "tendered", "reference", "authorisation", "verified")

# The names are our own constants; every value is a parameter.
_HEADS = (
    f"SELECT sale_key, fiscal, {', '.join(_HEAD_KEYS)} FROM sale"  # noqa: S608
    " WHERE sale_key > ? ORDER BY sale_key LIMIT ?"
)
_OF_THOSE = "WHERE sale_key BETWEEN ? AND ? ORDER BY sale_key"
_LINES = (
    f"SELECT sale_key, tax_name, {', '.join(_LINE_KEYS)} FROM sale_line"  # noqa: S608
    f" {_OF_THOSE}, number"
)
_TAXES = (
    f"SELECT sale_key, {', '.join(_TAX_KEYS)} FROM sale_tax"  # noqa: S608
    f" {_OF_THOSE}, basis_points DESC, name DESC"
)
_TENDERS = (
    f"SELECT sale_key, {', '.join(_TENDER_KEYS)} FROM sale_tender"  # noqa: S608
    f" {_OF_THOSE}, position"
)
_FACTS = "SELECT body_json FROM journal WHERE kind = 'sale.completed' ORDER BY entry"

Bodies = dict[int, list[dict[str, Any]]]


def sale_violations(sql: Statements) -> Iterator[str]:
    """Yield what is wrong with the sales: not adding up, or not what their facts say."""
    facts = iter(sql.stream(_FACTS))
    for key, body, tax_names in _bodies(sql):
        number = body["number"]
        yield from (f"sale {number}: {wrong}" for wrong in _wrong_sums(body, tax_names))
        row = next(facts, None)
        fact = {} if row is None else from_json(row[0])
        if fact.get("sale_id") != body["sale_id"]:
            yield f"sale {number} (row {key}) has no fact in its place"
            return
        if fact != body:
            yield f"sale {number}: rows and fact differ"
    for (extra,) in facts:
        yield f"the fact of sale {from_json(extra).get('number')} has no rows"


def _bodies(sql: Statements) -> Iterator[tuple[int, dict[str, Any], list[str]]]:
    """Yield each sale as the body its fact must have, with the tax name of each line."""
    last = 0
    while heads := sql.rows(_HEADS, (last, SALES_AT_A_TIME)):
        bounds = (heads[0][0], heads[-1][0])
        line_rows = sql.rows(_LINES, bounds)
        names: dict[int, list[str]] = defaultdict(list)
        for row in line_rows:
            names[row[0]].append(row[1])
        lines = _grouped(line_rows, _LINE_KEYS)
        taxes = _grouped(sql.rows(_TAXES, bounds), _TAX_KEYS)
        tenders = _grouped(sql.rows(_TENDERS, bounds), _TENDER_KEYS)
        for last, fiscal, *head in heads:
            module, legend, qr = from_json(fiscal)
            body: dict[str, Any] = dict(zip(_HEAD_KEYS, head, strict=True))
            body["lines"] = lines.get(last, [])
            body["tax"] = taxes.get(last, [])
            body["tenders"] = tenders.get(last, [])
            body["fiscal"] = {"module": module, "legend": legend, "qr": qr}
            yield last, body, names[last]


def _grouped(rows: list[Row], keys: tuple[str, ...]) -> Bodies:
    """Return the rows by sale, each by its names; the names stand for the last columns."""
    found: Bodies = defaultdict(list)
    for row in rows:
        found[row[0]].append(dict(zip(keys, row[-len(keys) :], strict=True)))
    return found


def _wrong_sums(body: dict[str, Any], tax_names: list[str]) -> Iterator[str]:
    lines = 0
    gross_by_rate: dict[TaxRate, int] = defaultdict(int)
    for line, tax_name in zip(body["lines"], tax_names, strict=True):
        if line["void"]:
            continue
        net = line["net"]
        lines += net
        gross_by_rate[TaxRate(line["tax_basis_points"], tax_name)] += net
        if net != line["gross"] - line["discount"] - line["ticket_discount"]:
            yield f"line {line['number']} does not add up"
    tenders = sum(tender["amount"] for tender in body["tenders"])
    if not lines == tenders == body["total"]:
        yield f"lines {lines}, tenders {tenders}, total {body['total']}"
    due = [
        tax_in_gross(Money(gross_by_rate[rate], body["currency"]), rate)
        for rate in sorted(gross_by_rate, reverse=True)
    ]
    stored = [(tax["gross"], tax["base"], tax["tax"]) for tax in body["tax"]]
    if stored != [(tax.gross.minor, tax.base.minor, tax.tax.minor) for tax in due]:
        yield "the tax is not that of its lines"
