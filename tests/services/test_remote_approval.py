"""An approval from afar is believed only when it fits what was asked and what the till knows."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.money import Money
from pos.domain.staff import Act, Capability
from pos.services import remote_approval
from pos.services.hub_calls import ApprovalReply, AskedState
from pos.services.workstation import APPROVAL_LASTS_MS, NotAllowed, SignOn
from tests.services.conftest import Shop

ACT = Act(Capability.OPEN_DRAWER)


def granted(request_id: str, by: str = "marta") -> ApprovalReply:
    return ApprovalReply(request_id, AskedState.GRANTED, by, "Marta Sanz", 1, 2)


def test_what_is_asked_says_who_what_and_why(at_work: SignOn) -> None:
    asked = remote_approval.question(
        at_work, Act(Capability.DISCOUNT, 20_00), Money(-798, "EUR"), reason="web", detail="Manta"
    )

    assert (asked.capability, asked.discount, asked.requested_by) == ("discount", 20_00, "lucia")
    assert (asked.amount, asked.reason, asked.detail) == (Money(-798, "EUR"), "web", "Manta")


def test_a_grant_allows_the_act_once_and_is_journalled_as_remote(
    at_work: SignOn, shop: Shop
) -> None:
    asked = remote_approval.question(at_work, ACT, None, reason="change", detail="")
    approval = remote_approval.approval_of(at_work, ACT, asked, granted(asked.request_id))
    assert approval is not None

    with shop.station.store.transaction() as records:
        at_work.authorise(records, ACT, approval)

    fact = shop.facts()[-1]
    assert (fact.op_id, fact.body["way"]) == (asked.request_id, "remote")
    assert (fact.body["requested_by"], fact.body["approved_by"]) == ("lucia", "marta")


def test_a_grant_is_good_for_two_minutes(at_work: SignOn, shop: Shop) -> None:
    asked = remote_approval.question(at_work, ACT, None, reason="change", detail="")
    approval = remote_approval.approval_of(at_work, ACT, asked, granted(asked.request_id))

    shop.clock.ms += APPROVAL_LASTS_MS + 1

    with shop.station.store.transaction() as records, pytest.raises(NotAllowed):
        at_work.authorise(records, ACT, approval)


@pytest.mark.parametrize("by", ["lucia", "nobody", ""])
def test_a_grant_by_the_asker_or_a_stranger_is_none(at_work: SignOn, by: str) -> None:
    asked = remote_approval.question(at_work, ACT, None, reason="change", detail="")

    assert remote_approval.approval_of(at_work, ACT, asked, granted(asked.request_id, by)) is None


def test_a_grant_beyond_what_the_granter_may_is_none(at_work: SignOn) -> None:
    act = Act(Capability.PRICE_OVERRIDE)  # a manager's
    asked = remote_approval.question(at_work, act, None, reason="web", detail="")

    assert (
        remote_approval.approval_of(at_work, act, asked, granted(asked.request_id, "hugo")) is None
    )


def test_another_questions_answer_or_a_no_is_none(at_work: SignOn) -> None:
    asked = remote_approval.question(at_work, ACT, None, reason="change", detail="")
    yes = granted(asked.request_id)

    for reply in (replace(yes, request_id="other"), replace(yes, state=AskedState.DENIED)):
        assert remote_approval.approval_of(at_work, ACT, asked, reply) is None
