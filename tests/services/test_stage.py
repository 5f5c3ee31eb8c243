"""Parcels arrive, stand on shelves, move, and go back to where they are sold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.collection import OrderState, ParcelState
from pos.domain.collection_rules import NOT_NOW
from pos.domain.pickup_policy import DAY_MS
from pos.domain.scan_codes import ParcelScan
from pos.services import no_show, receive_parcels, stage
from pos.services.no_show import LongestHold, NotToRestock, ToFetch
from pos.services.order_acts import Changed, NotNow, known
from pos.services.receive_parcels import NotAwaited, ParcelReceived, SeenBefore, Stranger
from pos.services.stage import NoShelf, ParcelsLeft
from pos.services.workstation import NotAllowed, SignOn
from tests.order_builders import after, picking
from tests.services.conftest import HUGO
from tests.services.pickup_things import Shop, an_order, at_work, in_transit, know, on_shelf

PICKED = after(an_order(), *picking(an_order()))
COMING = in_transit()


def label(number: str, parcel: int) -> ParcelScan:
    return ParcelScan(number, parcel, 1)


class TestStaging:
    def test_every_parcel_gets_its_shelf_and_only_then_is_the_order_staged(
        self, shop: Shop
    ) -> None:
        know(shop, PICKED)
        who = at_work(shop)
        left = stage.place(who, PICKED.order_id, {1: "b3"}, parcels=2)
        assert left == ParcelsLeft((2,))
        done = stage.place(who, PICKED.order_id, {1: "b3", 2: "A1"}, parcels=2)
        assert isinstance(done, Changed)
        assert done.order.state is OrderState.STAGED
        assert [(one.number, one.shelf) for one in done.order.parcels] == [(1, "B3"), (2, "A1")]
        assert shop.kinds()[-1] == "order.staged"

    @pytest.mark.parametrize("typed", ["B 3", "-", "Ñ", "A" * 13])
    def test_what_is_no_shelf_is_refused_and_nothing_recorded(
        self, shop: Shop, typed: str
    ) -> None:
        know(shop, PICKED)
        said = stage.place(at_work(shop), PICKED.order_id, {1: typed}, parcels=1)
        assert said == NoShelf(typed)
        assert "order.staged" not in shop.kinds()

    def test_an_order_nobody_picked_cannot_be_staged(self, shop: Shop) -> None:
        know(shop, an_order())
        said = stage.place(at_work(shop), an_order().order_id, {1: "B3"}, parcels=1)
        assert isinstance(said, NotNow)
        assert said.code == NOT_NOW

    def test_a_parcel_moves_and_the_others_stay(self, shop: Shop) -> None:
        order = on_shelf("W-10482", "B3", "B3")
        know(shop, order)
        done = stage.move(at_work(shop), order.order_id, 2, "c1")
        assert isinstance(done, Changed)
        assert [one.shelf for one in done.order.parcels] == ["B3", "C1"]
        assert done.order.state is OrderState.READY
        uses = {use.shelf: use.parcels for use in stage.shelf_map(shop.station)}
        assert uses == {"B3": (("W-10482", 1),), "C1": (("W-10482", 2),)}

    def test_parcels_of_a_courier_keep_their_numbers(self, shop: Shop) -> None:
        know(shop, COMING)
        who = at_work(shop)
        receive_parcels.report(who, COMING.order_id, 1, ParcelState.MISSING)
        receive_parcels.report(who, COMING.order_id, 2, ParcelState.RECEIVED)
        order = known(who, COMING.order_id)
        assert order is not None
        assert stage.parcel_numbers(order) == (2,)
        done = stage.place(who, COMING.order_id, {2: "B3"}, parcels=1)
        assert isinstance(done, Changed)
        assert {one.number: one.state for one in done.order.parcels} == {
            1: ParcelState.MISSING,
            2: ParcelState.STAGED,
        }


class TestReceiving:
    def test_a_scanned_parcel_is_here_and_the_rest_still_comes(self, shop: Shop) -> None:
        know(shop, COMING)
        who = at_work(shop)
        first = receive_parcels.see(who, label("W-10600", 1))
        assert isinstance(first, ParcelReceived)
        assert (first.waiting, first.order.state) == (1, OrderState.IN_TRANSIT)
        again = receive_parcels.see(who, label("W-10600", 1))
        assert isinstance(again, SeenBefore)
        last = receive_parcels.see(who, label("W-10600", 2))
        assert isinstance(last, ParcelReceived)
        assert (last.waiting, last.order.state) == (0, OrderState.RECEIVED)

    def test_the_whole_list_is_taken_in_at_once(self, shop: Shop) -> None:
        other = in_transit("W-10601", 3)
        know(shop, COMING, other)
        who = at_work(shop)
        ids = tuple(order.order_id for order in receive_parcels.manifest(who))
        done = receive_parcels.see_all(who, ids)
        assert isinstance(done, Changed)
        assert {order.state for order in done.orders} == {OrderState.RECEIVED}
        assert shop.kinds().count("order.received") == 2
        assert receive_parcels.see_all(who, ids) == Changed(())

    def test_a_parcel_nobody_announced_is_kept_and_told(self, shop: Shop) -> None:
        know(shop, COMING)
        seen = receive_parcels.see(at_work(shop), label("W-10600", 3))
        assert isinstance(seen, ParcelReceived)
        assert seen.is_unexpected

    def test_strangers_and_orders_that_are_not_awaited_record_nothing(self, shop: Shop) -> None:
        know(shop, an_order("W-1"))
        who = at_work(shop)
        assert receive_parcels.see(who, label("W-99", 1)) == Stranger("W-99")
        assert isinstance(receive_parcels.see(who, label("W-1", 1)), NotAwaited)
        assert shop.kinds().count("order.received") == 0


class TestNoShow:
    def test_what_goes_back_is_listed_by_shelf(self, shop: Shop) -> None:
        expired = OrderState.EXPIRED
        know(
            shop,
            on_shelf("W-1", "B10", state=expired),
            on_shelf("W-2", "B2", state=expired),
            on_shelf("W-3", "A1", state=OrderState.CANCELLED, closed_at_ms=shop.clock.ms),
            on_shelf("W-4", "A2"),
        )
        listed = [order.number for order in no_show.to_restock(shop.station)]
        assert listed == ["W-3", "W-2", "W-1"]

    def test_an_order_is_back_in_stock_once_all_its_parcels_were_scanned(self, shop: Shop) -> None:
        order = on_shelf("W-1", "B3", "B3", state=OrderState.EXPIRED)
        know(shop, order)
        who = at_work(shop)
        first = no_show.fetch(who, label("W-1", 2), frozenset())
        assert isinstance(first, ToFetch)
        assert first.left == (1,)
        last = no_show.fetch(who, label("W-1", 1), frozenset({(order.order_id, 2)}))
        assert isinstance(last, ToFetch)
        assert last.left == ()
        done = no_show.restock(who, order.order_id)
        assert isinstance(done, Changed)
        assert done.order.state is OrderState.RESTOCKED
        assert no_show.to_restock(shop.station) == ()

    def test_what_somebody_may_still_collect_does_not_go_back(self, shop: Shop) -> None:
        know(shop, on_shelf("W-1"))
        who = at_work(shop)
        assert isinstance(no_show.fetch(who, label("W-1", 1), frozenset()), NotToRestock)
        assert isinstance(no_show.restock(who, on_shelf("W-1").order_id), NotNow)

    def test_an_order_is_held_longer_as_often_as_the_shop_allows(self, shop: Shop) -> None:
        now = shop.clock.ms
        order = on_shelf("W-1", hold_until_ms=now + DAY_MS)
        know(shop, order)
        who = at_work(shop)
        ends = []
        for _ in range(2):
            done = no_show.extend(who, order.order_id)
            assert isinstance(done, Changed)
            ends.append((done.order.hold_until_ms - now) // DAY_MS)
        assert ends == [8, 15]
        assert isinstance(no_show.extend(who, order.order_id), LongestHold)

    def test_no_order_is_held_beyond_its_latest_day(self, shop: Shop) -> None:
        now = shop.clock.ms
        order = on_shelf("W-1", hold_until_ms=now + DAY_MS, last_hold_ms=now + 2 * DAY_MS)
        know(shop, order)
        done = no_show.extend(at_work(shop), order.order_id)
        assert isinstance(done, Changed)
        assert done.order.hold_until_ms == now + 2 * DAY_MS

    def test_an_expired_order_that_is_held_longer_can_be_collected_again(self, shop: Shop) -> None:
        order = on_shelf("W-1", state=OrderState.EXPIRED, hold_until_ms=shop.clock.ms - DAY_MS)
        know(shop, order)
        done = no_show.extend(at_work(shop), order.order_id)
        assert isinstance(done, Changed)
        assert done.order.state is OrderState.READY
        assert done.order.hold_until_ms == shop.clock.ms + 7 * DAY_MS

    def test_what_the_centre_decides_is_asked_for_and_written_down(self, shop: Shop) -> None:
        order = on_shelf("W-1")
        know(shop, order)
        who = at_work(shop)
        with pytest.raises(NotAllowed):
            no_show.ask_cancel(who, order.order_id, "Ya no lo quiere")
        lead = SignOn(shop.station, HUGO)
        asked = no_show.ask_cancel(lead, order.order_id, "Ya no lo quiere")
        assert isinstance(asked, Changed)
        assert asked.order.cancel_asked
        assert asked.order.state is OrderState.READY
        no_show.ask_reroute(who, order.order_id, " goya ")
        no_show.ask_notice(who, order.order_id)
        assert shop.kinds()[-3:] == [
            "order.cancel_asked",
            "order.reroute_asked",
            "order.notice_asked",
        ]
        assert shop.facts()[-2].body["to_shop"] == "GOYA"
        fresh = replace(an_order("W-2"))
        know(shop, fresh)
        assert isinstance(no_show.ask_notice(who, fresh.order_id), NotNow)
