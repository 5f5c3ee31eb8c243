"""Asking somebody else to allow what the operator may not."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.scan_codes import badge_code
from pos.domain.staff import Act, Approval, Capability
from pos.screens.override.request import OverrideRequest, ask_permission
from pos.screens.override.view import OverridePanel
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.ports import Sound
from tests.screens.conftest import OpenFloor
from tests.screens.counter_kit import LUCIA, MARTA, OSCAR, PIN
from tests.screens.shop_floor import OIL, Floor

Given = list[Approval | None]


def ask(
    floor: Floor, capability: Capability = Capability.OPEN_DRAWER, discount: int = 0
) -> tuple[Given, list[str]]:
    given: Given = []
    cancelled: list[str] = []
    request = OverrideRequest(
        Act(capability, discount),
        "Open the drawer",
        "Lucía may not",
        None,
        ("Give change", "Check the cash"),
        given.append,
        lambda: cancelled.append("cancelled"),
    )
    ask_permission(floor.kit.counter, floor.kit.navigator, request)
    return given, cancelled


def model_of(floor: Floor) -> OverrideViewModel:
    assert isinstance(floor.panel, OverridePanel)
    return floor.panel.view_model


def test_who_may_do_it_alone_is_not_asked(open_till: OpenFloor) -> None:
    floor = open_till(operator=OSCAR)

    given, _ = ask(floor)

    assert given == [None]
    assert floor.panel is None


def test_the_pin_of_somebody_who_may_allows_it(floor: Floor, qtbot: QtBot) -> None:
    given, _ = ask(floor)

    floor.type(PIN)
    floor.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(given) == 1)

    assert given == [
        Approval(Act(Capability.OPEN_DRAWER), LUCIA.staff_id, MARTA.staff_id, "Give change")
    ]
    assert floor.panel is None


def test_the_requester_is_not_among_those_who_may_allow_it(floor: Floor) -> None:
    ask(floor)

    assert [member for member, _ in model_of(floor).approvers] == [MARTA, OSCAR]


def test_who_may_not_is_shown_switched_off_with_the_reason(floor: Floor) -> None:
    ask(floor, Capability.DISCOUNT, 20_00)
    panel = floor.panel
    assert isinstance(panel, OverridePanel)

    tile = panel._tiles[MARTA.staff_id]

    assert not tile.isEnabled()
    assert tile.reason == "only up to 15%"
    assert panel.view_model.approver == OSCAR


def test_a_wrong_pin_says_how_many_tries_are_left(floor: Floor, qtbot: QtBot) -> None:
    given, _ = ask(floor)
    model = model_of(floor)

    floor.type("1111")
    floor.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(model.message))

    assert model.message == "Wrong PIN: 4 tries left"
    assert model.pin_length == 0
    assert given == []
    assert floor.kit.devices.sounds.played[-1] is Sound.REFUSED


def test_too_many_wrong_pins_lock_the_person_and_count_down(floor: Floor, qtbot: QtBot) -> None:
    ask(floor)
    model = model_of(floor)

    for _ in range(5):
        floor.type("1111")
        floor.press(Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: not model.is_busy)

    assert model.message == "Too many wrong PINs: wait 30 s"
    floor.kit.clock.at_ms += 10_000
    qtbot.waitUntil(lambda: model.message.endswith("wait 20 s"))


def test_a_badge_jumps_to_the_end(floor: Floor) -> None:
    given, _ = ask(floor)

    floor.scan(badge_code(MARTA.badge or ""))

    assert [approval.approved_by for approval in given if approval] == [MARTA.staff_id]
    assert floor.panel is None


def test_the_requesters_own_badge_is_refused(floor: Floor) -> None:
    given, _ = ask(floor)

    floor.scan(badge_code(LUCIA.badge or ""))

    assert model_of(floor).message == "The person of this badge cannot authorise it"
    assert given == []


def test_an_article_scanned_into_the_pin_field_is_refused_aloud(floor: Floor) -> None:
    given, _ = ask(floor)
    floor.type("24")

    floor.scan(OIL)

    assert model_of(floor).message == "That is no staff badge"
    assert model_of(floor).pin_length == 0
    assert floor.kit.devices.sounds.played[-1] is Sound.REFUSED
    assert floor.lines == []
    assert given == []


def test_esc_takes_the_question_back(floor: Floor) -> None:
    given, cancelled = ask(floor)

    floor.press(Qt.Key.Key_Escape)

    assert (given, cancelled) == ([], ["cancelled"])
    assert floor.panel is None


def test_another_reason_can_be_written(floor: Floor) -> None:
    given, _ = ask(floor)

    model_of(floor).write_reason()
    floor.type("The lady forgot her glove")
    floor.press(Qt.Key.Key_Return)
    floor.scan(badge_code(OSCAR.badge or ""))

    assert [approval.reason for approval in given if approval] == ["The lady forgot her glove"]


def test_the_panel_says_who_will_be_recorded(floor: Floor) -> None:
    ask(floor)
    panel = floor.panel
    assert isinstance(panel, OverridePanel)

    model_of(floor).choose_next()

    recorded = panel._record.text()
    assert recorded == "In the journal: Lucía asks, Óscar authorises."
