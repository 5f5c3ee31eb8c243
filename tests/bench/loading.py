"""From a hub with a catalogue to a till that sells from it, beside the bare load and index."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from pos.store.catalogue_source import CatalogueSource
from pos.store.data_folder import DataFolder
from tests.bench import shop
from tests.bench.catalogue import Row as Product
from tests.bench.catalogue import raw_build, real_products
from tests.bench.measures import Context
from tests.bench.processes import running_agent, running_hub
from tests.bench.report import Row, times

REAL = "products_gtin.csv.gz"
MOST_RATIO = 3.0


def measure(context: Context) -> list[Row]:
    """Load the real products when they are at hand, and the generated million."""
    csv_path = context.material(REAL)
    count = context.of(300_000, 20_000)
    rows = []
    if csv_path is not None and not context.is_quick:
        products = list(real_products(csv_path))
        rows.append(_load(csv_path, products, f"{len(products):,} real products", 8))
    else:
        generated = list(shop.generated_rows(count))
        about = f"{count:,} generated products"
        rows.append(_load(shop.price_list(count), generated, about, 8))
    if not context.is_quick:
        million = list(shop.generated_rows(shop.MILLION))
        about = f"{shop.MILLION:,} generated products"
        rows.append(_load(shop.price_list(shop.MILLION), million, about, 25))
    return rows


def _load(price_list: Path, products: list[Product], about: str, most_s: float) -> Row:
    with tempfile.TemporaryDirectory(dir=shop.cache(), prefix="load-") as name:
        folder = Path(name)
        raw_s = raw_build(folder / "raw.db", products)
        database = f"sqlite:///{folder / 'hub.db'}"
        begun = time.perf_counter()
        copied = folder / price_list.name  # the importer writes beside the file
        copied.write_bytes(price_list.read_bytes())
        shop.seed_hub(database, copied)
        import_s = time.perf_counter() - begun
        first_s = _from_hub(folder / "first", database, len(products))
        again_s = _from_hub(folder / "second", database, 0)
    how = (
        "A fresh data folder; from the start of the agent's process to the first product found in"
        f" the swapped-in file, the hub answering for the first time. Import at the hub before"
        f" that: {import_s:.1f} s; with a hub started again: {again_s:.1f} s. Hub on SQLite."
        " Limit: the same rows loaded and indexed with the driver alone."
    )
    return Row(
        f"catalogue load, {about}",
        f"≤ {most_s:g} s, ≤ {MOST_RATIO:g} × raw load and index",
        f"{first_s:.1f} s",
        f"{raw_s:.1f} s",
        times(first_s, raw_s),
        first_s <= most_s and first_s <= MOST_RATIO * raw_s,
        (how,),
    )


def _from_hub(data: Path, database: str, least: int) -> float:
    """Return the seconds from the start of an agent to a catalogue that can be sold from."""
    with running_hub(database) as hub:
        shop.enrol_till(data, hub, database)
        begun = time.perf_counter()
        with running_agent(data):
            shop.wait_for_catalogue(data)
            info = CatalogueSource(DataFolder(data).catalogue).current().info()
            took = time.perf_counter() - begun
    # A few rows of a real list are refused at the hub (wrong check digits): they say so there.
    if info is None or info.products < 0.99 * least:
        raise RuntimeError(f"{info} of {least} products")
    return took
