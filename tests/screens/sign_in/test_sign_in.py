"""Signing in by PIN and by badge."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.scan_codes import badge_code
from pos.screens.navigator import Screen
from pos.screens.ports import Sound
from pos.store.outbox import AgentStore
from tests.builders import KEY, staff_member
from tests.screens.conftest import OpenFloor
from tests.screens.counter_kit import LUCIA, MARTA, PIN
from tests.screens.shop_floor import OIL, Floor


def sit_down(floor: Floor, name: str = LUCIA.name) -> None:
    floor.sign_in_page.seat(name).click()


def enter(floor: Floor, qtbot: QtBot, pin: str) -> None:
    floor.type(pin)
    floor.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not floor.sign_in.is_busy)


def test_the_right_pin_opens_the_sale(open_till: OpenFloor, qtbot: QtBot) -> None:
    floor = open_till(screen=Screen.SIGN_IN)

    sit_down(floor)
    enter(floor, qtbot, PIN)

    assert floor.kit.counter.sign_on.operator == LUCIA
    assert floor.kit.navigator.current is Screen.SALE


def test_without_a_shift_signing_in_leads_to_opening_one(
    open_till: OpenFloor, qtbot: QtBot
) -> None:
    floor = open_till(screen=Screen.SIGN_IN, has_session=False)

    sit_down(floor)
    enter(floor, qtbot, PIN)

    assert floor.kit.navigator.current is Screen.OPEN_SHIFT


def test_a_wrong_pin_says_how_many_tries_are_left(open_till: OpenFloor, qtbot: QtBot) -> None:
    floor = open_till(screen=Screen.SIGN_IN)
    sit_down(floor)

    enter(floor, qtbot, "1111")

    assert floor.sign_in.message == "Wrong PIN: 4 tries left"
    assert floor.sign_in_page.dots.count == 0
    assert floor.kit.devices.sounds.played == [Sound.REFUSED]
    assert floor.kit.counter.signed_on is None


def test_after_five_wrong_pins_the_person_waits_also_after_a_restart(
    open_till: OpenFloor, qtbot: QtBot
) -> None:
    floor = open_till(screen=Screen.SIGN_IN)
    sit_down(floor)
    for _ in range(5):
        enter(floor, qtbot, "1111")
    assert floor.sign_in.message == "Too many wrong PINs: wait 0:30"

    sit_down(floor, MARTA.name)
    assert floor.sign_in.message == ""
    sit_down(floor)

    assert floor.sign_in.is_locked
    floor.type(PIN)
    assert floor.sign_in_page.dots.count == 0
    floor.kit.clock.at_ms += 30_000
    sit_down(floor)
    enter(floor, qtbot, PIN)
    assert floor.kit.navigator.current is Screen.SALE


def test_a_badge_signs_in_at_once(open_till: OpenFloor) -> None:
    floor = open_till(screen=Screen.SIGN_IN)

    floor.scan(badge_code(MARTA.badge or ""))

    assert floor.kit.counter.sign_on.operator == MARTA
    assert floor.kit.navigator.current is Screen.SALE


def test_an_article_scanned_here_is_refused_aloud(open_till: OpenFloor) -> None:
    floor = open_till(screen=Screen.SIGN_IN)

    floor.scan(OIL)

    assert floor.sign_in.message == "That code is of no use here"
    assert floor.kit.devices.sounds.played == [Sound.REFUSED]


def test_a_badge_of_nobody_is_refused(open_till: OpenFloor) -> None:
    floor = open_till(screen=Screen.SIGN_IN)

    floor.scan(badge_code("STRANGER"))

    assert floor.sign_in.message == "Nobody here has this badge"


def test_after_locking_the_same_person_is_proposed_and_finds_the_ticket(
    floor: Floor, qtbot: QtBot
) -> None:
    floor.scan(OIL)
    floor.press(Qt.Key.Key_F12)

    assert floor.sign_in.person == LUCIA
    assert floor.sign_in.left_behind == (
        "accent",
        "The open ticket is as it was: 1 articles, €7.95.",
    )
    enter(floor, qtbot, PIN)

    assert [line[1] for line in floor.lines] == [OIL.name]


def test_somebody_else_goes_on_with_the_ticket(floor: Floor, qtbot: QtBot) -> None:
    floor.scan(OIL)
    floor.press(Qt.Key.Key_F12)

    sit_down(floor, MARTA.name)
    enter(floor, qtbot, PIN)

    assert floor.kit.counter.sign_on.operator == MARTA
    assert [line[1] for line in floor.lines] == [OIL.name]


def test_without_a_ticket_the_last_sale_is_named(floor: Floor) -> None:
    floor.kit.sold(7_95)
    sale = floor.kit.counter.last_sale
    assert sale is not None

    floor.kit.navigator.go(Screen.SALE)
    floor.press(Qt.Key.Key_F12)

    tone, text = floor.sign_in.left_behind
    assert tone == "plain"
    assert str(sale.number) in text
    assert "€7.95" in text


def test_more_people_than_seats_are_found_by_name(open_till: OpenFloor) -> None:
    floor = open_till(screen=Screen.SIGN_IN)
    people = [(staff_member(f"person{number}"), "") for number in range(9)]
    agent = AgentStore(floor.folder / "till.db", key=KEY)
    agent.apply_staff(people, cursor=2)
    agent.close()
    floor.kit.devices.link.staff_changed.emit()
    assert floor.sign_in.has_more

    floor.sign_in_page.search.click()
    floor.type("lucia")
    floor.press(Qt.Key.Key_Return)

    assert floor.sign_in.person == LUCIA
