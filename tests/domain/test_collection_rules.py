"""What may happen to an order: the table, the amounts, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.collection import (
    OPEN_STATES,
    Order,
    OrderState,
    Parcel,
    ParcelState,
    ShortReason,
    Substitute,
)
from pos.domain.collection_decisions import cancelled, expired, made_ready, moved
from pos.domain.collection_events import (
    FACTS,
    CancelAsked,
    CustomerArrived,
    Event,
    HandoverUndone,
    HoldExtended,
    LabelPrinted,
    LineDelivered,
    LinePicked,
    LineShort,
    NoticeAsked,
    OrderPicked,
    OrderRestocked,
    OrderStaged,
    ParcelInHand,
    ParcelPlaced,
    ParcelSeen,
    ParcelsReceived,
    PickingBegun,
    PickingLeft,
    RerouteAsked,
    SubstituteAnswered,
    SubstituteProposed,
)
from pos.domain.collection_rules import (
    CANCELLED_BEFORE,
    COLLECTED_BEFORE,
    LABEL_OUTDATED,
    MOVED_BEFORE,
    NO_SUCH_LINE,
    NO_SUCH_PARCEL,
    NOT_NOW,
    TAKES,
    TOO_MUCH,
    Contradiction,
    applied,
)
from pos.domain.money import Money
from tests.builders import MORNING_MS
from tests.order_builders import (
    LUCIA,
    after,
    customer_order,
    handover,
    order_line,
    picking,
    staged,
)

ORDER_ID = "o-1"
MINT = Substitute("sku-9", 8436012349999, "Taza menta", 8_00, 2100, "general", 2000)
ANY: dict[type[Event], Event] = {
    type(event): event
    for event in (
        PickingBegun(ORDER_ID, LUCIA),
        PickingLeft(ORDER_ID, LUCIA),
        LinePicked(ORDER_ID, LUCIA, 1, 1000),
        LineShort(ORDER_ID, LUCIA, 1, 1000, ShortReason.MISSING),
        SubstituteProposed(ORDER_ID, LUCIA, 1, MINT),
        SubstituteAnswered(ORDER_ID, LUCIA, 1, accepted=True),
        OrderPicked(ORDER_ID, LUCIA),
        ParcelsReceived(ORDER_ID, LUCIA, (ParcelSeen(1, ParcelState.RECEIVED),)),
        OrderStaged(ORDER_ID, LUCIA, (ParcelPlaced(1, "B3"),)),
        LabelPrinted(ORDER_ID, LUCIA, 1, 1),
        CustomerArrived(ORDER_ID, LUCIA),
        handover(customer_order(order_id=ORDER_ID)),
        HandoverUndone(ORDER_ID, LUCIA, "op", "se arrepintió"),
        HoldExtended(ORDER_ID, LUCIA, MORNING_MS),
        OrderRestocked(ORDER_ID, LUCIA),
        CancelAsked(ORDER_ID, LUCIA, "no lo quiere"),
        RerouteAsked(ORDER_ID, LUCIA, "GOYA"),
        NoticeAsked(ORDER_ID, LUCIA),
    )
}


def refusal(order: Order, event: Event) -> str:
    with pytest.raises(Contradiction) as refused:
        applied(order, event, at_ms=MORNING_MS)
    return refused.value.code


def test_every_event_has_a_fact_and_a_place_in_the_table() -> None:
    assert set(FACTS.values()) == set(TAKES) == set(ANY)


def code_of(order: Order, event: Event) -> str:
    """Return why an order does not take an event, empty when it does."""
    try:
        applied(order, event, at_ms=MORNING_MS)
    except Contradiction as error:
        return error.code
    return ""


@pytest.mark.parametrize(
    ("event", "state"),
    list(product(ANY.values(), OrderState)),
    ids=lambda v: getattr(v, "value", ""),
)
def test_an_order_takes_only_what_its_state_allows(event: Event, state: OrderState) -> None:
    order = replace(staged(customer_order(order_id=ORDER_ID)), state=state)

    own_reasons = {TOO_MUCH, NOT_NOW, ""} if state in TAKES[type(event)] else set()
    of_its_state = {CANCELLED_BEFORE, COLLECTED_BEFORE, NOT_NOW}

    assert code_of(order, event) in (own_reasons or of_its_state)


def test_an_order_is_picked_staged_announced_and_collected() -> None:
    order = made_ready(staged(customer_order()), at_ms=MORNING_MS, hold_ms=7 * 86_400_000)

    assert (order.state, order.shelves) == (OrderState.READY, ("B3",))
    assert order.hold_until_ms == MORNING_MS + 7 * 86_400_000
    done = after(order, handover(order))
    assert done.state is OrderState.COLLECTED
    assert done.closed_at_till == "FUEN-2"
    assert {parcel.state for parcel in done.parcels} == {ParcelState.HANDED_OVER}


def test_a_second_handover_contradicts_the_first() -> None:
    order = staged(customer_order())

    assert refusal(after(order, handover(order)), handover(order)) == COLLECTED_BEFORE


def test_a_cancelled_order_is_not_handed_over() -> None:
    order = staged(customer_order())

    assert refusal(cancelled(order, at_ms=MORNING_MS), handover(order)) == CANCELLED_BEFORE


def test_an_order_that_moved_to_another_shop_is_not_handed_over_here() -> None:
    here = staged(customer_order())
    there = staged(moved(here, "GOYA"))

    assert refusal(there, handover(here)) == MOVED_BEFORE
    assert (there.version, there.assignment_epoch) == (2, 2)


def test_only_the_newest_label_of_a_parcel_counts() -> None:
    order = staged(customer_order(), shelves=("B3",))
    reprinted = after(order, LabelPrinted(order.order_id, LUCIA, 1, 2))

    old = handover(reprinted, parcels=(ParcelInHand(1, 1),))
    assert refusal(reprinted, old) == LABEL_OUTDATED
    assert after(reprinted, handover(reprinted)).state is OrderState.COLLECTED
    assert refusal(order, handover(order, parcels=(ParcelInHand(7, 1),))) == NO_SUCH_PARCEL


def test_what_is_left_behind_makes_it_collected_in_part() -> None:
    order = staged(customer_order())
    lines = (LineDelivered(1, 1000, 1000, "no le convence"), LineDelivered(2, 1000, 0))

    done = after(order, handover(order, lines=lines))

    assert done.state is OrderState.PARTLY_COLLECTED
    assert (done.line(1).delivered, done.line(1).left) == (1000, 1000)


def test_nobody_is_given_more_than_was_picked() -> None:
    order = staged(customer_order())

    assert refusal(order, handover(order, lines=(LineDelivered(1, 3000, 0),))) == TOO_MUCH
    assert refusal(order, handover(order, lines=(LineDelivered(9, 1000, 0),))) == NO_SUCH_LINE


def test_a_handover_taken_back_can_be_done_again() -> None:
    order = staged(customer_order())
    undone = after(order, handover(order), HandoverUndone(order.order_id, LUCIA, "op", "error"))

    assert undone.state is OrderState.READY
    assert after(undone, handover(undone)).state is OrderState.COLLECTED


def test_an_order_is_not_finished_while_something_is_to_be_picked() -> None:
    order = customer_order()
    one = LinePicked(order.order_id, LUCIA, 1, 1000)

    assert refusal(after(order, one), OrderPicked(order.order_id, LUCIA)) == NOT_NOW
    assert refusal(after(order, one), LinePicked(order.order_id, LUCIA, 1, 2000)) == TOO_MUCH
    back = after(order, one, LinePicked(order.order_id, LUCIA, 1, -1000))
    assert back.line(1).picked == 0


def test_a_parcel_of_which_nobody_knows_what_is_in_it_does_not_arrive() -> None:
    order = replace(customer_order(order_id=ORDER_ID), state=OrderState.IN_TRANSIT)

    assert refusal(order, ANY[ParcelsReceived]) == NOT_NOW


def test_an_order_of_which_nothing_was_to_be_had_is_cancelled_by_itself() -> None:
    order = replace(customer_order(order_line(1, 1)), cancel_asked=True)
    missing = after(order, LineShort(order.order_id, LUCIA, 1, 1000, ShortReason.MISSING))

    gone = applied(missing, OrderPicked(order.order_id, LUCIA), at_ms=MORNING_MS)

    assert (gone.state, gone.closed_at_ms) == (OrderState.CANCELLED, MORNING_MS)
    assert (gone.version, gone.cancel_asked) == (order.version + 1, False)


def test_what_is_missing_lets_the_rest_go_on_and_later_does_not() -> None:
    order = customer_order(order_line(1, 1), order_line(2, 1))
    first = LinePicked(order.order_id, LUCIA, 1, 1000)

    later = after(order, first, LineShort(order.order_id, LUCIA, 2, 1000, ShortReason.LATER))
    assert refusal(later, OrderPicked(order.order_id, LUCIA)) == NOT_NOW
    missing = after(order, first, LineShort(order.order_id, LUCIA, 2, 1000, ShortReason.MISSING))
    assert after(missing, OrderPicked(order.order_id, LUCIA)).state is OrderState.PICKED
    found = after(missing, LineShort(order.order_id, LUCIA, 2, 0, ShortReason.MISSING))
    assert found.line(2).to_pick == 1000


def test_another_product_in_its_place_never_costs_more() -> None:
    order = customer_order(order_line(1, 2, 9_95))
    asked = after(order, SubstituteProposed(order.order_id, LUCIA, 1, MINT))

    refused = after(asked, SubstituteAnswered(order.order_id, LUCIA, 1, accepted=False))
    assert refused.line(1).name == "Taza 1"
    taken = after(asked, SubstituteAnswered(order.order_id, LUCIA, 1, True, "phone")).line(1)
    assert (taken.name, taken.paid, taken.to_pick) == ("Taza menta", 16_00, 2000)
    dearer = replace(MINT, unit_price=20_00)
    offered = after(order, SubstituteProposed(order.order_id, LUCIA, 1, dearer))
    kept = after(offered, SubstituteAnswered(order.order_id, LUCIA, 1, True, "phone")).line(1)
    assert kept.paid == 19_90


def test_parcels_from_elsewhere_wait_until_all_of_them_were_looked_at() -> None:
    coming = customer_order(
        state=OrderState.IN_TRANSIT,
        parcels=tuple(Parcel(number, state=ParcelState.IN_TRANSIT) for number in (1, 2)),
        lines=(order_line(1, 1, picked=1000),),
    )

    def seen(number: int, state: ParcelState) -> ParcelsReceived:
        return ParcelsReceived(coming.order_id, LUCIA, (ParcelSeen(number, state),))

    one = after(coming, seen(1, ParcelState.RECEIVED))
    assert one.state is OrderState.IN_TRANSIT
    both = after(one, seen(2, ParcelState.MISSING))
    assert both.state is OrderState.RECEIVED
    on_shelf = after(both, OrderStaged(coming.order_id, LUCIA, (ParcelPlaced(1, "A1"),)))
    assert [parcel.state for parcel in on_shelf.parcels] == [
        ParcelState.STAGED,
        ParcelState.MISSING,
    ]


def test_nobody_holds_an_order_longer_than_its_code_says() -> None:
    order = made_ready(staged(customer_order()), at_ms=MORNING_MS, hold_ms=1000)
    order = replace(order, last_hold_ms=MORNING_MS + 5000)

    longer = after(expired(order), HoldExtended(order.order_id, LUCIA, MORNING_MS + 5000))
    assert (longer.state, longer.extensions) == (OrderState.READY, 1)
    assert refusal(order, HoldExtended(order.order_id, LUCIA, MORNING_MS + 5001)) == TOO_MUCH


def test_what_nobody_fetched_goes_back_to_stock() -> None:
    order = expired(made_ready(staged(customer_order()), at_ms=MORNING_MS, hold_ms=1))

    back = after(order, OrderRestocked(order.order_id, LUCIA))
    assert back.state is OrderState.RESTOCKED
    assert not back.is_open
    assert (back.closed_at_ms, back.closed_at_till) == (MORNING_MS, "FUEN-2")


@pytest.mark.parametrize("state", sorted(set(OrderState) - OPEN_STATES, key=str))
def test_an_order_that_is_over_is_not_cancelled_moved_or_expired(state: OrderState) -> None:
    order = replace(staged(customer_order()), state=state)

    decisions: list[Callable[[], Order]] = [
        lambda: cancelled(order, at_ms=1),
        lambda: moved(order, "GOYA"),
        lambda: expired(order),
        lambda: made_ready(order, at_ms=1, hold_ms=1),
    ]
    for decide in decisions:
        with pytest.raises(Contradiction):
            decide()


@given(
    pieces=st.integers(1, 60),
    paid=st.integers(0, 10_000_00),
    cuts=st.lists(st.integers(0, 60), max_size=5),
)
def test_the_parts_of_a_line_cost_what_the_line_cost(
    pieces: int, paid: int, cuts: list[int]
) -> None:
    line = order_line(1, pieces, paid=paid)

    assert line.value_of(line.quantity, "EUR") == Money(paid, "EUR")
    values = [line.value_of(min(cut, pieces) * 1000, "EUR").minor for cut in sorted(cuts)]
    assert values == sorted(values)
    assert all(0 <= value <= paid for value in values)


@given(st.data())
def test_whatever_is_told_an_order_never_holds_more_than_was_ordered(data: st.DataObject) -> None:
    order = customer_order(order_id=ORDER_ID)
    for event in data.draw(st.lists(st.sampled_from([*ANY.values(), *picking(order)]))):
        try:
            order = applied(order, event, at_ms=MORNING_MS)
        except Contradiction:
            continue
        for line in order.lines:
            assert line.picked + line.short <= line.quantity
            assert line.delivered + line.left <= line.picked
