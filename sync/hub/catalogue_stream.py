"""A generation of the catalogue as one file that tills fetch: written once, in constant memory."""

from __future__ import annotations

import gzip
import hashlib
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from pydantic_core import to_json
from sqlalchemy import Connection, func, select

from sync.connectors.port import CatalogueProduct, Connector
from sync.hub.admin import get_setting
from sync.hub.database import HubDatabase
from sync.hub.feed_numbers import CATALOGUE, last_number
from sync.hub.feeds import settle_stock
from sync.hub.tables import product, quick_key, shop, stock_level
from sync.wire.v1.catalogue import (
    END,
    PRODUCT_FIELDS,
    QUICK,
    STOCK,
    CatalogueHeader,
    CatalogueInfo,
)

COMPRESSION = 3
LINES_AT_A_TIME = 2_000
CURRENCY_PLACE = PRODUCT_FIELDS.index("currency")


class NoCatalogue(Exception):
    """There is no such shop, or nothing was imported yet."""


class CatalogueFiles:
    """The files of the latest generations, one per shop, in a folder of this process."""

    def __init__(self, database: HubDatabase, connector: Connector, folder: Path) -> None:
        self._database = database
        self._connector = connector
        self._folder = folder
        self._infos: dict[str, CatalogueInfo] = {}
        self._lock = threading.Lock()

    def generation(self) -> int:
        """Return the number of the latest generation, 0 before the first import."""
        with self._database.reading() as connection:
            return last_number(connection, CATALOGUE)

    def latest(self, shop_code: str, now_ms: int) -> CatalogueInfo:
        """Return the latest generation for a shop; its file is written when it is not there.

        Raises:
            NoCatalogue: There is nothing to sell.
        """
        settle_stock(self._database, self._connector, shop_code, now_ms)
        with self._lock, self._database.reading() as connection:
            generation = last_number(connection, CATALOGUE)
            known = self._infos.get(shop_code)
            if known is not None and known.generation == generation:
                return known
            header = self._header(connection, shop_code, generation, now_ms)
            path = self._path(shop_code, generation)
            digest = _write(path, header, self._lines(connection, header, shop_code))
            if known is not None:
                self._path(shop_code, known.generation).unlink(missing_ok=True)
            info = CatalogueInfo(**header.model_dump(), sha256_of_stream=digest)
            self._infos[shop_code] = info
            return info

    def file(self, shop_code: str, generation: int) -> Path:
        """Return the file of a generation announced by `latest`.

        Raises:
            NoCatalogue: It is not the latest any more.
        """
        known = self._infos.get(shop_code)
        if known is None or known.generation != generation:
            raise NoCatalogue(f"{shop_code} {generation}")
        return self._path(shop_code, generation)

    def _path(self, shop_code: str, generation: int) -> Path:
        return self._folder / f"catalogue-{shop_code}-{generation}.ndjson.gz"

    def _header(
        self, connection: Connection, shop_code: str, generation: int, now_ms: int
    ) -> CatalogueHeader:
        is_known = connection.scalar(select(shop.c.code).where(shop.c.code == shop_code))
        if not is_known or not generation:
            raise NoCatalogue(shop_code)
        details: dict[str, Any] = get_setting(connection, shop_code, "shop")
        return CatalogueHeader(
            generation=generation,
            products=int(connection.scalar(select(func.count()).select_from(product)) or 0),
            built_at_ms=now_ms,
            price_cursor=self._connector.price_cursor(connection),
            stock_cursor=self._connector.stock_cursor(connection, shop_code),
            currency=details["currency"],
        )

    def _lines(
        self, connection: Connection, header: CatalogueHeader, shop_code: str
    ) -> Iterator[list[Any]]:
        for each in self._connector.products(connection):
            yield product_line(each, header.currency)
        for row in connection.execute(
            select(quick_key).order_by(quick_key.c.page, quick_key.c.position)
        ):
            yield [QUICK, row.page, row.position, row.label, row.sku]
        level = stock_level.c
        levels = connection.execution_options(yield_per=LINES_AT_A_TIME).execute(
            select(level.sku, level.on_hand, level.as_of_ms).where(level.shop == shop_code)
        )
        for row in levels:
            yield [STOCK, row.sku, row.on_hand, row.as_of_ms]


def product_line(each: CatalogueProduct, currency: str) -> list[Any]:
    """Return a product as it stands in the stream; see `PRODUCT_FIELDS`."""
    return [*each[:CURRENCY_PLACE], currency, *each[CURRENCY_PLACE:]]


def _write(path: Path, header: CatalogueHeader, lines: Iterator[list[Any]]) -> str:
    """Write the stream beside `path` and rename it there; return the digest of its trailer."""
    digest = hashlib.sha256()
    beside = path.with_suffix(".part")
    count = 0
    with _compressed(beside) as file:
        first = (header.model_dump_json() + "\n").encode()
        digest.update(first)
        file.write(first)
        for block in _blocks(lines):
            count += len(block)
            data = b"".join([to_json(line) + b"\n" for line in block])
            digest.update(data)
            file.write(data)
        file.write(to_json([END, count, digest.hexdigest()]) + b"\n")
    beside.replace(path)
    return digest.hexdigest()


@contextmanager
def _compressed(path: Path) -> Iterator[gzip.GzipFile]:
    """Yield a gzip file without name and time in it: the same content is the same bytes."""
    with path.open("wb") as raw:
        with gzip.GzipFile("", "wb", COMPRESSION, raw, mtime=0) as file:
            yield file
        raw.flush()
        os.fsync(raw.fileno())


def _blocks(lines: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    block: list[list[Any]] = []
    for line in lines:
        block.append(line)
        if len(block) >= LINES_AT_A_TIME:
            yield block
            block = []
    if block:
        yield block
