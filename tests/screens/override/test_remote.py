"""Asking a manager who is not in the shop, while the PIN stays good."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.staff import Act, Approval, Capability
from pos.screens.override.remote import LOOK_EVERY_MS, Stage
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.override.view import OverridePanel
from pos.screens.ports import LinkState, LinkStatus
from pos.services.hub_calls import ApprovalReply, AskedState, HubAway
from tests.screens.counter_kit import OSCAR, PIN
from tests.screens.shop_floor import Floor

Given = list[Approval | None]


def ask(floor: Floor) -> tuple[Given, OverridePanel]:
    given: Given = []
    request = OverrideRequest(
        Act(Capability.OPEN_DRAWER), "Open the drawer", "", None, ("Change",), given.append
    )
    ask_permission(floor.kit.counter, floor.kit.navigator, request)
    assert isinstance(floor.panel, OverridePanel)
    return given, floor.panel


def reply(floor: Floor, state: AskedState, by: str = "oscar") -> None:
    asked = floor.kit.devices.hub.questions[-1]
    name = "Óscar Vega" if state is not AskedState.WAITING else ""
    floor.kit.devices.hub.answer(ApprovalReply(asked.request_id, state, by, name))


def test_a_tap_from_afar_allows_it_within_two_seconds(floor: Floor, qtbot: QtBot) -> None:
    given, panel = ask(floor)
    hub = floor.kit.devices.hub
    panel.remote.click()
    reply(floor, AskedState.WAITING)

    qtbot.waitUntil(lambda: len(hub.looks) == 1)
    reply(floor, AskedState.GRANTED)

    assert LOOK_EVERY_MS < 1_000
    assert [(a.approved_by, a.way) for a in given if a] == [("oscar", "remote")]
    assert floor.panel is None


def test_what_is_asked_carries_the_reason_and_what_it_is_about(floor: Floor) -> None:
    _, panel = ask(floor)

    panel.remote.click()

    (asked,) = floor.kit.devices.hub.questions
    assert (asked.capability, asked.reason, asked.detail) == (
        "open_drawer",
        "Change",
        "Open the drawer",
    )


def test_while_it_waits_the_key_takes_it_back(floor: Floor) -> None:
    _, panel = ask(floor)
    panel.remote.click()
    reply(floor, AskedState.WAITING)
    floor.kit.clock.at_ms += 12_000
    assert panel.view_model.remote_words == ("Withdraw", "waiting for 12 s")

    panel.remote.click()

    asked = floor.kit.devices.hub.questions[0]
    assert floor.kit.devices.hub.withdrawn == [asked.request_id]
    assert panel.view_model.remote_words == ("From afar", "asks a manager")


def test_the_pin_still_allows_it_and_takes_the_question_back(floor: Floor, qtbot: QtBot) -> None:
    given, panel = ask(floor)
    panel.remote.click()
    reply(floor, AskedState.WAITING)

    panel.view_model.choose(OSCAR.staff_id)
    floor.type(PIN)
    floor.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(given) == 1)

    assert [a.way for a in given if a] == ["pin"]
    assert len(floor.kit.devices.hub.withdrawn) == 1


@pytest.mark.parametrize(
    ("state", "said"),
    [(AskedState.DENIED, "Óscar says no"), (AskedState.EXPIRED, "nobody answered")],
)
def test_a_no_and_no_answer_are_said_and_it_can_be_asked_again(
    floor: Floor, state: AskedState, said: str
) -> None:
    given, panel = ask(floor)
    panel.remote.click()

    reply(floor, state)

    assert panel.view_model.remote_words == ("From afar", said)
    panel.remote.click()
    assert len(floor.kit.devices.hub.questions) == 2
    assert given == []


def test_a_grant_by_somebody_this_till_does_not_know_is_not_good(floor: Floor) -> None:
    given, panel = ask(floor)
    panel.remote.click()

    reply(floor, AskedState.GRANTED, by="stranger")

    assert panel.view_model.remote.stage is Stage.NOT_GOOD
    assert given == []


def test_a_question_that_did_not_arrive_is_said(floor: Floor) -> None:
    _, panel = ask(floor)
    panel.remote.click()

    floor.kit.devices.hub.answer(HubAway())

    assert panel.view_model.remote_words == ("From afar", "could not be asked")


def test_a_hub_that_goes_away_meanwhile_is_asked_on(floor: Floor, qtbot: QtBot) -> None:
    given, panel = ask(floor)
    hub = floor.kit.devices.hub
    panel.remote.click()
    reply(floor, AskedState.WAITING)
    qtbot.waitUntil(lambda: len(hub.looks) == 1)

    hub.answer(HubAway())

    assert panel.view_model.remote_words == ("Withdraw", "no contact, still trying")
    qtbot.waitUntil(lambda: len(hub.looks) == 2)
    reply(floor, AskedState.GRANTED)
    assert len(given) == 1


def test_offline_the_key_is_off_with_its_reason(floor: Floor) -> None:
    floor.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))

    _, panel = ask(floor)

    assert not panel.remote.isEnabled()
    assert panel.remote.reason == "not while offline"


def test_esc_takes_the_question_back_too(floor: Floor) -> None:
    _, panel = ask(floor)
    panel.remote.click()
    reply(floor, AskedState.WAITING)

    floor.press(Qt.Key.Key_Escape)

    assert len(floor.kit.devices.hub.withdrawn) == 1
    assert floor.panel is None
