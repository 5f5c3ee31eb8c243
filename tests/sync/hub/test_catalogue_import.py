"""Reading a price list: every row is judged by itself, and doing it twice changes nothing."""

from __future__ import annotations

import csv
import gzip
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from pos.domain.gtin import check_digit, is_gtin
from sync.connectors.builtin import BuiltinConnector
from sync.hub.admin import set_price
from sync.hub.database import HubDatabase
from sync.hub.publishing.catalogue_import import DamagedFile, ImportResult, import_catalogue
from sync.hub.publishing.catalogue_rows import BadHeader, _is_gtin, demonstration_price
from sync.hub.tables import product, quick_key
from sync.hub.tables_orders import product_place, product_rule

MARIA = "8410076472885"


def write(path: Path, *lines: bytes | str) -> Path:
    data = [line.encode() if isinstance(line, str) else line for line in lines]
    path.write_bytes(b"\n".join(data) + b"\n")
    return path


def read(database: HubDatabase, path: Path) -> ImportResult:
    return import_catalogue(database.engine, path, currency="EUR", now_ms=7)


def products(database: HubDatabase) -> dict[str, tuple[str, int, int, str]]:
    with database.reading() as connection:
        return {
            row.sku: (row.name, row.price, row.tax_basis_points, row.unit)
            for row in connection.execute(select(product))
        }


def stock(database: HubDatabase) -> dict[str, int]:
    with database.reading() as connection:
        changes = BuiltinConnector().stock_changes(connection, "FUEN", 0, 1000)
        return {change.sku: change.on_hand for change in changes}


def test_every_column_is_taken_over(database: HubDatabase, tmp_path: Path) -> None:
    path = write(
        tmp_path / "prices.csv",
        "gtin,name,sku,brand,department,price,tax_rate,unit,quick_page,picture,popularity,stock",
        f'{MARIA},"Galletas ""María"", 200 g",G-1,Cuétara,Galletas,1.25,10,ea,Desayuno,g.png,9,12',
        ',Jamón ibérico,J-1,,Charcutería,"39,9",10,kg,,,,"1,250"',
    )

    result = read(database, path)

    assert (result.accepted, result.rejected, result.duplicates) == (2, 0, 0)
    assert products(database) == {
        "G-1": ('Galletas "María", 200 g', 125, 1000, "ea"),
        "J-1": ("Jamón ibérico", 3990, 1000, "kg"),
    }
    assert stock(database) == {"G-1": 12_000, "J-1": 1_250}
    with database.reading() as connection:
        assert connection.execute(select(quick_key)).all() == [
            ("Desayuno", 0, 'Galletas "María", 200 g', "G-1")
        ]


def test_where_products_lie_and_what_they_ask_for_is_kept_until_another_is_said(
    database: HubDatabase, tmp_path: Path
) -> None:
    path = tmp_path / "prices.csv"
    head = "gtin,name,sku,location,min_age,serial"
    read(database, write(path, head, ",Vino,V-1,Bodega · V-03,18,", ",Taladro,T-1,,,1"))

    read(database, write(path, head, ",Vino,V-1,,,1", ",Taladro,T-1,Pasillo 9,,0"))
    read(database, write(path, "gtin,name,sku", ",Vino,V-1"))

    with database.reading() as connection:
        rules = connection.execute(select(product_rule).order_by(product_rule.c.sku)).all()
        places = connection.execute(select(product_place).order_by(product_place.c.sku)).all()
    assert rules == [("T-1", 0, 0), ("V-1", 18, 1)]
    assert places == [("FUEN", "T-1", "Pasillo 9"), ("FUEN", "V-1", "Bodega · V-03")]


@pytest.mark.parametrize("cells", ["x" * 201 + ",,", ",old,", ",100,", ",-1,", ",,yes"])
def test_what_cannot_be_a_place_an_age_or_a_serial_costs_one_row(
    database: HubDatabase, tmp_path: Path, cells: str
) -> None:
    path = write(
        tmp_path / "prices.csv", "gtin,name,sku,location,min_age,serial", f",Vino,V-1,{cells}"
    )

    assert read(database, path).rejected == 1


