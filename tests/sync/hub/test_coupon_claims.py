"""A till asks for a code over HTTP, and believes only what can be an answer."""

from __future__ import annotations

import pytest

from pos.devices.hub_answers import HubAnswers
from pos.services.hub_calls import ClaimState, CouponClaim
from sync.counter_client import CounterClient
from sync.http import HubUnreachable
from sync.hub.database import HubDatabase
from sync.wire.v1 import claims as wire
from sync.wire.v1.claims import ClaimAnswer, ClaimRequest
from tests.sync.enrolling import enrolled
from tests.sync.hub.promotion_kit import end, load, make_codes, single


class Lying(CounterClient):
    """A hub that answers what the test says."""

    def __init__(self, answer: ClaimAnswer) -> None:
        self._answer = answer

    def claim(self, request: ClaimRequest) -> ClaimAnswer:
        return self._answer


@pytest.fixture
def code(database: HubDatabase) -> str:
    load(database, single())
    (made,) = make_codes(database)
    return made


@pytest.fixture
def one(hub_url: str, database: HubDatabase) -> HubAnswers:
    return HubAnswers(CounterClient(hub_url, enrolled(database, "FUEN-1")))


@pytest.fixture
def two(hub_url: str, database: HubDatabase) -> HubAnswers:
    return HubAnswers(CounterClient(hub_url, enrolled(database, "FUEN-2")))


def test_a_code_typed_in_small_letters_is_granted_with_its_promotion(
    one: HubAnswers, code: str
) -> None:
    said = one.claim_coupon("op-1", f" {code.lower()} ", takes_over=False)

    assert (said.state, said.fence, said.promotion_id) == (ClaimState.GRANTED, 1, "vale")


def test_a_code_at_another_till_is_held_until_it_is_given_back(
    one: HubAnswers, two: HubAnswers, code: str
) -> None:
    fence = one.claim_coupon("op-1", code, takes_over=False).fence

    held = two.claim_coupon("op-2", code, takes_over=False)
    one.release_coupon(code, fence)
    granted = two.claim_coupon("op-3", code, takes_over=False)

    assert (held.state, held.holder) == (ClaimState.HELD, "FUEN-1")
    assert granted.state is ClaimState.GRANTED


def test_why_a_code_is_gone_is_said(one: HubAnswers, code: str, database: HubDatabase) -> None:
    end(database, "vale", 1)

    ended = one.claim_coupon("op-1", code, takes_over=False)
    unknown = one.claim_coupon("op-2", "NUNCA", takes_over=False)

    assert ended == CouponClaim(ClaimState.GONE, detail="ended")
    assert unknown == CouponClaim(ClaimState.GONE, detail="unknown")


@pytest.mark.parametrize("text", ["", "ñ", "two words", "A" * 65, "https://example.org/x?y=1"])
def test_what_can_be_no_code_is_unknown_without_asking(text: str) -> None:
    nobody = HubAnswers(Lying(ClaimAnswer(state=wire.ClaimState.GRANTED)))

    assert nobody.claim_coupon("op-1", text, takes_over=False).detail == "unknown"


@pytest.mark.parametrize("content", [None, {}, {"promotion_id": 7}, {"promotion_id": "a b"}])
def test_a_grant_that_names_no_promotion_is_no_answer(content: dict[str, object] | None) -> None:
    said = {"state": "granted", "fence": 1, "content": content}
    lying = HubAnswers(Lying(ClaimAnswer.model_validate(said)))

    with pytest.raises(HubUnreachable):
        lying.claim_coupon("op-1", "GRACIAS-77", takes_over=False)
