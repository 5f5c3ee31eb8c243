"""Coupons that may be used once: given out, claimed, used up, and told when two used one."""

from __future__ import annotations

from typing import Any

import pytest

from pos.domain.journal import FactKind
from sync.connectors.builtin import BuiltinConnector
from sync.hub.conflicts.desk import DeskAct, resolve
from sync.hub.counter import claims, coupons
from sync.hub.counter.coupons import ALPHABET, Given, NotGivenOut
from sync.hub.database import HubDatabase
from sync.hub.intake.ingest import receive
from sync.hub.publishing.promotions import NoSuchPromotion
from sync.wire.v1.claims import (
    UNUSED_CLAIM_LASTS_MS,
    ClaimAnswer,
    ClaimKind,
    ClaimRequest,
    ClaimState,
)
from sync.wire.v1.desk import ItemKind, Resolution, RowKind
from sync.wire.v1.push import PushRequest
from tests.sync.enrolling import enrolled
from tests.sync.facts import T0, TillJournal, push_of
from tests.sync.hub.parking_kit import desk_items
from tests.sync.hub.promotion_kit import end, load, make_codes, offer, sale_with, single

GRANTED, HELD, GONE = ClaimState.GRANTED, ClaimState.HELD, ClaimState.GONE


class Till:
    """A till that claims codes and sells with them."""

    def __init__(self, database: HubDatabase, till: str) -> None:
        enrolled(database, till)
        self.database, self.till = database, till
        self.journal = TillJournal(till)
        self.journal.open_session(f"shift-{till}")
        self.now_ms = T0
        self._asked = 0

    def claim(self, code: str, *, takes_over: bool = False) -> ClaimAnswer:
        self._asked += 1
        request = ClaimRequest(
            op_id=f"{self.till}-{self._asked}",
            kind=ClaimKind.COUPON,
            key=code,
            takes_over=takes_over,
        )
        with self.database.transaction() as connection:
            return claims.ask(
                connection, till=self.till, shop="FUEN", request=request, now_ms=self.now_ms
            )

    def sell(self, *codes: str, **said: Any) -> str:
        """Sell with codes and tell the hub; return the number of the sale."""
        body = sale_with(self.journal, *codes, **said)
        body["session_id"] = f"shift-{self.till}"
        self.journal.append(FactKind.SALE_COMPLETED, body)
        self.push()
        return str(body["number"])

    def push(self) -> set[str]:
        request = PushRequest.model_validate(push_of(self.journal.facts))
        answer = receive(self.database, BuiltinConnector(), self.till, request, now_ms=T0)
        return {result.outcome.value for result in answer.results}


@pytest.fixture
def code(database: HubDatabase) -> str:
    """Return a code of a promotion that the hub gave out."""
    load(database, single())
    (made,) = make_codes(database)
    return made


@pytest.fixture
def one(database: HubDatabase, code: str) -> Till:
    return Till(database, "FUEN-1")


@pytest.fixture
def two(database: HubDatabase, code: str) -> Till:
    return Till(database, "FUEN-2")


def test_codes_are_given_out_that_nobody_mixes_up(database: HubDatabase) -> None:
    load(database, single())

    made = make_codes(database, count=1_200, prefix="GRACIAS-")

    assert len(set(made)) == 1_200
    letters = {letter for one in made for letter in one.removeprefix("GRACIAS-")}
    assert letters <= set(ALPHABET)
    assert not letters & set("0O1ILU")


def test_a_code_that_was_given_out_before_is_not_given_out_again(database: HubDatabase) -> None:
    load(database, single())

    first, second = make_codes(database, count=3), make_codes(database, count=3)

    assert not set(first) & set(second)


def test_codes_are_given_out_for_a_running_promotion_of_such_codes_only(
    database: HubDatabase,
) -> None:
    load(database, single("over"), offer("for-all"), single())
    end(database, "over", T0 - 1)

    with pytest.raises(NoSuchPromotion):
        make_codes(database, "nunca")
    with pytest.raises(NotGivenOut, match="over is over"):
        make_codes(database, "over")
    with pytest.raises(NotGivenOut, match="may be used once"):
        make_codes(database, "for-all")
    for prefix in ("gracias-", "A B", "A" * 23):
        with pytest.raises(NotGivenOut, match="prefix"):
            make_codes(database, prefix=prefix)
    for count in (0, coupons.MOST_AT_A_TIME + 1):
        with pytest.raises(NotGivenOut):
            make_codes(database, count=count)


