"""A till asks the hub about cards over HTTP, and believes what answers its question."""

from __future__ import annotations

import logging
from typing import Any

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from pos.devices.hub_answers import HubAnswers
from pos.domain.money import Money
from pos.domain.stored_value import Card, CardRefusal, CardState, ValueReference, value_reference
from sync.client import HubRefused
from sync.counter_client import CounterClient
from sync.credentials import Credentials
from sync.http import HubUnreachable
from sync.hub.database import HubDatabase
from sync.wire.v1.value import (
    BalanceAnswer,
    BalanceRequest,
    ReleaseValueRequest,
    ReserveAnswer,
    ReserveRequest,
)
from tests.sync.enrolling import enrolled
from tests.sync.hub.test_openapi import LOOSE, VALUES, as_json, call
from tests.sync.hub.value.value_kit import CREDIT, CardTill, code_of, on
from tests.sync.serving import FixedClock

CARD = code_of(1)


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


@pytest.fixture
def hub(hub_url: str, database: HubDatabase) -> HubAnswers:
    """Return the hub as the till FUEN-7 asks it; somebody has a credit note of 50.00."""
    CardTill(database, "FUEN-1").issue(CARD, 50_00)
    return HubAnswers(CounterClient(hub_url, enrolled(database, "FUEN-7")))


def test_a_till_asks_sets_aside_and_gives_back(hub: HubAnswers, database: HubDatabase) -> None:
    before = hub.look_at_card(CARD)
    held = hub.reserve_value("op-1", CARD, eur(30_00), "b-1", up_to=False)
    again = hub.reserve_value("op-1", CARD, eur(30_00), "b-1", up_to=False)
    between = hub.look_at_card(CARD)
    hub.release_value("op-1")

    assert before == Card(CardState.ACTIVE, "0001", CREDIT, eur(50_00), eur(50_00))
    assert (held, held.amount) == (again, eur(30_00))
    assert held.reference == value_reference(CARD, "op-1")
    assert (between.balance, between.available) == (eur(50_00), eur(20_00))
    assert hub.look_at_card(CARD) == before
    assert on(database, CARD) == ("active", 50_00)


def test_a_customer_pays_with_what_is_left_on_the_card(hub: HubAnswers) -> None:
    refused = hub.reserve_value("op-1", CARD, eur(80_00), "b-1", up_to=False)
    some = hub.reserve_value("op-2", CARD, eur(80_00), "b-1", up_to=True)

    assert (refused.refusal, refused.available) == (CardRefusal.NOT_ENOUGH, eur(50_00))
    assert refused.reference is None
    assert some.amount == eur(50_00)


def test_an_op_id_of_another_question_is_a_conflict(hub: HubAnswers) -> None:
    hub.reserve_value("op-1", CARD, eur(30_00), "b-1", up_to=False)

    with pytest.raises(HubRefused, match="op_id_used"):
        hub.reserve_value("op-1", CARD, eur(31_00), "b-1", up_to=False)


def test_who_tries_codes_waits_longer_each_time_and_others_do_not(
    hub: HubAnswers, database: HubDatabase, hub_url: str, clock: FixedClock
) -> None:
    other = HubAnswers(CounterClient(hub_url, enrolled(database, "FUEN-8")))

    tried = [hub.look_at_card(code_of(number)) for number in range(100, 104)]
    last = hub.reserve_value("op-1", code_of(104), eur(1), "b-1", up_to=False)
    for code in (CARD, code_of(105)):
        with pytest.raises(HubRefused, match="too_many_tries"):
            hub.look_at_card(code)

    assert tried == [Card(None)] * 4
    assert last.refusal is CardRefusal.UNKNOWN
    assert other.look_at_card(CARD).state is CardState.ACTIVE
    clock.at_ms += 30_000
    assert hub.look_at_card(CARD).state is CardState.ACTIVE


def test_a_mistyped_code_is_refused_and_no_code_is_in_an_address_or_a_log(
    hub: HubAnswers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    wrong = CARD[:-1] + ("0" if CARD[-1] != "0" else "1")

    with pytest.raises(HubRefused, match="wrong_code"):
        hub.look_at_card(wrong)
    hub.look_at_card(CARD)

    assert CARD not in caplog.text


def test_nobody_without_a_tills_key_is_told_anything(hub: HubAnswers, hub_url: str) -> None:
    for what in ("balance", "reserve", "release"):
        answer = requests.post(f"{hub_url}/v1/value/{what}", json={"code": CARD}, timeout=60)

        assert answer.status_code == 401


def test_the_hub_describes_what_it_answers(hub_url: str, credentials: Credentials) -> None:
    described = call("GET", f"{hub_url}/openapi.json").json()["paths"]

    assert {path for path in described if path.startswith("/v1/value/")} == {
        f"/v1/value/{what}" for what in ("balance", "reserve", "release")
    }
    assert {"200", "409", "422", "429"} <= set(described["/v1/value/reserve"]["post"]["responses"])


GOOD = {"op_id": "op", "code": CARD, "amount": 1, "currency": "EUR", "basket_id": "b"}


@LOOSE
@given(field=st.sampled_from([*GOOD, "up_to"]), value=VALUES)
def test_no_question_about_a_card_makes_the_hub_fail(
    hub_url: str, credentials: Credentials, field: str, value: Any
) -> None:
    for what in ("balance", "reserve", "release"):
        call("POST", f"{hub_url}/v1/value/{what}", data=as_json({**GOOD, field: value}))


class Lying(CounterClient):
    """A client whose hub answers something else."""

    def __init__(self, answer: ReserveAnswer) -> None:
        self._answer = answer

    def reserve(self, request: ReserveRequest) -> ReserveAnswer:
        return self._answer

    def balance(self, request: BalanceRequest) -> BalanceAnswer:
        return BalanceAnswer(state=CardState.ACTIVE, hub_time_ms=1)

    def release_value(self, request: ReleaseValueRequest) -> Any:
        raise AssertionError


@pytest.mark.parametrize(
    "changed",
    [{"op_id": "op-2"}, {"amount": 0}, {"amount": 29_99}, {"amount": 30_01}, {"currency": "MXN"}],
)
def test_an_answer_about_something_else_is_none(changed: dict[str, Any]) -> None:
    answer: dict[str, Any] = {"op_id": "op-1", "amount": 30_00, "currency": "EUR", **changed}
    hub = HubAnswers(Lying(ReserveAnswer(hub_time_ms=1, **answer)))

    with pytest.raises(HubUnreachable):
        hub.reserve_value("op-1", CARD, eur(30_00), "b-1", up_to=False)
    with pytest.raises(HubUnreachable):
        hub.look_at_card(CARD)


def test_a_sale_at_another_till_names_what_was_set_aside(
    hub: HubAnswers, database: HubDatabase
) -> None:
    till = CardTill(database, "FUEN-2")
    held = hub.reserve_value("op-1", CARD, eur(50_00), "b-1", up_to=False)

    assert isinstance(held.reference, ValueReference)
    assert till.sell((CARD, held.reference.hold, 50_00)) == [("applied", "")]
    assert on(database, CARD) == ("active", 0)
