"""A till of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pos.store.till_store import TillStore
from tests.builders import till_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[TillStore]:
    """Return the store of a till with an open shift."""
    made = till_store(tmp_path)
    yield made
    made.close()
