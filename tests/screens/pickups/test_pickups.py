"""The queue on the screen: what is urgent is on top, and each order goes where it belongs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.collection import OrderState
from pos.domain.pickup_code import PickupCode, pickup_code_text, tag_of
from pos.domain.pickup_queue import Filter
from pos.domain.printing import PrintKind
from pos.domain.scan_codes import parcel_code, shelf_code
from pos.screens.navigator import Screen
from pos.screens.override.view_model import OverrideViewModel
from pos.screens.pickups.contact import ContactViewModel
from pos.screens.pickups.more import MoreViewModel
from pos.screens.pickups.view import PickupsPage
from pos.screens.pickups.view_model import MOST_SHOWN, PickupsViewModel
from pos.screens.ports import LinkState, LinkStatus, Sound
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services.hub_calls import FoundOrder, FoundOrders, HubAway
from tests.screens.counter_kit import MARTA, open_kit
from tests.screens.pickup_kit import (
    DAY_MS,
    Shop,
    an_order,
    know,
    line_of,
    ready,
    shop_orders,
    tell,
)
from tests.screens.shop_floor import CANDLE, CUP


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[Shop]:
    kit = open_kit(tmp_path)
    made = Shop(kit, tmp_path, shop_orders(kit.clock.at_ms))
    made.go(Screen.PICKUPS)
    yield made
    kit.close()


def page(shop: Shop) -> PickupsPage:
    found = shop.window.page(Screen.PICKUPS)
    assert isinstance(found, PickupsPage)
    return found


def model(shop: Shop) -> PickupsViewModel:
    return page(shop).view_model


def pickup_code(serial: int, shop: str = "FUEN") -> str:
    """Return the code of an order; nobody signed it."""
    code = PickupCode(serial, tag_of(f"o-{serial}"), 1, 30_000, shop, "00" * 64)
    return pickup_code_text(code)


def numbers(shop: Shop) -> list[str]:
    return [row.title.split(" · ")[0] for row in page(shop).list.rows.rows]


class TestTheList:
    def test_what_presses_most_is_on_top(self, shop: Shop) -> None:
        assert numbers(shop) == [
            "W-10491", "W-10482", "W-10497", "W-10498", "W-10494", "W-10377", "W-10468", "W-10473",
        ]  # fmt: skip
        first = page(shop).list.rows.rows[0]
        assert first.due.is_amber
        assert first.state_second.startswith("Marta")

    def test_each_filter_says_how_many_and_shows_them(self, shop: Shop) -> None:
        for which in Filter:
            page(shop).filters[which].click()
            assert len(numbers(shop)) == model(shop).counts[which], which
        assert model(shop).counts[Filter.NEW] == 2

    def test_arrows_move_and_turn_the_filter(self, shop: Shop) -> None:
        shop.press(Qt.Key.Key_Down, Qt.Key.Key_Down)
        assert model(shop).title.startswith("W-10497")
        shop.press(Qt.Key.Key_Right)
        assert model(shop).filter is Filter.NEW
        assert numbers(shop) == ["W-10497", "W-10498"]
        shop.press(Qt.Key.Key_Left)
        assert model(shop).filter is Filter.ALL

    def test_only_the_initial_of_a_surname_is_in_sight(self, shop: Shop) -> None:
        assert model(shop).title == "W-10491 · Nuria P."
        assert not any("Paz" in row.spoken() for row in page(shop).list.rows.rows)

    def test_paid_orders_say_so_and_the_others_what_is_to_pay(self, shop: Shop) -> None:
        pay = {row.title.split(" · ")[0]: row.to_pay for row in page(shop).list.rows.rows}
        assert pay["W-10497"] == "—"
        assert "29.00" in pay["W-10498"]

    def test_typing_looks_for_an_order_and_esc_takes_it_back(self, shop: Shop) -> None:
        shop.type("pilar")
        assert numbers(shop) == ["W-10473"]
        shop.press(Qt.Key.Key_Backspace)
        assert model(shop).text == "pila"
        shop.press(Qt.Key.Key_Escape)
        assert len(numbers(shop)) == 8
        shop.press(Qt.Key.Key_Escape)
        assert shop.screen is Screen.SALE

    def test_an_order_that_comes_while_one_looks_is_shown(self, shop: Shop, qtbot: QtBot) -> None:
        now = shop.kit.clock.at_ms
        with qtbot.waitSignal(shop.kit.counter.pickups.changed):
            tell(shop.kit, an_order(10500, "Iván Sol", promised_at_ms=now - 9 * 60_000))
        assert numbers(shop)[0] == "W-10500"

    def test_thousands_of_orders_are_counted_and_the_first_shown(self, shop: Shop) -> None:
        know(shop.kit, *(an_order(n, "Ana Gil") for n in range(1, 301)))
        shop.look()
        assert model(shop).counts[Filter.ALL] == 308
        assert len(numbers(shop)) == MOST_SHOWN

    def test_without_orders_the_screen_says_what_will_happen(self, tmp_path: Path) -> None:
        kit = open_kit(tmp_path)
        empty = Shop(kit, tmp_path, ())
        empty.go(Screen.PICKUPS)
        assert page(empty)._middle.currentWidget() is page(empty).teach
        assert not page(empty).closing.isEnabled()
        kit.close()

    def test_names_of_any_script_and_pictures_in_them_are_shown(self, shop: Shop) -> None:
        know(shop.kit, an_order(1, "محمد العربي"), an_order(2, "Zoë 🎁 Q"), an_order(3, ""))
        shop.look()
        titles = {row.title for row in model(shop).rows}
        assert {"W-1 · محمد ا.", "W-2 · Zoë 🎁.", "W-3"} <= titles

    def test_an_order_of_five_hundred_lines_is_shown_whole(self, shop: Shop) -> None:
        lines = tuple(line_of(n, CUP, 1) for n in range(1, 501))
        know(shop.kit, an_order(7, "Ana Gil", *lines))
        shop.look()
        shop.type("W-7")
        assert len(page(shop).articles.rows.rows) == 500

    def test_offline_it_says_how_old_the_orders_are(self, shop: Shop) -> None:
        shop.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
        assert model(shop).as_of


class TestWhereOrdersGo:
    @pytest.mark.parametrize(
        ("serial", "screen"),
        [
            (10497, Screen.PICKING),
            (10494, Screen.STAGING),
            (10482, Screen.HANDOVER),
        ],
    )
    def test_the_closing_key_does_what_is_next(
        self, shop: Shop, serial: int, screen: Screen
    ) -> None:
        shop.go(Screen.PICKUPS, order_id=f"o-{serial}")
        shop.press(Qt.Key.Key_Return)
        assert shop.kit.visited[-1] is screen or screen in shop.kit.visited

    def test_marked_orders_are_prepared_together(self, shop: Shop) -> None:
        shop.go(Screen.PICKUPS, order_id="o-10497")
        shop.press(Qt.Key.Key_Insert, Qt.Key.Key_Down)
        assert page(shop).closing.word == model(shop).closing.word  # type: ignore[union-attr]
        shop.press(Qt.Key.Key_Return)
        assert shop.kit.navigator.arguments["order_ids"] == ("o-10497", "o-10498")

    def test_only_orders_to_prepare_are_put_together(self, shop: Shop) -> None:
        shop.go(Screen.PICKUPS, order_id="o-10482")
        shop.press(Qt.Key.Key_Insert)
        assert shop.kit.devices.sounds.played[-1] is Sound.REFUSED
        assert model(shop).said

    def test_a_pickup_code_goes_to_the_handover(self, shop: Shop) -> None:
        shop.scan(pickup_code(10482))
        assert Screen.HANDOVER in shop.kit.visited

    def test_a_pickup_code_of_an_order_that_is_not_ready_shows_its_state(self, shop: Shop) -> None:
        shop.scan(pickup_code(10498))
        assert shop.screen is Screen.PICKUPS
        assert model(shop).title.startswith("W-10498")

    def test_an_article_goes_to_the_order_that_wants_it(self, shop: Shop) -> None:
        shop.scan(CANDLE.sku)
        assert shop.screen is Screen.PICKING
        assert shop.kit.navigator.arguments["order_ids"] == ("o-10498",)

    def test_a_label_chooses_its_order_and_a_shelf_what_stands_on_it(self, shop: Shop) -> None:
        shop.scan(parcel_code("W-10468", 2, 1))
        assert model(shop).title.startswith("W-10468")
        shop.scan(shelf_code("B3"))
        assert numbers(shop) == ["W-10482"]

    @pytest.mark.parametrize("text", ["hello", parcel_code("W-9", 1, 1), shelf_code("Z9")])
    def test_what_belongs_to_no_order_is_refused_in_words(self, shop: Shop, text: str) -> None:
        shop.scan(text)
        assert shop.screen is Screen.PICKUPS
        assert model(shop).said
        assert shop.kit.devices.sounds.played[-1] is Sound.REFUSED

    def test_who_comes_after_the_last_day_is_still_served(self, shop: Shop) -> None:
        know(shop.kit, ready(an_order(5, "Ana Gil"), "A9", state=OrderState.EXPIRED))
        shop.look()
        shop.scan(pickup_code(5))
        assert Screen.HANDOVER in shop.kit.visited

    def test_a_pickup_code_of_another_shop_goes_to_the_handover_for_its_answer(
        self, shop: Shop
    ) -> None:
        shop.scan(pickup_code(777, "GOYA"))
        assert Screen.HANDOVER in shop.kit.visited

    def test_an_order_that_is_not_here_is_looked_for_in_the_other_shops(self, shop: Shop) -> None:
        shop.type("zapatero")
        shop.press(Qt.Key.Key_Return)
        hub = shop.kit.devices.hub
        assert hub.looked_for_orders == ["zapatero"]
        order = ready(an_order(77, "Luz Zapatero"))
        hub.answer(FoundOrders((FoundOrder("Nogal Goya", order),)))
        assert "Nogal Goya" in model(shop).said
        shop.press(Qt.Key.Key_Return)
        hub.answer(FoundOrders())
        assert "zapatero" in model(shop).said
        shop.press(Qt.Key.Key_Return)
        hub.answer(HubAway())
        assert model(shop).said
        shop.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
        shop.press(Qt.Key.Key_Return)
        assert len(hub.looked_for_orders) == 3


class TestActs:
    def test_call_shows_the_telephone_and_names_nobody_before(self, shop: Shop) -> None:
        page(shop).call.click()
        panel = shop.panel
        assert isinstance(panel, ContactViewModel)
        assert panel.phone == "+34 600 123 456"

    def test_the_list_of_what_to_fetch_is_a_print_job(self, shop: Shop) -> None:
        shop.press(Qt.Key.Key_F7)
        (job,) = shop.kit.devices.printing.submitted
        assert job.kind is PrintKind.PICK_LIST

    def test_a_customer_who_is_here_moves_up(self, shop: Shop) -> None:
        shop.go(Screen.PICKUPS, order_id="o-10473")
        shop.press(Qt.Key.Key_F8)
        assert isinstance(shop.panel, MoreViewModel)
        shop.panel.press("here")
        assert numbers(shop).index("W-10473") == 2
        assert shop.kinds()[-1] == "order.customer_arrived"

    def test_an_order_is_kept_longer_and_told_again(self, shop: Shop) -> None:
        shop.go(Screen.PICKUPS, order_id="o-10473")
        before = shop.order(10473).hold_until_ms
        for act in ("extend", "notice"):
            shop.press(Qt.Key.Key_F8)
            assert isinstance(shop.panel, MoreViewModel)
            shop.panel.press(act)
        assert shop.order(10473).hold_until_ms == before + 7 * DAY_MS
        assert shop.kinds()[-2:] == ["order.hold_extended", "order.notice_asked"]

    def test_a_cashier_needs_leave_to_ask_for_a_cancellation(self, shop: Shop) -> None:
        shop.go(Screen.PICKUPS, order_id="o-10497")
        shop.press(Qt.Key.Key_F8)
        assert isinstance(shop.panel, MoreViewModel)
        shop.panel.press("cancel")
        assert isinstance(shop.panel, TextEntryViewModel)
        shop.panel.write("Ya no lo quiere")
        shop.panel.confirm()
        assert isinstance(shop.panel, OverrideViewModel)
        assert not shop.order(10497).cancel_asked

    def test_a_shift_lead_asks_for_it_alone(self, tmp_path: Path) -> None:
        kit = open_kit(tmp_path, operator=MARTA)
        shop = Shop(kit, tmp_path, shop_orders(kit.clock.at_ms))
        shop.go(Screen.PICKUPS, order_id="o-10497")
        shop.press(Qt.Key.Key_F8)
        assert isinstance(shop.panel, MoreViewModel)
        shop.panel.press("cancel")
        assert isinstance(shop.panel, TextEntryViewModel)
        shop.panel.write("Ya no lo quiere")
        shop.panel.confirm()
        assert shop.order(10497).cancel_asked
        assert shop.order(10497).state is OrderState.PLACED
        kit.close()

    def test_an_order_that_went_meanwhile_is_said_to_have_gone(self, shop: Shop) -> None:
        shop.go(Screen.PICKUPS, order_id="o-10473")
        shop.press(Qt.Key.Key_F8)
        gone = replace(shop.order(10473), state=OrderState.CANCELLED, closed_at_ms=1)
        know(shop.kit, gone)
        assert isinstance(shop.panel, MoreViewModel)
        shop.panel.press("notice")
        assert model(shop).said
        assert "order.notice_asked" not in shop.kinds()

    def test_expired_orders_lead_back_to_stock(self, shop: Shop) -> None:
        know(shop.kit, ready(an_order(5, "Ana Gil"), "A9", state=OrderState.EXPIRED))
        shop.go(Screen.PICKUPS, filter=Filter.TO_RESTOCK)
        assert numbers(shop) == ["W-5"]
        shop.press(Qt.Key.Key_Return)
        assert shop.screen is Screen.STAGING
        assert shop.kit.navigator.arguments["job"] == "restock"


def test_the_badge_in_the_header_leads_to_the_queue(shop: Shop) -> None:
    shop.kit.navigator.go(Screen.RECEIPTS)
    cell = shop.window.header.cell("pickups")
    assert cell.accessibleName().startswith("2 ")
    cell.click()
    assert shop.screen is Screen.PICKUPS
    shop.press(Qt.Key.Key_Escape)
    assert shop.kit.visited[-1] is Screen.RECEIPTS


def test_f5_leads_there_from_the_sale_and_the_ticket_stays(shop: Shop) -> None:
    shop.kit.navigator.go(Screen.SALE)
    ticket = shop.kit.sell(1_00)
    shop.press(Qt.Key.Key_F5)
    assert shop.screen is Screen.PICKUPS
    assert shop.kit.counter.ticket == ticket
