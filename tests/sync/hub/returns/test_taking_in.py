"""Returns come in once, change stock and ledger, and let other tills take back again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from pos.domain.journal import FactKind
from pos.domain.refund import RefundState
from pos.domain.return_purchase import Means
from pos.domain.return_words import Disposition
from pos.domain.returns import Refund
from sync.connectors.builtin import BuiltinConnector
from sync.hub.admin import add_shop
from sync.hub.database import HubDatabase
from sync.hub.tables import stock_level
from sync.hub.tables_returns import return_document
from sync.wire.v1.claims import ClaimState
from tests.builders import new_id
from tests.sync.facts import T0
from tests.sync.hub.returns.kit import (
    MUG,
    ReturnTill,
    euros,
    ledger_at,
    outcomes,
    told,
)

GRANTED, HELD, GONE = ClaimState.GRANTED, ClaimState.HELD, ClaimState.GONE


@pytest.fixture
def one(database: HubDatabase) -> ReturnTill:
    return ReturnTill(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase) -> ReturnTill:
    add_shop(database.engine, "GAVA", name="Gavà", currency="EUR", country="ES", now_ms=1)
    return ReturnTill(database, "GAVA-2")


def on_hand(database: HubDatabase, shop: str) -> int:
    with database.transaction() as connection:
        BuiltinConnector().settle(connection, shop, T0)
        level = stock_level.c
        wanted = select(level.on_hand).where(level.shop == shop, level.sku == MUG)
        return connection.scalar(wanted) or 0


def count(database: HubDatabase) -> int:
    with database.reading() as connection:
        return connection.scalar(select(func.count()).select_from(return_document)) or 0


def test_what_came_back_in_one_shop_is_in_the_ledger_of_every_shop(
    one: ReturnTill, two: ReturnTill
) -> None:
    sold = one.sell(30_00, pieces=3)

    two.take_back(told(two.claim(sold)), (1, 2000))

    ledger = told(one.claim(sold))
    (line,) = ledger.lines
    assert (line.returned, line.returnable, line.by_shop) == (2000, 1000, (("GAVA", 2000),))
    assert ledger.refundable == euros(10_00)
    assert ledger.returns[0].tax


def test_a_return_told_twice_counts_once(one: ReturnTill) -> None:
    sold = one.sell()
    one.take_back(ledger_at(one.database, sold))

    again = one.push(again=True)

    assert outcomes(again) == {("duplicate", "")}
    assert count(one.database) == 1
    assert on_hand(one.database, "FUEN") == 0


def test_goods_that_can_be_sold_again_are_in_stock_where_they_came_back(
    one: ReturnTill, two: ReturnTill
) -> None:
    sold = one.sell(20_00, pieces=2)

    two.take_back(ledger_at(one.database, sold), (1, 1000))
    two.take_back(
        ledger_at(one.database, sold), (1, 1000), lines={"disposition": Disposition.QUARANTINE}
    )

    assert on_hand(one.database, "FUEN") == -2000
    assert on_hand(one.database, "GAVA") == 1000


def test_a_return_lets_the_next_till_take_back(one: ReturnTill, two: ReturnTill) -> None:
    sold = one.sell(20_00, pieces=2)
    granted = one.claim(sold)

    held = two.claim(sold)
    one.take_back(told(granted), (1, 1000))
    after = two.claim(sold)

    assert (granted.state, held.state, held.holder) == (GRANTED, HELD, "FUEN-1")
    assert after.state is GRANTED
    assert after.fence > granted.fence
    assert told(after).lines[0].returnable == 1000


def test_a_return_of_one_purchase_keeps_the_claim_on_another(
    one: ReturnTill, two: ReturnTill
) -> None:
    first, second = one.sell(), one.sell()
    one.claim(second)

    one.take_back(told(one.claim(first)))

    assert two.claim(second).state is HELD


def test_what_nobody_bought_cannot_be_claimed(one: ReturnTill) -> None:
    voided = one.sell(push=False)
    body: dict[str, Any] = dict(one.journal.facts.pop().body)
    lines = [{**line, "void": True, "net": 0} for line in body["lines"]]
    body |= {"lines": lines, "tenders": [], "total": 0}
    one.journal.append(FactKind.SALE_COMPLETED, body)
    one.push()

    assert (one.claim("nunca").state, one.claim("nunca").detail) == (GONE, "unknown")
    assert (one.claim(voided).state, one.claim(voided).detail) == (GONE, "nothing")


def test_a_return_before_its_sale_is_in_the_ledger_once_the_sale_came(
    database: HubDatabase, one: ReturnTill, two: ReturnTill
) -> None:
    sold = one.sell()
    ledger = ledger_at(database, sold)
    elsewhere = ReturnTill(database, "FUEN-3")
    late = elsewhere.sell(25_00, push=False)
    theirs = replace(ledger, purchase=replace(ledger.purchase, reference=late))
    document = two.take_back(theirs)

    unknown = one.claim(late)
    elsewhere.push()

    assert unknown.state is GONE
    assert [back.return_id for back in told(one.claim(late)).returns] == [document.return_id]


def test_what_became_of_a_card_refund_is_in_the_ledger(one: ReturnTill) -> None:
    sold = one.sell()
    ledger = ledger_at(one.database, sold)
    card = Refund(new_id(), sold, Means.CARD, euros(10_00), "a-1", state=RefundState.UNKNOWN)
    document = one.take_back(ledger, refunds=(card,))

    one.resolve(document, RefundState.FAILED)

    (returned,) = ledger_at(one.database, sold).returns
    assert [out.state for out in returned.paid_out] == [RefundState.FAILED]
    assert returned.owed == euros(10_00)


def test_an_answer_that_contradicts_the_one_before_is_kept_as_an_exception(
    one: ReturnTill,
) -> None:
    sold = one.sell()
    card = Refund(new_id(), sold, Means.CARD, euros(10_00), state=RefundState.REQUESTED)
    document = one.take_back(ledger_at(one.database, sold), refunds=(card,))
    one.resolve(document, RefundState.CONFIRMED)
    one.resolve(document, RefundState.FAILED, push=False)

    answer = one.push()

    assert outcomes(answer) == {("applied_with_exception", "refund_contradicted")}
    (returned,) = ledger_at(one.database, sold).returns
    assert returned.paid_out[0].state is RefundState.CONFIRMED


def test_an_answer_of_a_return_nobody_knows_waits(one: ReturnTill) -> None:
    sold = one.sell()
    document = one.document(ledger_at(one.database, sold))

    one.resolve(document, RefundState.CONFIRMED, push=False)

    assert outcomes(one.push()) == {("parked", "waiting")}


def test_a_return_that_does_not_add_up_counts_its_goods_all_the_same(one: ReturnTill) -> None:
    sold = one.sell(20_00, pieces=2)
    document = one.take_back(ledger_at(one.database, sold), push=False)
    fact = one.journal.facts.pop()
    one.journal.append(fact.kind, {**fact.body, "total": 999})

    answer = one.push()

    assert outcomes(answer) == {("applied_with_exception", "totals_differ")}
    (returned,) = ledger_at(one.database, sold).returns
    assert (returned.return_id, returned.lines[0].quantity) == (document.return_id, 1000)


def test_a_return_that_cannot_be_read_is_kept_and_counts_nothing(one: ReturnTill) -> None:
    sold = one.sell()
    one.take_back(ledger_at(one.database, sold), push=False)
    fact = one.journal.facts.pop()
    one.journal.append(fact.kind, {**fact.body, "lines": "todo"})

    assert outcomes(one.push()) == {("parked", "unreadable_body")}
    assert ledger_at(one.database, sold).returns == ()
