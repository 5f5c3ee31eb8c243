"""Makes the demonstration ready to open: hub seeded and running, till enrolled, products there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pos.commands.agent_keeper import agent_running
from pos.commands.demonstration.eyes import wait_until
from pos.commands.demonstration.processes import Hub
from pos.commands.demonstration.shop import DemoShop, read_demo_shop, seed
from pos.commands.enrolment import enrol, is_enrolled, mint_code, move
from pos.settings import write_settings
from pos.store.data_folder import DataFolder
from pos.store.keys import load_key
from pos.store.outbox import AgentStore
from pos.system import SystemClock

CARD_WAIT_S = 1.5
FIRST_SYNC_S = 60.0


@dataclass(frozen=True)
class Opened:
    """The demonstration shop with its hub running and its till ready to start."""

    shop: DemoShop
    hub: Hub
    folder: DataFolder


@contextmanager
def demonstration(data: Path, devices: Mapping[str, Any] | None = None) -> Iterator[Opened]:
    """Run the embedded hub and prepare the till's folder; harmless when done before.

    Args:
        data: Folder of the demonstration; holds the hub's database and the till's folder.
        devices: Settings of the till beside the simulated ones.

    Raises:
        StageError: The hub did not start.
        StoreUnavailable: The folder cannot be written.
    """
    shop = read_demo_shop()
    data.mkdir(parents=True, exist_ok=True)
    db_url = f"sqlite:///{data.absolute() / 'hub.db'}"
    seed(db_url, shop, now_ms=SystemClock().now_ms())
    hub = Hub(db_url, data / "hub.log")
    hub.start()
    try:
        folder = DataFolder(data / "till")
        _enrol(folder, shop, hub.url, db_url, devices or {})
        _first_sync(folder)
        yield Opened(shop, hub, folder)
    finally:
        hub.stop()


def _enrol(
    folder: DataFolder, shop: DemoShop, hub: str, db_url: str, devices: Mapping[str, Any]
) -> None:
    if is_enrolled(folder):
        settings = move(folder.root, hub=hub)
    else:
        code = mint_code(db_url, shop.code, shop.till_number)
        settings = enrol(folder.root, hub=hub, code=code, name=shop.till_name)
    simulated: dict[str, Any] = {
        "printer": {"kind": "simulator"},
        "drawer": {"kind": "printer"},
        "terminal": {
            "kind": "simulator",
            "wait_s": CARD_WAIT_S,
            "heeds_amounts": True,
            "memory": str(folder.root.absolute() / "terminal.jsonl"),
        },
    }
    write_settings(folder.settings, replace(settings, **{**simulated, **devices}))


def _first_sync(folder: DataFolder) -> None:
    """Let an agent bring products, people and settings before the window opens."""
    store = AgentStore(folder.database, key=load_key(folder))

    def is_ready() -> bool:
        has_products = (folder.catalogue / "current").exists()
        return has_products and store.cursor("staff") > 0 and bool(store.setting("scan_templates"))

    try:
        if not is_ready():
            with agent_running(folder):
                wait_until("the products arrive", is_ready, deadline_s=FIRST_SYNC_S)
    finally:
        store.close()
