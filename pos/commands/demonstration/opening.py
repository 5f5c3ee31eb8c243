"""Makes the demonstration ready to open: hub seeded and running, till enrolled, products there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pos.commands.agent_keeper import agent_running
from pos.commands.demonstration.eyes import wait_until
from pos.commands.demonstration.processes import Hub, PaymentProvider
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
    """The demonstration shop with its hub running and a till of it ready to start."""

    shop: DemoShop
    hub: Hub
    folder: DataFolder
    db_url: str = ""
    provider: PaymentProvider | None = None


@contextmanager
def demonstration(data: Path, devices: Mapping[str, Any] | None = None) -> Iterator[Opened]:
    """Run the embedded hub with its web shop and a payment provider that moves no money, and
    prepare the till's folder; harmless when done before.

    Args:
        data: Folder of the demonstration; holds the hub's database and the till's folder.
        devices: Settings of the till beside the simulated ones.

    Raises:
        StageError: The hub or the payment provider did not start.
        StoreUnavailable: The folder cannot be written.
    """
    shop = read_demo_shop()
    data.mkdir(parents=True, exist_ok=True)
    db_url = f"sqlite:///{data.absolute() / 'hub.db'}"
    seed(db_url, shop, now_ms=SystemClock().now_ms())
    provider = PaymentProvider(data, data / "payments.log")
    hub = Hub(db_url, data / "hub.log", options=("--payments", provider.url, "--storefront"))
    try:
        hub.start()
        opened = Opened(shop, hub, DataFolder(data / "till"), db_url, provider)
        prepare_till(opened, shop.till_number, shop.till_name, devices or {}, hub.url)
        yield opened
    finally:
        hub.stop()
        provider.stop()


def other_till(
    opened: Opened, devices: Mapping[str, Any] | None = None, *, hub: str = ""
) -> Opened:
    """Enrol the shop's other till with a code and make it ready to start.

    Args:
        devices: Settings of the till beside the simulated ones.
        hub: Where it finds the hub, if another way leads there.
    """
    number = opened.shop.till_number - 1
    other = replace(opened, folder=DataFolder(opened.folder.root.parent / f"till-{number}"))
    prepare_till(other, number, f"Caja {number}", devices or {}, hub or opened.hub.url)
    return other


def prepare_till(
    opened: Opened, number: int, name: str, devices: Mapping[str, Any], hub: str
) -> None:
    """Enrol a till and fetch what it must know; harmless when done before."""
    _enrol(opened, number, name, devices, hub)
    _first_sync(opened.folder)


def _enrol(opened: Opened, number: int, name: str, devices: Mapping[str, Any], hub: str) -> None:
    folder = opened.folder
    if is_enrolled(folder):
        settings = move(folder.root, hub=hub)
    else:
        code = mint_code(opened.db_url, opened.shop.code, number)
        settings = enrol(folder.root, hub=hub, code=code, name=name)
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
    for kind, said in devices.items():
        is_device = isinstance(said, Mapping)
        simulated[kind] = {**simulated.get(kind, {}), **said} if is_device else said
    write_settings(folder.settings, replace(settings, **simulated))


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
