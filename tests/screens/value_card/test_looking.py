"""A card scanned while a ticket is made: what is on it is said, and nothing else is offered."""

from __future__ import annotations

from pos.domain.scan_codes import stored_value_code
from pos.domain.stored_value import CODE_LENGTH, StoredValueKind
from pos.screens.ports import LinkState, LinkStatus
from pos.screens.value_card.view import ValueCardPanel
from tests.screens.shop_floor import CUP, Floor
from tests.screens.value_card.test_value_card import GIFT, card

NOTE = stored_value_code(StoredValueKind.STORE_CREDIT, "3" * CODE_LENGTH)


def test_a_card_scanned_at_the_sale_is_only_looked_at(floor: Floor) -> None:
    floor.scan(CUP)
    floor.scan(GIFT)
    floor.kit.devices.hub.answer(card(20_00, free=15_00))

    panel = floor.panel
    assert isinstance(panel, ValueCardPanel)
    assert not panel.pad.isVisible()
    assert panel.view_model.balance == "€20.00"
    assert ("Free", "€15.00") in panel.view_model.facts
    panel.view_model.confirm()
    assert floor.kit.devices.hub.reserved == []


def test_a_card_looked_at_at_the_sale_without_connection_says_so(floor: Floor) -> None:
    floor.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
    floor.scan(NOTE)

    panel = floor.panel
    assert isinstance(panel, ValueCardPanel)
    assert "No connection" in panel.message.text()
