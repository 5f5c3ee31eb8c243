"""Fetches a generation of the catalogue: complete, counted and hashed, or not at all."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pos.store.catalogue_builder import CatalogueBuilder, CatalogueMeta, CatalogueRefused
from sync.wire.v1.catalogue import (
    END,
    PRODUCT_FIELDS,
    QUICK,
    STOCK,
    CatalogueHeader,
    CatalogueInfo,
)

GZIP_WINDOW = 16 + zlib.MAX_WBITS
UNPACKED_AT_A_TIME = 256 * 1024
LONGEST_LINE = 64 * 1024
TRAILER_START = b'["end",'
HEADER_FIELDS = set(CatalogueHeader.model_fields)


def build_catalogue(folder: Path, info: CatalogueInfo, chunks: Iterable[bytes]) -> Path:
    """Build the generation that `info` announced from its gzipped stream and swap it in.

    Memory stays flat. When anything is missing or does not fit, the generation in use stays.

    Raises:
        CatalogueRefused: The stream is damaged, cut off, or not what was announced.
        StoreUnavailable: The disk is full.
        HubUnreachable: The connection broke while reading.
    """
    meta = CatalogueMeta(
        generation=info.generation,
        currency=info.currency,
        built_at_ms=info.built_at_ms,
        price_cursor=info.price_cursor,
        stock_cursor=info.stock_cursor,
        sha256=info.sha256_of_stream,
    )
    reader = _StreamReader(info)
    with CatalogueBuilder(folder, meta) as builder:
        for rows in reader.blocks(unpacked(chunks)):
            builder.add_products([row for row in rows if len(row) == len(PRODUCT_FIELDS)])
            builder.add_quick_keys([row[1:] for row in rows if len(row) == 5 and row[0] == QUICK])
            builder.add_stock([row[1:] for row in rows if len(row) == 4 and row[0] == STOCK])
        reader.check_complete()
        return builder.finish(info.products)


def unpacked(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Yield a gzip stream unpacked in bounded pieces.

    Raises:
        CatalogueRefused: It is damaged, or ends too early.
    """
    stream = zlib.decompressobj(GZIP_WINDOW)
    try:
        for chunk in chunks:
            data = chunk
            while data:
                yield stream.decompress(data, UNPACKED_AT_A_TIME)
                data = stream.unconsumed_tail
    except zlib.error as error:
        raise CatalogueRefused(f"damaged stream: {error}") from error
    if not stream.eof:
        raise CatalogueRefused("the stream ends too early")


class _StreamReader:
    """Cuts the stream into lines, hashes it, and holds it to header and trailer."""

    def __init__(self, info: CatalogueInfo) -> None:
        self._info = info
        self._digest = hashlib.sha256()
        self._count = 0
        self._has_header = False
        self._is_ended = False

    def blocks(self, pieces: Iterable[bytes]) -> Iterator[list[list[Any]]]:
        """Yield the rows between header and trailer, many at a time.

        Raises:
            CatalogueRefused: A line is no row of a catalogue.
        """
        left = b""
        for piece in pieces:
            data = left + piece
            end = data.rfind(b"\n") + 1
            left = data[end:]
            if len(left) > LONGEST_LINE:
                raise CatalogueRefused("a line without end")
            if end:
                yield self._block(data[:end])
        if left:
            raise CatalogueRefused("the last line is cut off")

    def check_complete(self) -> None:
        """Check that the trailer came.

        Raises:
            CatalogueRefused: It did not.
        """
        if not self._is_ended:
            raise CatalogueRefused("no trailer")

    def _block(self, data: bytes) -> list[list[Any]]:
        if self._is_ended:
            raise CatalogueRefused("lines after the trailer")
        if not self._has_header:
            first, _, rest = data.partition(b"\n")
            self._take_header(first + b"\n")
            data = rest
        trailer = data.rfind(TRAILER_START, data.rfind(b"\n", 0, -1) + 1)
        body = data if trailer < 0 else data[:trailer]
        self._digest.update(body)
        rows = _rows(body)
        self._count += len(rows)
        if trailer >= 0:
            self._take_trailer(data[trailer:])
        return rows

    def _take_header(self, line: bytes) -> None:
        self._digest.update(line)
        self._has_header = True
        try:
            header = CatalogueHeader.model_validate_json(line)
        except ValidationError as error:
            raise CatalogueRefused("no header") from error
        if header.model_dump() != self._info.model_dump(include=HEADER_FIELDS):
            raise CatalogueRefused("the header is not what was announced")

    def _take_trailer(self, line: bytes) -> None:
        self._is_ended = True
        digest = self._digest.hexdigest()
        if digest != self._info.sha256_of_stream or _rows(line) != [[END, self._count, digest]]:
            raise CatalogueRefused("count or hash of the trailer differ")


def _rows(lines: bytes) -> list[list[Any]]:
    """Return the arrays of complete lines, read in one go."""
    if not lines:
        return []
    try:
        rows = json.loads(b"[" + lines[:-1].replace(b"\n", b",") + b"]")
    except ValueError as error:
        raise CatalogueRefused("a line is no JSON") from error
    if not all(isinstance(row, list) for row in rows):
        raise CatalogueRefused("a line is no row")
    checked: list[list[Any]] = rows
    return checked
