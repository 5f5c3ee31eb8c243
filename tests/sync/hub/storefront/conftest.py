"""A hub with a web shop, two shops with goods, a payment provider, browsers without scripts."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from sync.hub.app import create_app
from sync.hub.database import HubDatabase
from sync.hub.orders.paying import Payments
from sync.hub.storefront.routes import serve_storefront
from tests.sync.facts import T0
from tests.sync.hub.orders.kit import stocked
from tests.sync.hub.pages.conftest import Browser
from tests.sync.payments.kit import Provider, served_provider
from tests.sync.serving import FixedClock, serving


@pytest.fixture
def db_url(hub_file: Path, tmp_path: Path) -> str:
    """Return the URL of a file: what differs on PostgreSQL is tested below the pages."""
    shutil.copy(hub_file, tmp_path / "hub.db")
    return f"sqlite:///{tmp_path / 'hub.db'}"


@pytest.fixture
def hub(database: HubDatabase, tmp_path: Path, clock: FixedClock) -> HubDatabase:
    """Return a hub whose shops FUEN and GOYA have oil, cheese and wine."""
    clock.at_ms = T0
    return stocked(database, tmp_path, "GOYA")


@pytest.fixture
def simulator(tmp_path: Path) -> Iterator[Provider]:
    with served_provider(tmp_path) as served:
        yield served


@pytest.fixture
def payments(hub: HubDatabase, simulator: Provider, clock: FixedClock) -> Payments:
    return Payments(hub, simulator.provider, clock.now_ms)


@pytest.fixture
def store_url(
    hub: HubDatabase, payments: Payments, clock: FixedClock, tmp_path: Path
) -> Iterator[str]:
    """Serve the hub with its web shop."""
    cache = tmp_path / "cache"
    cache.mkdir()
    app = create_app(hub, clock=clock, cache_folder=cache)
    serve_storefront(app, hub, payments, clock)
    with serving(app) as url:
        yield url


@pytest.fixture
def device(store_url: str) -> Iterator[Callable[[str], Browser]]:
    """Return what opens a customer's next device, signed in; nobody's for an empty name."""
    with ExitStack() as opened:

        def open_device(customer: str) -> Browser:
            browser = Browser(store_url)
            opened.callback(browser.http.close)
            if customer:
                browser.get("/store/sign-in")
                browser.post("/store/sign-in", {"customer": customer, "to": "/store/"})
                browser.get("/store/cart")
                browser.get("/store/products/A-1")
            return browser

        yield open_device


@pytest.fixture
def carmen(device: Callable[[str], Browser]) -> Browser:
    """Return the phone of a customer who is signed in."""
    return device("carmen")
