"""Money that comes onto cards, moves to others, and is the shop's again when a card expires."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pos.domain.journal import FactKind
from pos.domain.stored_value import CardRefusal, card_id
from sync.hub.conflicts import desk
from sync.hub.conflicts.desk import ActOutcome, DeskAct
from sync.hub.database import HubDatabase
from sync.hub.tables_value import value_account, value_entry
from sync.hub.value import accounts as cards
from sync.hub.value import redeeming
from sync.hub.value.expiring import expire_due
from sync.hub.value.ledger import NotEnough, OpIdUsed
from sync.hub.value.loading import transfer
from sync.wire.v1.desk import ItemState, Resolution
from tests.sync.facts import T0
from tests.sync.hub.value.value_kit import (
    CardTill,
    accounts,
    code_of,
    items,
    made,
    on,
    troubles,
)

ACTIVATED, TOPPED_UP = FactKind.VALUE_ACTIVATED, FactKind.VALUE_TOPPED_UP
REVERSED = FactKind.VALUE_REVERSED
DAY_MS = 86_400_000


@pytest.fixture
def till(database: HubDatabase) -> CardTill:
    return CardTill(database)


def move(till: CardTill, source: str, target: str, op_id: str = "move-1") -> int:
    with till.database.transaction() as connection:
        return transfer(
            connection, op_id, card_id(source), card_id(target), shop="FUEN", now_ms=till.now_ms
        )


def block(till: CardTill, code: str, *, is_blocked: bool = True) -> None:
    with till.database.transaction() as connection:
        cards.block(connection, card_id(code), is_blocked=is_blocked)


def test_a_card_that_was_made_is_worth_nothing_before_it_is_sold(till: CardTill) -> None:
    (card,) = made(till.database, face=25_00)

    before = on(till.database, card)
    outcome = till.load(ACTIVATED, card, 25_00)

    assert (before, outcome) == (("made", 0), [("applied", "")])
    assert on(till.database, card) == ("active", 25_00)
    assert accounts(till.database) == {"issued": -25_00}


def test_each_card_of_the_office_has_a_code_of_its_own(till: CardTill) -> None:
    codes = made(till.database, count=50)

    assert len(set(codes)) == 50
    assert {on(till.database, code) for code in codes} == {("made", 0)}


def test_a_card_is_topped_up_and_what_was_bought_with_it_comes_back(till: CardTill) -> None:
    card = code_of(1)
    till.issue(card, 10_00)
    till.load(TOPPED_UP, card, 5_00)
    till.sell((card, "", 12_00))

    till.load(REVERSED, card, 12_00)

    assert on(till.database, card) == ("active", 15_00)
    assert accounts(till.database) == {"issued": -15_00}


@pytest.mark.parametrize(
    ("kind", "amount", "code"),
    [(ACTIVATED, 20_00, "amount_differs"), (FactKind.VALUE_ISSUED, 25_00, "card_known")],
)
def test_money_a_customer_paid_counts_also_on_a_card_that_is_not_as_it_should_be(
    till: CardTill, kind: FactKind, amount: int, code: str
) -> None:
    (card,) = made(till.database, face=25_00)

    assert till.load(kind, card, amount) == [("applied_with_exception", code)]
    assert on(till.database, card) == ("active", amount)


def test_a_card_sold_twice_is_worth_what_was_paid_twice(till: CardTill) -> None:
    (card,) = made(till.database)
    till.load(ACTIVATED, card, 25_00)

    assert till.load(ACTIVATED, card, 25_00) == [("applied_with_exception", "card_known")]
    assert on(till.database, card) == ("active", 50_00)


def test_a_hub_that_lost_its_cards_learns_them_again(till: CardTill) -> None:
    assert till.load(TOPPED_UP, code_of(1), 5_00) == [("applied_with_exception", "card_unknown")]
    assert on(till.database, code_of(1)) == ("active", 5_00)


def test_money_of_another_currency_waits_for_a_person(till: CardTill) -> None:
    till.issue(code_of(1), 10_00)

    assert till.load(TOPPED_UP, code_of(1), 5_00, currency="MXN") == [("parked", "waiting")]
    assert on(till.database, code_of(1)) == ("active", 10_00)
    assert troubles(till.database) == ()


def test_a_lost_card_gives_what_is_free_on_it_to_another(till: CardTill) -> None:
    lost, new = code_of(1), code_of(2)
    till.issue(lost, 50_00)
    till.issue(new, 1_00)
    held = till.reserve(lost, 20_00)
    block(till, lost)

    moved = [move(till, lost, new), move(till, lost, new)]

    assert moved == [30_00, 0]
    assert on(till.database, new) == ("active", 31_00)
    assert till.sell((lost, held.op_id, 20_00)) == [("applied", "")]
    assert on(till.database, lost) == ("blocked", 0)
    assert troubles(till.database) == ()
    with pytest.raises(OpIdUsed):
        move(till, new, lost)


def test_nothing_moves_to_a_card_of_other_money_itself_or_nobodys(till: CardTill) -> None:
    till.issue(code_of(1), 50_00)
    till.issue(code_of(2), 50_00, currency="MXN")

    for target in (code_of(1), code_of(2)):
        with pytest.raises(NotEnough):
            move(till, code_of(1), target)
    with pytest.raises(cards.NoSuchCard):
        move(till, code_of(1), code_of(3))
    with pytest.raises(cards.NoSuchCard):
        block(till, code_of(3))


def test_a_blocked_card_can_be_let_go_again(till: CardTill) -> None:
    till.issue(code_of(1), 50_00)
    block(till, code_of(1))
    block(till, code_of(1), is_blocked=False)

    assert till.reserve(code_of(1), 50_00).refusal is None


def test_a_card_expires_on_its_day_and_not_while_somebody_pays_with_it(till: CardTill) -> None:
    card = code_of(1)
    till.issue(card, 50_00, expires_at_ms=T0 + DAY_MS)
    till.now_ms = T0 + DAY_MS - 1
    held = till.reserve(card, 20_00)
    during = expire_due(till.database, T0 + DAY_MS)
    till.now_ms = T0 + DAY_MS
    refused = till.reserve(card, 1_00)
    till.sell((card, held.op_id, 20_00))
    after = [expire_due(till.database, T0 + DAY_MS) for _ in range(2)]

    assert (during, refused.refusal, after) == (0, CardRefusal.EXPIRED, [1, 0])
    assert on(till.database, card) == ("expired", 0)
    assert accounts(till.database) == {"issued": -50_00, "redeemed": 20_00, "expired": 30_00}


def test_money_given_back_onto_an_expired_card_can_be_used(till: CardTill) -> None:
    card = code_of(1)
    till.issue(card, 50_00, expires_at_ms=T0 + DAY_MS)
    expire_due(till.database, T0 + DAY_MS)
    till.now_ms = T0 + 2 * DAY_MS

    till.load(REVERSED, card, 5_00)

    assert on(till.database, card) == ("active", 5_00)
    assert till.reserve(card, 5_00).refusal is None
    assert expire_due(till.database, till.now_ms) == 0


def decide(till: CardTill, resolution: Resolution, op_id: str = "act-1") -> ActOutcome:
    """Resolve the one item on the desk at the hub's page."""
    redeeming.register()
    (item,) = items(till.database)
    act = DeskAct(op_id, item.item_id, "ana", "FUEN", desk.AT_THE_HUB, T0, resolution)
    with till.database.transaction() as connection:
        return desk.resolve(connection, act)


