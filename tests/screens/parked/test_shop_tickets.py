"""Going on with a ticket of another till: the hub is asked first, and every answer has words."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.scan_codes import parked_ticket_code
from pos.screens.override.view import OverridePanel
from pos.screens.parked.view import ParkedPanel
from pos.screens.ports import LinkState, LinkStatus, Sound
from pos.services.hub_calls import Claim, ClaimState, HubAway
from tests.screens.counter_kit import MARTA
from tests.screens.parked.shop import content_of, mirrored, tell, ticket_of
from tests.screens.parked.test_parking import GRANTED, park
from tests.screens.shop_floor import BLANKET, OIL, Floor

OTHERS = ticket_of()
OFFLINE = LinkStatus(LinkState.OFFLINE, since_ms=1)


def granted(fence: int = 1) -> Claim:
    return Claim(ClaimState.GRANTED, fence, content=content_of(OTHERS))


@pytest.fixture
def shop(floor: Floor) -> Floor:
    """Return a till that was told of a ticket parked at the first till."""
    tell(floor.folder, mirrored(OTHERS))
    return floor


def panel_of(floor: Floor) -> ParkedPanel:
    panel = floor.panel
    assert isinstance(panel, ParkedPanel)
    return panel


def open_panel(floor: Floor) -> ParkedPanel:
    floor.press(Qt.Key.Key_F4)
    return panel_of(floor)


def names(floor: Floor) -> list[str]:
    return [line[1] for line in floor.lines]


def test_the_list_says_where_who_and_how_much_and_how_old_that_is(shop: Floor) -> None:
    shop.scan(OIL)
    park(shop, "The scarf")

    panel = open_panel(shop)
    ours, others = panel.list.rows.rows

    assert ours.second.startswith("Here · Lucía · 1 article")
    assert (others.title, others.second) == ("La del perro", "Till 1 · Marta · 3 lines")
    assert (others.right, others.right_second) == ("€3.06", "5\xa0min\xa0ago")
    assert "4\xa0sec\xa0ago" in panel.as_of.accessibleName()


def test_another_tills_ticket_comes_to_the_counter_when_the_hub_grants_it(shop: Floor) -> None:
    panel = open_panel(shop)
    shop.press(Qt.Key.Key_Return)
    asked = panel.closing.busy
    shop.kit.devices.hub.answer(granted(fence=7))

    assert asked
    assert len(names(shop)) == 3
    assert shop.panel is None
    ticket = shop.kit.counter.ticket
    assert ticket is not None
    assert ticket.basket.basket_id != "b-other"
    assert ticket.basket.totals.total == OTHERS.basket.totals.total
    fact = last_resumed(shop)
    assert (fact["from_basket"], fact["from_till"], fact["fence"]) == ("b-other", "FUEN-1", 7)
    assert fact["parked_at_ms"] == OTHERS.changed_at_ms > 0


def last_resumed(floor: Floor) -> dict[str, object]:
    from pos.domain.journal import FactKind
    from pos.store.outbox import AgentStore
    from tests.builders import KEY

    agent = AgentStore(floor.folder / "till.db", key=KEY)
    try:
        facts = agent.facts_from(1, 1, 10_000, 10_000_000)
    finally:
        agent.close()
    bodies = [fact.body for fact in facts if fact.kind is FactKind.BASKET_RESUMED]
    return dict(bodies[-1])


def test_a_ticket_taken_up_leaves_the_list_before_the_hub_says_so(shop: Floor) -> None:
    open_panel(shop)
    shop.press(Qt.Key.Key_Return)
    shop.kit.devices.hub.answer(granted())

    assert shop.sale.parking.waiting == 0

    tell(shop.folder, mirrored(OTHERS), cursor=2)  # the hub has not heard of it yet
    shop.kit.devices.link.tickets_changed.emit()
    assert shop.sale.parking.waiting == 0


def test_the_slip_of_another_till_is_scanned(shop: Floor) -> None:
    shop.scan(parked_ticket_code("b-other"))
    shop.kit.devices.hub.answer(granted())

    assert len(names(shop)) == 3


def test_a_slip_the_till_was_not_told_of_yet_is_good_too(floor: Floor) -> None:
    floor.scan(parked_ticket_code("b-other"))
    floor.kit.devices.hub.answer(granted())

    assert len(names(floor)) == 3


def test_the_same_slip_again_sells_nothing_twice(floor: Floor) -> None:
    floor.scan(parked_ticket_code("b-other"))
    floor.kit.devices.hub.answer(granted())
    park(floor, "mine by now")

    floor.scan(parked_ticket_code("b-other"))
    floor.kit.devices.hub.answer(granted(fence=2))

    assert floor.entry == "That ticket was taken up here already"
    assert floor.kit.counter.ticket is None
    assert floor.kit.devices.hub.released == [("b-other", 2)]


def test_a_slow_answer_is_waited_for_in_the_panel(shop: Floor, qtbot: QtBot) -> None:
    shop.scan(parked_ticket_code("b-other"))
    qtbot.waitUntil(lambda: isinstance(shop.panel, ParkedPanel))

    panel = panel_of(shop)

    assert panel.closing.busy
    assert panel.list.chosen_row == 0
    shop.kit.devices.hub.answer(granted())
    assert shop.panel is None


# -- the hub is away


def test_without_the_hub_other_tills_tickets_are_out_of_reach_and_say_so(shop: Floor) -> None:
    shop.kit.devices.link.say(OFFLINE)

    panel = open_panel(shop)
    (row,) = panel.list.rows.rows
    shop.press(Qt.Key.Key_Return)

    assert (row.second, row.tone) == ("Only from Till 1: no connection", "amber")
    assert panel.notice.isVisible()
    assert panel.notice.accessibleName() == "Only from Till 1: no connection"
    assert shop.kit.devices.hub.claims == []
    assert shop.kit.counter.ticket is None


def test_without_the_hub_the_till_goes_on_with_its_own(shop: Floor) -> None:
    shop.scan(BLANKET)
    basket_id = park(shop)
    shop.kit.devices.link.say(OFFLINE)

    shop.scan(parked_ticket_code(basket_id))

    assert names(shop) == [BLANKET.name]
    assert last_resumed(shop)["fence"] == 0


@pytest.mark.parametrize("code", ["", "revoked"])
def test_an_answer_that_does_not_come_is_as_no_hub(shop: Floor, code: str) -> None:
    shop.scan(OIL)
    basket_id = park(shop)
    shop.scan(parked_ticket_code("b-other"))
    shop.kit.devices.hub.answer(HubAway(code))
    refused = shop.entry
    shop.scan(parked_ticket_code(basket_id))
    shop.kit.devices.hub.answer(HubAway(code))

    assert refused == "Only from Till 1: no connection"
    assert names(shop) == [OIL.name]


def test_a_question_is_asked_anew_each_time_as_a_late_grant_is_given_back(shop: Floor) -> None:
    hub = shop.kit.devices.hub
    shop.scan(parked_ticket_code("b-other"))
    hub.answer(HubAway())
    shop.scan(parked_ticket_code("b-other"))
    hub.answer(Claim(ClaimState.HELD, 1, "FUEN-3", shop.kit.clock.at_ms))
    shop.scan(parked_ticket_code("b-other"))

    assert len({op_id for op_id, _, _ in hub.claims}) == 3


# -- somebody else has it


def test_a_ticket_another_till_holds_is_refused_with_who_and_since_when(shop: Floor) -> None:
    open_panel(shop)
    shop.press(Qt.Key.Key_Return)
    shop.kit.devices.hub.answer(Claim(ClaimState.HELD, 1, "FUEN-3", shop.kit.clock.at_ms))

    panel = panel_of(shop)

    assert panel.notice.accessibleName().startswith("Till 3 is taking that ticket up since")
    assert not panel.over.isVisible()
    assert shop.kit.devices.sounds.played[-1] is Sound.REFUSED


def test_a_claim_that_lies_unused_is_taken_over_with_the_permission_of_a_lead(
    shop: Floor,
) -> None:
    open_panel(shop)
    shop.press(Qt.Key.Key_Return)
    held = Claim(ClaimState.HELD, 1, "FUEN-3", shop.kit.clock.at_ms, may_be_taken_over=True)
    shop.kit.devices.hub.answer(held)

    shop.press(Qt.Key.Key_T)

    assert isinstance(shop.panel, OverridePanel)
    assert shop.kit.devices.hub.claims[-1][2] is False


def test_a_lead_at_the_till_takes_it_over_alone_and_the_fact_says_from_whom(
    open_till: object,
) -> None:
    floor: Floor = open_till(operator=MARTA)  # type: ignore[operator]
    tell(floor.folder, mirrored(OTHERS))
    hub = floor.kit.devices.hub
    floor.scan(parked_ticket_code("b-other"))
    held = Claim(ClaimState.HELD, 1, "FUEN-3", floor.kit.clock.at_ms, may_be_taken_over=True)
    hub.answer(held)
    panel_of(floor)

    floor.press(Qt.Key.Key_T)
    hub.answer(granted(fence=2))

    assert hub.claims[-1][2] is True
    assert len(names(floor)) == 3
    assert last_resumed(floor)["taken_from"] == "FUEN-3"


@pytest.mark.parametrize(
    ("holder", "text"),
    [("FUEN-3", "Till 3 took that ticket up already"), ("", "That ticket does not wait any more")],
)
def test_a_ticket_that_is_gone_is_refused(shop: Floor, holder: str, text: str) -> None:
    shop.scan(parked_ticket_code("b-other"))
    shop.kit.devices.hub.answer(Claim(ClaimState.GONE, holder=holder))

    assert shop.entry == text
    assert shop.kit.counter.ticket is None


@pytest.mark.parametrize("holder", ["", "FUEN-2"])
def test_our_own_ticket_that_the_hub_has_not_heard_of_is_taken_up(
    floor: Floor, holder: str
) -> None:
    floor.scan(OIL)
    basket_id = park(floor)
    floor.scan(parked_ticket_code(basket_id))

    floor.kit.devices.hub.answer(Claim(ClaimState.GONE, holder=holder))

    assert names(floor) == [OIL.name]


def test_our_own_ticket_another_till_went_on_with_cannot_be_taken_up(floor: Floor) -> None:
    floor.scan(OIL)
    basket_id = park(floor)
    floor.scan(parked_ticket_code(basket_id))

    floor.kit.devices.hub.answer(Claim(ClaimState.GONE, holder="FUEN-1"))

    assert floor.entry == "Till 1 took that ticket up already"
    assert floor.kit.counter.ticket is None


def test_our_own_copy_disappears_when_the_hub_tells_who_took_it(floor: Floor) -> None:
    floor.scan(OIL)
    park(floor, "The scarf")
    with floor.kit.store.reading() as records:
        (ours,) = records.tickets.parked()
    assert floor.sale.parking.waiting == 1

    tell(floor.folder, mirrored(ours, till="FUEN-2", taken_by="FUEN-1"))
    floor.kit.devices.link.tickets_changed.emit()
    waiting = floor.sale.parking.waiting
    floor.kit.devices.link.say(OFFLINE)
    floor.scan(parked_ticket_code(ours.basket.basket_id))

    assert waiting == 0
    assert floor.entry == "Till 1 took that ticket up already"
    assert floor.kit.counter.ticket is None


# -- what comes is not believed, and what cannot be used is given back


def test_a_ticket_that_cannot_be_sold_is_refused_and_given_back(shop: Floor) -> None:
    bad = {**content_of(OTHERS), "total": 1}
    shop.scan(parked_ticket_code("b-other"))
    shop.kit.devices.hub.answer(Claim(ClaimState.GRANTED, 4, content=bad))

    assert shop.entry == "That ticket cannot be read here: take it up at Till 1"
    assert shop.kit.devices.hub.released == [("b-other", 4)]
    assert shop.kit.counter.ticket is None


def test_a_ticket_too_long_to_be_sent_is_refused_and_given_back(shop: Floor) -> None:
    shop.scan(parked_ticket_code("b-other"))
    shop.kit.devices.hub.answer(Claim(ClaimState.GRANTED, 4))

    assert shop.entry == "That ticket is too long to be sent: take it up at Till 1"
    assert shop.kit.devices.hub.released == [("b-other", 4)]


def test_an_article_scanned_while_the_hub_is_asked_keeps_the_counter(shop: Floor) -> None:
    shop.scan(parked_ticket_code("b-other"))
    shop.scan(OIL)
    shop.kit.devices.hub.answer(granted(fence=3))

    assert names(shop) == [OIL.name]
    assert shop.entry == "Park or finish this ticket first"
    assert shop.kit.devices.hub.released == [("b-other", 3)]


def test_a_grant_that_comes_after_the_till_was_locked_is_given_back(shop: Floor) -> None:
    shop.scan(parked_ticket_code("b-other"))
    shop.kit.counter.work_as(None)
    shop.kit.devices.hub.answer(granted(fence=3))

    assert shop.kit.devices.hub.released == [("b-other", 3)]
    assert shop.kit.counter.ticket is None


def test_with_a_ticket_at_the_counter_the_hub_is_not_asked(shop: Floor) -> None:
    shop.scan(OIL)

    shop.scan(parked_ticket_code("b-other"))

    assert shop.entry == "Park or finish this ticket first"
    assert shop.kit.devices.hub.claims == []


def test_our_own_ticket_keeps_its_id_and_carries_the_number_of_the_claim(floor: Floor) -> None:
    floor.scan(OIL)
    basket_id = park(floor)
    floor.scan(parked_ticket_code(basket_id))
    floor.kit.devices.hub.answer(GRANTED)

    assert floor.kit.counter.ticket is not None
    assert floor.kit.counter.ticket.basket.basket_id == basket_id
    assert last_resumed(floor)["fence"] == 1
