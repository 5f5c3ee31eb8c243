"""The file of a generation that tills fetch."""

from __future__ import annotations

import gzip
from pathlib import Path

from pos.domain.gtin import check_digit
from pos.store.catalogue_source import CatalogueSource
from sync.agent.catalogue_pull import build_catalogue
from sync.connectors.builtin import BuiltinConnector
from sync.hub.database import HubDatabase
from sync.hub.publishing.catalogue_import import import_catalogue
from sync.hub.publishing.catalogue_stream import CatalogueFiles
from sync.wire.v1.catalogue import MAX_LINE_BYTES
from tests.sync.facts import T0

PRODUCTS = 2_100


def test_products_with_the_longest_names_arrive_whole_and_no_line_is_too_long(
    database: HubDatabase, tmp_path: Path
) -> None:
    longest = "\N{SLICE OF PIZZA}" * 200
    rows = [
        f"{payload}{check_digit(payload)},{longest},{longest},{longest},{longest}"
        for payload in (f"{84_000_000_0000 + number:012d}" for number in range(PRODUCTS))
    ]
    path = tmp_path / "prices.csv"
    path.write_text("\n".join(["gtin,name,brand,department,picture", *rows]), encoding="utf-8")
    import_catalogue(database.engine, path, currency="EUR", now_ms=T0)

    files = CatalogueFiles(database, BuiltinConnector(), tmp_path)
    info = files.latest("FUEN", T0)
    stream = files.file("FUEN", info.generation).read_bytes()
    build_catalogue(tmp_path, info, [stream])

    lines = gzip.decompress(stream).splitlines(keepends=True)
    assert max(len(line) for line in lines) <= MAX_LINE_BYTES < sum(len(line) for line in lines)
    known = CatalogueSource(tmp_path).current().info()
    assert known is not None
    assert known.products == PRODUCTS
