"""Reads a retailer's history: invoice lines from a CSV file, grouped into invoices."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TextIO

from pos.domain.basket import MAX_PRICE_MINOR
from pos.domain.money import divide_half_up

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice")
MINOR_PER_MAJOR = 100


class HistoryError(ValueError):
    """The file is not there, is no CSV, or lacks a column; the text names the line."""


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One invoice line; `amount_minor` is quantity × unit price, rounded half up once."""

    sku: str
    name: str
    quantity: int
    unit_price: Decimal
    amount_minor: int


@dataclass(frozen=True, slots=True)
class Invoice:
    """One invoice as the other system numbered it; `fault` says why it cannot be read."""

    number: str
    lines: tuple[HistoryLine, ...]
    fault: str = ""

    @property
    def total_minor(self) -> int:
        return sum(line.amount_minor for line in self.lines)

    @property
    def is_return(self) -> bool:
        return self.number.startswith("C")


def read_invoices(file: Path) -> tuple[Invoice, ...]:
    """Read a history; an invoice may be scattered over the file.

    Raises:
        HistoryError: The file cannot be read as a history at all.
    """
    rows: dict[str, list[dict[str, str]]] = {}
    try:
        with _open(file) as text:
            for row in _rows(text):
                rows.setdefault(row["InvoiceNo"], []).append(row)
    except (OSError, EOFError, UnicodeDecodeError, csv.Error) as error:
        raise HistoryError(f"{file}: {error}") from error
    return tuple(_invoice(number, lines) for number, lines in rows.items())


def _open(file: Path) -> TextIO:
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8", newline="")
    return file.open(encoding="utf-8", newline="")


def _rows(text: TextIO) -> Iterator[dict[str, str]]:
    reader = csv.DictReader(text)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise HistoryError(f"line 1: no column {', '.join(missing)}")
    for row in reader:
        if row.get("InvoiceNo"):
            yield row


def _invoice(number: str, rows: list[dict[str, str]]) -> Invoice:
    try:
        return Invoice(number, tuple(_line(row) for row in rows))
    except (InvalidOperation, ValueError, OverflowError) as error:
        return Invoice(number, (), fault=str(error) or type(error).__name__)


def _line(row: dict[str, str]) -> HistoryLine:
    quantity = int(row["Quantity"])
    price = Decimal(row["UnitPrice"])
    if not price.is_finite() or abs(price) * MINOR_PER_MAJOR > MAX_PRICE_MINOR:
        raise ValueError(f"unit price {row['UnitPrice']}")
    numerator, denominator = price.as_integer_ratio()
    amount = divide_half_up(quantity * numerator * MINOR_PER_MAJOR, denominator)
    name = row["Description"].strip() or row["StockCode"]
    return HistoryLine(row["StockCode"].strip(), name, quantity, price, amount)
