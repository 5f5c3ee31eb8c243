"""What happened cannot be changed in the file, not even by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from pos.domain.card_payment import AttemptState, CardAttempt
from pos.domain.reissue import Reissue
from pos.domain.return_purchase import Means, purchase_of_sale
from pos.domain.returns import Refund
from pos.domain.till_session import CashMovement, MovementKind
from pos.store.engine import make_engine, transaction
from pos.store.tables import APPEND_ONLY, NEVER_DELETED, metadata
from pos.store.till_store import TillStore
from tests.builders import KEY, MORNING_MS, basket, eur, promoted, record, z_report
from tests.return_builders import take_back


@pytest.fixture
def full_store(store: TillStore) -> TillStore:
    """Return a store with a row in every guarded table."""
    with store.transaction() as records:
        sold = record(records, promoted(basket(), 50))
        take_back(records, purchase_of_sale(sold), (1, 1_000))
        failed = Refund("f-1", sold.sale_id, Means.CASH, eur(1_00), replaces="f-0")
        records.returns.reissues.add(
            Reissue("r-1", "", "f-0", failed, "", "ana", "session-1", MORNING_MS)
        )
        shift = records.sessions.current()
        assert shift is not None
        records.cards.save(CardAttempt("a1", "b1", eur(5_00), AttemptState.DECLINED, 1))
        records.sessions.add_movement(
            CashMovement("m1", shift.session_id, MovementKind.DROP, eur(5_00), "caja", "ana", 1)
        )
        records.sessions.save_report(z_report(shift, records.sessions.figures(shift.session_id)))
    return store


@pytest.mark.parametrize("table", [*APPEND_ONLY, *NEVER_DELETED])
def test_nothing_that_happened_is_deleted(
    full_store: TillStore, tmp_path: Path, table: str
) -> None:
    refused(tmp_path, table, f"DELETE FROM {table}", "DELETE")


@pytest.mark.parametrize("table", APPEND_ONLY)
def test_nothing_that_happened_is_rewritten(
    full_store: TillStore, tmp_path: Path, table: str
) -> None:
    column = list(metadata.tables[table].columns)[-1].name

    refused(tmp_path, table, f"UPDATE {table} SET {column} = 0", "UPDATE")


def refused(folder: Path, table: str, statement: str, act: str) -> None:
    engine = make_engine(folder / "till.db", key=KEY)
    with transaction(engine) as connection:
        assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar()

    with (
        pytest.raises(IntegrityError, match=f"{table} allows no {act}"),
        transaction(engine) as connection,
    ):
        connection.exec_driver_sql(statement)
    engine.dispose()
