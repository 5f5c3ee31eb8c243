"""Which till may go on is the hub's word; what comes too late is given back."""

from __future__ import annotations

import pytest

from pos.screens.handover.claiming import Claiming
from pos.services.hub_calls import ClaimState, HubAway, OrderClaim
from tests.screens.counter_kit import Kit
from tests.screens.handover.conftest import GRANTED, OFFLINE, ONLINE

NOT_READY = OrderClaim(ClaimState.GONE, detail="not_ready")


@pytest.fixture
def claiming(kit: Kit) -> Claiming:
    kit.devices.link.say(ONLINE)
    return Claiming(kit.counter, kit.counter)


def heard(claiming: Claiming) -> list[str]:
    """Return what the claiming says from now on."""
    said: list[str] = []
    claiming.granted.connect(lambda claim: said.append(f"granted {claim.fence}"))
    claiming.refused.connect(lambda claim: said.append(f"refused {claim.detail}"))
    claiming.away.connect(lambda: said.append("away"))
    return said


def test_a_grant_that_nobody_waits_for_goes_back(kit: Kit, claiming: Claiming) -> None:
    said = heard(claiming)
    claiming.ask("o-1")
    claiming.forget()
    kit.devices.hub.answer(GRANTED)
    assert said == []
    assert kit.devices.hub.released_orders == [("o-1", 7)]


def test_an_order_staged_a_moment_ago_is_asked_for_again(kit: Kit, claiming: Claiming) -> None:
    said = heard(claiming)
    claiming.ask("o-1")
    nudges = kit.devices.link.nudges
    kit.devices.hub.answer(NOT_READY)
    assert claiming.is_asking
    assert kit.devices.link.nudges == nudges + 1
    claiming._again.timeout.emit()
    kit.devices.hub.answer(GRANTED)
    assert said == ["granted 7"]
    assert len({claim[0] for claim in kit.devices.hub.order_claims}) == 2


def test_an_order_that_never_becomes_ready_is_told_after_some_tries(
    kit: Kit, claiming: Claiming
) -> None:
    said = heard(claiming)
    claiming.ask("o-1")
    for _ in range(3):
        kit.devices.hub.answer(NOT_READY)
        claiming._again.timeout.emit()
    kit.devices.hub.answer(NOT_READY)
    assert said == ["refused not_ready"]


def test_without_a_link_the_hub_is_not_asked(kit: Kit, claiming: Claiming) -> None:
    said = heard(claiming)
    kit.devices.link.say(OFFLINE)
    claiming.ask("o-1")
    assert said == ["away"]
    assert kit.devices.hub.order_claims == []


def test_a_hub_that_does_not_answer_is_away(kit: Kit, claiming: Claiming) -> None:
    said = heard(claiming)
    claiming.ask("o-1")
    kit.devices.hub.answer(HubAway())
    assert said == ["away"]
