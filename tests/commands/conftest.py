"""A hub that runs, and the command line as a person calls it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from pos.commands.demonstration.processes import Hub
from pos.commands.main import app
from sync.hub import admin
from tests.commands.near_hub import NearHub
from tests.templates import new_hub


@dataclass(frozen=True)
class Said:
    """What a command said and how it ended."""

    code: int
    out: str
    err: str


def call(*words: object) -> Said:
    """Call `mostrador` with these words; a crash is an error of the test."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Said(result.exit_code, result.stdout, result.stderr)


def add_shop(db_url: str, code: str = "FUEN") -> None:
    """Make a shop known to a hub's database."""
    database = new_hub(Path(db_url.removeprefix("sqlite:///")))
    try:
        admin.add_shop(database.engine, code, name="Nogal", currency="EUR", country="ES", now_ms=1)
    finally:
        database.close()


@pytest.fixture
def db_url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'hub.db'}"


@pytest.fixture
def hub(tmp_path: Path, db_url: str) -> Iterator[Hub]:
    """Run a hub that knows the shop FUEN."""
    add_shop(db_url)
    running = Hub(db_url, tmp_path / "hub.log")
    running.start()
    yield running
    running.stop()


@pytest.fixture
def near_hub(db_url: str) -> Iterator[NearHub]:
    """Answer as a hub that knows the shop FUEN, in this process."""
    add_shop(db_url)
    running = NearHub(db_url)
    running.start()
    yield running
    running.stop()
