"""Paid and handed over are one act: both or none, whenever the power goes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.basket import Discount, DiscountKind, EntryMethod
from pos.domain.card_payment import AttemptEvent
from pos.domain.collection import OrderState
from pos.domain.collection_decisions import cancelled
from pos.domain.money import Money
from pos.domain.promotion import Coupon, CouponUse, PercentOff, Promotion
from pos.domain.quantity import Quantity
from pos.domain.ticket import TicketState
from pos.services import handover, handover_steps, pay, sell
from pos.services.coupons import use_coupon
from pos.services.hand_over_payment import (
    DiscountInTheWay,
    back_to_counter,
    handover_of,
    is_to_pay,
    to_pay,
    to_ticket,
)
from pos.services.on_counter import BeingPaid
from pos.store.till_store import TillStore
from tests.fakes.promotions import offering
from tests.services.conftest import HUGO, KEY, OIL
from tests.services.handover_kit import Counter, counter, pay_cash, pay_in_shop
from tests.services.pickup_things import know, on_shelf

__all__ = ["counter"]


# -- with money: one transaction


def test_a_balance_is_paid_and_handed_over_in_one_act(counter: Counter) -> None:
    order = pay_in_shop()
    seen = counter.prepare(order)
    assert to_pay(seen.order, seen.draft, None) == order.total
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    assert ticket.state is TicketState.PAYING
    assert counter.order(order).state is OrderState.READY
    sale = pay_cash(counter, ticket).sale
    assert sale.total == order.total
    assert {line.entry_method for line in sale.lines} == {"order"}
    assert counter.order(order).state is OrderState.COLLECTED
    body = counter.last("order.handed_over")
    assert (body["sale_id"], body["balance"]) == (sale.sale_id, order.total.minor)
    assert counter.drafts() == 0
    assert counter.shop.kinds()[-2:] == ["sale.completed", "order.handed_over"]


def test_a_line_costs_what_was_agreed_and_not_what_the_shop_asks_today(counter: Counter) -> None:
    order = pay_in_shop()
    cheaper = replace(order.lines[0], paid=9_99)  # two bottles in a promotion
    order = replace(order, lines=(cheaper, order.lines[1]))
    counter.prepare(order)
    handover_steps.choose(counter.sign_on, order.order_id, 1, 1000, "solo una")
    handover_steps.choose(counter.sign_on, order.order_id, 2, 0, "no")
    sale = pay_cash(counter, to_ticket(counter.sign_on, order.order_id, None)).sale
    assert sale.total == Money(5_00, "EUR")
    assert counter.last("order.handed_over")["balance"] == 5_00


def test_what_is_added_is_sold_in_the_same_ticket(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    ticket = to_ticket(counter.sign_on, order.order_id, added)
    sale = pay_cash(counter, ticket).sale
    assert sale.total == order.total + OIL.price
    body = counter.last("order.handed_over")
    assert (body["sale_id"], body["balance"]) == (added.basket.basket_id, order.total.minor)


def test_a_prepaid_order_with_an_addition_sells_the_addition_alone(counter: Counter) -> None:
    order = on_shelf()
    seen = counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    assert is_to_pay(seen.order, seen.draft, added)
    sale = pay_cash(counter, to_ticket(counter.sign_on, order.order_id, added)).sale
    assert sale.total == OIL.price
    assert counter.order(order).state is OrderState.COLLECTED
    assert counter.last("order.handed_over")["balance"] == 0


def test_goods_that_cost_nothing_are_a_sale_all_the_same(counter: Counter) -> None:
    order = pay_in_shop()
    free = tuple(replace(line, paid=0) for line in order.lines)
    order = replace(order, lines=free)
    counter.prepare(order)
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    sale = pay.complete_free(counter.sign_on, ticket).sale
    assert counter.last("order.handed_over")["sale_id"] == sale.sale_id


class PowerCut(Exception):
    pass


def _cut(*_: object, **__: object) -> None:
    raise PowerCut


@pytest.mark.parametrize(
    "where",
    [
        "pos.services.record_sale.hand_over_with",
        "pos.services.handed_over.happen",
        "pos.store.handovers.StoredHandovers.remove",
        "pos.store.orders.StoredOrders.save",
    ],
)
def test_power_cut_between_payment_and_handover_leaves_neither(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    before = counter.shop.kinds()
    with monkeypatch.context() as patch:
        patch.setattr(where, _cut)
        with pytest.raises(PowerCut):
            pay_cash(counter, ticket)
    assert isinstance(counter.shop.station.store, TillStore)
    counter.shop.station.store.close()
    again = TillStore(counter.shop.path, key=KEY)
    counter.sign_on = replace(
        counter.sign_on, station=replace(counter.sign_on.station, store=again)
    )
    counter.shop.station = counter.sign_on.station
    assert counter.shop.kinds() == before
    assert counter.order(order).state is OrderState.READY
    with again.reading() as records:
        kept = records.tickets.current()
    assert kept == ticket
    assert handover_of(counter.sign_on, ticket) == order.order_id
    pay_cash(counter, ticket)
    assert counter.order(order).state is OrderState.COLLECTED
    again.close()


def test_a_till_that_was_killed_finds_the_handover_as_it_was(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    before = handover_steps.choose(counter.sign_on, order.order_id, 2, 0, "no")
    handover_steps.sign(counter.sign_on, order.order_id, [[(1, 2), (3, 4)]])
    again = TillStore(counter.shop.path, key=KEY)
    sign_on = replace(counter.sign_on, station=replace(counter.sign_on.station, store=again))
    after = handover.begin(sign_on, order.order_id)
    again.close()
    assert after.draft == replace(before.draft, strokes=(((1, 2), (3, 4)),))


def test_an_order_cancelled_while_it_is_paid_is_recorded_as_it_happened(
    counter: Counter,
) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    ticket = to_ticket(counter.sign_on, order.order_id, None)
    know(counter.shop, cancelled(order, at_ms=1))
    sale = pay_cash(counter, ticket).sale
    assert counter.last("order.handed_over")["sale_id"] == sale.sale_id
    assert counter.order(order).state is OrderState.CANCELLED  # the desk gets both stories
    assert counter.drafts() == 0


# -- on the way to the money and back


def test_lines_of_an_order_leave_the_ticket_on_the_way_back(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    paying = to_ticket(counter.sign_on, order.order_id, added)
    with pytest.raises(BeingPaid):
        handover_steps.choose(counter.sign_on, order.order_id, 1, 0)
    with pytest.raises(BeingPaid):
        handover.give_up(counter.sign_on, order.order_id)
    back = back_to_counter(counter.sign_on, paying)
    assert back is not None
    assert back.basket == added.basket
    assert back.state is TicketState.OPEN
    handover_steps.choose(counter.sign_on, order.order_id, 1, 0, "no")
    sale = pay_cash(counter, to_ticket(counter.sign_on, order.order_id, back)).sale
    assert sale.total == order.line(2).value_of(1000, "EUR") + OIL.price


def test_what_is_added_keeps_its_promotion_and_the_order_gets_none(counter: Counter) -> None:
    everything = Promotion("half", "Mitad", PercentOff(50_00), 0, 2**50)
    lucia = offering(counter.sign_on, everything)
    order = pay_in_shop()
    counter.prepare(order)
    added = sell.add_product(lucia, None, OIL, Quantity.each(2), EntryMethod.SCANNED)

    paying = to_ticket(lucia, order.order_id, added)
    back = back_to_counter(lucia, paying)
    sale = pay_cash(counter, to_ticket(lucia, order.order_id, back)).sale

    assert added.basket.totals.total == OIL.price
    assert sale.total == order.total + OIL.price
    assert sale.promotions == paying.basket.promotions == added.basket.promotions


def test_a_coupon_stays_at_the_counter_on_the_way_back(counter: Counter) -> None:
    summer = Promotion(
        "summer", "Verano", PercentOff(50_00), 0, 2**50, coupon=CouponUse.SHARED, code="VERANO"
    )
    lucia = offering(counter.sign_on, summer)
    order = pay_in_shop()
    counter.prepare(order)
    brought = use_coupon(lucia, None, Coupon("VERANO", "summer")).ticket

    back = back_to_counter(lucia, to_ticket(lucia, order.order_id, brought))

    assert back is not None
    assert back.basket.coupons == (Coupon("VERANO", "summer"),)
    assert back.basket.lines == ()


def test_without_additions_the_counter_is_free_again(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    paying = to_ticket(counter.sign_on, order.order_id, None)
    assert back_to_counter(counter.sign_on, paying) is None
    with counter.shop.station.store.reading() as records:
        assert records.tickets.current() is None


def test_there_is_no_way_back_once_a_card_may_be_charged(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    paying = to_ticket(counter.sign_on, order.order_id, None)
    attempt = pay.request_card(counter.sign_on, paying, paying.payment.due, terminal="t")
    with pytest.raises(pay.CardOutcomeOpen):
        back_to_counter(counter.sign_on, paying)
    pay.settle_card(counter.sign_on, paying, attempt, AttemptEvent.DECLINE)
    assert back_to_counter(counter.sign_on, paying) is None
    assert counter.shop.kinds()[-1] == "basket.cancelled"


def test_a_discount_on_the_whole_ticket_would_be_taken_off_the_order(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    added = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    tenth = Discount(DiscountKind.PERCENT, 10_00, "club")
    basket = added.basket.with_ticket_discount(tenth)
    with pytest.raises(DiscountInTheWay):
        to_ticket(counter.sign_on, order.order_id, replace(added, basket=basket))


def test_giving_up_returns_the_claim_and_leaves_the_order(counter: Counter) -> None:
    order = on_shelf()
    counter.prepare(order)
    assert handover.give_up(counter.sign_on, order.order_id) == 7
    assert counter.drafts() == 0
    assert counter.order(order).state is OrderState.READY


def test_a_discount_left_on_an_empty_ticket_is_not_taken_off_the_order(counter: Counter) -> None:
    order = pay_in_shop()
    counter.prepare(order)
    ticket = sell.add_product(counter.sign_on, None, OIL, Quantity.each(1), EntryMethod.SCANNED)
    lead = replace(counter.sign_on, operator=HUGO)
    tenth = Discount(DiscountKind.PERCENT, 10_00, "club")
    ticket = sell.give_discount(lead, ticket, sell.WHOLE_TICKET, tenth)
    empty = sell.void_line(counter.sign_on, ticket, 1)

    paying = to_ticket(counter.sign_on, order.order_id, empty)

    assert paying.basket.totals.total == order.total
    assert pay_cash(counter, paying).sale.total == order.total
