"""What a commit stands on, said in SQLite's own numbers, whatever the program's constants say."""

from __future__ import annotations

from pathlib import Path

import pytest

from pos.store.engine import make_engine, transaction
from tests.builders import KEY

WAL, FULL = "wal", 2  # https://www.sqlite.org/pragma.html#pragma_synchronous


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "plain"])
def test_a_commit_waits_until_the_disk_has_it(tmp_path: Path, key: bytes | None) -> None:
    engine = make_engine(tmp_path / "till.db", key=key)

    with transaction(engine) as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    engine.dispose()

    assert (journal, synchronous) == (WAL, FULL)
