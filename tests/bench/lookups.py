"""What is looked up: a product among a million, a receipt and a Z among half a million sales."""

from __future__ import annotations

import random
from contextlib import closing
from functools import partial
from typing import Any

from pos.store.data_folder import DataFolder
from pos.store.engine import READER_PRAGMAS, open_connection
from pos.store.keys import load_key
from pos.store.till_store import TillStore
from tests.bench import catalogue, shop
from tests.bench.catalogue import SEED, figures, generated_products, timed
from tests.bench.history import folder_with_history
from tests.bench.measures import Context
from tests.bench.report import Row, spread, times

LOOK_UPS = 1_000
RECEIPT_MS, Z_MS = 20, 300


def measure_catalogue(context: Context) -> list[Row]:
    """Build a catalogue without hub or agent, look products up, search without a window."""
    count = context.of(shop.MILLION, 20_000)
    found = catalogue.measure(list(generated_products(count)))
    worst = found["worst_prefix"]
    search, raw = found["search_ms"], found["raw_search_ms"]
    return [
        Row(
            f"product by its code, {count:,} products",
            "",
            spread(found["gtin_look_up_ms"]),
        ),
        Row(
            f"search without a window, {count:,} products",
            "",
            spread(search),
            spread(raw),
            times(search["p99"], raw["p99"]),
            notes=(f"The worst of all beginnings is “{worst['text']}”: {worst['ms']} ms.",),
        ),
        Row(
            f"catalogue built from rows in memory, {count:,} products",
            "",
            f"{found['build_s']} s, {found['size_mb']} MB",
            f"{found['raw_build_s']} s",
            f"{found['ratio']} ×",
        ),
    ]


def measure_history(context: Context) -> list[Row]:
    """Look receipts up by number, and sum up a shift, in a till that sold for years."""
    products, sales = context.of(shop.MILLION, 20_000), context.of(500_000, 2_000)
    folder = DataFolder(folder_with_history(products, sales))
    key = load_key(folder)
    dice = random.Random(SEED)
    with closing(TillStore(folder.database, key=key)) as store, store.reading() as records:
        numbers = [str(sale.number) for sale in records.sales.recent(1)]
        series = numbers[0].rpartition("-")[0]
        wanted = [f"{series}-{dice.randint(1, sales):06d}" for _ in range(LOOK_UPS)]
        receipts = figures([timed(partial(records.sales.by_number, n)) for n in wanted])
        if records.sales.by_number(wanted[0]) is None:
            raise RuntimeError(f"no receipt {wanted[0]}")
        shift = records.sessions.current()
        assert shift is not None
        z = timed(partial(records.sessions.figures, shift.session_id))
        recent = figures([timed(partial(records.sales.recent, 50)) for _ in range(20)])
    raw: Any = open_connection(folder.database, key=key, mode="rw", pragmas=READER_PRAGMAS)
    query = "SELECT * FROM sale WHERE number = ?"
    raw_ms = figures([timed(partial(raw.execute, query, (number,))) for number in wanted])
    sums = "SELECT count(*), sum(total) FROM sale WHERE session_id = ?"
    raw_z = timed(lambda: raw.execute(sums, (shift.session_id,)).fetchall())
    raw.close()
    return [
        Row(
            f"receipt by its number, {sales:,} sales",
            f"p99 ≤ {RECEIPT_MS} ms",
            spread(receipts),
            spread(raw_ms),
            times(receipts["p50"], raw_ms["p50"]),
            receipts["p99"] <= RECEIPT_MS,
            ("The whole sale with lines, tax and tenders. Limit: its head row by the driver.",),
        ),
        Row(
            f"figures of a Z, {sales:,} sales",
            f"≤ {Z_MS} ms",
            f"{z:.1f} ms",
            f"{raw_z:.2f} ms",
            reached=z <= Z_MS,
            notes=("The open shift, cold. Limit: count and sum of its sales, warm.",),
        ),
        Row(f"the last 50 receipts, {sales:,} sales", "", spread(recent)),
    ]
