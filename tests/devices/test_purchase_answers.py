"""What the hub says of purchases is believed only when it is what was asked for."""

from __future__ import annotations

import json
from typing import Any

import pytest

from pos.devices import purchase_answers
from pos.domain.return_ledger import Ledger, ledger_of
from pos.domain.return_purchase_content import ledger_content
from pos.services.hub_calls import ClaimState, FoundPurchase, FoundPurchases, PurchaseClaim
from sync.http import HubUnreachable
from sync.wire.v1.claims import ClaimAnswer
from sync.wire.v1.purchases import FoundPurchases as SaidPurchases
from tests.return_builders import after_return, bought_line, purchase


def ledger() -> Ledger:
    return after_return(ledger_of(purchase(bought_line(pieces=2)), ()), (1, 1000))


def said(**fields: object) -> ClaimAnswer:
    return ClaimAnswer.model_validate_json(json.dumps(fields))


def answer(*contents: Any) -> SaidPurchases:
    rows = [{"shop_name": "Nogal\nGoya", "content": content} for content in contents]
    return SaidPurchases.model_validate_json(json.dumps({"hub_time_ms": 5, "purchases": rows}))


def test_purchases_come_with_what_came_back_of_them_in_any_shop() -> None:
    known = ledger()

    found = purchase_answers.found(answer(ledger_content(known)))

    assert found == FoundPurchases((FoundPurchase("Nogal Goya", known),), 5)


def test_one_purchase_that_cannot_be_makes_the_whole_answer_none() -> None:
    known = ledger_content(ledger())

    with pytest.raises(HubUnreachable):
        purchase_answers.found(answer(known, {**known, "purchase": {"number": "2-000001"}}))


def test_a_grant_brings_the_purchase_as_the_hub_knows_it_now() -> None:
    known = ledger()
    reference = known.purchase.reference
    content = ledger_content(known)

    claim = purchase_answers.purchase_claim(
        reference, said(state="granted", fence=4, since_ms=7, content=content)
    )

    assert claim == PurchaseClaim(ClaimState.GRANTED, 4, since_ms=7, ledger=known)


@pytest.mark.parametrize("is_other", [False, True])
def test_a_grant_of_nothing_or_of_another_purchase_is_no_answer(is_other: bool) -> None:
    content = ledger_content(ledger()) if is_other else None

    with pytest.raises(HubUnreachable):
        purchase_answers.purchase_claim("mine", said(state="granted", fence=4, content=content))


def test_a_purchase_the_hub_never_heard_of_is_told_as_such() -> None:
    claim = purchase_answers.purchase_claim("mine", said(state="gone", detail="unknown"))

    assert claim == PurchaseClaim(ClaimState.GONE, detail="unknown")
