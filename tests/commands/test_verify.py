"""`mostrador verify` on a till whose books were tampered with."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from pos.store.data_folder import DataFolder
from pos.store.engine import make_engine, transaction
from pos.store.keys import load_key
from tests.commands.conftest import call
from tests.commands.near_hub import NearHub
from tests.commands.test_history import HEADER

ROWS = "".join(f"{number},A,Cup,{number},d,1.25,,UK\n" for number in range(1, 6))


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the books of a till with five sales and those of its hub."""
    folder = tmp_path_factory.mktemp("written")
    (folder / "history.csv").write_text(HEADER + ROWS, encoding="utf-8")
    hub = NearHub(f"sqlite:///{folder / 'hub.db'}")
    hub.start()
    said = call("replay", folder / "history.csv", "--data", folder / "till", "--hub", hub.url,
                "--hub-db", f"sqlite:///{folder / 'hub.db'}")  # fmt: skip
    hub.stop()
    assert said.code == 0, said.err
    return folder


@pytest.fixture
def books(written: Path, tmp_path: Path) -> Path:
    """Return a copy of both books for one test."""
    return shutil.copytree(written, tmp_path / "books")


@pytest.fixture
def till(books: Path) -> Path:
    return books / "till"


@pytest.fixture
def hub_file(books: Path) -> Path:
    return books / "hub.db"


@contextmanager
def running(hub_file: Path) -> Iterator[NearHub]:
    hub = NearHub(f"sqlite:///{hub_file}")
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()


def tamper(folder: Path, act: Callable[[Connection], object]) -> None:
    """Change the books as somebody with the key and without scruples could."""
    data = DataFolder(folder)
    engine = make_engine(data.database, key=load_key(data))
    with transaction(engine) as connection:
        triggers = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        for name in connection.scalars(text(triggers)).all():
            connection.execute(text(f"DROP TRIGGER {name}"))
        act(connection)
    engine.dispose()


def test_books_that_hold_say_so(till: Path, hub_file: Path) -> None:
    with running(hub_file) as hub:
        said = call("verify", "--data", till, "--hub", hub.url)

    assert said.code == 0
    assert "5 sales, 1875 minor units, holds" in said.out


@pytest.mark.parametrize(
    ("statement", "invariant"),
    [
        ("UPDATE sale SET total = total + 1 WHERE sequence = 3", "I2"),
        ("UPDATE sale_line SET name = 'Gold' WHERE sale_key = 2", "I2"),
        ("UPDATE journal SET body_json = replace(body_json, 'Cup', 'Cap') WHERE seq = 3", "I3"),
        ("UPDATE journal SET occurred_at_ms = occurred_at_ms + 1 WHERE seq = 2", "I3"),
        ("UPDATE number_series SET last = last + 1", "I4"),
        ("UPDATE series_total SET total = total - 1", "I4"),
        ("DELETE FROM outbox WHERE entry = 2", "I5"),
    ],
)
def test_what_was_tampered_with_is_found(till: Path, statement: str, invariant: str) -> None:
    tamper(till, lambda connection: connection.execute(text(statement)))

    said = call("verify", "--data", till, "--json")

    found = {violation["code"] for violation in json.loads(said.out)["violations"]}
    assert said.code == 1
    assert invariant in found


def test_a_hub_that_lost_sales_is_found(till: Path, hub_file: Path) -> None:
    engine = make_engine(hub_file, key=None)
    with transaction(engine) as connection:
        connection.execute(text("UPDATE sale SET total = total - 1"))
    engine.dispose()

    with running(hub_file) as hub:
        said = call("verify", "--data", till, "--hub", hub.url)

    assert said.code == 1
    assert "I6: total: till 1875, hub 1870" in said.out


def test_a_hub_that_is_away_is_no_agreement(till: Path) -> None:
    said = call("verify", "--data", till, "--hub", "http://127.0.0.1:9")

    assert said.code == 1
    assert "I6: nothing to compare with" in said.out


def test_a_folder_without_a_till_or_without_its_key_is_said(till: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(till, copy)
    (copy / "key").unlink()

    nothing = call("verify", "--data", tmp_path / "nothing")
    keyless = call("verify", "--data", copy)

    assert (nothing.code, keyless.code) == (1, 1)
    assert "there is no till" in nothing.err
    assert "the key" in keyless.err
