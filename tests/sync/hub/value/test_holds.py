"""Paying with a card: the hub sets money aside, the sale takes it, whatever happens between."""

from __future__ import annotations

import pytest

from pos.domain.journal import FactKind
from pos.domain.stored_value import CardRefusal, card_id
from sync.hub.database import HubDatabase
from sync.hub.tables_value import value_account
from sync.hub.value import accounts as cards
from sync.hub.value.ledger import OpIdUsed
from sync.wire.v1.desk import ItemKind
from sync.wire.v1.value import HOLD_LASTS_MS
from tests.sync.hub.value.value_kit import (
    CardTill,
    accounts,
    code_of,
    items,
    made,
    on,
    troubles,
)

CARD = code_of(1)


@pytest.fixture
def one(database: HubDatabase) -> CardTill:
    """Return a till whose customer was given a credit note of 50.00."""
    till = CardTill(database, "FUEN-1")
    assert till.issue(CARD, 50_00) == [("applied", "")]
    return till


@pytest.fixture
def two(one: CardTill) -> CardTill:
    return CardTill(one.database, "FUEN-2")


def test_a_sale_takes_what_was_set_aside_and_the_rest_stays(one: CardTill) -> None:
    held = one.reserve(CARD, 30_00)

    outcome = one.sell((CARD, held.op_id, 30_00))

    assert (held.refusal, held.amount, held.available) == (None, 30_00, 20_00)
    assert outcome == [("applied", "")]
    assert on(one.database, CARD) == ("active", 20_00)
    assert accounts(one.database) == {"issued": -50_00, "redeemed": 30_00}
    assert troubles(one.database) == ()


def test_what_is_set_aside_for_one_customer_is_not_there_for_another(
    one: CardTill, two: CardTill
) -> None:
    one.reserve(CARD, 30_00)

    refused = two.reserve(CARD, 20_01)
    rest = two.reserve(CARD, 35_00, up_to=True)

    assert (refused.refusal, refused.available) == (CardRefusal.NOT_ENOUGH, 20_00)
    assert (rest.refusal, rest.amount, rest.available) == (None, 20_00, 0)


def test_the_same_question_has_the_same_answer_and_sets_nothing_more_aside(one: CardTill) -> None:
    first = one.reserve(CARD, 30_00, op_id="op-1")

    again = one.reserve(CARD, 30_00, op_id="op-1")

    assert again == first
    assert one.reserve(CARD, 20_00).refusal is None


def test_an_op_id_cannot_be_used_for_another_amount_or_by_another_till(
    one: CardTill, two: CardTill
) -> None:
    one.reserve(CARD, 30_00, op_id="op-1")

    for till, amount in ((one, 30_01), (two, 30_00)):
        with pytest.raises(OpIdUsed):
            till.reserve(CARD, amount, op_id="op-1")


def test_what_is_given_back_is_free_and_only_by_who_asked_for_it(
    one: CardTill, two: CardTill
) -> None:
    held = one.reserve(CARD, 50_00, op_id="op-1")

    assert not two.release(held.op_id)
    assert one.release(held.op_id)
    assert not one.release(held.op_id)
    assert two.reserve(CARD, 50_00).refusal is None
    assert one.reserve(CARD, 50_00, op_id="op-1").refusal is CardRefusal.RELEASED


def test_a_till_that_died_after_it_asked_keeps_the_money_for_half_an_hour(
    one: CardTill, two: CardTill
) -> None:
    one.reserve(CARD, 50_00)
    two.now_ms += HOLD_LASTS_MS - 1
    still = two.reserve(CARD, 1_00)
    two.now_ms += 1

    assert still.refusal is CardRefusal.NOT_ENOUGH
    assert two.reserve(CARD, 50_00).refusal is None


def test_a_sale_that_arrives_after_its_time_ran_out_takes_what_is_there(one: CardTill) -> None:
    held = one.reserve(CARD, 50_00)
    one.now_ms += 10 * HOLD_LASTS_MS

    assert one.sell((CARD, held.op_id, 50_00)) == [("applied", "")]
    assert on(one.database, CARD) == ("active", 0)


def test_a_sale_that_comes_too_late_overdraws_no_card_and_goes_to_the_desk(
    one: CardTill, two: CardTill
) -> None:
    late = one.reserve(CARD, 50_00)
    two.now_ms += HOLD_LASTS_MS
    two.sell((CARD, two.reserve(CARD, 40_00).op_id, 40_00))

    outcome = one.sell((CARD, late.op_id, 50_00))

    assert outcome == [("applied_with_exception", "value_overdrawn")]
    assert on(one.database, CARD) == ("active", 0)
    assert accounts(one.database) == {"issued": -50_00, "redeemed": 90_00, "receivable": -40_00}
    assert troubles(one.database) == ()
    (item,) = items(one.database)
    assert (item.kind, item.money) == (ItemKind.GIFT_CARD_OVERDRAWN, 40_00)
    assert item.subject == f"···{CARD[-6:-2]}"