def test_a_bad_row_is_written_beside_the_file_and_never_stops_the_rest(
    database: HubDatabase, tmp_path: Path
) -> None:
    path = write(
        tmp_path / "prices.csv",
        "gtin,name,price",
        f"{MARIA},Galletas,1.25",
        "8410076472886,wrong check digit,1",
        "123,too short,1",
        "4006381333931,,1",
        "5449000000996,price of letters,one",
        "5449000000996,thousands,1.234.50",
        b"5449000000996,caf\xe9,1",
        b"5449000000996,nul\x00byte,1",
        '5449000000996,"never closed,1',
        "5449000000996,too,many,columns",
        f"5449000000996,{'x' * 201},1",
        f"5449000000996,{'y' * 70_000},1",
        f"{MARIA},twice in the file,2",
        "5449000000996,Refresco,2",
    )

    result = read(database, path)

    assert (result.accepted, result.rejected, result.duplicates) == (2, 11, 1)
    assert set(products(database)) == {MARIA, "5449000000996"}
    assert result.rejected_file == tmp_path / "prices.csv.rejected.csv"
    with result.rejected_file.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [int(row["line"]) for row in rows] == [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    assert all(row["reason"] for row in rows)
    assert rows[5]["reason"] == "not UTF-8"


@pytest.mark.parametrize(
    "header",
    ["gtin,price", "name", "gtin,name,colour", "gtin,name,name", "", "8410076472885,Galletas"],
)
def test_a_bad_header_stops_at_once_and_says_which_line(
    database: HubDatabase, tmp_path: Path, header: str
) -> None:
    path = write(tmp_path / "prices.csv", header, f"{MARIA},Galletas")

    with pytest.raises(BadHeader, match="line 1"):
        read(database, path)

    assert products(database) == {}


def test_the_same_file_again_changes_nothing(database: HubDatabase, tmp_path: Path) -> None:
    path = write(
        tmp_path / "prices.csv",
        "gtin,name,price,stock,quick_page",
        f"{MARIA},Galletas,1.25,12,Desayuno",
        "5449000000996,Refresco,2,7,",
    )

    first, second = read(database, path), read(database, path)

    assert (first.changed, first.generation > 0) == (3, True)
    assert (second.accepted, second.changed, second.generation) == (2, 0, first.generation)
    assert stock(database) == {MARIA: 12_000, "5449000000996": 7_000}


def test_what_differs_makes_another_generation_and_stock_moves_by_the_difference(
    database: HubDatabase, tmp_path: Path
) -> None:
    path = tmp_path / "prices.csv"
    first = read(database, write(path, "gtin,name,price,stock", f"{MARIA},Galletas,1.25,12"))

    result = read(database, write(path, "gtin,name,price,stock", f"{MARIA},Galletas,1.35,10"))

    assert result.changed == 1
    assert result.generation > first.generation
    assert products(database)[MARIA] == ("Galletas", 135, 2100, "ea")
    assert stock(database) == {MARIA: 10_000}


def test_a_file_without_prices_leaves_the_price_that_was_set(
    database: HubDatabase, tmp_path: Path
) -> None:
    path = write(tmp_path / "names.csv", "gtin,name", f"{MARIA},Galletas")
    read(database, path)
    set_price(database.engine, MARIA, 1_99)

    result = read(database, path)

    assert result.changed == 0
    assert products(database)[MARIA] == ("Galletas", 199, 2100, "ea")


def test_products_that_share_a_number_once_padded_are_both_kept(
    database: HubDatabase, tmp_path: Path
) -> None:
    path = write(tmp_path / "names.csv", "gtin,name", "96385074,Short", "0000096385074,Long")

    read(database, path)

    with database.reading() as connection:
        gtins = connection.scalars(select(product.c.gtin)).all()
    assert gtins == [96385074, 96385074]


def test_a_file_from_a_spanish_spreadsheet_is_read(database: HubDatabase, tmp_path: Path) -> None:
    path = tmp_path / "precios.csv"
    path.write_bytes(f"gtin;name;price\r\n{MARIA};Galletas;1,25\r\n".encode("utf-8-sig"))

    read(database, path)

    assert products(database)[MARIA] == ("Galletas", 125, 2100, "ea")


def test_a_compressed_file_is_read_and_damage_keeps_the_rows_before_it(
    database: HubDatabase, tmp_path: Path
) -> None:
    chance = random.Random(1)
    lines = ["gtin,name"]
    for number in range(20_000):
        payload = f"{2_100_000_0000 + number:012d}"
        lines.append(f"{payload}{check_digit(payload)},{chance.random()}")
    whole, cut = tmp_path / "whole.csv.gz", tmp_path / "cut.csv.gz"
    whole.write_bytes(gzip.compress("\n".join(lines).encode()))
    cut.write_bytes(whole.read_bytes()[:-30_000])

    with pytest.raises(DamagedFile, match="rows"):
        read(database, cut)
    before = len(products(database))
    result = read(database, whole)

    assert 0 < before < 20_000
    assert result.accepted == len(products(database)) == 20_000


def test_progress_is_told_as_rows(database: HubDatabase, tmp_path: Path) -> None:
    path = write(tmp_path / "names.csv", "gtin,name", f"{MARIA},Galletas", "1,bad")
    told: list[int] = []

    import_catalogue(database.engine, path, currency="EUR", on_progress=told.append, now_ms=1)

    assert told[-1] == 2


@given(st.text("0123456789", max_size=15) | st.from_regex(r"\d{13}", fullmatch=True))
def test_the_fast_check_of_a_gtin_is_that_of_the_domain(text: str) -> None:
    assert _is_gtin(text) == is_gtin(text)


@given(st.integers(1, 10**13).map(str) | st.text(min_size=1, max_size=20))
def test_a_demonstration_price_looks_like_a_price_and_is_always_the_same(code: str) -> None:
    price = demonstration_price(code)

    assert 49 <= price <= 24_99
    assert price % 10 in {5, 9}
    assert price == demonstration_price(code)
