"""`verify` holds returns to their facts, and what came back to what was sold and paid."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from pos.domain.card_payment import AttemptState, CardAttempt
from pos.domain.journal import FactKind, Json
from pos.domain.numbering import DocumentKind
from pos.domain.quantity import THOUSAND
from pos.domain.refund import RefundState
from pos.domain.return_ledger import ledger_of
from pos.domain.return_purchase import Means, purchase_of_sale
from pos.domain.returns import Refund, ReturnFlag
from pos.domain.sale import Sale
from pos.domain.tender import CashPolicy, Payment, TenderKind
from pos.store.engine import make_engine, transaction
from pos.store.till_store import StoredRecords, TillStore
from pos.store.verify import verify
from tests.builders import KEY, MORNING_MS, basket, eur, new_id, paid_by_card, record, session
from tests.return_builders import keep_return, return_document, return_lines, take_back
from tests.store.test_verify import by_hand


def close_shift(records: StoredRecords, expected: int) -> None:
    figures = records.sessions.figures("session-1")
    records.sessions.save(replace(session(), closed_at_ms=MORNING_MS))
    body: dict[str, Json] = {
        "session_id": "session-1",
        "total": figures.total,
        "returns_total": figures.returns_total,
        "expected": expected,
    }
    records.journal.append(
        FactKind.SESSION_CLOSED, body, op_id=new_id(), at_ms=MORNING_MS, session_id="session-1"
    )


@pytest.fixture
def day(store: TillStore) -> TillStore:
    """Return a till at which of three lines two came back in two returns, one of them by card."""
    with store.transaction() as records:
        sold = record(records, basket(3))
        take_back(records, purchase_of_sale(sold), (1, THOUSAND))
        take_back(records, purchase_of_sale(sold), (2, THOUSAND))
        to_card(records)
        close_shift(records, 100_00 + 1_03)
    return store


def to_card(records: StoredRecords) -> None:
    made = basket(1)
    sold = record(records, made, payment=paid_by_card(made))
    card = sold.tenders[0].reference
    records.cards.save(
        CardAttempt(card, sold.sale_id, sold.total, AttemptState.APPROVED, MORNING_MS)
    )
    refund = Refund(
        new_id(), sold.sale_id, Means.CARD, eur(1_01), card, state=RefundState.REQUESTED
    )
    bought = purchase_of_sale(sold)
    document = take_back(records, bought, (1, THOUSAND), refunds=(refund,))
    records.returns.save_refund(document.return_id, refund.refund_id, RefundState.FAILED, "R1")
    records.journal.append(
        FactKind.REFUND_RESOLVED,
        {
            "return_id": document.return_id, "refund_id": refund.refund_id, "state": "failed",
            "reference": "R1", "detail": "",
        },
        op_id=new_id(), at_ms=MORNING_MS, session_id="session-1",
    )  # fmt: skip


def found(folder: Path) -> list[str]:
    return [violation.code for violation in verify(folder / "till.db", key=KEY)]


def test_a_sound_day_with_returns_has_no_violation(day: TillStore, tmp_path: Path) -> None:
    assert verify(tmp_path / "till.db", key=KEY) == []


_ENTRY = "(SELECT min(entry) FROM journal WHERE kind = 'return.completed')"


@pytest.mark.parametrize(
    ("code", "damage"),
    [
        pytest.param("I10", by_hand("UPDATE return_document SET total = 1"), id="total"),
        pytest.param("I10", by_hand("UPDATE return_document SET staff_id = 'x'"), id="who"),
        pytest.param("I10", by_hand("UPDATE return_document SET flags = '[1]'"), id="flag"),
        pytest.param(
            "I10",
            by_hand("UPDATE return_document SET body_json = replace(body_json, 'Ana', 'Eva')"),
            id="body",
        ),
        pytest.param("I10", by_hand("UPDATE return_refund SET amount = amount - 1"), id="refund"),
        pytest.param("I10", by_hand("UPDATE return_refund SET means = 'web'"), id="means"),
        pytest.param("I10", by_hand("DELETE FROM return_refund"), id="no refund"),
        pytest.param("I10", by_hand("UPDATE return_refund SET state = 'confirmed'"), id="state"),
        pytest.param("I10", by_hand("UPDATE return_refund SET paid_as = 'R2'"), id="paid as"),
        pytest.param("I10", by_hand("UPDATE return_tax SET tax = tax + 1"), id="tax"),
        pytest.param("I10", by_hand("DELETE FROM return_tax"), id="no tax"),
        pytest.param("I10", by_hand("UPDATE return_purchase SET purchase = 'x'"), id="purchase"),
        pytest.param(
            "I10",
            by_hand(f"DELETE FROM outbox WHERE entry = {_ENTRY}",
                    f"DELETE FROM journal WHERE entry = {_ENTRY}"),
            id="a return without its fact",
        ),
        pytest.param(
            "I10",
            by_hand("DELETE FROM return_refund WHERE return_key = 3",
                    "DELETE FROM return_tax WHERE return_key = 3",
                    "DELETE FROM return_purchase WHERE return_key = 3",
                    "DELETE FROM return_document WHERE return_key = 3"),
            id="a fact without its return",
        ),
        pytest.param(
            "I10",
            by_hand("UPDATE journal SET body_json = json_set(body_json, '$.total', 5)"
                    f" WHERE entry = {_ENTRY}"),
            id="a fact that does not add up",
        ),
        pytest.param(
            "I10",
            by_hand("UPDATE journal SET body_json = '[1]' WHERE kind = 'refund.resolved'"),
            id="an answer that says nothing",
        ),
        pytest.param(
            "I4",
            by_hand("UPDATE return_document SET sequence = 9, number = 'D2-000009'"
                    " WHERE sequence = 2"),
            id="a gap in the numbers",
        ),
        pytest.param(
            "I4", by_hand("UPDATE number_series SET last = 2 WHERE series = 'D2'"), id="counter"
        ),
        pytest.param("I4", by_hand("UPDATE return_total SET total = 0"), id="perpetual total"),
        pytest.param("I4", by_hand("UPDATE return_total SET returns = 9"), id="perpetual count"),
        pytest.param(
            "I7", by_hand("UPDATE return_refund SET means = 'card' WHERE means = 'cash'"),
            id="cash that was not given back",
        ),
        pytest.param(
            "I7", by_hand("UPDATE return_document SET total = 0"), id="returns of a shift"
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(
    day: TillStore, tmp_path: Path, code: str, damage: Callable[[Path], None]
) -> None:
    damage(tmp_path)

    assert code in found(tmp_path)


@pytest.mark.parametrize("column", ["amount", "means", "reference", "purchase"])
def test_nobody_changes_how_money_was_to_go_back(
    day: TillStore, tmp_path: Path, column: str
) -> None:
    engine = make_engine(tmp_path / "till.db", key=KEY)
    with (
        pytest.raises(IntegrityError, match="allows no UPDATE"),
        transaction(engine) as connection,
    ):
        connection.exec_driver_sql(f"UPDATE return_refund SET {column} = 1")
    engine.dispose()


def taken_back_anyway(
    records: StoredRecords, sold: Sale, quantity: int, **changes: object
) -> None:
    """Record a return worked out as if nothing had come back before."""
    bought = purchase_of_sale(sold)
    ledger = ledger_of(bought, ())
    number = records.numbers.next(DocumentKind.RETURN)
    lines = return_lines(ledger, (1, quantity))
    document = return_document(ledger, lines, number=number, **changes)  # type: ignore[arg-type]
    keep_return(records, document)


@pytest.mark.parametrize(
    ("flags", "codes"),
    [(frozenset[ReturnFlag](), ["I10"]), (frozenset({ReturnFlag.OFFLINE}), [])],
)
def test_what_came_back_twice_is_named_unless_the_till_was_alone(
    store: TillStore, tmp_path: Path, flags: frozenset[ReturnFlag], codes: list[str]
) -> None:
    with store.transaction() as records:
        sold = record(records, basket(1))
        taken_back_anyway(records, sold, THOUSAND)
        taken_back_anyway(records, sold, THOUSAND, flags=flags)

    assert found(tmp_path) == codes


def test_a_tender_that_got_more_back_than_it_paid_is_named(
    store: TillStore, tmp_path: Path
) -> None:
    with store.transaction() as records:
        made = basket(2)
        total = made.totals.total
        half = Payment(total).with_cash(eur(50), CashPolicy())
        card = half.with_exact(TenderKind.CARD, half.due, reference="card-1")
        sold = record(records, made, payment=card)
        records.cards.save(
            CardAttempt("card-1", made.basket_id, half.due, AttemptState.APPROVED, MORNING_MS)
        )
        taken_back_anyway(records, sold, THOUSAND)

    assert found(tmp_path) == ["I10"]


def test_a_sale_paid_by_goods_and_their_return_must_agree(
    store: TillStore, tmp_path: Path
) -> None:
    with store.transaction() as records:
        made = basket(1)
        goods = Payment(made.totals.total).with_exact(
            TenderKind.EXCHANGE, made.totals.total, reference="r-1"
        )
        alone = record(records, made, payment=goods)
    (found,) = verify(tmp_path / "till.db", key=KEY)
    assert f"sale {alone.number} is paid by a return that is not there" in str(found)

    with store.transaction() as records:
        bought = ledger_of(purchase_of_sale(record(records, basket(1))), ())
        lines = return_lines(bought, (1, THOUSAND))
        document = return_document(bought, lines, return_id="r-1", exchange_id=alone.sale_id)
        keep_return(records, document)
    (found,) = verify(tmp_path / "till.db", key=KEY)
    assert f"return {document.number} and the sale that it paid for differ" in str(found)
