"""What the office says at the hub about promotions and coupons."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from pos.domain.scan_codes import CouponScan, read_own_code
from tests.commands.conftest import add_shop, call

FILE = """\
[[promotion]]
id = "dulces"
name = "3x2 en dulces"
offer = "take_pay"
take = 3
pay = 2
departments = ["Dulces"]
from = 2020-01-01
until = 2099-12-31

[[promotion]]
id = "gracias"
name = "Gracias"
offer = "total"
amount = "5.00"
single_use = true
from = 2020-01-01
until = 2099-12-31
"""


@pytest.fixture
def file(tmp_path: Path, db_url: str) -> Path:
    add_shop(db_url)
    path = tmp_path / "promotions.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def listed(db_url: str, *words: str) -> dict[str, dict[str, Any]]:
    said = call("hub", "promotions", "list", "--db", db_url, "--json", *words)
    assert said.code == 0, said.err
    return {each["id"]: each for each in json.loads(said.out)["promotions"]}


def test_promotions_are_loaded_listed_and_ended(db_url: str, file: Path) -> None:
    first = call("hub", "promotions", "load", file, "--db", db_url)
    again = call("hub", "promotions", "load", file, "--db", db_url, "--json")
    lines = call("hub", "promotions", "list", "--db", db_url).out.splitlines()
    ended = call("hub", "promotions", "end", "dulces", "--db", db_url)

    assert first.out == "2 promotions read, 2 new or changed, 0 ended\n"
    assert json.loads(again.out) == {"read": 2, "changed": 0, "ended": 0}
    assert lines[0] == "dulces  runs  2020-01-01 00:00 to 2100-01-01 00:00  3x2 en dulces"
    assert ended.out == "dulces: ended\n"
    assert set(listed(db_url)) == {"gracias"}
    assert listed(db_url, "--all")["dulces"]["state"] == "over"


def test_a_whole_list_ends_what_it_does_not_name(db_url: str, file: Path) -> None:
    call("hub", "promotions", "load", file, "--db", db_url)
    file.write_text(FILE[: FILE.index("\n\n") + 1], encoding="utf-8")

    said = call("hub", "promotions", "load", file, "--replace", "--db", db_url)

    assert said.out == "1 promotions read, 0 new or changed, 1 ended\n"


def test_a_fault_is_said_and_nothing_is_loaded(db_url: str, file: Path) -> None:
    file.write_text(FILE.replace('amount = "5.00"', 'amount = "five"'), encoding="utf-8")

    said = call("hub", "promotions", "load", file, "--db", db_url)

    assert said.code == 1
    assert "promotions.toml: promotion gracias: amount: must be a decimal" in said.err
    assert listed(db_url) == {}


@pytest.mark.parametrize("content", [b"\xff\xfe", None])
def test_a_file_that_cannot_be_read_is_said(
    db_url: str, file: Path, content: bytes | None
) -> None:
    if content is None:
        file.unlink()
    else:
        file.write_bytes(content)

    said = call("hub", "promotions", "load", file, "--db", db_url)

    assert (said.code, "Traceback" in said.err) == (1, False)
    assert "promotions.toml" in said.err


def test_codes_are_printed_as_csv_with_what_a_scanner_reads(db_url: str, file: Path) -> None:
    call("hub", "promotions", "load", file, "--db", db_url)

    said = call(
        "hub", "coupons", "make", "gracias", "--count", 3, "--prefix", "G-", "--db", db_url
    )

    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert len({row["code"] for row in rows}) == 3
    assert all(row["code"].startswith("G-") for row in rows)
    assert all(read_own_code(row["barcode"]) == CouponScan(row["code"]) for row in rows)
    assert listed(db_url)["gracias"]["codes_made"] == 3


@pytest.mark.parametrize("promotion_id", ["dulces", "nunca"])
def test_codes_are_given_out_for_promotions_that_take_them_only(
    db_url: str, file: Path, promotion_id: str
) -> None:
    call("hub", "promotions", "load", file, "--db", db_url)

    said = call("hub", "coupons", "make", promotion_id, "--db", db_url)

    assert said.code == 1
    assert promotion_id in said.err


def test_what_is_not_there_cannot_be_ended(db_url: str, file: Path) -> None:
    said = call("hub", "promotions", "end", "nunca", "--db", db_url)

    assert (said.code, said.err) == (1, "mostrador: there is no promotion 'nunca'\n")
