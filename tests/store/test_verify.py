"""`verify` is silent about a sound till and names what is wrong with any other."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pos.domain.card_payment import AttemptState, CardAttempt
from pos.domain.errors import StoreUnavailable
from pos.domain.journal import FactKind, Json
from pos.domain.numbering import DocumentKind
from pos.domain.sale import Sale, sale_body
from pos.domain.ticket import Ticket
from pos.store.engine import make_engine, transaction
from pos.store.till_store import StoredRecords, TillStore
from pos.store.verify import verify
from tests.builders import (
    KEY,
    MORNING_MS,
    basket,
    eur,
    new_id,
    paid_by_card,
    promoted,
    record,
    sale,
    session,
    weighed,
)
from tests.store.test_tickets import full_basket

PAGE_BYTES = 4096


def close_shift(records: StoredRecords, expected: int) -> None:
    figures = records.sessions.figures("session-1")
    records.sessions.save(replace(session(), closed_at_ms=MORNING_MS))
    records.journal.append(
        FactKind.SESSION_CLOSED,
        {"session_id": "session-1", "total": figures.total, "expected": expected},
        op_id=new_id(),
        at_ms=MORNING_MS,
        session_id="session-1",
    )


@pytest.fixture
def day(store: TillStore) -> TillStore:
    """Return a till after a sound day."""
    with store.transaction() as records:
        sold = [record(records, each) for each in (basket(10), full_basket(), weighed(412))]
        card = basket(1)
        payment = paid_by_card(card)
        attempt = CardAttempt(
            payment.tenders[0].reference, card.basket_id, payment.total, AttemptState.APPROVED, 1
        )
        records.cards.save(attempt)
        record(records, card, payment=payment)
        close_shift(records, 100_00 + sum(each.cash_taken.minor for each in sold))
    return store


def codes(folder: Path) -> list[str]:
    return [found.code for found in verify(folder / "till.db", key=KEY)]


def test_a_sound_day_has_no_violation(day: TillStore, tmp_path: Path) -> None:
    assert verify(tmp_path / "till.db", key=KEY) == []


def by_hand(*statements: str) -> Callable[[Path], None]:
    """Return somebody who takes the guards off and changes the file."""

    def change(folder: Path) -> None:
        engine = make_engine(folder / "till.db", key=KEY)
        with transaction(engine) as connection:
            rows = connection.exec_driver_sql(
                "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            )
            for (name,) in rows.all():
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
            for statement in statements:
                connection.exec_driver_sql(statement)
        engine.dispose()

    return change


def fact_says(where: str, what: str) -> Callable[[Path], None]:
    """Return somebody who writes something into the fact of the first sale."""
    return by_hand(
        f"UPDATE journal SET body_json = json_set(body_json, '{where}', {what}) WHERE entry = 1"
    )


@pytest.mark.parametrize(
    ("code", "damage"),
    [
        pytest.param("I2", by_hand("DELETE FROM sale_tender WHERE sale_key = 1"), id="no tender"),
        pytest.param(
            "I2", by_hand("UPDATE sale_line SET net = net - 1 WHERE number = 1"), id="line changed"
        ),
        pytest.param("I2", by_hand("UPDATE sale_tax SET tax = tax + 1"), id="tax changed"),
        pytest.param("I2", by_hand("UPDATE sale_line SET name = 'x'"), id="name changed"),
        pytest.param(
            "I2",
            by_hand("DELETE FROM outbox WHERE entry = 2", "DELETE FROM journal WHERE entry = 2"),
            id="a sale without its fact",
        ),
        pytest.param("I2", fact_says("$.lines[#]", "json('{}')"), id="a fact with a line more"),
        pytest.param("I2", fact_says("$.tax[0].note", "1"), id="a fact with more than its row"),
        pytest.param("I2", fact_says("$.lines[0].name", "'x'"), id="a fact with another name"),
        pytest.param("I2", fact_says("$.gift", "1"), id="a fact that says more than its sale"),
        pytest.param(
            "I2",
            by_hand("UPDATE journal SET body_json = 'x' WHERE entry = 1"),
            id="a fact that is no JSON",
        ),
        pytest.param(
            "I2",
            by_hand("UPDATE journal SET body_json = '[1]' WHERE entry = 1"),
            id="a fact that is a list",
        ),
        pytest.param(
            "I2",
            by_hand("DELETE FROM sale_tax WHERE sale_key = 2"),
            id="tax gone",
        ),
        pytest.param(
            "I2",
            by_hand("INSERT INTO sale_tax VALUES (1, 400, '', 0, 0, 0)"),
            id="a tax of no line",
        ),
        pytest.param(
            "I2",
            by_hand("UPDATE sale SET total = total + 1 WHERE sale_key = 3"),
            id="total changed",
        ),
        pytest.param("I2", by_hand("DELETE FROM sale_promotion"), id="promotions gone"),
        pytest.param(
            "I2",
            by_hand("UPDATE sale_promotion SET name = 'x' WHERE position = 1"),
            id="a promotion with another name",
        ),
        pytest.param(
            "I2",
            by_hand("UPDATE sale_promotion SET amount = amount + 1 WHERE position = 1"),
            id="a promotion of another amount",
        ),
        pytest.param(
            "I2",
            by_hand("INSERT INTO sale_promotion VALUES (1, 0, 'p', 'x', '', 1, 5, 0)"),
            id="a promotion that took nothing off its line",
        ),
        pytest.param(
            "I2",
            by_hand(
                "UPDATE journal SET body_json = json_set(body_json, '$.coupons', json('[]'))"
                " WHERE entry = 2"
            ),
            id="a promotion for a coupon that nobody brought",
        ),
        pytest.param(
            "I3", by_hand("UPDATE journal SET body_json = '{}' WHERE entry = 5"), id="fact changed"
        ),
        pytest.param(
            "I3", by_hand("UPDATE journal SET prev_hash = hash WHERE seq = 2"), id="chain cut"
        ),
        pytest.param(
            "I3",
            by_hand("DELETE FROM outbox WHERE entry = 1", "DELETE FROM journal WHERE entry = 1"),
            id="fact gone",
        ),
        pytest.param(
            "I4",
            by_hand("UPDATE sale SET sequence = 9, number = '2-000009' WHERE sequence = 2"),
            id="a gap in the numbers",
        ),
        pytest.param("I4", by_hand("UPDATE number_series SET last = 2"), id="counter set back"),
        pytest.param("I4", by_hand("UPDATE series_total SET total = 0"), id="perpetual total"),
        pytest.param("I5", by_hand("DELETE FROM outbox WHERE entry = 2"), id="fact not queued"),
        pytest.param(
            "I7",
            by_hand("INSERT INTO cash_movement VALUES ('m', 'session-1', 'drop', 5, 'EUR', '',"
                    " 'ana', 1)"),
            id="cash moved after the Z",
        ),
        pytest.param(
            "I8",
            by_hand("INSERT INTO card_attempt VALUES ('a', 'b', 5, 'EUR', 'unknown', 1, '', 1)"),
            id="an intent nobody looks after",
        ),
        pytest.param(
            "I8",
            by_hand("INSERT INTO card_attempt VALUES ('a', 'b', 5, 'EUR', 'approved', 1, '', 1)"),
            id="money taken for nothing",
        ),
        pytest.param(
            "I9", by_hand("UPDATE alembic_version SET version_num = 'x'"), id="another schema"
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_is_named(
    day: TillStore, tmp_path: Path, code: str, damage: Callable[[Path], None]
) -> None:
    damage(tmp_path)

    assert code in codes(tmp_path)


def test_what_does_not_add_up_is_named_by_sale_and_line(day: TillStore, tmp_path: Path) -> None:
    by_hand("UPDATE sale_line SET net = net - 1 WHERE sale_key = 1 AND number = 2")(tmp_path)

    assert [found.message for found in verify(tmp_path / "till.db", key=KEY)] == [
        "sale 2-000001: line 2 does not add up",
        "sale 2-000001: lines 1054, tenders 1055, total 1055",
        "sale 2-000001: the tax is not that of its lines",
        "sale 2-000001: rows and fact differ",
    ]


def test_a_row_whose_parent_is_gone_is_named(day: TillStore, tmp_path: Path) -> None:
    engine = make_engine(tmp_path / "till.db", key=KEY)
    raw = engine.raw_connection()
    raw.driver_connection.executescript(  # type: ignore[union-attr]
        "PRAGMA foreign_keys = OFF; DROP TRIGGER till_session_no_delete; DELETE FROM till_session;"
    )
    raw.close()
    engine.dispose()

    assert codes(tmp_path) == ["I9"] * 4


def test_a_fact_without_its_sale_is_named(store: TillStore, tmp_path: Path) -> None:
    with store.transaction() as records:
        made = sale(number=records.numbers.next(DocumentKind.SALE))
        records.journal.append(
            FactKind.SALE_COMPLETED, sale_body(made), op_id=new_id(), at_ms=1, session_id=None
        )

    assert codes(tmp_path) == ["I2"]


def test_a_fact_from_before_names_were_in_it_holds(store: TillStore, tmp_path: Path) -> None:
    with store.transaction() as records:
        made = sale(number=records.numbers.next(DocumentKind.SALE))
        records.sales.add(made)
        body = sale_body(made)
        del body["staff_name"]
        for line in body["lines"]:  # type: ignore[union-attr]
            del line["tax_name"]  # type: ignore[union-attr]
        records.journal.append(
            FactKind.SALE_COMPLETED, body, op_id=new_id(), at_ms=1, session_id=None
        )

    assert codes(tmp_path) == []


def test_a_fact_from_before_there_were_promotions_holds(store: TillStore, tmp_path: Path) -> None:
    with store.transaction() as records:
        made = sale(number=records.numbers.next(DocumentKind.SALE))
        records.sales.add(made)
        records.journal.append(
            FactKind.SALE_COMPLETED, before_promotions(made), op_id=new_id(), at_ms=1,
            session_id=None,
        )  # fmt: skip

    assert codes(tmp_path) == []


def test_a_fact_from_before_promotions_names_none(store: TillStore, tmp_path: Path) -> None:
    with store.transaction() as records:
        number = records.numbers.next(DocumentKind.SALE)
        made = sale(promoted(basket(), 50), number=number)
        records.sales.add(made)
        records.journal.append(
            FactKind.SALE_COMPLETED, before_promotions(made), op_id=new_id(), at_ms=1,
            session_id=None,
        )  # fmt: skip

    assert codes(tmp_path) == ["I2"]


def before_promotions(made: Sale) -> dict[str, Json]:
    """Return the fact of a sale as it was written before there were promotions."""
    body: dict[str, Any] = sale_body(made)
    del body["promotions"], body["coupons"]
    for line in body["lines"]:
        del line["promotion"]
    return body


def test_an_intent_whose_ticket_is_open_has_an_owner(store: TillStore, tmp_path: Path) -> None:
    made = basket(1)
    attempt = CardAttempt("a1", made.basket_id, eur(1_01), AttemptState.REQUESTED, 1)

    with store.transaction() as records:
        records.tickets.save(Ticket(made))
        records.cards.save(attempt)

    assert codes(tmp_path) == []


@pytest.mark.parametrize("seed", range(8))
def test_flipped_bits_are_noticed_or_harmless(day: TillStore, tmp_path: Path, seed: int) -> None:
    with day.reading() as records:
        before = records.sales.recent(100)
    day.close()
    path = tmp_path / "till.db"
    content = bytearray(path.read_bytes())
    content[random.Random(seed).randrange(PAGE_BYTES, len(content))] ^= 0x40
    path.write_bytes(content)

    try:
        noticed = [violation.code for violation in verify(path, key=KEY)]
    except StoreUnavailable:
        noticed = ["not to be opened"]

    if not noticed:
        again = TillStore(path, key=KEY)
        with again.reading() as records:
            assert records.sales.recent(100) == before
        again.close()
    assert set(noticed) <= {"I9", "not to be opened"}
