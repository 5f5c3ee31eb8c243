"""A hub of a shop, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.app import create_app
from sync.hub.database import HubDatabase, open_database
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.serving import FixedClock, serving


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the URL of an empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'hub.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture
def database(db_url: str) -> Iterator[HubDatabase]:
    """Return a hub's database that knows the shop FUEN."""
    opened = open_database(db_url)
    add_shop(opened.engine, "FUEN", name="Fuencarral", currency="EUR", country="ES", now_ms=T0)
    yield opened
    opened.close()


@pytest.fixture
def credentials(database: HubDatabase) -> Credentials:
    """Enrol the till FUEN-1."""
    return enrolled(database)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock()


@pytest.fixture
def hub_url(database: HubDatabase, clock: FixedClock, tmp_path: Path) -> Iterator[str]:
    """Serve a hub over HTTP; return its address."""
    cache = tmp_path / "cache"
    cache.mkdir()
    with serving(create_app(database, clock=clock, cache_folder=cache)) as url:
        yield url
