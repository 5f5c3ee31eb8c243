"""Returns in the till's database: found again as recorded, with what became of their refunds."""

from __future__ import annotations

import pytest

from pos.domain.quantity import THOUSAND
from pos.domain.refund import RefundState
from pos.domain.return_purchase import purchase_of_sale
from pos.store.till_store import TillStore
from tests.builders import MORNING_MS, basket, record
from tests.return_builders import take_back


def test_earlier_returns_are_found_before_a_moment(store: TillStore) -> None:
    with store.transaction() as records:
        bought = purchase_of_sale(record(records, basket(3)))
        made = [
            take_back(records, bought, (line, THOUSAND), completed_at_ms=MORNING_MS + line)
            for line in (1, 2, 3)
        ]

    with store.reading() as records:
        assert records.returns.recent(2) == (made[2], made[1])
        assert records.returns.recent(9, before_ms=MORNING_MS + 2) == (made[0],)


def test_only_its_own_part_is_of_a_purchase(store: TillStore) -> None:
    with store.transaction() as records:
        one, other = (purchase_of_sale(record(records, basket(2))) for _ in range(2))
        mine = take_back(records, one, (2, THOUSAND))
        take_back(records, other, (1, THOUSAND))

    with store.reading() as records:
        (part,) = records.returns.of_purchase(one.reference)
        assert (part.return_id, [line.line for line in part.lines]) == (mine.return_id, [2])
        assert records.returns.of_purchase("of nobody") == ()


def test_what_a_payer_called_a_refund_is_kept_when_more_becomes_known(store: TillStore) -> None:
    with store.transaction() as records:
        document = take_back(records, purchase_of_sale(record(records)), (1, THOUSAND))
        which = (document.return_id, document.refunds[0].refund_id)
        records.returns.save_refund(*which, RefundState.UNKNOWN, "R-1")
        records.returns.save_refund(*which, RefundState.CONFIRMED)
        paid_as = records.returns._sql.one("SELECT state, paid_as FROM return_refund")

    assert paid_as == ("confirmed", "R-1")


@pytest.mark.parametrize("wrong", ["return", "refund"])
def test_a_refund_that_is_not_there_is_not_saved(store: TillStore, wrong: str) -> None:
    with store.transaction() as records:
        document = take_back(records, purchase_of_sale(record(records)), (1, THOUSAND))

    return_id = "x" if wrong == "return" else document.return_id
    refund_id = "x" if wrong == "refund" else document.refunds[0].refund_id
    with pytest.raises(LookupError), store.transaction() as records:
        records.returns.save_refund(return_id, refund_id, RefundState.FAILED)
