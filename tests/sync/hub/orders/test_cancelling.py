"""Cancelling: at once while nobody can hand the order over, else as soon as that is sure."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pos.domain.collection import Order, OrderState
from pos.domain.collection_events import CancelAsked
from pos.domain.collection_rules import CANCELLED_BEFORE, COLLECTED_BEFORE, Contradiction
from pos.domain.pickup_policy import DAY_MS
from sync.hub.counter import claims
from sync.hub.database import HubDatabase
from sync.hub.orders import asked_for, book, cancelling
from sync.hub.tables_orders import order_notice, order_payment, order_refund
from sync.wire.v1.claims import ClaimKind, ClaimRequest, ReleaseRequest
from tests.sync.facts import T0, TillJournal
from tests.sync.hub.journal_kit import push
from tests.sync.hub.orders.kit import (
    chance,
    free,
    handed_over,
    happen,
    heard,
    kinds,
    line,
    now_of,
    picked,
    place,
    ready,
)  # fmt: skip

MINUTE_MS = 60_000


def cancel(hub: HubDatabase, order: Order, now_ms: int = T0, op_id: str = "cancel-1") -> Order:
    with hub.transaction() as connection:
        happened = book.Happened(op_id, now_ms)
        return cancelling.ask(connection, order.order_id, happened, "changed my mind")


def carry_out(hub: HubDatabase, now_ms: int) -> int:
    return asked_for.carry_out_asks(hub, now_ms, chance().random_bytes)


def claim(hub: HubDatabase, order: Order) -> int:
    asked = ClaimRequest(op_id="claim-1", kind=ClaimKind.PICKUP, key=order.order_id)
    with hub.transaction() as connection:
        answer = claims.ask(connection, till="FUEN-1", shop="FUEN", request=asked, now_ms=T0)
    assert answer.state.value == "granted"
    return answer.fence


def test_an_order_nobody_prepared_yet_is_cancelled_and_its_goods_are_free(
    shops: HubDatabase,
) -> None:
    order = place(shops, lines=[line(pieces=3)])

    cancelled = cancel(shops, order)

    assert cancelled.state is OrderState.CANCELLED
    assert free(shops) == 10_000
    assert kinds(shops, order) == ["order.cancelled", "order.placed"]


def test_goods_that_were_picked_are_free_once_they_are_back(shops: HubDatabase) -> None:
    order = place(shops, lines=[line(pieces=3)])
    picked(shops, order)

    cancel(shops, order)

    assert free(shops) == 7_000


def test_the_code_of_a_cancelled_order_is_good_no_more(shops: HubDatabase) -> None:
    order = place(shops)

    assert cancel(shops, order).version == order.version + 1


def test_cancelling_again_changes_nothing(shops: HubDatabase) -> None:
    order = place(shops)
    first = cancel(shops, order)

    assert cancel(shops, order) == first
    assert cancel(shops, order, op_id="cancel-2") == first
    assert len(kinds(shops, order)) == 2


def test_what_was_collected_cannot_be_cancelled(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    handed_over(shops, order)

    with pytest.raises(Contradiction) as caught:
        cancel(shops, order)

    assert caught.value.code == COLLECTED_BEFORE


def test_a_ready_order_of_a_shop_that_is_heard_is_cancelled_at_once(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)

    assert cancel(shops, order, T0 + 2 * MINUTE_MS).state is OrderState.CANCELLED


def test_a_ready_order_of_a_silent_shop_is_cancelled_once_the_shop_is_heard(
    shops: HubDatabase,
) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)
    later = T0 + 3 * MINUTE_MS

    asked = cancel(shops, order, later)
    nothing_done = carry_out(shops, later + MINUTE_MS)
    heard(shops, later + 2 * MINUTE_MS)
    done = carry_out(shops, later + 2 * MINUTE_MS)

    assert (asked.state, asked.cancel_asked) == (OrderState.READY, True)
    assert (nothing_done, done) == (0, 1)
    assert now_of(shops, order).state is OrderState.CANCELLED
    assert not now_of(shops, order).cancel_asked
    assert carry_out(shops, later + 3 * MINUTE_MS) == 0


def test_a_shop_that_stays_silent_cannot_hand_over_for_ever(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)
    cancel(shops, order, T0 + 3 * MINUTE_MS)

    carry_out(shops, T0 + DAY_MS - 1)
    before = now_of(shops, order).state
    carry_out(shops, T0 + DAY_MS)

    assert before is OrderState.READY
    assert now_of(shops, order).state is OrderState.CANCELLED


def test_a_shop_that_comes_back_first_tells_all_it_did_meanwhile(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)
    hour = T0 + 60 * MINUTE_MS
    cancel(shops, order, hour)

    sold = TillJournal()
    sold.open_session()
    push(shops, sold.facts, now_ms=hour + MINUTE_MS)
    carry_out(shops, hour + MINUTE_MS + 1)
    before = now_of(shops, order).state
    carry_out(shops, hour + MINUTE_MS + 40_000)

    assert before is OrderState.READY
    assert now_of(shops, order).state is OrderState.CANCELLED


def test_an_order_on_the_counter_is_cancelled_only_if_it_stays_there(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)
    fence = claim(shops, order)

    on_the_counter = cancel(shops, order)
    carry_out(shops, T0 + 1)
    still = now_of(shops, order)
    with shops.transaction() as connection:
        given_back = ReleaseRequest(kind=ClaimKind.PICKUP, key=order.order_id, fence=fence)
        claims.release(connection, till="FUEN-1", request=given_back, now_ms=T0)
    carry_out(shops, T0 + 2)

    assert on_the_counter.cancel_asked
    assert still.state is OrderState.READY
    assert now_of(shops, order).state is OrderState.CANCELLED


def test_an_order_that_went_over_the_counter_meanwhile_stays_collected(
    shops: HubDatabase,
) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)
    claim(shops, order)
    cancel(shops, order)

    handed_over(shops, order)
    carry_out(shops, T0 + 1)

    collected = now_of(shops, order)
    assert (collected.state, collected.cancel_asked) == (OrderState.COLLECTED, False)
    assert "order.ask_refused" in kinds(shops, order)
    assert carry_out(shops, T0 + 2) == 0


def test_what_staff_ask_is_done_by_the_hub(shops: HubDatabase) -> None:
    order = place(shops)
    happen(shops, CancelAsked(order.order_id, "lucia", "customer called"))

    carry_out(shops, T0)

    assert now_of(shops, order).state is OrderState.CANCELLED


def test_what_staff_ask_at_a_till_whose_clock_is_years_behind_is_done_too(
    shops: HubDatabase,
) -> None:
    order = place(shops)
    happen(shops, CancelAsked(order.order_id, "lucia", "customer called"), T0 - 2_000 * DAY_MS)

    carry_out(shops, T0)

    assert now_of(shops, order).state is OrderState.CANCELLED


def test_what_a_till_with_a_clock_years_behind_hands_over_is_not_over_before_it_began(
    shops: HubDatabase,
) -> None:
    order = ready(shops, place(shops))

    collected = handed_over(shops, order, T0 - 2_000 * DAY_MS)

    assert (collected.state, collected.closed_at_ms) == (OrderState.COLLECTED, T0)


def test_the_customer_is_told_and_gets_back_what_was_paid(shops: HubDatabase) -> None:
    order = place(shops, prepaid=True, lines=[line(pieces=2)])
    with shops.transaction() as connection:
        connection.execute(
            order_payment.update().values(state="captured", captured=15_90, next_step="")
        )

    cancel(shops, order)

    with shops.reading() as connection:
        refund = connection.execute(select(order_refund)).one()
        told = connection.scalars(select(order_notice.c.kind)).all()
    assert (refund.amount, refund.reason, refund.state) == (15_90, "cancelled", "requested")
    assert sorted(told) == ["cancelled", "placed"]


def test_a_cancelled_order_is_neither_picked_nor_handed_over(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))
    heard(shops, T0)
    cancel(shops, order)

    with pytest.raises(Contradiction) as caught:
        handed_over(shops, order)

    assert caught.value.code == CANCELLED_BEFORE