def test_the_till_that_asks_first_is_granted_the_code_and_told_what_it_is_for(
    code: str, one: Till, two: Till
) -> None:
    granted, held = one.claim(code), two.claim(code)

    assert (granted.state, granted.fence) == (GRANTED, 1)
    assert granted.content == {"promotion_id": "vale"}
    assert (held.state, held.holder) == (HELD, "FUEN-1")


def test_a_code_left_unused_can_be_had_by_decision_after_two_minutes(
    code: str, one: Till, two: Till
) -> None:
    one.claim(code)
    two.now_ms += UNUSED_CLAIM_LASTS_MS

    assert two.claim(code).may_be_taken_over
    assert two.claim(code, takes_over=True).state is GRANTED


def test_a_code_that_a_sale_used_is_gone_and_the_till_is_named(
    code: str, one: Till, two: Till
) -> None:
    one.sell(code, fence=one.claim(code).fence)

    gone = two.claim(code)

    assert (gone.state, gone.detail, gone.holder) == (GONE, "used", "FUEN-1")


def test_a_code_nobody_gave_out_is_unknown(one: Till) -> None:
    gone = one.claim("NUNCA-DADO")

    assert (gone.state, gone.detail, gone.holder) == (GONE, "unknown", "")


def test_a_code_of_a_promotion_that_is_over_is_told_as_ended(
    database: HubDatabase, code: str, one: Till
) -> None:
    end(database, "vale", T0 - 1)

    gone = one.claim(code)

    assert (gone.state, gone.detail) == (GONE, "ended")


def test_a_code_that_took_nothing_off_stays_the_customers(code: str, one: Till, two: Till) -> None:
    one.sell(code, taken_off=0, fence=one.claim(code).fence)

    assert two.claim(code).state is GRANTED


def test_a_sale_pushed_again_uses_its_code_once(code: str, one: Till) -> None:
    one.sell(code)

    assert one.push() == {"duplicate"}
    assert desk_items(one.database) == []


def test_a_code_used_at_two_tills_is_told_at_the_desk_with_both_sales(
    code: str, one: Till, two: Till
) -> None:
    first = one.sell(code, taken_off=50)

    second = two.sell(code, taken_off=70)

    (item,) = desk_items(one.database)
    assert (item.kind, item.subject, item.money) == (ItemKind.COUPON_USED_TWICE, code, 70)
    assert [side.till for side in item.sides] == ["FUEN-1", "FUEN-2"]
    documents = [
        row.text for side in item.sides for row in side.rows if row.kind is RowKind.DOCUMENT
    ]
    assert documents == [first, second]
    assert two.claim(code).holder == "FUEN-1"


def test_a_code_used_twice_at_one_till_is_told_too(code: str, one: Till) -> None:
    one.sell(code)
    one.sell(code)

    (item,) = desk_items(one.database)
    assert [side.till for side in item.sides] == ["FUEN-1", "FUEN-1"]


def test_a_code_used_twice_is_looked_at_and_nothing_else_changes(
    code: str, one: Till, two: Till
) -> None:
    one.sell(code)
    two.sell(code)
    (item,) = desk_items(one.database)
    act = DeskAct("op-1", item.item_id, "ana", "FUEN", "hub", T0, Resolution.SEEN)

    with one.database.transaction() as connection:
        resolve(connection, act)

    (item,) = desk_items(one.database)
    assert item.resolution == "seen"


def test_a_code_that_the_hub_lost_is_known_again_once_it_was_used(
    database: HubDatabase, one: Till, two: Till
) -> None:
    one.sell("PERDIDO-77", fence=3)

    two.sell("PERDIDO-77", fence=4)

    (item,) = desk_items(database)
    assert item.subject == "PERDIDO-77"


def test_a_code_that_everybody_may_use_is_used_as_often_as_there_are_tickets(
    database: HubDatabase, one: Till, two: Till
) -> None:
    load(database, offer("verano"))

    one.sell("VERANO10", promotion_id="verano")
    two.sell("VERANO10", promotion_id="verano")

    assert desk_items(database) == []


def test_the_codes_of_a_promotion_are_counted(database: HubDatabase, one: Till) -> None:
    codes = make_codes(database, count=3, prefix="B-")
    one.sell(codes[0])

    with database.reading() as connection:
        given = coupons.given_out(connection)

    assert given == {"vale": Given(made=4, used=1)}


def test_a_sale_from_before_promotions_is_taken_in_as_ever(one: Till) -> None:
    one.journal.sell([("8410000000017", 200)])

    assert "applied" in one.push()
