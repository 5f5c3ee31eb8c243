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
    MAX_LINE_BYTES,
    PRODUCT_FIELDS,
    PRODUCTS,
    QUICK_KEYS,
    STOCK,
    CatalogueHeader,
    CatalogueInfo,
)

GZIP_WINDOW = 16 + zlib.MAX_WBITS
UNPACKED_AT_A_TIME = 256 * 1024
TRAILER_START = b'["end",'
FIELDS = {PRODUCTS: len(PRODUCT_FIELDS), QUICK_KEYS: 4, STOCK: 3}
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
        add = {
            PRODUCTS: builder.add_products,
            QUICK_KEYS: builder.add_quick_keys,
            STOCK: builder.add_stock,
        }
        for kind, rows in reader.parts(unpacked(chunks)):
            add[kind](rows)
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
        self._products = 0

    def parts(self, pieces: Iterable[bytes]) -> Iterator[tuple[str, list[list[Any]]]]:
        """Yield the rows of each line with their kind; end only when all that came is right.

        Raises:
            CatalogueRefused: A line is no part of a catalogue, or something is missing.
        """
        lines = _lines(pieces)
        self._take_header(next(lines, b""))
        for line in lines:
            if line.startswith(TRAILER_START):
                self._check_trailer(line)
                break
            self._digest.update(line)
            part = self._part(line)
            if part is not None:
                yield part
        else:
            raise CatalogueRefused("no trailer")
        if next(lines, None) is not None:
            raise CatalogueRefused("lines after the trailer")

    def _part(self, line: bytes) -> tuple[str, list[list[Any]]] | None:
        """Return what a line brings, None when it is of a kind nobody here knows."""
        match _json(line):
            case [str(kind), list(rows)]:
                self._count += len(rows)
            case _:
                raise CatalogueRefused("a line is no rows of a kind")
        fields = FIELDS.get(kind)
        if fields is None:
            return None
        if kind == PRODUCTS:
            self._products += len(rows)
            if self._products > self._info.products:
                raise CatalogueRefused("more products than announced")
        return kind, _rows(rows, fields)

    def _take_header(self, line: bytes) -> None:
        self._digest.update(line)
        try:
            header = CatalogueHeader.model_validate_json(line)
        except ValidationError as error:
            raise CatalogueRefused("no header") from error
        if header.model_dump() != self._info.model_dump(include=HEADER_FIELDS):
            raise CatalogueRefused("the header is not what was announced")

    def _check_trailer(self, line: bytes) -> None:
        digest = self._digest.hexdigest()
        if digest != self._info.sha256_of_stream or _json(line) != [END, self._count, digest]:
            raise CatalogueRefused("count or hash of the trailer differ")


def _lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield complete lines with their ends; none is longer than it may be."""
    left = b""
    for piece in pieces:
        *lines, left = (left + piece).split(b"\n")
        for line in (*lines, left):
            if len(line) >= MAX_LINE_BYTES:
                raise CatalogueRefused(f"a line above {MAX_LINE_BYTES} bytes")
        yield from (line + b"\n" for line in lines)
    if left:
        raise CatalogueRefused("the last line is cut off")


def _json(line: bytes) -> Any:
    try:
        return json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CatalogueRefused("a line is no JSON") from error


def _rows(rows: list[Any], fields: int) -> list[list[Any]]:
    """Return the rows cut to the fields that are known."""
    if not all(type(row) is list and len(row) >= fields for row in rows):
        raise CatalogueRefused("a row is no list, or too short")
    return [row if len(row) == fields else row[:fields] for row in rows]