def test_what_a_card_lacked_is_taken_when_somebody_decides_and_the_rest_asked_again(
    till: CardTill,
) -> None:
    card = made(till.database)[0]
    till.sell((card, "", 40_00))
    till.load(ACTIVATED, card, 25_00)

    first = decide(till, Resolution.APPLY_AGAIN)
    (again,) = items(till.database)
    till.load(TOPPED_UP, card, 20_00)
    decide(till, Resolution.APPLY_AGAIN, "act-2")

    assert first is ActOutcome.APPLIED
    assert (again.state, again.money) == (ItemState.OPEN, 15_00)
    assert items(till.database)[0].state is ItemState.RESOLVED
    assert on(till.database, card) == ("active", 5_00)
    assert accounts(till.database) == {"issued": -45_00, "redeemed": 40_00}
    assert troubles(till.database) == ()


def test_what_a_shop_bears_stays_in_its_books(till: CardTill) -> None:
    till.issue(code_of(1), 10_00)
    till.sell((code_of(1), "", 40_00))

    decide(till, Resolution.SEEN)

    assert items(till.database)[0].state is ItemState.RESOLVED
    assert accounts(till.database)["receivable"] == -30_00


def test_a_balance_that_is_not_the_sum_of_its_entries_is_found(till: CardTill) -> None:
    till.issue(code_of(1), 10_00)
    assert troubles(till.database) == ()

    with till.database.transaction() as connection:
        connection.execute(value_account.update().values(balance=10_01))
    assert troubles(till.database) == ("card 0001: balance 1001, entries 1000",)
    with till.database.transaction() as connection:
        connection.execute(value_account.update().values(balance=10_00))
        op_id = connection.scalar(select(value_entry.c.op_id).limit(1))
        connection.execute(value_entry.delete().where(value_entry.c.amount < 0))
    assert troubles(till.database) == (f"movement {op_id}: entries sum to 1000",)
    with till.database.transaction() as connection:
        connection.execute(value_entry.update().values(op_id="lost"))
        connection.execute(value_entry.update().values(amount=0))
        connection.execute(value_account.update().values(balance=0))
    assert troubles(till.database) == (
        f"movement {op_id}: no entries",
        "entry of lost: no movement",
    )
