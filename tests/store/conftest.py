"""A till of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.store.outbox import AgentStore
from pos.store.till_store import TillStore
from tests.builders import KEY, till_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TillStore]:
    """Return the store of a till with an open shift."""
    made = till_store(tmp_path)
    yield made
    made.close()


@pytest.fixture
def agent(store: TillStore, tmp_path: Path) -> Iterator[AgentStore]:
    """Return the agent's side of the same till."""
    made = AgentStore(tmp_path / "till.db", key=KEY)
    yield made
    made.close()
