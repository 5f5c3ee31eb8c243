"""The catalogue file: every product found, whole or not there, swapped under open tickets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from enum import Enum
from pathlib import Path

import pytest

from pos.domain.catalogue import CatalogueInfo, Product, StockLevel
from pos.domain.errors import SearchInterrupted, StoreUnavailable
from pos.domain.quantity import Unit
from pos.store.catalogue_builder import (
    CatalogueBuilder,
    CatalogueMeta,
    CatalogueRefused,
    point_to,
    remove_old_generations,
)
from pos.store.catalogue_changes import CatalogueChanges, open_current
from pos.store.catalogue_file import CatalogueFile
from pos.store.catalogue_schema import current_file, file_name
from pos.store.catalogue_source import CatalogueSource, EmptyCatalogue
from tests.builders import CURRENCY, MORNING_MS, REDUCED, catalogue, catalogue_row, eur, product

MILK = product("8410000000017", 1_10, name="Leche entera", brand="Alda", tax_rate=REDUCED)
HAM = product(
    "2001", 19_90, name="Jamón", unit=Unit.KILOGRAM, gtin=None, department="Charcutería",
    picture="ham.png", has_open_price=True, has_demonstration_price=True,
)  # fmt: skip
TWIN = product("TWIN-7", 2_00, name="Otra leche", gtin=8410000000017)


class Pack(Enum):
    """Units that are none of ours."""

    DOZEN = "dozen"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a catalogue folder with a first generation of three products."""
    catalogue(
        tmp_path,
        [MILK, HAM, TWIN],
        quick_keys=[("Fruta", 2, "Jamón", "2001"), ("Fruta", 1, "Leche", MILK.sku),
                    ("Bebida", 1, "Leche", MILK.sku), ("Bebida", 2, "Nada", "gone")],
        stock=[(MILK.sku, 12_000, MORNING_MS), ("2001", -500, MORNING_MS)],
    )  # fmt: skip
    return tmp_path


@pytest.fixture
def opened(folder: Path) -> Iterator[CatalogueFile]:
    """Return the first generation, opened."""
    made = CatalogueFile(folder / file_name(1))
    yield made
    made.close()


def test_a_product_comes_back_as_the_hub_sent_it(opened: CatalogueFile) -> None:
    assert opened.by_sku("2001") == HAM
    assert opened.by_sku("2002") is None
    assert opened.info() == CatalogueInfo(1, 3, MORNING_MS, MORNING_MS)


def test_two_products_with_one_code_are_both_found(opened: CatalogueFile) -> None:
    assert opened.by_gtin(8410000000017) == (MILK, TWIN)
    assert opened.contains(8410000000017)
    assert opened.by_gtin(1) == ()
    assert not opened.contains(1)


def test_quick_keys_come_page_by_page_in_the_order_of_the_shop(opened: CatalogueFile) -> None:
    keys = opened.quick_keys()

    assert [(key.page, key.position, key.product.sku) for key in keys] == [
        ("Fruta", 1, MILK.sku), ("Fruta", 2, "2001"), ("Bebida", 1, MILK.sku),
    ]  # fmt: skip


def test_stock_is_known_or_it_is_not(opened: CatalogueFile) -> None:
    assert opened.stock("2001") == StockLevel(-500, MORNING_MS)
    assert opened.stock("TWIN-7") is None
    assert opened.search("jamon")[0].stock == StockLevel(-500, MORNING_MS)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        pytest.param({"price": eur(-1)}, "price", id="negative price"),
        pytest.param({"sku": ""}, "sku", id="no SKU"),
        pytest.param({"gtin": 10**14}, "gtin", id="a GTIN of 15 digits"),
        pytest.param({"sku": MILK.sku}, "UNIQUE", id="a SKU twice"),
        pytest.param({"name": None}, "name", id="no name"),
        pytest.param({"price": replace(eur(1), currency="USD")}, "price", id="another currency"),
        pytest.param({"gtin": "8410x"}, "gtin", id="a GTIN that is text"),
        pytest.param({"gtin": 10**30}, "large", id="a number beyond any column"),
        pytest.param({"unit": Pack.DOZEN}, "unit", id="a unit nobody knows"),
        pytest.param({"has_open_price": 2}, "has_open_price", id="neither yes nor no"),
        pytest.param({"name": "\ud800"}, "surrogate", id="a name that is no text"),
    ],
)
def test_a_catalogue_with_something_impossible_never_becomes_current(
    folder: Path, changes: dict[str, object], why: str
) -> None:
    bad = replace(HAM, **{"sku": "new", **changes})  # type: ignore[arg-type]

    with pytest.raises(CatalogueRefused, match=why):
        catalogue(folder, [MILK, bad], generation=2)

    assert current_file(folder) == folder / file_name(1)
    assert [path.name for path in folder.glob("*building*")] == []


def test_a_catalogue_that_is_cut_short_never_becomes_current(folder: Path) -> None:
    meta = CatalogueMeta(2, CURRENCY, MORNING_MS)

    with CatalogueBuilder(folder, meta) as builder:
        builder.add_products([catalogue_row(MILK)])
        with pytest.raises(CatalogueRefused, match="1 products of 2"):
            builder.finish(2)

    assert current_file(folder) == folder / file_name(1)


def test_a_folder_that_cannot_be_written_leaves_the_old_catalogue(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable):
        CatalogueBuilder(tmp_path / "gone", CatalogueMeta(1, CURRENCY, 0))


