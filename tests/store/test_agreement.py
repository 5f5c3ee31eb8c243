"""What a till compares with the hub is summed up by day, however many sales there are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.store import agreement
from pos.store.engine import make_engine, transaction
from pos.store.statements import Statements
from tests.builders import KEY, till_store


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (agreement._SALES, ("day", "2")),
        (agreement._TENDERS, ("day", "2")),
        (agreement._FIRST_OF_DAY, ("day", 1)),
    ],
)
def test_a_day_is_found_by_its_shifts_and_not_among_all_sales(
    tmp_path: Path, query: str, wanted: tuple[object, ...]
) -> None:
    with closing(till_store(tmp_path)):
        engine = make_engine(tmp_path / "till.db", key=KEY, read_only=True)

    with transaction(engine) as connection:
        rows = Statements(connection).rows(f"EXPLAIN QUERY PLAN {query}", wanted)

    engine.dispose()
    steps = [str(row[3]) for row in rows]
    assert any("session_id=?" in step for step in steps)
    assert not any("series" in step or "epoch=?" in step for step in steps)
    assert not any(step.startswith(("SCAN s", "SCAN j")) for step in steps)
