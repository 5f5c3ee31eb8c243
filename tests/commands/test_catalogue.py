"""Price lists brought to the hub from the command line."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest

from tests.commands.conftest import add_shop, call

LIST = """gtin,name,price,tax_rate
8410000000016,Leche entera,1.05,4
8410000000018,Digito malo,2.00,10
8410000000023,Galletas,,10
8410000000016,Leche otra vez,1.10,4
,Sin nada,1,21
8410000000030,Cara,lots,21
"""


@pytest.fixture
def price_list(tmp_path: Path) -> Path:
    file = tmp_path / "products.csv"
    file.write_text(LIST, encoding="utf-8")
    return file


def test_bad_rows_are_set_aside_with_their_reason_and_stop_nothing(
    price_list: Path, db_url: str
) -> None:
    said = call("catalogue", "import", price_list, "--db", db_url, "--json")

    report = json.loads(said.out)
    rejected_file = Path(report["rejected_file"])
    with rejected_file.open(encoding="utf-8", newline="") as file:
        rejected = list(csv.DictReader(file))
    assert said.code == 0
    assert (report["accepted"], report["rejected"], report["duplicates"]) == (2, 3, 1)
    assert [row["line"] for row in rejected] == ["3", "6", "7"]
    assert all(row["reason"] for row in rejected)
    assert rejected_file.parent == price_list.parent


def test_a_person_is_told_the_counts_and_where_the_rejected_rows_are(
    price_list: Path, db_url: str
) -> None:
    said = call("catalogue", "import", price_list, "--db", db_url)

    assert "2 accepted, 3 rejected, 1 duplicate" in said.out
    assert f"{price_list}.rejected.csv" in said.out


def test_importing_the_same_file_again_changes_nothing(price_list: Path, db_url: str) -> None:
    first = json.loads(call("catalogue", "import", price_list, "--db", db_url, "--json").out)

    again = json.loads(call("catalogue", "import", price_list, "--db", db_url, "--json").out)

    assert again["changed"] == 0
    assert again["generation"] == first["generation"]


@pytest.mark.parametrize("header", ["ean,description", "gtin,name,colour", "gtin,name,name", ""])
def test_a_bad_header_stops_at_once_and_shows_the_line(
    tmp_path: Path, db_url: str, header: str
) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(f"{header}\n8410000000016,Leche\n", encoding="utf-8")

    said = call("catalogue", "import", file, "--db", db_url)

    assert said.code == 1
    assert "line 1" in said.err
    assert header in said.err


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path, db_url: str) -> None:
    file = tmp_path / "products.csv.gz"
    whole = gzip.compress("".join(f"{LIST}").encode() + b"8410000000047,Pan\n" * 2000)
    file.write_bytes(whole[:-12])

    said = call("catalogue", "import", file, "--db", db_url)

    assert said.code == 1
    assert "damaged" in said.err


@pytest.mark.parametrize("db", ["nonsense", "mysql://somewhere/else", "sqlite://"])
def test_a_database_that_is_none_is_refused_with_how_to_write_one(
    price_list: Path, db: str
) -> None:
    said = call("catalogue", "import", price_list, "--db", db)

    assert said.code == 1
    assert "sqlite:///FILE" in said.err


def test_a_file_that_is_not_there_is_said(tmp_path: Path, db_url: str) -> None:
    said = call("catalogue", "import", tmp_path / "nowhere.csv", "--db", db_url)

    assert said.code == 1
    assert "nowhere.csv" in said.err


def test_shops_and_people_are_added_and_what_cannot_be_is_said(db_url: str) -> None:
    add_shop(db_url)

    added = call("shop", "add", "SOL", "--name", "Sol", "--db", db_url)
    person = call("shop", "staff", "SOL", "ana", "--name", "Ana", "--pin", "1234", "--db", db_url)
    bad_code = call("shop", "add", "sol!", "--name", "Sol", "--db", db_url)
    bad_country = call("shop", "add", "LUNA", "--name", "Luna", "--country", "XX", "--db", db_url)
    bad_pin = call("shop", "staff", "SOL", "eva", "--name", "Eva", "--pin", "12", "--db", db_url)
    no_shop = call("shop", "staff", "MAR", "eva", "--name", "Eva", "--pin", "1234", "--db", db_url)

    assert (added.code, person.code) == (0, 0)
    for refused, word in (
        (bad_code, "sol!"), (bad_country, "XX"), (bad_pin, "PIN"), (no_shop, "MAR"),
    ):  # fmt: skip
        assert refused.code == 1
        assert word in refused.err