def test_money_set_aside_for_another_till_is_not_taken_by_a_late_sale(
    one: CardTill, two: CardTill
) -> None:
    late = one.reserve(CARD, 50_00)
    two.now_ms = one.now_ms = one.now_ms + HOLD_LASTS_MS
    promised = two.reserve(CARD, 50_00)

    one.sell((CARD, late.op_id, 50_00))

    assert on(one.database, CARD) == ("active", 50_00)
    assert two.sell((CARD, promised.op_id, 50_00)) == [("applied", "")]


def test_a_sale_without_the_hub_takes_the_card_the_same_way(one: CardTill) -> None:
    assert one.sell((CARD, "", 20_00)) == [("applied", "")]
    assert one.sell((CARD, "", 31_00)) == [("applied_with_exception", "value_overdrawn")]
    assert on(one.database, CARD) == ("active", 0)


def test_two_cards_can_pay_one_sale_with_cash_beside(one: CardTill) -> None:
    other = code_of(2)
    one.issue(other, 5_00)

    one.sell((CARD, "", 10_00), (other, "", 5_00))

    assert on(one.database, CARD) == ("active", 40_00)
    assert on(one.database, other) == ("active", 0)


def test_a_sale_that_is_sent_again_takes_nothing_more(one: CardTill) -> None:
    one.sell((CARD, one.reserve(CARD, 30_00).op_id, 30_00))

    assert {how for how, _ in one.push(again=True)} == {"duplicate"}
    assert on(one.database, CARD) == ("active", 20_00)


def test_a_reservation_used_by_a_second_sale_is_no_reservation_any_more(one: CardTill) -> None:
    held = one.reserve(CARD, 30_00, op_id="op-1")
    one.sell((CARD, held.op_id, 30_00))

    assert one.reserve(CARD, 30_00, op_id="op-1").refusal is CardRefusal.RELEASED
    outcome = one.sell((CARD, held.op_id, 30_00))

    assert outcome == [("applied_with_exception", "value_overdrawn")]
    assert on(one.database, CARD) == ("active", 0)


def test_a_blocked_card_pays_what_was_promised_and_nothing_more(one: CardTill) -> None:
    held = one.reserve(CARD, 30_00)
    with one.database.transaction() as connection:
        cards.block(connection, card_id(CARD))

    assert one.reserve(CARD, 1_00).refusal is CardRefusal.BLOCKED
    assert one.sell((CARD, held.op_id, 30_00)) == [("applied", "")]
    assert one.sell((CARD, "", 5_00)) == [("applied_with_exception", "value_overdrawn")]
    assert on(one.database, CARD) == ("blocked", 20_00)


def test_nothing_is_set_aside_on_a_card_nobody_sold_nobody_knows_or_of_other_money(
    one: CardTill,
) -> None:
    (card,) = made(one.database, face=25_00)

    assert one.reserve(card, 1).refusal is CardRefusal.NOT_ACTIVE
    assert one.reserve(code_of(99), 1).refusal is CardRefusal.UNKNOWN
    assert one.reserve(CARD, 1, currency="MXN").refusal is CardRefusal.OTHER_CURRENCY


@pytest.mark.parametrize("reference", ["", "card-1", "7K3Q:beef:", "\u20ac" * 200])
def test_a_tender_that_names_no_card_is_money_the_shop_is_owed(
    one: CardTill, reference: str
) -> None:
    tender = {"kind": "gift_card", "amount": 5_00, "tendered": 5_00, "reference": reference,
              "authorisation": "", "verified": True}  # fmt: skip
    one.journal.sell([("8410000000016", 5_00)], tenders=[tender])

    assert one.push() == [("applied_with_exception", "value_overdrawn")]
    assert accounts(one.database) == {"issued": -50_00, "redeemed": 5_00, "receivable": -5_00}


def test_a_sale_before_the_card_was_known_is_settled_when_somebody_decides(one: CardTill) -> None:
    card = made(one.database)[0]
    one.sell((card, "", 10_00))
    one.load(FactKind.VALUE_ACTIVATED, card, 25_00)

    assert on(one.database, card) == ("active", 25_00)
    assert len(items(one.database)) == 1


def test_the_hub_keeps_no_code(one: CardTill) -> None:
    one.reserve(CARD, 30_00)

    with one.database.reading() as connection:
        rows = connection.execute(value_account.select()).all()

    assert CARD[3:-6] not in str(rows)
