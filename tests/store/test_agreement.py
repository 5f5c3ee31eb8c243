"""What a till compares with the hub is summed up by day, however many sales there are."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from pos.domain.quantity import THOUSAND
from pos.domain.return_purchase import purchase_of_sale
from pos.store import agreement
from pos.store.engine import make_engine, transaction
from pos.store.statements import Statements
from tests.builders import KEY, basket, record, till_store
from tests.return_builders import take_back


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        (agreement._SALES, ("day", "2")),
        (agreement._TENDERS, ("day", "2")),
        (agreement._RETURNS, ("day", "D2")),
        (agreement._REFUNDS, ("day", "D2")),
        (agreement._FIRST_OF_DAY, ("day", 1)),
    ],
)
def test_a_day_is_found_by_its_shifts_and_not_among_all_papers(
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
    assert not any(step.startswith(("SCAN s", "SCAN j", "SCAN d")) for step in steps)


def test_what_came_back_is_summed_up_beside_what_was_sold(tmp_path: Path) -> None:
    with closing(till_store(tmp_path)) as store, store.transaction() as records:
        bought = purchase_of_sale(record(records, basket(3)))
        take_back(records, bought, (1, THOUSAND))
        last = take_back(records, bought, (3, THOUSAND))
        through = records.journal.head().seq
    engine = make_engine(tmp_path / "till.db", key=KEY, read_only=True)

    with transaction(engine) as connection:
        (day,) = agreement._days(Statements(connection), 1, 0, through)

    engine.dispose()
    assert last.number.series == "D2"
    assert (day.sales, day.total_minor, day.by_tender) == (1, 3_06, {"cash": 3_06})
    assert (day.returns, day.returns_minor, day.by_refund) == (2, 2_04, {"cash": 2_04})
