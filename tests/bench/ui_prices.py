"""A thousand prices change while somebody sells: how long the agent takes, and does it jank.

First with the agent in its own process as it runs: a scanner scans, the prices change at the
hub, and a heartbeat looks for moments in which the interface did nothing. Then the agent's pull
alone, in this process, to time it: from the question to the last price in force.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2 as driver

from pos.store.catalogue_file import CatalogueFile
from pos.store.catalogue_schema import current_file
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from sync.agent.hub import Hub
from sync.agent.main import AgentClock
from sync.agent.pulling import Pulling
from sync.credentials import load_credentials
from sync.hub import admin
from sync.hub.database import open_database
from tests.bench import shop
from tests.bench.catalogue import SEED, figures
from tests.bench.measures import Context
from tests.bench.processes import running_hub
from tests.bench.report import Row, spread, times
from tests.bench.ui_display import display
from tests.bench.ui_scan import pay_in_cash
from tests.bench.ui_till import Heartbeat, served_till, settle, wait_until

CHANGES = 1_000
ROUNDS = 5
PRICE = 77_77
STALL_MS = 50
SCANS = 12
DEADLINE_S = 60.0


def measure(context: Context) -> list[Row]:
    """Change prices several times over, while scanning and without."""
    products = context.of(shop.MILLION, 20_000)
    rounds = context.of(ROUNDS, 1)
    with display(), shop.copy_of(shop.till_folder(products)) as data:
        with shop.copy_of(shop.hub_database(products).parent) as folder:
            office = _Office(f"sqlite:///{folder / 'hub.db'}", data)
            with running_hub(office.database_url) as hub:
                shop.point_to(data, hub)
                gaps, waited_s = _while_scanning(data, office, rounds)
                alone = figures(_alone(data, office, hub, rounds))
        raw = figures(_raw(data, rounds))
    how = (
        "The agent's pull from the question to the last price in force; stalls of the window over"
        f" {rounds} rounds at 3 scans a second with the agent beside it. From the office's click"
        f" it took up to {waited_s:.1f} s, as the agent looks every 5 s. Limit: as many bare"
        " UPDATEs in one transaction."
    )
    stalls = sum(gap > STALL_MS for gap in gaps)
    return [
        Row(
            f"{CHANGES:,} price changes while selling, {products:,} products",
            "≤ 1 s, no stall > 50 ms",
            f"{spread(alone, 'p50', 'max')}; longest stall {max(gaps):.0f} ms",
            spread(raw, "p50"),
            times(alone["p50"], raw["p50"]),
            alone["max"] <= 1_000 and not stalls,
            (how,),
        )
    ]


class _Office:
    """Changes prices at the hub and knows when a till has them."""

    def __init__(self, database_url: str, data: Path) -> None:
        self.database_url = database_url
        self._data = data
        self._round = 0

    def change_prices(self) -> Callable[[], bool]:
        """Change a thousand prices; return what says whether they are in force at the till."""
        self._round += 1
        price = PRICE + self._round
        places = random.Random(SEED + self._round).sample(range(1_000, 20_000), CHANGES)
        skus = [str(shop.gtin_of(place)) for place in places]
        database = open_database(self.database_url)
        admin.set_prices(database.engine, [(sku, price) for sku in skus])
        database.close()
        path = current_file(DataFolder(self._data).catalogue)
        assert path is not None
        catalogue = CatalogueFile(path)

        def is_in_force() -> bool:
            found = catalogue.by_sku(skus[-1])
            return found is not None and found.price.minor == price

        return is_in_force


def _while_scanning(data: Path, office: _Office, rounds: int) -> tuple[list[float], float]:
    gaps: list[float] = []
    longest_s = 0.0
    with served_till(data) as (bench, hands):
        for _ in range(rounds):
            is_in_force = office.change_prices()  # in this process: before the heart beats
            begun = time.perf_counter()
            heart = Heartbeat()
            heart.start()
            hands.scan_at_pace([str(shop.gtin_of(place)) for place in range(SCANS)], 330)
            wait_until(is_in_force)
            longest_s = max(longest_s, time.perf_counter() - begun)
            wait_until(lambda: bench.lines >= SCANS)
            settle(500)
            heart.stop()
            gaps += heart.gaps_ms
            pay_in_cash(bench, hands)
    return gaps, longest_s


def _alone(data: Path, office: _Office, hub_url: str, rounds: int) -> list[float]:
    folder = DataFolder(data)
    http = load_credentials(folder).open(hub_url, deadline_s=DEADLINE_S)
    found = []
    with closing(AgentStore(folder.database, key=load_key(folder))) as store:
        hub = Hub(http, till=store.till, shop=shop.SHOP)
        pulling = Pulling(store, hub, AgentClock(), folder.catalogue, lambda _: None)
        pulling.look()
        pulling.pull()
        for _ in range(rounds):
            is_in_force = office.change_prices()
            begun = time.perf_counter()
            pulling.pull()
            found.append((time.perf_counter() - begun) * 1000)
            if not is_in_force():
                raise RuntimeError("the prices were pulled and are not in force")
    http.close()
    return found


def _raw(data: Path, rounds: int) -> list[float]:
    """Change as many prices in one transaction with the driver alone."""
    path = current_file(DataFolder(data).catalogue)
    connection: Any = driver.connect(str(path), isolation_level=None)
    found = []
    for number in range(rounds):
        places = random.Random(number).sample(range(1_000, 20_000), CHANGES)
        rows = [(PRICE, str(shop.gtin_of(place))) for place in places]
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany("UPDATE product SET price = ? WHERE sku = ?", rows)
        connection.execute("COMMIT")
        found.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return found
