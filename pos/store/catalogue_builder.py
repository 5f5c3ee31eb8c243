"""Builds a generation of the catalogue beside the one in use, and swaps it in whole.

Memory stays flat whatever the number of products; a file that is not complete is never seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from pos.domain.errors import StoreUnavailable
from pos.store.catalogue_schema import (
    CURRENT,
    INDEXES,
    SHORTEST_LISTED_WORD,
    TABLES,
    current_file,
    file_name,
    generation_of,
    is_pinned,
    pin_file,
)
from pos.store.engine import as_unavailable
from pos.store.filesystem import sync_to_disk

_BUILD_PRAGMAS = (
    "journal_mode = OFF",  # a file that fails half-way is thrown away, not repaired
    "synchronous = OFF",
    "locking_mode = EXCLUSIVE",
    "cache_size = -65536",
)
# Parameter 7 is the product's currency: another one than the catalogue's is refused as NULL.
_INSERT_PRODUCT = (
    "INSERT INTO product (sku, gtin, name, brand, department, price, tax_basis_points, tax_name,"
    " unit, picture, has_open_price, has_demonstration_price, popularity)"
    " VALUES (?1, ?2, ?3, ?4, ?5, iif(coalesce(?7, '{currency}') = '{currency}', ?6, NULL),"
    " ?8, ?9, ?10, ?11, ?12, ?13, ?14)"
)
_INDEX_WORDS = (
    "INSERT INTO product_words (rowid, words) SELECT product_id, name || ' ' || brand"
    " || iif(gtin IS NOT NULL AND ltrim(sku, '0') = gtin, '', ' ' || sku)"
    " FROM product ORDER BY product_id"
)
# Written out when full: a large one spares most of the merging.
_INDEX_BUFFER_BYTES = 16 * 1024 * 1024
_LISTING = "CREATE VIRTUAL TABLE temp.listed USING fts5vocab('main', 'product_words', 'row')"
_LIST_WORDS = (
    "INSERT INTO word (term) SELECT term FROM temp.listed"  # noqa: S608 - our own number
    f" WHERE length(term) >= {SHORTEST_LISTED_WORD} ORDER BY term"
)


class CatalogueRefused(Exception):
    """What was streamed is no catalogue: a value out of range, a SKU twice, rows missing."""


@dataclass(frozen=True, slots=True)
class CatalogueMeta:
    """What a generation says of itself; the cursors are where the feeds go on from it."""

    generation: int
    currency: str
    built_at_ms: int
    price_cursor: int = 0
    stock_cursor: int = 0
    sha256: str = ""


class CatalogueBuilder:
    """One generation in the making; leaving the context removes what was not swapped in."""

    def __init__(self, folder: Path, meta: CatalogueMeta) -> None:
        """Begin a generation in the catalogue folder.

        Raises:
            CatalogueRefused: The currency is not three capital letters.
            StoreUnavailable: The file cannot be written.
        """
        is_code = len(meta.currency) == 3 and meta.currency.isascii() and meta.currency.isupper()
        if not is_code:
            raise CatalogueRefused(f"currency {meta.currency!r}")
        self._folder = folder
        self._meta = meta
        self._building = folder / f"{file_name(meta.generation)}.building"
        self._insert = _INSERT_PRODUCT.format(currency=meta.currency)
        _remove(self._building)
        try:
            self._connection: Any = driver.connect(str(self._building), isolation_level=None)
            for pragma in _BUILD_PRAGMAS:
                self._connection.execute(f"PRAGMA {pragma}")
            self._connection.executescript(TABLES)
            self._connection.execute("BEGIN")
        except driver.Error as error:
            raise as_unavailable(error) or error from error

    def __enter__(self) -> CatalogueBuilder:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()
        _remove(self._building)

    def add_products(self, rows: Iterable[Sequence[object]]) -> None:
        """Add products, each a row of `PRODUCT_FIELDS`, in the order of their rank.

        What customers ask for most comes first, then what has a short name.

        Raises:
            CatalogueRefused: A value is out of range.
            StoreUnavailable: The disk is full.
        """
        self._many(self._insert, rows)

    def add_quick_keys(self, rows: Iterable[Sequence[object]]) -> None:
        """Add favourites: page, position, label, SKU; pages in the order of the shop."""
        self._many("INSERT INTO quick_key (page, position, label, sku) VALUES (?, ?, ?, ?)", rows)

    def add_stock(self, rows: Iterable[Sequence[object]]) -> None:
        """Add stock levels: SKU, thousandths on hand, as of (UTC ms)."""
        self._many("INSERT OR REPLACE INTO stock (sku, on_hand, as_of_ms) VALUES (?, ?, ?)", rows)

    def finish(self, expected_products: int) -> Path:
        """Index, write down, and make this the current generation; return its file.

        Raises:
            CatalogueRefused: There are not as many products as announced, or a SKU is twice.
            StoreUnavailable: The disk is full; the generation in use stays.
        """
        try:
            (products,) = self._connection.execute("SELECT count(*) FROM product").fetchone()
            if products != expected_products:
                raise CatalogueRefused(f"{products} products of {expected_products}")
            self._index()
            self._write_meta(products)
            self._connection.execute("COMMIT")
            self._connection.execute("PRAGMA locking_mode = NORMAL")
            self._connection.execute("PRAGMA journal_mode = WAL").fetchall()
            self._connection.close()
        except driver.IntegrityError as error:
            raise CatalogueRefused(str(error)) from error
        except driver.Error as error:
            raise as_unavailable(error) or error from error
        return self._swap()

    def _index(self) -> None:
        self._connection.execute(
            "INSERT INTO product_words (product_words, rank) VALUES ('hashsize', ?)",
            (_INDEX_BUFFER_BYTES,),
        )
        self._connection.execute(_INDEX_WORDS)
        self._connection.execute("INSERT INTO product_words (product_words) VALUES ('optimize')")
        self._connection.execute(_LISTING)
        self._connection.execute(_LIST_WORDS)
        for statement in INDEXES.strip().split(";\n"):
            self._connection.execute(statement)

    def _write_meta(self, products: int) -> None:
        meta = self._meta
        values = {
            "generation": meta.generation,
            "products": products,
            "currency": meta.currency,
            "built_at_ms": meta.built_at_ms,
            "prices_as_of_ms": meta.built_at_ms,
            "price_cursor": meta.price_cursor,
            "stock_cursor": meta.stock_cursor,
            "sha256": meta.sha256,
        }
        self._connection.executemany(
            "INSERT INTO meta (key, value) VALUES (?, ?)", list(values.items())
        )

    def _swap(self) -> Path:
        final = self._folder / file_name(self._meta.generation)
        try:
            sync_to_disk(self._building)
            _remove(final)
            self._building.rename(final)
            point_to(self._folder, final.name)
        except OSError as error:
            raise StoreUnavailable(str(error)) from error
        return final

    def _many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        try:
            self._connection.executemany(statement, rows)
        except (driver.IntegrityError, driver.InterfaceError, driver.ProgrammingError) as error:
            raise CatalogueRefused(str(error)) from error
        except driver.Error as error:
            raise as_unavailable(error) or CatalogueRefused(str(error)) from error
        except (OverflowError, UnicodeEncodeError) as error:
            raise CatalogueRefused(str(error)) from error


def point_to(folder: Path, name: str) -> None:
    """Make a file the current one: by rename, so that there is always exactly one."""
    beside = folder / f"{CURRENT}.next"
    beside.write_text(f"{name}\n", encoding="ascii")
    sync_to_disk(beside)
    beside.rename(folder / CURRENT)
    sync_to_disk(folder)


def remove_old_generations(folder: Path) -> list[int]:
    """Remove the generations nobody reads, but for the current one and the one before it.

    Returns:
        The generations that were removed.
    """
    current = current_file(folder)
    if current is None:
        return []
    newest = generation_of(current.name) or 0
    there = sorted(
        generation
        for path in folder.glob("catalogue-*.db")
        if (generation := generation_of(path.name)) is not None
    )
    before = max((generation for generation in there if generation < newest), default=newest)
    removed = [
        generation
        for generation in there
        if generation not in {newest, before} and not is_pinned(folder, generation)
    ]
    for generation in removed:
        _remove(folder / file_name(generation))
        pin_file(folder, generation).unlink(missing_ok=True)
    return removed


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
