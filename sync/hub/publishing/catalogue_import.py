"""Reads a price list into the product table: no row stops the rest, nothing is half changed."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from sqlalchemy import Connection, Engine, func, select

from pos.system import SystemClock
from sync.connectors.builtin import change_levels
from sync.hub.admin import shops
from sync.hub.bulk import insert_rows, upsert_rows
from sync.hub.database import begin
from sync.hub.publishing.catalogue_rows import (
    BadHeader,
    Columns,
    ImportedProduct,
    RejectedRow,
    parse_line,
    read_header,
)
from sync.hub.publishing.feed_numbers import CATALOGUE, take_numbers
from sync.hub.publishing.product_rules import store_places, store_rules
from sync.hub.tables import product, quick_key, stock_movement

MAX_LINE_BYTES = 64 * 1024
ROWS_AT_A_TIME = 10_000  # a till's facts wait for as long as a portion takes
GZIP_MAGIC = b"\x1f\x8b"
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error)

# A file without a price leaves the price that is there; one that names the same changes nothing.
_UPDATE = """(sku) DO UPDATE SET
    gtin = excluded.gtin, name = excluded.name, brand = excluded.brand,
    department = excluded.department, tax_basis_points = excluded.tax_basis_points,
    unit = excluded.unit, picture = excluded.picture, popularity = excluded.popularity,
    price = CASE WHEN excluded.has_demonstration_price THEN product.price
            ELSE excluded.price END,
    has_demonstration_price =
        product.has_demonstration_price AND excluded.has_demonstration_price
WHERE (product.gtin, product.name, product.brand, product.department,
       product.tax_basis_points, product.unit, product.picture, product.popularity)
      IS DISTINCT FROM
      (excluded.gtin, excluded.name, excluded.brand, excluded.department,
       excluded.tax_basis_points, excluded.unit, excluded.picture, excluded.popularity)
   OR (NOT excluded.has_demonstration_price
       AND (product.price <> excluded.price OR product.has_demonstration_price))
