"""How lines of goods stand on paper: their names, measures, and the letter of their tax rate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from string import ascii_uppercase

from hardware.receipt_printer.document import Align, Column, Table
from pos.domain.quantity import THOUSAND, Unit
from pos.domain.tax import TaxAmount, TaxRate
from pos.formatting import quantity_text
from pos.receipts.stationery import Stationery

NAME = (Column(), Column(Align.RIGHT), Column(width=1))
DETAIL = (Column(width=1), *NAME)
Marks = dict[TaxRate, str]


def tax_marks(tax: Sequence[TaxAmount]) -> Marks:
    """Return a letter per rate; none where one rate needs no telling apart."""
    if len(tax) < 2:
        return {}
    return {entry.rate: letter for entry, letter in zip(tax, ascii_uppercase, strict=False)}


def marked_table(
    columns: tuple[Column, ...], rows: Sequence[tuple[str, ...]], marks: Marks
) -> Table:
    """Return a table; its last column, the letter of the rate, only where rates have one."""
    width = len(columns) if marks else len(columns) - 1
    return Table(columns[:width], tuple(row[:width] for row in rows))


def details_table(details: Iterable[tuple[str, str]], marks: Marks) -> list[Table]:
    """Return what is to be said below a line, indented; nothing when nothing is."""
    rows = [("", text, figure, "") for text, figure in details]
    return [marked_table(DETAIL, rows, marks)] if rows else []


def measure(thousandths: int, unit: Unit, on: Stationery) -> str:
    """Return how much of something, in thousandths of its unit: ``3``, ``0,412 kg``."""
    number = Decimal(thousandths) / THOUSAND
    if unit.is_counted:
        return quantity_text(number, on.locale)
    return f"{quantity_text(number, on.locale, 3)} {on.words['unit_' + unit.value]}"


def articles(measures: Iterable[tuple[int, Unit]]) -> int:
    """Return pieces of counted goods plus one for each measured line, as the screen does."""
    return sum(thousandths // THOUSAND if unit.is_counted else 1 for thousandths, unit in measures)