def test_a_till_without_a_catalogue_knows_no_product(tmp_path: Path) -> None:
    empty = CatalogueSource(tmp_path).current()

    assert isinstance(empty, EmptyCatalogue)
    assert empty.info() is None
    assert empty.search("leche") == ()
    assert (empty.by_gtin(1), empty.by_sku("x"), empty.stock("x")) == ((), None, None)
    assert (empty.contains(1), empty.quick_keys()) == (False, ())


def test_an_open_ticket_stays_on_its_catalogue_when_it_is_swapped(folder: Path) -> None:
    source = CatalogueSource(folder)
    assert source.current().by_sku(MILK.sku) == MILK

    catalogue(folder, [replace(MILK, price=eur(9_99))], generation=2)

    assert source.current().by_sku(MILK.sku) == replace(MILK, price=eur(9_99))
    assert source.pinned(1).by_sku(MILK.sku) == MILK
    assert source.pinned(2) is source.current()


def test_a_parked_ticket_goes_on_with_the_present_catalogue_once_its_own_is_gone(
    folder: Path,
) -> None:
    source = CatalogueSource(folder)

    assert source.pinned(77) is source.current()


def test_old_generations_go_but_not_the_one_somebody_reads(folder: Path) -> None:
    reader = CatalogueFile(folder / file_name(1))
    for generation in (2, 3, 4):
        catalogue(folder, [MILK], generation=generation)

    assert remove_old_generations(folder) == [2]
    assert reader.by_sku(MILK.sku) == MILK
    reader.close()
    assert remove_old_generations(folder) == [1]
    assert sorted(path.name for path in folder.glob("*.db")) == [file_name(3), file_name(4)]


def test_nothing_is_removed_while_no_catalogue_is_current(folder: Path) -> None:
    (folder / "current").unlink()

    assert remove_old_generations(folder) == []


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "catalogue-9.db", "catalogue-1.db.building", ""]
)
def test_a_pointer_to_something_else_is_no_catalogue(folder: Path, name: str) -> None:
    point_to(folder, name)

    assert isinstance(CatalogueSource(folder).current(), EmptyCatalogue)


def test_price_changes_reach_the_till_with_their_cursor(folder: Path) -> None:
    source = CatalogueSource(folder)
    reading = source.current()
    changes = open_current(folder)
    assert changes is not None

    changes.apply_prices(
        [("2001", 17_50, None), ("gone", 1, None)], cursor=41, now_ms=MORNING_MS + 5
    )

    found = reading.by_sku("2001")
    assert found == replace(HAM, price=eur(17_50), has_demonstration_price=False)
    assert (changes.cursor("prices"), changes.cursor("stock")) == (41, 0)
    assert changes.prices_as_of_ms == MORNING_MS + 5
    assert changes.generation == 1
    changes.close()


def test_a_price_of_tomorrow_waits_for_tomorrow(folder: Path) -> None:
    source = CatalogueSource(folder)
    changes = CatalogueChanges(folder / file_name(1))
    changes.apply_prices(
        [("2001", 17_50, MORNING_MS + 20), ("2001", 15_00, MORNING_MS + 10)],
        cursor=1,
        now_ms=MORNING_MS,
    )

    assert price_of(source, HAM) == HAM.price
    assert changes.apply_due_prices(MORNING_MS + 9) == 0
    assert changes.apply_due_prices(MORNING_MS + 15) == 1
    assert price_of(source, HAM) == eur(15_00)
    assert changes.apply_due_prices(MORNING_MS + 25) == 1
    assert price_of(source, HAM) == eur(17_50)
    changes.close()


def price_of(source: CatalogueSource, item: Product) -> object:
    found = source.current().by_sku(item.sku)
    return found and found.price


def test_an_impossible_price_changes_nothing_and_moves_no_cursor(folder: Path) -> None:
    changes = CatalogueChanges(folder / file_name(1))

    with pytest.raises(Exception, match="price"):
        changes.apply_prices([("2001", 1, None), (MILK.sku, -1, None)], cursor=9, now_ms=1)

    assert changes.cursor("prices") == 0
    assert price_of(CatalogueSource(folder), HAM) == HAM.price
    changes.close()


def test_an_older_stock_level_never_replaces_a_later_one(folder: Path) -> None:
    changes = CatalogueChanges(folder / file_name(1))

    changes.apply_stock([(MILK.sku, 3_000, MORNING_MS - 1), ("TWIN-7", 1_000, 5)], cursor=2)
    changes.apply_stock([("2001", 9_000, MORNING_MS + 1)], cursor=3)

    source = CatalogueSource(folder).current()
    assert source.stock(MILK.sku) == StockLevel(12_000, MORNING_MS)
    assert source.stock("TWIN-7") == StockLevel(1_000, 5)
    assert source.stock("2001") == StockLevel(9_000, MORNING_MS + 1)
    assert changes.cursor("stock") == 3
    changes.close()


def test_the_next_key_gives_a_search_up(tmp_path: Path) -> None:
    many = [product(f"84{n:011d}", name=f"leche {n}") for n in range(20_000)]
    catalogue(tmp_path, many)
    opened = CatalogueFile(tmp_path / file_name(1))
    given_up = threading.Event()

    def search() -> None:
        try:
            while True:
                opened.search("leche 1", limit=20_000)
        except SearchInterrupted:
            given_up.set()

    worker = threading.Thread(target=search)
    worker.start()
    while not given_up.is_set():
        opened.interrupt()
    worker.join()

    assert opened.search("leche 19999")
    opened.close()
