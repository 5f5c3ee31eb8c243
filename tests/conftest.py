"""What every test stands on: no display, a home of its own, a real PostgreSQL."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator

import pytest
from hypothesis import settings
from pytestqt.qtbot import QtBot

from tests.postgres import Cluster, create_database, drop_database, running_cluster

# Before anything imports Qt. A test whose point is the X display starts one of its own.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The key store of the person who runs the tests is none of their business.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"

# pytest-qt gives up after five seconds, which a machine with much else to do needs for one PIN.
for wait in (QtBot.waitUntil, QtBot.waitSignal, QtBot.waitSignals, QtBot.waitExposed):
    wait.__kwdefaults__ = {**(wait.__kwdefaults__ or {}), "timeout": 30_000}

settings.register_profile("mostrador", deadline=None, print_blob=True)
settings.load_profile("mostrador")


TESTS_BETWEEN_WHOLE = 25
_shown = 0  # tests with Qt in this process


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Look for garbage between the tests that show something, as the till does in its window.

    Python would look whenever any thread makes an object, and a worker or a hub of the test
    would take timers of an earlier test apart in its own thread.
    """
    global _shown  # noqa: PLW0603  one count for each process
    is_shown = "qapp" in getattr(item, "fixturenames", ())
    if is_shown:
        gc.disable()
    elif not gc.isenabled():
        gc.collect()
        gc.enable()
    try:
        return (yield)
    finally:
        if is_shown:
            _shown += 1
            gc.collect(1 if _shown % TESTS_BETWEEN_WHOLE else 2)


@pytest.fixture(autouse=True, scope="session")
def _home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep settings, caches and data of the tests away from the user's."""
    home = tmp_path_factory.mktemp("home")
    os.environ["HOME"] = str(home)
    for name, folder in (
        ("XDG_DATA_HOME", ".local/share"),
        ("XDG_CONFIG_HOME", ".config"),
        ("XDG_CACHE_HOME", ".cache"),
        ("XDG_STATE_HOME", ".local/state"),
    ):
        os.environ[name] = str(home / folder)


@pytest.fixture(scope="session")
def postgres_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Run a PostgreSQL server for the tests of this process."""
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """Return the SQLAlchemy URL of an empty database that lives as long as the test."""
    name = create_database(postgres_cluster)
    yield postgres_cluster.url(name)
    drop_database(postgres_cluster, name)
