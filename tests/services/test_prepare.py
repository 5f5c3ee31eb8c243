"""Fetching what an order holds: only the right pieces count, and each is recorded at once."""

from __future__ import annotations

from dataclasses import replace

from pos.domain.collection import OrderState, ShortReason, SubstituteState
from pos.domain.collection_rules import CANCELLED_BEFORE
from pos.domain.quantity import Unit
from pos.services import prepare
from pos.services.order_acts import UNKNOWN_ORDER, Changed, NotNow
from pos.services.prepare import (
    AskHowMuch,
    NotForPicking,
    NotInOrder,
    OtherMeasure,
    OverScan,
    StillToPick,
    Unreadable,
    Verified,
)
from tests.services.conftest import COFFEE, OTHER_TWIN
from tests.services.pickup_things import (
    OIL,
    TWIN,
    Shop,
    an_order,
    at_work,
    gtin_of,
    keyed,
    know,
    line_of,
    scanned,
)

ORDER = an_order()
ID = (ORDER.order_id,)


def test_a_scanned_piece_is_verified_and_journalled(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    prepare.begin(who, ID)
    done = prepare.pick(who, ID, scanned(gtin_of(OIL)))
    assert isinstance(done, Verified)
    assert (done.line.number, done.line.picked, done.line.to_pick) == (1, 1000, 1000)
    assert shop.kinds()[-2:] == ["order.picking_begun", "order.line_picked"]
    assert prepare.orders(who, ID)[0].state is OrderState.PICKING


def test_a_piece_too_many_is_not_counted(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    for _ in range(2):
        assert isinstance(prepare.pick(who, ID, scanned(gtin_of(OIL))), Verified)
    over = prepare.pick(who, ID, scanned(gtin_of(OIL)))
    assert isinstance(over, OverScan)
    assert over.line.name == OIL.name
    assert shop.kinds().count("order.line_picked") == 2


def test_a_product_of_no_order_is_named_when_the_shop_knows_it(shop: Shop) -> None:
    order = replace(ORDER, lines=(line_of(1, OIL, 1),))
    know(shop, order)
    who = at_work(shop)
    assert prepare.pick(who, ID, keyed("wrap")) == NotInOrder("wrap", "Envoltorio")
    assert prepare.pick(who, ID, scanned("no-such-thing")) == NotInOrder("no-such-thing")
    assert isinstance(prepare.pick(who, ID, scanned("8410000000010")), Unreadable)
    assert isinstance(prepare.pick(who, ID, scanned("MS:B3" + "XX")), Unreadable)


def test_one_of_our_own_codes_is_no_product(shop: Shop) -> None:
    from pos.domain.scan_codes import shelf_code

    know(shop, ORDER)
    assert isinstance(prepare.pick(at_work(shop), ID, scanned(shelf_code("B3"))), NotForPicking)


def test_a_product_the_till_does_not_know_is_still_found_in_the_order(shop: Shop) -> None:
    line = replace(line_of(1, OIL, 1), sku="web-only", gtin=8436012340179)
    know(shop, replace(ORDER, lines=(line,)))
    done = prepare.pick(at_work(shop), ID, scanned("8436012340179"))
    assert isinstance(done, Verified)


def test_its_sku_may_be_typed_where_the_label_is_torn(shop: Shop) -> None:
    know(shop, ORDER)
    done = prepare.pick(at_work(shop), ID, keyed("oil"))
    assert isinstance(done, Verified)
    assert shop.facts()[-1].body["entry"] == "keyed"


def test_two_products_of_one_code_each_fill_their_own_line(shop: Shop) -> None:
    order = replace(ORDER, lines=(line_of(1, TWIN, 1), line_of(2, OTHER_TWIN, 1)))
    know(shop, order)
    who = at_work(shop)
    lines = [prepare.pick(who, ID, scanned(gtin_of(TWIN))) for _ in range(2)]
    assert [one.line.number for one in lines if isinstance(one, Verified)] == [1, 2]


def test_of_several_orders_the_first_named_gets_the_piece_first(shop: Shop) -> None:
    one = replace(an_order("W-1"), lines=(line_of(1, OIL, 1),))
    two = replace(an_order("W-2"), lines=(line_of(1, OIL, 1),))
    know(shop, one, two)
    who, both = at_work(shop), ("o-2", "o-1")
    assert isinstance(prepare.begin(who, both), Changed)
    numbers = []
    for _ in both:
        done = prepare.pick(who, both, scanned(gtin_of(OIL)))
        assert isinstance(done, Verified)
        numbers.append(done.order.number)
    assert numbers == ["W-2", "W-1"]
    assert isinstance(prepare.pick(who, both, scanned(gtin_of(OIL))), OverScan)


def test_weighed_goods_are_asked_for_unless_the_label_says_how_much(shop: Shop) -> None:
    line = replace(
        line_of(1, COFFEE, 1), unit=Unit.KILOGRAM, quantity=500, gtin=None, unit_price=24_90
    )
    know(shop, replace(ORDER, lines=(line,)))
    who = at_work(shop)
    assert isinstance(prepare.pick(who, ID, keyed("00123")), AskHowMuch)
    priced = prepare.pick(who, ID, scanned("2100123010000"))
    assert isinstance(priced, Unreadable | Verified)
    taken = prepare.take(who, ORDER.order_id, 1, 500 - prepare.orders(who, ID)[0].line(1).picked)
    assert isinstance(taken, Verified)
    assert taken.line.to_pick == 0


def test_what_was_taken_by_mistake_goes_back(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    prepare.pick(who, ID, scanned(gtin_of(OIL)))
    assert isinstance(prepare.put_back(who, ORDER.order_id, 1, 1000), Changed)
    assert prepare.orders(who, ID)[0].line(1).picked == 0
    refused = prepare.put_back(who, ORDER.order_id, 1, 1000)
    assert isinstance(refused, NotNow)


def test_what_is_missing_is_reported_and_found_again(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    prepare.pick(who, ID, scanned(gtin_of(OIL)))
    prepare.short(who, ORDER.order_id, 1, ShortReason.MISSING)
    line = prepare.orders(who, ID)[0].line(1)
    assert (line.short, line.short_reason, line.to_pick) == (1000, ShortReason.MISSING, 0)
    prepare.have_it(who, ORDER.order_id, 1)
    assert prepare.orders(who, ID)[0].line(1).to_pick == 1000


def test_what_comes_later_keeps_the_order_open(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    prepare.short(who, ORDER.order_id, 1, ShortReason.LATER)
    prepare.short(who, ORDER.order_id, 2, ShortReason.MISSING)
    assert prepare.finish(who, ID) == StillToPick(2)


def test_an_order_is_done_once_every_piece_is_accounted_for(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    assert prepare.finish(who, ID) == StillToPick(3)
    prepare.take(who, ORDER.order_id, 1, 2000)
    prepare.short(who, ORDER.order_id, 2, ShortReason.DAMAGED)
    done = prepare.finish(who, ID)
    assert isinstance(done, Changed)
    assert done.order.state is OrderState.PICKED


def test_another_product_takes_its_place_only_when_the_customer_agrees(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    assert isinstance(prepare.propose(who, ORDER.order_id, 2, OTHER_TWIN), Changed)
    line = prepare.orders(who, ID)[0].line(2)
    assert line.sku == TWIN.sku
    assert prepare.is_open_offer(line)
    prepare.answer(who, ORDER.order_id, 2, accepted=True, consent="phone")
    line = prepare.orders(who, ID)[0].line(2)
    assert (line.sku, line.paid) == (OTHER_TWIN.sku, OTHER_TWIN.price.minor)
    assert shop.facts()[-1].body["consent"] == "phone"


def test_a_refused_offer_leaves_the_line_as_it_was(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    prepare.propose(who, ORDER.order_id, 2, OTHER_TWIN)
    prepare.answer(who, ORDER.order_id, 2, accepted=False, consent="phone")
    line = prepare.orders(who, ID)[0].line(2)
    assert line.sku == TWIN.sku
    assert line.substitute is not None
    assert line.substitute.state is SubstituteState.REFUSED


def test_a_kilogram_is_no_substitute_for_a_piece(shop: Shop) -> None:
    know(shop, ORDER)
    assert isinstance(prepare.propose(at_work(shop), ORDER.order_id, 1, COFFEE), OtherMeasure)


def test_an_order_cancelled_while_it_is_picked_takes_no_more(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    prepare.pick(who, ID, scanned(gtin_of(OIL)))
    (now,) = prepare.orders(who, ID)
    know(shop, replace(now, state=OrderState.CANCELLED, closed_at_ms=shop.clock.ms))
    said = prepare.pick(who, ID, scanned(gtin_of(OIL)))
    assert isinstance(said, NotNow)
    assert said.code == CANCELLED_BEFORE
    assert shop.kinds().count("order.line_picked") == 1


def test_of_two_orders_begun_together_none_is_begun_when_one_is_gone(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    said = prepare.begin(who, (ORDER.order_id, "o-unknown"))
    assert isinstance(said, NotNow)
    assert said.code == UNKNOWN_ORDER
    assert prepare.orders(who, ID)[0].state is OrderState.PLACED
    assert "order.picking_begun" not in shop.kinds()


def test_leaving_an_order_gives_it_back_to_the_queue(shop: Shop) -> None:
    know(shop, ORDER)
    who = at_work(shop)
    prepare.begin(who, ID)
    prepare.leave(who, ID)
    (left,) = prepare.orders(who, ID)
    assert (left.state, left.picker) == (OrderState.PLACED, "")
