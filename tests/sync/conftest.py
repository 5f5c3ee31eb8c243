"""A hub of a shop, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.credentials import Credentials
from sync.hub.admin import add_shop
from sync.hub.app import create_app
from sync.hub.database import HubDatabase, open_database
from sync.hub.schema import SCHEMA
from tests.postgres import Cluster, create_database, empty_database
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0
from tests.sync.serving import FixedClock, serving


@pytest.fixture(scope="session")
def hub_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a SQLite file with a hub's tables: to make them takes longer than most tests."""
    path = tmp_path_factory.mktemp("hub") / "hub.db"
    open_database(f"sqlite:///{path}").close()
    return path


@pytest.fixture(scope="session")
def hub_on_postgres(postgres_cluster: Cluster) -> str:
    """Return the name of a PostgreSQL database with a hub's tables, emptied after each test."""
    name = create_database(postgres_cluster)
    open_database(postgres_cluster.url(name)).close()
    return name


@pytest.fixture(params=["sqlite", "postgresql"])
def db_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the URL of a hub's database with nothing in its tables."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("hub_file"), tmp_path / "hub.db")
        yield f"sqlite:///{tmp_path / 'hub.db'}"
        return
    cluster: Cluster = request.getfixturevalue("postgres_cluster")
    name = request.getfixturevalue("hub_on_postgres")
    yield cluster.url(name)
    empty_database(cluster, name, [table.name for table in SCHEMA.sorted_tables])


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
