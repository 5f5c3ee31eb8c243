"""What a commit stands on, said in SQLite's own numbers, whatever the program's constants say."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlcipher3 import dbapi2 as driver

from pos.store.engine import make_engine, transaction
from pos.store.outbox import AgentStore
from tests.builders import KEY, staff_member, till_store

WAL, FULL = "wal", 2  # https://www.sqlite.org/pragma.html#pragma_synchronous


@pytest.mark.parametrize("key", [KEY, None], ids=["encrypted", "plain"])
def test_a_commit_waits_until_the_disk_has_it(tmp_path: Path, key: bytes | None) -> None:
    engine = make_engine(tmp_path / "till.db", key=key)

    with transaction(engine) as connection:
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar()
        synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
    engine.dispose()

    assert (journal, synchronous) == (WAL, FULL)


def test_what_the_hub_told_and_how_far_are_stored_together_or_not_at_all(tmp_path: Path) -> None:
    till_store(tmp_path).close()
    agent = AgentStore(tmp_path / "till.db", key=KEY)
    agent.apply_staff([(staff_member("ana"), None)], cursor=3)
    nobody = staff_member("bea")
    object.__setattr__(nobody, "name", None)  # what the table refuses

    with pytest.raises(driver.IntegrityError):
        agent.apply_staff([(nobody, None)], cursor=7)

    assert agent.cursor("staff") == 3
    agent.close()