"""

Progress = Callable[[int], None]


class DamagedFile(OSError):
    """The compressed file ends too early or is broken; the rows before that are in."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What became of the rows.

    `accepted` are in the table, `changed` of them were added or differed, `duplicates` name
    a SKU that stood in the file before, `rejected` are written to `rejected_file`.
    `generation` is the catalogue's number afterwards; it rises only when something changed.
    """

    accepted: int
    rejected: int
    duplicates: int
    changed: int
    generation: int
    rejected_file: Path | None


@dataclass(slots=True)
class _Tally:
    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0
    changed: int = 0
    seen: set[str] = field(default_factory=set)
    quick_pages: dict[str, list[ImportedProduct]] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        return self.accepted + self.rejected + self.duplicates


def import_catalogue(
    engine: Engine,
    path: Path,
    *,
    currency: str,
    on_progress: Progress = lambda rows: None,
    now_ms: int | None = None,
    shop_codes: tuple[str, ...] | None = None,
) -> ImportResult:
    """Read a CSV file, plain or gzipped, into the catalogue; the same file again changes nothing.

    Args:
        engine: The hub's.
        path: First line: column names, `gtin` (or `sku`) and `name` among them.
        currency: ISO 4217; prices are read with two decimals.
        on_progress: Called with the number of rows dealt with so far.
        now_ms: UTC, Unix ms; when the opening stock counts from; None: now.
        shop_codes: Shops that the column `stock` is for; all shops when None.

    Raises:
        BadHeader: Nothing was changed.
        DamagedFile: The rows before the damage are in, and a generation with them.
        OSError: The file cannot be read.
    """
    tally = _Tally()
    rejected_file = path.with_name(path.name + ".rejected.csv")
    damage: Exception | None = None
    at_ms = SystemClock().now_ms() if now_ms is None else now_ms
    with _open(path) as lines, _Rejects(rejected_file) as rejects:
        columns = read_header(lines.readline(MAX_LINE_BYTES + 1), currency)
        with begin(engine) as connection:
            codes = shops(connection) if shop_codes is None else list(shop_codes)
        try:
            with closing(
                _read_ahead(_batches(_parsed(lines, columns), tally, rejects))
            ) as batches:
                for batch in batches:
                    with begin(engine) as connection:
                        _store(connection, batch, tally, codes, at_ms)
                    on_progress(tally.rows)
        except DAMAGE as error:
            damage = error
    with begin(engine) as connection:
        _store_quick_keys(connection, tally)
        count = 1 if tally.changed else 0
        generation = take_numbers(connection, CATALOGUE, count).stop - 1
    if damage is not None:
        raise DamagedFile(f"{path.name} is damaged after {tally.rows} rows: {damage}")
    return ImportResult(
        tally.accepted,
        tally.rejected,
        tally.duplicates,
        tally.changed,
        generation,
        rejected_file if tally.rejected else None,
    )


@contextmanager
def _open(path: Path) -> Iterator[io.BufferedIOBase]:
    """Yield the file, unpacked."""
    with path.open("rb") as raw:
        is_gzip = raw.read(2) == GZIP_MAGIC
        raw.seek(0)
        if is_gzip:
            # Not wrapped in a larger buffer: that would lose what stands before the damage.
            with gzip.GzipFile(fileobj=raw) as unpacked:
                yield unpacked
        else:
            yield raw


class _Rejects:
    """The file of rejected rows; it exists only when there are any."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[str] | None = None

    def __enter__(self) -> _Rejects:
        self._path.unlink(missing_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def add(self, row: RejectedRow) -> None:
        """Write a row with its line number and why it was refused."""
        if self._file is None:
            self._file = self._path.open("w", encoding="utf-8", newline="")
            csv.writer(self._file).writerow(["line", "reason", "row"])
        csv.writer(self._file).writerow([row.line, row.reason, row.text])


def _parsed(lines: io.BufferedIOBase, columns: Columns) -> Iterator[ImportedProduct | RejectedRow]:
    """Yield every line of the file judged by itself: a stray quote costs one row, not the rest."""
    number = 1
    while data := lines.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(data) > MAX_LINE_BYTES:
            while data and not data.endswith(b"\n"):
                data = lines.readline(MAX_LINE_BYTES)
            yield RejectedRow(number, f"longer than {MAX_LINE_BYTES} bytes", "")
        elif data.strip():
            yield parse_line(number, data, columns)


def _batches(
    rows: Iterator[ImportedProduct | RejectedRow], tally: _Tally, rejects: _Rejects
) -> Iterator[list[ImportedProduct]]:
    """Yield what is to be stored in portions, each SKU once; what came before damage too."""
    batch: list[ImportedProduct] = []
    try:
        for row in rows:
            if isinstance(row, RejectedRow):
                tally.rejected += 1
                rejects.add(row)
            elif row.sku in tally.seen:
                tally.duplicates += 1
            else:
                tally.seen.add(row.sku)
                batch.append(row)
            if len(batch) >= ROWS_AT_A_TIME:
                yield batch
                batch = []
    except DAMAGE:
        yield batch
        raise
    yield batch


def _read_ahead(
    batches: Iterator[list[ImportedProduct]],
) -> Generator[list[ImportedProduct]]:
    """Yield each portion while a thread reads the next one: PostgreSQL works meanwhile."""
    with ThreadPoolExecutor(1) as reader:
        coming = reader.submit(next, batches, None)
        while (batch := coming.result()) is not None:
            coming = reader.submit(next, batches, None)
            yield batch


def _store(
    connection: Connection,
    batch: list[ImportedProduct],
    tally: _Tally,
    shop_codes: list[str],
    now_ms: int,
) -> None:
    rows = [
        (sku, gtin, name, brand, group, price, tax, "", unit, picture, False, demo, popular, 0)
        for sku, gtin, name, brand, group, price, demo, tax, unit, _, picture, popular, *_ in batch
    ]  # fmt: skip
    tally.changed += upsert_rows(connection, product, rows, _UPDATE)
    tally.accepted += len(batch)
    stocked = {p.sku: p.stock for p in batch if p.stock is not None}
    store_rules(connection, batch)
    for code in shop_codes:
        _store_stock(connection, code, stocked, now_ms)
        store_places(connection, code, batch)
    for each in batch:
        if each.quick_page:
            tally.quick_pages.setdefault(each.quick_page, []).append(each)


def _store_stock(
    connection: Connection, shop_code: str, stocked: dict[str, int], now_ms: int
) -> None:
    """Note as opening stock what the file says more or less than it said before."""
    if not stocked:
        return
    moved = stock_movement.c
    before: dict[str, Any] = {
        sku: int(total)
        for sku, total in connection.execute(
            select(moved.sku, func.sum(moved.thousandths))
            .where(moved.shop == shop_code, moved.reason == "import", moved.sku.in_(stocked))
            .group_by(moved.sku)
        )
    }
    deltas = {sku: stock - before.get(sku, 0) for sku, stock in stocked.items()}
    deltas = {sku: delta for sku, delta in deltas.items() if delta}
    numbers = take_numbers(connection, f"import:{shop_code}", len(deltas))
    rows = [
        (f"import:{shop_code}:{number}", shop_code, sku, delta, "import", now_ms)
        for (sku, delta), number in zip(deltas.items(), numbers, strict=True)
    ]
    insert_rows(connection, stock_movement, rows)
    change_levels(connection, shop_code, deltas, now_ms)


def _store_quick_keys(connection: Connection, tally: _Tally) -> None:
    """Replace the pages of quick keys the file names."""
    for page, products in tally.quick_pages.items():
        rows = [(page, place, p.name, p.sku) for place, p in enumerate(products)]
        stored = connection.execute(
            select(quick_key).where(quick_key.c.page == page).order_by(quick_key.c.position)
        )
        if [tuple(row) for row in stored] == rows:
            continue
        connection.execute(quick_key.delete().where(quick_key.c.page == page))
        insert_rows(connection, quick_key, rows)
        tally.changed += 1


__all__ = ["BadHeader", "DamagedFile", "ImportResult", "import_catalogue"]
