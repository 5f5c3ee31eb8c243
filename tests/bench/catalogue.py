"""The catalogue: how long a generation takes to build, and a key of a search to answer.

    python -m tests.bench.catalogue [products_gtin.csv.gz]

Beside each figure stands the limit of the same machine in the same run: the same rows loaded
with the driver alone into a bare table and a bare FTS5 index, and the bare FTS5 query.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
import statistics
import string
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from pos.store.catalogue_builder import CatalogueBuilder, CatalogueMeta
from pos.store.catalogue_file import CatalogueFile

Row = tuple[object, ...]
REAL_PRODUCTS = 300_000
GENERATED_PRODUCTS = 1_000_000
SEED = 20_261_122

WORDS = [
    "leche",
    "entera",
    "galleta",
    "maría",
    "jamón",
    "serrano",
    "ibérico",
    "queso",
    "curado",
    "manchego",
    "pan",
    "integral",
    "arroz",
    "bomba",
    "aceite",
    "oliva",
    "virgen",
    "extra",
    "tomate",
    "frito",
    "natural",
    "agua",
    "mineral",
    "zumo",
    "naranja",
    "manzana",
    "yogur",
    "chocolate",
    "negro",
    "café",
    "molido",
    "té",
    "verde",
    "atún",
    "claro",
    "sardina",
    "mejillón",
    "escabeche",
    "patata",
    "frita",
    "cebolla",
    "ajo",
    "pimiento",
    "rojo",
    "huevo",
    "campero",
    "pollo",
    "pavo",
    "ternera",
    "cerdo",
    "merluza",
    "salmón",
    "detergente",
    "suavizante",
    "champú",
    "gel",
    "jabón",
    "papel",
    "cocina",
    "servilleta",
    "vino",
    "tinto",
    "blanco",
    "cerveza",
]
BRANDS = tuple(
    f"{a}{b}" for a in ("Alda", "Brisa", "Cima", "Duna", "Eco", "Faro") for b in ("", "sol")
)


def real_products(path: Path) -> Iterator[Row]:
    """Yield catalogue rows of a CSV of GTIN and name, the short names first."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        found = [(row["gtin"], row["name"]) for row in csv.DictReader(file)]
    found.sort(key=lambda pair: (len(pair[1]), pair[1]))
    for gtin, name in found:
        yield product_row(gtin, int(gtin), name, "", 100 + int(gtin) % 2000)


def generated_products(count: int) -> Iterator[Row]:
    """Yield catalogue rows made of shop words, the same ones each time."""
    dice = random.Random(SEED)
    for number in range(count):
        size = 2 + number * 4 // count  # short names first, as a hub ranks them
        extra = "".join(dice.choices(string.ascii_lowercase, k=5))
        name = " ".join([*dice.choices(WORDS, k=size), extra]).capitalize()
        gtin = 8_400_000_000_000 + number * 7
        yield product_row(str(gtin), gtin, name, dice.choice(BRANDS), 50 + number % 3000)


def product_row(sku: str, gtin: int, name: str, brand: str, price: int) -> Row:
    """Return a row of `PRODUCT_FIELDS`."""
    return (sku, gtin, name, brand, "", price, "EUR", 2100, "", "ea", "", False, True, 0)


def run(csv_path: Path | None = None) -> dict[str, Any]:
    """Measure; times in seconds or milliseconds as named, sizes in megabytes."""
    real = list(real_products(csv_path) if csv_path else generated_products(REAL_PRODUCTS))
    kind = "real" if csv_path else "generated"
    return {
        f"{len(real)} {kind} products": measure(real),
        f"{GENERATED_PRODUCTS} generated products": measure(
            list(generated_products(GENERATED_PRODUCTS))
        ),
    }


