"""Fetching on the screen: each scan is judged, each shortage told, and nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.domain.collection import Order, OrderState, ShortReason, SubstituteState
from pos.screens.navigator import Screen
from pos.screens.picking.view import PickingPage
from pos.screens.picking.view_model import PickingViewModel
from pos.screens.pickups.view import PickupsPage
from pos.screens.ports import LinkState, LinkStatus, Sound
from pos.screens.search.view_model import SearchViewModel
from pos.screens.text_entry.view_model import TextEntryViewModel
from pos.services.hub_calls import HeldLine, HubAway, Lease
from tests.screens.counter_kit import open_kit
from tests.screens.pickup_kit import Shop, an_order, four_articles, know, line_of
from tests.screens.shop_floor import BLANKET, CANDLE, CUP, MOKA, SAND_CUP, TWIN

MINUTE_MS = 60_000
TWIN_CODE = f"{TWIN.gtin:013d}"


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[Shop]:
    kit = open_kit(tmp_path)
    orders = (
        an_order(10497, "Javier Mora", *four_articles()),
        an_order(10498, "Inés Rubio", line_of(1, CUP, 1), line_of(2, CANDLE, 1)),
    )
    yield Shop(kit, tmp_path, orders)
    kit.close()


def begin(shop: Shop, *serials: int, answer: Lease | HubAway | None = None) -> PickingViewModel:
    """Go and fetch orders, the hub saying that they are ours."""
    ids = tuple(f"o-{serial}" for serial in serials or (10497,))
    shop.go(Screen.PICKING, order_ids=ids)
    until = Lease(shop.kit.clock.at_ms + 15 * MINUTE_MS)
    shop.kit.devices.hub.answer(until if answer is None else answer)
    return page(shop).view_model


def page(shop: Shop) -> PickingPage:
    found = shop.window.page(Screen.PICKING)
    assert isinstance(found, PickingPage)
    return found


def heard(shop: Shop) -> Sound:
    return shop.kit.devices.sounds.played[-1]


def statuses(shop: Shop) -> dict[str, str]:
    return {row.name: row.done for row in page(shop).list.rows.rows}


def choose(model: PickingViewModel, name: str) -> None:
    names = [fetch.line.name for fetch in model.fetches]
    model.choose(names.index(name))


def picked(order: Order, line: int) -> int:
    return order.line(line).picked // 1000


class TestFetching:
    def test_lines_are_in_the_order_one_walks_past_them(self, shop: Shop) -> None:
        begin(shop)
        places = [(row.place, row.place_second) for row in page(shop).list.rows.rows]
        assert places == [
            ("Pasillo 2", "B-14"), ("Pasillo 2", "C-02"), ("Pasillo 3", "D-11"),
            ("Pasillo 4", "A-07"),
        ]  # fmt: skip

    def test_a_scan_is_right_heard_and_counted(self, shop: Shop) -> None:
        model = begin(shop)
        shop.scan(CUP.sku)
        assert heard(shop) is Sound.ACCEPTED
        assert statuses(shop)[CUP.name] == "1 / 2"
        assert model.last is not None
        assert model.last.is_right
        assert CUP.name in page(shop).scan_box.accessibleName()
        assert picked(shop.order(10497), 2) == 1

    def test_a_piece_too_many_is_refused(self, shop: Shop) -> None:
        begin(shop)
        shop.scan(MOKA.sku)
        shop.scan(MOKA.sku)
        assert heard(shop) is Sound.REFUSED
        assert picked(shop.order(10497), 1) == 1

    def test_what_is_not_in_the_order_is_named_and_put_back(self, shop: Shop) -> None:
        model = begin(shop)
        shop.scan(SAND_CUP.sku)
        assert heard(shop) is Sound.REFUSED
        assert model.last is not None
        assert model.last.title == SAND_CUP.name

    def test_the_last_piece_is_taken_back(self, shop: Shop) -> None:
        begin(shop)
        shop.scan(CUP.sku)
        shop.scan(CUP.sku)
        shop.press(Qt.Key.Key_Delete)
        assert picked(shop.order(10497), 2) == 1
        shop.press(Qt.Key.Key_Delete, Qt.Key.Key_Delete)
        assert picked(shop.order(10497), 2) == 0
        assert heard(shop) is Sound.REFUSED

    def test_a_code_that_cannot_be_scanned_is_typed(self, shop: Shop) -> None:
        begin(shop)
        shop.type("8")
        panel = shop.panel
        assert isinstance(panel, TextEntryViewModel)
        assert panel.text == "8"
        panel.write(CUP.sku)
        panel.confirm()
        assert picked(shop.order(10497), 2) == 1

    @pytest.mark.parametrize("typed", [f"2*{CUP.sku}", "2*"])
    def test_several_pieces_are_counted_at_once(self, shop: Shop, typed: str) -> None:
        model = begin(shop)
        choose(model, CUP.name)
        shop.press(Qt.Key.Key_F2)
        panel = shop.panel
        assert isinstance(panel, TextEntryViewModel)
        panel.write(typed)
        panel.confirm()
        assert picked(shop.order(10497), 2) == 2

    def test_more_pieces_than_are_wanted_are_refused_together(self, shop: Shop) -> None:
        begin(shop)
        shop.press(Qt.Key.Key_F2)
        panel = shop.panel
        assert isinstance(panel, TextEntryViewModel)
        panel.write(f"3*{CUP.sku}")
        panel.confirm()
        assert heard(shop) is Sound.REFUSED
        assert picked(shop.order(10497), 2) == 0

    def test_everything_fetched_goes_to_its_shelf(self, shop: Shop) -> None:
        begin(shop)
        assert not page(shop).closing.isEnabled()
        for code in (MOKA.sku, CUP.sku, CUP.sku, TWIN_CODE, BLANKET.sku, BLANKET.sku):
            shop.scan(code)
        assert page(shop).closing.isEnabled()
        shop.press(Qt.Key.Key_Return)
        assert shop.order(10497).state is OrderState.PICKED
        assert shop.screen is Screen.STAGING
        assert heard(shop) is Sound.DONE

    def test_two_orders_at_once_are_filled_one_after_the_other(self, shop: Shop) -> None:
        model = begin(shop, 10498, 10497)
        assert len(model.rows) == 6
        model.choose([fetch.order_id for fetch in model.fetches].index("o-10498"))
        for _ in range(3):
            shop.scan(CUP.sku)
        assert picked(shop.order(10498), 1) == 1
        assert picked(shop.order(10497), 2) == 2
        assert model.last is not None
        assert "W-10497" in model.last.second


class TestProblems:
    def test_what_is_missing_is_told_with_what_follows(self, shop: Shop) -> None:
        model = begin(shop)
        choose(model, TWIN.name)
        shop.press(Qt.Key.Key_F3)
        line = shop.order(10497).line(3)
        assert line.short_reason is ShortReason.MISSING
        assert page(shop).notice.isVisible()
        assert model.progress[2] == 1
        shop.press(Qt.Key.Key_F8)
        assert shop.order(10497).line(3).short_reason is None
        assert not page(shop).notice.isVisible()

    def test_a_shortage_does_not_hold_the_order_up_but_later_does(self, shop: Shop) -> None:
        model = begin(shop, 10498)
        shop.scan(CUP.sku)
        choose(model, CANDLE.name)
        shop.press(Qt.Key.Key_F6)
        assert model.why_off
        choose(model, CANDLE.name)
        shop.press(Qt.Key.Key_F4)
        assert not model.why_off

    def test_another_article_takes_its_place_once_the_customer_agrees(self, shop: Shop) -> None:
        model = begin(shop)
        choose(model, CUP.name)
        shop.press(Qt.Key.Key_F3, Qt.Key.Key_F7)
        panel = shop.panel
        assert isinstance(panel, SearchViewModel)
        panel._on_chosen(SAND_CUP)
        offer = shop.order(10497).line(2).substitute
        assert offer is not None
        assert offer.state is SubstituteState.PROPOSED
        shop.press(Qt.Key.Key_F8)
        line = shop.order(10497).line(2)
        assert (line.sku, line.picked, line.to_pick) == (SAND_CUP.sku, 0, 2000)
        assert line.substitute is not None
        assert line.substitute.consent == "phone"
        shop.scan(SAND_CUP.sku)
        assert heard(shop) is Sound.ACCEPTED

    def test_an_order_of_which_there_is_nothing_is_cancelled_and_that_is_said(
        self, shop: Shop
    ) -> None:
        model = begin(shop, 10498)
        for name in (CUP.name, CANDLE.name):
            choose(model, name)
            shop.press(Qt.Key.Key_F3)
        shop.press(Qt.Key.Key_Return)
        assert shop.order(10498).state is OrderState.CANCELLED
        assert shop.screen is Screen.PICKUPS
        found = shop.window.page(Screen.PICKUPS)
        assert isinstance(found, PickupsPage)
        assert "W-10498" in found.view_model.said

    def test_an_order_cancelled_while_it_is_fetched_says_so(self, shop: Shop) -> None:
        model = begin(shop)
        shop.scan(CUP.sku)
        gone = replace(shop.order(10497), state=OrderState.CANCELLED, closed_at_ms=1)
        know(shop.kit, gone)
        shop.scan(CUP.sku)
        assert heard(shop) is Sound.REFUSED
        assert model.last is not None
        assert not model.last.is_right
        assert picked(shop.order(10497), 2) == 1


class TestLeases:
    def test_the_hub_is_asked_for_every_line_before_anything_is_begun(self, shop: Shop) -> None:
        shop.go(Screen.PICKING, order_ids=("o-10498",))
        hub = shop.kit.devices.hub
        assert hub.leases[-1] == ("lucia", ("o-10498",), (("o-10498", 1), ("o-10498", 2)))
        assert shop.order(10498).state is OrderState.PLACED
        shop.scan(CUP.sku)
        hub.answer(Lease(shop.kit.clock.at_ms + MINUTE_MS))
        assert shop.order(10498).picker == "lucia"
        assert picked(shop.order(10498), 1) == 1

    def test_an_order_somebody_else_fetches_is_left_to_them(self, shop: Shop) -> None:
        now = shop.kit.clock.at_ms
        held = tuple(HeldLine("o-10498", line, "FUEN-1", "marta", now + 1) for line in (1, 2))
        model = begin(shop, 10498, answer=Lease(now, held))
        assert shop.order(10498).state is OrderState.PLACED
        assert model.last is not None
        assert "Marta" in model.last.second
        shop.scan(CUP.sku)
        assert picked(shop.order(10498), 1) == 0

    @pytest.mark.parametrize("is_known", [True, False])
    def test_without_the_hub_it_goes_on_and_says_so(self, shop: Shop, is_known: bool) -> None:
        if is_known:
            shop.kit.devices.link.say(LinkStatus(LinkState.OFFLINE))
            shop.go(Screen.PICKING, order_ids=("o-10498",))
            model = page(shop).view_model
        else:
            model = begin(shop, 10498, answer=HubAway())
        assert model.leasing.is_alone
        shop.scan(CUP.sku)
        assert picked(shop.order(10498), 1) == 1

    def test_an_order_left_untouched_is_anybodys_again(self, shop: Shop) -> None:
        begin(shop, 10498)
        shop.press(Qt.Key.Key_Escape)
        assert shop.screen is Screen.PICKUPS
        assert (shop.order(10498).state, shop.order(10498).picker) == (OrderState.PLACED, "")
        assert shop.kit.devices.hub.leases[-1] == ("lucia", ("o-10498",), ())

    def test_an_order_left_half_done_stays_with_who_began(self, shop: Shop) -> None:
        begin(shop, 10498)
        shop.scan(CUP.sku)
        shop.press(Qt.Key.Key_Escape)
        assert shop.order(10498).picker == "lucia"
        begin(shop, 10498)
        assert statuses(shop)[CUP.name] == "1 / 1"
