"""Looking a price up without selling."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from pos.domain.promotion import CouponUse, Goods, NthUnit, PercentOff, Promotion
from pos.screens.navigator import Screen
from pos.screens.ports import Sound
from pos.screens.price_check.view import PriceCheckPanel
from tests.builders import MORNING_MS
from tests.fakes.promotions import KnownPromotions
from tests.screens.shop_floor import CUP, CUP_SET, MOKA, OIL, Floor


def begin(floor: Floor) -> PriceCheckPanel:
    floor.press(Qt.Key.Key_F8)
    assert isinstance(floor.panel, PriceCheckPanel)
    return floor.panel


def test_a_scan_shows_price_and_stock_and_sells_nothing(floor: Floor) -> None:
    floor.scan(OIL)
    panel = begin(floor)

    floor.scan(CUP)

    words = panel.view_model.words
    assert words is not None
    assert (words.name, words.price, words.stock.level) == (CUP.name, "€9.95", "14 here")
    assert [line[1] for line in floor.lines] == [OIL.name]


def test_what_is_on_offer_is_said_and_what_needs_a_coupon_is_not(floor: Floor) -> None:
    counter = floor.kit.counter
    valid = (MORNING_MS - 1, MORNING_MS + 1)
    on_cups = Goods(skus=frozenset({CUP.sku}))
    known = KnownPromotions(
        Promotion("cups", "2.ª taza al 50 %", NthUnit(2, 50_00), *valid, goods=on_cups),
        Promotion("code", "Vale", PercentOff(5_00), *valid, coupon=CouponUse.SHARED, code="VALE"),
        Promotion("over", "Pasada", PercentOff(5_00), 0, MORNING_MS - 1, goods=on_cups),
    )
    counter.station = replace(counter.station, promotions=known)
    counter.work_as(replace(counter.sign_on, station=counter.station))
    floor.kit.navigator.go(Screen.SALE)
    panel = begin(floor)

    floor.scan(CUP)

    assert panel.view_model.facts[0] == ("Promotion", "2.ª taza al 50 %")
    assert [what for what, _ in panel.view_model.facts].count("Promotion") == 1


def test_old_stock_asks_to_look(floor: Floor) -> None:
    panel = begin(floor)

    floor.scan(CUP_SET)

    assert panel.view_model.words is not None
    assert panel.view_model.words.stock.is_doubtful


def test_an_article_is_found_by_typing(floor: Floor, qtbot: QtBot) -> None:
    panel = begin(floor)

    floor.type("cafetera")
    qtbot.waitUntil(lambda: panel.view_model.search.is_settled)
    floor.press(Qt.Key.Key_Return)

    assert panel.view_model.words is not None
    assert panel.view_model.words.name == MOKA.name


def test_an_unknown_code_says_so_aloud(floor: Floor) -> None:
    panel = begin(floor)

    floor.scan("8499999999990")

    assert panel.view_model.message == "No product has the code 8499999999990"
    assert floor.kit.devices.sounds.played == [Sound.REFUSED]


def test_a_code_of_two_articles_says_that_there_are_two(floor: Floor) -> None:
    panel = begin(floor)

    floor.scan("8410000000086")

    assert panel.view_model.message == "2 products share this code"


def test_f8_again_closes_it(floor: Floor) -> None:
    begin(floor)

    floor.press(Qt.Key.Key_F8)

    assert floor.panel is None
