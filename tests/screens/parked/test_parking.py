"""Parking a ticket and taking it up again."""

from __future__ import annotations

from PySide6.QtCore import Qt

from pos.domain.printing import PrintKind
from pos.domain.scan_codes import parked_ticket_code
from pos.screens.parked.view import ParkedPanel
from pos.screens.text_entry.view import TextEntryPanel
from pos.services.hub_calls import Claim, ClaimState
from tests.screens.shop_floor import BLANKET, OIL, Floor

GRANTED = Claim(ClaimState.GRANTED, fence=1)


def park(floor: Floor, label: str = "") -> str:
    ticket = floor.kit.counter.ticket
    assert ticket is not None
    floor.press(Qt.Key.Key_F4)
    assert isinstance(floor.panel, TextEntryPanel)
    floor.type(label)
    floor.press(Qt.Key.Key_Return)
    return ticket.basket.basket_id


def test_a_parked_ticket_leaves_the_counter_free_and_prints_its_slip(floor: Floor) -> None:
    floor.scan(OIL)

    park(floor, "The scarf")

    assert floor.lines == []
    assert floor.kit.counter.ticket is None
    assert [job.kind for job in floor.kit.devices.printing.submitted] == [PrintKind.PARKED]


def test_f4_on_an_empty_counter_shows_who_waits_and_intro_takes_one_up(floor: Floor) -> None:
    floor.scan(OIL)
    park(floor, "The scarf")

    floor.press(Qt.Key.Key_F4)
    panel = floor.panel
    assert isinstance(panel, ParkedPanel)
    assert [row.title for row in panel.list.rows.rows] == ["The scarf"]
    floor.press(Qt.Key.Key_Return)
    floor.kit.devices.hub.answer(GRANTED)

    assert [line[1] for line in floor.lines] == [OIL.name]
    assert floor.panel is None


def test_the_slip_is_scanned_to_take_the_ticket_up(floor: Floor) -> None:
    floor.scan(OIL)
    basket_id = park(floor)

    floor.scan(parked_ticket_code(basket_id))
    floor.kit.devices.hub.answer(GRANTED)

    assert [line[1] for line in floor.lines] == [OIL.name]


def test_a_slip_scanned_over_an_open_ticket_is_refused(floor: Floor) -> None:
    floor.scan(OIL)
    basket_id = park(floor)
    floor.scan(BLANKET)

    floor.scan(parked_ticket_code(basket_id))

    assert floor.entry == "Park or finish this ticket first"
    assert [line[1] for line in floor.lines] == [BLANKET.name]


def test_a_slip_that_was_taken_up_already_is_refused(floor: Floor) -> None:
    floor.scan(OIL)
    basket_id = park(floor)
    floor.scan(parked_ticket_code(basket_id))
    floor.kit.devices.hub.answer(GRANTED)
    floor.press(Qt.Key.Key_Delete)
    park_nothing = floor.kit.counter.ticket
    assert park_nothing is not None
    floor.kit.counter.put(park_nothing)

    floor.scan(parked_ticket_code(basket_id))

    assert floor.entry == "Park or finish this ticket first"


def test_with_nothing_parked_f4_says_so(floor: Floor) -> None:
    floor.press(Qt.Key.Key_F4)

    assert floor.entry == "No ticket is parked"
    assert floor.panel is None
