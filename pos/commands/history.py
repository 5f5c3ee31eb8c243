"""Reads a retailer's history: invoice lines from a CSV file, grouped into invoices."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TextIO

from pos.domain.basket import MAX_PRICE_MINOR
from pos.domain.money import divide_half_up

COLUMNS = ("InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice")
MINOR_PER_MAJOR = 100
GZIP_MAGIC = b"\x1f\x8b"
DAMAGE = (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error)

Row = dict[str | None, str | None]


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
    """One invoice as the other system numbered it; `fault` says why it cannot be read.

    `customer` is empty where the file does not say who it was.
    """

    number: str
    lines: tuple[HistoryLine, ...]
    fault: str = ""
    customer: str = ""

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
    rows: dict[str, list[Row]] = {}
    try:
        with _open(file) as text:
            for row in _rows(text):
                rows.setdefault((row["InvoiceNo"] or "").strip(), []).append(row)
    except DAMAGE as error:
        raise HistoryError(f"{file}: {error}") from error
    return tuple(_invoice(number, lines) for number, lines in rows.items())


def _open(file: Path) -> TextIO:
    with file.open("rb") as raw:
        is_gzip = raw.read(2) == GZIP_MAGIC
    if is_gzip:
        return gzip.open(file, "rt", encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def _rows(text: TextIO) -> Iterator[Row]:
    reader = csv.DictReader(text)
    missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        raise HistoryError(f"line 1: no column {', '.join(missing)}")
    yield from reader


def _invoice(number: str, rows: list[Row]) -> Invoice:
    if not number:
        return Invoice("", (), fault=f"{len(rows)} lines without an invoice number")
    try:
        customer = (rows[0].get("CustomerID") or "").strip()
        return Invoice(number, tuple(_line(row) for row in rows), customer=customer)
    except ValueError as error:
        return Invoice(number, (), fault=str(error))


def _line(row: Row) -> HistoryLine:
    sku, name, quantity_text, price_text = (row[column] for column in COLUMNS[1:4] + COLUMNS[5:6])
    if sku is None or name is None or quantity_text is None or price_text is None:
        raise ValueError("a line with too few columns")
    if None in row:
        raise ValueError("a line with too many columns")
    quantity = _whole(quantity_text)
    price = _price(price_text)
    numerator, denominator = price.as_integer_ratio()
    amount = divide_half_up(quantity * numerator * MINOR_PER_MAJOR, denominator)
    return HistoryLine(sku.strip(), name.strip() or sku.strip(), quantity, price, amount)


def _whole(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"quantity {text[:20]!r}") from None


def _price(text: str) -> Decimal:
    try:
        price = Decimal(text)
    except InvalidOperation:
        raise ValueError(f"unit price {text[:20]!r}") from None
    if not price.is_finite() or abs(price) * MINOR_PER_MAJOR > MAX_PRICE_MINOR:
        raise ValueError(f"unit price {text[:20]!r}")
    return price
