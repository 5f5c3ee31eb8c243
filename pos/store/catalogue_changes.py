"""Price and stock changes, written by the agent into the generation in use.

The cursor of a feed moves in the same transaction as what it brought.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from pos.store.catalogue_schema import current_file
from pos.store.engine import BUSY_TIMEOUT_MS, DamagedFile, as_unavailable, open_connection

# NORMAL keeps the file whole through a power cut; what it may lose the hub sends again.
_PRAGMAS: dict[str, str | int] = {
    "busy_timeout": BUSY_TIMEOUT_MS,
    "journal_mode": "wal",
    "synchronous": 1,
}
PriceRow = tuple[str, int, int | None]  # SKU, minor units, valid from (UTC ms) or at once
StockRow = tuple[str, int, int]  # SKU, thousandths on hand, as of (UTC ms)

# A price the shop has set is no demonstration price any more.
_SET_PRICE = "UPDATE product SET price = ?, has_demonstration_price = 0 WHERE sku = ?"
_COMING = "INSERT OR REPLACE INTO coming_price (sku, valid_from_ms, price) VALUES (?, ?, ?)"
_DUE = "SELECT price, sku FROM coming_price WHERE valid_from_ms <= ? ORDER BY valid_from_ms"
_SET_STOCK = (
    "INSERT INTO stock (sku, on_hand, as_of_ms) VALUES (?, ?, ?) ON CONFLICT (sku)"
    " DO UPDATE SET on_hand = excluded.on_hand, as_of_ms = excluded.as_of_ms"
    " WHERE excluded.as_of_ms >= as_of_ms"
)
_UNKNOWN = (
    "SELECT 1 FROM json_each(?) said"
    " WHERE NOT EXISTS (SELECT 1 FROM product WHERE sku = said.value) LIMIT 1"
)
_SET_META = "UPDATE meta SET value = ? WHERE key = ?"


class CatalogueChanges:
    """The agent's pen in one catalogue file."""

    def __init__(self, path: Path) -> None:
        """Open a generation for changes.

        Raises:
            StoreUnavailable: It cannot be opened.
        """
        self._connection = open_connection(path, key=None, mode="rw", pragmas=_PRAGMAS)

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def cursor(self, stream: str) -> int:
        """Return up to where the feed ``prices`` or ``stock`` was taken into this file."""
        return self._number(f"{_singular(stream)}_cursor")

    @property
    def generation(self) -> int:
        return self._number("generation")

    @property
    def prices_as_of_ms(self) -> int:
        return self._number("prices_as_of_ms")

    def lacks_any(self, skus: Iterable[str]) -> bool:
        """True when one of the SKUs is no product of this generation.

        Raises:
            StoreUnavailable: The file cannot be read.
        """
        try:
            said = json.dumps(list(skus))
            return self._connection.execute(_UNKNOWN, (said,)).fetchone() is not None
        except driver.Error as error:
            raise as_unavailable(error) or DamagedFile(str(error)) from error

    def apply_prices(self, rows: Iterable[PriceRow], cursor: int, *, now_ms: int) -> None:
        """Take over prices; those of the future wait in the file for their time.

        Args:
            now_ms: The hub's present, UTC Unix ms: up to then the prices are known.

        Raises:
            StoreUnavailable: Nothing was changed.
        """
        at_once: list[Sequence[object]] = []
        coming: list[Sequence[object]] = []
        for sku, price, valid_from_ms in rows:
            if valid_from_ms is None or valid_from_ms <= now_ms:
                at_once.append((price, sku))
            else:
                coming.append((sku, valid_from_ms, price))
        self._transact(
            (_SET_PRICE, at_once),
            (_COMING, coming),
            (_SET_META, [(cursor, "price_cursor"), (now_ms, "prices_as_of_ms")]),
        )

    def apply_due_prices(self, now_ms: int) -> int:
        """Put prices whose time has come into force; return how many."""
        due = self._connection.execute(_DUE, (now_ms,)).fetchall()
        if due:
            done = "DELETE FROM coming_price WHERE valid_from_ms <= ?"
            self._transact((_SET_PRICE, due), (done, [(now_ms,)]))
        return len(due)

    def apply_stock(self, rows: Iterable[StockRow], cursor: int) -> None:
        """Take over stock levels; an older level never replaces a later one.

        Raises:
            StoreUnavailable: Nothing was changed.
        """
        self._transact((_SET_STOCK, list(rows)), (_SET_META, [(cursor, "stock_cursor")]))

    def _transact(self, *changes: tuple[str, Sequence[Sequence[object]]]) -> None:
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for statement, rows in changes:
                    self._connection.executemany(statement, rows)
                self._connection.execute("COMMIT")
            except BaseException:
                self._connection.rollback()
                raise
        except driver.Error as error:
            raise as_unavailable(error) or DamagedFile(str(error)) from error

    def _number(self, key: str) -> int:
        try:
            row: Any = self._connection.execute(
                "SELECT value FROM meta WHERE key = ?", (key,)
            ).fetchone()
            return int(row[0])
        except driver.Error as error:
            raise as_unavailable(error) or DamagedFile(str(error)) from error
        except (TypeError, ValueError) as error:
            raise DamagedFile(f"{key}: {error}") from error


def open_current(folder: Path) -> CatalogueChanges | None:
    """Open the generation in use for changes, None while there is none."""
    path = current_file(folder)
    return None if path is None else CatalogueChanges(path)


def _singular(stream: str) -> str:
    return {"prices": "price", "stock": "stock"}[stream]
