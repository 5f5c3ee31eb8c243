"""What stops a handover at the counter, each with its own words; and how it goes on alone."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from pos.domain.collection import OrderState
from pos.domain.scan_codes import parcel_code
from pos.screens.navigator import Screen
from pos.screens.override.view import OverridePanel
from pos.services.hub_calls import ClaimState, FoundOrder, FoundOrders, HubAway, OrderClaim
from tests.builders import MORNING_MS
from tests.screens.handover.conftest import GRANTED, OFFLINE, ONLINE, Till, shelf_order


def refused(till: Till) -> tuple[str, str]:
    return till.page.told.title.text(), till.page.told.text.text()


def test_another_till_that_hands_it_over_is_named(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan_code(order)
    till.hub.answer(
        OrderClaim(ClaimState.HELD, holder="FUEN-1", since_ms=MORNING_MS, may_be_taken_over=True)
    )
    title, text = refused(till)
    assert title == "Another till has it"
    assert text.startswith("Till 1 is handing it over since ")
    till.press(Qt.Key.Key_T)
    assert till.hub.order_claims[-1][2] is True
    till.hub.answer(GRANTED)
    assert till.page.right.currentWidget() is till.page.active


def test_who_collected_it_at_another_till_is_told(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan_code(order)
    gone = OrderClaim(ClaimState.GONE, holder="FUEN-1", since_ms=MORNING_MS, detail="collected")
    till.hub.answer(gone)
    title, text = refused(till)
    assert title == "Collected already"
    assert text.startswith("Till 1 handed it over at ")
    till.press(Qt.Key.Key_Return)
    assert till.is_on(Screen.SALE)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"last_day": 3}, "The code is too old: its last day of holding is over."),
        ({"version": 0}, "A newer code was given out: ask for the latest message."),
        ({"shop": "GOYA"}, "The code is for the shop GOYA."),
        ({"serial": 77}, "The code is good, and this till knows no such order."),
    ],
)
def test_each_code_of_no_use_has_its_own_sentence(
    till: Till, changes: dict[str, object], sentence: str
) -> None:
    order = shelf_order()
    till.know(order)
    till.scan_code(order, **changes)
    assert refused(till) == ("The code is of no use here", sentence)


def test_a_code_that_was_copied_says_who_collected_and_when(till: Till) -> None:
    order = shelf_order(is_prepaid=True)
    till.at_counter(order)
    till.press(Qt.Key.Key_F10, Qt.Key.Key_Return)
    till.scan_code(order)
    assert refused(till)[1].startswith("Till 2 handed it over at ")


def test_an_order_in_another_shop_says_where_and_is_asked_for(till: Till) -> None:
    other = replace(shelf_order("W-10999"), shop="GOYA")
    till.scan_code(other, shop="GOYA")
    assert till.hub.looked_for_orders == ["W-10999"]
    till.hub.answer(FoundOrders((FoundOrder("Nogal Goya", other),)))
    assert refused(till) == ("It is in another shop", "W-10999 waits in Nogal Goya.")
    till.press(Qt.Key.Key_A)
    assert till.facts("order.reroute_asked")[0]["to_shop"] == "FUEN"
    assert refused(till)[0] == "Asked for"


def test_an_order_that_is_not_ready_notes_that_the_customer_is_here(till: Till) -> None:
    order = replace(shelf_order(), state=OrderState.PICKING)
    till.know(order)
    till.scan_code(order)
    assert refused(till)[0] == "Not ready yet"
    till.press(Qt.Key.Key_C)
    assert till.order(order).arrived_at_ms == till.kit.clock.now_ms()


def test_another_orders_label_is_refused_aloud(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan_code(order)
    till.hub.answer(GRANTED)
    till.scan(parcel_code("W-10500", 1, 1))
    assert till.model.notice is not None
    assert till.model.notice.text == "That parcel is of another order"


def test_an_order_cancelled_on_the_counter_is_told_at_once(till: Till) -> None:
    order = shelf_order()
    till.at_counter(order)
    till.know(replace(order, state=OrderState.CANCELLED, closed_at_ms=MORNING_MS))
    till.kit.devices.link.orders_changed.emit()
    assert refused(till)[0] == "Cancelled"


# -- without the hub


def test_alone_labels_are_scanned_and_the_rest_is_as_ever(till: Till) -> None:
    order = shelf_order(is_prepaid=True)
    till.know(order)
    till.kit.devices.link.say(OFFLINE)
    till.scan_code(order)
    assert till.hub.order_claims == []
    till.page.parcels.tiles[0].click()
    assert till.model.notice is not None
    assert till.model.notice.text == "Without connection the label has to be scanned"
    till.scan_parcels(order)
    assert till.page.closing.content.second == "somebody has to allow it"  # never confirmed
    till.press(Qt.Key.Key_F10)
    assert isinstance(till.panel, OverridePanel)


def test_a_hub_that_does_not_answer_leaves_the_till_alone(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.scan_code(order)
    till.hub.answer(HubAway())
    assert till.model.seen is not None
    assert till.model.seen.draft.is_isolated


def test_the_claim_is_asked_for_as_soon_as_the_hub_is_back(till: Till) -> None:
    order = shelf_order()
    till.know(order)
    till.kit.devices.link.say(OFFLINE)
    till.scan_code(order)
    till.kit.devices.link.say(ONLINE)
    till.hub.answer(GRANTED)
    assert till.model.seen is not None
    assert (till.model.seen.draft.fence, till.model.seen.draft.is_isolated) == (7, False)
