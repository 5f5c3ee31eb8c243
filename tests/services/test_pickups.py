"""The queue of the shop, and what its codes lead to."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import OrderState
from pos.domain.pickup_code import PickupCode, pickup_code_text, tag_of
from pos.domain.pickup_queue import Filter, Light
from pos.domain.scan_codes import parcel_code, shelf_code
from pos.services import pickups
from pos.services.pickups import NothingToCollect, OrderFound, OrderNotHere, ShelfSeen, WantedBy
from tests.services.pickup_things import (
    OIL,
    Shop,
    an_order,
    at_work,
    gtin_of,
    in_transit,
    know,
    on_shelf,
    scanned,
)

MINUTE_MS = 60_000


def test_the_board_shows_what_is_to_be_done_and_not_what_is_over(shop: Shop) -> None:
    now = shop.clock.ms
    over = on_shelf("W-1", state=OrderState.COLLECTED, closed_at_ms=now)
    gone = replace(an_order("W-2"), state=OrderState.CANCELLED, closed_at_ms=now)
    lying = on_shelf("W-3", state=OrderState.CANCELLED, closed_at_ms=now)
    late = an_order("W-4", promised_at_ms=now - MINUTE_MS)
    know(shop, over, gone, lying, late, on_shelf("W-5"), in_transit())
    board = pickups.board(shop.station)
    numbers = [entry.order.number for entry in board.entries]
    assert numbers == ["W-4", "W-10600", "W-3", "W-5"]
    assert board.counts[Filter.NEW] == board.counts[Filter.READY] == 1
    assert board.only(Filter.TO_RESTOCK)[0].order.number == "W-3"


def test_the_shops_own_day_says_what_expires_today(shop: Shop) -> None:
    station = replace(shop.station, time_zone="America/Mexico_City")
    ends = pickups.moment(station).day_ends_ms
    assert 0 < ends - shop.clock.ms <= 24 * 60 * MINUTE_MS
    know(shop, on_shelf(hold_until_ms=ends))
    (entry,) = pickups.board(station).entries
    assert entry.due.light is Light.EXPIRES_TODAY
    assert pickups.moment(shop.station).day_ends_ms != ends


def test_an_order_is_found_by_what_the_customer_says(shop: Shop) -> None:
    know(shop, an_order("W-10482"), an_order("W-10999", customer_name="Nuria Paz", phone=""))
    for said in ("w-10482", "10482", "carmen", "ORTEGA", "600123456", "carmen@example.com"):
        numbers = [entry.order.number for entry in pickups.find(shop.station, said)]
        assert numbers[:1] == ["W-10482"], said
    assert pickups.find(shop.station, "  ") == ()
    assert pickups.find(shop.station, "zapatero") == ()


def test_a_collected_order_is_still_found_by_its_whole_number(shop: Shop) -> None:
    know(shop, on_shelf("W-7", state=OrderState.COLLECTED, closed_at_ms=shop.clock.ms))
    assert pickups.find(shop.station, "W-7")[0].order.state is OrderState.COLLECTED


def test_each_code_leads_to_its_order(shop: Shop) -> None:
    order = on_shelf("W-10482")
    know(shop, order, an_order("W-1"))
    code = pickup_code_text(
        PickupCode(10482, tag_of(order.order_id), 1, 30_000, "FUEN", "00" * 64)
    )
    found = pickups.scan(shop.station, scanned(code))
    assert isinstance(found, OrderFound)
    assert (found.order, found.code is not None) == (order, True)
    other = pickup_code_text(PickupCode(10482, 7, 1, 30_000, "FUEN", "00" * 64))
    assert isinstance(pickups.scan(shop.station, scanned(other)), OrderNotHere)
    label = scanned(parcel_code("W-10482", 1, 1))
    assert pickups.scan(shop.station, label) == OrderFound(order)
    shelf = pickups.scan(shop.station, scanned(shelf_code("B3")))
    assert shelf == ShelfSeen("B3", (order,))
    wanted = pickups.scan(shop.station, scanned(gtin_of(OIL)))
    assert isinstance(wanted, WantedBy)
    assert [one.number for one in wanted.orders] == ["W-1"]


def test_codes_of_nothing_here_say_so(shop: Shop) -> None:
    stranger = pickups.scan(shop.station, scanned(parcel_code("W-99", 1, 1)))
    assert stranger == OrderNotHere("W-99")
    assert isinstance(pickups.scan(shop.station, scanned("hello")), NothingToCollect)


def test_a_customer_who_waits_is_written_down(shop: Shop) -> None:
    order = on_shelf()
    know(shop, order)
    pickups.arrived(at_work(shop), order.order_id)
    (entry,) = pickups.board(shop.station).entries
    assert entry.due.light is Light.HERE
    pickups.arrived(at_work(shop), order.order_id, is_here=False)
    assert pickups.board(shop.station).counts[Filter.CUSTOMER_HERE] == 0
