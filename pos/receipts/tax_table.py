"""The tax of a sale or a shift, rate by rate: side by side, or stacked on narrow paper."""

from __future__ import annotations

from collections.abc import Mapping

from hardware.receipt_printer.document import Align, Block, Column, Table
from hardware.receipt_printer.layout import GAP, display_width
from pos.domain.money import total
from pos.domain.tax import TaxAmount, TaxRate
from pos.formatting import percent_text
from pos.receipts.stationery import Stationery

Row = tuple[str, str, str, str]
COLUMNS = (Column(), Column(Align.RIGHT), Column(Align.RIGHT), Column(Align.RIGHT))


def tax_rows(
    tax: tuple[TaxAmount, ...], on: Stationery, marks: Mapping[TaxRate, str]
) -> list[Block]:
    """Return rate, base, tax and gross of each rate, and their sums when there are several.

    Args:
        tax: One entry per rate.
        on: The paper.
        marks: Letters by which lines name their rate.
    """
    if not tax:
        return []
    head = (on.legal.tax_name, on.words["base"], on.words["tax"], on.words["gross"])
    rows = [_row(entry, on, marks.get(entry.rate, "")) for entry in tax]
    if len(tax) > 1:
        rows.append(_sums(tax, on))
    if _width([head, *rows]) <= on.columns:
        return [Table(COLUMNS, (head, *rows))]
    return [_stacked(head, rows)]


def negative(tax: tuple[TaxAmount, ...]) -> tuple[TaxAmount, ...]:
    """Return the tax of what came back as paper shows it: below zero."""
    return tuple(TaxAmount(one.rate, -one.gross, -one.base, -one.tax) for one in tax)


def _row(entry: TaxAmount, on: Stationery, mark: str) -> Row:
    rate = percent_text(entry.rate.basis_points, on.locale)
    # No tax needs a word for why there is none: exempt and zero-rated are not the same.
    why = "" if entry.rate.basis_points else entry.rate.name
    name = " ".join(filter(None, (mark, rate, why)))
    return (name, on.amount(entry.base), on.amount(entry.tax), on.amount(entry.gross))


def _sums(tax: tuple[TaxAmount, ...], on: Stationery) -> Row:
    currency = tax[0].gross.currency
    return (
        on.words["sum"],
        on.amount(total((entry.base for entry in tax), currency)),
        on.amount(total((entry.tax for entry in tax), currency)),
        on.amount(total((entry.gross for entry in tax), currency)),
    )


def _width(rows: list[Row]) -> int:
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    return sum(widths) + GAP * (len(widths) - 1)


def _stacked(head: Row, rows: list[Row]) -> Table:
    """Return three lines per rate, each figure with its name."""
    lines: list[tuple[str, str, str]] = []
    for rate, *amounts in rows:
        names = zip(head[1:], amounts, strict=True)
        lines += [(rate if i == 0 else "", name, text) for i, (name, text) in enumerate(names)]
    return Table((Column(), Column(), Column(Align.RIGHT)), tuple(lines))
