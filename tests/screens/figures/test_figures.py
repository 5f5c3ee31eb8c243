"""Pickups in figures: the shop's when the hub answers, this till's own when it does not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from pos.domain.collection import Order, OrderState
from pos.domain.collection_events import CustomerArrived
from pos.domain.pickup_figures import Bar, PickupFigures, Spread, figures_of, period_of
from pos.domain.product_note import NoteTally
from pos.screens.figures.view import FiguresPage
from pos.screens.figures.view_model import FiguresViewModel
from pos.screens.navigator import Screen
from pos.services.hub_calls import HubAway
from pos.services.orders import happen
from pos.services.pickup_figures import look_up
from tests.order_builders import customer_order, handover, staged
from tests.screens.counter_kit import Kit

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def keep(kit: Kit, *orders: Order) -> None:
    with kit.store.transaction() as records:
        for order in orders:
            records.orders.save(order)


def of_hub(kit: Kit, days: int = 1, **changes: object) -> PickupFigures:
    now_ms = kit.clock.at_ms
    period = period_of(days, now_ms, "UTC")
    figures = replace(
        figures_of((), period),
        until_ms=now_ms,
        ready=Spread(12, 25 * MINUTE, 40 * MINUTE),
        handover=Spread(9, 3 * MINUTE, 8 * MINUTE),
        waiting=2,
        to_prepare=4,
        on_shelf=7,
        no_shows=2,
        finished=61,
        short=3,
        wanted=250,
        bars=tuple(Bar(start, 3, 2, 25 * MINUTE) for start in period.starts),
    )
    return replace(figures, **changes)  # type: ignore[arg-type]


def open_page(kit: Kit, qtbot: QtBot, *, size: tuple[int, int] = (1366, 768)) -> FiguresPage:
    page = FiguresPage(FiguresViewModel(kit.counter, kit.navigator))
    kit.show(Screen.FIGURES, page, size)
    qtbot.waitUntil(lambda: page.view_model.figures is not None)
    return page


def test_the_figures_of_the_whole_shop_take_the_place_of_the_tills(kit: Kit, qtbot: QtBot) -> None:
    model = open_page(kit, qtbot).view_model
    assert model.source == "as far as this till knows"

    kit.devices.hub.answer(of_hub(kit))

    assert kit.devices.hub.asked_figures == [("FUEN", 1, "UTC")]
    assert plain(model.source).startswith("whole shop, ")
    assert model.notice == ""
    assert [plain(tile.value) for tile in model.tiles] == [
        "25 mins",
        "3 mins",
        "2",
        "3.3%",
        "1.2%",
    ]
    assert plain(model.tiles[0].second) == "9 of 10 within 40 mins\n12 orders"

    assert model.tiles[2].second == "4 to prepare\n7 on the shelf"
    assert model.tiles[4].second == "3 of 250 pieces"


def test_what_customers_said_is_told_by_the_hub_alone_even_where_nothing_is_collected(
    kit: Kit, qtbot: QtBot
) -> None:
    page = open_page(kit, qtbot)
    assert page.noted.isHidden()
    nothing = figures_of((), period_of(1, kit.clock.at_ms, "UTC"))

    kit.devices.hub.answer(replace(nothing, noted=NoteTally(0, 0, 0)))
    assert page.view_model.is_empty
    page.view_model.entered()
    kit.devices.hub.answer(replace(nothing, noted=NoteTally(3, 1, 0)))

    assert not page.view_model.is_empty
    assert page.noted.isVisible()
    assert "3 wish" in page.noted.accessibleName()


def test_without_the_hub_the_till_says_what_it_knows_and_how_old_that_is(
    kit: Kit, qtbot: QtBot
) -> None:
    now_ms = kit.clock.at_ms
    keep(kit, customer_order(placed_at_ms=now_ms - MINUTE))
    model = open_page(kit, qtbot).view_model

    kit.devices.hub.answer(HubAway())

    assert not model.is_empty
    assert model.notice.startswith("The centre does not answer")
    assert model.tiles[2].second == "1 to prepare\n0 on the shelf"


def test_what_was_done_at_this_till_is_counted_here(kit: Kit) -> None:
    sign_on, now_ms = kit.counter.sign_on, kit.clock.at_ms
    order = replace(
        staged(customer_order(placed_at_ms=now_ms - 40 * MINUTE)),
        state=OrderState.READY,
        ready_at_ms=now_ms - 10 * MINUTE,
    )
    keep(kit, order)
    with kit.store.transaction() as records:
        happen(sign_on, records, CustomerArrived(order.order_id, "lucia"))
    kit.clock.at_ms += 4 * MINUTE
    with kit.store.transaction() as records:
        happen(sign_on, records, handover(order))

    figures = look_up(kit.counter.station, 1).figures

    assert figures.handover == Spread(1, 4 * MINUTE, 4 * MINUTE)
    assert figures.ready == Spread(1, 30 * MINUTE, 30 * MINUTE)
    assert (figures.finished, figures.on_shelf, figures.waiting) == (1, 0, 0)


def test_a_late_answer_about_another_period_is_not_shown(kit: Kit, qtbot: QtBot) -> None:
    model = open_page(kit, qtbot).view_model
    model.choose(7)
    qtbot.waitUntil(lambda: model.figures is not None)

    kit.devices.hub.answer(of_hub(kit, 1))

    assert not model.is_from_hub
    assert kit.devices.hub.asked_figures[-1] == ("FUEN", 7, "UTC")


def test_periods_are_chosen_with_keys_and_numbers(kit: Kit, qtbot: QtBot) -> None:
    page = open_page(kit, qtbot)

    QTest.keyClick(page, Qt.Key.Key_3)
    assert (page.view_model.days, page.periods[30].chosen) == (30, True)
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert page.view_model.days == 7
    page.periods[1].click()
    assert page.view_model.days == 1
    QTest.keyClick(page, Qt.Key.Key_Left)
    assert page.view_model.days == 1


def test_a_shop_without_orders_is_told_what_will_be_here(kit: Kit, qtbot: QtBot) -> None:
    page = open_page(kit, qtbot)

    assert page.view_model.is_empty
    assert page.body.currentIndex() == 1


def test_a_day_is_drawn_by_its_opening_hours_and_longer_where_something_happened(
    kit: Kit, qtbot: QtBot
) -> None:
    page = open_page(kit, qtbot)
    period = period_of(1, kit.clock.at_ms, "UTC")
    bars = tuple(Bar(start) for start in period.starts)

    kit.devices.hub.answer(of_hub(kit, bars=(*bars[:6], replace(bars[6], placed=1), *bars[7:])))

    assert page.orders.plot.places == tuple(str(hour) for hour in range(6, 21))
    assert page.orders.plot.spoken == "1 placed, 0 handed over"


def test_a_month_is_drawn_by_the_day_with_a_scale_in_minutes_or_hours(
    kit: Kit, qtbot: QtBot
) -> None:
    page = open_page(kit, qtbot)
    page.view_model.choose(30)
    qtbot.waitUntil(lambda: page.view_model.figures is not None)

    kit.devices.hub.answer(of_hub(kit, 30))

    assert len(page.times.plot.places) == 30
    assert [plain(word) for _, word in page.times.plot.ticks] == [
        "0", "5 mins", "10 mins", "15 mins", "20 mins", "25 mins",
    ]  # fmt: skip


@pytest.mark.parametrize("came_from", [Screen.PICKUPS, Screen.SALE])
def test_back_leads_where_the_cashier_came_from(kit: Kit, qtbot: QtBot, came_from: Screen) -> None:
    page = open_page(kit, qtbot)
    kit.navigator.go(Screen.FIGURES, back=came_from)

    QTest.keyClick(page, Qt.Key.Key_Escape)

    assert kit.navigator.current is came_from
