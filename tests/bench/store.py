"""A ten-line sale recorded durably, beside the same rows put in with the driver alone.

    python -m tests.bench.store [sales of history]

``fsync_ms`` is what this disk takes to make 16 KiB durable, the part no program can save.
``with_history`` measures the Z and the look-up of a receipt once many sales are stored.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from pos.domain.basket import Basket
from pos.domain.ticket import Ticket
from pos.store.engine import WRITER_PRAGMAS, open_connection
from pos.store.till_store import TillStore
from pos.store.verify import verify
from tests.builders import KEY, basket, record, session, till_store

SALES = 1_000
LINES = 10
HISTORY = 20_000
SESSION_SALES = 500
TABLES = ("sale", "sale_line", "sale_tax", "sale_tender", "journal", "outbox")
COUNTERS = (
    "UPDATE number_series SET last = last + 1",
    "UPDATE series_total SET sales = sales + 1, total = total + 1",
)


def run(history: int = HISTORY) -> dict[str, Any]:
    """Measure; times in milliseconds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = till_store(folder)
        through_store = time_sales(store)
        rows = rows_of_one_sale(folder)
        store.close()
        raw = time_raw(folder / "till.db", rows)
        return {
            "sale_ms": figures(through_store),
            "raw_ms": figures(raw),
            "ratio_p50": round(statistics.median(through_store) / statistics.median(raw), 2),
            "fsync_ms": figures(time_fsync(folder)),
            "with_history": with_history(history),
        }


def time_sales(store: TillStore) -> list[float]:
    """Sell from open tickets, as a day does; only the recording is timed."""
    times = []
    for made in [basket(LINES) for _ in range(SALES)]:
        with store.transaction() as records:
            records.tickets.save(Ticket(made))
        times.append(timed(partial(sell, store, made)))
    return times


def sell(store: TillStore, made: Basket) -> None:
    """Record one sale: number, rows, fact, outbox entry, and the ticket is gone."""
    with store.transaction() as records:
        record(records, made)


def rows_of_one_sale(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows the last sale left in each table."""
    connection = raw_connection(folder / "till.db")
    (key,) = connection.execute("SELECT max(sale_key) FROM sale").fetchone()
    (entry,) = connection.execute("SELECT max(entry) FROM journal").fetchone()
    names = {"journal": ("entry", entry), "outbox": ("entry", entry)}
    rows = {}
    for table in TABLES:
        column, value = names.get(table, ("sale_key", key))
        rows[table] = connection.execute(
            f"SELECT * FROM {table} WHERE {column} = ?", (value,)
        ).fetchall()
    connection.close()
    return rows


def time_raw(path: Path, rows: dict[str, list[tuple[Any, ...]]]) -> list[float]:
    """Put the same rows in again and again, under other keys, with nothing but the driver."""
    connection = raw_connection(path)
    (key,) = connection.execute("SELECT max(sale_key) FROM sale").fetchone()
    (entry,) = connection.execute("SELECT max(entry) FROM journal").fetchone()
    statements = {
        table: f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[table][0]))})"
        for table in TABLES
    }
    times = []
    for number in range(1, SALES + 1):
        fresh = renumbered(rows, key + number, entry + number)
        times.append(timed(partial(put, connection, statements, fresh)))
    connection.close()
    return times


def renumbered(
    rows: dict[str, list[tuple[Any, ...]]], key: int, entry: int
) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows with keys nobody has used."""
    head = (key, f"raw-{key:032d}", f"2-{key:06d}", "2", key, *rows["sale"][0][5:])
    fact = (entry, 1, entry, f"raw-{entry:032d}", *rows["journal"][0][4:])
    changed = {
        table: [(key, *row[1:]) for row in rows[table]]
        for table in ("sale_line", "sale_tax", "sale_tender")
    }
    return {**changed, "sale": [head], "journal": [fact], "outbox": [(entry, "queued", "")]}


def put(
    connection: Any, statements: dict[str, str], rows: dict[str, list[tuple[Any, ...]]]
) -> None:
    """Write one sale with the driver alone."""
    connection.execute("BEGIN IMMEDIATE")
    for table in TABLES:
        connection.executemany(statements[table], rows[table])
    for statement in COUNTERS:
        connection.execute(statement)
    connection.execute("COMMIT")


def raw_connection(path: Path) -> Any:
    """Open the same file in the same way, without anything of ours around it."""
    return open_connection(path, key=KEY, mode="rw", pragmas=WRITER_PRAGMAS)


def with_history(sales: int) -> dict[str, Any]:
    """Store many sales, then take a Z, look receipts up, and verify everything."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = till_store(folder)
        last = "session-1"
        for first in range(0, sales, SESSION_SALES):
            last = f"shift-{first}"
            with store.transaction() as records:
                records.sessions.save(session(last, first))
                for _ in range(min(SESSION_SALES, sales - first)):
                    record(records, basket(LINES), session_id=last)
        with store.reading() as records:
            look_ups = [
                timed(partial(records.sales.by_number, f"2-{n:06d}"))
                for n in range(1, sales, max(1, sales // 200))
            ]
            z_ms = timed(lambda: records.sessions.figures(last))
        store.close()
        verify_ms = timed(lambda: verify(folder / "till.db", key=KEY))
        return {
            "sales": sales,
            "size_mb": round((folder / "till.db").stat().st_size / 1e6, 1),
            "z_of_a_shift_ms": round(z_ms, 1),
            "receipt_look_up_ms": figures(look_ups),
            "verify_s_per_10000_sales": round(verify_ms / 1000 * 10_000 / sales, 2),
        }


def time_fsync(folder: Path) -> list[float]:
    """Append 16 KiB and make it durable, 200 times."""
    block = os.urandom(16 * 1024)
    with (folder / "probe").open("wb") as file:

        def append() -> None:
            file.write(block)
            file.flush()
            os.fdatasync(file.fileno())

        return [timed(append) for _ in range(200)]


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
    print(json.dumps(run(int(sys.argv[1]) if len(sys.argv) > 1 else HISTORY), indent=2))
