"""Reading another system's invoices."""

from __future__ import annotations

import gzip
from decimal import Decimal
from pathlib import Path

import pytest

from pos.commands.history import HistoryError, read_invoices

HEADER = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n"


def history(folder: Path, *rows: str) -> Path:
    file = folder / "history.csv"
    file.write_text(HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8")
    return file


def test_the_lines_of_an_invoice_are_found_wherever_they_stand(tmp_path: Path) -> None:
    file = history(tmp_path, "1,A,Cup,2,d,1.25,,UK", "2,B,Pot,1,d,3,,UK", "1,C,Jar,1,d,0.5,,UK")

    first, second = read_invoices(file)

    assert [line.sku for line in first.lines] == ["A", "C"]
    assert (first.total_minor, second.total_minor) == (300, 300)


@pytest.mark.parametrize(
    ("quantity", "price", "amount_minor"),
    [("3", "0.001", 0), ("500", "0.001", 50), ("5", "0.001", 1), ("-5", "0.001", -1),
     ("7", "2.555", 1789), ("1", "0", 0)],
)  # fmt: skip
def test_a_line_is_rounded_once_half_away_from_zero(
    tmp_path: Path, quantity: str, price: str, amount_minor: int
) -> None:
    (invoice,) = read_invoices(history(tmp_path, f"1,A,Cup,{quantity},d,{price},,UK"))

    assert invoice.lines[0].unit_price == Decimal(price)
    assert invoice.total_minor == amount_minor


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("1,A,Cup,two,d,1,,UK", "quantity 'two'"),
        ("1,A,Cup,1,d,free,,UK", "unit price 'free'"),
        ("1,A,Cup,1,d,NaN,,UK", "unit price 'NaN'"),
        ("1,A,Cup,1,d,1e99,,UK", "unit price '1e99'"),
        ("1,A,Cup", "a line with too few columns"),
        ("1,A,Cup, large,1,d,1,,UK", "a line with too many columns"),
    ],
)
def test_an_invoice_with_a_line_that_cannot_be_read_says_why(
    tmp_path: Path, row: str, fault: str
) -> None:
    (invoice,) = read_invoices(history(tmp_path, "1,A,Cup,1,d,1,,UK", row))

    assert (invoice.lines, invoice.fault) == ((), fault)


def test_lines_without_an_invoice_number_are_not_lost_silently(tmp_path: Path) -> None:
    (invoice,) = read_invoices(history(tmp_path, ",A,Cup,1,d,1,,UK", " ,B,Cup,1,d,1,,UK"))

    assert invoice.fault == "2 lines without an invoice number"


def test_a_cancellation_is_a_return_and_a_line_without_name_has_its_code(tmp_path: Path) -> None:
    (invoice,) = read_invoices(history(tmp_path, "C17,A,,-1,d,1,,UK"))

    assert invoice.is_return
    assert invoice.lines[0].name == "A"


def test_a_packed_file_is_known_by_its_content_and_may_begin_with_a_mark(tmp_path: Path) -> None:
    file = tmp_path / "history.data"
    file.write_bytes(gzip.compress(("\ufeff" + HEADER + "1,A,Cup,1,d,1,,UK\n").encode()))

    assert [invoice.number for invoice in read_invoices(file)] == ["1"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"InvoiceNo,StockCode\n", "line 1: no column Description, Quantity"),
        (b"", "line 1: no column InvoiceNo"),
        (HEADER.encode() + b"1,A,\xff\xfe,1,d,1,,UK\n", "can't decode"),
        (gzip.compress(HEADER.encode() * 50)[:40], "end-of-stream"),
    ],
    ids=["columns missing", "empty", "not UTF-8", "packed and cut"],
)
def test_a_file_that_is_no_history_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "history.csv"
    file.write_bytes(content)

    with pytest.raises(HistoryError, match=says):
        read_invoices(file)