def measure(rows: list[Row]) -> dict[str, Any]:
    """Build a catalogue of `rows`, search in it, and do the same with the driver alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        begun = time.perf_counter()
        with CatalogueBuilder(folder, CatalogueMeta(1, "EUR", 0)) as builder:
            builder.add_products(rows)
            path = builder.finish(len(rows))
        build_s = time.perf_counter() - begun
        raw_s = raw_build(folder / "raw.db", rows)
        catalogue = CatalogueFile(path)
        raw = driver.connect(str(path))
        try:
            return {
                "build_s": round(build_s, 2),
                "raw_build_s": round(raw_s, 2),
                "ratio": round(build_s / raw_s, 2),
                "size_mb": round(path.stat().st_size / 1e6, 1),
                "search_ms": per_key(rows, catalogue.search),
                "raw_search_ms": per_key(rows, partial(raw_search, raw)),
                "worst_prefix": worst_prefix(catalogue),
                "gtin_look_up_ms": look_ups(rows, catalogue),
            }
        finally:
            raw.close()
            catalogue.close()


def raw_build(path: Path, rows: Iterable[Row]) -> float:
    """Load and index the same rows with nothing around the driver."""
    begun = time.perf_counter()
    connection = driver.connect(str(path), isolation_level=None)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
        "CREATE TABLE p (id INTEGER PRIMARY KEY, sku, gtin, name, brand, d, price, c, t, tn, u,"
        " pic, o, demo, pop);"
        "CREATE VIRTUAL TABLE w USING fts5(words, content='', detail='none',"
        " prefix='1 2 3', tokenize='unicode61 remove_diacritics 2');"
    )
    connection.execute("BEGIN")
    connection.executemany(f"INSERT INTO p VALUES (NULL{', ?' * 14})", rows)
    for statement in (
        "CREATE UNIQUE INDEX s ON p (sku)",
        "CREATE INDEX g ON p (gtin)",
        "INSERT INTO w (rowid, words) SELECT id, name || ' ' || brand FROM p",
        "COMMIT",
    ):
        connection.execute(statement)
    connection.close()
    return time.perf_counter() - begun


def raw_search(connection: Any, text: str) -> list[Any]:
    """Ask the bare index for the ids of what begins with the words."""
    question = " AND ".join(f'"{word}" *' for word in text.split())
    found: list[Any] = connection.execute(
        "SELECT rowid FROM product_words WHERE product_words MATCH ? ORDER BY rowid LIMIT 50",
        (question,),
    ).fetchall()
    return found


def per_key(rows: list[Row], search: Callable[[str], object]) -> dict[str, float]:
    """Type the first two words of 300 products key by key, and time each key."""
    dice = random.Random(SEED)
    names = [" ".join(str(row[2]).split()[:2]) for row in dice.sample(rows, 300)]
    texts = ["".join(c if c.isalnum() else " " for c in name).strip() for name in names]
    times = [
        timed(partial(search, text[:size]))
        for text in texts
        for size in range(1, len(text) + 1)
        if text[:size].strip()
    ]
    return figures(times)


def worst_prefix(catalogue: CatalogueFile) -> dict[str, object]:
    """Time every beginning of one and two letters, alone and after a common word."""
    letters = string.ascii_lowercase + string.digits
    texts = [*letters, *(a + b for a in letters for b in letters), *(f"le {a}" for a in letters)]
    slowest = max((timed(partial(catalogue.search, text)), text) for text in texts)
    return {"text": slowest[1], "ms": round(slowest[0], 2)}


def look_ups(rows: list[Row], catalogue: CatalogueFile) -> dict[str, float]:
    """Look 5,000 products up as a scan does."""
    gtins = [int(str(row[1])) for row in random.Random(SEED).sample(rows, 5_000)]
    return figures([timed(partial(catalogue.by_gtin, gtin)) for gtin in gtins])


def timed(act: Callable[[], object]) -> float:
    """Return how many milliseconds something takes."""
    begun = time.perf_counter()
    act()
    return (time.perf_counter() - begun) * 1000


def figures(times: list[float]) -> dict[str, float]:
    """Return the middle, the 99th percentile and the worst, in milliseconds."""
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 3),
        "p99": round(ordered[int(len(ordered) * 0.99)], 3),
        "max": round(ordered[-1], 3),
    }


if __name__ == "__main__":
    print(json.dumps(run(Path(sys.argv[1]) if len(sys.argv) > 1 else None), indent=2))
