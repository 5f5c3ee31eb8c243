"""What an order keeps from being promised to others follows from what the order is."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from pos.domain.collection import Order, OrderLine, OrderState, ShortReason
from pos.domain.collection_events import LineShort
from pos.domain.quantity import Unit
from sync.hub.database import HubDatabase
from sync.hub.orders import reserving
from sync.hub.orders.reserving import reserved_by
from sync.hub.tables_orders import stock_reserved
from tests.sync.hub.orders.kit import free, handed_over, happen, line, place, ready


@st.composite
def lines(draw: st.DrawFn, number: int) -> OrderLine:
    quantity = draw(st.integers(1, 9)) * 1000
    picked = draw(st.integers(0, quantity // 1000)) * 1000
    short = draw(st.integers(0, (quantity - picked) // 1000)) * 1000
    reason = draw(st.sampled_from(ShortReason)) if short else None
    return OrderLine(
        number=number, sku=f"S-{number}", gtin=None, name="Aceite", quantity=quantity,
        unit=Unit.EACH, unit_price=100, paid=100, tax_basis_points=2100, tax_name="",
        picked=picked, short=short, short_reason=reason,
    )  # fmt: skip


@st.composite
def orders(draw: st.DrawFn) -> Order:
    count = draw(st.integers(1, 4))
    return Order(
        order_id="o-1", number="W-10001", serial=10_001, short_code="K7M4", shop="FUEN",
        currency="EUR", state=draw(st.sampled_from(OrderState)),
        lines=tuple(draw(lines(number)) for number in range(1, count + 1)),
        is_prepaid=False, placed_at_ms=1,
    )  # fmt: skip


@given(orders())
def test_never_more_is_kept_than_was_ordered_and_never_less_than_was_picked(order: Order) -> None:
    kept = reserved_by(order)

    for each in order.lines:
        assert 0 <= kept.get(each.number, 0) <= each.quantity
        if order.is_open:
            assert kept.get(each.number, 0) >= each.picked


@given(orders())
def test_what_is_handed_over_or_back_in_stock_keeps_nothing(order: Order) -> None:
    for state in (OrderState.COLLECTED, OrderState.PARTLY_COLLECTED, OrderState.RESTOCKED):
        assert reserved_by(replace(order, state=state)) == {}


@given(orders())
def test_cancelling_frees_what_nobody_picked_and_nothing_else(order: Order) -> None:
    kept = reserved_by(replace(order, state=OrderState.CANCELLED))

    assert kept == {each.number: each.picked for each in order.lines if each.picked}


def test_working_it_out_again_changes_nothing(shops: HubDatabase) -> None:
    order = place(shops, lines=[line(pieces=3), line(pieces=2)])

    with shops.transaction() as connection:
        reserving.settle(connection, order)
        reserving.settle(connection, order)
        rows = connection.execute(select(stock_reserved)).all()

    assert [(row.line, row.thousandths) for row in rows] == [(1, 3_000), (2, 2_000)]


def test_what_comes_later_is_kept_and_what_is_missing_is_not(shops: HubDatabase) -> None:
    order = place(shops, lines=[line(pieces=3), line(pieces=3)])

    happen(shops, LineShort(order.order_id, "lucia", 1, 1_000, ShortReason.LATER))
    later = free(shops)
    happen(shops, LineShort(order.order_id, "lucia", 2, 1_000, ShortReason.MISSING))

    assert (later, free(shops)) == (4_000, 5_000)


def test_handing_over_frees_everything_that_was_kept(shops: HubDatabase) -> None:
    order = ready(shops, place(shops))

    handed_over(shops, order)

    assert free(shops) == 10_000
