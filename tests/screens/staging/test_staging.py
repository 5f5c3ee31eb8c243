"""Work with parcels on the screen: shelves, labels, the courier, back to stock."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from pos.domain.collection import OrderState, Parcel, ParcelState
from pos.domain.printing import PrintKind
from pos.domain.scan_codes import parcel_code, shelf_code
from pos.screens.navigator import Screen
from pos.screens.ports import Sound
from pos.screens.staging.job import Job
from pos.screens.staging.view import StagingPage
from pos.screens.text_entry.view_model import TextEntryViewModel
from tests.order_builders import after, picking
from tests.screens.counter_kit import open_kit
from tests.screens.pickup_kit import Shop, an_order, know, ready

PICKED = after(an_order(1, "Ana Gil"), *picking(an_order(1, "Ana Gil")))
COMING = replace(
    an_order(2, "Eva Ruiz"),
    state=OrderState.IN_TRANSIT,
    from_shop="GOYA",
    parcels=tuple(Parcel(number, state=ParcelState.IN_TRANSIT) for number in (1, 2)),
)
EXPIRED = ready(an_order(3, "Ivo Paz"), "A1", "A1", state=OrderState.EXPIRED)
WAITS = ready(an_order(4, "Leo Sanz"), "B2")


@pytest.fixture
def shop(tmp_path: Path, qapp: object) -> Iterator[Shop]:
    kit = open_kit(tmp_path)
    yield Shop(kit, tmp_path, (PICKED, COMING, EXPIRED, WAITS))
    kit.close()


def page(shop: Shop) -> StagingPage:
    found = shop.window.page(Screen.STAGING)
    assert isinstance(found, StagingPage)
    return found


def job(shop: Shop) -> Job:
    found = page(shop).view_model.job
    assert found is not None
    return found


def heard(shop: Shop) -> Sound:
    return shop.kit.devices.sounds.played[-1]


def shelves(shop: Shop, serial: int) -> list[str]:
    return [parcel.shelf for parcel in shop.order(serial).parcels]


class TestShelving:
    def test_a_scanned_shelf_and_enter_put_the_order_there_with_its_label(
        self, shop: Shop
    ) -> None:
        shop.go(Screen.STAGING, job="stage", order_id="o-1")
        assert not page(shop).closing.isEnabled()
        shop.scan(shelf_code("B3"))
        shop.press(Qt.Key.Key_Return)
        assert shop.order(1).state is OrderState.STAGED
        assert shelves(shop, 1) == ["B3"]
        assert [one.kind for one in shop.kit.devices.printing.submitted] == [
            PrintKind.PARCEL_LABEL
        ]
        assert shop.order(1).parcels[0].print_number == 1
        assert shop.kinds()[-2:] == ["order.staged", "order.label_printed"]
        assert shop.screen is Screen.PICKUPS
        assert heard(shop) is Sound.DONE

    def test_parcels_may_stand_apart(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="stage", order_id="o-1")
        shop.press(Qt.Key.Key_Plus)
        shop.scan(shelf_code("B3"))
        assert job(shop).chosen == 1
        shop.scan(shelf_code("C1"))
        shop.press(Qt.Key.Key_Return)
        assert shelves(shop, 1) == ["B3", "C1"]
        assert len(shop.kit.devices.printing.submitted) == 2

    def test_the_rest_goes_to_the_same_shelf_by_one_key(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="stage", order_id="o-1")
        shop.press(Qt.Key.Key_Plus, Qt.Key.Key_Plus, Qt.Key.Key_Minus, Qt.Key.Key_Plus)
        shop.scan(shelf_code("B3"))
        shop.press(Qt.Key.Key_F4, Qt.Key.Key_Return)
        assert shelves(shop, 1) == ["B3", "B3", "B3"]

    def test_a_shelf_is_typed_too_and_what_is_none_refused(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="stage", order_id="o-1")
        shop.type("b")
        panel = shop.panel
        assert isinstance(panel, TextEntryViewModel)
        panel.write("B 3")
        panel.confirm()
        assert heard(shop) is Sound.REFUSED
        shop.press(Qt.Key.Key_F2)
        again = shop.panel
        assert isinstance(again, TextEntryViewModel)
        again.write("b3")
        again.confirm()
        shop.press(Qt.Key.Key_Return)
        assert shelves(shop, 1) == ["B3"]

    def test_a_parcel_moves_and_gets_no_new_label(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="move", order_id="o-4")
        assert not page(shop).closing.isEnabled()
        shop.scan(parcel_code("W-4", 1, 1))
        shop.scan(shelf_code("D9"))
        shop.press(Qt.Key.Key_Return)
        assert shelves(shop, 4) == ["D9"]
        assert shop.kit.devices.printing.submitted == []

    def test_another_label_makes_the_older_one_void(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="move", order_id="o-4")
        shop.press(Qt.Key.Key_F7)
        assert shop.order(4).parcels[0].print_number == 2
        assert len(shop.kit.devices.printing.submitted) == 1

    def test_the_label_of_another_order_is_refused(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="stage", order_id="o-1")
        shop.scan(parcel_code("W-4", 1, 1))
        assert heard(shop) is Sound.REFUSED
        shop.scan("8410000000017")
        assert heard(shop) is Sound.REFUSED

    def test_an_order_that_is_cancelled_meanwhile_is_not_shelved(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="stage", order_id="o-1")
        shop.scan(shelf_code("B3"))
        know(shop.kit, replace(PICKED, state=OrderState.CANCELLED, closed_at_ms=1))
        shop.press(Qt.Key.Key_Return)
        assert heard(shop) is Sound.REFUSED
        assert "order.staged" not in shop.kinds()


class TestTheCourier:
    def test_parcels_are_ticked_off_and_a_whole_order_goes_on(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="receive")
        assert len(job(shop).rows) == 2
        shop.scan(parcel_code("W-2", 1, 1))
        assert heard(shop) is Sound.ACCEPTED
        assert not page(shop).closing.isEnabled()
        shop.scan(parcel_code("W-2", 2, 1))
        assert heard(shop) is Sound.DONE
        shop.press(Qt.Key.Key_Return)
        assert shop.kit.navigator.arguments["order_ids"] == ("o-2",)
        assert len(job(shop).rows) == 2

    def test_the_whole_list_at_once(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="receive")
        shop.press(Qt.Key.Key_F4)
        assert shop.order(2).state is OrderState.RECEIVED

    def test_a_damaged_parcel_is_reported(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="receive")
        shop.press(Qt.Key.Key_Down, Qt.Key.Key_F6)
        assert shop.order(2).parcels[1].state is ParcelState.DAMAGED
        assert job(shop).rows[1].is_amber

    def test_strangers_and_repetitions_are_refused(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="receive")
        shop.scan(parcel_code("W-2", 1, 1))
        for label in (parcel_code("W-2", 1, 1), parcel_code("W-99", 1, 1)):
            shop.scan(label)
            assert heard(shop) is Sound.REFUSED
        assert shop.kinds().count("order.received") == 1


class TestBackToStock:
    def test_an_order_is_back_with_its_last_parcel(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="restock")
        assert [row.right for row in job(shop).rows] == ["A1"]
        shop.scan(parcel_code("W-3", 1, 1))
        assert shop.order(3).state is OrderState.EXPIRED
        shop.scan(parcel_code("W-3", 2, 1))
        assert shop.order(3).state is OrderState.RESTOCKED
        assert heard(shop) is Sound.DONE
        assert job(shop).rows == ()

    def test_a_parcel_that_lost_its_label_goes_back_by_hand(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="restock")
        shop.press(Qt.Key.Key_Return)
        assert shop.order(3).state is OrderState.EXPIRED
        shop.press(Qt.Key.Key_F4, Qt.Key.Key_Return)
        assert shop.order(3).state is OrderState.RESTOCKED

    def test_what_somebody_may_collect_stays(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="restock")
        shop.scan(parcel_code("W-4", 1, 1))
        assert heard(shop) is Sound.REFUSED
        assert shop.order(4).state is OrderState.READY

    def test_an_expired_order_is_kept_longer_after_all(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="restock")
        shop.press(Qt.Key.Key_F6)
        assert shop.order(3).state is OrderState.READY
        assert job(shop).rows == ()


class TestTheMap:
    def test_each_shelf_says_what_stands_on_it(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="shelves")
        rows = [(row.title, row.second, row.right) for row in job(shop).rows]
        assert rows == [("A1", "W-3 (1, 2)", "2"), ("B2", "W-4 (1)", "1")]

    @pytest.mark.parametrize("asked", [parcel_code("W-4", 1, 1), "W-4", "leo"])
    def test_it_says_where_an_order_is_and_moves_it(self, shop: Shop, asked: str) -> None:
        shop.go(Screen.STAGING, job="shelves")
        if asked.startswith("ML:"):
            shop.scan(asked)
        else:
            shop.press(Qt.Key.Key_F2)
            panel = shop.panel
            assert isinstance(panel, TextEntryViewModel)
            panel.write(asked)
            panel.confirm()
        said = job(shop).said
        assert said is not None
        assert said.title == "W-4: B2"
        shop.press(Qt.Key.Key_Return)
        assert shop.kit.navigator.arguments["order_ids"] == ("o-4",)

    def test_what_nobody_ordered_is_nowhere(self, shop: Shop) -> None:
        shop.go(Screen.STAGING, job="shelves")
        shop.scan(parcel_code("W-99", 1, 1))
        assert heard(shop) is Sound.REFUSED
