"""One generation of the catalogue, read with the driver alone: nothing stands between a scan
and its product but one look-up by integer."""

from __future__ import annotations

import json
import os
import threading
import weakref
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from pos.domain.catalogue import CatalogueInfo, Product, QuickKey, SearchHit, StockLevel
from pos.domain.errors import SearchInterrupted
from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.domain.tax import TaxRate
from pos.store.catalogue_schema import generation_of, pin
from pos.store.catalogue_search import CatalogueSearch
from pos.store.engine import INTERRUPT, READER_PRAGMAS, error_code, open_connection

_PRODUCT = (
    "p.sku, p.gtin, p.name, p.price, p.tax_basis_points, p.tax_name, p.unit, p.brand,"
    " p.department, p.picture, p.has_open_price, p.has_demonstration_price"
)
# The names are our own constants; every value is a parameter.
_BY_GTIN = f"SELECT {_PRODUCT} FROM product p WHERE p.gtin = ? ORDER BY p.product_id"  # noqa: S608
_BY_SKU = f"SELECT {_PRODUCT} FROM product p WHERE p.sku = ?"  # noqa: S608
_QUICK_KEYS = (
    f"SELECT q.page, q.position, q.label, {_PRODUCT} FROM quick_key q"  # noqa: S608
    " JOIN product p ON p.sku = q.sku"
    " ORDER BY (SELECT min(f.entry) FROM quick_key f WHERE f.page = q.page), q.position"
)
_HITS = (
    f"SELECT s.on_hand, s.as_of_ms, {_PRODUCT} FROM json_each(?) found"  # noqa: S608
    " CROSS JOIN product p ON p.product_id = found.value"
    " LEFT JOIN stock s ON s.sku = p.sku ORDER BY found.key"
)


class CatalogueFile:
    """`ports.Catalogue` on one file. Each thread that asks gets a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Open a generation and pin it until nobody holds this object any more.

        Raises:
            StoreUnavailable: It cannot be opened; the subclass says why.
        """
        self.path = path
        self.generation = generation_of(path.name) or 0
        self._local = threading.local()
        self._opened: list[Any] = []
        self._searching: set[Any] = set()
        self._rates: dict[tuple[int, str], TaxRate] = {}
        descriptor = pin(path.parent, self.generation)
        self._finalizer = weakref.finalize(self, _close, self._opened, descriptor)
        try:
            self._currency = str(self._meta("currency"))
        except BaseException:
            self._finalizer()
            raise

    def close(self) -> None:
        """Close every connection; the object is of no further use."""
        self._finalizer()

    def info(self) -> CatalogueInfo | None:
        """Return which generation this is, and how old its prices are."""
        meta = dict(self._rows("SELECT key, value FROM meta"))
        return CatalogueInfo(
            generation=meta["generation"],
            products=meta["products"],
            built_at_ms=meta["built_at_ms"],
            prices_as_of_ms=meta["prices_as_of_ms"],
        )

    def contains(self, gtin: int) -> bool:
        """True when a product has that GTIN-14 number."""
        return bool(self._rows("SELECT 1 FROM product WHERE gtin = ? LIMIT 1", (gtin,)))

    def by_gtin(self, gtin: int) -> tuple[Product, ...]:
        """Return every product with that GTIN-14 number; two is a question for the cashier."""
        return tuple(self._product(row) for row in self._rows(_BY_GTIN, (gtin,)))

    def by_sku(self, sku: str) -> Product | None:
        """Return a product by SKU."""
        rows = self._rows(_BY_SKU, (sku,))
        return self._product(rows[0]) if rows else None

    def stock(self, sku: str) -> StockLevel | None:
        """Return what is known of a product's stock in this shop."""
        rows = self._rows("SELECT on_hand, as_of_ms FROM stock WHERE sku = ?", (sku,))
        return StockLevel(*rows[0]) if rows else None

    def quick_keys(self) -> tuple[QuickKey, ...]:
        """Return the favourites, page by page in the order of the shop."""
        return tuple(
            QuickKey(page, position, label, self._product(row))
            for page, position, label, *row in self._rows(_QUICK_KEYS)
        )

    def search(self, text: str, *, limit: int = 50) -> tuple[SearchHit, ...]:
        """Return products whose name, brand, code or SKU begin with the words typed.

        Whole words come before beginnings, then what is asked for most and has a short name.
        A long word that nothing begins with is shortened until something does.

        Raises:
            SearchInterrupted: `interrupt` was called meanwhile.
        """
        connection = self._connection()
        self._searching.add(connection)
        try:
            found = json.dumps(CatalogueSearch(self._rows).ids(text, limit))
            return tuple(self._hit(row) for row in self._rows(_HITS, (found,)))
        except driver.OperationalError as error:
            if error_code(error) == INTERRUPT:
                raise SearchInterrupted from error
            raise
        finally:
            self._searching.discard(connection)

    def interrupt(self) -> None:
        """Give up the searches under way in other threads: the next key has come."""
        for connection in tuple(self._searching):
            connection.interrupt()

    # -- reading

    def _hit(self, row: Sequence[Any]) -> SearchHit:
        on_hand, as_of_ms, *product = row
        stock = None if on_hand is None else StockLevel(on_hand, as_of_ms)
        return SearchHit(self._product(product), stock)

    def _product(self, row: Sequence[Any]) -> Product:
        sku, gtin, name, price, basis_points, tax_name, unit, *rest = row
        brand, department, picture, has_open_price, has_demonstration_price = rest
        rate = self._rates.get((basis_points, tax_name))
        if rate is None:
            rate = self._rates[basis_points, tax_name] = TaxRate(basis_points, tax_name)
        return Product(
            sku, gtin, name, Money(price, self._currency), rate, Unit(unit), brand, department,
            picture, bool(has_open_price), bool(has_demonstration_price),
        )  # fmt: skip

    def _meta(self, key: str) -> Any:
        return self._rows("SELECT value FROM meta WHERE key = ?", (key,))[0][0]

    def _rows(self, query: str, parameters: Sequence[object] = ()) -> list[Any]:
        rows: list[Any] = self._connection().execute(query, parameters).fetchall()
        return rows

    def _connection(self) -> Any:
        connection = getattr(self._local, "connection", None)
        if connection is None:
            connection = open_connection(self.path, key=None, mode="rw", pragmas=READER_PRAGMAS)
            self._local.connection = connection
            self._opened.append(connection)
        return connection


def _close(connections: list[Any], descriptor: int) -> None:
    for connection in connections:
        connection.close()
    os.close(descriptor)
