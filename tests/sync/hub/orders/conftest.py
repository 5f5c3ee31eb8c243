"""A hub with goods on its shelves, on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from pathlib import Path

import pytest

from sync.credentials import Credentials
from sync.hub.database import HubDatabase
from tests.sync.hub.orders.kit import stocked


@pytest.fixture
def shops(database: HubDatabase, credentials: Credentials, tmp_path: Path) -> HubDatabase:
    """Return a hub of the shops FUEN, which has a till, and SOL, with goods in both."""
    return stocked(database, tmp_path, "SOL")
